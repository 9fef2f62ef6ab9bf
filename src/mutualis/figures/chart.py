"""A small grammar of charts, drawn by our own component: light enough to follow a slider.

A chart has categories along one axis and one measure along the other. On it: boxes (from one value to another),
marks (one value), lines (one value per category), limits (a value for all). Colours are tones, so that gain, loss
and total look alike everywhere and follow the theme.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Tone = Literal["gain", "loss", "total", "deep", "soft", "process", "cost", "pale", "partial", "unknown", "limit"]


@dataclass(frozen=True)
class Box:
    """A box over category ``at``, from ``start`` to ``end``; ``text`` is written at its end, ``tip`` on hover, ``code`` given by a click."""

    at: int
    start: float
    end: float
    tone: Tone
    text: str = ""
    tip: str = ""
    code: str = ""


@dataclass(frozen=True)
class Mark:
    """A dot over category ``at``."""

    at: int
    value: float
    tone: Tone
    tip: str = ""


@dataclass(frozen=True)
class Line:
    """A line through all categories; None breaks it."""

    values: tuple[float | None, ...]
    tone: Tone


@dataclass(frozen=True)
class Limit:
    """A value that holds for all categories, with its name."""

    value: float
    text: str


@dataclass(frozen=True)
class Chart:
    """A chart.

    Attributes:
        title: what it shows, with its unit; names the saved picture.
        alt: the chart in one sentence, for those who do not see it.
        categories: one text each; empty where a name would say nothing new.
        write: a value of the measure as text.
        is_rows: categories down the side, measure to the right; else columns.
        heads: in rows, bold beginnings of the names, which are then written above their boxes.
        ticks: where the measure is written, its whole range; without them, round values that hold all and zero.
        right_ticks: in columns, places on the measure's axis and what is written there on the right, where lines tell another measure.
        answers_whole: in columns, the whole height of a box's category answers the pointer.
        boxes, marks, lines, limits: what is on it.
        legend: (tone, name) pairs.
    """

    title: str
    alt: str
    categories: Sequence[str]
    write: Callable[[float], str]
    is_rows: bool = False
    heads: Sequence[str] = ()
    ticks: Sequence[float] = ()
    right_ticks: Sequence[tuple[float, str]] = ()
    answers_whole: bool = False
    boxes: Sequence[Box] = ()
    marks: Sequence[Mark] = ()
    lines: Sequence[Line] = ()
    limits: Sequence[Limit] = ()
    legend: Sequence[tuple[Tone, str]] = ()

    def as_data(self) -> dict[str, Any]:
        """Give the chart as plain values, with round ticks that hold everything on it."""
        found = [0.0, *(v for box in self.boxes for v in (box.start, box.end)), *(mark.value for mark in self.marks)]
        found += [value for line in self.lines for value in line.values if value is not None]
        found += [limit.value for limit in self.limits]
        ticks = self.ticks or round_ticks(min(found), max(found))
        return {
            "title": self.title, "alt": self.alt, "categories": list(self.categories), "rows": self.is_rows, "heads": list(self.heads),
            "ticks": [[tick, self.write(tick)] for tick in ticks], "right": [list(tick) for tick in self.right_ticks], "whole": self.answers_whole,
            # not asdict, which copies each value: as long as all the rest
            "boxes": [vars(box) for box in self.boxes], "marks": [vars(mark) for mark in self.marks],
            "lines": [vars(line) for line in self.lines], "limits": [vars(limit) for limit in self.limits],
            "legend": [list(pair) for pair in self.legend],
        }  # fmt: skip


def round_ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Choose round values that hold a range.

    Args:
        low, high: the range.
        about: how many steps are wished.

    Returns:
        Ticks in order; the first is at most ``low``, the last at least ``high``.

    Examples:
        >>> round_ticks(-12.0, 30.0)
        [-20.0, 0.0, 20.0, 40.0]
        >>> round_ticks(0.0, 0.0)
        [0.0, 1.0]
    """
    if high <= low:
        return [low, low + 1.0]
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * min((1, 2, 5, 10), key=lambda size: abs(size - rough / power))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * i, 12) for i in range(first, last + 1)]
