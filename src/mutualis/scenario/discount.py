"""What volume does to prices: doublings, discount curve, gross saving, loss on what stays behind (F2-F6).

Source: design model F2-F6; the curve is that of Schotanus, Telgen and de Boer, "Unraveling quantity discounts".
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mutualis.errors import ScenarioError
from mutualis.scenario.arrays import Floats, floats, share_of

NOTHING_LEFT = 1e-12  # rounding, in share of a buyer's volume


def moved_spend(A: ArrayLike, rho: ArrayLike, kappa: ArrayLike) -> Floats:
    """F2: what moves to the pool, u = ρ κ A.

    Args:
        A: addressable spend, α·y (€/yr).
        rho: pooling rate × membership, in [0, 1].
        kappa: utilisation rate, in [0, 1].

    Returns:
        Moved spend (€/yr), same shape as A.

    Example:
        >>> moved_spend([100.0, 50.0], [1.0, 0.5], 0.8).tolist()
        [80.0, 20.0]

    Source: design model F2.
    """
    return floats(rho) * floats(kappa) * floats(A)


def discount_slope(delta: ArrayLike, lam: ArrayLike) -> Floats:
    """F3: ln(1 − δ/λ), the logarithmic slope of the curve per doubling; 0 where λ = 0.

    Raises:
        ScenarioError: δ is not in [0, λ/2] where λ > 0.

    Source: design model F3.
    """
    delta, lam = np.broadcast_arrays(floats(delta), floats(lam))
    if np.any(delta < 0) or np.any((lam > 0) & (delta > lam / 2 * (1 + 1e-12))):
        raise ScenarioError(
            "Effet prix\u202f: la remise par doublement doit être comprise entre 0 et la moitié du plafond "
            "de remise\u202f; réduisez la remise ou relevez le plafond."
        )
    ratio = np.divide(delta, lam, out=np.zeros(delta.shape), where=lam > 0)
    return np.asarray(np.log1p(-ratio))


def effective_ceiling(lam: ArrayLike, beta: ArrayLike, hhi_supply: ArrayLike) -> Floats:
    """F3: λ' = λ(1 − β·HHI_suppliers), the ceiling lowered where supply is concentrated.

    Example:
        >>> effective_ceiling(0.15, 0.5, 0.2).item()
        0.135

    Source: design model F3; Dubois, Lefouili, Straub (smaller effect when supply is concentrated).
    """
    return np.asarray(floats(lam) * (1 - floats(beta) * floats(hhi_supply)))


def discount_rate(
    k: ArrayLike, delta: ArrayLike, lam: ArrayLike, beta: ArrayLike = 0.0, hhi_supply: ArrayLike = 0.0
) -> Floats:
    """F3: discount after k doublings of volume, λ'[1 − (1 − δ/λ)^k].

    Args:
        k: doublings, ≥ 0.
        delta: discount per doubling, in [0, λ/2].
        lam: ceiling of the discount.
        beta: weight of supplier concentration, in [0, 1].
        hhi_supply: supplier HHI, in [0, 1].

    Returns:
        Discount as a fraction of the present price.

    Example:
        >>> round(discount_rate(2, 0.02, 0.12).item(), 7)
        0.0366667

    Source: design model F3.
    """
    return np.asarray(effective_ceiling(lam, beta, hhi_supply) * -np.expm1(floats(k) * discount_slope(delta, lam)))


def doublings(V: ArrayLike, A: ArrayLike) -> Floats:
    """F5: k = max(0, log₂(V/A)), how many times the pool doubles a buyer's whole volume.

    Example:
        >>> doublings([8.0, 1.0, 1.0, 0.0], [1.0, 4.0, 0.0, 1.0]).tolist()
        [3.0, 0.0, 0.0, 0.0]

    Source: design model F5.
    """
    return np.asarray(np.log2(np.maximum(1.0, share_of(V, A))))


def gross_saving(
    u: ArrayLike,
    V: ArrayLike,
    A: ArrayLike,
    delta: ArrayLike,
    lam: ArrayLike,
    beta: ArrayLike = 0.0,
    hhi_supply: ArrayLike = 0.0,
) -> Floats:
    """F5: gross volume saving, s = u·rate(k) with k from the lot's volume and the buyer's whole volume.

    Args:
        u: moved spend (€/yr).
        V: volume priced of the lot (€/yr).
        A: the buyer's addressable spend in the category (€/yr).
        delta, lam, beta, hhi_supply: as in ``discount_rate``.

    Returns:
        Saving (€/yr).

    Example:
        >>> round(gross_saving(250e3, 1e6, 250e3, 0.02, 0.12).item(), 2)
        9166.67

    Source: design model F5.
    """
    return floats(u) * discount_rate(doublings(V, A), delta, lam, beta, hhi_supply)


def residual_loss(
    A: ArrayLike,
    U: ArrayLike,
    delta: ArrayLike,
    lam: ArrayLike,
    beta: ArrayLike = 0.0,
    hhi_supply: ArrayLike = 0.0,
) -> Floats:
    """F5b: what the volume left behind loses, R = (A − U)·λ'[(1 − δ/λ)^log₂(1 − U/A) − 1].

    Args:
        A: the buyer's addressable spend (€/yr).
        U: what it moves (€/yr), 0 ≤ U ≤ A.
        delta, lam, beta, hhi_supply: as in ``discount_rate``.

    Returns:
        Loss (€/yr, ≥ 0); 0 where U is 0 or A.

    Example:
        >>> round(residual_loss(1e6, 0.5e6, 0.02, 0.12).item(), 2)
        12000.0

    Source: design model F5b.
    """
    A, U = floats(A), floats(U)
    left = 1 - share_of(U, A)
    k = np.log2(np.where(left > NOTHING_LEFT, left, 1.0))
    loss = np.expm1(k * discount_slope(delta, lam))
    return np.asarray(np.maximum(A - U, 0.0) * effective_ceiling(lam, beta, hhi_supply) * loss)


@dataclass(frozen=True)
class PooledSaving:
    """Outcome of F1-F5 for one category: lists in the order of the buyers, volume by lot (€/yr)."""

    V: Mapping[Hashable, float]
    doublings: Floats
    rate: Floats
    saving: Floats
    loss: Floats
    total: float
    moved_total: float

    def net(self, psi: float) -> float:
        """Gross saving less ψ times the loss on the volume left behind (€/yr)."""
        return self.total - psi * float(self.loss.sum())


def pooled_saving(
    A: ArrayLike,
    rho: ArrayLike,
    kappa: float,
    delta: float,
    lam: float,
    beta: float = 0.0,
    hhi_supply: float = 0.0,
    lots: Sequence[Hashable] | None = None,
) -> PooledSaving:
    """F1-F5b for buyers of one category, each wholly in one lot, when everything can move.

    Args:
        A: addressable spend per buyer (€/yr).
        rho: pooling rate × membership per buyer.
        kappa: utilisation rate.
        delta, lam, beta, hhi_supply: as in ``discount_rate``.
        lots: lot of each buyer; one lot, "L1", when not given.

    Returns:
        The outcome per buyer and in total.

    Example:
        >>> round(pooled_saving([250e3] * 4, [1.0] * 4, 1.0, 0.02, 0.12).total, 2)
        36666.67

    Source: design model F1-F5b.
    """
    A = floats(A)
    u = moved_spend(A, rho, kappa)
    names = list(lots) if lots is not None else ["L1"] * len(A)
    V = {lot: float(sum(part for part, name in zip(u, names, strict=True) if name == lot)) for lot in names}
    k = doublings([V[lot] for lot in names], A)
    rate = discount_rate(k, delta, lam, beta, hhi_supply)
    loss = residual_loss(A, u, delta, lam, beta, hhi_supply)
    return PooledSaving(V, k, rate, u * rate, loss, float(np.sum(u * rate)), float(u.sum()))
