"""What the Échéancier draws: counters, the calendar of contracts, the segments that end together."""

import pandas as pd
import streamlit as st

from mutualis.config import settings
from mutualis.figures import schedule as figures
from mutualis.ui import blocks, filters, handoff, key_figures
from mutualis.ui import schedule_views as views
from mutualis.ui.blocks import Context
from mutualis.ui.components import chart
from mutualis.ui.components.bars import bars

VIEWS = {
    "calendrier": "Calendrier",
    "ensemble": "Fins communes",
    "fenetre": "Fenêtre de convergence",
    "lignes": "Lignes",
}
GROUPS = {"segment": "Par segment", "buyer": "Par entité"}
SHAPES = {"frise": "Frise", "tableau": "Tableau"}
UNTIL = {0: "Toutes", 6: "6 mois", 12: "12 mois", 18: "18 mois", 24: "24 mois"}
BARS_DRAWN, ROWS_LISTED, DEFAULT_MONTHS = 30, 500, 18


def ask(context: Context, name: str, **parameters: object) -> pd.DataFrame:
    """Run a query that counts from the data's date."""
    return context.ask(name, as_of=context.dataset.as_of, **parameters)


def counters(context: Context, totals: pd.Series) -> None:
    """Draw the counters of ends."""
    key_figures.draw(context, schedule_totals=views.key_figures(totals))


def view_choice() -> str:
    """Let the user choose the calendar or the window; kept in the URL."""
    chosen = st.segmented_control("Vue", list(VIEWS), default="calendrier", required=True, format_func=VIEWS.__getitem__, key="echeances",
                                  bind="query-params", persist_state="session", label_visibility="collapsed")  # fmt: skip
    return chosen or "calendrier"


def calendar(context: Context) -> None:
    """Draw the largest contracts over time, or list them."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="choix_calendrier"):
        by = st.segmented_control("Regrouper", list(GROUPS), default="segment", required=True, format_func=GROUPS.__getitem__, key="regrouper",
                                  bind="query-params", persist_state="session")  # fmt: skip
        months = st.segmented_control("Échéances d'ici", list(UNTIL), default=0, required=True, format_func=UNTIL.__getitem__, key="terme",
                                      bind="query-params", persist_state="session")  # fmt: skip
        shape = st.segmented_control("Forme", list(SHAPES), default="frise", required=True, format_func=SHAPES.__getitem__, key="forme",
                                     bind="query-params", persist_state="session")  # fmt: skip
    rows = ask(context, "schedule_contracts", months=months or None, limit=ROWS_LISTED)
    hide, names = not settings().show_natural_persons, context.choices.segments
    if rows.empty:
        blocks.empty_state(
            "Aucun marché en cours n'a d'échéance ici\u202f: choisissez «\u202fToutes\u202f», ou élargissez le périmètre."
        )
        return
    if shape == "tableau":
        blocks.table(views.contracts_table(rows, names, hide), "echeancier", context, height=480)
        return
    shown = views.gantt_rows(rows.head(BARS_DRAWN), by or "segment", names, hide)
    with st.container(key="defile_frise"):
        chart.draw("gantt", figures.gantt(shown, context.dataset.as_of), blocks.export_note(context))
    st.caption(
        f"Les {len(shown)} plus gros marchés en cours du périmètre, groupes de plus gros montant d'abord. "
        "La couleur change avec le groupe. Une fin inconnue est montrée pendant quatre ans\u202f; un marché sans fin ni date n'a pas de place ici, il est "
        "compté plus haut. Tous les marchés sont dans la vue «\u202fLignes\u202f»."
    )


def ending_together(context: Context) -> None:
    """Rank the segments in which several entities' contracts end in the same months; a click filters."""
    months = int(
        st.slider(
            "Échéances d'ici (mois)",
            3,
            48,
            DEFAULT_MONTHS,
            3,
            key="mois",
            bind="query-params",
            persist_state="session",
            width=420,
        )
    )
    st.subheader(f"Quels segments se terminent ensemble d'ici {months} mois\u202f?")
    ranked = views.ending_bars(
        ask(context, "schedule_segments", months=months), context.choices.segments, context.filters.segments
    )
    if not ranked:
        blocks.empty_state(
            "Aucun segment n'a deux entités dont les marchés se terminent dans ce délai\u202f: allongez-le, ou élargissez le périmètre."
        )
        return
    bars(
        "fins_communes",
        ranked,
        title="Segments dont des marchés se terminent ensemble",
        note=blocks.export_note(context),
        on_click=lambda code: filters.toggle("segment", code),
    )
    st.caption(
        "Montant annuel des marchés qui se terminent dans ce délai, là où au moins deux entités sont concernées. Un clic filtre tous les écrans."
    )
    handoff.simulate_button("simuler_calendrier", grain="contract")
