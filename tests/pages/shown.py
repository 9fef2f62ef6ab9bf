"""What a page run without a browser shows in its own HTML."""

from html import unescape

from streamlit.testing.v1 import AppTest


def html(app: AppTest) -> str:
    """Give all of it, its texts as they are read."""
    return unescape(" ".join(str(block.proto.body) for block in app.get("html")))


def figure(app: AppTest, label: str) -> str:
    """Give the value of a key figure."""
    return html(app).split(f"<span>{label}</span><strong>")[1].split("</strong>")[0]
