"""What volume brings and what is lost on the volume left behind (F2 to F6)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mutualis.errors import ScenarioError

Floats = NDArray[np.float64]


def moved_spend(A: ArrayLike, rho: ArrayLike, kappa: float) -> Floats:
    """Give the spend each buyer moves to the pool: u = ρ κ A.

    Args:
        A: annual addressable spend per buyer, EUR.
        rho: pooling rate × membership per buyer, 0 to 1.
        kappa: utilisation rate, 0 to 1.

    Source: F2.

    Examples:
        >>> moved_spend([600_000.0], [1.0], 0.75)
        array([450000.])
    """
    return np.asarray(np.asarray(rho, float) * kappa * np.asarray(A, float), np.float64)


def ceiling(lam: float, beta: float = 0.0, hhi_supply: float = 0.0) -> float:
    """Lower the ceiling of discounts where supply is concentrated: λ' = λ (1 − β HHI). Source: F3."""
    return lam * (1 - beta * hhi_supply)


def discount_rate(k: ArrayLike, delta: float, lam: float, beta: float = 0.0, hhi_supply: float = 0.0) -> Floats:
    """Give the discount after k doublings of volume: λ' [1 − (1 − δ/λ)^k].

    Args:
        k: doublings of volume; a negative k is the (negative) discount of a smaller volume.
        delta: discount of the first doubling.
        lam: ceiling of discounts; no effect when 0.
        beta: how much supplier concentration lowers the ceiling.
        hhi_supply: concentration of the suppliers, 0 to 1.

    Raises:
        ScenarioError: delta is not within [0, λ/2[.

    Source: F3, the quantity-discount curve of Schotanus et al. anchored on each buyer's present price.

    Examples:
        >>> discount_rate([2.0], 0.02, 0.12).round(6)
        array([0.036667])
    """
    doublings = np.asarray(k, float)
    if lam == 0:
        return np.zeros_like(doublings)
    if not 0 <= delta < lam / 2:
        raise ScenarioError(
            f"Effet prix par doublement ({delta:.2%}) hors limites : il va de 0 à moins de la moitié du plafond ({lam:.2%})."
        )
    return ceiling(lam, beta, hhi_supply) * (1 - (1 - delta / lam) ** doublings)


def lot_volumes(u: ArrayLike, lots: ArrayLike) -> tuple[Floats, NDArray[np.intp]]:
    """Sum moved spend by lot; a lot is a pool. Gives the volumes and each buyer's place among them. Source: F4."""
    _, place = np.unique(np.asarray(lots), return_inverse=True)
    volumes = np.bincount(place, weights=np.asarray(u, float))
    return np.asarray(volumes, np.float64), place


def doublings(A: ArrayLike, V: ArrayLike) -> Floats:
    """Count the doublings from a buyer's own volume to its pool's: max(0, log₂(V/A)); 0 without spend. Source: F5."""
    own, pool = np.asarray(A, float), np.asarray(V, float)
    ratio = np.divide(pool, own, out=np.ones(np.broadcast(own, pool).shape), where=own > 0)
    return np.asarray(np.log2(np.maximum(ratio, 1.0)), np.float64)


def gross_saving(
    A: ArrayLike, u: ArrayLike, lots: ArrayLike, delta: float, lam: float, beta: float = 0.0, hhi_supply: float = 0.0
) -> Floats:
    """Give each buyer's gross volume saving, EUR a year: u × rate(doublings of its lot). Source: F5."""
    V, place = lot_volumes(u, lots)
    return np.asarray(u, float) * discount_rate(doublings(A, V[place]), delta, lam, beta, hhi_supply)


def residual_loss(
    A: ArrayLike, U: ArrayLike, delta: float, lam: float, beta: float = 0.0, hhi_supply: float = 0.0
) -> Floats:
    """Give what each buyer loses on the volume it leaves behind, EUR a year; to be charged by ψ.

    R = (A − U) λ' [(1 − δ/λ)^{log₂(1 − U/A)} − 1], 0 where U is 0 or A.

    Source: F5b.

    Examples:
        >>> residual_loss([1_000_000.0], [500_000.0], 0.02, 0.12).round(6)
        array([12000.])
    """
    own, moved = np.asarray(A, float), np.asarray(U, float)
    left = own - moved
    is_split = (moved > 0) & (left > 0)
    share = np.divide(left, own, out=np.ones_like(own), where=is_split)
    return np.where(is_split, -left * discount_rate(np.log2(share), delta, lam, beta, hhi_supply), 0.0)


def one_curve_saving(A: ArrayLike, eps: float, phi: float = 1.0) -> Floats:
    """Give each buyer's saving were there one isoelastic price curve for all.

    Args:
        A: annual spend per buyer, EUR.
        eps: elasticity of price to quantity, 0 to 1 excluded.
        phi: share of each buyer's quantity that moves.

    Source: F6; with phi = 1 the total is ‖A‖₁ − ‖A‖_r, r = 1/(1 − ε).
    """
    spend = np.asarray(A, float)
    quantity = spend ** (1 / (1 - eps))
    own = np.divide(spend, quantity, out=np.zeros_like(spend), where=quantity > 0)
    pooled = (phi * quantity).sum() ** -eps if quantity.sum() > 0 else 0.0
    return np.asarray(phi * quantity * np.maximum(own - pooled, 0.0), np.float64)
