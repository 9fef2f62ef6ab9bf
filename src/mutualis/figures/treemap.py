"""Spend as nested rectangles: two levels at a time, the third by a click."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mutualis import formats

# The palette, darkened until white text reads on it.
FILLS = ("#000091", "#4c4ce0", "#00707a", "#8a3f86", "#963200", "#5f5f5f")
LINE = "rgba(255,255,255,.55)"
# of the whole: in a smaller rectangle a name would be cut letter by letter; a pointer shows it
LEAST_NAMED = 0.008


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
    levels = [parent, leaf] if parent else [leaf]
    sums = spend.groupby(levels, dropna=False)["spend_eur"].sum().reset_index()
    sums = sums[sums["spend_eur"] > 0].sort_values("spend_eur", ascending=False)
    # index 0 is the root that ECharts adds
    codes: list[str | None] = [None]

    least = LEAST_NAMED * float(sums["spend_eur"].sum())

    def node(code: object, eur: float, *, is_leaf: bool = True) -> dict[str, Any]:
        is_known = isinstance(code, str)
        codes.append(code if isinstance(code, str) else None)
        label = names.get(str(code), str(code)) if is_known else unknown
        shown: dict[str, Any] = {"name": f"{label} · {formats.euros(eur)}", "value": float(eur)}
        return shown | (
            {"label": {"show": eur >= least, "formatter": f"{label}\n{formats.euros(eur)}"}} if is_leaf else {}
        )

    if parent:
        nodes = []
        totals = sums.groupby(parent, dropna=False)["spend_eur"].sum().sort_values(ascending=False)
        for number, (code, eur) in enumerate(totals.items()):
            inside = sums[sums[parent] == code if isinstance(code, str) else sums[parent].isna()]
            colour = FILLS[number % len(FILLS)]
            # a parent's border is the ground of its label
            top = node(code, eur, is_leaf=False) | {"itemStyle": {"color": colour, "borderColor": colour}}
            style = {"itemStyle": {"color": colour, "borderColor": LINE}}
            leaves = [node(*pair) | style for pair in zip(inside[leaf], inside["spend_eur"], strict=True)]
            if not isinstance(code, str):
                # its only leaf would say « Non classé » a second time
                leaves = [one | {"label": {"show": False}} for one in leaves]
            nodes.append(top | {"children": leaves})
    else:
        nodes = [node(*pair) for pair in zip(sums[leaf], sums["spend_eur"], strict=True)]
    return Treemap(_option(nodes, bool(parent)), tuple(codes))


def _option(nodes: list[dict[str, Any]], is_nested: bool) -> dict[str, Any]:
    outer, inner = {"borderWidth": 2, "gapWidth": 1}, {"borderWidth": 0, "gapWidth": 1}
    return {
        "animation": False,
        "color": [FILLS[0]],
        "tooltip": {"formatter": "{b}", "confine": True},
        "series": [{
            "type": "treemap", "data": nodes, "selectedMode": "single", "nodeClick": False, "roam": False, "breadcrumb": {"show": False},
            "left": 0, "right": 0, "top": 0, "bottom": 0, "visibleMin": 60,
            "label": {"overflow": "break", "fontSize": 13, "color": "#fff", "lineHeight": 15, "padding": 4},
            "upperLabel": {"show": is_nested, "height": 24, "color": "#fff", "fontWeight": 700, "overflow": "truncate"},
            "levels": [{"itemStyle": {"borderWidth": 0, "gapWidth": 3}, "upperLabel": {"show": False}}, {"itemStyle": outer}, {"itemStyle": inner}],
        }],
    }  # fmt: skip
