"""Draws a ``figures.scatter.Scatter``; its dots can be clicked."""

from collections.abc import Callable

from mutualis.figures.scatter import Scatter
from mutualis.ui.components.events import told
from mutualis.ui.components.sources import figure

_component = figure("scatter")


def draw(key: str, chart: Scatter, note: str, *, height: int, on_click: Callable[[str], None] | None = None) -> None:
    """Draw a scatter chart.

    Args:
        key: the widget's key.
        chart: what to draw.
        note: perimeter and demo label, written under the saved picture.
        height: pixels.
        on_click: called with the code of the dot clicked, before the page runs again.
    """

    # one value at the first level: Streamlit asks each whether it is a table
    _component(
        key=key,
        data={"chart": chart.as_data() | {"note": note, "height": height}},
        on_clicked_change=told(key, "clicked", on_click),
    )
