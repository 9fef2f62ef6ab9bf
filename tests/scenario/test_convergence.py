"""The alignment window: cases that one can work out by hand, and what must hold whatever the contracts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutualis.levers import FAMILIES, preset
from mutualis.scenario.convergence import CLASSES, QUARTERS, UNKNOWN, Lines, entries, lines, window
from mutualis.scenario.discount import discount_rate
from mutualis.scenario.extension import extendable, extended
from mutualis.scenario.timing import time_kernels

CENTRAL, UPKEEP = preset("central"), FAMILIES["ENT"]
# no deadline: a busy machine is no failure
untimed = settings(deadline=None)
T = QUARTERS + 4 * CENTRAL.framework_years


def made(ends, spend=None, entity=None, duration=4.0, pooled=0.0) -> Lines:
    n = len(ends)
    spend = np.full(n, 1e6) if spend is None else spend
    entity = np.arange(n) if entity is None else entity
    return lines(entity, spend, np.full(n, pooled), ends, np.full(n, duration), np.ones(n), "ENT", CENTRAL)


@st.composite
def segments(draw) -> Lines:
    n = draw(st.integers(1, 12))
    # nothing, or a cent at least
    some = st.lists(st.just(0.0) | st.floats(0.01, 1e7), min_size=n, max_size=n)
    ends = draw(st.lists(st.one_of(st.none(), st.integers(-4, 40)), min_size=n, max_size=n))
    count = draw(st.lists(st.integers(1, 5), min_size=n, max_size=n))
    duration = draw(st.lists(st.sampled_from([1.0, 2.5, 4.0, 8.0]), min_size=n, max_size=n))
    entity = np.unique(draw(st.lists(st.integers(0, 4), min_size=n, max_size=n)), return_inverse=True)[1]
    return lines(entity, draw(some), draw(some), ends, duration, count, "ENT", CENTRAL)


def test_each_contract_enters_at_its_end():
    found = entries(made([-3, 4, 5, 8, 9, 12, 13, 19, 20, None], spend=np.arange(1.0, 11.0)), t_c=5, years=4)
    # starts with τ ≤ 5; then τ = 6, 9, 10 → year 1 is up to τ = 8, year 2 up to 12, the framework ends at τ = 21
    assert dict(zip(CLASSES, found.spend, strict=True)) == {
        "start": 1 + 2, "year_1": 3, "year_2": 4 + 5, "later": 6 + 7 + 8, "never": 9, "unknown": 10
    }  # fmt: skip
    assert found.entities.tolist() == [2, 1, 2, 3, 1, 1]
    assert (found.spend_entering, found.entities_entering) == (36, 8)


def test_an_entity_counts_once_at_its_earliest_entry():
    found = entries(made([30, 1, None, None, 40], entity=[0, 0, 1, 0, 1]), t_c=2, years=4)
    assert found.entities.tolist() == [1, 0, 0, 0, 0, 1]


def test_the_gain_of_a_quarter_is_the_model_s():
    found = window(made([3, 3, 9], spend=[1e6, 1e6, 2e6]), "ENT", CENTRAL)
    H, moved = time_kernels(T, CENTRAL.ramp_quarters, CENTRAL.discount_rate).H, 0.5 * 0.8 * 0.65
    small, large = discount_rate([2.0, 1.0], 0.01, 0.06)
    assert found.gain[4] == pytest.approx(moved * (2e6 * small * H[4] + 2e6 * large * H[10]))
    assert found.waiting_cost(6) == pytest.approx(found.gain[0] - found.gain[6])
    assert (found.best, found.horizon) == (4, 32)


def test_two_entities_and_the_time_to_prepare_are_needed():
    assert window(made([-1, -1]), "ENT", CENTRAL).best == CENTRAL.lead_quarters
    assert window(made([-1, 8]), "ENT", CENTRAL).best == 9
    alone = window(made([-1, 0], entity=[0, 0]), "ENT", CENTRAL)
    assert alone.best is None and not alone.gain.any()
    assert window(made([]), "ENT", CENTRAL).best is None


def test_what_is_pooled_already_neither_enters_nor_brings_anything():
    whole = window(made([1, 2], pooled=1e6), "ENT", CENTRAL)
    assert not whole.gain.any() and whole.best is None and not whole.can_start.any()
    assert whole.entries[8].spend_entering == whole.entries[8].entities_entering == 0
    part = window(made([1, 2], pooled=4e5), "ENT", CENTRAL)
    assert part.best is not None and part.entries[8].spend_entering == pytest.approx(2 * 6e5)


def test_an_entity_with_nothing_left_to_move_makes_no_pool():
    some = lines([0, 1, 2], [1e6] * 3, [0, 1e6, 0], [-1, -1, 8], [4] * 3, [1] * 3, "ENT", CENTRAL)
    found = window(some, "ENT", CENTRAL)
    assert found.best == 9 and found.entries[9].entities[0] == 2


def test_no_quarter_is_the_best_without_a_gain():
    nothing_moves = CENTRAL.with_values({"taux": 0.0})
    found = window(
        lines([0, 1], [1e6] * 2, [0, 0], [-1, -1], [4] * 2, [1] * 2, "ENT", nothing_moves), "ENT", nothing_moves
    )
    assert found.can_start.any() and found.best is None


def test_an_extension_that_reaches_the_framework_spares_a_new_contract():
    some = made([2, 4, 5, 8, -1], spend=[4.0, 3.0, 2.0, 1.0, 5.0])
    assert extendable(some, 6).tolist() == [True, True, False, False, False]
    kept = extended(some, 6, 0, 1.0)
    assert kept.end_quarter.tolist() == [18, 20, 5, 8, -1]
    assert extended(some, 6, 1, 1.0).end_quarter.tolist() == [19, 5, 5, 8, -1]
    assert extended(some, 6, 8, 1.0).end_quarter.tolist() == [10, 12, 5, 8, -1]
    half = extended(some, 6, 3, 0.5)
    assert (half.spend[0], half.end_quarter[0]) == (4.0, 5.0)
    assert sorted(half.end_quarter) == [-1, 5, 5, 8, 20]


@untimed
@given(segments(), st.integers(0, 15))
def test_all_the_spend_has_one_class(some: Lines, t_c: int):
    found = entries(some, t_c, 4)
    assert found.spend.sum() == pytest.approx(some.spend.sum())
    assert found.contracts.sum() == some.contracts.sum()
    assert found.entities.sum() == len(np.unique(some.entity))


@untimed
@given(segments())
def test_a_later_start_lets_more_in(some: Lines):
    never = [entries(some, t_c, 4).spend[CLASSES.index("never")] for t_c in range(QUARTERS)]
    started = [entries(some, t_c, 4).spend[0] for t_c in range(QUARTERS)]
    assert all(np.diff(never) <= 1e-6) and all(np.diff(started) >= -1e-6)


@untimed
@given(segments())
def test_unknown_ends_widen_a_band_around_the_gain(some: Lines):
    found = window(some, "ENT", CENTRAL)
    slack = 1e-9 * found.gain_early + 1e-9
    assert (found.gain_late <= found.gain + slack).all() and (found.gain <= found.gain_early + slack).all()
    if not some.is_unknown.any():
        assert np.allclose(found.gain_late, found.gain_early)


@untimed
@given(segments(), st.integers(0, 15))
def test_the_gain_stays_under_the_ceiling(some: Lines, t_c: int):
    found = window(some, "ENT", CENTRAL)
    assert 0 <= found.gain[t_c] <= UPKEEP.lam[1] * some.moved.sum() * T / 4 + 1e-9


@untimed
@given(segments(), st.integers(0, 15), st.integers(0, 8), st.floats(0, 1))
def test_an_extension_moves_spend_and_loses_none(some: Lines, t_c: int, quarters: int, share: float):
    found = extended(some, t_c, quarters, share)
    assert found.spend.sum() == pytest.approx(some.spend.sum())
    assert found.contracts.sum() == pytest.approx(some.contracts.sum())
    extra = entries(found, t_c, 4).spend[0] - entries(extended(some, t_c, 0, 0.0), t_c, 4).spend[0]
    assert extra >= -1e-6
    assert entries(found, t_c, 4).spend[UNKNOWN] == pytest.approx(some.spend[some.is_unknown].sum())
