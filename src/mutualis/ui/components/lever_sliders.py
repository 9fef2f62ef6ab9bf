"""All the levers in one component: native inputs, one message at each move (34 widgets cost 70 ms more)."""

from collections.abc import Callable, Mapping
from html import escape

import streamlit as st

from mutualis.lever import Lever, Value
from mutualis.lever_groups import GROUPS, MAIN
from mutualis.levers import BY_KEY, PRESETS, REFERENCE
from mutualis.levers import preset as preset_levers
from mutualis.ui.components.sources import script, style
from mutualis.ui.lever_moves import Move


def draw(
    key: str,
    shown: Mapping[str, Value],
    *,
    preset: str | None,
    can_undo: bool,
    turn: int,
    preview: Mapping[str, object],
    moved: Callable[[Move], None],
) -> None:
    """Draw the presets, undo and the levers.

    Args:
        key: the widget's key.
        shown: values as on screen, by lever.
        preset: the one these values are.
        can_undo: whether there is something to undo.
        turn: number of the move these values answer.
        preview: what to ask the point estimate of, at each move, beside the values (``ui/preview.py``).
        moved: called with a move, before the page runs again.
    """

    def on_move() -> None:
        if move := st.session_state[key].get("moved"):
            moved(move)

    _component(
        key=key,
        data={
            "panel": {
                "values": dict(shown),
                "turn": turn,
                "preset": preset,
                "can_undo": can_undo,
                "preview": dict(preview),
            }
        },
        on_moved_change=on_move,
    )


def _panel() -> str:
    groups = []
    for group, keys in GROUPS.items():
        inside = "".join(_lever(BY_KEY[key]) for key in keys)
        if group == MAIN:
            groups.append(f"<div class='group'>{inside}</div>")
        else:
            groups.append(
                f"<details class='group'><summary>{escape(group)}<span class='count'></span></summary>{inside}</details>"
            )
    presets = "".join(
        f"<button type='button' class='preset' value='{name}' aria-pressed='false'>{name.capitalize()}</button>"
        for name in PRESETS
    )
    undo = "<button type='button' class='undo' disabled title='Revenir au réglage précédent'>Annuler</button>"
    return f"<form class='levers' autocomplete='off'><div class='presets'>{presets}{undo}</div>{''.join(groups)}</form>"


def _lever(lever: Lever) -> str:
    reference = lever.on_screen(getattr(preset_levers(REFERENCE), lever.name))
    text = f"{escape(lever.help)} Source\u202f: {escape(lever.source.rstrip('.'))}."
    name = escape(lever.label)
    return (
        f"<div class='lever' data-key='{lever.key}' data-kind='{lever.kind}' data-unit='{escape(lever.unit)}' data-reference='{str(reference).lower()}'>"
        f"<label for='levier_{lever.key}'>{name}</label><output for='levier_{lever.key}'></output>"
        f"<button type='button' class='back' hidden aria-label='{name}\u202f: revenir à la référence'>↺</button>"
        f"<button type='button' class='help' aria-expanded='false' aria-controls='aide_{lever.key}' aria-label='Aide\u202f: {name}'>?</button>"
        f"{_input(lever)}<p class='note' id='aide_{lever.key}' hidden>{text}</p></div>"
    )


def _input(lever: Lever) -> str:
    at = f"id='levier_{lever.key}' name='{lever.key}'"
    if lever.kind == "choice":
        options = "".join(f"<option value='{value}'>{escape(label)}</option>" for value, label in lever.choices)
        return f"<select {at}>{options}</select>"
    if lever.kind == "bool":
        return f"<input type='checkbox' role='switch' {at}>"
    low, high, step = (lever.on_screen(bound) for bound in lever.bounds)
    return f"<input type='range' {at} min='{low}' max='{high}' step='{step}'>"


_component = st.components.v2.component(
    "mutualis_levers",
    html=_panel(),
    css=style("lever_sliders"),
    js=script("lever_sliders"),
)
