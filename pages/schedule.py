"""Échéancier: which contracts end together, and when a pool can start."""

import streamlit as st

from mutualis.ui import alignment, blocks, rows, schedule

context = blocks.frame("Échéancier", "contract")
if context.filters.grain != "contract":
    blocks.empty_state(
        "Ces données n'ont pas de marchés, et une dépense payée n'a pas d'échéance\u202f: importez des marchés (écran Données)."
    )
    st.stop()
totals = schedule.ask(context, "schedule_totals").iloc[0]
if not totals["n_contracts"]:
    blocks.empty_state("Aucun marché dans ce périmètre\u202f: élargissez la période ou retirez un filtre.")
    st.stop()

schedule.counters(context, totals)
view = schedule.view_choice()
if view == "calendrier":
    schedule.calendar(context)
elif view == "ensemble":
    schedule.ending_together(context)
elif view == "fenetre":
    alignment.alignment(context)
else:
    rows.rows_view(context)
