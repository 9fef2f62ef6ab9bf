"""F15 over a whole scenario: what its results become when its hypotheses are drawn, 1,024 times, always the same."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from mutualis.levers import BY_KEY
from mutualis.scenario.arrays import Floats, floats
from mutualis.scenario.discount import discount_slope
from mutualis.scenario.engine import Simulation
from mutualis.scenario.priced_draws import price, stock
from mutualis.scenario.uncertainty import (
    DRAWS,
    Interval,
    correlated_uniforms,
    interval,
    sobol_normals,
    triangular_quantile,
)

COMMON = ("adhesion", "residuel", "malus", "procedure")


@dataclass(frozen=True)
class Draws:
    """Results by draw: économie achat (12 months), effet budgétaire (per year), process value (per year), NPVs (€)."""

    purchase: Floats
    budget: Floats
    process: Floats
    npv_budget: Floats
    npv: Floats


@dataclass(frozen=True)
class Intervals:
    """P10, P50, P90 of each result, and the chance (share of draws) that the economic NPV is not negative."""

    purchase: Interval
    budget: Interval
    process: Interval
    npv_budget: Interval
    npv: Interval
    chance_of_gain: float


def intervals(simulation: Simulation) -> Intervals:
    """Give the intervals of a scenario.

    Args:
        simulation: its point estimate.

    Returns:
        P10, P50, P90 (€).

    Source: design model F15.
    """
    draws = draw_results(simulation)
    return Intervals(
        purchase=interval(draws.purchase),
        budget=interval(draws.budget),
        process=interval(draws.process),
        npv_budget=interval(draws.npv_budget),
        npv=interval(draws.npv),
        chance_of_gain=float(np.mean(draws.npv >= 0)),
    )


def draw_results(simulation: Simulation) -> Draws:
    """Price a scenario under each draw of its hypotheses.

    δ and λ of a segment move together within their family's range, with a part common to all segments; utilisation,
    residual loss, malus and the cost of a procedure are common factors within their presets' range.

    Args:
        simulation: its point estimate.

    Returns:
        Results by draw.

    Source: design model F15.
    """
    pooling, result = simulation.pooling, simulation.result
    levers, hyp, n = pooling.levers, pooling.hypotheses, len(pooling.cells.segments.code)
    normal = sobol_normals(n + 1 + len(COMMON))
    u = correlated_uniforms(normal[0], normal[1 : n + 1], levers.error_correlation)
    (delta_low, delta_high), (lam_low, lam_high) = hyp.delta_range, hyp.lam_range
    lam = triangular_quantile(u, lam_low[:, None], hyp.lam[:, None], lam_high[:, None])
    delta = triangular_quantile(u, delta_low[:, None], hyp.delta[:, None], delta_high[:, None])
    kappa, psi, chi, c_own = (
        _common(key, getattr(levers, BY_KEY[key].name), ndtr(z)) for key, z in zip(COMMON, normal[n + 1 :], strict=True)
    )
    scale = kappa / levers.utilisation if levers.utilisation else np.ones(DRAWS)
    segment = pooling.category_segment
    weight = 1 - levers.supply_concentration * pooling.cells.segments.supplier_hhi
    found = price(
        stock(pooling),
        discount_slope(np.minimum(delta, lam / 2), lam)[segment],
        (lam * weight[:, None])[segment],
        scale,
    )
    in_company = pooling.pools.has_company & pooling.pools.is_open[pooling.stakes.pair_category[pooling.stakes.pair]]
    moved, value = (float(part[in_company].sum()) for part in (pooling.stakes.moved, pooling.stakes.moved_value))
    purchase = found.gross.sum(axis=0) - psi * found.loss.sum(axis=0)
    npv_budget = found.gross_value.sum(axis=0) - psi * found.loss_value.sum(axis=0) - chi * scale * value
    process = result.process.procedures * scale * c_own
    spared = float(result.projects.npv_process.sum())
    npv_process = spared * scale * (c_own / levers.procedure_eur if levers.procedure_eur else 0.0)
    return Draws(
        purchase=purchase,
        budget=purchase - chi * scale * moved,
        process=process,
        npv_budget=npv_budget,
        npv=npv_budget + npv_process + result.npv_costs,
    )


def _common(key: str, value: float, u: Floats) -> Floats:
    """Draw a common factor between its prudent and ambitious presets, its mode the value in use."""
    low, _, high = (float(end) for end in BY_KEY[key].presets)
    ends = (min(low, value), max(high, value)) if low <= high else (max(low, value), min(high, value))
    return triangular_quantile(u, floats(ends[0]), floats(value), floats(ends[1]))
