"""Spend as nested rectangles: two levels at a time, the third by a click."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mutualis import formats


@dataclass(frozen=True)
class Tile:
    """A rectangle.

    Attributes:
        name: what it stands for.
        eur: its area (EUR).
        amount: the same as text.
        code: what a click chooses; empty when there is nothing to choose.
    """

    name: str
    eur: float
    amount: str
    code: str


@dataclass(frozen=True)
class Group:
    """A rectangle of rectangles, the largest first."""

    head: Tile
    leaves: Sequence[Tile]


@dataclass(frozen=True)
class Treemap:
    """A treemap.

    Attributes:
        title: what it shows; names the saved picture.
        alt: the same in one sentence, for those who do not see it.
        groups: the largest first.
        has_heads: whether groups bear their name.
    """

    title: str
    alt: str
    groups: Sequence[Group]
    has_heads: bool

    def as_data(self) -> dict[str, Any]:
        """Give the treemap as plain values."""
        groups = [{"head": vars(group.head), "leaves": [vars(leaf) for leaf in group.leaves]} for group in self.groups]
        return {"title": self.title, "alt": self.alt, "groups": groups, "has_heads": self.has_heads, "legend": []}


def treemap(spend: pd.DataFrame, parent: str | None, leaf: str, names: Mapping[str, str], unknown: str) -> Treemap:
    """Draw spend by leaf, gathered by parent.

    Args:
        spend: columns ``leaf``, ``parent`` if any, and spend_eur (EUR); several rows per leaf add up.
        parent: the column of the upper level, None for one level.
        leaf: the column of the lower level; a CPV code is no filter: a click on one chooses its parent.
        names: label by code, of both levels.
        unknown: label where a code is null.
    """
    # plain sums: pandas costs a millisecond for each parent of a few rows
    sums: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    known = spend[spend["spend_eur"] > 0]
    parents = known[parent] if parent else [""] * len(known)
    for upper, code, eur in zip(parents, known[leaf], known["spend_eur"], strict=True):
        sums[_code(upper)][_code(code)] += eur

    def tile(code: str, eur: float, chosen: str) -> Tile:
        return Tile(names.get(code, code) if code else unknown, float(eur), formats.euros(eur), chosen)

    groups = [
        Group(
            tile(upper, sum(leaves.values()), upper),
            [tile(code, eur, upper if leaf == "cpv_code" else code) for code, eur in sorted(leaves.items(), key=lambda found: -found[1])],
        )
        for upper, leaves in sorted(sums.items(), key=lambda found: -sum(found[1].values()))
    ]  # fmt: skip
    levels = {"family": "famille", "segment": "segment", "cpv_code": "code CPV"}
    title = f"Dépenses par {levels[parent]} et {levels[leaf]}" if parent else f"Dépenses par {levels[leaf]}"
    return Treemap(title, f"{title}\u202f; le tableau ci-dessous donne les mêmes chiffres", groups, bool(parent))


def _code(value: object) -> str:
    return value if isinstance(value, str) else ""
