"""What pooling costs and what procedures it spares (F8, F11)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mutualis.scenario.arrays import Floats, floats

WORKING_DAYS = 205  # agent-days in a full-time year, design model F8
YEARLY_HOURS = 1607  # legal working year of the civil service, décret 2000-815


def full_time_equivalents(avoided: float, d_own: float) -> float:
    """F8: FTE freed, procedures avoided per year × days each / 205.

    Example:
        >>> full_time_equivalents(41.0, 10.0)
        2.0

    Source: design model F8.
    """
    return avoided * d_own / WORKING_DAYS


@dataclass(frozen=True)
class Schedule:
    """F11: when a framework is launched, renewed and running: 0/1 for each quarter 0…T−1."""

    launch: Floats
    renewal: Floats
    running: Floats


def cost_schedule(T: int, t_c: int, lead: int, D_pool: float) -> Schedule:
    """F11: launch at max(0, t_c − lead), renewal every 4·D_pool quarters after it, running from t_c on.

    Args:
        T: horizon (quarters).
        t_c: quarter in which the framework starts.
        lead: quarters of preparation.
        D_pool: duration of the framework (years).

    Returns:
        The schedule.

    Example:
        >>> schedule = cost_schedule(24, 3, 2, 4)
        >>> schedule.launch.nonzero()[0].tolist(), schedule.renewal.nonzero()[0].tolist()
        ([1], [17])

    Source: design model F11.
    """
    t = np.arange(T)
    since = t - max(0, t_c - lead)
    every = max(1, round(4 * D_pool))
    renewal = (since > 0) & (since % every == 0)
    return Schedule((since == 0).astype(float), renewal.astype(float), (t >= t_c).astype(float))


def framework_costs(
    schedule: Schedule,
    members: ArrayLike,
    lots: ArrayLike,
    k_fix: float,
    k_lot: float,
    k_mem: float,
    k_run: float,
) -> Floats:
    """F11: cost by quarter: k_fix + k_lot·L + k_mem·M at launch, without k_mem at renewal, k_run·L/4 running.

    Args:
        schedule: from ``cost_schedule``.
        members: active members M.
        lots: active lots L.
        k_fix, k_lot, k_mem: € per procedure, per lot, per member.
        k_run: € per lot and year.

    Returns:
        Cost (€, ≥ 0) by quarter on the last axis, one row per framework if M and L are lists.

    Example:
        >>> framework_costs(cost_schedule(4, 1, 1, 4), 3, 1, 8000, 2000, 500, 1500).tolist()
        [11500.0, 375.0, 375.0, 375.0]

    Source: design model F11.
    """
    members, lots = floats(members)[..., None], floats(lots)[..., None]
    again = k_fix + k_lot * lots
    cost = schedule.launch * (again + k_mem * members) + schedule.renewal * again + schedule.running * k_run * lots / 4
    return np.asarray(cost)
