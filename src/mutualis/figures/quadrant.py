"""Segments by spend and fragmentation, bubbles of gain."""

from math import sqrt

import numpy as np
import pandas as pd

from mutualis import formats
from mutualis.figures.axis import log_axis
from mutualis.figures.scatter import Dot, Guide, Scatter

BUBBLE_PIXELS, LEAST_PIXELS, NAMED = 22.0, 2.5, 8


def quadrant(facts: pd.DataFrame, names: pd.Series) -> Scatter:
    """Draw segments: fragmentation across, spend upwards (logarithms), area in proportion to gain, medians as cross.

    Args:
        facts: columns segment, spend, gain (€/yr), N1 (equal buyers), n_buyers; spend above 0, at least one.
        names: label of each segment, same order.

    Returns:
        The chart; the largest gains are named.
    """
    spends, equals = facts["spend"].to_numpy(dtype=float), facts["N1"].to_numpy(dtype=float).clip(min=1.0)
    gains = facts["gain"].to_numpy(dtype=float)
    across = log_axis(
        "Fragmentation\u202f: entités égales (N₁)",
        float(equals.min()),
        float(equals.max()),
        formats.count,
        base=2,
        steps=(1,),
    )
    upwards = log_axis("Dépense par an", float(spends.min()), float(spends.max()), formats.euros)
    shares = gains.clip(min=0.0) / (max(float(gains.max()), 0.0) or 1.0)
    columns = (
        values.tolist() for values in (facts["segment"], names, spends, equals, facts["n_buyers"], gains, shares)
    )
    rows = list(zip(*columns, strict=True))
    dots = [
        Dot(
            across.at(equal), upwards.at(spend), round(LEAST_PIXELS + BUBBLE_PIXELS * sqrt(share), 1), "total",
            f"{name}\u202f: {formats.euros(spend)} par an, {formats.plural(n_buyers, 'entité', 'entités')} "
            f"(dispersion de {formats.decimal(equal)} entités égales), gain {formats.euros(gain)} par an",
            name if rank < NAMED and gain > 0 else "", segment,
        )
        # the largest first: a small one is drawn over it, and can be pointed at
        for rank, (segment, name, spend, equal, n_buyers, gain, share) in enumerate(sorted(rows, key=lambda row: -row[5]))
    ]  # fmt: skip
    medians = (Guide(across.at(float(np.median(equals))), False), Guide(upwards.at(float(np.median(spends))), True))
    return Scatter(
        "Potentiel des segments\u202f: dépense et fragmentation, surface selon le gain attendu",
        "Dépense annuelle et fragmentation des segments\u202f; le tableau ci-dessous donne les mêmes chiffres",
        across, upwards, dots, medians,
    )  # fmt: skip
