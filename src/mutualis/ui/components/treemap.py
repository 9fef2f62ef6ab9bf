"""Draws a ``figures.treemap.Treemap``; its tiles can be clicked."""

from collections.abc import Callable

from mutualis.figures.treemap import Treemap
from mutualis.ui.components.events import told
from mutualis.ui.components.sources import figure

_component = figure("treemap")


def draw(key: str, drawn: Treemap, note: str, *, height: int, on_click: Callable[[str], None]) -> None:
    """Draw a treemap.

    Args:
        key: the widget's key.
        drawn: what to draw.
        note: perimeter and demo label, written under the saved picture.
        height: pixels.
        on_click: called with the code of the tile clicked, before the page runs again.
    """

    # one value at the first level: Streamlit asks each whether it is a table
    _component(
        key=key,
        data={"chart": drawn.as_data() | {"note": note, "height": height}},
        on_clicked_change=told(key, "clicked", on_click),
    )
