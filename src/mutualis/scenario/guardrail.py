"""F14: small firms and competition: predicted SME share of a lot, largest lot, supplier HHI afterwards."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit

from mutualis.scenario.arrays import Floats, floats, share_of, sum_by


def sme_share(V: ArrayLike, sigma0: ArrayLike, v0: ArrayLike, b: ArrayLike) -> Floats:
    """F14: predicted SME share of a lot, σ(V) = logit⁻¹[logit σ₀ − b·max(0, ln(V/v₀))].

    Args:
        V: volume of the lot (€/yr).
        sigma0: present SME share, in [0, 1].
        v0: present mean contract value (€).
        b: sensitivity, ≥ 0.

    Returns:
        SME share, in [0, 1].

    Example:
        >>> round(sme_share(1e6, 0.5, 1e5, 0.3).item(), 6)
        0.333861

    Source: design model F14.
    """
    V, v0 = np.broadcast_arrays(floats(V), floats(v0))
    growth = np.log(np.divide(V, v0, out=np.ones(V.shape), where=(v0 > 0) & (v0 < V)))
    return np.asarray(expit(logit(floats(sigma0)) - floats(b) * growth))


def largest_lot(sigma0: ArrayLike, v0: ArrayLike, b: ArrayLike, sigma_min: ArrayLike) -> Floats:
    """F14: the largest lot that keeps the SME share, v_max = v₀ exp[(logit σ₀ − logit σ_min)/b].

    Args:
        sigma0, v0, b: as in ``sme_share``.
        sigma_min: SME share to keep.

    Returns:
        Volume (€/yr), infinite where no lot is too large.

    Example:
        >>> round(largest_lot(0.5, 1e5, 0.3, 0.4).item())
        386341

    Source: design model F14.
    """
    room, v0, b = np.broadcast_arrays(logit(floats(sigma0)) - logit(floats(sigma_min)), floats(v0), floats(b))
    with np.errstate(over="ignore"):
        exponent = np.divide(room, b, out=np.where(room >= 0, np.inf, -np.inf), where=b > 0)
        return np.asarray(v0 * np.exp(exponent))


def smallest_number_of_lots(V: ArrayLike, v_max: ArrayLike) -> Floats:
    """F14: L_min = ⌈V / v_max⌉, to a relative 1e-9; infinite where v_max is 0.

    Example:
        >>> smallest_number_of_lots([1e6, 1e6, 0.0], [386_341.0, 5e5, 1e5]).tolist()
        [3.0, 2.0, 0.0]

    Source: design model F14.
    """
    V, v_max = np.broadcast_arrays(floats(V), floats(v_max))
    ratio = np.divide(V, v_max, out=np.where(V > 0, np.inf, 0.0), where=v_max > 0)
    return np.asarray(np.ceil(ratio * (1 - 1e-9)))


def hhi_after(V: ArrayLike, total: ArrayLike, hhi_supply: ArrayLike, category: ArrayLike = 0) -> Floats:
    """F14: worst-case supplier HHI, one new winner per lot, the spend left outside spread as today.

    Args:
        V: volume of each lot (€/yr).
        total: spend of each category (€/yr).
        hhi_supply: present supplier HHI of each category.
        category: category of each lot.

    Returns:
        HHI of each category, in [0, 1].

    Example:
        >>> hhi_after([25.0, 25.0], [100.0], [0.2]).tolist()
        [0.175]

    Source: design model F14.
    """
    total, hhi = np.atleast_1d(floats(total)), np.atleast_1d(floats(hhi_supply))
    V, category = np.broadcast_arrays(floats(V), np.asarray(category, dtype=np.intp))
    w = share_of(V, total[category])
    n = len(total)
    return np.asarray(sum_by(category, w**2, n) + (1 - sum_by(category, w, n)) ** 2 * hhi)
