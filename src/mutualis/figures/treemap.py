"""Spend as nested rectangles: two levels at a time, the third by a click."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from textwrap import wrap
from typing import Any

import pandas as pd

from mutualis import formats

# The palette, darkened until white text reads on it.
FILLS = ("#000091", "#4c4ce0", "#00707a", "#8a3f86", "#963200", "#5f5f5f")
LINE = "rgba(255,255,255,.55)"
# of the whole: in a smaller rectangle a name would be cut letter by letter; a pointer shows it
LEAST_NAMED = 0.01
# letters of a line in the smallest rectangle that has a name; a word is cut by « … », never letter by letter
LEAST_LETTERS = 12


@dataclass(frozen=True)
class Treemap:
    """An ECharts option, and the code that each of its nodes stands for, in the order of ECharts' own indices."""

    option: dict[str, Any]
    codes: tuple[str | None, ...]


def treemap(spend: pd.DataFrame, parent: str | None, leaf: str, names: Mapping[str, str], unknown: str) -> Treemap:
    """Draw spend by leaf, gathered by parent.

    Args:
        spend: columns ``leaf``, ``parent`` if any, and spend_eur (EUR); several rows per leaf add up.
        parent: the column of the upper level, None for one level.
        leaf: the column of the lower level.
        names: label by code, of both levels.
        unknown: label where a code is null.

    Returns:
        The figure; its text carries the amounts, its colours only tell parents apart.
    """
    # plain sums: pandas costs a millisecond for each parent of a few rows
    sums: defaultdict[str | None, defaultdict[str | None, float]] = defaultdict(lambda: defaultdict(float))
    known = spend[spend["spend_eur"] > 0]
    parents = known[parent] if parent else [None] * len(known)
    for upper, code, eur in zip(parents, known[leaf], known["spend_eur"], strict=True):
        sums[_code(upper)][_code(code)] += eur
    nodes = _Nodes(names, unknown, LEAST_NAMED * float(known["spend_eur"].sum()))
    drawn = nodes.nested(sums) if parent else nodes.leaves(sums[None])
    return Treemap(_option(drawn, bool(parent)), tuple(nodes.codes))


def _code(value: object) -> str | None:
    return value if isinstance(value, str) else None


class _Nodes:
    """Rectangles, the largest first, and their codes in the order they are made: that of ECharts' own indices."""

    def __init__(self, names: Mapping[str, str], unknown: str, least_eur: float) -> None:
        self.names, self.unknown, self.least_eur = names, unknown, least_eur
        # index 0 is the root that ECharts adds
        self.codes: list[str | None] = [None]

    def nested(self, sums: Mapping[str | None, Mapping[str | None, float]]) -> list[dict[str, Any]]:
        """Make the parents with their leaves in their colour."""
        ranked = sorted(sums, key=lambda code: -sum(sums[code].values()))
        return [self._parent(code, sums[code], FILLS[rank % len(FILLS)]) for rank, code in enumerate(ranked)]

    def leaves(self, sums: Mapping[str | None, float]) -> list[dict[str, Any]]:
        """Make leaves: name and amount on two lines, where they are large enough to hold them."""
        return [
            self._node(code, eur) | {"label": {"show": eur >= self.least_eur, "formatter": "\n".join((*self._lines(code, eur), formats.euros(eur)))}}
            for code, eur in sorted(sums.items(), key=lambda found: -found[1])
        ]  # fmt: skip

    def _lines(self, code: str | None, eur: float) -> list[str]:
        """Cut a name between words, in lines as long as a square of this area is wide."""
        return wrap(
            self._label(code), round(LEAST_LETTERS * sqrt(max(eur / self.least_eur, 1.0))), break_long_words=False, break_on_hyphens=False
        )  # fmt: skip

    def _parent(self, code: str | None, sums: Mapping[str | None, float], colour: str) -> dict[str, Any]:
        eur = sum(sums.values())
        # a parent's border is the ground of its label; what is cut is never the amount
        top = self._node(code, eur) | {
            "itemStyle": {"color": colour, "borderColor": colour}, "upperLabel": {"formatter": f"{formats.euros(eur)} · {self._label(code)}"},
        }  # fmt: skip
        style: dict[str, Any] = {"itemStyle": {"color": colour, "borderColor": LINE}}
        if code is None:
            # its only leaf would say « Non classé » a second time
            style["label"] = {"show": False}
        return top | {"children": [node | style for node in self.leaves(sums)]}

    def _node(self, code: str | None, eur: float) -> dict[str, Any]:
        self.codes.append(code)
        return {"name": f"{self._label(code)} · {formats.euros(eur)}", "value": float(eur)}

    def _label(self, code: str | None) -> str:
        return self.unknown if code is None else self.names.get(code, code)


def _option(nodes: list[dict[str, Any]], is_nested: bool) -> dict[str, Any]:
    outer, inner = {"borderWidth": 2, "gapWidth": 1}, {"borderWidth": 0, "gapWidth": 1}
    return {
        "animation": False,
        "color": [FILLS[0]],
        "tooltip": {"formatter": "{b}", "confine": True},
        "series": [{
            "type": "treemap", "data": nodes, "animationDuration": 0, "selectedMode": "single", "nodeClick": False, "roam": False, "breadcrumb": {"show": False},
            "left": 0, "right": 0, "top": 0, "bottom": 0, "visibleMin": 60,
            "label": {"overflow": "truncate", "lineOverflow": "truncate", "fontSize": 12, "color": "#fff", "lineHeight": 15, "padding": 4},
            "upperLabel": {"show": is_nested, "height": 24, "color": "#fff", "fontWeight": 700, "overflow": "truncate"},
            "levels": [{"itemStyle": {"borderWidth": 0, "gapWidth": 3}, "upperLabel": {"show": False}}, {"itemStyle": outer}, {"itemStyle": inner}],
        }],
    }  # fmt: skip
