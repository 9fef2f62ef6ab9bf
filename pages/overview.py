"""Vue d'ensemble: how much, who, what; small purchases, SMEs, what is already pooled; the data's quality."""

import streamlit as st

from mutualis import formats, labels
from mutualis.figures.trend import TREND_PIXELS, hatched_note, monthly_bars
from mutualis.ui import blocks, filters, key_figures, reference_gain, store, views
from mutualis.ui.components import chart
from mutualis.ui.components.bars import bars

context = blocks.frame("Vue d'ensemble")
totals = context.ask("totals").iloc[0]
if not totals["n_rows"]:
    blocks.empty_state("Aucune ligne dans ce périmètre\u202f: élargissez la période ou retirez un filtre.")
    st.stop()

key_figures.draw(context, totals=views.key_figures(totals, context.filters.grain))

note = blocks.export_note(context)
splits = context.ask("spend_splits").set_index("dimension")
left, right = st.columns(2)
with left:
    st.subheader("Quoi\u202f? Les familles d'achats")
    bars("familles", views.bar_rows(splits[splits.index == "family"], "code", context.choices.families, labels.UNCLASSIFIED, context.filters.families),
         title="Dépenses par famille d'achats", note=note, on_click=lambda code: filters.toggle("famille", code))  # fmt: skip
with right:
    st.subheader("Qui\u202f? Les types d'entités")
    bars("types", views.bar_rows(splits[splits.index == "buyer_type"], "code", labels.BUYER_TYPES, "", context.filters.buyer_types),
         title="Dépenses par type d'entité", note=note, on_click=lambda code: filters.toggle("type", code))  # fmt: skip
    st.subheader("Où\u202f? Les départements")
    shown, others = views.largest(splits[splits.index == "department"], 14, "département", "départements")
    bars("departements", views.bar_rows(shown, "code", context.choices.departments, labels.UNPLACED,
         context.filters.departments), title="Dépenses par département", note=note, on_click=lambda code: filters.toggle("departement", code))  # fmt: skip
    if others:
        st.caption(others)

st.subheader("Les premières entités acheteuses")
blocks.table(views.buyers_table(context.ask("spend_by_buyer")), "entites_acheteuses", context, height=320)

st.subheader("Quand\u202f? Mois par mois")
trend, complete = context.ask("spend_by_month"), context.complete_until()
chart.draw("tendance", monthly_bars(trend, complete), note, height=TREND_PIXELS)
st.caption(hatched_note(context.filters.grain, complete))

st.subheader("Ce que mutualiser pourrait rapporter")
reference_gain.card(context)

st.subheader("Ce qui a changé")
if (former := store.former_dataset(context.dataset)) is None:
    st.markdown("Première version de ces données\u202f: rien à comparer.")
else:
    before = store.ask(former, "totals", context.filters).iloc[0]
    st.markdown(views.change_sentence(totals, before, former.version))

st.subheader("La qualité des données en un coup d'œil")
st.markdown(views.quality_sentence(store.ask(context.dataset, "coverage"), context.filters.grain, totals))
st.page_link("../../../pages/data.py", label="Voir l'écran Données")
st.caption(
    f"Montants hors taxes. {formats.plural(int(totals['n_flagged']), 'montant écarté', 'montants écartés')} des totaux."
)
