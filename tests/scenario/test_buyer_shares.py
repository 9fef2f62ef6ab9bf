"""What each buyer brings: exact where it can be, sampled orders against the exact Shapley value."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualis.scenario.buyer_shares import buyer_shares, lost_without
from mutualis.scenario.contributions import sampled_shares, shapley_exact
from mutualis.scenario.discount import discount_slope
from mutualis.scenario.shares import lot_values
from tests.scenario.test_engine import EXAMPLE, central, run

SLOPE = float(discount_slope(0.02, 0.12))
MEMBERS = st.lists(
    st.tuples(st.floats(1e3, 1e6), st.floats(0.05, 1), st.floats(0.2, 1)), min_size=1, max_size=7
).map(lambda rows: (np.array([a for a, _, _ in rows]), np.array([a * r for a, r, _ in rows]), np.array([a * r * w for a, r, w in rows])))  # fmt: skip


def values(A: np.ndarray, moved: np.ndarray, priced: np.ndarray) -> np.ndarray:
    return lot_values(A, moved, priced, np.arange(len(A)), len(A), SLOPE)


@given(MEMBERS)
def test_lost_without_is_the_game_without_each(lot: tuple[np.ndarray, np.ndarray, np.ndarray]):
    v = values(*lot)
    whole = len(v) - 1
    exact = v[whole] - v[whole - 2 ** np.arange(len(lot[0]))]
    np.testing.assert_allclose(lost_without(*lot, SLOPE), exact, rtol=1e-9, atol=1e-9 * max(lot[1]))


@given(MEMBERS)
def test_each_order_shares_the_whole_gain(lot: tuple[np.ndarray, np.ndarray, np.ndarray]):
    drawn = sampled_shares(*lot, SLOPE, 3, np.random.default_rng(1))
    np.testing.assert_allclose(drawn.sum(axis=1), values(*lot)[-1], rtol=1e-9, atol=1e-9 * max(lot[1]))


def test_sampled_orders_are_near_the_exact_value():
    A = np.array([6e5, 3e5, 1e5, 8e4, 5e4])
    lot = (A, 0.7 * A, 0.5 * A)
    drawn = sampled_shares(*lot, SLOPE, 2000, np.random.default_rng(2))
    error = drawn.std(axis=0, ddof=1) / np.sqrt(len(drawn))
    assert np.all(np.abs(drawn.mean(axis=0) - shapley_exact(values(*lot))) < 4 * error)


def test_a_game_of_no_one_has_no_share():
    assert shapley_exact([0.0]).size == 0


@pytest.mark.parametrize("territory", ["perimeter", "department"])
def test_a_scenario_is_shared_between_its_buyers(territory: str):
    found = run(EXAMPLE, central(decoupage=territory))
    shares, gross = buyer_shares(found), found.result.purchase.gross
    assert shares.own_saving.sum() == pytest.approx(gross, rel=1e-9)
    assert shares.shapley.sum() == pytest.approx(gross, rel=1e-9)
    assert np.all(shares.error >= 0)


def test_leave_one_out_is_the_scenario_without_a_buyer():
    found = run(EXAMPLE, central(decoupage="perimeter"))
    shares = buyer_shares(found)
    others = tuple(code for code in shares.code.tolist() if code != "b3")
    without = run(EXAMPLE.within({"buyers": others}), central(decoupage="perimeter"))
    lost = shares.leave_one_out[shares.code.tolist().index("b3")]
    assert lost == pytest.approx(found.result.purchase.gross - without.result.purchase.gross, rel=1e-9)
