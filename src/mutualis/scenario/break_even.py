"""F12 over a whole scenario: the thresholds to show first, since they ask an expert only whether they are likely."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mutualis.scenario.arrays import Floats, dot, floats, ratio
from mutualis.scenario.discount import discount_slope, effective_ceiling
from mutualis.scenario.effects import malus_base
from mutualis.scenario.engine import Simulation
from mutualis.scenario.pooling import Pooling
from mutualis.scenario.priced_draws import Stock, price, stock

GRID = 100


@dataclass(frozen=True)
class BreakEven:
    """Thresholds at which a NPV reaches zero, first crossing; None when it never does.

    Attributes:
        factor: what every δ must be multiplied by (each at most λ/2) for the economic NPV.
        delta: the mean δ that it means, weighted by moved spend; ``delta_now`` the mean δ of the scenario.
        budget_factor, budget_delta: the same for the budgetary NPV; 0 when any price effect at all is enough.
        utilisation: smallest κ for the economic NPV, δ as they are.
    """

    factor: float | None
    delta: float | None
    delta_now: float
    budget_factor: float | None
    budget_delta: float | None
    utilisation: float | None


@dataclass(frozen=True)
class _Terms:
    """A scenario's NPV by segment, as a function of δ and κ."""

    pooling: Pooling
    bins: Stock
    malus: Floats
    process: Floats
    costs: Floats

    def budget(self, delta: Floats, scale: Floats) -> Floats:
        """Budgetary NPV, segments × points."""
        levers, lam = self.pooling.levers, self.pooling.hypotheses.lam[:, None]
        hhi = self.pooling.cells.segments.supplier_hhi[:, None]
        ceiling = np.broadcast_to(effective_ceiling(lam, levers.supply_concentration, hhi), delta.shape)
        segment = self.pooling.category_segment
        found = price(self.bins, discount_slope(delta, lam)[segment], ceiling[segment], scale)
        net = found.gross_value - levers.residual_loss * found.loss_value
        return self.pooling.by_segment(net) - self.malus[:, None] * scale

    def economic(self, delta: Floats, scale: Floats) -> Floats:
        """Economic NPV, segments × points."""
        return self.budget(delta, scale) + self.process[:, None] * scale + self.costs[:, None]

    def scaled(self, factors: Floats) -> Floats:
        """Multiply every δ, segments × factors."""
        hyp = self.pooling.hypotheses
        return np.minimum(hyp.delta[:, None] * factors, hyp.lam[:, None] / 2)

    def by_factor(self, factors: Floats) -> Floats:
        """Economic and budgetary NPV of all, 2 × factors: what tells them apart does not depend on δ."""
        budget = self.budget(self.scaled(factors), np.ones(len(factors))).sum(axis=0)
        return np.stack([budget + float((self.process + self.costs).sum()), budget])

    def by_utilisation(self, kappas: Floats) -> Floats:
        """Economic NPV of all, by κ."""
        delta = np.repeat(self.pooling.hypotheses.delta[:, None], len(kappas), axis=1)
        return floats(self.economic(delta, kappas / self.pooling.levers.utilisation).sum(axis=0))


def break_even(simulation: Simulation) -> BreakEven:
    """Find a scenario's thresholds.

    Args:
        simulation: its point estimate.

    Returns:
        The thresholds.

    Source: design model F12 (grid, then a finer one).
    """
    pooling, moved = simulation.pooling, simulation.result.by_segment.moved
    hyp = pooling.hypotheses
    if not moved.any() or not pooling.pools.is_open.any():
        return BreakEven(None, None, 0.0, None, None, None)
    terms = _terms(simulation)
    factor, budget_factor = _factors(terms, moved)
    kappas = np.linspace(0.0, 1.0, GRID + 1)[1:]

    def mean_delta(at: float | None) -> float | None:
        return None if at is None else ratio(dot(terms.scaled(floats([at]))[:, 0], moved), float(moved.sum()))

    return BreakEven(
        factor=factor,
        delta=mean_delta(factor),
        delta_now=ratio(dot(hyp.delta, moved), float(moved.sum())),
        budget_factor=budget_factor,
        budget_delta=mean_delta(budget_factor),
        utilisation=_first(kappas, terms.by_utilisation(kappas), terms.by_utilisation),
    )


def break_even_by_segment(simulation: Simulation) -> Floats:
    """Find, per segment, the smallest δ for its own economic NPV; NaN: never, or no pool opens.

    Args:
        simulation: its point estimate.

    Source: design model F12: on the same grid for all, then each between its own neighbours.
    """
    members = simulation.result.projects.members
    if not members.any():
        return np.full(len(members), np.nan)
    return np.where(members > 0, _by_segment(_terms(simulation)), np.nan)


def _terms(simulation: Simulation) -> _Terms:
    pooling, projects = simulation.pooling, simulation.result.projects
    malus = pooling.levers.malus * malus_base(pooling)[1]
    return _Terms(pooling, stock(pooling), malus, projects.npv_process, projects.npv_costs)


def _factors(terms: _Terms, moved: Floats) -> tuple[float | None, float | None]:
    """Find the factors of δ for the economic and for the budgetary NPV."""
    hyp = terms.pooling.hypotheses
    most = float(np.max(hyp.lam / 2 / np.where((hyp.delta > 0) & (moved > 0), hyp.delta, np.inf)))
    grid = np.linspace(0.0, most, GRID + 1)
    economic, budget = terms.by_factor(grid)
    factor = _first(grid, economic, lambda points: terms.by_factor(points)[0])
    # with no price effect there is neither gain nor loss: the first that matters is above 0
    if budget[0] >= 0 and budget[1] >= 0:
        return factor, 0.0
    start = int(budget[0] >= 0)
    return factor, _first(grid[start:], budget[start:], lambda points: terms.by_factor(points)[1])


def _first(grid: Floats, npv: Floats, finer: Callable[[Floats], Floats]) -> float | None:
    """Find the first point of a grid at which an NPV is not negative, then the crossing between its neighbours."""
    reached = np.nonzero(npv >= 0)[0]
    if not reached.size:
        return None
    i = int(reached[0])
    if i == 0:
        return float(grid[0])
    near = np.linspace(grid[i - 1], grid[i], GRID + 1)
    fine = np.concatenate([npv[i - 1 : i], finer(near[1:-1]), npv[i : i + 1]])
    j = int(np.argmax(fine >= 0))
    return float(near[j - 1] + (near[j] - near[j - 1]) * -fine[j - 1] / (fine[j] - fine[j - 1]))


def _by_segment(terms: _Terms) -> Floats:
    lam = terms.pooling.hypotheses.lam[:, None]
    share = np.broadcast_to(np.linspace(0.0, 0.5, GRID + 1), (len(lam), GRID + 1))
    at = np.arange(len(lam))
    for _ in range(2):
        npv = terms.economic(lam * share, np.ones(share.shape[1]))
        reached = npv >= 0
        first = np.argmax(reached, axis=1)
        before = np.maximum(first - 1, 0)
        low, high = share[at, before], share[at, first]
        never = ~reached.any(axis=1)
        share = np.linspace(low, high, 21, axis=1)
    below, above = npv[at, before], npv[at, first]
    step = np.divide(-below, above - below, out=np.zeros(len(lam)), where=first > 0)
    return np.where(never, np.nan, lam[:, 0] * (low + step * (high - low)))
