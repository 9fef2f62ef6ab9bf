"""Formulas against the design's worked cases, and the invariants that hold by construction."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualis.errors import ScenarioError
from mutualis.scenario import alignment, discount, fragmentation, kernels, sharing

LEVERS = st.tuples(st.floats(0, 0.49), st.floats(0.01, 0.3)).map(lambda pair: (pair[0] * pair[1], pair[1]))
SPENDS = st.lists(st.floats(1e3, 1e7), min_size=2, max_size=7)


@pytest.mark.parametrize("module", [alignment, discount, fragmentation, kernels, sharing])
def test_examples(module):
    assert doctest.testmod(module).failed == 0


def test_unequal_buyers_partial_pooling_and_leakage():
    A, rho, levers = [600e3, 250e3, 100e3, 50e3], [1.0, 0.8, 0.8, 0.5], (0.025, 0.15, 0.5, 0.2)
    u = discount.moved_spend(A, rho, 0.75)
    saving = discount.gross_saving(A, u, [0, 0, 0, 0], *levers)
    np.testing.assert_allclose(saving, [1939.004638543, 4678.565007407, 3205.405536613, 1256.61602516], rtol=1e-9)
    loss = discount.residual_loss(A, u, *levers)
    np.testing.assert_allclose(loss, [8910.0, 3679.308641195, 1471.723456478, 555.161553305], rtol=1e-9)
    assert saving.sum() - loss.sum() == pytest.approx(-3536.602443256)


def test_a_lot_is_a_pool():
    A = [400e3, 300e3, 200e3, 100e3]
    u = discount.moved_spend(A, [0.9] * 4, 0.8)
    assert discount.gross_saving(A, u, ["L1"] * 4, 0.02, 0.12).sum() == pytest.approx(18724.394479516)
    assert discount.gross_saving(A, u, ["N", "N", "S", "S"], 0.02, 0.12).sum() == pytest.approx(7275.244728897)


def test_one_curve_for_all():
    saving = discount.one_curve_saving([100e3, 300e3, 600e3], 0.05)
    np.testing.assert_allclose(saving, [11205.653813564, 17760.227442231, 14547.192296729], rtol=1e-9)
    r = 1 / 0.95
    assert saving.sum() == pytest.approx(1e6 - (100e3**r + 300e3**r + 600e3**r) ** (1 / r))


def test_alignment_on_the_quartile_and_on_the_minimum():
    prices, qty, phi = [10.0, 12.0, 9.0, 15.0], [1000.0, 500.0, 200.0, 300.0], [1.0, 1.0, 0.5, 0.8]
    np.testing.assert_allclose(alignment.alignment_saving(prices, qty, phi), [0, 500, 0, 600])
    np.testing.assert_allclose(alignment.alignment_saving(prices, qty, phi, tau=0.0), [500, 750, 0, 720])


def test_time_kernels():
    H, H1 = kernels.time_kernel(16, 4, 0.032), kernels.time_kernel(16, 1, 0.032)
    np.testing.assert_allclose(H[[0, 1, 15, 16]], [3.386681928, 3.14057888, 0.055318601, 0], atol=1e-9)
    np.testing.assert_allclose(H1[[0, 15, 16]], [3.758258931, 0.221274405, 0], atol=1e-9)
    assert kernels.time_kernel(8, 1, 0.0)[0] == 2.0


def test_fragmentation_and_its_bound():
    A = [500e3, 250e3, 125e3, 125e3, 0.0]
    found = fragmentation.fragmentation(A)
    assert (found.n, found.hhi) == (4, 0.34375)
    assert (found.entropy, found.N1, found.N2) == pytest.approx((1.213007566, 3.363585661, 2.909090909))
    assert fragmentation.entropy_bound(A, 0.02, 0.12) == pytest.approx(0.032780405, abs=1e-9)
    assert fragmentation.fragmentation([0.0]).n == 0


def test_shapley_and_leave_one_out():
    A = [600e3, 300e3, 100e3]
    v = sharing.coalition_values(A, 0.02, 0.12)
    np.testing.assert_allclose(
        v[[3, 5, 6, 7]], [16318.415158123, 7668.294395822, 6290.280282448, 24275.767472257], rtol=1e-9
    )
    np.testing.assert_allclose(sharing.shapley(v), [9992.94732226, 9303.940265573, 4978.879884423], rtol=1e-9)
    np.testing.assert_allclose(sharing.leave_one_out(v), [17985.487189809, 16607.473076435, 7957.352314134], rtol=1e-9)


@pytest.mark.parametrize("delta", [-0.01, 0.06, 0.2])
def test_a_discount_out_of_range_is_a_sentence(delta: float):
    with pytest.raises(ScenarioError, match="hors limites"):
        discount.discount_rate([1.0], delta, 0.12)


def test_no_ceiling_no_effect():
    assert discount.discount_rate([3.0], 0.0, 0.0).tolist() == [0.0]


@given(SPENDS, LEVERS, st.floats(0, 1))
def test_savings_stay_within_the_ceiling_and_the_spend(A, levers, kappa):
    delta, lam = levers
    u = discount.moved_spend(A, np.ones(len(A)), kappa)
    saving = discount.gross_saving(A, u, np.zeros(len(A)), delta, lam)
    assert (saving >= 0).all() and saving.sum() <= lam * u.sum() * (1 + 1e-12)
    # homogeneous of degree 1, whatever the order of the buyers
    np.testing.assert_allclose(
        discount.gross_saving(np.multiply(A, 3)[::-1], 3 * u[::-1], np.zeros(len(A)), delta, lam)[::-1],
        3 * saving,
        rtol=1e-9,
        atol=1e-6,
    )


@given(SPENDS, LEVERS)
def test_one_member_alone_saves_nothing_and_a_newcomer_never_harms(A, levers):
    delta, lam = levers
    assert discount.gross_saving(A[:1], A[:1], [0], delta, lam).sum() == pytest.approx(0, abs=1e-9 * A[0])
    before = discount.gross_saving(A[:-1], A[:-1], np.zeros(len(A) - 1), delta, lam)
    after = discount.gross_saving(A, A, np.zeros(len(A)), delta, lam)[:-1]
    assert (after >= before - 1e-9 * np.asarray(A[:-1])).all()
    assert after.sum() + 0 <= sum(A) * lam


@given(SPENDS, LEVERS)
def test_shapley_sums_to_the_whole_and_entropy_bounds_the_rate(A, levers):
    delta, lam = levers
    v = sharing.coalition_values(A, delta, lam)
    assert sharing.shapley(v).sum() == pytest.approx(v[-1], rel=1e-9, abs=1e-6)
    assert v[-1] / sum(A) <= fragmentation.entropy_bound(A, delta, lam) + 1e-12


@given(SPENDS, LEVERS, st.floats(0, 1))
def test_what_is_left_behind_never_gains(A, levers, kappa):
    delta, lam = levers
    assert (discount.residual_loss(A, discount.moved_spend(A, np.ones(len(A)), kappa), delta, lam) >= -1e-6).all()
