"""What one does with a scenario: share its link."""

from urllib.parse import urlencode

import streamlit as st

from mutualis.scenario.engine import Simulation
from mutualis.scenario_file import Scenario
from mutualis.simulation import SpendBase
from mutualis.ui.blocks import Context


def draw(context: Context, base: SpendBase, scenario: Scenario, found: Simulation) -> None:
    """Draw the actions."""
    with st.popover("Partager", icon=":material/link:"):
        st.caption("Ce lien rouvre ce scénario, filtres, leviers et hypothèses compris.")
        st.code(share_link(), language=None, wrap_lines=True)


def share_link() -> str:
    """Give the address that opens this scenario in another browser."""
    return f"{(st.context.url or '').split('?')[0]}?{urlencode(st.query_params.to_dict(), doseq=True)}"
