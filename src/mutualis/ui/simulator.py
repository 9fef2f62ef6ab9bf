"""The Simulateur: levers on the left, results on the right; the point at each move, intervals right after."""

import time

import streamlit as st

from mutualis import simulation
from mutualis.errors import ScenarioError
from mutualis.levers import PRESETS, REFERENCE, preset
from mutualis.queries import Filters
from mutualis.scenario.break_even import break_even
from mutualis.scenario.intervals import intervals
from mutualis.scenario_file import Scenario
from mutualis.ui import blocks, lever_panel, override_table, result_cards, result_views, scenario_actions, store
from mutualis.ui.blocks import Context
from mutualis.ui.reference_gain import perimeter_of

VIEWS = {
    "resultat": "Résultat",
    "entites": "Territoires et entités",
    "pme": "PME et charge de la PFRA",
    "sensibilite": "Sensibilité et souplesse",
    "familles": "Familles et segments",
}
# lets the server send what is drawn before the draws take the processor
BREATH = 0.02
UNUSED_FILTERS = ("epcis", "communes", "suppliers")


def perimeter_notes(filters: Filters) -> str:
    """Say in one sentence what the simulator makes of the filters."""
    types = "" if filters.buyer_types else "\u202f: services de l'État, établissements publics et partenaires invités"
    where = "" if filters.regions else " Sans région choisie, le scénario porte sur les deux régions pilotes."
    unused = any(getattr(filters, name) for name in UNUSED_FILTERS)
    rest = " Les filtres par intercommunalité, commune et fournisseur ne s'appliquent pas ici." if unused else ""
    return f"Dépense classée, annualisée{types}.{where}{rest}"


# a fragment: a slider runs these lines again, not the filters, choices and totals above
@st.fragment
def live(context: Context) -> None:
    """Draw levers and results."""
    st.caption(perimeter_notes(context.filters))
    scenario_actions.notices(context)
    above = st.container(horizontal=True, vertical_alignment="bottom", key="actions_scenario")
    left, right = st.columns([1, 3], gap="medium")
    with left, st.container(key="leviers"):
        chosen = lever_panel.panel()
    with above:
        lever_panel.actions()
    overrides = override_table.current()
    base_name = next((name for name in PRESETS if preset(name) == chosen), REFERENCE)
    scenario = Scenario("Scénario en cours", perimeter_of(context.filters), base_name, chosen, overrides,
                        dataset_version=context.dataset.version)  # fmt: skip
    with right:
        try:
            base = store.spend_base(context.dataset, scenario.perimeter)
            found = simulation.run(base, scenario)
        except ScenarioError as error:
            blocks.empty_state(str(error))
            return
        cards = st.empty()
        cards.html(result_cards.write(found, None, None))
        result_cards.explain(found, context)
        view = st.segmented_control("Vue des résultats", list(VIEWS), default="resultat", required=True, format_func=VIEWS.__getitem__,
                                    key="resultats", bind="query-params", persist_state="session", label_visibility="collapsed")  # fmt: skip
        result_views.draw(str(view), context, base, scenario, found)
        # the point is on screen: what takes longer follows, and the next move interrupts it
        time.sleep(BREATH)
        spans = intervals(found)
        cards.html(result_cards.write(found, spans, None))
        thresholds = break_even(found)
        cards.html(result_cards.write(found, spans, thresholds))
        result_views.draw_after(str(view), context, base, scenario, found, spans)
    with above:
        scenario_actions.draw(context, base, scenario)
