"""Spend by month."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from mutualis import formats
from mutualis.figures import template

# Contracts reach the open data up to three months after their award: the last months are not complete.
PUBLICATION_LAG_MONTHS = 3


def quarterly(spend: pd.DataFrame) -> pd.DataFrame:
    """Sum months by quarter: same columns, the month being the quarter's first.

    Args:
        spend: as for ``monthly_bars``.
    """
    known = spend.dropna(subset=["month"])
    first = pd.to_datetime(known["month"]).dt.to_period("Q").dt.start_time
    return known.assign(month=first).groupby("month")[["spend_eur"]].sum().reset_index()


def complete_until(grain: str, as_of: date, last_on: pd.Timestamp) -> pd.Timestamp:
    """Give the last day whose spend is all known.

    Args:
        grain: ``contract`` or ``payment``; what is paid waits for no publication.
        as_of: the dataset's day.
        last_on: of the last row, earlier where files are older than the dataset; missing if no row has a date.

    Examples:
        >>> complete_until("contract", date(2026, 11, 23), pd.Timestamp("2026-07-28")).date()
        datetime.date(2026, 4, 28)
    """
    known = pd.Timestamp(as_of) if pd.isna(last_on) else min(pd.Timestamp(as_of), last_on)
    day = pd.Timedelta(days=1)
    # counted from the next day, so that a month's end gives a month's end
    return known + day - pd.DateOffset(months=PUBLICATION_LAG_MONTHS) - day if grain == "contract" else known


def hatched_note(grain: str, complete: pd.Timestamp) -> str:
    """Say what hatched bars are."""
    why = "\u202f: un marché est publié jusqu'à trois mois après sa notification" if grain == "contract" else ""
    return f"Hachuré\u202f: périodes qui peuvent être incomplètes, après le {formats.day(complete)}{why}."


def monthly_bars(
    spend: pd.DataFrame, complete: pd.Timestamp, months_each: int = 1, *, is_dark: bool = False
) -> go.Figure:
    """Draw spend by month or quarter, the periods that may not be complete hatched.

    Args:
        spend: columns month (datetime) and spend_eur, as ``queries.spend_by_month`` gives them.
        complete: the last day whose spend is all known.
        months_each: 1 for months, 3 for quarters as ``quarterly`` gives them.
        is_dark: whether the screen is.

    Returns:
        A Plotly figure with the app's template, amounts in M€.
    """
    known = spend.dropna(subset=["month"])
    months = pd.to_datetime(known["month"])
    is_partial = months + pd.DateOffset(months=months_each) > complete + pd.DateOffset(days=1)
    write = formats.month if months_each == 1 else _quarter
    bars = go.Bar(
        x=months, y=known["spend_eur"] / 1e6, marker={"color": template.palette(is_dark)[0], "pattern": {"shape": ["/" if partial else "" for partial in is_partial]}},
        customdata=[f"{write(month)} : {formats.euros(eur)}{' (peut être incomplet)' if partial else ''}"
                    for month, eur, partial in zip(months, known["spend_eur"], is_partial, strict=True)],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    # a year in which nothing was bought has its tick too
    years = range(months.min().year, months.max().year + 1) if len(months) else ()
    ticks = [day for year in years if (day := pd.Timestamp(year, 1, 1)) >= months.min()] or list(months[:1])
    return go.Figure(bars).update_layout(
        template="mutualis", font_color=template.TEXT[is_dark], height=280, showlegend=False, hovermode="closest", yaxis_ticksuffix=" M€",
        xaxis={"tickvals": ticks, "ticktext": [str(month.year) for month in ticks]},
    )  # fmt: skip


def _quarter(first: pd.Timestamp) -> str:
    return f"{first.quarter}{'er' if first.quarter == 1 else 'e'} trimestre {first.year}"
