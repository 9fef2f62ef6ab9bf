"""Two columns of names and the spend that links them."""

from typing import Any

import pandas as pd

from mutualis import formats
from mutualis.figures import template


def bipartite(links: pd.DataFrame) -> dict[str, Any]:
    """Draw who buys from whom.

    Args:
        links: columns left, right (names), spend_eur (EUR, positive), hint (text of the link).

    Returns:
        An ECharts option; a name's height is its spend.
    """
    left, right = links.groupby("left")["spend_eur"].sum(), links.groupby("right")["spend_eur"].sum()
    nodes = [
        {"name": f"{name} · {formats.euros(eur)}", "depth": depth, "itemStyle": {"color": colour},
         "label": {"position": side}}
        for sums, depth, colour, side in ((left, 0, template.CATEGORICAL[0], "left"), (right, 1, template.CATEGORICAL[2], "right"))
        for name, eur in sums.sort_values(ascending=False).items()
    ]  # fmt: skip
    arrows = [
        {"source": f"{a} · {formats.euros(left[a])}", "target": f"{b} · {formats.euros(right[b])}", "value": round(float(eur), 2), "name": hint}
        for a, b, eur, hint in zip(links["left"], links["right"], links["spend_eur"], links["hint"], strict=True)
    ]  # fmt: skip
    return {
        "animation": False,
        "tooltip": {"formatter": "{b}", "confine": True},
        "series": [{
            "type": "sankey", "data": nodes, "links": arrows, "left": 230, "right": 290, "top": 4, "bottom": 4, "nodeGap": 14, "nodeWidth": 10,
            "draggable": False, "emphasis": {"focus": "adjacency"}, "lineStyle": {"color": "source", "opacity": 0.22, "curveness": 0.5},
            "label": {"fontSize": 12, "width": 280, "overflow": "truncate"},
        }],
    }  # fmt: skip
