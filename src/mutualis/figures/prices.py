"""One item's unit price against the quantity each entity buys."""

from typing import Any

import pandas as pd

from mutualis import formats
from mutualis.figures import template
from mutualis.figures.log_axis import log_axis


def price_chart(rows: pd.DataFrame, unit: str, *, is_dark: bool = False) -> dict[str, Any]:
    """Draw each entity's mean price against its quantity (logarithm), the target across.

    Args:
        rows: columns buyer_name, price_eur, quantity, gap, target_eur, of one item.
        unit: what it is counted in.
        is_dark: whether the screen is.

    Returns:
        An ECharts option; prices as an index, 100 at the target: ticks stay whole whatever the item.
    """
    target = float(rows["target_eur"].iloc[0])
    across = log_axis(
        "xAxis",
        f"Quantité achetée ({unit})",
        float(rows["quantity"].min()),
        float(rows["quantity"].max()),
        formats.count,
    )
    colours = template.palette(is_dark)
    points = [
        {"name": f"{name}\u202f: {formats.decimal(price, 2)}{formats.NARROW}€ par {unit}, {formats.count(quantity)} achetés, écart à la cible {formats.percent(gap, 0)}",
         "value": [across.at(float(quantity)), round(100 * float(price) / target, 1)], "itemStyle": {"color": colours[0 if price <= target else 4], "opacity": 0.7}}
        for name, price, quantity, gap in zip(rows["buyer_name"], rows["price_eur"], rows["quantity"], rows["gap"], strict=True)
    ]  # fmt: skip
    aim = {"yAxis": 100, "lineStyle": {"color": colours[2], "width": 2, "type": "dashed"},
           "label": {"formatter": f"cible {formats.decimal(target, 2)}{formats.NARROW}€", "position": "insideEndTop"}}  # fmt: skip
    mark = {"silent": True, "symbol": "none", "data": [aim, *across.ticks]}
    return {
        "animation": False,
        "grid": {"left": 30, "right": 40, "top": 16, "bottom": 24},
        "tooltip": {"formatter": "{b}", "confine": True},
        "xAxis": across.option,
        "yAxis": {"type": "value", "name": "Prix (100\u202f: prix cible)", "axisLabel": template.PLAIN_TICKS, "nameLocation": "middle", "nameGap": 44, "scale": True},
        "series": [{"type": "scatter", "data": points, "symbolSize": 11, "markLine": mark}],
    }  # fmt: skip
