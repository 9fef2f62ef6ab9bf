"""Small purchases: the agents' time their handling takes, and the work that replacing them gives the PFRA."""

from dataclasses import dataclass

from mutualis.levers import Levers
from mutualis.scenario.costs import WORKING_DAYS, YEARLY_HOURS


@dataclass(frozen=True)
class Handling:
    """Agents' time taken by a year's purchases: value (€/yr) and hours per year. Time, not cash."""

    value_eur: float
    hours: float


def handling(purchases: float, levers: Levers) -> Handling:
    """Value the handling of purchases, order by order.

    An order costs ``order_eur`` of agents' time; its hours are at the hourly cost of a procedure
    (``procedure_eur`` for ``procedure_days`` days).

    Args:
        purchases: per year.
        levers: values.

    Returns:
        The time taken.

    Example:
        >>> from mutualis.levers import preset
        >>> found = handling(1000, preset("central"))
        >>> found.value_eur, round(found.hours)
        (100000.0, 2874)

    Source: Sénat 2015, about 100 € an order, 6 k€ and 22 days a procedure; a labelled hypothesis.
    """
    value = purchases * levers.order_eur
    day_eur = levers.procedure_eur / levers.procedure_days if levers.procedure_days else 0.0
    return Handling(value, value / day_eur * YEARLY_HOURS / WORKING_DAYS if day_eur else 0.0)


@dataclass(frozen=True)
class PlatformLoad:
    """What contracts ask of the PFRA: agent-days in all, years at its full capacity, shares of one year's capacity.

    ``procedures_share`` and ``days_share`` are those of a steady year, each contract renewed when it ends.
    """

    days: float
    years: float
    procedures_share: float
    days_share: float


def platform_load(contracts: int, levers: Levers) -> PlatformLoad:
    """Compare the contracts to pass with what the PFRA can do.

    Args:
        contracts: regional contracts needed.
        levers: values: capacity in procedures and agents, days and duration of a framework.

    Returns:
        The load.

    Example:
        >>> from mutualis.levers import preset
        >>> platform_load(120, preset("central"))
        PlatformLoad(days=4800.0, years=2.341463414634146, procedures_share=0.3, days_share=0.5853658536585366)

    Source: design model F11; product, « capacité de la PFRA ».
    """
    days, capacity = contracts * levers.framework_days, levers.platform_agents * WORKING_DAYS
    by_procedures = contracts / levers.platform_procedures
    by_days = days / capacity if capacity else float("inf")
    return PlatformLoad(
        days, max(by_procedures, by_days), by_procedures / levers.framework_years, by_days / levers.framework_years
    )
