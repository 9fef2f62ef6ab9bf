"""Draws a ``figures.matrix.Matrix``; its cells can be clicked."""

from collections.abc import Callable

from mutualis.figures.matrix import Matrix
from mutualis.ui.components.events import told
from mutualis.ui.components.sources import figure

_component = figure("matrix")


def draw(key: str, drawn: Matrix, note: str, *, alt: str, on_click: Callable[[str, str], None]) -> None:
    """Draw a matrix.

    Args:
        key: the widget's key.
        drawn: what to draw.
        note: perimeter and demo label, written under the saved picture.
        alt: the matrix in one sentence, for those who do not see it.
        on_click: called with the buyer and the segment of the cell clicked, before the page runs again.
    """

    data = vars(drawn) | {"note": note, "alt": alt}
    # one value at the first level: Streamlit asks each whether it is a table
    _component(key=key, data={"chart": data}, on_clicked_change=told(key, "clicked", lambda cell: on_click(*cell)))
