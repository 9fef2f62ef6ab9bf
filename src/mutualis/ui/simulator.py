"""The Simulateur: levers on the left, results on the right; the point at each move, intervals right after."""

import streamlit as st

from mutualis import simulation
from mutualis.config import PILOT_REGIONS
from mutualis.errors import ScenarioError
from mutualis.queries import Filters
from mutualis.scenario_file import Perimeter, Scenario
from mutualis.ui import blocks, lever_panel, result_views, store
from mutualis.ui.blocks import Context

VIEWS = {
    "resultat": "Résultat",
    "entites": "Territoires et entités",
    "pme": "PME et charge",
    "sensibilite": "Sensibilité",
    "familles": "Familles et segments",
}


def perimeter_of(filters: Filters) -> Perimeter:
    """Give the scenario's perimeter as the bar of filters says it; no region chosen means the pilot regions."""
    return Perimeter(
        grain=filters.grain, regions=tuple(sorted(filters.regions or PILOT_REGIONS)), departments=filters.departments,
        buyer_types=filters.buyer_types, buyers=filters.buyers, families=filters.families, segments=filters.segments,
        start=filters.start, end=filters.end,
    )  # fmt: skip


# a fragment: a slider runs these lines again, not the filters, choices and totals above
@st.fragment
def live(context: Context) -> None:
    """Draw levers and results."""
    lever_panel.actions()
    left, right = st.columns([1, 3], gap="medium")
    with left, st.container(key="leviers"):
        chosen = lever_panel.panel()
    scenario = Scenario("Scénario en cours", perimeter_of(context.filters), "central", chosen, {})
    with right:
        try:
            base = store.spend_base(context.dataset, scenario.perimeter)
            found = simulation.run(base, scenario)
        except ScenarioError as error:
            blocks.empty_state(str(error))
            return
        result_views.draw(context, base, found)
