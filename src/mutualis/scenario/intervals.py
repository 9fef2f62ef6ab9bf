"""F15 over a whole scenario: what its results become when its hypotheses are drawn, 1,024 times, always the same."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from mutualis.levers import BY_KEY
from mutualis.scenario.arrays import Floats, floats
from mutualis.scenario.discount import discount_slope, effective_ceiling
from mutualis.scenario.effects import malus_base, spared_procedures
from mutualis.scenario.engine import Simulation
from mutualis.scenario.pooling import Pooling
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
class DrawnHypotheses:
    """Hypotheses by draw: δ and λ segments × draws; κ, ψ, χ and the cost of a procedure (€)."""

    delta: Floats
    lam: Floats
    utilisation: Floats
    residual_loss: Floats
    malus: Floats
    procedure_eur: Floats


@dataclass(frozen=True)
class Draws:
    """Results by draw: économie achat (12 months), effet budgétaire (per year), process value (per year), NPVs (€).

    ``segment_npv`` is the economic NPV, segments × draws.
    """

    purchase: Floats
    budget: Floats
    process: Floats
    npv_budget: Floats
    npv: Floats
    segment_npv: Floats


@dataclass(frozen=True)
class SegmentIntervals:
    """P10, P50, P90 of each segment's economic NPV (€), in the order of the segments."""

    p10: Floats
    p50: Floats
    p90: Floats


@dataclass(frozen=True)
class Intervals:
    """P10, P50, P90 of each result, and the chance (share of draws) that the economic NPV is not negative."""

    purchase: Interval
    budget: Interval
    process: Interval
    npv_budget: Interval
    npv: Interval
    chance_of_gain: float
    by_segment: SegmentIntervals


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
        by_segment=SegmentIntervals(*np.quantile(draws.segment_npv, [0.1, 0.5, 0.9], axis=1)),
    )


def draw_hypotheses(pooling: Pooling) -> DrawnHypotheses:
    """Draw the hypotheses of a scenario.

    δ and λ of a segment move together within their family's range, with a part common to all segments; utilisation,
    residual loss, malus and the cost of a procedure are common factors within their presets' range. Modes are the
    values in use, which ranges are widened to hold.

    Args:
        pooling: the scenario's pools.

    Returns:
        The hypotheses; the same draws whatever the values in use.

    Source: design model F15.
    """
    levers, hyp, n = pooling.levers, pooling.hypotheses, len(pooling.cells.segments.code)
    normal = sobol_normals(n + 1 + len(COMMON))
    u = correlated_uniforms(normal[0], normal[1 : n + 1], levers.error_correlation)
    (delta_low, delta_high), (lam_low, lam_high) = hyp.delta_range, hyp.lam_range
    lam = triangular_quantile(u, lam_low[:, None], hyp.lam[:, None], lam_high[:, None])
    delta = triangular_quantile(u, delta_low[:, None], hyp.delta[:, None], delta_high[:, None])
    common = (
        _common(key, getattr(levers, BY_KEY[key].name), ndtr(z)) for key, z in zip(COMMON, normal[n + 1 :], strict=True)
    )
    return DrawnHypotheses(np.minimum(delta, lam / 2), lam, *common)


def draw_results(simulation: Simulation) -> Draws:
    """Price a scenario under each draw of its hypotheses.

    Args:
        simulation: its point estimate.

    Returns:
        Results by draw.

    Source: design model F15.
    """
    pooling, result = simulation.pooling, simulation.result
    cells, levers, drawn = pooling.cells, pooling.levers, draw_hypotheses(pooling)
    kappa, psi, chi = drawn.utilisation, drawn.residual_loss, drawn.malus
    # with no utilisation nothing moves, whatever the scale
    scale = kappa / levers.utilisation if levers.utilisation else np.ones(DRAWS)
    segment = pooling.category_segment
    hhi = cells.segments.supplier_hhi[:, None]
    ceiling = effective_ceiling(drawn.lam, levers.supply_concentration, hhi)
    found = price(stock(pooling), discount_slope(drawn.delta, drawn.lam)[segment], ceiling[segment], scale)
    purchase = found.gross.sum(axis=0) - psi * found.loss.sum(axis=0)
    moved, value = malus_base(pooling)
    npv_budget = pooling.by_segment(found.gross_value - psi * found.loss_value) - np.outer(value, chi * scale)
    process = scale * drawn.procedure_eur
    spared = cells.by_segment(spared_procedures(pooling, pooling.entry.expected(pooling.kernels.H1)))
    npv = npv_budget + np.outer(spared, process) + result.projects.npv_costs[:, None]
    return Draws(
        purchase=purchase,
        budget=purchase - chi * scale * float(moved.sum()),
        process=result.process.procedures * process,
        npv_budget=npv_budget.sum(axis=0),
        npv=npv.sum(axis=0),
        segment_npv=npv,
    )


def _common(key: str, value: float, u: Floats) -> Floats:
    """Draw a common factor between its prudent and ambitious presets, its mode the value in use."""
    low, _, high = (float(end) for end in BY_KEY[key].presets)
    ends = (min(low, value), max(high, value)) if low <= high else (max(low, value), min(high, value))
    return triangular_quantile(u, floats(ends[0]), floats(value), floats(ends[1]))
