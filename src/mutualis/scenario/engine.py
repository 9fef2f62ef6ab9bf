"""The screen's engine: all segments at once, a point estimate at each move of a slider."""

from dataclasses import dataclass

import numpy as np

from mutualis.levers import Levers
from mutualis.scenario.arrays import Floats, dot, ratio, sum_by
from mutualis.scenario.cells import Cells
from mutualis.scenario.costs import (
    WORKING_DAYS,
    YEARLY_HOURS,
    cost_schedule,
    framework_costs,
    full_time_equivalents,
)
from mutualis.scenario.dae import purchase_saving
from mutualis.scenario.effects import Effects, effects, spared_procedures
from mutualis.scenario.exit_clause import settled_membership
from mutualis.scenario.hypotheses import Overrides
from mutualis.scenario.platform import workload
from mutualis.scenario.plausibility import warnings
from mutualis.scenario.pooling import Pooling, build_pooling
from mutualis.scenario.results import BudgetEffect, Cash, ProcessGain, Result, SegmentProject, Step
from mutualis.scenario.rows import breakdowns
from mutualis.scenario.small_firms import small_firms
from mutualis.scenario.thresholds import payback_quarter


@dataclass(frozen=True)
class Simulation:
    """A point estimate and the pools behind it, from which intervals, thresholds and contributions follow."""

    pooling: Pooling
    result: Result


def simulate(cells: Cells, levers: Levers, overrides: Overrides, first_quarter: tuple[int, int]) -> Simulation:
    """Simulate a scenario.

    Args:
        cells: the spend of its perimeter.
        levers: values of the levers.
        overrides: own hypotheses by family or segment code.
        first_quarter: calendar year and quarter (1-4) of t = 0, the quarter after the data's date.

    Returns:
        The point estimate and its pools.

    Raises:
        ScenarioError: overrides that make no sense.

    Source: design model F1-F5b, F8-F12, F14.
    """
    members = settled_membership(cells, levers, overrides) if levers.exit_clause else None
    pooling = build_pooling(cells, levers, overrides, members)
    return Simulation(pooling, _result(pooling, first_quarter))


def _result(pooling: Pooling, first_quarter: tuple[int, int]) -> Result:
    cells, stakes = pooling.cells, pooling.stakes
    effect = effects(pooling)
    spared = spared_procedures(pooling, pooling.entry.share)
    by_segment, by_buyer, by_department = breakdowns(pooling, effect, spared)
    costs = _category_costs(pooling)
    cash = _cash(pooling, effect, costs)
    projects = _projects(pooling, effect, costs)
    purchase = purchase_saving(pooling, effect, first_quarter)
    spend, moved = float(cells.spend.sum()), float(stakes.moved.sum())
    malus = float(by_segment.malus.sum())
    gross, residual, lost = (dot(part, stakes.moved_value) for part in (effect.gross, effect.residual, effect.malus))
    process, spent = float(projects.npv_process.sum()), float(projects.npv_costs.sum())
    budget = gross + residual + lost
    firms, platform = small_firms(pooling), workload(pooling)
    return Result(
        spend=spend,
        addressable=float(stakes.addressable.sum()),
        moved=moved,
        moved_share=ratio(moved, spend),
        gross_rate=ratio(purchase.gross, moved),
        net_rate=ratio(purchase.twelve_months + malus, moved),
        dae_ratio=ratio(purchase.twelve_months, spend),
        purchase=purchase,
        budget=BudgetEffect(purchase.twelve_months + malus, malus, budget),
        process=_process(pooling.levers, float(spared.sum())),
        npv=budget + process + spent,
        npv_costs=spent,
        waterfall=(
            Step("Effet de volume", gross, False),
            Step("Perte sur le volume laissé", residual, False),
            Step("Malus", lost, False),
            Step("Résultat budgétaire", budget, True),
            Step("Temps de procédure", process, False),
            Step("Coûts", spent, False),
            Step("Résultat économique", budget + process + spent, True),
        ),
        cash=cash,
        payback_quarter=_payback(pooling, cash),
        by_segment=by_segment,
        by_buyer=by_buyer,
        by_department=by_department,
        projects=projects,
        small_firms=firms,
        workload=platform,
        warnings=warnings(pooling, purchase, firms, platform),
    )


def _payback(pooling: Pooling, cash: Cash) -> int | None:
    launches = pooling.category_launch[pooling.pools.is_open]
    if not launches.size:
        return None
    return payback_quarter(cash.total, max(0, int(launches.min()) - pooling.levers.lead_quarters))


def _process(levers: Levers, avoided: float) -> ProcessGain:
    """F8: procedures avoided at cruise, in open pools."""
    days = avoided * levers.procedure_days
    return ProcessGain(
        procedures=avoided,
        hours=days * YEARLY_HOURS / WORKING_DAYS,
        fte=full_time_equivalents(avoided, levers.procedure_days),
        eur=avoided * levers.procedure_eur,
        bidders_eur=avoided * levers.bid_eur * levers.bids,
    )


def _category_costs(pooling: Pooling) -> Floats:
    """F11: costs (€ ≥ 0), one row per category, one column per quarter; nothing where no pool opens."""
    levers, pools = pooling.levers, pooling.pools
    T, launches = levers.horizon_quarters, pooling.category_launch
    costs = np.zeros((len(launches), T))
    for launch in np.unique(launches).tolist():
        here = (launches == launch) & pools.is_open
        schedule = cost_schedule(T, launch, levers.lead_quarters, levers.framework_years)
        costs[here] = framework_costs(
            schedule, pools.expected_members[here], pools.lots[here],
            levers.launch_eur, levers.lot_eur, levers.member_eur, levers.running_eur,
        )  # fmt: skip
    return costs


def _cash(pooling: Pooling, effect: Effects, costs: Floats) -> Cash:
    T, pair = pooling.levers.horizon_quarters, pooling.cells.pair
    entries = pooling.entry.by_quarter(pooling.line_eur * effect.net[pair], T)
    spared = pooling.line_procedures * effect.is_open[pair] * pooling.levers.procedure_eur
    budget = pooling.kernels.ramped(entries)
    process = np.cumsum(pooling.entry.by_quarter(spared, T)) / 4
    spent = -costs.sum(axis=0)
    return Cash(budget, process, spent, budget + process + spent)


def _projects(pooling: Pooling, effect: Effects, costs: Floats) -> SegmentProject:
    cells, pools, n = pooling.cells, pooling.pools, len(pooling.cells.segments.code)
    segment = pooling.category_segment
    budget = cells.by_segment(effect.net * pooling.stakes.moved_value)
    spared = spared_procedures(pooling, pooling.entry.expected(pooling.kernels.H1))
    process = cells.by_segment(spared) * pooling.levers.procedure_eur
    spent = -sum_by(segment, (costs * pooling.kernels.discount).sum(axis=1), n)
    return SegmentProject(
        npv=budget + process + spent,
        npv_budget=budget,
        npv_process=process,
        npv_costs=spent,
        members=sum_by(segment, pools.members * pools.is_open, n).astype(np.intp),
        lots=sum_by(segment, pools.lots * pools.is_open, n).astype(np.intp),
        launch_quarter=pooling.hypotheses.launch_quarter,
    )
