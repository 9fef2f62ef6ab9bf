"""Segments by spend and fragmentation, bubbles of gain."""

from math import sqrt
from typing import Any

import pandas as pd

from mutualis import formats
from mutualis.figures import template

BUBBLE_PIXELS, LEAST_PIXELS, NAMED = 52.0, 5.0, 6


def quadrant(facts: pd.DataFrame, names: pd.Series) -> dict[str, Any]:
    """Draw segments: fragmentation across, spend upwards (logarithms), area in proportion to gain, medians as cross.

    Args:
        facts: columns spend, gain (€/yr), N1 (equal buyers), n_buyers.
        names: label of each segment, same order.

    Returns:
        An ECharts option; the largest gains are named.
    """
    largest = float(facts["gain"].max()) if len(facts) else 0.0
    named = set(facts["gain"].nlargest(NAMED).index)
    points = []
    for at, spend, gain, n1, n_buyers, name in zip(facts.index, facts["spend"], facts["gain"], facts["N1"], facts["n_buyers"], names, strict=True):  # fmt: skip
        share = max(gain, 0.0) / largest if largest > 0 else 0.0
        hint = (
            f"{name}\u202f: {formats.euros(spend)} par an, {formats.plural(int(n_buyers), 'entité', 'entités')} "
            f"(comme {formats.decimal(n1)} égales), gain {formats.euros(gain)} par an"
        )
        points.append({
            "name": hint, "value": [round(max(float(n1), 1.0), 2), round(spend / 1e3, 2)], "symbolSize": round(LEAST_PIXELS + BUBBLE_PIXELS * sqrt(share), 1),
            "label": {"show": at in named, "formatter": str(name), "position": "right", "fontSize": 11, "color": "#161616", "backgroundColor": "rgba(255,255,255,.75)"},
        })  # fmt: skip
    medians = [{"xAxis": round(max(float(facts["N1"].median()), 1.0), 2)}, {"yAxis": round(float(facts["spend"].median()) / 1e3, 2)}] if points else []  # fmt: skip
    axis = {"type": "log", "axisLabel": template.PLAIN_TICKS, "splitLine": {"show": False}, "nameLocation": "middle"}
    return {
        "animation": False,
        "grid": {"left": 44, "right": 130, "top": 16, "bottom": 34, "containLabel": True},
        "tooltip": {"formatter": "{b}", "confine": True},
        "xAxis": axis | {"name": "Entités égales (N₁)", "nameGap": 28, "min": 1, "logBase": 2},
        "yAxis": axis | {"name": "Dépense (k€ par an)", "nameGap": 56},
        "series": [{
            "type": "scatter", "data": points, "selectedMode": "single", "color": template.CATEGORICAL[1], "labelLayout": {"hideOverlap": True},
            "itemStyle": {"opacity": 0.7, "borderColor": template.CATEGORICAL[0], "borderWidth": 1},
            "markLine": {"silent": True, "symbol": "none", "label": {"show": False}, "lineStyle": {"color": "#929292", "type": "dashed"}, "data": medians},
        }],
    }  # fmt: skip
