"""How scattered a purchase is among buyers, and the bound it sets on pooling (F13)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mutualis.scenario.discount import discount_rate


@dataclass(frozen=True)
class Fragmentation:
    """Indices of a purchase: n active buyers, HHI = Σw², entropy = −Σ w ln w, Hill numbers N1 and N2."""

    n: int
    hhi: float
    entropy: float
    N1: float
    N2: float


def fragmentation(A: ArrayLike) -> Fragmentation:
    """Measure how spend is scattered; all zero without spend. Source: F13.

    Examples:
        >>> fragmentation([1.0, 1.0]).N1
        2.0
    """
    spend = np.asarray(A, float)
    active = spend[spend > 0]
    if active.size == 0:
        return Fragmentation(0, 0.0, 0.0, 0.0, 0.0)
    w = active / active.sum()
    hhi, entropy = float(w @ w), float(-(w @ np.log(w)))
    return Fragmentation(int(active.size), hhi, entropy, float(np.exp(entropy)), 1 / hhi)


def entropy_bound(A: ArrayLike, delta: float, lam: float, phi: float = 1.0) -> float:
    """Bound the gross saving rate of a pool of uniform φ with V ≥ max A: rate(log₂(φ N₁)). Source: F13."""
    N1 = fragmentation(A).N1
    return float(discount_rate(np.log2(phi * N1), delta, lam)) if phi * N1 > 1 else 0.0
