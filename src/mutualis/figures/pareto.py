"""The ABC curve of segments: who makes most of the spend, and the tail."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mutualis import formats
from mutualis.figures import template


@dataclass(frozen=True)
class Abc:
    """Segments in falling order of spend, cut at a share.

    Attributes:
        table: code, spend_eur, share (of the whole), cumulated (share up to this one), is_head.
        n_head: the smallest number of segments that reaches the threshold.
        head_eur, tail_eur: what the head and the tail spend (EUR).
    """

    table: pd.DataFrame
    n_head: int
    head_eur: float
    tail_eur: float


def abc(codes: pd.Series, spend_eur: pd.Series, threshold: float) -> Abc:
    """Cut segments at a share of the spend.

    Args:
        codes: segment codes.
        spend_eur: their spend; what is not positive is left out.
        threshold: in ]0, 1].

    Examples:
        >>> abc(pd.Series(["a", "b", "c"]), pd.Series([10.0, 80.0, 10.0]), 0.85).n_head
        2
    """
    table = pd.DataFrame({"code": codes, "spend_eur": spend_eur})[spend_eur > 0]
    table = table.sort_values(["spend_eur", "code"], ascending=[False, True], ignore_index=True)
    total = float(table["spend_eur"].sum())
    table["share"] = table["spend_eur"] / total if total else 0.0
    table["cumulated"] = table["share"].cumsum()
    # a hair's breadth: the sum of all shares must reach 1
    n_head = min(int(np.searchsorted(table["cumulated"], threshold * (1 - 1e-12))) + 1, len(table))
    table["is_head"] = table.index < n_head
    head = float(table["spend_eur"].head(n_head).sum())
    return Abc(table, n_head, head, total - head)


def pareto_chart(found: Abc, names: pd.Series, threshold: float, *, is_dark: bool = False) -> dict[str, Any]:
    """Draw segments as bars, the cumulated share as a line, the threshold across.

    Args:
        found: the cut.
        names: label of each segment, in the order of the table.
        threshold: the share drawn.
        is_dark: whether the screen is.

    Returns:
        An ECharts option; amounts in a round unit, shares in %.
    """
    table = found.table
    size, unit = template.money_axis(float(table["spend_eur"].max()) if len(table) else 0.0)
    colours = template.palette(is_dark)
    head, tail = colours[0], colours[5]
    hints = [
        f"{name}\u202f: {formats.euros(eur)}, {formats.percent(share)} des dépenses, {formats.percent(cumulated)} cumulés"
        for name, eur, share, cumulated in zip(names, table["spend_eur"], table["share"], table["cumulated"], strict=True)
    ]  # fmt: skip
    bars = [
        {"name": hint, "value": round(eur / size, 4), "itemStyle": {"color": head if is_head else tail}}
        for hint, eur, is_head in zip(hints, table["spend_eur"], table["is_head"], strict=True)
    ]
    line = [
        {"name": hint, "value": round(100 * share, 2)} for hint, share in zip(hints, table["cumulated"], strict=True)
    ]
    mark = {"silent": True, "symbol": "none", "data": [{"yAxis": round(100 * threshold, 1)}],
            "label": {"formatter": formats.percent(threshold, 0), "position": "insideEndTop"}}  # fmt: skip
    return {
        "animation": False,
        "grid": {"left": 8, "right": 8, "top": 34, "bottom": 8, "containLabel": True},
        "tooltip": {"formatter": "{b}", "confine": True},
        "xAxis": {"type": "category", "data": [str(name) for name in names], "axisLabel": {"show": False}, "axisTick": {"show": False}},
        "yAxis": [
            {"type": "value", "name": unit, "axisLabel": template.PLAIN_TICKS, "splitLine": {"lineStyle": {"opacity": 0.4}}},
            {"type": "value", "name": "cumulé, %", "min": 0, "max": 100, "splitLine": {"show": False}},
        ],
        "series": [
            {"type": "bar", "data": bars, "selectedMode": "single", "barCategoryGap": "15%"},
            {"type": "line", "data": line, "yAxisIndex": 1, "symbolSize": 4, "color": colours[4], "markLine": mark},
        ],
    }  # fmt: skip
