"""Contracts over time, and the quarters in which a framework could start."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from mutualis import formats
from mutualis.figures import template

UNKNOWN_YEARS = 4  # what an unknown end is drawn over: the legal length of a framework
ROW_PIXELS, LABEL_CHARS = 19, 44
PALE = "#c8c8d8"
CLASS_LABELS = (
    "Au démarrage",
    "Pendant l'année 1",
    "Pendant l'année 2",
    "Année 3 et après",
    "N'entre pas",
    "Fin inconnue",
)
CLASS_COLOURS = ("#000091", "#4c4ce0", "#8585f6", "#009099", "#929292", PALE)
DAY_MS = 86_400_000


def gantt(rows: pd.DataFrame, as_of: date, height: int | None = None) -> go.Figure:
    """Draw contracts from their start to their end, one row each, grouped as they come.

    Args:
        rows: columns group, label, start, end (datetimes, end missing if unknown), annual_eur, hover; top row first.
        as_of: the dataset's day.
        height: in pixels; by default, of the number of rows.

    Returns:
        A figure; unknown ends are pale, hatched, and four years long.
    """
    unknown = rows["end"].isna()
    ends = rows["end"].where(~unknown, rows["start"] + pd.DateOffset(years=UNKNOWN_YEARS))
    groups = list(dict.fromkeys(rows["group"]))
    colours = {name: CLASS_COLOURS[0] if i % 2 == 0 else template.CATEGORICAL[2] for i, name in enumerate(groups)}
    places = list(range(len(rows)))
    figure = go.Figure(go.Bar(
        y=places, base=rows["start"].dt.strftime("%Y-%m-%d").tolist(), orientation="h", width=0.72,
        x=((ends - rows["start"]).dt.days * DAY_MS).tolist(), customdata=rows["hover"].tolist(), hovertemplate="%{customdata}<extra></extra>",
        marker={"color": [PALE if lost else colours[name] for lost, name in zip(unknown, rows["group"], strict=True)],
                "pattern": {"shape": ["/" if lost else "" for lost in unknown], "fgcolor": "#666666", "fgopacity": 0.5}},
    ))  # fmt: skip
    for lost, start, place in zip(unknown, rows["start"], places, strict=True):
        if lost:
            figure.add_annotation(
                x=start,
                y=place,
                text="fin inconnue",
                showarrow=False,
                xanchor="left",
                font={"size": 11, "color": "#161616"},
            )
    figure.add_vline(x=pd.Timestamp(as_of), line={"color": "#b34000", "width": 2})
    figure.add_annotation(
        x=pd.Timestamp(as_of),
        y=1,
        yref="paper",
        yanchor="bottom",
        text=f"aujourd'hui ({formats.day(as_of)})",
        showarrow=False,
    )
    return figure.update_layout(
        template="mutualis", height=height or 70 + ROW_PIXELS * len(rows), showlegend=False, hovermode="closest", margin={"t": 30},
        xaxis=_years(rows["start"].min(), max(ends.max(), pd.Timestamp(as_of))),
        yaxis={"tickvals": places, "ticktext": [_short(text) for text in rows["label"]], "autorange": "reversed", "showgrid": False, "tickfont": {"size": 12}},
    )  # fmt: skip


def entry_bars(
    quarters: Sequence[str],
    values: Sequence[Sequence[float]],
    texts: Sequence[Sequence[str]],
    *,
    suffix: str,
    chosen: int | None,
) -> go.Figure:
    """Draw, for each quarter in which a framework could start, who enters when.

    Args:
        quarters: their names.
        values: per quarter, a value per class of entry.
        texts: their writing.
        suffix: unit of the values.
        chosen: the quarter to mark.
    """
    figure = go.Figure([
        go.Bar(name=label, x=list(quarters), y=[row[i] for row in values], customdata=[row[i] for row in texts],
               hovertemplate=f"{label} : %{{customdata}}<extra></extra>",
               marker={"color": CLASS_COLOURS[i], "pattern": {"shape": "/" if label == CLASS_LABELS[-1] else ""}})
        for i, label in enumerate(CLASS_LABELS)
    ])  # fmt: skip
    if chosen is not None:
        figure.add_annotation(
            x=quarters[chosen], y=sum(values[chosen]), text="▼ retenu", showarrow=False, yanchor="bottom"
        )
    return figure.update_layout(template="mutualis", height=330, barmode="stack", yaxis_ticksuffix=suffix, bargap=0.25)


def gain_line(
    quarters: Sequence[str],
    gain: Sequence[float],
    band: tuple[Sequence[float], Sequence[float]],
    texts: Sequence[str],
    *,
    chosen: int | None,
) -> go.Figure:
    """Draw what each start is worth, with the band that unknown ends leave.

    Args:
        quarters: names of the starts.
        gain: k€ over the horizon.
        band: the same if unknown ends all come late, or all early.
        texts: what to say of each.
        chosen: the quarter to mark.
    """
    x, colour = list(quarters), CLASS_COLOURS[0]
    figure = go.Figure([
        go.Scatter(x=x, y=list(band[1]), mode="lines", line={"width": 0}, hoverinfo="skip", showlegend=False),
        go.Scatter(x=x, y=list(band[0]), mode="lines", line={"width": 0}, fill="tonexty", fillcolor="rgba(106,106,244,.25)", hoverinfo="skip",
                   name="Selon les fins inconnues"),
        go.Scatter(x=x, y=list(gain), mode="lines+markers", line={"color": colour, "width": 2}, customdata=list(texts),
                   hovertemplate="%{customdata}<extra></extra>", name="Gain d'achat brut"),
    ])  # fmt: skip
    if chosen is not None:
        figure.add_scatter(
            x=[x[chosen]],
            y=[gain[chosen]],
            mode="markers",
            marker={"color": "#b34000", "size": 13},
            name="Meilleur trimestre",
            hoverinfo="skip",
        )
    return figure.update_layout(template="mutualis", height=270, yaxis_ticksuffix=" k€", hovermode="closest")


def _short(text: str) -> str:
    return text if len(text) <= LABEL_CHARS else text[: LABEL_CHARS - 1] + "…"


def _years(first: pd.Timestamp, last: pd.Timestamp) -> dict[str, object]:
    """Ticks on 1 January: Plotly's own would be months in English."""
    years = range(first.year + 1, last.year + 1)
    return {"type": "date", "tickvals": [f"{year}-01-01" for year in years], "ticktext": [str(year) for year in years],
            "range": [first - pd.DateOffset(months=1), last + pd.DateOffset(months=1)], "showgrid": True, "side": "bottom"}  # fmt: skip
