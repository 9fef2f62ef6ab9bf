"""The worked cases of the model, to their stated tolerance, and the runnable examples of the docstrings."""

import doctest
import importlib
import json
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mutualis.scenario
from mutualis import levers
from mutualis.scenario.alignment import alignment
from mutualis.scenario.category import category
from mutualis.scenario.contributions import contributions
from mutualis.scenario.discount import gross_saving, pooled_saving, residual_loss
from mutualis.scenario.fragmentation import fragmentation
from mutualis.scenario.one_curve import one_curve_saving
from mutualis.scenario.selection import year_one
from mutualis.scenario.timing import time_kernels

CASES = json.loads((Path(__file__).parent / "model_examples.json").read_text())["cases"]


def _alignment(**inputs: Any) -> dict[str, Any]:
    return {"quartile": asdict(alignment(**inputs)), "minimum": asdict(alignment(**inputs | {"tau": 0.0}))}


def _kernels(**inputs: Any) -> dict[str, Any]:
    kernels = time_kernels(**inputs)
    return {"H": kernels.H, "H1": kernels.H1, "d0": kernels.d0, "d15": kernels.discount[15]}


def _residual(**inputs: Any) -> dict[str, Any]:
    pool = pooled_saving(**inputs)
    by_psi = {f"psi_{psi}": {"gain": pool.total, "loss": pool.loss, "net": pool.net(psi)} for psi in (0.0, 0.5, 1.0)}
    loss = residual_loss([1e6], [0.5e6], 0.02, 0.12)
    gain = float(gross_saving(0.5e6, 0.5e6, 1e6, 0.02, 0.12))
    return {"case02": by_psi, "half_of_one_buyer": {"gain": gain, "loss": loss, "net": gain - loss.sum()}}


def _knapsack(**inputs: Any) -> dict[str, Any]:
    return asdict(year_one(**inputs)) | {"ties": 0}


RUN: dict[str, Callable[..., Any]] = {
    "01_equal_buyers": pooled_saving,
    "02_unequal_partial": pooled_saving,
    "07_lots": lambda **inputs: {name: asdict(pooled_saving(**one)) for name, one in inputs.items()},
    "08_common_curve_norm": one_curve_saving,
    "11_price_alignment": _alignment,
    "12_time_kernels": _kernels,
    "13_category_full": category,
    "16_no_pool": category,
    "17_shapley": contributions,
    "20_fragmentation": fragmentation,
    "24_knapsack": _knapsack,
    "31_residual_scale_loss": _residual,
}


def _assert_same(got: Any, expected: Any, tol: Mapping[str, float], path: str) -> None:
    if isinstance(expected, Mapping):
        for key, value in expected.items():
            _assert_same(got[key], value, tol, f"{path}.{key}")
        assert len(got) == len(expected) or path.count(".") < 2, path
    elif isinstance(expected, Sequence) and not isinstance(expected, str):
        np.testing.assert_allclose(got, expected, rtol=tol["rel"], atol=tol["abs"], err_msg=path)
    elif expected is None or isinstance(expected, bool):
        assert got == expected, path
    else:
        assert got == pytest.approx(expected, rel=tol["rel"], abs=tol["abs"]), path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_worked_case(case: dict[str, Any]):
    outcome = RUN[case["id"]](**case["inputs"])
    found = outcome if isinstance(outcome, dict) else {name: getattr(outcome, name) for name in vars(outcome)}
    for key, value in case["expected"].items():
        _assert_same(found[key], value, case["tol"], f".{key}")


def test_the_discount_anchored_on_each_buyer_is_the_isoelastic_law_when_the_ceiling_is_one():
    pool = pooled_saving([1.0, 2.0], [1.0, 1.0], 1.0, 1 - 2**-0.05, 1.0)
    assert pool.rate == pytest.approx([1 - 3**-0.05, 1 - 1.5**-0.05])


MODULES = [levers.__name__, *(f"mutualis.scenario.{found.name}" for found in pkgutil.iter_modules(mutualis.scenario.__path__))]  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_the_docstrings_examples_run(name: str):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
