"""Draws a ``figures.chart.Chart``: SVG that follows the theme and the width, with its picture to save."""

from collections.abc import Callable

from mutualis.figures.chart import Chart
from mutualis.ui.components.events import told
from mutualis.ui.components.sources import figure

_component = figure("chart")


def draw(
    key: str, chart: Chart, note: str, *, height: int = 230, on_click: Callable[[str], None] | None = None
) -> None:
    """Draw a chart.

    Args:
        key: the widget's key.
        chart: what to draw.
        note: perimeter and demo label, written under the saved picture.
        height: of columns (pixels); rows take what they need.
        on_click: called with the code of the box clicked, before the page runs again.
    """

    # one value at the first level: Streamlit asks each whether it is a table, which takes longer than the drawing
    data = {"chart": chart.as_data() | {"key": key, "note": note, "height": height}}
    _component(key=key, data=data, on_clicked_change=told(key, "clicked", on_click))
