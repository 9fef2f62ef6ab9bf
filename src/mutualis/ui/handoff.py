"""From any screen to the Simulateur: « Simuler ce périmètre »."""

from collections.abc import Sequence

import streamlit as st

from mutualis.ui import kept_choices

SIMULATOR = "../../../pages/simulator.py"
LABEL = "Simuler ce périmètre"


def simulate_button(key: str, label: str = LABEL, *, grain: str | None = None, **chosen: Sequence[str]) -> None:
    """Draw a button that opens the Simulateur on the perimeter shown, with some filters set first.

    Args:
        key: the button's key.
        label: its text.
        grain: what the screen shows, where it is not always what the filter bar says.
        **chosen: codes by key of the filter bar (``segment=("ENT-NET",)``); the other filters stay as they are.
    """
    if st.button(label, key=key, on_click=_choose, args=(grain, chosen), type="primary"):
        # filters are bound to the URL, which Streamlit refuses to clear; an empty mapping lets the next page write it anew
        st.switch_page(SIMULATOR, query_params={})


def _choose(grain: str | None, chosen: dict[str, Sequence[str]]) -> None:
    kept_choices.choose(
        ({} if grain is None else {"grain": grain}) | {name: list(codes) for name, codes in chosen.items()}
    )
