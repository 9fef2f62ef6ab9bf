"""Two columns of names and the spend that links them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mutualis import formats


@dataclass(frozen=True)
class End:
    """A name of a column: its height is its spend (EUR); ``code``: what a click chooses, if anything."""

    name: str
    eur: float
    amount: str
    code: str


@dataclass(frozen=True)
class Flow:
    """What links the ``left``-th name on the left to the ``right``-th on the right (EUR); ``tip`` on hover."""

    left: int
    right: int
    eur: float
    tip: str


@dataclass(frozen=True)
class Flows:
    """Flows between two columns of names, the largest first, all the others together last.

    Attributes:
        title: what it shows; names the saved picture.
        alt: the same in one sentence, for those who do not see it.
        left, right: the columns.
        flows: what links them.
    """

    title: str
    alt: str
    left: Sequence[End]
    right: Sequence[End]
    flows: Sequence[Flow]

    def as_data(self) -> dict[str, Any]:
        """Give the figure as plain values."""
        lists = {name: [vars(part) for part in getattr(self, name)] for name in ("left", "right", "flows")}
        return {"title": self.title, "alt": self.alt, "legend": [], **lists}


def bipartite(links: pd.DataFrame, title: str, alt: str) -> Flows:
    """Draw who buys from whom.

    Args:
        links: columns left, right (names), left_code, right_code, spend_eur (EUR, positive), hint (text of the link).
        title, alt: as in ``Flows``.
    """
    left, right = _ends(links, "left"), _ends(links, "right")
    at = [{end.name: place for place, end in enumerate(ends)} for ends in (left, right)]
    flows = [
        Flow(at[0][a], at[1][b], float(eur), hint)
        for a, b, eur, hint in zip(links["left"], links["right"], links["spend_eur"], links["hint"], strict=True)
    ]
    return Flows(title, alt, left, right, flows)


def _ends(links: pd.DataFrame, side: str) -> list[End]:
    found = links.groupby(side).agg(eur=("spend_eur", "sum"), code=(f"{side}_code", "first"))
    found = found.assign(is_rest=found["code"].isna()).sort_values(["is_rest", "eur"], ascending=[True, False])
    return [
        End(str(name), eur, formats.euros(eur), code if isinstance(code, str) else "")
        for name, eur, code in zip(found.index, found["eur"].tolist(), found["code"].tolist(), strict=True)
    ]
