"""Every request passes here: page settings, navigation, then the page. A deep link on a cold server too."""

from pathlib import Path

import streamlit as st

from mutualis.ui import blocks, kept_choices, page_style

PAGES = Path(__file__).parents[3] / "pages"

st.set_page_config(page_title="Mutualis", page_icon="🟦", layout="wide", initial_sidebar_state="collapsed")
page_style.draw()
st.logo(Path(__file__).with_name("logo_dark.svg" if blocks.is_dark() else "logo.svg"), size="large")
page = st.navigation(
    [
        st.Page(PAGES / "overview.py", title="Vue d'ensemble", url_path="vue-ensemble", default=True),
        st.Page(PAGES / "territories.py", title="Territoires", url_path="territoires"),
        st.Page(PAGES / "families.py", title="Familles", url_path="familles"),
        st.Page(PAGES / "suppliers.py", title="Fournisseurs", url_path="fournisseurs"),
        st.Page(PAGES / "schedule.py", title="Échéancier", url_path="echeancier"),
        st.Page(PAGES / "small_purchases.py", title="Petits achats", url_path="petits-achats"),
        st.Page(PAGES / "simulator.py", title="Simulateur", url_path="simulateur"),
        st.Page(PAGES / "compare.py", title="Comparer", url_path="comparer"),
        st.Page(PAGES / "data.py", title="Données", url_path="donnees"),
        st.Page(PAGES / "method.py", title="Méthode", url_path="methode"),
    ],
    position="top",
)
kept_choices.enter(page.url_path)
page.run()
