"""The levers as widgets: each in the URL, drawn from ``levers.py``; presets, undo, reset."""

from typing import Any

import streamlit as st

from mutualis import levers
from mutualis.lever import Lever, Value
from mutualis.lever_groups import GROUPS, MAIN
from mutualis.levers import BY_KEY, LEVERS, PRESETS, REFERENCE, Levers

PRESET_LABELS = {"prudent": "Prudent", "central": "Central", "ambitieux": "Ambitieux"}
HISTORY, LAST = "leviers_precedents", "leviers_en_cours"
MOST_UNDO = 50


def panel() -> Levers:
    """Draw the levers, the main ones open, the others by theme; give their values."""
    # all are drawn, open or not: only a drawn widget is in the address, and the address is the scenario
    for group, keys in GROUPS.items():
        with st.container() if group == MAIN else st.expander(group):
            for key in keys:
                _widget(BY_KEY[key])
    chosen = levers.build({lever.key: _read(lever) for lever in LEVERS}, REFERENCE)
    _remember(chosen)
    return chosen


def actions() -> None:
    """Draw the presets, undo and reset."""
    with st.container(horizontal=True, key="prereglages"):
        for name in PRESETS:
            st.button(PRESET_LABELS[name], key=f"prereglage_{name}", on_click=put, args=(levers.preset(name),),
                      type="primary" if st.session_state.get(LAST) == levers.preset(name) else "secondary")  # fmt: skip
        st.button("Annuler", key="annuler", on_click=_undo, disabled=not st.session_state.get(HISTORY), icon=":material/undo:",
                  help="Revenir au réglage précédent")  # fmt: skip


def put(values: Levers) -> None:
    """Set the widgets (in a callback, before they are drawn)."""
    for lever in LEVERS:
        st.session_state[lever.key] = _shown(lever, getattr(values, lever.name))


def _undo() -> None:
    put(st.session_state[HISTORY].pop())
    # what undo puts back is not a new step
    st.session_state.pop(LAST, None)


def _remember(chosen: Levers) -> None:
    last = st.session_state.get(LAST)
    if last is not None and last != chosen:
        st.session_state[HISTORY] = [*st.session_state.get(HISTORY, []), last][-MOST_UNDO:]
    st.session_state[LAST] = chosen


def _widget(lever: Lever) -> None:
    text = f"{lever.help} Source\u202f: {lever.source}."
    default: Any = _DEFAULTS[lever.key]
    # a value already set by a preset or a link goes before the default
    start: dict[str, Any] = {} if lever.key in st.session_state else {"value": default}
    if lever.kind == "choice":
        names = dict(lever.choices)
        st.selectbox(lever.label, list(names), index=list(names).index(default), format_func=names.__getitem__, key=lever.key,
                     help=text, bind="query-params", persist_state="session")  # fmt: skip
    elif lever.kind == "bool":
        st.toggle(lever.label, key=lever.key, help=text, bind="query-params", persist_state="session", **start)
    else:
        low, high, step = (_shown(lever, end) for end in lever.bounds)
        unit = f" ({lever.unit})" if lever.unit else ""
        st.slider(lever.label + unit, low, high, step=step, key=lever.key, help=text, bind="query-params",
                  persist_state="session", **start)  # fmt: skip


def _shown(lever: Lever, value: Value) -> Value:
    """Give a value as its widget shows it: shares in percent, whole numbers where the step is whole."""
    if lever.kind in ("choice", "bool") or isinstance(value, str):
        return value
    size = 100 if lever.kind == "percent" else 1
    is_whole = all(round(bound * size, 9) == int(round(bound * size, 9)) for bound in lever.bounds)
    return round(value * size) if is_whole else round(float(value * size), 6)


def _read(lever: Lever) -> Value:
    """Give a lever's value: of its widget, of the address it came by, else its reference."""
    shown: Value = st.session_state.get(lever.key, _DEFAULTS[lever.key])
    return _value(lever, shown)


def _value(lever: Lever, shown: Value) -> Value:
    if lever.kind != "percent" or isinstance(shown, str):
        return shown
    return round(shown / 100, 8)


_DEFAULTS = {lever.key: _shown(lever, getattr(levers.preset(REFERENCE), lever.name)) for lever in LEVERS}
