"""Méthode: what the model computes, with which hypotheses, from what, and what it does not say."""

import streamlit as st

from mutualis.ui import method_views

st.title("Méthode")
model, levers, sources, words = st.tabs(["Le modèle", "Les leviers", "Sources et limites", "Glossaire"])
with model:
    method_views.formulas()
with levers:
    method_views.levers()
with sources:
    method_views.sources()
with words:
    method_views.glossary()
