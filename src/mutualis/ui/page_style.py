"""What every page shares: the theme's colours, the style sheet, the French of Streamlit's own words, the browser's history
and number formats."""

from functools import cache
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
# a colour's name for style sheets (components know the same) → in .streamlit/config.toml
COLOURS = {
    "background-color": "backgroundColor",
    "secondary-background-color": "secondaryBackgroundColor",
    "border-color": "borderColor",
    "text-color": "textColor",
    "primary-color": "primaryColor",
    "link-color": "linkColor",
    "red-color": "redColor",
}


def draw() -> None:
    """Send the style sheet and the scripts."""
    # one element: each is sent at every run
    st.html(_text(), unsafe_allow_javascript=True)


@cache
def _text() -> str:
    colours = "".join(
        f"--st-{name}:light-dark({st.get_option(f'theme.light.{option}')},{st.get_option(f'theme.dark.{option}')});"
        for name, option in COLOURS.items()
    )
    # Streamlit gives its theme to components alone
    root = f":root{{--st-font:{st.get_option('theme.font')};{colours}}}"
    style, *scripts = (
        (HERE / name).read_text(encoding="utf-8") for name in ("frame.css", "french.js", "history.js", "numbers.js")
    )
    return f"<style>{root}{style}</style>" + "".join(f"<script type='module'>{script}</script>" for script in scripts)
