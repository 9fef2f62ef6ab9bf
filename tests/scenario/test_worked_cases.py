"""Every formula against the design's worked cases."""

import json
from pathlib import Path

import numpy as np
import pytest

from mutualis.scenario.alignment import alignment
from mutualis.scenario.category import category
from mutualis.scenario.contributions import contributions
from mutualis.scenario.discount import pooled_saving
from mutualis.scenario.one_curve import one_curve_saving
from mutualis.scenario.timing import time_kernels

CASES = {
    case["id"]: case for case in json.loads(Path(__file__).with_name("model_examples.json").read_text("utf-8"))["cases"]
}


def close(found, expected):
    np.testing.assert_allclose(np.asarray(found, float), np.asarray(expected, float), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", ["01_equal_buyers", "02_unequal_partial"])
def test_volume_discount(name: str):
    case = CASES[name]
    found = pooled_saving(**case["inputs"])
    for field in ("doublings", "rate", "saving", "total", "moved_total"):
        close(getattr(found, field), case["expected"][field])


@pytest.mark.parametrize("lots", ["one_lot", "two_lots"])
def test_lots(lots: str):
    case = CASES["07_lots"]
    found = pooled_saving(**case["inputs"][lots])
    close(found.total, case["expected"][lots]["total"])
    close(found.saving, case["expected"][lots]["saving"])


@pytest.mark.parametrize("psi", ["0.0", "0.5", "1.0"])
def test_lost_scale(psi: str):
    case = CASES["31_residual_scale_loss"]
    expected = case["expected"]["case02"][f"psi_{psi}"]
    found = pooled_saving(**case["inputs"])
    close(found.loss, expected["loss"])
    close(found.net(float(psi)), expected["net"])


def test_one_curve():
    case = CASES["08_common_curve_norm"]
    found = one_curve_saving(**case["inputs"])
    close(found.saving, case["expected"]["saving"])
    close(found.total, case["expected"]["closed_form"])


def test_alignment():
    case = CASES["11_price_alignment"]
    found = alignment(**case["inputs"])
    close(found.saving, case["expected"]["quartile"]["saving"])


def test_kernels():
    case = CASES["12_time_kernels"]
    found = time_kernels(**case["inputs"])
    close(found.H, case["expected"]["H"])
    close(found.H1, case["expected"]["H1"])


@pytest.mark.parametrize("name", ["13_category_full", "16_no_pool"])
def test_category_end_to_end(name: str):
    case = CASES[name]
    found = category(**case["inputs"])
    for field, expected in case["expected"].items():
        if field in ("A", "V", "rate"):
            close(list(getattr(found, field).values()), list(expected.values()))
        elif expected is None:
            assert getattr(found, field) is None
        else:
            close(getattr(found, field), expected)


def test_contributions():
    case = CASES["17_shapley"]
    inputs = {name: value for name, value in case["inputs"].items() if name != "phi"}
    found = contributions(**inputs, phi=case["inputs"]["phi"])
    for field in ("shapley", "own_saving", "leave_one_out", "transfer", "total"):
        close(getattr(found, field), case["expected"][field])
