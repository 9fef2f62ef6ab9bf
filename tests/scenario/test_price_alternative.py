"""Alignment instead of volume: the same moved spend, never both, nothing out of the scenario."""

import numpy as np
import pytest

from mutualis.scenario.alignment import alignment
from mutualis.scenario.price_alternative import price_alternative
from tests.scenario.test_engine import cells, central, run

PRICES = [10.0, 12.0, 9.0, 15.0]
QUANTITIES = [1000.0, 500.0, 200.0, 300.0]
# four entities whose whole spend in the segment is one item, not bound by any contract
SPEND = cells([(i, 1, price * n, 1.0, -1, 1.0) for i, (price, n) in enumerate(zip(PRICES, QUANTITIES, strict=True))])
EVERYONE = {"rigidite": 1.0, "volontaires": 1.0, "taux": 0.8, "adhesion": 0.5}


def rows(buyers: tuple[int, ...] = (0, 1, 2, 3)) -> dict[str, object]:
    return {
        "item": ["ramette"] * len(buyers), "unit": ["carton"] * len(buyers), "segment": ["FOU-BUR"] * len(buyers),
        "buyer_key": [f"b{i}" for i in buyers], "price_eur": [PRICES[i % 4] for i in buyers],
        "quantity": [QUANTITIES[i % 4] for i in buyers], "yearly_quantity": [QUANTITIES[i % 4] for i in buyers],
    }  # fmt: skip


def test_it_is_the_formula_on_what_the_scenario_moves():
    found = run(SPEND, central(**EVERYONE, decoupage="perimeter", comparabilite=0.5))
    got = price_alternative(found, rows())
    phi = float(found.result.moved / found.result.spend)
    assert 0 < phi <= 0.8 * 0.5
    expected = alignment(PRICES, QUANTITIES, np.full(4, phi), 0.25, 0.5)
    assert got.segment.tolist() == ["FOU-BUR"] and got.items.tolist() == [1]
    assert got.by_alignment[0] == pytest.approx(expected.total)
    assert got.spend[0] == pytest.approx(found.result.spend)
    assert got.moved[0] == pytest.approx(found.result.moved)
    assert got.by_volume[0] == pytest.approx(found.result.purchase.gross)


def test_who_is_out_of_the_scenario_counts_for_nothing():
    found = run(SPEND, central(**EVERYONE, decoupage="perimeter"))
    plain = price_alternative(found, rows())
    more = price_alternative(found, rows((0, 1, 2, 3, 8)))
    np.testing.assert_array_equal(plain.by_alignment, more.by_alignment)
    alone = price_alternative(found, rows((0, 8)))
    assert alone.segment.size == 0 and alone.by_alignment.size == 0


def test_no_pool_no_gain():
    found = run(SPEND, central(**EVERYONE | {"taux": 0.0}, decoupage="perimeter"))
    assert price_alternative(found, rows()).by_alignment.tolist() == [0.0]


def test_no_price_at_all():
    found = run(SPEND, central())
    assert price_alternative(found, rows(())).segment.size == 0
