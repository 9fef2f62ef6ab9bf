"""The Simulateur's results on screen, view by view."""

import streamlit as st

from mutualis import formats
from mutualis.figures import scenario as charts
from mutualis.scenario.engine import Simulation
from mutualis.simulation import SpendBase
from mutualis.ui import blocks
from mutualis.ui.blocks import Context
from mutualis.ui.components.chart import draw as draw_chart


def draw(context: Context, base: SpendBase, found: Simulation) -> None:
    """Draw the results of a simulation."""
    result, note = found.result, blocks.export_note(context)
    st.html(cards(found))
    for warning in result.warnings:
        st.markdown(f":orange-badge[Attention] {warning}")
    left, right = st.columns(2)
    with left:
        draw_chart("cascade", charts.waterfall(result.waterfall), note, height=300)
        draw_chart("gagnants", charts.winners_and_losers(result.by_buyer, base.buyer_names), note)
    with right:
        draw_chart(
            "tresorerie", charts.cash_chart(result.cash, base.first_quarter, result.payback_quarter), note, height=300
        )
        draw_chart("charge", charts.workload_chart(result.workload, base.first_quarter), note)
        draw_chart(
            "pme_segments",
            charts.sme_chart(result.small_firms, result.by_segment.code.tolist(), base.segment_names),
            note,
        )


def cards(found: Simulation) -> str:
    """Write the three lines that are never added."""
    result = found.result
    card = "<div class='card'><span>{}</span><strong>{}</strong><small>{}</small></div>"
    return (
        "<div class='cards'>"
        + "".join(
            [
                card.format(
                    "Économie achat, 12 mois",
                    formats.euros(result.purchase.twelve_months),
                    f"durée totale {formats.euros(result.purchase.full_term)}",
                ),
                card.format("Effet budgétaire, par an", formats.euros(result.budget.yearly), ""),
                card.format("Gain de gestion", f"{formats.decimal(result.process.fte)} ETP", "temps redéployable"),
            ]
        )
        + "</div>"
    )
