"""Thresholds a decision needs: payback, and the smallest value of a lever that makes the project worth it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mutualis.scenario.arrays import floats

GRID = 200
BISECTIONS = 60


def payback_quarter(cash: ArrayLike, launch: int) -> int | None:
    """F12: the first quarter, from the launch on, at whose end cumulated (undiscounted) cash is not negative.

    Args:
        cash: € by quarter.
        launch: quarter of the first outlay.

    Returns:
        The quarter, None if cash is never paid back within the horizon.

    Example:
        >>> payback_quarter([0.0, -10.0, 4.0, 6.0], 1)
        3

    Source: design model F12.
    """
    paid_back = np.nonzero(np.cumsum(floats(cash))[launch:] >= 0)[0]
    return launch + int(paid_back[0]) if paid_back.size else None


def first_crossing(npv: Callable[[float], float], upper: float, open_at_zero: bool = False) -> float | None:
    """F12: the smallest value in [0, upper] at which an NPV is not negative, by grid then bisection.

    Args:
        npv: net present value (€) as a function of the lever.
        upper: highest value searched.
        open_at_zero: leave out 0 itself, where there is no project at all.

    Returns:
        The threshold, None if the NPV is negative all over the grid.

    Example:
        >>> round(first_crossing(lambda x: x - 0.3, 1.0), 9)
        0.3

    Source: design model F12.
    """
    grid = np.linspace(0.0, upper, GRID + 1)[int(open_at_zero) :]
    low: float | None = None
    high = 0.0
    for high in map(float, grid):
        if npv(high) >= 0:
            break
        low = high
    else:
        return None
    if low is None:
        return high
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        low, high = (low, middle) if npv(middle) >= 0 else (middle, high)
    return high
