"""Alignment window of one segment: who could enter a framework that starts in each coming quarter, and its worth.

Quarters count from the one after the data's date, as in the engine: 0 is the first that can still be planned.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mutualis.levers import FAMILIES, Levers
from mutualis.scenario.arrays import Floats, Ints, dot, floats, sum_by
from mutualis.scenario.discount import discount_rate, doublings, moved_spend
from mutualis.scenario.timing import Entry, switch_quarters, time_kernels

QUARTERS = 16  # starts compared: four years ahead
CLASSES = ("start", "year_1", "year_2", "later", "never", "unknown")
NEVER, UNKNOWN = CLASSES.index("never"), CLASSES.index("unknown")
_LATEST = (0, 3, 7)  # quarters after the start by which each of the first three classes has entered


@dataclass(frozen=True)
class Lines:
    """Contracts of one segment, alike ones together: same entity, same quarter of end, same duration.

    Attributes:
        entity: index of the entity, 0 … n − 1.
        spend: what no shared vehicle carries yet (€/yr); moved: the part that the framework could take (F2).
        end_quarter: last quarter of the contracts, negative if already over, NaN if unknown.
        duration_years: their duration.
        contracts: how many they are.
    """

    entity: Ints
    spend: Floats
    moved: Floats
    end_quarter: Floats
    duration_years: Floats
    contracts: Floats

    @property
    def n_entities(self) -> int:
        """Entities of the segment, those with nothing left to move too."""
        return int(self.entity.max()) + 1 if self.entity.size else 0

    @property
    def is_unknown(self) -> np.ndarray:
        """Which lines have no known end."""
        return np.isnan(self.end_quarter)


def lines(
    entity: ArrayLike, spend: ArrayLike, pooled: ArrayLike, end_quarter: ArrayLike, duration: ArrayLike,
    contracts: ArrayLike, family: str, levers: Levers,
) -> Lines:  # fmt: skip
    """Read contracts, and how much of each a framework could take: u = ρ κ α y, nothing of what is already pooled.

    A line with nothing left to move enters no framework: it is left out.

    Args:
        entity: index of each line's entity.
        spend: €/yr, what is already pooled too.
        pooled: part of it already bought through UGAP, DAE, PFRA (€/yr).
        end_quarter: quarter of end, None or NaN if unknown.
        duration: years.
        contracts: number of contracts not pooled yet.
        family: code of the segment's family.
        levers: values of the levers.

    Returns:
        The lines.

    Example:
        >>> from mutualis.levers import preset
        >>> found = lines([0], [1000.0], [200.0], [3], [4], [1], "ENT", preset("central"))
        >>> found.spend.tolist(), found.moved.tolist()
        ([800.0], [208.0])

    Source: design model F2.
    """
    spend = np.maximum(floats(spend), 0.0)
    free = np.clip(spend - floats(pooled), 0.0, spend)
    moved = moved_spend(FAMILIES[family].alpha * free, levers.pooling_rate, levers.utilisation)
    left = free > 0
    return Lines(
        np.asarray(entity, dtype=np.intp)[left], free[left], moved[left],
        floats(end_quarter)[left], floats(duration)[left], floats(contracts)[left],
    )  # fmt: skip


def entry_class(lines: Lines, t_c: int, years: float) -> Ints:
    """F9: say when each line enters a framework that starts in a quarter.

    Args:
        lines: the contracts.
        t_c: quarter in which the framework starts.
        years: its duration.

    Returns:
        Per line, a position in ``CLASSES``.

    Example:
        >>> some = Lines(np.arange(4), np.ones(4), np.ones(4), floats([1, 5, 30, None]), np.full(4, 4.0), np.ones(4))
        >>> [CLASSES[i] for i in entry_class(some, 2, 4)]
        ['start', 'year_2', 'never', 'unknown']

    Source: design model F9.
    """
    entry = switch_quarters(lines.end_quarter, lines.duration_years, t_c, years)
    found = np.where(entry.admitted == 0, NEVER, np.searchsorted(_LATEST, entry.first - t_c))
    return np.asarray(np.where(lines.is_unknown, UNKNOWN, found), dtype=np.intp)


@dataclass(frozen=True)
class Entries:
    """Who enters when: per class of ``CLASSES``, spend (€/yr), contracts, entities (each at its earliest class)."""

    spend: Floats
    contracts: Floats
    entities: Ints

    @property
    def spend_entering(self) -> float:
        """Spend of known end that enters within the framework's life (€/yr)."""
        return float(self.spend[:NEVER].sum())

    @property
    def entities_entering(self) -> int:
        """Entities of which at least one contract of known end enters."""
        return int(self.entities[:NEVER].sum())


