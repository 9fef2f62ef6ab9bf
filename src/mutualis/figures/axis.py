"""Axes of our own scatter charts: places from 0 to 1, ticks written in French."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, log

from mutualis.figures.chart import round_ticks


@dataclass(frozen=True)
class Axis:
    """An axis.

    Attributes:
        name: its title, with its unit.
        ticks: places, from 0 to 1, and their texts.
        at: the place of a value.
    """

    name: str
    ticks: tuple[tuple[float, str], ...]
    at: Callable[[float], float]


def log_axis(name: str, low: float, high: float, write: Callable[[float], str], base: int = 10) -> Axis:
    """Make an axis of logarithms, from the power below the lowest value to the power above the highest.

    Args:
        name: the axis' title, with its unit.
        low: lowest value, above 0.
        high: highest value.
        write: a value as text.
        base: of the powers that bear a tick.

    Examples:
        >>> axis = log_axis("€", 20.0, 3000.0, str)
        >>> axis.ticks[0], axis.ticks[-1], axis.at(100.0)
        ((0.0, '10'), (1.0, '10000'), 0.3333)
    """
    first = floor(log(low, base) + 1e-9)
    last = max(ceil(log(high, base) - 1e-9), first + 1)

    def at(value: float) -> float:
        return round((log(value, base) - first) / (last - first), 4)

    powers = (float(base) ** power if power < 0 else base**power for power in range(first, last + 1))
    return Axis(name, tuple((at(power), write(power)) for power in powers), at)


def plain_axis(name: str, low: float, high: float, write: Callable[[float], str]) -> Axis:
    """Make an axis whose ticks are round values that hold a range.

    Args:
        name: the axis' title, with its unit.
        low: lowest value.
        high: highest value.
        write: a value as text.

    Examples:
        >>> plain_axis("€", 90.0, 130.0, str).ticks
        ((0.0, '90.0'), (0.25, '100.0'), (0.5, '110.0'), (0.75, '120.0'), (1.0, '130.0'))
    """
    ticks = round_ticks(low, high)

    def at(value: float) -> float:
        return round((value - ticks[0]) / (ticks[-1] - ticks[0]), 4)

    return Axis(name, tuple((at(tick), write(tick)) for tick in ticks), at)
