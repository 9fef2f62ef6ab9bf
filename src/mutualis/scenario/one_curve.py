"""F6: cross-check, when one isoelastic price curve holds for all buyers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mutualis.scenario.arrays import Floats, floats
from mutualis.scenario.fragmentation import shannon_entropy


@dataclass(frozen=True)
class OneCurveSaving:
    """Saving per buyer and in total (€/yr), its closed form when all moves, and its first order in ε."""

    saving: Floats
    total: float
    closed_form: float
    entropy_first_order: float


def one_curve_saving(A: ArrayLike, eps: float, phi: ArrayLike = 1.0) -> OneCurveSaving:
    """F6: price p = q^(−ε) for everyone, quantities q = A^{1/(1−ε)}; total = ‖A‖₁ − ‖A‖_r, r = 1/(1−ε).

    Args:
        A: addressable spend per buyer (€/yr).
        eps: volume elasticity, 0 ≤ ε < 1.
        phi: moved share per buyer, in [0, 1]; the closed form holds for 1.

    Returns:
        Saving per buyer (€/yr), total, closed form, first-order value ε·entropy·ΣA.

    Example:
        >>> outcome = one_curve_saving([100e3, 300e3, 600e3], 0.05)
        >>> round(outcome.total, 3), round(outcome.closed_form, 3)
        (43513.074, 43513.074)

    Source: design model F6.
    """
    A = floats(A)
    power = 1 / (1 - eps)
    quantity = A**power
    pooled = float(np.sum(floats(phi) * quantity))
    ratio = np.divide(quantity, pooled, out=np.ones(A.shape), where=(quantity > 0) & (pooled > quantity))
    saving = floats(phi) * A * (1 - ratio**eps)
    norm = float(np.sum(quantity)) ** (1 - eps)
    return OneCurveSaving(saving, float(saving.sum()), float(A.sum()) - norm, eps * shannon_entropy(A) * float(A.sum()))
