"""F15: uncertain hypotheses, drawn once for all: the same draws at each move of a slider."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri
from scipy.stats import qmc

from mutualis.scenario.arrays import Floats, floats

DRAWS = 1024
SEED = 20_261_123


def triangular_quantile(u: ArrayLike, low: ArrayLike, central: ArrayLike, high: ArrayLike) -> Floats:
    """F15: quantile of the triangular law (low, central, high).

    Args:
        u: probability, in [0, 1].
        low, central, high: end, mode and end; low > high (pessimistic first) reads the law backwards.

    Returns:
        The value: ``low`` at u = 0, ``high`` at u = 1.

    Example:
        >>> triangular_quantile([0.0, 0.5, 1.0], 0.0, 0.5, 1.0).tolist()
        [0.0, 0.5, 1.0]

    Source: design model F15.
    """
    u, low, central, high = np.broadcast_arrays(floats(u), floats(low), floats(central), floats(high))
    span = np.abs(high - low)
    up, down = np.abs(central - low), np.abs(high - central)
    sign = np.sign(high - low)
    mode = np.divide(up, span, out=np.zeros(u.shape), where=span > 0)
    rising = low + sign * np.sqrt(u * span * up)
    falling = high - sign * np.sqrt((1 - u) * span * down)
    return np.asarray(np.where(u < mode, rising, falling))


def correlated_uniforms(z0: ArrayLike, z: ArrayLike, rho_e: float) -> Floats:
    """F15: one-factor copula, u_c = Φ(√ρ_e z₀ + √(1−ρ_e) z_c).

    Args:
        z0: common normal factor.
        z: own normal factor of each category.
        rho_e: correlation of the errors, in [0, 1].

    Returns:
        Probabilities, in (0, 1).

    Example:
        >>> correlated_uniforms(0.0, [0.0, 0.0], 0.5).tolist()
        [0.5, 0.5]

    Source: design model F15.
    """
    return np.asarray(ndtr(np.sqrt(rho_e) * floats(z0) + np.sqrt(1 - rho_e) * floats(z)))


@lru_cache(maxsize=8)
def sobol_normals(dimension: int, seed: int = SEED) -> Floats:
    """F15: the 1,024 scrambled Sobol points, as normal scores; always the same.

    Args:
        dimension: number of factors.
        seed: of the scrambling.

    Returns:
        Read-only array, factors × draws.

    Example:
        >>> sobol_normals(3).shape, abs(float(sobol_normals(3).mean())) < 1e-3
        ((3, 1024), True)

    Source: design model F15; ``scipy.stats.qmc.Sobol``.
    """
    points = qmc.Sobol(dimension, scramble=True, rng=seed).random(DRAWS)
    normals = np.asarray(ndtri(np.clip(points.T, 1e-12, 1 - 1e-12)))
    normals.setflags(write=False)
    return normals


@dataclass(frozen=True)
class Interval:
    """P10, P50 and P90 of a result."""

    p10: float
    p50: float
    p90: float


def interval(draws: ArrayLike) -> Interval:
    """F15: P10, P50, P90 of drawn results.

    Example:
        >>> interval(range(11))
        Interval(p10=1.0, p50=5.0, p90=9.0)

    Source: design model F15.
    """
    return Interval(*(float(value) for value in np.quantile(floats(draws), [0.1, 0.5, 0.9])))
