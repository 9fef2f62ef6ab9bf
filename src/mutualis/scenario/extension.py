"""What extending contracts (*avenants*) changes: bridges from their end to the start of a framework."""

from dataclasses import replace

import numpy as np

from mutualis.scenario.arrays import Floats
from mutualis.scenario.convergence import Lines


def extendable(lines: Lines, t_c: int) -> np.ndarray:
    """Say which lines an extension could carry to a framework: still running, ending in the year before it starts.

    Example:
        >>> from mutualis.scenario.arrays import floats
        >>> some = Lines(np.arange(4), np.ones(4), np.ones(4), floats([-1, 2, 5, None]), np.full(4, 4.0), np.ones(4))
        >>> extendable(some, 6).tolist()
        [False, True, False, False]
    """
    e = np.where(lines.is_unknown, -1.0, lines.end_quarter)
    return np.asarray((e >= 0) & (e >= t_c - 4) & (e < t_c - 1))


def extended(lines: Lines, t_c: int, quarters: int, share: float) -> Lines:
    """Extend contracts that end in the year before a framework starts; the others of them are tendered again.

    A contract that the framework does not reach in time must be replaced: its entity is bound for its duration once
    more. An extension that reaches the framework spares that.

    Args:
        lines: the contracts.
        t_c: quarter in which the framework starts.
        quarters: length of the extension.
        share: share of these contracts that is extended, in [0, 1], the largest first.

    Returns:
        The lines with their new ends; a line partly extended is split.

    Example:
        >>> from mutualis.scenario.arrays import floats
        >>> some = Lines(np.arange(2), floats([9, 1]), np.ones(2), floats([2, 3]), np.full(2, 4.0), np.ones(2))
        >>> extended(some, 6, 3, 0.5).end_quarter.tolist()
        [5.0, 19.0]
    """
    concerned = extendable(lines, t_c)
    part = _largest_first(lines, concerned, share)
    reached = lines.end_quarter + quarters
    renewal = np.rint(4 * lines.duration_years)
    carried = np.where(reached >= t_c - 1, reached, reached + renewal)
    ends = (
        np.where(concerned, carried, lines.end_quarter),
        np.where(concerned, lines.end_quarter + renewal, lines.end_quarter),
    )
    part = np.where(concerned, part, 1.0)
    halves = [_share_of(lines, weight, end) for weight, end in zip((part, 1 - part), ends, strict=True)]
    names = ("entity", "spend", "moved", "end_quarter", "duration_years", "contracts")
    return Lines(*(np.concatenate([getattr(half, name) for half in halves]) for name in names))


def _largest_first(lines: Lines, concerned: np.ndarray, share: float) -> Floats:
    """Give the part of each line extended, when a share of the contracts concerned is, by falling mean spend."""
    n = np.where(concerned, lines.contracts, 0.0)
    order = np.argsort(-np.where(concerned, lines.spend / np.maximum(n, 1.0), -1.0), kind="stable")
    left = share * n.sum() - (np.cumsum(n[order]) - n[order])
    part = np.zeros(len(n))
    part[order] = np.clip(left, 0.0, n[order]) / np.maximum(n[order], 1.0)
    return part


def _share_of(lines: Lines, weight: Floats, ends: Floats) -> Lines:
    keep = weight > 0
    return replace(
        lines, entity=lines.entity[keep], spend=(lines.spend * weight)[keep], moved=(lines.moved * weight)[keep],
        end_quarter=ends[keep], duration_years=lines.duration_years[keep], contracts=(lines.contracts * weight)[keep],
    )  # fmt: skip
