"""*Économie achat* by the DAE rule: on twelve months, on the full term, and split by calendar year."""

import numpy as np

from mutualis.scenario.arrays import Floats, dot
from mutualis.scenario.effects import Effects
from mutualis.scenario.pooling import Pooling
from mutualis.scenario.results import PurchaseSaving


def purchase_saving(pooling: Pooling, effect: Effects, first_quarter: tuple[int, int]) -> PurchaseSaving:
    """Count the économie achat: reference price less price obtained, without malus nor agents' time.

    Args:
        pooling: the pools.
        effect: effects per pair.
        first_quarter: calendar year and quarter (1-4) of t = 0.

    Returns:
        The saving; ``by_year`` sums to ``twelve_months``.

    Source: DAE, « la performance économique »: since 2025, 12-month base and full duration.
    """
    moved, pair, levers = pooling.stakes.moved, pooling.cells.pair, pooling.levers
    gross, residual = dot(effect.gross, moved), dot(effect.residual, moved)
    by_line = pooling.line_eur * (effect.gross + effect.residual)[pair]
    years = _by_year(pooling, by_line, first_quarter)
    year, quarter = first_quarter
    launch = year + (quarter - 1 + levers.launch_quarter) // 4
    return PurchaseSaving(
        gross=gross,
        residual=residual,
        twelve_months=gross + residual,
        full_term=dot(by_line, pooling.entry.until_end(levers.ramp_quarters)),
        by_year=years,
        year_n=years.get(launch, 0.0),
        year_n1=years.get(launch + 1, 0.0),
    )


def _by_year(pooling: Pooling, by_line: Floats, first: tuple[int, int]) -> dict[int, float]:
    entries = pooling.entry.by_quarter(by_line, pooling.entry.last_quarter)
    # a line's twelve months are the four quarters from its entry
    spread = np.convolve(entries, np.full(4, 0.25))
    year, quarter = first
    calendar = year + (quarter - 1 + np.arange(len(spread))) // 4
    used = np.nonzero(spread)[0]
    if not used.size:
        return {}
    span = range(int(calendar[used[0]]), int(calendar[used[-1]]) + 1)
    return {one: float(spread[calendar == one].sum()) for one in span}
