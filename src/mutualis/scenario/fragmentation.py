"""F13: how scattered a category's spend is among its buyers, and what that bounds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mutualis.scenario.arrays import Floats, floats
from mutualis.scenario.discount import discount_rate, pooled_saving


def _shares(A: ArrayLike) -> Floats:
    A = floats(A)
    A = A[A > 0]
    return A / A.sum() if A.size else A


def herfindahl(A: ArrayLike) -> float:
    """F13: HHI = Σw², w the shares; 0 when nothing is spent.

    Example:
        >>> herfindahl([500.0, 250.0, 125.0, 125.0, 0.0])
        0.34375

    Source: design model F13.
    """
    return float(np.sum(_shares(A) ** 2))


def shannon_entropy(A: ArrayLike) -> float:
    """F13: −Σ w ln w (nats).

    Example:
        >>> round(shannon_entropy([1.0, 1.0]), 6)
        0.693147

    Source: design model F13.
    """
    w = _shares(A)
    return float(-np.sum(w * np.log(w))) + 0.0


@dataclass(frozen=True)
class Fragmentation:
    """Number of buyers, HHI, entropy (nats), Hill numbers N1 and N2, saving rate and its entropy bound."""

    n: int
    hhi: float
    entropy: float
    N1: float
    N2: float
    saving_rate: float
    entropy_bound: float


def fragmentation(
    A: ArrayLike,
    delta: float = 0.0,
    lam: float = 0.0,
    phi: float = 1.0,
    beta: float = 0.0,
    hhi_supply: float = 0.0,
) -> Fragmentation:
    """F13: fragmentation of a category; to first order entropy, not HHI, governs the saving rate.

    Args:
        A: addressable spend per buyer (€/yr).
        delta, lam, beta, hhi_supply: as in ``discount_rate``.
        phi: moved share ρκ, the same for all.

    Returns:
        Indices, gross saving as a share of moved spend, and the bound rate(log₂(φN₁)), which holds when
        the moved volume is at least the largest buyer's.

    Example:
        >>> found = fragmentation([500e3, 250e3, 125e3, 125e3, 0.0], 0.02, 0.12)
        >>> found.n, round(found.saving_rate, 6), round(found.entropy_bound, 6)
        (4, 0.031806, 0.03278)

    Source: design model F13.
    """
    A = floats(A)
    hhi, entropy, n = herfindahl(A), shannon_entropy(A), int(np.count_nonzero(A > 0))
    N1 = float(np.exp(entropy)) if n else 0.0
    pool = pooled_saving(A, phi, 1.0, delta, lam, beta, hhi_supply)
    k = max(0.0, float(np.log2(phi * N1))) if phi * N1 > 0 else 0.0
    return Fragmentation(
        n=n,
        hhi=hhi,
        entropy=entropy,
        N1=N1,
        N2=1 / hhi if n else 0.0,
        saving_rate=pool.total / pool.moved_total if pool.moved_total else 0.0,
        entropy_bound=float(discount_rate(k, delta, lam, beta, hhi_supply)),
    )
