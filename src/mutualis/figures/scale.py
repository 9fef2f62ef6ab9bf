"""Classes of a choropleth: few, with round bounds, the same for all the places compared."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

N_CLASSES = 6


@dataclass(frozen=True)
class Scale:
    """Classes of values.

    Attributes:
        classes: place code → class, 0 the lowest.
        legend: one text per class.
    """

    classes: Mapping[str, int]
    legend: tuple[str, ...]


def quantile_scale(values: Mapping[str, float], write: Callable[[float], str]) -> Scale:
    """Cut values in classes of about equal counts, at round bounds.

    Args:
        values: place code → value; unknown values are absent.
        write: a value as text, with its unit.

    Returns:
        At most ``N_CLASSES`` classes; one when all values are alike.

    Examples:
        >>> quantile_scale({"a": 1.0, "b": 1.0}, str).legend
        ('1.0',)
    """
    if not values:
        return Scale({}, ())
    numbers = np.array(list(values.values()), dtype=float)
    low, high = float(numbers.min()), float(numbers.max())
    if low == high:
        return Scale(dict.fromkeys(values, 0), (write(low),))
    cuts = np.quantile(numbers, np.linspace(0, 1, min(N_CLASSES, len(set(numbers))) + 1)[1:-1])
    bounds = sorted({rounded for cut in cuts if low < (rounded := _round(float(cut))) <= high})
    classes = {code: int(np.searchsorted(bounds, value, side="right")) for code, value in values.items()}
    edges = [low, *bounds, high]
    legend = tuple(f"{write(a)} à {write(b)}" for a, b in itertools.pairwise(edges))
    return Scale(classes, legend)


def fixed_scale(values: Mapping[str, float], bounds: Sequence[float], write: Callable[[float], str]) -> Scale:
    """Cut values at given bounds, so that a colour means the same from one scenario to the next.

    Args:
        values: place code → value.
        bounds: in order.
        write: a value as text, with its unit.

    Examples:
        >>> fixed_scale({"a": -1.0, "b": 3.0}, (0.0, 2.0), str)
        Scale(classes={'a': 0, 'b': 2}, legend=('moins de 0.0', '0.0 à 2.0', 'plus de 2.0'))
    """
    classes = {code: int(np.searchsorted(bounds, value, side="right")) for code, value in values.items()}
    between = [f"{write(a)} à {write(b)}" for a, b in itertools.pairwise(bounds)]
    return Scale(classes, (f"moins de {write(bounds[0])}", *between, f"plus de {write(bounds[-1])}"))


def _round(value: float) -> float:
    """Keep two significant figures."""
    return float(f"{value:.2g}")
