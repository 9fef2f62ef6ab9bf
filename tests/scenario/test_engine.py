"""The whole-scenario engine against one category at a time, and what is built upon it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutualis import levers
from mutualis.errors import ScenarioError
from mutualis.levers import FAMILIES, Levers
from mutualis.scenario import priced_draws
from mutualis.scenario.break_even import break_even, break_even_by_segment
from mutualis.scenario.category import Category, evaluate
from mutualis.scenario.cells import Cells, build_cells
from mutualis.scenario.engine import Simulation, simulate
from mutualis.scenario.hypotheses import Override
from mutualis.scenario.intervals import draw_hypotheses, draw_results, intervals
from mutualis.scenario.sensitivity import flexibility_frontier, tornado
from mutualis.scenario.shares import department_shares

FIRST = (2026, 3)
KINDS = ("education", "justice", "state_service", "university")
PLACES = (("93", "13"), ("93", "83"), ("27", "21"))
SEGMENTS = {
    "segment": ["ENT-NET", "FOU-BUR"],
    "family": ["ENT", "FOU"],
    "sme_share": [0.4, 0.6],
    "mean_contract_eur": [5e4, 2e4],
    "supplier_hhi": [0.1, 0.3],
}


def buyers(n: int) -> dict[str, list[str]]:
    return {
        "buyer_key": [f"b{i}" for i in range(n)], "buyer_type": [KINDS[i % 4] for i in range(n)],
        "department_code": [PLACES[i % 3][1] for i in range(n)], "region_code": [PLACES[i % 3][0] for i in range(n)],
    }  # fmt: skip


def cells(rows: list[tuple[int, int, float, float, int | None, float]], n: int = 9) -> Cells:
    """Make cells from (buyer, segment, €/yr, addressable, end quarter, years)."""
    who, what, spend, addressable, end, years = zip(*rows, strict=True)
    lines = {
        "buyer_key": [f"b{i}" for i in who], "segment": [SEGMENTS["segment"][i] for i in what], "spend_eur": spend, "addressable": addressable,
        "end_quarter": end, "duration_years": years, "procedures_per_year": [1 / y for y in years],
    }  # fmt: skip
    return build_cells(lines, buyers(n), SEGMENTS)


ROW = st.tuples(
    st.integers(0, 8),
    st.integers(0, 1),
    st.floats(1e3, 1e6),
    st.just(0.0) | st.floats(0.01, 1),
    st.none() | st.integers(-3, 20),
    st.sampled_from([1.0, 2.0, 4.0]),
)
ROWS = st.lists(ROW, min_size=1, max_size=30)
SURE = {"volontaires": 1.0, "rigidite": 1.0}
EXAMPLE = cells(
    [(i, s, 1e5 * (1 + i + s), 0.9, (i % 5) * 3 - 2 if i % 4 else None, 4.0) for i in range(9) for s in (0, 1)]
)


def run(found: Cells, chosen: Levers, overrides: dict[str, Override] | None = None) -> Simulation:
    return simulate(found, chosen, overrides or {}, FIRST)


def central(**values: object) -> Levers:
    return levers.preset("central").with_values(values)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sampled_from([0.3, 0.8, 1.0]), st.sampled_from(["announced", "prudent"]))
def test_the_engine_is_the_sum_of_its_categories(rows: list[Any], rate: float, volume: str):
    chosen = central(**SURE, taux=rate, volume=volume, decoupage="perimeter", malus=0.01)
    found = run(cells(rows), chosen)
    total, cash = (
        {"npv": 0.0, "npv_price": 0.0, "npv_residual": 0.0, "npv_process": 0.0, "npv_malus": 0.0, "npv_cost": 0.0},
        np.zeros(chosen.horizon_quarters),
    )
    for s, (family, hhi) in enumerate(zip(SEGMENTS["family"], SEGMENTS["supplier_hhi"], strict=True)):
        mine = [row for row in rows if row[1] == s]
        if not mine:
            continue
        lines = [
            {"buyer": f"b{b}", "lot": "L1", "y": y, "alpha": FAMILIES[str(family)].alpha * a, "e": e, "D": d}
            for b, _, y, a, e, d in mine
        ]
        one = evaluate(Category(
            lines, {f"b{i}": rate for i in range(9)}, kappa=chosen.utilisation, delta=FAMILIES[str(family)].delta[1], lam=FAMILIES[str(family)].lam[1],
            T=chosen.horizon_quarters, R=chosen.ramp_quarters, r=chosen.discount_rate, t_c=chosen.launch_quarter, lead=chosen.lead_quarters,
            D_pool=chosen.framework_years, beta=chosen.supply_concentration, hhi_supply=float(str(hhi)), chi=chosen.malus, psi=chosen.residual_loss,
            c_own=chosen.procedure_eur, k_fix=chosen.launch_eur, k_lot=chosen.lot_eur, k_mem=chosen.member_eur, k_run=chosen.running_eur,
            volume_mode=volume,
        ))  # fmt: skip
        total = {name: value + getattr(one, name) for name, value in total.items()}
        cash += one.cash
    result, steps = found.result, {step.label: step.eur for step in found.result.waterfall}
    close = {"rel": 1e-9, "abs": 1e-4}
    assert steps["Effet de volume"] == pytest.approx(total["npv_price"], **close)
    assert steps["Perte sur le volume laissé"] == pytest.approx(total["npv_residual"], **close)
    assert steps["Malus"] == pytest.approx(total["npv_malus"], **close)
    assert steps["Coûts"] == pytest.approx(total["npv_cost"], **close)
    assert result.npv == pytest.approx(total["npv"], **close)
    np.testing.assert_allclose(result.cash.total, cash, rtol=1e-9, atol=1e-4)


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_results_add_up_whatever_the_split(rows: list[Any]):
    result = run(cells(rows), central(decoupage="department", lots=2, volontaires=0.5)).result
    for rows_of in (result.by_segment, result.by_buyer, result.by_department):
        assert rows_of.net.sum() == pytest.approx(result.budget.yearly, rel=1e-9, abs=1e-6)
        assert rows_of.spend.sum() == pytest.approx(result.spend, rel=1e-9)
    assert sum(result.purchase.by_year.values()) == pytest.approx(result.purchase.twelve_months, rel=1e-9, abs=1e-6)
    assert result.projects.npv.sum() == pytest.approx(result.npv, rel=1e-9, abs=1e-4)
    discount = (1 + 0.032) ** (-(np.arange(20) + 0.5) / 4)
    assert float(result.cash.total @ discount) == pytest.approx(result.npv, rel=1e-9, abs=1e-4)


def test_one_buyer_alone_brings_nothing_and_costs_nothing():
    result = run(cells([(0, 0, 1e6, 1.0, 0, 4.0)]), central()).result
    assert result.npv == result.budget.yearly == result.npv_costs == 0.0
    assert "deux membres" in result.warnings[0]


def test_zero_spend_and_unknown_ends_are_said():
    assert "nulle" in run(cells([(0, 0, 0.0, 1.0, 0, 4.0)]), central()).result.warnings[0]
    unknown = run(cells([(0, 0, 1e5, 1.0, None, 4.0), (1, 0, 1e5, 1.0, None, 4.0)]), central()).result
    assert any("date de fin" in warning for warning in unknown.warnings)


def test_an_empty_perimeter_is_refused():
    with pytest.raises(ScenarioError, match="périmètre"):
        EXAMPLE.within({"departments": ("06",)})


def test_an_override_holds_for_its_segment_alone():
    plain, own = run(EXAMPLE, central()), run(EXAMPLE, central(), {"FOU-BUR": Override(delta=0.0)})
    assert own.result.by_segment.gross[1] == 0.0
    assert own.result.by_segment.gross[0] == plain.result.by_segment.gross[0]


def test_with_an_exit_clause_no_volunteer_loses():
    chosen = central(sortie=True, rigidite=0.0, volontaires=1.0, residuel=1.0, taux=0.4)
    rows = run(EXAMPLE, chosen).result.by_buyer
    assert (rows.net >= -1e-6).all()


def test_the_draws_are_the_same_at_each_call_and_hold_the_point_when_nothing_is_uncertain():
    found = run(EXAMPLE, central())
    np.testing.assert_array_equal(draw_results(found).npv, draw_results(found).npv)
    spans = intervals(found)
    assert spans.npv.p10 < spans.npv.p50 < spans.npv.p90


def under_draw(found: Simulation, i: int) -> Simulation:
    """Run the engine under the hypotheses of one draw."""
    drawn, levers_ = draw_hypotheses(found.pooling), found.pooling.levers
    own = {
        code: Override(delta=delta, lam=lam)
        for code, delta, lam in zip(SEGMENTS["segment"], drawn.delta[:, i].tolist(), drawn.lam[:, i].tolist(), strict=True)
    }  # fmt: skip
    chosen = replace(
        levers_,
        utilisation=float(drawn.utilisation[i]),
        residual_loss=float(drawn.residual_loss[i]),
        malus=float(drawn.malus[i]),
        procedure_eur=float(drawn.procedure_eur[i]),
    )
    return run(EXAMPLE, chosen, {str(code): hypotheses for code, hypotheses in own.items()})


@pytest.mark.parametrize(
    "values", [{}, {"procedure": 0.0, "lots": 2}, {"taux": 1.0, "decoupage": "department", "rigidite": 0.3}]
)
def test_a_draw_is_the_simulation_under_its_hypotheses(values: dict[str, object]):
    found = run(EXAMPLE, central(**values))
    draws = draw_results(found)
    for i in (0, 17, 500, 1023):
        other = under_draw(found, i).result
        assert draws.purchase[i] == pytest.approx(other.purchase.twelve_months, rel=1e-9)
        assert draws.budget[i] == pytest.approx(other.budget.yearly, rel=1e-9)
        assert draws.process[i] == pytest.approx(other.process.eur, rel=1e-9)
        assert draws.npv_budget[i] == pytest.approx(other.budget.npv, rel=1e-9)
        assert draws.npv[i] == pytest.approx(other.npv, rel=1e-9)
        np.testing.assert_allclose(draws.segment_npv[:, i], other.projects.npv, rtol=1e-9)


def test_the_bins_of_many_stakes_change_nothing_that_shows(monkeypatch: pytest.MonkeyPatch):
    found = run(EXAMPLE, central())
    exact = draw_results(found)
    monkeypatch.setattr(priced_draws, "FEW_STAKES", 0)
    binned = draw_results(found)
    assert np.abs(binned.purchase - exact.purchase).max() < 1e-4 * found.result.purchase.gross
    assert np.abs(binned.npv - exact.npv).max() < 1e-4 * found.result.waterfall[0].eur


def test_errors_are_shared_as_the_lever_says():
    drawn = [draw_hypotheses(run(EXAMPLE, central(correlation=rho)).pooling) for rho in (0.0, 1.0)]
    alone, shared = (np.corrcoef(one.delta)[0, 1] for one in drawn)
    assert abs(alone) < 0.05 and shared > 0.95
    np.testing.assert_array_equal(drawn[0].utilisation, drawn[1].utilisation)


def test_intervals_by_segment_hold_each_estimate():
    found = run(EXAMPLE, central())
    spans = intervals(found).by_segment
    assert (spans.p10 < spans.p50).all() and (spans.p50 < spans.p90).all()
    assert (spans.p10 < found.result.projects.npv).all() and (found.result.projects.npv < spans.p90).all()


CHEAP = {"cout_lancement": 500.0, "cout_membre": 0.0, "cout_lot": 0.0, "cout_suivi": 200.0, "procedure": 0.0}


def with_factor(found: Simulation, factor: float) -> Simulation:
    hyp = found.pooling.hypotheses
    at = {
        code: Override(delta=min(delta * factor, lam / 2))
        for code, delta, lam in zip(SEGMENTS["segment"], hyp.delta.tolist(), hyp.lam.tolist(), strict=True)
    }
    return run(EXAMPLE, found.pooling.levers, {str(code): own for code, own in at.items()})


def test_at_the_break_even_the_npv_is_zero():
    found = run(EXAMPLE, central(**CHEAP))
    limits = break_even(found)
    assert limits.factor is not None and limits.utilisation is not None and limits.delta is not None
    assert abs(with_factor(found, limits.factor).result.npv) < 1e-4 * abs(found.result.npv)
    by_use = run(EXAMPLE, replace(found.pooling.levers, utilisation=limits.utilisation)).result
    assert abs(by_use.npv) < 1e-4 * abs(found.result.npv)
    assert limits.delta == pytest.approx(limits.delta_now * limits.factor)


def test_at_its_break_even_the_budget_pays_for_the_malus():
    found = run(EXAMPLE, central(**CHEAP, malus=0.005))
    limits = break_even(found)
    assert limits.budget_factor is not None and limits.budget_factor > 0
    assert abs(with_factor(found, limits.budget_factor).result.budget.npv) < 1e-4 * abs(found.result.budget.npv)
    assert break_even(run(EXAMPLE, central(residuel=0.0))).budget_factor == 0.0


def test_at_its_own_break_even_a_segment_is_worth_nothing():
    found = run(EXAMPLE, central(**CHEAP))
    limits = break_even_by_segment(found)
    own = {code: Override(delta=delta) for code, delta in zip(SEGMENTS["segment"], limits.tolist(), strict=True)}
    at = run(EXAMPLE, found.pooling.levers, {str(code): override for code, override in own.items()}).result
    assert (np.abs(at.projects.npv) < 1e-3 * np.abs(found.result.projects.npv)).all()


def test_a_segment_that_no_pool_opens_has_no_break_even():
    rows = [(i, 0, 1e6, 1.0, 0, 4.0) for i in range(6)] + [(0, 1, 1e6, 1.0, 0, 4.0)]
    limits = break_even_by_segment(run(cells(rows), central(**CHEAP, residuel=0.0)))
    assert np.isfinite(limits[0]) and np.isnan(limits[1])


def test_no_gain_has_no_break_even():
    limits = break_even(run(EXAMPLE, central(cout_lancement=50_000.0, cout_membre=50_000.0)))
    assert limits.factor is None and limits.delta is None


@pytest.mark.parametrize("territory", ["perimeter", "region", "department"])
def test_shapley_shares_the_gross_saving(territory: str):
    found = run(EXAMPLE, central(decoupage=territory))
    shares = department_shares(found)
    assert shares is not None
    gross = found.result.purchase.gross
    assert shares.shapley.sum() == pytest.approx(gross, rel=1e-9)
    assert shares.own_saving.sum() == pytest.approx(gross, rel=1e-9)


def test_leave_one_out_is_the_scenario_without_a_departement():
    found = run(EXAMPLE, central(decoupage="perimeter"))
    shares = department_shares(found)
    assert shares is not None
    without = run(EXAMPLE.within({"departments": ("83", "21")}), central(decoupage="perimeter"))
    at = shares.code.tolist().index("13")
    assert shares.leave_one_out[at] == pytest.approx(
        found.result.purchase.gross - without.result.purchase.gross, rel=1e-9
    )


def test_the_tornado_is_sorted_and_its_ends_are_simulations():
    swings = tornado(central(), lambda chosen: run(EXAMPLE, chosen).result)
    spans = [swing.span for swing in swings]
    assert spans == sorted(spans, reverse=True)
    use = next(swing for swing in swings if swing.key == "adhesion")
    assert use.prudent == run(EXAMPLE, central(adhesion=0.5)).result.npv


def test_flexibility_has_a_price():
    points = flexibility_frontier(central(), lambda chosen: run(EXAMPLE, chosen))
    freedom = [point.freedom for point in points]
    assert freedom == sorted(freedom, reverse=True) and freedom[0] == 1.0
    assert points[-1].purchase > points[0].purchase
