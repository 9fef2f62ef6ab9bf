"""Draws ``figures.flows.Flows``; its names can be clicked."""

from collections.abc import Callable

from mutualis.figures.flows import Flows
from mutualis.ui.components.events import told
from mutualis.ui.components.sources import figure

_component = figure("flows")


def draw(
    key: str, drawn: Flows, note: str, *, height: int, on_left: Callable[[str], None], on_right: Callable[[str], None]
) -> None:
    """Draw flows.

    Args:
        key: the widget's key.
        drawn: what to draw.
        note: perimeter and demo label, written under the saved picture.
        height: pixels.
        on_left, on_right: called with the code of the name clicked, before the page runs again.
    """

    _component(
        key=key,
        # one value at the first level: Streamlit asks each whether it is a table
        data={"chart": drawn.as_data() | {"note": note, "height": height}},
        on_left_change=told(key, "left", on_left),
        on_right_change=told(key, "right", on_right),
    )
