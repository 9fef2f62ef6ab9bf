"""Axes of our own scatter charts: places from 0 to 1, ticks written in French."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log

from mutualis.figures.chart import round_ticks

MOST_TICKS = 8


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


def log_axis(
    name: str, low: float, high: float, write: Callable[[float], str], base: int = 10, steps: Sequence[int] = (1, 2, 5)
) -> Axis:
    """Make an axis of logarithms, from the tick at or below the lowest value to the one at or above the highest.

    Args:
        name: the axis' title, with its unit.
        low: lowest value, above 0.
        high: highest value.
        write: a value as text.
        base: ticks are its powers,
        steps: times these; the powers alone, and both ends, where that would be too many.

    Examples:
        >>> axis = log_axis("€", 20.0, 900.0, str)
        >>> axis.ticks[0], axis.ticks[-1], axis.at(141.42)
        ((0.0, '20'), (1.0, '1000'), 0.5)
        >>> [text for _, text in log_axis("€", 3.0, 45000.0, str).ticks]
        ['2', '10', '100', '1000', '10000', '50000']
    """
    powers = range(floor(log(low, base)) - 1, ceil(log(high, base)) + 2)
    # whole numbers stay so, to be written as they are
    marks = [base**power if power >= 0 else float(base) ** power for power in powers]
    all_ticks = [step * mark for mark in marks for step in steps]
    first = max(tick for tick in all_ticks if tick <= low * (1 + 1e-9))
    last = min(tick for tick in all_ticks if tick >= high * (1 - 1e-9) and tick > first)
    ticks = [tick for tick in all_ticks if first <= tick <= last]
    if len(ticks) > MOST_TICKS:
        ticks = [tick for tick in ticks if tick in (first, last, *marks)]

    def at(value: float) -> float:
        return round(log(value / first) / log(last / first), 4)

    return Axis(name, tuple((at(tick), write(tick)) for tick in ticks), at)


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
