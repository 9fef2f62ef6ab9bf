"""The Simulateur: levers on the left, results on the right; the point at each move, intervals right after."""

import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mutualis import simulation
from mutualis.errors import ScenarioError
from mutualis.levers import REFERENCE
from mutualis.queries import Filters
from mutualis.scenario.break_even import break_even
from mutualis.scenario.engine import Simulation
from mutualis.scenario.intervals import intervals
from mutualis.scenario_file import Scenario
from mutualis.simulation import SpendBase
from mutualis.ui import blocks, lever_panel, override_table, result_cards, result_views, scenario_actions, store
from mutualis.ui.blocks import Context
from mutualis.ui.reference_gain import perimeter_of, unused_note

VIEWS = {
    "resultat": "Résultat",
    "entites": "Territoires et entités",
    "pme": "PME et charge de la PFRA",
    "sensibilite": "Sensibilité et souplesse",
    "familles": "Familles et segments",
}
# anchors of the page
LEVERS, RESULTS = "les-leviers", "les-resultats"
FIRST_VIEW = next(iter(VIEWS))
# lets the server send what is drawn before the draws take the processor
BREATH = 0.02


def perimeter_notes(filters: Filters) -> str:
    """Say in one sentence what the simulator makes of the filters."""
    types = "" if filters.buyer_types else "\u202f: services de l'État, établissements publics et partenaires invités"
    where = "" if filters.regions else " Sans région choisie, le scénario porte sur les deux régions pilotes."
    return f"Dépense classée, annualisée{types}.{where} {unused_note(filters)}".rstrip()


def scenario_on_screen(context: Context) -> Scenario:
    """Give the scenario that the filters, levers and own hypotheses make."""
    chosen = lever_panel.current()
    return Scenario("Scénario en cours", perimeter_of(context.filters), lever_panel.preset_of(chosen) or REFERENCE, chosen,
                    override_table.current(), dataset_version=context.dataset.version)  # fmt: skip


# a fragment of its own: what one does with a scenario is not drawn again at each move of a lever
@st.fragment
def above(context: Context) -> None:
    """Draw what one does with the scenario, and what it stands on."""
    scenario_actions.notices(context)
    with st.container(horizontal=True, vertical_alignment="center", key="actions_scenario"):
        st.caption(perimeter_notes(context.filters), width="stretch")
        scenario_actions.draw(context, scenario_on_screen(context))
        result_cards.explain(context)


# a fragment: a lever runs these lines again, not the filters, choices and totals above
@st.fragment
def live(context: Context) -> None:
    """Draw levers and results."""
    scenario = scenario_on_screen(context)
    left, right = st.columns([1, 3], gap="medium")
    try:
        base = store.spend_base(context.dataset, scenario.perimeter)
        found = simulation.run(base, scenario)
    except ScenarioError as error:
        with left, st.container(key="leviers"):
            lever_panel.panel(scenario, FIRST_VIEW)
        with right:
            blocks.empty_state(str(error))
    else:
        _results(context, scenario, base, found, left, right)
    # last: one entry in the browser's history once a slider rests, and nothing to do for the browser before it paints
    scenario_actions.write_address()


def _results(
    context: Context,
    scenario: Scenario,
    base: SpendBase,
    found: Simulation,
    left: DeltaGenerator,
    right: DeltaGenerator,
) -> None:
    """Draw all once it is computed, for the browser to paint at once; then what takes longer."""
    with right:
        # on a telephone the levers come first: a way to the results, and back
        st.html(f"<p class='jump' id='{RESULTS}'><a href='#{LEVERS}'>↑ Revenir aux leviers</a></p>")
        cards = st.empty()
        cards.html(result_cards.write(found, None, None))
        view = str(st.segmented_control("Vue des résultats", list(VIEWS), default=FIRST_VIEW, required=True, format_func=VIEWS.__getitem__,
                                        key="resultats", bind="query-params", persist_state="session", label_visibility="collapsed"))  # fmt: skip
    with left, st.container(key="leviers"):
        st.html(f"<p class='jump' id='{LEVERS}'><a href='#{RESULTS}'>↓ Voir les résultats</a></p>")
        lever_panel.panel(scenario, view)
    with right:
        result_views.draw(view, context, base, scenario, found)
        # the point is on screen: what takes longer follows, and the next move interrupts it
        time.sleep(BREATH)
        spans = intervals(found)
        cards.html(result_cards.write(found, spans, None))
        thresholds = break_even(found)
        cards.html(result_cards.write(found, spans, thresholds))
        result_views.draw_after(view, context, base, scenario, found, spans)
