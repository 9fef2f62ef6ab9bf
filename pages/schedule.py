"""Échéancier: which contracts end together, and when a pool can start."""

import streamlit as st

from mutualis.ui import alignment, blocks, schedule

context = schedule.contracts_only(blocks.frame("Échéancier"))
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
else:
    alignment.alignment(context)
