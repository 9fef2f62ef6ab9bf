"""Petits achats: purchases under a threshold, those that a regional contract would absorb, the time they take."""

import streamlit as st

from mutualis.ui import blocks, small_purchases

context = small_purchases.on_payments(blocks.frame("Petits achats"))
with st.container(horizontal=True, key="choix_petits"):
    threshold = small_purchases.threshold_choice()
    levers = small_purchases.levers_in_use()
sizes = small_purchases.classes(context)
if not (sizes["size_class"] < threshold).any():
    blocks.empty_state(
        "Aucun achat sous ce seuil dans ce périmètre : relevez le seuil, élargissez la période ou retirez un filtre."
    )
    st.stop()

year = small_purchases.yearly(context, threshold)
small_purchases.figures(context, sizes, year, levers, threshold)
small_purchases.volumes(context, sizes, threshold)
small_purchases.repeats(context, year, levers)
