"""What is chosen in the bar of filters follows from screen to screen, in the address, and on « back »: Streamlit (1.67) forgets some of it."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

# of the session: the last page, the version it showed, and all its choices
KEPT = "filtres_gardes"
# of the session: the screen that runs, with a bar or not
SCREEN = "ecran"
# stands for the last page where the choices are brought a second time
AGAIN = "encore"


def enter(screen: str) -> None:
    """Note the screen that runs: one without a bar lies between two that have it."""
    if st.session_state.get(SCREEN) != screen and KEPT in st.session_state:
        st.session_state[KEPT] = ("", *st.session_state[KEPT][1:])
    st.session_state[SCREEN] = screen


def choose(chosen: Mapping[str, object]) -> None:
    """Set choices from outside the bar, whichever screen draws it next (in a callback)."""
    st.session_state.update(chosen)
    if KEPT in st.session_state:
        page, version, kept = st.session_state[KEPT]
        st.session_state[KEPT] = (page, version, kept | chosen)


@contextmanager
def across_screens(page: str, version: str, keys: Collection[str], written: Collection[str]) -> Iterator[None]:
    """Draw the bar within it; runs the page again when Streamlit lost a choice.

    Args:
        page: the screen's name.
        version: the dataset's: another one may not have these years or these codes.
        keys: of all the bar's widgets.
        written: keys of those that are in the address as soon as something is chosen.
    """
    brought = _bring(page, version)
    run = get_script_run_ctx()
    assert run is not None, "a screen is drawn by Streamlit"
    # drawn as the router would: such widgets, and their address, pass from one screen to the next
    with ThreadState.scoped(active_script_hash=run.pages_manager.main_script_hash):
        yield
    now = {key: st.session_state[key] for key in keys if key in st.session_state}
    # a step back: what closed lists hold leaves the address, and other choices with it
    unsaid = {key for key in written if now.get(key) and key not in st.query_params}
    is_lost = any(now.get(key) != value or key in unsaid for key, value in brought.items())
    st.session_state[KEPT] = (AGAIN, version, brought) if is_lost else (page, version, now)
    if is_lost:
        st.rerun()


def _bring(page: str, version: str) -> dict[str, object]:
    """Set the last screen's choices again; give what must be found once the bar is drawn."""
    former_page, former_version, kept = st.session_state.get(KEPT, (page, version, {}))
    if former_page == page or former_version != version:
        return {}
    st.session_state.update(kept)
    return {} if former_page == AGAIN else dict(kept)
