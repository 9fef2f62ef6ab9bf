"""Spend by month."""

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


def monthly_bars(spend: pd.DataFrame, as_of: pd.Timestamp, months_each: int = 1) -> go.Figure:
    """Draw spend by month or quarter, the periods not yet fully published hatched.

    Args:
        spend: columns month (datetime) and spend_eur, as ``queries.spend_by_month`` gives them.
        as_of: the dataset's day.
        months_each: 1 for months, 3 for quarters as ``quarterly`` gives them.

    Returns:
        A Plotly figure with the app's template, amounts in M€.
    """
    known = spend.dropna(subset=["month"])
    months = pd.to_datetime(known["month"])
    # a period is complete when its last month is
    is_partial = months > as_of - pd.DateOffset(months=PUBLICATION_LAG_MONTHS + months_each - 1)
    write = formats.month if months_each == 1 else _quarter
    bars = go.Bar(
        x=months, y=known["spend_eur"] / 1e6, marker={"color": template.CATEGORICAL[0], "pattern": {"shape": ["/" if partial else "" for partial in is_partial]}},
        customdata=[f"{write(month)} : {formats.euros(eur)}{' (publication incomplète)' if partial else ''}"
                    for month, eur, partial in zip(months, known["spend_eur"], is_partial, strict=True)],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    ticks = [month for month in months if month.month == 1] or list(months[:1])
    return go.Figure(bars).update_layout(
        template="mutualis", height=280, showlegend=False, hovermode="closest", yaxis_ticksuffix=" M€",
        xaxis={"tickvals": ticks, "ticktext": [str(month.year) for month in ticks]},
    )  # fmt: skip


def _quarter(first: pd.Timestamp) -> str:
    return f"{first.quarter}{'er' if first.quarter == 1 else 'e'} trimestre {first.year}"
