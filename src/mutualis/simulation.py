"""A scenario run on a dataset: what the screen, the command line and the exports all compute, to the cent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from mutualis import labels
from mutualis.errors import ScenarioError
from mutualis.levers import FAMILIES
from mutualis.scenario.cells import Cells, build_cells
from mutualis.scenario.engine import Simulation, simulate
from mutualis.scenario.membership import PARTNERS
from mutualis.scenario_file import Scenario


@dataclass(frozen=True)
class SpendBase:
    """What scenarios work on: aggregated cells, and the names of their codes.

    Attributes:
        cells: annual spend of the regions and period, all types of buyers.
        buyer_names, segment_names, family_names: label by code; every known segment and family is there.
        buyer_places: by ``department``, ``epci`` and ``commune``, the place's code by buyer.
        as_of: the data's day.
    """

    cells: Cells
    buyer_names: Mapping[str, str]
    segment_names: Mapping[str, str]
    family_names: Mapping[str, str]
    buyer_places: Mapping[str, Mapping[str, str]]
    as_of: date

    def segment_name(self, code: str) -> str:
        """Name a segment, or the family of lines that are known by it alone."""
        return self.segment_names.get(code, self.family_names.get(code, code))

    @property
    def first_quarter(self) -> tuple[int, int]:
        """Calendar year and quarter (1-4) of t = 0: the quarter after the data's date."""
        quarter = (self.as_of.month - 1) // 3 + 1
        return (self.as_of.year + 1, 1) if quarter == 4 else (self.as_of.year, quarter + 1)


def build_base(found: Mapping[str, pd.DataFrame], as_of: date) -> SpendBase:
    """Arrange what ``queries.scenario_spend`` found; the rest of a perimeter is cut in memory by ``run``.

    Args:
        found: frames ``lines``, ``buyers``, ``segments``, ``known``.
        as_of: the version's date.

    Returns:
        The base.

    Raises:
        ScenarioError: no spend at all.
    """
    buyers, known = found["buyers"], found["known"]
    return SpendBase(
        cells=build_cells(found["lines"], buyers, found["segments"]),
        buyer_names=dict(zip(buyers["buyer_key"], buyers["buyer_name"], strict=True)),
        segment_names=dict(zip(known["segment"], known["segment_label"], strict=True)),
        family_names=dict(zip(known["family"], known["family_label"], strict=True)),
        buyer_places={
            level: dict(zip(buyers["buyer_key"], buyers[f"{level}_code"], strict=True))
            for level in ("department", "epci", "commune")
        },
        as_of=as_of,
    )


def run(base: SpendBase, scenario: Scenario) -> Simulation:
    """Simulate a scenario.

    Args:
        base: of the scenario's grain, regions and period.
        scenario: the scenario.

    Returns:
        The point estimate and its pools; intervals, thresholds and contributions follow from it.

    Raises:
        ScenarioError: an empty perimeter, or hypotheses for a code that does not exist.
    """
    for code in scenario.overrides:
        if code not in FAMILIES and code not in base.segment_names:
            raise ScenarioError(f"«\u202f{code}\u202f» n'est ni une famille ni un segment d'achats connu.")
    return simulate(perimeter_cells(base, scenario), scenario.levers, scenario.overrides, base.first_quarter)


def perimeter_cells(base: SpendBase, scenario: Scenario) -> Cells:
    """Keep the scenario's perimeter: unless types are chosen, the State, its bodies and the partners invited.

    Raises:
        ScenarioError: nothing is left.
    """
    perimeter = scenario.perimeter
    types = perimeter.buyer_types or (*labels.STATE_TYPES, *PARTNERS[scenario.levers.partners])
    return base.cells.within(
        {
            "regions": perimeter.regions, "departments": perimeter.departments, "buyer_types": types, "buyers": perimeter.buyers,
            "families": perimeter.families, "segments": perimeter.segments,
        }
    )  # fmt: skip