def entries(lines: Lines, t_c: int, years: float) -> Entries:
    """Sum the lines by class of entry.

    An entity counts once: at its earliest known entry, else as unknown, else as never entering.

    Args:
        lines: the contracts.
        t_c: quarter in which the framework starts.
        years: its duration.

    Returns:
        The entries.

    Example:
        >>> some = Lines(np.array([0, 0, 1]), floats([5, 7, 9]), np.ones(3), floats([1, 30, None]), np.full(3, 4.0), np.ones(3))
        >>> found = entries(some, 2, 4)
        >>> found.spend.tolist(), found.entities.tolist()
        ([5.0, 0.0, 0.0, 0.0, 7.0, 9.0], [1, 0, 0, 0, 0, 1])
    """
    kind, n = entry_class(lines, t_c, years), len(CLASSES)
    rank = np.where(kind == NEVER, UNKNOWN, np.where(kind == UNKNOWN, NEVER, kind))
    earliest = np.full(lines.n_entities, n)
    np.minimum.at(earliest, lines.entity, rank)
    by_rank = np.bincount(earliest, minlength=n + 1)[:n]
    swapped = [*range(NEVER), UNKNOWN, NEVER]
    return Entries(sum_by(kind, lines.spend, n), sum_by(kind, lines.contracts, n), by_rank[swapped].astype(np.intp))


@dataclass(frozen=True)
class Window:
    """Each candidate quarter 0 … 15: entries, gain (€ today, with its band), whether a pool can start.

    Attributes:
        entries: per quarter.
        gain: gross price gain over the horizon if the framework starts in that quarter (€, discounted); unknown
            ends spread evenly (F9). ``gain_late`` and ``gain_early``: if they all end late, or all early.
        can_start: prepared in time, and at least two entities enter at the start.
        best: the quarter of the greatest gain among those, None if none of them gains anything.
        horizon: quarters counted.
    """

    entries: tuple[Entries, ...]
    gain: Floats
    gain_late: Floats
    gain_early: Floats
    can_start: np.ndarray
    best: int | None
    horizon: int

    def waiting_cost(self, t_c: int) -> float:
        """What a start in a quarter loses against a start now (€); negative if waiting pays."""
        return float(self.gain[0] - self.gain[t_c])


def window(lines: Lines, family: str, levers: Levers, hhi_supply: float = 0.0) -> Window:
    """Compare the quarters in which a framework could start.

    Args:
        lines: the contracts of the segment.
        family: code of its family: its central δ and λ.
        levers: values: duration of the framework, preparation, ramp-up, discount rate, concentration.
        hhi_supply: supplier HHI of the segment, in [0, 1].

    Returns:
        The window. The horizon covers the whole life of the last candidate, so that all compare alike.

    Example:
        >>> from mutualis.levers import preset
        >>> two = lines([0, 1], [1e6, 1e6], [0, 0], [3, 3], [4, 4], [1, 1], "ENT", preset("central"))
        >>> found = window(two, "ENT", preset("central"))
        >>> found.best, round(found.gain[4]), round(found.waiting_cost(8))
        (4, 29781, 4902)

    Source: design model F2-F5, F9, F10.
    """
    years, T = levers.framework_years, QUARTERS + 4 * levers.framework_years
    H = time_kernels(T, levers.ramp_quarters, levers.discount_rate).H
    found = tuple(entries(lines, t_c, years) for t_c in range(QUARTERS))
    price = (FAMILIES[family].delta[1], FAMILIES[family].lam[1], levers.supply_concentration, hhi_supply)
    gains = np.array([_gains(lines, t_c, years, H, price) for t_c in range(QUARTERS)]).reshape(QUARTERS, 3)
    can_start = np.array([t_c >= levers.lead_quarters and e.entities[0] >= 2 for t_c, e in enumerate(found)])
    value = np.where(can_start, gains[:, 1], 0.0)
    best = int(np.argmax(value)) if value.max() > 0 else None
    return Window(found, gains[:, 1], gains[:, 0], gains[:, 2], can_start, best, T)


def _gains(
    lines: Lines, t_c: int, years: float, H: Floats, price: tuple[float, float, float, float]
) -> tuple[float, float, float]:
    """Value the start in one quarter when unknown ends come all late, evenly, all early."""
    latest = t_c + np.rint(4 * lines.duration_years) - 2
    evenly = lines.end_quarter
    late, early = np.where(lines.is_unknown, latest, evenly), np.where(lines.is_unknown, -1.0, evenly)
    worth = [
        _gain(lines, switch_quarters(e, lines.duration_years, t_c, years), H, price) for e in (late, evenly, early)
    ]
    return worth[0], worth[1], worth[2]


def _gain(lines: Lines, entry: Entry, H: Floats, price: tuple[float, float, float, float]) -> float:
    """F12, price term alone: Σ u rate(k) H[τ]; nothing for fewer than two members."""
    A = sum_by(lines.entity, lines.moved, lines.n_entities)
    moved = lines.moved * entry.share
    members = np.count_nonzero(sum_by(lines.entity, moved, lines.n_entities) > 0)
    if members < 2:
        return 0.0
    rate = discount_rate(doublings(moved.sum(), A), *price)
    return dot(lines.moved * rate[lines.entity], entry.expected(H))
