"""Arrays of numbers: their types, and the three sums that everything is made of."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


def floats(values: ArrayLike) -> Floats:
    """Read numbers as an array of float64, None as NaN."""
    return np.asarray(values, dtype=np.float64)


def sum_by(group: Ints, values: ArrayLike, n_groups: int) -> Floats:
    """Sum values by group 0 … n_groups − 1.

    Example:
        >>> sum_by(np.array([0, 2, 2]), [1.0, 2.0, 3.0], 3).tolist()
        [1.0, 0.0, 5.0]
    """
    return np.bincount(group, floats(values), n_groups).astype(np.float64, copy=False)


def dot(a: Floats, b: Floats) -> float:
    """Sum products.

    Not with ``@``: at these sizes BLAS spreads over threads that cost more than they save, and that stall for
    tens of milliseconds when the cores are busy.

    Example:
        >>> dot(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
        11.0
    """
    return float(np.einsum("i,i->", a, b))


def ratio(part: float, whole: float) -> float:
    """Divide, 0 where there is nothing to divide by.

    Example:
        >>> ratio(1.0, 4.0), ratio(1.0, 0.0)
        (0.25, 0.0)
    """
    return part / whole if whole else 0.0


def share_of(part: ArrayLike, whole: ArrayLike) -> Floats:
    """Divide arrays, 0 where the whole is not positive.

    Example:
        >>> share_of([1.0, 1.0], [4.0, 0.0]).tolist()
        [0.25, 0.0]
    """
    whole = floats(whole)
    return np.asarray(floats(part) / np.where(whole > 0, whole, np.inf))
