"""F7: aligning unit prices on a quantile of what buyers pay. An alternative to F5, never added to it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mutualis.scenario.arrays import Floats, floats


@dataclass(frozen=True)
class Alignment:
    """Target price of an item, saving per buyer and in total (€/yr)."""

    target: float
    saving: Floats
    total: float


def weighted_quantile(prices: ArrayLike, qty: ArrayLike, tau: float) -> float:
    """F7: the smallest price at which the cumulated quantity reaches τQ; NaN without quantity.

    Example:
        >>> weighted_quantile([10.0, 12.0, 9.0, 15.0], [1000.0, 500.0, 200.0, 300.0], 0.25)
        10.0

    Source: design model F7.
    """
    prices, qty = floats(prices), floats(qty)
    bought = qty > 0
    order = np.argsort(prices[bought], kind="stable")
    prices, qty = prices[bought][order], qty[bought][order]
    if not prices.size:
        return float("nan")
    cumulated = np.cumsum(qty)
    # a hair's breadth of tolerance: 0.1 + 0.2 must reach 0.3
    return float(prices[np.searchsorted(cumulated, tau * cumulated[-1] * (1 - 1e-12))])


def alignment(prices: ArrayLike, qty: ArrayLike, phi: ArrayLike, tau: float, reliability: float) -> Alignment:
    """F7: saving when what moves is bought at the target, S = r Σ φ q max(0, p − p*).

    Args:
        prices: unit price per buyer (€).
        qty: quantity per buyer (units/yr).
        phi: moved share ρκ per buyer.
        tau: quantile of the quantities that sets the target; 0 is the minimum (noise: not for use).
        reliability: comparability r of the item, in [0, 1].

    Returns:
        Target (€), saving per buyer and in total (€/yr).

    Example:
        >>> alignment([10, 12, 9, 15], [1000, 500, 200, 300], [1, 1, 0.5, 0.8], 0.25, 0.5).total
        1100.0

    Source: design model F7.
    """
    target = weighted_quantile(prices, qty, tau)
    saving = aligned_saving(prices, qty, phi, target, reliability)
    return Alignment(target, saving, float(saving.sum()))


def aligned_saving(prices: ArrayLike, qty: ArrayLike, phi: ArrayLike, target: ArrayLike, reliability: float) -> Floats:
    """F7: saving of each buyer at a given target, r φ q max(0, p − p*) (€/yr).

    Args:
        prices, qty, phi, reliability: as in ``alignment``.
        target: price aimed at (€), for all or per buyer.

    Example:
        >>> aligned_saving([10, 12], [1000, 500], [1, 1], 10.0, 0.5).tolist()
        [0.0, 500.0]

    Source: design model F7.
    """
    saving = reliability * floats(phi) * floats(qty) * np.maximum(0.0, floats(prices) - floats(target))
    return np.where(floats(qty) > 0, saving, 0.0)
