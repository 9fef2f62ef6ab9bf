"""Discounted worth of one euro a year saved from a given quarter on (F10)."""

import numpy as np

from mutualis.scenario.discount import Floats


def discount_factors(T: int, r: float) -> Floats:
    """Give the discount factor of each quarter, at its middle: (1 + r)^−((t + ½)/4). Source: F10."""
    return np.asarray((1 + r) ** (-(np.arange(T) + 0.5) / 4), float)


def time_kernel(T: int, R: int, r: float) -> Floats:
    """Give, for each switch quarter τ in 0 … T, Σ d_t g(t − τ) / 4 over t = τ … T − 1, with g(j) = min(1, (j + 1)/R).

    Args:
        T: horizon, quarters.
        R: ramp-up, quarters; 1 for no ramp.
        r: discount rate a year.

    Returns:
        T + 1 worths; the last is 0.

    Source: F10. H₁ is the same with R = 1.

    Examples:
        >>> time_kernel(16, 4, 0.032)[0].round(6)
        np.float64(3.386682)
    """
    d = discount_factors(T, r)
    ramp = np.minimum(1.0, (np.arange(T) + 1) / R)
    return np.array([d[tau:] @ ramp[: T - tau] / 4 for tau in range(T + 1)])
