"""The one Plotly template: the palette of the app, French numbers, no decoration."""

import plotly.graph_objects as go
import plotly.io as pio

CATEGORICAL = ("#000091", "#6a6af4", "#009099", "#a558a0", "#b34000", "#929292")
# on a dark screen the darkest would not show
DARK = ("#8585f6", "#cacafb", "#34bab5", "#ce70cc", "#fc5d00", "#a0a0a0")
TEXT = {False: "#161616", True: "#eeeeee"}
FONT = "Public Sans, Arial, sans-serif"
# « 1 234,5 »: comma, then narrow no-break space
SEPARATORS = ",\u202f"
CONFIG = {
    "displaylogo": False,
    "locale": "fr",
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "mutualis"},
}

pio.templates["mutualis"] = go.layout.Template(
    layout={
        "colorway": CATEGORICAL, "font": {"family": FONT, "size": 14}, "separators": SEPARATORS,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8}, "hovermode": "x unified",
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "legend": {"orientation": "h", "y": 1.12},
        "xaxis": {"showgrid": False, "automargin": True}, "yaxis": {"gridcolor": "rgba(128,128,128,.25)", "automargin": True, "rangemode": "tozero"},
    }
)  # fmt: skip


def palette(is_dark: bool) -> tuple[str, ...]:
    """Give the colours that read on the screen's ground."""
    return DARK if is_dark else CATEGORICAL
