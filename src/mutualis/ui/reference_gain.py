"""What the reference scenario (central levers) would bring on a page's perimeter, in all and by place."""

import pandas as pd
import streamlit as st

from mutualis import formats
from mutualis.config import PILOT_REGIONS, PILOT_SHORT_NAMES
from mutualis.errors import ScenarioError
from mutualis.queries import Filters
from mutualis.scenario_file import Perimeter
from mutualis.simulation_report import Outcome
from mutualis.ui import key_figures, store
from mutualis.ui.blocks import Context
from mutualis.ui.handoff import simulate_button

FORMULA = (
    "économie achat sur 12 mois du scénario de référence (leviers centraux)\u202f: remises attendues sur les volumes mis en commun, moins la perte "
    "d'échelle sur le reste\u202f; 1 024 tirages des hypothèses donnent la fourchette (8 chances sur 10). Les effets de prix sont des hypothèses. "
    "Le Simulateur montre tous les leviers et leur source."
)


def perimeter_of(filters: Filters) -> Perimeter:
    """Give a scenario's perimeter as the bar of filters says it; no region chosen means the pilot regions."""
    return Perimeter(
        grain=filters.grain, regions=tuple(sorted(filters.regions or PILOT_REGIONS)), departments=filters.departments,
        buyer_types=filters.buyer_types, buyers=filters.buyers, families=filters.families, segments=filters.segments,
        start=filters.start, end=filters.end,
    )  # fmt: skip


def unused_note(filters: Filters) -> str:
    """Say which filters a scenario leaves out, if it does."""
    if not any((filters.epcis, filters.communes, filters.suppliers)):
        return ""
    return "Les filtres par intercommunalité, commune et fournisseur ne s'appliquent pas à un scénario."


def card(context: Context) -> None:
    """Draw the gain with its interval, and the way to the Simulateur."""
    perimeter = perimeter_of(context.filters)
    try:
        out = store.reference_outcome(context.dataset, perimeter)
    except ScenarioError as error:
        st.caption(str(error))
        return
    where = " + ".join(PILOT_SHORT_NAMES[code] for code in perimeter.regions)
    purchase, span = out.found.result.purchase, out.spans.purchase
    odds = (
        f"8 chances sur 10\u202f: {formats.span(span.p10, span.p90)}, médiane {formats.euros(span.p50)}"
        if span.p90 > span.p10
        else "rien à mettre en commun dans ce périmètre"
    )
    saving = (
        "Économie achat attendue, sur 12 mois", formats.euros(purchase.twelve_months),
        f"{odds} · scénario de référence, {where}", FORMULA,
    )  # fmt: skip
    key_figures.draw(context, scenario_lines=[saving])
    if note := unused_note(context.filters):
        st.caption(note)
    simulate_button("simuler_vue_ensemble")


def by_place(context: Context, filters: Filters, level: str) -> pd.Series:
    """Give the économie achat (€/yr) by place code; places without a buyer of the scenario are absent.

    Args:
        context: the page's.
        filters: its perimeter.
        level: ``department``, ``epci`` or ``commune``.
    """
    try:
        out: Outcome = store.reference_outcome(context.dataset, perimeter_of(filters))
    except ScenarioError:
        return pd.Series(dtype=float)
    rows = out.found.result.by_buyer
    place = pd.Series(out.base.buyer_places[level])
    gain = pd.Series(rows.gross + rows.residual, index=rows.code)[rows.spend > 0]
    return gain.groupby(place.reindex(gain.index)).sum()
