"""Alignment on a low unit price, where prices are known: an alternative to the volume effect, never added (F7)."""

import numpy as np
from numpy.typing import ArrayLike

from mutualis.scenario.discount import Floats


def target_price(prices: ArrayLike, qty: ArrayLike, tau: float = 0.25) -> float:
    """Give the smallest price under which a share τ of the quantity is bought. Source: F7.

    Examples:
        >>> target_price([10.0, 12.0, 9.0, 15.0], [1000.0, 500.0, 200.0, 300.0])
        10.0
    """
    paid, bought = np.asarray(prices, float), np.asarray(qty, float)
    order = np.argsort(paid, kind="stable")
    reached = np.cumsum(bought[order]) >= tau * bought.sum()
    return float(paid[order][int(np.argmax(reached))])


def alignment_saving(
    prices: ArrayLike, qty: ArrayLike, phi: ArrayLike, tau: float = 0.25, reliability: float = 0.5
) -> Floats:
    """Give each buyer's saving were it to pay the target price, EUR: r φ q max(0, p − p*).

    Args:
        prices: unit price per buyer, EUR.
        qty: quantity per buyer and year.
        phi: share of the quantity that moves, ρκ.
        tau: quantile of the target; never the minimum, which is noise.
        reliability: how comparable the item is from one buyer to the next, 0 to 1.

    Source: F7.
    """
    gap = np.maximum(np.asarray(prices, float) - target_price(prices, qty, tau), 0.0)
    return np.asarray(reliability * np.asarray(phi, float) * np.asarray(qty, float) * gap, np.float64)
