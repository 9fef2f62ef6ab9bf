"""The scenario's levers in the session: first from the address, then from the panel; the address follows them."""

import time

import streamlit as st

from mutualis.errors import ScenarioError
from mutualis.lever_groups import GROUPS
from mutualis.levers import BY_KEY, PRESETS, REFERENCE, Levers, Preset, preset
from mutualis.scenario_file import Scenario
from mutualis.ui import address
from mutualis.ui.components import lever_sliders
from mutualis.ui.lever_moves import LeverState, Move

KEY, PANEL = "leviers", "leviers_panneau"
# the route of ``ui/preview.py``
PREVIEW = "/apercu"
LEVERS = tuple(BY_KEY[key] for keys in GROUPS.values() for key in keys)


def current() -> Levers:
    """Give the levers in force: those of the session, else those of the address."""
    return _state().levers


def write_address() -> None:
    """Put the levers that are not at the reference in the address: it is the scenario."""
    changed = current().changes(preset(REFERENCE))
    for lever in LEVERS:
        address.write(lever.key, str(lever.on_screen(changed[lever.key])) if lever.key in changed else "")


def preset_of(chosen: Levers) -> Preset | None:
    """Give the preset that levers are, if any."""
    return next((name for name in PRESETS if preset(name) == chosen), None)


def put(levers: Levers) -> None:
    """Set the levers (in a callback, before they are drawn)."""
    st.session_state[KEY] = _state().put(levers)


def panel(scenario: Scenario, view: str) -> None:
    """Draw the presets, undo and the levers, the main ones open, the others by theme.

    Args:
        scenario: the one they make, its filters and own hypotheses included.
        view: of the results on screen.
    """
    state = _state()
    lever_sliders.draw(
        PANEL,
        {lever.key: lever.on_screen(getattr(state.levers, lever.name)) for lever in LEVERS},
        preset=preset_of(state.levers),
        can_undo=bool(state.past),
        turn=state.turn,
        preview={
            "url": PREVIEW,
            "of": {"scenario": scenario.as_dict(), "version": scenario.dataset_version, "view": view},
        },
        moved=_moved,
    )
    if state.refused:
        st.warning(state.refused)


def _moved(move: Move) -> None:
    st.session_state[KEY] = _state().moved(move, time.monotonic())


def _state() -> LeverState:
    if KEY not in st.session_state:
        st.session_state[KEY] = LeverState(_of_address())
    state: LeverState = st.session_state[KEY]
    return state


def _of_address() -> Levers:
    """Read the levers of the address; one that makes no sense is told, and left at the reference."""
    values = {}
    for lever in LEVERS:
        if (text := st.query_params.get(lever.key)) is not None:
            try:
                values[lever.key] = lever.from_screen(text)
            except ScenarioError as error:
                st.warning(f"Un levier de l'adresse est ignoré. {error}")
    return preset(REFERENCE).with_values(values)
