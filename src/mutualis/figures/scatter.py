"""A small grammar of scatter charts, drawn by our own component: dots between two axes, guides across them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mutualis.figures.axis import Axis
from mutualis.figures.chart import Tone


@dataclass(frozen=True)
class Dot:
    """A dot.

    Attributes:
        across, up: its place on each axis, from 0 to 1.
        radius: pixels.
        tone: its colour.
        tip: what it says on hover.
        name: written beside it; the first of the dots choose their place first.
        code: given by a click.
    """

    across: float
    up: float
    radius: float
    tone: Tone
    tip: str
    name: str = ""
    code: str = ""


@dataclass(frozen=True)
class Guide:
    """A dashed line across a place of an axis, with its name; ``is_up``: that of the vertical axis."""

    at: float
    is_up: bool
    text: str = ""


@dataclass(frozen=True)
class Scatter:
    """A scatter chart.

    Attributes:
        title: what it shows; names the saved picture.
        alt: the chart in one sentence, for those who do not see it.
        across, upwards: its axes.
        dots, guides: what is on it.
        legend: (tone, name) pairs.
    """

    title: str
    alt: str
    across: Axis
    upwards: Axis
    dots: Sequence[Dot]
    guides: Sequence[Guide] = ()
    legend: Sequence[tuple[Tone, str]] = ()

    def as_data(self) -> dict[str, Any]:
        """Give the chart as plain values."""
        axes = {side: {"name": axis.name, "ticks": axis.ticks} for side, axis in (("across", self.across), ("upwards", self.upwards))}  # fmt: skip
        return {
            "title": self.title, "alt": self.alt, **axes, "dots": [vars(dot) for dot in self.dots],
            "guides": [vars(guide) for guide in self.guides], "legend": [list(pair) for pair in self.legend],
        }  # fmt: skip
