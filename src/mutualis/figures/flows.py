"""Two columns of names and the spend that links them."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from mutualis import formats
from mutualis.figures import template

# side of a name: outside the columns; on a telephone inside, over the links, so that both columns fit
WIDE, NARROW = ("left", "right"), ("right", "left")
NARROW_PIXELS = 620
WIDE_LABEL = {"fontSize": 12, "width": 280, "textBorderWidth": 0}
NARROW_LABEL = {"fontSize": 11, "width": 165, "textBorderWidth": 2}


def bipartite(links: pd.DataFrame, *, is_dark: bool = False) -> dict[str, Any]:
    """Draw who buys from whom.

    Args:
        links: columns left, right (names), spend_eur (EUR, positive), hint (text of the link).
        is_dark: whether the screen is.

    Returns:
        An ECharts option, for a wide screen and for a telephone; a name's height is its spend.
    """
    left, right = _column(links, "left"), _column(links, "right")
    arrows = [
        {"source": _node_name(a, left[a]), "target": _node_name(b, right[b]), "value": round(float(eur), 2), "name": hint}
        for a, b, eur, hint in zip(links["left"], links["right"], links["spend_eur"], links["hint"], strict=True)
    ]  # fmt: skip
    label = {"color": template.TEXT[is_dark], "textBorderColor": template.GROUND[is_dark], "overflow": "truncate"}
    series = {
        "type": "sankey", "links": arrows, "top": 4, "bottom": 4, "nodeGap": 14, "nodeWidth": 10, "draggable": False, "emphasis": {"focus": "adjacency"},
        "lineStyle": {"color": "source", "opacity": 0.4 if is_dark else 0.22, "curveness": 0.5}, "label": label,
    }  # fmt: skip
    wide = {"left": 230, "right": 290, "data": _nodes((left, right), WIDE, is_dark), "label": WIDE_LABEL}
    narrow = {"left": 2, "right": 2, "data": _nodes((left, right), NARROW, is_dark), "label": NARROW_LABEL}
    return {
        "baseOption": {"animation": False, "tooltip": {"formatter": "{b}", "confine": True}, "series": [{**series, **wide, "label": {**label, **WIDE_LABEL}}]},
        "media": [{"query": {"maxWidth": NARROW_PIXELS}, "option": {"series": [narrow]}}, {"option": {"series": [wide]}}],
    }  # fmt: skip


def _column(links: pd.DataFrame, side: str) -> dict[str, str]:
    """Give the names of a side, the largest first, with what they spend."""
    sums = links.groupby(side)["spend_eur"].sum().sort_values(ascending=False)
    return {str(name): formats.euros(eur) for name, eur in sums.items()}


def _node_name(name: str, amount: str) -> str:
    return f"{name} · {amount}"


def _nodes(columns: Iterable[Mapping[str, str]], sides: tuple[str, str], is_dark: bool) -> list[dict[str, Any]]:
    colours = template.palette(is_dark)
    return [
        {"name": _node_name(name, amount), "depth": depth, "itemStyle": {"color": colours[2 * depth]},
         "label": {"position": sides[depth], "formatter": _label(name, amount, depth, sides)}}
        for depth, amounts in enumerate(columns)
        for name, amount in amounts.items()
    ]  # fmt: skip


def _label(name: str, amount: str, depth: int, sides: tuple[str, str]) -> str:
    """Write a name so that what is cut is never the amount; a telephone has no room for it."""
    if sides == NARROW:
        return name
    return f"{amount} · {name}" if depth else f"{name} · {amount}"
