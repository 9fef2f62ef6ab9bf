"""A ranked list of bars that can be clicked."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from mutualis.ui.components.events import told
from mutualis.ui.components.sources import script, style

_component = st.components.v2.component(
    "mutualis_bars",
    html="<div class='keys'></div><div class='bars'></div><button type='button' class='save'>PNG</button>",
    css=style("bars"),
    js=script("picture", "bars"),
)


def bars(
    key: str,
    rows: Sequence[dict[str, Any]],
    *,
    title: str,
    note: str,
    legend: Sequence[str] = (),
    on_click: Callable[[str], None] | None = None,
) -> None:
    """Draw bars, the longest filling the width.

    Args:
        key: the widget's key.
        rows: dicts with code (empty where there is nothing to choose), label, values (one per series), texts (their writing), selected.
        title: what the bars say, written on the saved picture.
        note: perimeter and demo label, written under it.
        legend: the series' names, when there are several.
        on_click: called with the code clicked, before the page runs again.
    """
    largest = max((value for row in rows for value in row["values"]), default=0) or 1

    _component(
        key=key,
        data={
            "bars": {
                "rows": list(rows),
                "max": largest,
                "clickable": on_click is not None,
                "legend": list(legend),
                "title": title,
                "note": note,
            }
        },
        on_clicked_change=told(key, "clicked", on_click),
    )
