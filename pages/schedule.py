"""Échéancier: which contracts end together, and when a pool can start."""

import streamlit as st

from mutualis.ui import blocks, schedule

context = schedule.contracts_only(blocks.frame("Échéancier"))
totals = schedule.ask(context, "schedule_totals").iloc[0]
if not totals["n_contracts"]:
    blocks.empty_state("Aucun marché dans ce périmètre : élargissez la période ou retirez un filtre.")
    st.stop()

schedule.counters(context, totals)
if schedule.view_choice() == "calendrier":
    schedule.calendar(context)
else:
    schedule.alignment(context)
