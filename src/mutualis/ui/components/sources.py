"""The style and the script of each component, read once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent
# what figure.js mounts
FIGURE = (
    "<figure><figcaption></figcaption><div class='legend'></div><div class='plot'></div>"
    "<button type='button' class='save'>PNG</button><div class='tip' hidden></div></figure>"
)


def figure(name: str) -> Callable[..., Any]:
    """Make the component of a figure: the frame of figure.js around what the script of this name draws."""
    return st.components.v2.component(
        f"mutualis_{name}", html=FIGURE, css=style("tip", "figure"), js=script("picture", "tip", "figure", name)
    )


def style(*names: str) -> str:
    """Read style sheets: a component's own, and those of the parts that it shares."""
    return _joined(names, "css")


def script(*names: str) -> str:
    """Read scripts: those of the parts that a component shares, then its own."""
    return _joined(names, "js")


def _joined(names: tuple[str, ...], suffix: str) -> str:
    return "".join((HERE / f"{name}.{suffix}").read_text(encoding="utf-8") for name in names)
