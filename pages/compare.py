"""Comparer: saved scenarios side by side."""

import streamlit as st

from mutualis.errors import MutualisError
from mutualis.ui import blocks, comparison, filters, scenario_actions, store

st.title("Comparer")
try:
    dataset = store.current_dataset()
    saved = store.scenarios().all()
except MutualisError as error:
    blocks.empty_state(str(error))
    st.stop()
blocks.demo_label(dataset)
scenario_actions.last_message()
if not saved:
    blocks.empty_state("Aucun scénario enregistré\u202f: réglez les leviers du Simulateur, puis « Enregistrer ».")
    st.page_link("../../../pages/simulator.py", label="Ouvrir le Simulateur")
    st.stop()
if found := comparison.outcomes(dataset, comparison.choose(saved)):
    comparison.draw(dataset, found)
st.subheader("Tous les scénarios")
comparison.manage(saved, filters.choices(dataset, dataset.version).years)
