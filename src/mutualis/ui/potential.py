"""Where to pool first, and at what level: the potential of each segment, as the central levers see it."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from mutualis import formats, labels
from mutualis.figures.quadrant import quadrant
from mutualis.levers import preset
from mutualis.scenario.pooling_level import LEVELS
from mutualis.scenario.potential import potential
from mutualis.ui import blocks, filters, handoff, key_figures
from mutualis.ui.blocks import Context
from mutualis.ui.components import scatter
from mutualis.ui.potential_table import LEVEL_NAMES, level_table, potential_table, segment_facts, stock_of

QUADRANT_PIXELS = 520
CENTRAL = preset("central")
# a reason is a sentence, to be read in full
WIDTHS = {"Segment": 240, "Pourquoi": 670}
STATE_NOTE = "Sans filtre de type d'entité, seuls l'État et ses établissements sont comptés."
DAE_NOTE = "La DAE mesure 0,75\u202f% de la dépense, tous leviers confondus (2024)."


def _state_of(context: Context) -> Context:
    """Without a filter of type, keep the State and its bodies only."""
    types = context.filters.buyer_types or labels.STATE_TYPES
    return replace(context, filters=replace(context.filters, buyer_types=types))


def _facts(state: Context) -> pd.DataFrame:
    """Compute the facts of each segment."""
    supply = state.ask("segment_supply")
    pairs = state.ask("segment_buyers")
    return segment_facts(supply, potential(stock_of(pairs, supply), CENTRAL))


def _whose(context: Context) -> str:
    return "" if context.filters.buyer_types else STATE_NOTE


def _is_empty(facts: pd.DataFrame) -> bool:
    if facts.empty:
        blocks.empty_state("Aucune dépense classée de l'État dans ce périmètre\u202f: élargissez-le, retirez un filtre ou choisissez des types d'entités.")  # fmt: skip
    return facts.empty


def quadrants(context: Context) -> None:
    """Draw spend against fragmentation, bubbles being the gain; a click filters the segment."""
    state = _state_of(context)
    facts = _facts(state)
    if _is_empty(facts):
        return
    gain, moved = facts["gain"].clip(lower=0).sum(), facts["moved"].sum()
    yearly_gain = (
        "Gain annuel si tous les segments étaient mutualisés par région", formats.euros(gain),
        f"{formats.percent(gain / moved if moved else None)} de la dépense déplacée ({formats.euros(moved)} par an). {DAE_NOTE} {_whose(context)}",
        "pour chaque segment et chaque région, remise de volume (δ, λ centraux de la famille) sur la part déplacée (taux de mutualisation × "
        "adhésion × part mutualisable), moins la perte sur le volume laissé\u202f; hors achats déjà mutualisés, hors coûts, en régime établi. Les effets prix "
        "sont des hypothèses\u202f: aucun coefficient français n'est public. "
        f"{labels.YEARLY_BY_PERIOD} {labels.YEARLY_ELSEWHERE['period']}",
    )  # fmt: skip
    key_figures.draw(context, segment_buyers=[yearly_gain])
    if gain:
        _quadrant(state, facts)
    else:
        others = (
            ""
            if context.filters.buyer_types
            else " Pour compter d'autres entités que l'État, choisissez des types d'entités dans «\u202fFiltres\u202f»."
        )
        st.caption(f"Gain nul\u202f: dans ce périmètre, aucun segment n'est acheté par assez d'entités d'une même région pour qu'un regroupement rapporte.{others}")  # fmt: skip
    _simulate(context, facts)
    blocks.table(potential_table(facts, context.choices.segments), "potentiel_segments", state, height=380)


def _quadrant(state: Context, facts: pd.DataFrame) -> None:
    drawn = quadrant(facts, facts["segment"].map(state.choices.segments))
    with st.container(key="defile_quadrant"):
        scatter.draw("quadrant", drawn, blocks.export_note(state), height=QUADRANT_PIXELS, on_click=lambda code: filters.toggle("segment", code))  # fmt: skip
    st.caption(
        "Chaque bulle est un segment\u202f: à droite, une dépense éparpillée entre beaucoup d'entités\u202f; en haut, une grosse dépense\u202f; la surface "
        "est le gain attendu. Entités égales (N₁)\u202f: combien d'entités de même taille donneraient la même dispersion. Les traits sont les médianes\u202f: en haut à droite, à mutualiser d'abord."
    )


def _simulate(context: Context, facts: pd.DataFrame) -> None:
    ranked = facts.sort_values(["gain", "n_buyers", "spend"], ascending=False)["segment"].tolist()
    with st.container(horizontal=True, vertical_alignment="bottom", key="simuler"):
        code = st.selectbox("Segment à simuler", ranked, format_func=lambda code: context.choices.segments[code], width=360, key="segment_a_simuler")  # fmt: skip
        handoff.simulate_button("simuler_segment", "Simuler ce segment", segment=(code,))


def levels(context: Context) -> None:
    """Draw the degré de mutualisation observed and recommended of each segment, with its reasons."""
    facts = _facts(_state_of(context))
    if _is_empty(facts):
        return
    table = level_table(facts, context.choices.segments)
    chosen = st.pills("Degré recommandé", LEVEL_NAMES, selection_mode="multi", key="degre", bind="query-params")
    spend = facts.groupby(table["Recommandé"].to_numpy())["spend"].sum()
    st.markdown(" · ".join(
        f"**{name}**\u202f: {formats.plural(int((table['Recommandé'] == name).sum()), 'segment', 'segments')}, {formats.euros(spend.get(name, 0.0))} par an"
        for name in LEVEL_NAMES
    ))  # fmt: skip
    shown = table[table["Recommandé"].isin(chosen)] if chosen else table
    blocks.table(shown, "degres_de_mutualisation", context, height=560, widths=WIDTHS)
    st.caption(
        f"Observé\u202f: degré, groupement compris, qui porte la plus grande part des achats communs, s'ils font 10\u202f% de la dépense ({LEVELS[0].lower()} sinon). "
        "Déjà mutualisé\u202f: UGAP, DAE, PFRA et autres centrales, comme sur Vue d'ensemble\u202f; un groupement n'en est pas. "
        f"Recommandé\u202f: règles d'expert, à discuter avec les PFRA\u202f; le motif est dit pour chaque segment. {_whose(context)}"
    )
