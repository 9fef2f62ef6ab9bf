"""A logarithmic axis for ECharts that writes its ticks in French: ECharts groups thousands with commas."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, log
from typing import Any

TICK = {"type": "solid", "color": "#929292", "opacity": 0.25, "width": 1}


@dataclass(frozen=True)
class LogAxis:
    """An axis of logarithms.

    Attributes:
        option: the axis, its own labels hidden.
        ticks: lines for a series' ``markLine``, each with its text.
        at: the place of a value.
    """

    option: dict[str, Any]
    ticks: list[dict[str, Any]]
    at: Callable[[float], float]


def log_axis(side: str, name: str, low: float, high: float, write: Callable[[float], str], base: int = 10) -> LogAxis:
    """Make an axis from the power below the lowest value to the power above the highest.

    Args:
        side: ``xAxis`` or ``yAxis``.
        name: the axis' title, with its unit.
        low: lowest value, above 0.
        high: highest value.
        write: a value as text.
        base: of the powers that bear a tick.

    Examples:
        >>> axis = log_axis("yAxis", "€", 20.0, 3000.0, str)
        >>> axis.option["min"], axis.option["max"], axis.ticks[0]["label"]["formatter"]
        (1, 4, '10')
    """
    first = floor(log(low, base) + 1e-9)
    last = max(ceil(log(high, base) - 1e-9), first + 1)
    gap = 34 if side == "xAxis" else 66
    option = {
        "type": "value", "min": first, "max": last, "axisLabel": {"show": False}, "axisTick": {"show": False}, "splitLine": {"show": False},
        "axisLine": {"show": False}, "name": name, "nameLocation": "middle", "nameGap": gap,
    }  # fmt: skip
    ticks = [
        {side: power, "lineStyle": TICK, "label": {"show": True, "color": "#767676", "opacity": 1, "position": "start", "distance": 6, "formatter": write(float(base) ** power if power < 0 else base**power)}}
        for power in range(first, last + 1)
    ]  # fmt: skip
    return LogAxis(option, ticks, lambda value: round(log(value, base), 4))
