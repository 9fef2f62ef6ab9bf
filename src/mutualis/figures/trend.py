"""Spend by month."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from mutualis import formats
from mutualis.figures.chart import Box, Chart

# Contracts reach the open data up to three months after their award: the last months are not complete.
PUBLICATION_LAG_MONTHS = 3
# beyond, only years are named on the axis
NAMED_PERIODS = 18
TREND_PIXELS = 280


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


def monthly_bars(spend: pd.DataFrame, complete: pd.Timestamp, months_each: int = 1) -> Chart:
    """Draw spend by month or quarter, the periods that may not be complete hatched.

    Args:
        spend: columns month (datetime) and spend_eur, as ``queries.spend_by_month`` gives them.
        complete: the last day whose spend is all known.
        months_each: 1 for months, 3 for quarters as ``quarterly`` gives them.
    """
    known = spend.dropna(subset=["month"])
    months = pd.to_datetime(known["month"])
    write, step = (formats.month, "mois") if months_each == 1 else (_quarter, "trimestre")
    # a period in which nothing was bought has its place too
    periods: list[pd.Timestamp] = []
    if len(months):
        periods = list(pd.date_range(months.min(), months.max(), freq=pd.DateOffset(months=months_each)))
    at = {period: i for i, period in enumerate(periods)}
    boxes = []
    for month, eur in zip(months, known["spend_eur"], strict=True):
        is_partial = month + pd.DateOffset(months=months_each) > complete + pd.Timedelta(days=1)
        tip = f"{write(month)}\u202f: {formats.euros(eur)}{' (peut être incomplet)' if is_partial else ''}"
        boxes.append(Box(at[month], 0.0, eur, "partial" if is_partial else "gain", tip=tip))
    said = [
        f"{write(month)} {formats.euros(eur)}"
        for month, eur in zip(months[-12:], known["spend_eur"][-12:], strict=True)
    ]
    return Chart(
        f"Dépenses par {step}", f"Dépenses par {step}\u202f; les dernières\u202f: {', '.join(said)}.",
        [write(period) for period in periods] if len(periods) <= NAMED_PERIODS else _years(periods), formats.euros, boxes=boxes,
        legend=[("partial", "Peut être incomplet")] if any(box.tone == "partial" for box in boxes) else (),
    )  # fmt: skip


def _years(periods: Sequence[pd.Timestamp]) -> list[str]:
    """Name each year at its start."""
    return [str(period.year) if period.month == 1 else "" for period in periods]


def _quarter(first: pd.Timestamp) -> str:
    return f"{first.quarter}{'er' if first.quarter == 1 else 'e'} trimestre {first.year}"
