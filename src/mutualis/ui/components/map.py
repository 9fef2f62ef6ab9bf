"""The choropleth of the pilot regions."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from mutualis.config import PILOT_REGIONS
from mutualis.figures.scale import Scale
from mutualis.geography import GEO_CREDIT, GEO_DIR, LEVELS
from mutualis.ui.components.events import told
from mutualis.ui.components.sources import script, style

_component = st.components.v2.component(
    "mutualis_map",
    html=f"<div class='map'><div class='panels'></div><div class='legend'></div><div class='tip' hidden></div>"
    "<button type='button' class='save'>Enregistrer la carte (PNG)</button>"
    f"<p class='credit'>{GEO_CREDIT}</p></div>",
    css=style("tip", "map"),
    js=script("picture", "tip", "map"),
)


def choropleth(
    key: str,
    *,
    level: str,
    regions: Sequence[str],
    title: str,
    note: str,
    labels: Mapping[str, str],
    scale: Scale,
    selected: str | None = None,
    points: Sequence[Mapping[str, Any]] = (),
    flows: Sequence[Mapping[str, Any]] = (),
    losses: int = 0,
    on_click: Callable[[str, str], None] | None = None,
) -> None:
    """Draw a map.

    Args:
        key: the widget's key.
        level: a level of ``geography.LEVELS``.
        regions: codes of the regions, side by side.
        title: what the colours say, with its unit.
        note: perimeter and demo label, written under the saved picture.
        labels: place code → value as text.
        scale: place code → class, and the legend.
        selected: code of the place outlined.
        points: dicts with lon, lat, r (pixels), label, key.
        flows: dicts with from, to ([lon, lat]), width (pixels), label.
        losses: how many of the lowest classes are losses (at most 2), drawn in another hue.
        on_click: called before the page runs again, with ``place`` and the code clicked, or ``buyer`` and the point's key.
    """

    data = {
        "url": _outlines(level),
        "france": _outlines("france"),
        "key": key,
        "level": level,
        "regions": [{"code": code, "label": PILOT_REGIONS[code]} for code in regions],
        "title": title,
        "note": note,
        "labels": dict(labels),
        "classes": dict(scale.classes),
        "legend": list(scale.legend),
        "empty": "aucune dépense",
        "selected": selected,
        "points": list(points),
        "flows": list(flows),
        "losses": losses,
    }
    _component(
        key=key,
        # one value at the first level: Streamlit asks each whether it is a table
        data={"map": data},
        on_place_change=told(key, "place", on_click and partial(on_click, "place")),
        on_buyer_change=told(key, "buyer", on_click and partial(on_click, "buyer")),
    )


def _outlines(level: str) -> str:
    """Give the address of outlines; it changes with the file, so that a browser may keep it for ever."""
    path = GEO_DIR / f"{LEVELS[level]}.geojson"
    return f"/geo/{path.name}?v={path.stat().st_size}"
