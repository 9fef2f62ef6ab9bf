"""Draws a ``figures.chart.Chart``: SVG that follows the theme and the width, with its picture to save."""

import streamlit as st

from mutualis.figures.chart import Chart
from mutualis.ui.components.sources import FIGURE, script, style

_component = st.components.v2.component(
    "mutualis_chart",
    html=FIGURE,
    css=style("tip", "figure"),
    js=script("picture", "tip", "figure", "chart"),
)


def draw(key: str, chart: Chart, note: str, *, height: int = 230) -> None:
    """Draw a chart.

    Args:
        key: the widget's key.
        chart: what to draw.
        note: perimeter and demo label, written under the saved picture.
        height: of columns (pixels); rows take what they need.
    """
    # one value at the first level: Streamlit asks each whether it is a table, which takes longer than the drawing
    _component(key=key, data={"chart": chart.as_data() | {"key": key, "note": note, "height": height}})
