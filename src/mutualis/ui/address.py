"""The page's address where no widget is bound to it: what a link must restore, written when it changes."""

import streamlit as st


def write(key: str, text: str) -> None:
    """Put a value in the address; an empty one leaves it.

    Args:
        key: the parameter.
        text: its value.
    """
    # each change of the address is a message to the browser: none when it says so already
    if text == st.query_params.get(key, ""):
        return
    if text:
        st.query_params[key] = text
    else:
        st.query_params.pop(key, None)
