"""Hypotheses of each segment: its family's, under the chosen price effect, then family and segment overrides."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from mutualis.errors import ScenarioError
from mutualis.levers import BY_KEY, FAMILIES, PRESETS, Levers
from mutualis.scenario.arrays import Floats, Ints, floats
from mutualis.scenario.cells import Segments


@dataclass(frozen=True)
class Override:
    """Own values of a family or a segment; None keeps what it would have.

    Attributes:
        alpha: addressable share, in [0, 1].
        delta: discount per doubling; lam: ceiling of the discount (fractions).
        launch_quarter: start of its framework; lots: lots per territory.
    """

    alpha: float | None = None
    delta: float | None = None
    lam: float | None = None
    launch_quarter: int | None = None
    lots: int | None = None

    def __post_init__(self) -> None:
        """Refuse values that make no sense.

        Raises:
            ScenarioError: a value out of range.
        """
        for name, label in (("alpha", "La part mutualisable"), ("delta", "L'effet prix"), ("lam", "Le plafond")):
            value = getattr(self, name)
            if value is not None and (isinstance(value, bool) or not 0 <= value <= 1):
                raise ScenarioError(f"{label} d'un segment doit être compris entre 0 et 1, et non {value}.")
        for key, value in (("trimestre", self.launch_quarter), ("lots", self.lots)):
            if value is not None:
                BY_KEY[key].checked(value)


Overrides = Mapping[str, Override]
OVERRIDE_NAMES = tuple(field.name for field in fields(Override))


@dataclass(frozen=True)
class Hypotheses:
    """Per segment: α, δ, λ, start (quarter) and lots; δ and λ at the (prudent, central, ambitious) ends and mode."""

    alpha: Floats
    delta: Floats
    lam: Floats
    launch_quarter: Ints
    lots: Ints
    delta_range: tuple[Floats, Floats]
    lam_range: tuple[Floats, Floats]


def hypotheses(segments: Segments, levers: Levers, overrides: Overrides) -> Hypotheses:
    """Settle each segment's hypotheses.

    Args:
        segments: the segments.
        levers: values; ``price_effect`` chooses the column of ``FAMILIES``.
        overrides: by family code or segment code; a segment's goes before its family's.

    Returns:
        The hypotheses, in the order of the segments.

    Raises:
        ScenarioError: an override's δ is above half its λ.
    """
    column = PRESETS.index(levers.price_effect)
    table = [FAMILIES[code] for code in segments.family.tolist()]
    start: dict[str, Any] = {
        "alpha": floats([family.alpha for family in table]),
        "delta": floats([family.delta[column] for family in table]),
        "lam": floats([family.lam[column] for family in table]),
        "launch_quarter": np.full(len(table), levers.launch_quarter, dtype=np.intp),
        "lots": np.full(len(table), levers.lots, dtype=np.intp),
    }
    for codes in (segments.family, segments.code):
        for code, override in overrides.items():
            for name in OVERRIDE_NAMES:
                value = getattr(override, name)
                if value is not None:
                    start[name][codes == code] = value
    if np.any(start["delta"] > start["lam"] / 2):
        at = segments.code[int(np.argmax(start["delta"] > start["lam"] / 2))]
        raise ScenarioError(
            f"Segment {at}\u202f: l'effet prix doit rester sous la moitié du plafond\u202f; baissez l'un ou relevez l'autre."
        )
    return Hypotheses(
        **start,
        delta_range=_range([family.delta for family in table], start["delta"]),
        lam_range=_range([family.lam for family in table], start["lam"]),
    )


def _range(ends: list[tuple[float, float, float]], value: Floats) -> tuple[Floats, Floats]:
    """Give the family's range, widened so that it holds the value in use."""
    low, high = floats([end[0] for end in ends]), floats([end[2] for end in ends])
    return np.minimum(low, value), np.maximum(high, value)
