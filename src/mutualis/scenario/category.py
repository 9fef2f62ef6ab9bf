"""One category end to end, from its contract lines to its net present value (F1-F12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mutualis.errors import ScenarioError
from mutualis.scenario.arrays import Floats, Ints, dot, floats, sum_by
from mutualis.scenario.costs import cost_schedule, framework_costs
from mutualis.scenario.discount import discount_slope, effective_ceiling
from mutualis.scenario.pools import Pools, Stakes, gather, rates
from mutualis.scenario.thresholds import first_crossing, payback_quarter
from mutualis.scenario.timing import Entry, Kernels, switch_quarters, time_kernels

VOLUME_MODES = ("announced", "prudent")


@dataclass(frozen=True)
class CategoryOutcome:
    """What one category brings.

    Each ``cruise_`` (€/yr, all moved) and ``npv_`` (€) figure is signed: losses and costs are negative, so that
    ``npv`` (economic) is the sum of the five ``npv_`` and ``npv_budget`` that of price, residual and malus.
    ``cash`` (€ by quarter) is undiscounted; ``payback_quarter`` and the break-evens are None when there is none.
    """

    A: Mapping[str, float]
    V: Mapping[str, float]
    members: int
    lots: int
    rate: Mapping[str, float]
    cruise_price: float
    cruise_residual: float
    cruise_process: float
    cruise_malus: float
    cash: Floats
    npv_price: float
    npv_residual: float
    npv_process: float
    npv_malus: float
    npv_cost: float
    npv: float
    npv_budget: float
    payback_quarter: int | None
    break_even_delta: float | None = None
    break_even_kappa: float | None = None


@dataclass(frozen=True)
class Category:
    """A category's lines and assumptions, under the names of the design model.

    Attributes:
        lines: contract lines, each with ``buyer``, ``lot``, ``y`` (€/yr), ``alpha``, ``e`` (end quarter, None if
            unknown), ``D`` (years).
        rho: pooling rate × membership by buyer (0 for a buyer that is not named).
        kappa, delta, lam, beta, hhi_supply: utilisation and price effect.
        T, R, r: horizon (quarters), ramp-up (quarters), yearly discount rate.
        t_c, lead, D_pool: start (quarter), preparation (quarters) and duration (years) of the framework.
        chi, psi: malus and residual loss.
        c_own, k_fix, k_lot, k_mem, k_run: costs (€).
        volume_mode: "announced" (F4) or "prudent" (F4b).
    """

    lines: Sequence[Mapping[str, Any]]
    rho: Mapping[str, float]
    kappa: float
    delta: float
    lam: float
    T: int
    R: float
    r: float
    t_c: int
    lead: int
    D_pool: float
    beta: float = 0.0
    hhi_supply: float = 0.0
    chi: float = 0.0
    psi: float = 0.0
    c_own: float = 0.0
    k_fix: float = 0.0
    k_lot: float = 0.0
    k_mem: float = 0.0
    k_run: float = 0.0
    volume_mode: str = "announced"

    def outcome(self) -> CategoryOutcome:
        """Compute the category, with its break-even thresholds.

        Returns:
            The outcome; everything is zero with fewer than two active members.

        Raises:
            ScenarioError: no line, an unknown volume mode, or δ out of range.

        Example:
            >>> line = {"lot": "L1", "y": 100e3, "alpha": 1.0, "e": -1, "D": 4.0}
            >>> pair = Category([line | {"buyer": "B1"}, line | {"buyer": "B2"}], {"B1": 1.0, "B2": 1.0},
            ...     kappa=1.0, delta=0.02, lam=0.12, T=8, R=1, r=0.0, t_c=0, lead=0, D_pool=4.0).outcome()
            >>> round(pair.cruise_price, 2), round(pair.npv, 2), pair.payback_quarter
            (4000.0, 8000.0, 0)

        Source: design model F1-F12.
        """
        if not self.lines:
            raise ScenarioError("Le segment ne contient aucune ligne\u202f: élargissez le périmètre.")
        if self.volume_mode not in VOLUME_MODES:
            raise ScenarioError(
                f"Le volume «\u202f{self.volume_mode}\u202f» est inconnu\u202f: choisissez announced ou prudent."
            )
        base = evaluate(self)
        if base.members < 2:
            return base
        by_delta = first_crossing(lambda delta: evaluate(replace(self, delta=delta)).npv, self.lam / 2)
        by_kappa = first_crossing(lambda kappa: evaluate(replace(self, kappa=kappa)).npv, 1.0, open_at_zero=True)
        return replace(base, break_even_delta=by_delta, break_even_kappa=by_kappa)


def category(lines: Sequence[Mapping[str, Any]], rho: Mapping[str, float], **assumptions: Any) -> CategoryOutcome:
    """Compute one category end to end, arguments as the fields of ``Category``.

    Source: design model F1-F12.
    """
    return Category(lines, rho, **assumptions).outcome()


def evaluate(c: Category) -> CategoryOutcome:
    """Compute one category without its break-even thresholds, which take hundreds of evaluations.

    Source: design model F1-F12.
    """
    lines = c.lines
    y, alpha = floats([line["y"] for line in lines]), floats([line["alpha"] for line in lines])
    D = floats([line["D"] for line in lines])
    share = floats([c.rho.get(line["buyer"], 0.0) for line in lines]) * c.kappa
    entry = switch_quarters([line["e"] for line in lines], D, c.t_c, c.D_pool)
    kernels = time_kernels(c.T, c.R, c.r)
    names, at = _stake_names(lines)
    stakes = _stakes(c, names, at, alpha * y, share, entry, kernels)
    pools = gather(stakes)
    priced = rates(
        stakes, pools, discount_slope(c.delta, c.lam)[None], effective_ceiling(c.lam, c.beta, c.hhi_supply)[None]
    )
    is_open = float(pools.is_open[0])
    malus = floats(c.chi * is_open * pools.has_company)
    wanted = share * alpha * y
    avoided = np.where(y > 0, is_open * share * alpha / D, 0.0)
    cost = is_open * framework_costs(
        cost_schedule(c.T, c.t_c, c.lead, c.D_pool),
        pools.members[0], pools.lots[0], c.k_fix, c.k_lot, c.k_mem, c.k_run,
    )  # fmt: skip
    net = priced.gross - c.psi * priced.loss - malus
    cash = (
        kernels.ramped(entry.by_quarter(wanted * net[at], c.T))
        + np.cumsum(entry.by_quarter(avoided * c.c_own, c.T)) / 4
        - cost
    )
    # 0.0 − x, so that nothing lost reads 0.0 and not −0.0
    price, residual = dot(priced.gross, stakes.moved_value), 0.0 - c.psi * dot(priced.loss, stakes.moved_value)
    lost, process = 0.0 - dot(malus, stakes.moved_value), c.c_own * dot(avoided, entry.expected(kernels.H1))
    spent = 0.0 - dot(cost, kernels.discount)
    return CategoryOutcome(
        **_volumes(names, pools, priced.gross),
        cruise_price=dot(priced.gross, stakes.moved),
        cruise_residual=0.0 - c.psi * dot(priced.loss, stakes.moved),
        cruise_process=c.c_own * dot(avoided, entry.share),
        cruise_malus=0.0 - dot(malus, stakes.moved),
        cash=cash,
        npv_price=price,
        npv_residual=residual,
        npv_process=process,
        npv_malus=lost,
        npv_cost=spent,
        npv=price + residual + lost + process + spent,
        npv_budget=price + residual + lost,
        payback_quarter=payback_quarter(cash, max(0, c.t_c - c.lead)) if pools.is_open[0] else None,
    )


Names = tuple[list[str], list[str], list[tuple[str, str]]]


def _stake_names(lines: Sequence[Mapping[str, Any]]) -> tuple[Names, Ints]:
    """List buyers, lots and stakes in the order of the lines, and give the stake of each line."""
    keys = [(line["buyer"], line["lot"]) for line in lines]
    stakes = list(dict.fromkeys(keys))
    buyers, lots = list(dict.fromkeys(b for b, _ in stakes)), list(dict.fromkeys(lot for _, lot in stakes))
    position = {key: i for i, key in enumerate(stakes)}
    return (buyers, lots, stakes), np.array([position[key] for key in keys], dtype=np.intp)


def _stakes(
    c: Category,
    names: Names,
    at: Ints,
    addressable: Floats,
    share: Floats,
    entry: Entry,
    kernels: Kernels,
) -> Stakes:
    buyers, lots, keys = names
    moved = share * addressable * entry.share
    priced = share * addressable * entry.volume_weight if c.volume_mode == "prudent" else moved
    value = share * addressable * entry.expected(kernels.H)
    return Stakes(
        pair=np.array([buyers.index(buyer) for buyer, _ in keys], dtype=np.intp),
        lot=np.array([lots.index(lot) for _, lot in keys], dtype=np.intp),
        pair_category=np.zeros(len(buyers), dtype=np.intp),
        lot_category=np.zeros(len(lots), dtype=np.intp),
        n_categories=1,
        addressable=sum_by(at, addressable, len(keys)),
        moved=sum_by(at, moved, len(keys)),
        priced=sum_by(at, priced, len(keys)),
        moved_value=sum_by(at, value, len(keys)),
        membership=np.ones(len(buyers)),
    )


def _volumes(names: Names, pools: Pools, gross: Floats) -> dict[str, Any]:
    buyers, lots, keys = names
    return {
        "A": dict(zip(buyers, pools.A.tolist(), strict=True)),
        "V": dict(zip(lots, pools.V.tolist(), strict=True)),
        "members": int(pools.members[0]),
        "lots": int(pools.lots[0]),
        "rate": {
            f"{buyer}|{lot}": float(gross[i])
            for i, (buyer, lot) in enumerate(keys)
            if pools.is_open[0] and pools.U[buyers.index(buyer)] > 0
        },
    }
