"""The ABC curve of segments: who makes most of the spend, and the tail."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mutualis import formats
from mutualis.figures.chart import Box, Chart, Limit, Line, round_ticks


@dataclass(frozen=True)
class Abc:
    """Segments in falling order of spend, cut at a share.

    Attributes:
        table: code, spend_eur, share (of the whole), cumulated (share up to this one), is_head.
        n_head: the smallest number of segments that reaches the threshold.
        head_eur, tail_eur: what the head and the tail spend (EUR).
    """

    table: pd.DataFrame
    n_head: int
    head_eur: float
    tail_eur: float


def abc(codes: pd.Series, spend_eur: pd.Series, threshold: float) -> Abc:
    """Cut segments at a share of the spend.

    Args:
        codes: segment codes.
        spend_eur: their spend; what is not positive is left out.
        threshold: in ]0, 1].

    Examples:
        >>> abc(pd.Series(["a", "b", "c"]), pd.Series([10.0, 80.0, 10.0]), 0.85).n_head
        2
    """
    table = pd.DataFrame({"code": codes, "spend_eur": spend_eur})[spend_eur > 0]
    table = table.sort_values(["spend_eur", "code"], ascending=[False, True], ignore_index=True)
    total = float(table["spend_eur"].sum())
    table["share"] = table["spend_eur"] / total if total else 0.0
    table["cumulated"] = table["share"].cumsum()
    # a hair's breadth: the sum of all shares must reach 1
    n_head = min(int(np.searchsorted(table["cumulated"], threshold * (1 - 1e-12))) + 1, len(table))
    table["is_head"] = table.index < n_head
    head = float(table["spend_eur"].head(n_head).sum())
    return Abc(table, n_head, head, total - head)


def pareto_chart(found: Abc, names: pd.Series, threshold: float) -> Chart:
    """Draw segments as bars, the cumulated share as a line (on the right), the threshold across.

    Args:
        found: the cut.
        names: label of each segment, in the order of the table.
        threshold: the share drawn.
    """
    table = found.table
    ticks = round_ticks(0.0, float(table["spend_eur"].max()) if len(table) else 0.0)
    top = ticks[-1]
    columns = (table[name].tolist() for name in ("code", "spend_eur", "share", "cumulated", "is_head"))
    boxes = [
        Box(at, 0.0, eur, "gain" if is_head else "cost", code=code,
            tip=f"{name}\u202f: {formats.euros(eur)}, {formats.percent(share)} des dépenses, {formats.percent(cumulated)} cumulés")
        for at, (name, code, eur, share, cumulated, is_head) in enumerate(zip(names, *columns, strict=True))
    ]  # fmt: skip
    return Chart(
        "Dépenses par segment, de la plus grande à la plus petite, et part cumulée",
        f"{formats.plural(found.n_head, 'segment fait', 'segments font')} {formats.percent(threshold, 0)} des dépenses\u202f; le tableau ci-dessous donne les mêmes chiffres",
        [""] * len(table), formats.euros, ticks=ticks, boxes=boxes, answers_whole=True,
        right_ticks=[(quarter * top / 4, formats.percent(quarter / 4, 0)) for quarter in range(5)],
        lines=[Line(tuple(top * share for share in table["cumulated"].tolist()), "loss")],
        limits=[Limit(top * threshold, formats.percent(threshold, 0))],
        legend=[("gain", "la tête"), ("cost", "la queue"), ("loss", "part cumulée (à droite)")],
    )  # fmt: skip
