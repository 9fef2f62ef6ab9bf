"""Familles d'achats: what is bought, who buys the same thing, what pooling it may bring."""

import streamlit as st

from mutualis.ui import blocks, families, handoff, moves, overlap, potential, prices, rows

context = blocks.frame("Familles d'achats")
view = families.view_choice()
if len(context.filters.segments) == 1:
    handoff.simulate_button("simuler_filtre", "Simuler ce segment")
if view == "lignes":
    rows.rows_view(context)
    st.stop()

tree = context.ask("spend_by_cpv")
if view == "rattachements":
    # the way back stays open in a perimeter that a move emptied
    moves.view(context, tree)
    st.stop()
if not tree["spend_eur"].gt(0).any():
    blocks.empty_state("Aucune dépense comptée dans ce périmètre : élargissez la période ou retirez un filtre.")
    st.stop()

if view in families.WITH_FIGURES:
    families.key_figures(context, tree)
if view == "repartition":
    families.spread(context, tree)
elif view == "abc":
    families.pareto(context, tree)
elif view == "tendance":
    families.trend(context)
elif view == "matrice":
    overlap.matrix(context)
elif view == "potentiel":
    potential.quadrants(context)
elif view == "degre":
    potential.levels(context)
elif view == "prix":
    prices.comparison(context)
