"""Petits achats: purchases under a threshold, those that a regional contract would absorb, the time they take."""

import streamlit as st

from mutualis.ui import blocks, rows, small_purchases

context = blocks.frame("Petits achats", "payment", "contract")
if context.filters.grain == "contract":
    small_purchases.not_in_the_data()
with st.container(horizontal=True, key="choix_petits"):
    threshold = small_purchases.threshold_choice()
    levers = small_purchases.levers_in_use()
totals = context.ask("small_totals", threshold=threshold).iloc[0]
if not totals["n_purchases"]:
    blocks.empty_state(
        "Aucun achat sous ce seuil dans ce périmètre\u202f: relevez le seuil, élargissez la période ou retirez un filtre."
    )
    st.stop()

small_purchases.figures(context, totals, levers, threshold)
view = small_purchases.view_choice()
if view == "volumes":
    small_purchases.volumes(context, threshold)
elif view == "repetes":
    small_purchases.repeats(context, threshold, levers)
else:
    rows.rows_view(context, below=threshold)
