"""Contracts over time, and the quarters in which a framework could start."""

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from mutualis import formats
from mutualis.figures import template
from mutualis.figures.chart import Box, Chart, Limit, Tone

UNKNOWN_YEARS = 4  # what an unknown end is drawn over: the legal length of a framework
DAYS_A_YEAR = 365.25
# by class of entry (``scenario.convergence.Entries``)
CLASS_LABELS = (
    "Au démarrage",
    "Pendant l'année 1",
    "Pendant l'année 2",
    "Année 3 et après",
    "N'entre pas",
    "Fin inconnue",
)
# one group of contracts, then the next
ALTERNATE: tuple[Tone, Tone] = ("gain", "process")
CLASS_TONES: tuple[Tone, ...] = ("gain", "deep", "soft", "process", "cost", "unknown")
ABOVE = {"orientation": "h", "y": 1.04, "yanchor": "bottom", "traceorder": "normal"}


def gantt(rows: pd.DataFrame, as_of: date) -> Chart:
    """Draw contracts from their start to their end, one row each, grouped as they come.

    Args:
        rows: columns group, label, start, end (datetimes, end missing if unknown), annual_eur (EUR), hover; top row first.
        as_of: the dataset's day.

    Returns:
        A chart in years; unknown ends are hatched, and four years long.
    """
    places = {group: place for place, group in enumerate(dict.fromkeys(rows["group"]))}
    boxes, names = [], []
    columns = (rows[name] for name in ("group", "label", "start", "end", "annual_eur", "hover"))
    for at, (group, label, start_on, end_on, annual_eur, hover) in enumerate(zip(*columns, strict=True)):
        is_unknown = pd.isna(end_on)
        tone: Tone = "unknown" if is_unknown else ALTERNATE[places[group] % 2]
        start = _year(start_on)
        boxes.append(Box(at, start, start + UNKNOWN_YEARS if is_unknown else _year(end_on), tone, tip=hover))
        names.append(f"· {formats.euros(annual_eur)}\u00a0par an · {label}{' (fin inconnue)' if is_unknown else ''}")
    today = Limit(_year(pd.Timestamp(as_of)), f"date des données ({formats.day(as_of)})")
    first, last = min(today.value, *(box.start for box in boxes)), max(today.value, *(box.end for box in boxes))
    return Chart(
        "Marchés en cours, de leur notification à leur échéance",
        f"Les {len(boxes)} plus gros marchés en cours, de leur notification à leur échéance\u202f; la forme «\u202fTableau\u202f» donne les mêmes dates.",
        names, lambda year: f"{year:.0f}", is_rows=True, heads=rows["group"].tolist(), ticks=range(int(first), int(last) + 2), boxes=boxes, limits=[today],
        legend=[("unknown", "Fin inconnue, dessinée sur quatre ans")] if any(box.tone == "unknown" for box in boxes) else (),
    )  # fmt: skip


def _year(day: pd.Timestamp) -> float:
    return float(day.year + (day.day_of_year - 1) / DAYS_A_YEAR)


def entry_columns(
    quarters: Sequence[str],
    values: Sequence[Sequence[float]],
    write: Callable[[float], str],
    *,
    measure: str,
    chosen: int | None,
) -> Chart:
    """Draw, for each quarter in which a framework could start, who enters when.

    Args:
        quarters: their names.
        values: per quarter, a value per class of entry.
        write: a value as text.
        measure: what the values are.
        chosen: the quarter to mark.
    """
    boxes = []
    for at, row in enumerate(values):
        low, drawn = 0.0, [found for found in zip(CLASS_LABELS, CLASS_TONES, row, strict=True) if found[2]]
        for number, (label, tone, value) in enumerate(drawn, 1):
            text = "▼ meilleur" if at == chosen and number == len(drawn) else ""
            boxes.append(
                Box(at, low, low + value, tone, text, f"{quarters[at]}, {label.lower()}\u202f: {write(value)}")
            )
            low += value
    return Chart(
        f"Si l'accord-cadre démarre au…, qui entre quand\u202f? ({measure})",
        "Entrées dans l'accord-cadre selon le trimestre de démarrage\u202f; «\u202fTableau\u202f» donne les mêmes montants.",
        quarters, write, boxes=boxes, legend=list(zip(CLASS_TONES, CLASS_LABELS, strict=True)),
    )  # fmt: skip


def gain_line(
    quarters: Sequence[str],
    gain: Sequence[float],
    band: tuple[Sequence[float], Sequence[float]],
    texts: Sequence[str],
    *,
    can_start: Sequence[bool],
    chosen: int | None,
    is_dark: bool = False,
) -> go.Figure:
    """Draw what each start is worth, with the band that unknown ends leave.

    Args:
        quarters: names of the starts.
        gain: k€ over the horizon.
        band: the same if unknown ends all come late, or all early.
        texts: what to say of each.
        can_start: whether a framework can start then; the others are hollow.
        chosen: the quarter to mark.
        is_dark: whether the screen is.
    """
    x, colour = list(quarters), template.palette(is_dark)[0]
    hidden = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    symbols = ["circle" if possible else "circle-open" for possible in can_start]
    figure = go.Figure([
        go.Scatter(x=x, y=list(band[1]), showlegend=False, **hidden),
        go.Scatter(x=x, y=list(band[0]), fill="tonexty", fillcolor="rgba(106,106,244,.25)", name="Selon les fins inconnues", **hidden),
        go.Scatter(x=x, y=list(gain), mode="lines+markers", line={"color": colour, "width": 2}, marker={"size": 8, "symbol": symbols},
                   customdata=list(texts), hovertemplate="%{customdata}<extra></extra>", name="Gain d'achat brut"),
    ])  # fmt: skip
    if chosen is not None:
        figure.add_scatter(x=[x[chosen]], y=[gain[chosen]], mode="markers", marker={"color": "#b34000", "size": 13},
                           name="Meilleur trimestre", hoverinfo="skip")  # fmt: skip
    return figure.update_layout(
        template="mutualis", font_color=template.TEXT[is_dark], height=270, yaxis_ticksuffix=" k€", hovermode="closest", legend=ABOVE
    )  # fmt: skip
