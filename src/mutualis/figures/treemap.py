"""Spend as nested rectangles: two levels at a time, the third by a click."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mutualis import formats
from mutualis.figures import template


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

    def node(code: object, eur: float) -> dict[str, Any]:
        is_known = isinstance(code, str)
        codes.append(code if isinstance(code, str) else None)
        label = names.get(str(code), str(code)) if is_known else unknown
        return {"name": f"{label} · {formats.euros(eur)}", "value": float(eur)}

    if parent:
        nodes = []
        totals = sums.groupby(parent, dropna=False)["spend_eur"].sum().sort_values(ascending=False)
        for number, (code, eur) in enumerate(totals.items()):
            inside = sums[sums[parent] == code if isinstance(code, str) else sums[parent].isna()]
            colour = template.CATEGORICAL[number % len(template.CATEGORICAL)]
            top = node(code, eur) | {"itemStyle": {"color": colour}}
            nodes.append(
                top | {"children": [node(*pair) for pair in zip(inside[leaf], inside["spend_eur"], strict=True)]}
            )
    else:
        nodes = [node(*pair) for pair in zip(sums[leaf], sums["spend_eur"], strict=True)]
    return Treemap(_option(nodes, bool(parent)), tuple(codes))


def _option(nodes: list[dict[str, Any]], is_nested: bool) -> dict[str, Any]:
    border = {"borderColor": "rgba(255,255,255,.85)", "borderWidth": 1, "gapWidth": 1}
    return {
        "animation": False,
        "color": list(template.CATEGORICAL),
        "tooltip": {"formatter": "{b}"},
        "series": [{
            "type": "treemap", "data": nodes, "selectedMode": "single", "nodeClick": False, "roam": False, "breadcrumb": {"show": False},
            "left": 0, "right": 0, "top": 0, "bottom": 0, "visibleMin": 60,
            "label": {"overflow": "break", "fontSize": 13, "color": "#fff", "lineHeight": 15, "padding": 4},
            "upperLabel": {"show": is_nested, "height": 24, "color": "#fff", "fontWeight": 700, "overflow": "truncate"},
            "levels": [{"itemStyle": border}, {"itemStyle": border | {"borderWidth": 0}, "colorSaturation": [0.45, 0.6] if is_nested else None}, {"itemStyle": border}],
        }],
    }  # fmt: skip
