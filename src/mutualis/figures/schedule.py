"""Contracts over time, and the quarters in which a framework could start."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from mutualis import formats
from mutualis.figures import template

UNKNOWN_YEARS = 4  # what an unknown end is drawn over: the legal length of a framework
ROW_PIXELS = 28
PALE = "#c8c8d8"
CLASS_LABELS = (
    "Au démarrage",
    "Pendant l'année 1",
    "Pendant l'année 2",
    "Année 3 et après",
    "N'entre pas",
    "Fin inconnue",
)
# by class of entry; on a dark screen the darkest would not show
CLASS_COLOURS = (template.CATEGORICAL[0], "#4c4ce0", "#8585f6", template.CATEGORICAL[2], template.CATEGORICAL[5], PALE)
DARK_COLOURS = ("#8585f6", "#aeaef9", "#5757b3", "#34bab5", "#a0a0a0", "#55556a")
DAY_MS = 86_400_000
ABOVE = {"orientation": "h", "y": 1.04, "yanchor": "bottom", "traceorder": "normal"}


def gantt(rows: pd.DataFrame, as_of: date, *, is_dark: bool = False) -> go.Figure:
    """Draw contracts from their start to their end, one row each, grouped as they come.

    Args:
        rows: columns group, label, start, end (datetimes, end missing if unknown), annual_eur (EUR), hover; top row first.
        as_of: the dataset's day.
        is_dark: whether the screen is.

    Returns:
        A figure; unknown ends are pale, hatched, and four years long.
    """
    unknown = rows["end"].isna()
    ends = rows["end"].where(~unknown, rows["start"] + pd.DateOffset(years=UNKNOWN_YEARS))
    first, last, today = rows["start"].min(), max(ends.max(), pd.Timestamp(as_of)), pd.Timestamp(as_of)
    figure = go.Figure([_contract_bars(rows, ends, unknown, _palette(is_dark)), _contract_names(rows, unknown, first)])
    figure.add_vline(x=today, line={"color": "#b34000", "width": 2}, layer="below")
    figure.add_annotation(x=today, y=1, yref="paper", yanchor="bottom", text=f"date des données ({formats.day(as_of)})", showarrow=False)  # fmt: skip
    return figure.update_layout(
        template="mutualis", font_color=template.TEXT[is_dark], height=70 + ROW_PIXELS * len(rows), showlegend=False, hovermode="closest", margin={"t": 30}, xaxis=_years(first, last),
        yaxis={"showticklabels": False, "range": [len(rows) - 0.4, -0.6], "showgrid": False, "zeroline": False},
    )  # fmt: skip


def _contract_bars(rows: pd.DataFrame, ends: pd.Series, unknown: pd.Series, palette: Sequence[str]) -> go.Bar:
    groups = list(dict.fromkeys(rows["group"]))
    colours = {name: palette[0 if place % 2 == 0 else 3] for place, name in enumerate(groups)}
    return go.Bar(
        y=[place + 0.26 for place in range(len(rows))], base=rows["start"].dt.strftime("%Y-%m-%d").tolist(), orientation="h", width=0.4,
        x=((ends - rows["start"]).dt.days * DAY_MS).tolist(), customdata=rows["hover"].tolist(), hovertemplate="%{customdata}<extra></extra>",
        marker={"color": [palette[-1] if lost else colours[name] for lost, name in zip(unknown, rows["group"], strict=True)],
                "pattern": {"shape": ["/" if lost else "" for lost in unknown], "bgcolor": palette[-1], "fgcolor": "#ffffff", "size": 6}},
    )  # fmt: skip


def _contract_names(rows: pd.DataFrame, unknown: pd.Series, first: pd.Timestamp) -> go.Scatter:
    """Write names above the bars, not beside: on a telephone they would leave no room."""
    names = [
        f"<b>{group}</b> · {formats.euros(eur)}\u00a0par an · {label}{' (fin inconnue)' if lost else ''}"
        for group, label, eur, lost in zip(rows["group"], rows["label"], rows["annual_eur"], unknown, strict=True)
    ]
    return go.Scatter(x=[first] * len(rows), y=[place - 0.2 for place in range(len(rows))], text=names, mode="text",
                      textposition="middle right", textfont={"size": 12}, hoverinfo="skip")  # fmt: skip


def entry_bars(
    quarters: Sequence[str],
    values: Sequence[Sequence[float]],
    texts: Sequence[Sequence[str]],
    *,
    suffix: str,
    chosen: int | None,
    is_dark: bool = False,
) -> go.Figure:
    """Draw, for each quarter in which a framework could start, who enters when.

    Args:
        quarters: their names.
        values: per quarter, a value per class of entry.
        texts: their writing.
        suffix: unit of the values.
        chosen: the quarter to mark.
        is_dark: whether the screen is.
    """
    palette = _palette(is_dark)
    figure = go.Figure([
        go.Bar(name=label, x=list(quarters), y=[row[i] for row in values], customdata=[row[i] for row in texts],
               hovertemplate=f"{label}\u202f: %{{customdata}}<extra></extra>",
               marker={"color": palette[i], "pattern": {"shape": "/" if label == CLASS_LABELS[-1] else "", "bgcolor": palette[-1], "fgcolor": "#ffffff", "size": 6}})
        for i, label in enumerate(CLASS_LABELS)
    ])  # fmt: skip
    if chosen is not None:
        figure.add_annotation(
            x=quarters[chosen], y=sum(values[chosen]), text="▼ meilleur", showarrow=False, yanchor="bottom"
        )
    return figure.update_layout(
        template="mutualis",
        font_color=template.TEXT[is_dark],
        height=330,
        barmode="stack",
        yaxis_ticksuffix=suffix,
        bargap=0.25,
        legend=ABOVE,
    )


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
    x, colour = list(quarters), _palette(is_dark)[0]
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


def _palette(is_dark: bool) -> tuple[str, ...]:
    return DARK_COLOURS if is_dark else CLASS_COLOURS


def _years(first: pd.Timestamp, last: pd.Timestamp) -> dict[str, object]:
    """Ticks on 1 January: Plotly's own would be months in English."""
    years = range(first.year + 1, last.year + 1)
    return {"type": "date", "tickvals": [f"{year}-01-01" for year in years], "ticktext": [str(year) for year in years],
            "range": [first - pd.DateOffset(months=1), last + pd.DateOffset(months=1)], "showgrid": True, "gridcolor": "rgba(128,128,128,.25)", "side": "bottom"}  # fmt: skip
