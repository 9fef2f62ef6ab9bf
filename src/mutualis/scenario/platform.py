"""The PFRA's workload: procedures it launches each quarter, and the agent-days they take."""

import numpy as np

from mutualis.scenario.costs import WORKING_DAYS, cost_schedule
from mutualis.scenario.pooling import Pooling
from mutualis.scenario.results import Workload


def workload(pooling: Pooling) -> Workload:
    """Count the PFRA's procedures by quarter: one per open category at launch, and at each renewal.

    Args:
        pooling: the pools.

    Returns:
        Procedures and agent-days by quarter, with the quarterly capacity of each.

    Source: design model F11; product, « charge de la PFRA ».
    """
    levers, T = pooling.levers, pooling.levers.horizon_quarters
    launches = pooling.category_launch[pooling.pools.is_open]
    procedures = np.zeros(T)
    for launch, count in zip(*np.unique(launches, return_counts=True), strict=True):
        schedule = cost_schedule(T, int(launch), levers.lead_quarters, levers.framework_years)
        procedures += count * (schedule.launch + schedule.renewal)
    return Workload(
        procedures=procedures,
        procedures_capacity=levers.platform_procedures / 4,
        days=procedures * levers.framework_days,
        days_capacity=levers.platform_agents * WORKING_DAYS / 4,
    )
