"""F12 over a whole scenario: the thresholds to show first, since they ask an expert only whether they are likely."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mutualis.scenario.arrays import Floats, floats, ratio
from mutualis.scenario.discount import discount_slope
from mutualis.scenario.engine import Simulation
from mutualis.scenario.priced_draws import Priced, Stock, price, stock

GRID = 100


@dataclass(frozen=True)
class BreakEven:
    """Thresholds at which the economic NPV reaches zero; None when it never does.

    Attributes:
        factor: what every δ must be multiplied by (each at most λ/2).
        delta: the mean δ that it means, weighted by moved spend; ``delta_now`` the mean δ of the scenario.
        utilisation: smallest κ, δ as they are.
        by_segment: per segment, the smallest δ (NaN: never, or nothing moves).
    """

    factor: float | None
    delta: float | None
    delta_now: float
    utilisation: float | None
    by_segment: Floats


def break_even(simulation: Simulation) -> BreakEven:
    """Find a scenario's thresholds.

    Args:
        simulation: its point estimate.

    Returns:
        The thresholds.

    Source: design model F12 (grid, then a finer one).
    """
    pooling, result = simulation.pooling, simulation.result
    hyp, levers, projects = pooling.hypotheses, pooling.levers, result.projects
    bins = stock(pooling)
    weight = 1 - levers.supply_concentration * pooling.cells.segments.supplier_hhi
    fixed = projects.npv_process + projects.npv_costs - levers.malus * _malus_base(simulation)

    def by_factor(factors: Floats) -> Floats:
        delta = np.minimum(hyp.delta[:, None] * factors, hyp.lam[:, None] / 2)
        return _npv(simulation, bins, delta, weight, np.ones(len(factors))) + fixed[:, None]

    def by_kappa(kappas: Floats) -> Floats:
        scale = kappas / levers.utilisation
        delta = np.repeat(hyp.delta[:, None], len(kappas), axis=1)
        moving = projects.npv_process - levers.malus * _malus_base(simulation)
        return _npv(simulation, bins, delta, weight, scale) + moving[:, None] * scale + projects.npv_costs[:, None]

    if not result.moved or not pooling.pools.is_open.any():
        return BreakEven(None, None, 0.0, None, np.full(len(hyp.delta), np.nan))
    moved = result.by_segment.moved
    mean = float(np.sum(hyp.delta * moved))
    with np.errstate(divide="ignore", invalid="ignore"):
        most = float(np.nanmax(np.where((hyp.delta > 0) & (moved > 0), hyp.lam / 2 / hyp.delta, np.nan), initial=0.0))
    factor = _first(lambda grid: by_factor(grid).sum(axis=0), 0.0, most)
    reached = None if factor is None else np.minimum(hyp.delta * factor, hyp.lam / 2)
    kappa = _first(lambda grid: by_kappa(grid).sum(axis=0), 1 / GRID, 1.0)
    return BreakEven(
        factor=factor,
        delta=None if reached is None else ratio(float(np.sum(reached * moved)), float(moved.sum())),
        delta_now=ratio(mean, float(moved.sum())),
        utilisation=kappa,
        by_segment=_by_segment(simulation, bins, weight, fixed),
    )


def _npv(simulation: Simulation, bins: Stock, delta: Floats, weight: Floats, scale: Floats) -> Floats:
    """Give the price terms of the NPV, segments × draws."""
    pooling = simulation.pooling
    segment, lam = pooling.category_segment, pooling.hypotheses.lam
    ceiling = np.repeat((lam * weight)[segment][:, None], delta.shape[1], axis=1)
    found: Priced = price(bins, discount_slope(delta, lam[:, None])[segment], ceiling, scale)
    net = found.gross_value - pooling.levers.residual_loss * found.loss_value
    return floats(net.reshape(-1, pooling.n_regions, delta.shape[1]).sum(axis=1))


def _malus_base(simulation: Simulation) -> Floats:
    """Discounted spend that bears the malus, per segment."""
    pooling = simulation.pooling
    stakes, pools = pooling.stakes, pooling.pools
    bears = pools.has_company & pools.is_open[stakes.pair_category[stakes.pair]]
    return pooling.cells.by_segment(stakes.moved_value * bears)


def _first(npv: Callable[[Floats], Floats], low: float, high: float) -> float | None:
    """Find the first value of a grid at which an NPV is not negative, then again between its neighbours."""
    for _ in range(3):
        grid = np.linspace(low, high, GRID + 1)
        reached = np.nonzero(npv(grid) >= 0)[0]
        if not reached.size:
            return None
        i = int(reached[0])
        if i == 0:
            return float(grid[0])
        low, high = float(grid[i - 1]), float(grid[i])
    return high


def _by_segment(simulation: Simulation, bins: Stock, weight: Floats, fixed: Floats) -> Floats:
    lam = simulation.pooling.hypotheses.lam
    share = np.linspace(0.0, 0.5, GRID + 1)
    npv = _npv(simulation, bins, lam[:, None] * share, weight, np.ones(len(share))) + fixed[:, None]
    reached = npv >= 0
    first = np.argmax(reached, axis=1)
    before = np.maximum(first - 1, 0)
    at = np.arange(len(lam))
    low, high = npv[at, before], npv[at, first]
    between = np.where(first > 0, np.divide(-low, high - low, out=np.zeros(len(lam)), where=high > low), 0.0)
    found = lam * (share[before] + between * (share[first] - share[before]))
    moves = simulation.result.by_segment.moved > 0
    return floats(np.where(reached.any(axis=1) & moves, found, np.nan))
