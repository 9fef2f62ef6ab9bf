"""The style and the script of each component, read once."""

from pathlib import Path

HERE = Path(__file__).parent


def style(name: str) -> str:
    """Read a component's style sheet."""
    return (HERE / f"{name}.css").read_text(encoding="utf-8")


def script(name: str) -> str:
    """Read a component's script."""
    return (HERE / f"{name}.js").read_text(encoding="utf-8")


def script_with_picture(name: str) -> str:
    """Read the script of a component that can be saved as a picture."""
    return script("picture") + script(name)
