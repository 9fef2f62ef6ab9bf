"""What a component tells of a click: an event of one run, kept by no one."""

from collections.abc import Callable
from typing import Any

import streamlit as st


def told(key: str, event: str, then: Callable[[Any], None] | None) -> Callable[[], None]:
    """Make the callback of a component's event.

    Args:
        key: the widget's.
        event: its name in the component's script.
        then: called with what the event says, before the page runs again.
    """

    def callback() -> None:
        said = st.session_state[key].get(event)
        if said and then:
            then(said)

    return callback
