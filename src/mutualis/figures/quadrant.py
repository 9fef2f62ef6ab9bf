"""Segments by spend and fragmentation, bubbles of gain."""

from math import sqrt
from typing import Any

import pandas as pd

from mutualis import formats
from mutualis.figures import template
from mutualis.figures.log_axis import LogAxis, log_axis

BUBBLE_PIXELS, LEAST_PIXELS, NAMED = 44.0, 5.0, 6
MEDIAN = {"label": {"show": False}, "lineStyle": {"color": "#929292", "type": "dashed"}}


def quadrant(facts: pd.DataFrame, names: pd.Series, *, is_dark: bool = False) -> dict[str, Any]:
    """Draw segments: fragmentation across, spend upwards (logarithms), area in proportion to gain, medians as cross.

    Args:
        facts: columns spend, gain (€/yr), N1 (equal buyers), n_buyers.
        names: label of each segment, same order.
        is_dark: whether the screen is.

    Returns:
        An ECharts option; the largest gains are named.
    """
    known = facts[facts["spend"] > 0].assign(name=names, N1=facts["N1"].clip(lower=1.0))
    if known.empty:
        return {"series": []}
    across = log_axis(
        "xAxis", "Fragmentation\u202f: entités égales (N₁)", 1.0, float(known["N1"].max()), formats.count, base=2
    )
    upwards = log_axis(
        "yAxis", "Dépense par an", float(known["spend"].min()), float(known["spend"].max()), formats.euros
    )
    medians = [
        {"xAxis": across.at(known["N1"].median()), **MEDIAN},
        {"yAxis": upwards.at(known["spend"].median()), **MEDIAN},
    ]
    return {
        "animation": False,
        "grid": {"left": 56, "right": 190, "top": 16, "bottom": 24},
        "tooltip": {"formatter": "{b}", "confine": True},
        "xAxis": across.option,
        "yAxis": upwards.option,
        "series": [{
            "type": "scatter", "data": _points(known, across, upwards), "selectedMode": "single", "color": template.CATEGORICAL[1],
            "itemStyle": {"opacity": 0.7, "borderColor": template.CATEGORICAL[0], "borderWidth": 1},
            "markLine": {"silent": True, "symbol": "none", "data": [*across.ticks, *upwards.ticks, *medians]},
        }, _names(known, across, upwards, is_dark)],
    }  # fmt: skip


def _points(known: pd.DataFrame, across: LogAxis, upwards: LogAxis) -> list[dict[str, Any]]:
    largest = float(known["gain"].max())
    points = []
    columns = (known[column] for column in ("name", "spend", "gain", "N1", "n_buyers"))
    for name, spend, gain, n1, n_buyers in zip(*columns, strict=True):
        share = max(gain, 0.0) / largest if largest > 0 else 0.0
        hint = (
            f"{name}\u202f: {formats.euros(spend)} par an, {formats.plural(int(n_buyers), 'entité', 'entités')} "
            f"(comme {formats.decimal(n1)} égales), gain {formats.euros(gain)} par an"
        )
        points.append({
            "name": hint, "value": [across.at(n1), upwards.at(spend)], "symbolSize": round(LEAST_PIXELS + BUBBLE_PIXELS * sqrt(share), 1),
        })  # fmt: skip
    return points


def _names(known: pd.DataFrame, across: LogAxis, upwards: LogAxis, is_dark: bool) -> dict[str, Any]:
    """Write the names of the largest gains over all bubbles."""
    named = known[known["gain"] > 0].nlargest(NAMED, "gain")
    return {
        "type": "scatter", "silent": True, "z": 5, "color": "rgba(0,0,0,0)", "symbolSize": 1, "labelLayout": {"hideOverlap": True, "moveOverlap": "shiftY"},
        "label": {"show": True, "position": "right", "fontSize": 12, "fontWeight": 600, "color": template.TEXT[is_dark], "textBorderColor": template.GROUND[is_dark], "textBorderWidth": 3},
        "data": [
            {"value": [across.at(n1), upwards.at(spend)], "label": {"formatter": str(name)}}
            for n1, spend, name in zip(named["N1"], named["spend"], named["name"], strict=True)
        ],
    }  # fmt: skip
