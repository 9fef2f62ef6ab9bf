"""What a page run without a browser shows in its own HTML and components."""

import json
from html import unescape
from typing import Any

from streamlit.testing.v1 import AppTest


def html(app: AppTest) -> str:
    """Give all of it, its texts as they are read."""
    return unescape(" ".join(str(block.proto.body) for block in app.get("html")))


def figure(app: AppTest, label: str) -> str:
    """Give the value of a key figure."""
    return html(app).split(f"<span>{label}</span><strong>")[1].split("</strong>")[0]


def held(app: AppTest, component: str) -> list[dict[str, Any]]:
    """Give what our components of a name (``chart``, ``levers``) hold, as the browser receives it."""
    found = [
        one.proto for one in app.get("bidi_component") if one.proto.component_name.endswith(f"mutualis_{component}")
    ]
    parts = [json.loads(proto.mixed.json if proto.HasField("mixed") else proto.json) for proto in found]
    return [value for part in parts for value in part.values()]
