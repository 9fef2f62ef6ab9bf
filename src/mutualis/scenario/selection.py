"""Choices under constraint: which categories in year 1 (F17)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import Bounds, LinearConstraint, milp

from mutualis.errors import ScenarioError
from mutualis.scenario.arrays import floats


@dataclass(frozen=True)
class Selection:
    """Categories chosen (positions), their value (€), and the optimality gap (0 is proven optimal)."""

    chosen: Sequence[int]
    value: float
    gap: float


def year_one(npv: ArrayLike, days: ArrayLike, procs: ArrayLike, cap_days: float, cap_procs: float) -> Selection:
    """F17: the categories of greatest total NPV under agent-days and procedures.

    Args:
        npv: net present value per category (€).
        days, procs: agent-days and procedures per category.
        cap_days, cap_procs: what the platform can do.

    Returns:
        The choice.

    Raises:
        ScenarioError: the solver found no choice.

    Example:
        >>> year_one([120e3, 95e3, 90e3], [80, 45, 50], [2, 1, 1], 100, 4).chosen
        [1, 2]

    Source: design model F17.
    """
    npv = floats(npv)
    rows = LinearConstraint(np.vstack([floats(days), floats(procs)]), ub=[cap_days, cap_procs])
    found = milp(-npv, constraints=rows, integrality=np.ones(len(npv)), bounds=Bounds(0, 1))
    if found.x is None:
        raise ScenarioError("Aucun choix de segments ne tient dans la capacité de la PFRA\u202f: relevez-la.")
    chosen = np.nonzero(found.x > 0.5)[0]
    return Selection(chosen.tolist(), float(npv[chosen].sum()), float(found.mip_gap))
