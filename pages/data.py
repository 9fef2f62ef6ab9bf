"""Données: the version in use, imports, quality, quarantine, coverage by screen."""

import streamlit as st

from mutualis.errors import MutualisError
from mutualis.ui import blocks, importing, stock, store
from mutualis.warehouse import Dataset

VIEWS = {
    "jeu": "Jeu en service",
    "import": "Importer",
    "qualite": "Qualité",
    "quarantaine": "Quarantaine",
    "versions": "Versions",
}

st.title("Données")
dataset: Dataset | None = None
try:
    dataset = store.current_dataset()
except MutualisError as error:
    blocks.empty_state(str(error))
else:
    blocks.demo_label(dataset)

view = st.segmented_control("Vue", list(VIEWS), default="jeu" if dataset else "import", required=True, format_func=VIEWS.__getitem__,
                            key="vue", bind="query-params", label_visibility="collapsed")  # fmt: skip
if view == "import" or dataset is None:
    importing.form(dataset)
elif view == "jeu":
    stock.summary(dataset)
elif view == "qualite":
    stock.quality(dataset)
elif view == "quarantaine":
    stock.quarantine(dataset)
else:
    stock.versions(dataset)
