"""The model's invariants on random pools (design model §4), and nothing of its « false friends »."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutualis.scenario.category import Category, CategoryOutcome, evaluate
from mutualis.scenario.contributions import contributions, in_core
from mutualis.scenario.discount import pooled_saving
from mutualis.scenario.fragmentation import fragmentation

EUR = st.floats(1e3, 1e7)
SHARE = st.just(0.0) | st.floats(0.01, 1.0)
PRICE = st.tuples(st.floats(0.01, 0.3), st.floats(0.0, 0.49)).map(
    lambda pair: {"lam": pair[0], "delta": pair[0] * pair[1]}
)
ASSUMED: dict[str, Any] = {
    "kappa": 0.8, "T": 16, "R": 4, "r": 0.032, "t_c": 2, "lead": 2, "D_pool": 4.0, "beta": 0.5, "hhi_supply": 0.1, "psi": 0.5, "chi": 0.01,
    "c_own": 6e3, "k_fix": 8e3, "k_lot": 2e3, "k_mem": 500.0, "k_run": 1500.0,
}  # fmt: skip


def category(**inputs: Any) -> CategoryOutcome:
    return evaluate(Category(**inputs))


@st.composite
def pools(draw: st.DrawFn, least: int = 1) -> dict[str, Any]:
    n = draw(st.integers(least, 7))
    rates = st.lists(SHARE, min_size=n, max_size=n)
    return {"A": draw(st.lists(EUR, min_size=n, max_size=n)), "rho": draw(rates), "kappa": draw(SHARE), **draw(PRICE)}


@st.composite
def lines(draw: st.DrawFn) -> dict[str, Any]:
    one = st.fixed_dictionaries({
        "buyer": st.sampled_from(["B1", "B2", "B3", "B4"]), "lot": st.sampled_from(["L1", "L2"]), "y": EUR, "alpha": SHARE,
        "e": st.none() | st.integers(-4, 20), "D": st.sampled_from([0.5, 1.0, 2.0, 4.0]),
    })  # fmt: skip
    rho = {f"B{i}": draw(SHARE) for i in range(1, 5)}
    return {"lines": draw(st.lists(one, min_size=1, max_size=8)), "rho": rho, **draw(PRICE)}


@given(pools())
def test_the_gross_saving_is_between_nothing_and_the_ceiling(pool: dict[str, Any]):
    found = pooled_saving(**pool)
    assert 0 <= found.total <= pool["lam"] * found.moved_total + 1e-6
    assert found.moved_total <= sum(pool["A"]) + 1e-6


@settings(deadline=None)
@given(lines())
def test_one_active_member_changes_nothing_not_even_costs(case: dict[str, Any]):
    alone = {buyer: rate if buyer == "B1" else 0.0 for buyer, rate in case["rho"].items()}
    found = category(**(case | {"rho": alone}), **ASSUMED)
    assert found.npv == found.npv_cost == found.cruise_price == 0.0
    assert not found.cash.any()


@given(pools(least=2))
def test_a_member_without_spend_changes_nothing(pool: dict[str, Any]):
    more = pool | {"A": [*pool["A"], 0.0], "rho": [*pool["rho"], 1.0]}
    assert pooled_saving(**more).total == pytest.approx(pooled_saving(**pool).total, rel=1e-9, abs=1e-9)


@settings(deadline=None)
@given(lines())
def test_a_line_already_pooled_changes_nothing(case: dict[str, Any]):
    pooled = {"buyer": "B1", "lot": "L1", "y": 5e6, "alpha": 0.0, "e": 3, "D": 4.0}
    more = category(**(case | {"lines": [*case["lines"], pooled]}), **ASSUMED)
    assert more.npv == pytest.approx(category(**case, **ASSUMED).npv, rel=1e-9, abs=1e-6)


@given(pools(least=2), st.randoms(use_true_random=False))
def test_the_order_of_members_does_not_matter(pool: dict[str, Any], random: Any):
    order = list(range(len(pool["A"])))
    random.shuffle(order)
    other = pool | {"A": [pool["A"][i] for i in order], "rho": [pool["rho"][i] for i in order]}
    np.testing.assert_allclose(pooled_saving(**other).saving, pooled_saving(**pool).saving[order], rtol=1e-9, atol=1e-6)


@given(pools(least=2), st.floats(0.1, 10.0))
def test_the_gross_saving_is_homogeneous(pool: dict[str, Any], size: float):
    larger = pool | {"A": [size * a for a in pool["A"]]}
    assert pooled_saving(**larger).total == pytest.approx(size * pooled_saving(**pool).total, rel=1e-9, abs=1e-6)


@given(pools(least=2), st.integers(0, 6), SHARE)
def test_the_gross_saving_never_falls_when_a_member_brings_more(pool: dict[str, Any], which: int, more: float):
    i = which % len(pool["A"])
    rho = list(pool["rho"])
    rho[i] += more * (1 - rho[i])
    assert pooled_saving(**(pool | {"rho": rho})).total >= pooled_saving(**pool).total - 1e-6


@given(pools(least=2), SHARE)
def test_the_gross_saving_never_falls_when_the_discount_grows(pool: dict[str, Any], more: float):
    delta = pool["delta"] + more * (0.49 * pool["lam"] - pool["delta"]) * (pool["delta"] < 0.49 * pool["lam"])
    assert pooled_saving(**(pool | {"delta": delta})).total >= pooled_saving(**pool).total - 1e-6


@given(pools(least=2), EUR, SHARE)
def test_a_newcomer_never_lowers_the_others_gross_saving(pool: dict[str, Any], A: float, rho: float):
    more = pooled_saving(**(pool | {"A": [*pool["A"], A], "rho": [*pool["rho"], rho]}))
    assert (more.saving[:-1] >= pooled_saving(**pool).saving - 1e-6).all()


@given(pools(least=2), st.floats(0.05, 0.95))
def test_splitting_a_buyer_keeps_the_volume_and_never_lowers_the_saving(pool: dict[str, Any], part: float):
    first, *rest = pool["A"]
    split = pool | {"A": [part * first, (1 - part) * first, *rest], "rho": [pool["rho"][0], *pool["rho"]]}
    one, two = pooled_saving(**pool), pooled_saving(**split)
    assert two.V["L1"] == pytest.approx(one.V["L1"])
    assert two.total >= one.total - 1e-6


@given(st.lists(EUR, min_size=2, max_size=10), PRICE)
def test_the_rate_is_bounded_by_entropy(A: list[float], price: dict[str, float]):
    found = fragmentation(A, **price)
    assert found.saving_rate <= found.entropy_bound + 1e-9


@settings(max_examples=50, deadline=None)
@given(st.lists(EUR, min_size=2, max_size=6), PRICE, SHARE)
def test_own_saving_is_in_the_core_and_shapley_shares_all(A: list[float], price: dict[str, float], phi: float):
    found = contributions(A, phi=phi, **price)
    values = np.array([found.v[f"{i:0{len(A)}b}"] for i in range(2 ** len(A))])
    assert in_core(found.own_saving, values)
    assert found.shapley.sum() == pytest.approx(found.total, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("lever", ["c_own", "k_fix", "k_lot", "k_mem", "k_run", "chi", "psi"])
@settings(max_examples=25, deadline=None)
@given(lines())
def test_the_npv_is_affine_in_each_cost_and_loss(lever: str, case: dict[str, Any]):
    size = {"chi": 0.02, "psi": 1.0}.get(lever, 5e3)
    npv = [category(**case, **(ASSUMED | {lever: level * size})).npv for level in (0.0, 0.5, 1.0)]
    assert npv[1] == pytest.approx((npv[0] + npv[2]) / 2, rel=1e-9, abs=1e-3)
    if lever == "psi":
        assert npv[2] <= npv[0] + 1e-6


@settings(max_examples=50, deadline=None)
@given(lines())
def test_cash_discounts_to_the_npv(case: dict[str, Any]):
    found = category(**case, **ASSUMED)
    discount = (1 + ASSUMED["r"]) ** (-(np.arange(ASSUMED["T"]) + 0.5) / 4)
    assert float(found.cash @ discount) == pytest.approx(found.npv, rel=1e-9, abs=1e-3)
