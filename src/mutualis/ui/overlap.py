"""« Qui achète la même chose ? »: the matrix of entities by segments, and what a click on it does."""

import pandas as pd
import streamlit as st

from mutualis import formats
from mutualis.figures.matrix import MEASURES, overlap_matrix, pairs_in_common
from mutualis.ui import blocks
from mutualis.ui.blocks import Context
from mutualis.ui.components import matrix as matrix_component

BUYERS, SEGMENTS, PAIRS = 40, 25, 200


def matrix(context: Context) -> None:
    """Draw the matrix, its measure chosen; a click filters an entity and a segment."""
    cells = context.ask("matrix_cells", n_buyers=BUYERS, n_segments=SEGMENTS)
    if cells.empty:
        blocks.empty_state("Aucune dépense classée dans un segment\u202f: élargissez le périmètre.")
        return
    has_prices = context.coverage("unit_price_share", 0.0) > 0
    measures = [name for name in MEASURES if has_prices or name != "prix"]
    chosen = st.segmented_control("Dans chaque case", measures, default="montants", required=True, format_func=lambda name: MEASURES[name].title,
                                  key="mesure", bind="query-params", persist_state="session") or "montants"  # fmt: skip
    if chosen == "prix":
        cells = cells.merge(context.ask("matrix_prices"), on=["buyer_key", "segment"], how="left")
        has_prices = bool(cells["price_index"].notna().any())
    drawn = overlap_matrix(cells, MEASURES[chosen], context.choices.segments)
    n_buyers, n_segments = len(drawn.buyers), len(drawn.segments)
    reading = (
        "bleu, moins cher que la moyenne du périmètre pour le même article\u202f; orange, plus cher"
        if chosen == "prix"
        else "des cases marquées qui se touchent sont un achat en commun possible"
    )
    st.caption(
        f"{formats.plural(n_buyers, 'entité', 'entités')} et {formats.plural(n_segments, 'segment', 'segments')}, les premiers par montant, rangés pour que ce qui se "
        f"ressemble se touche\u202f: {reading}. Un clic montre les lignes d'une entité dans un segment."
        + ("" if has_prices else " Pas d'indice de prix\u202f: ici, aucune quantité n'est connue.")
    )
    if n_buyers == 1 or n_segments == 1:
        st.info("Une seule entité ou un seul segment\u202f: retirez un filtre pour comparer.")
    # too wide for a telephone: it scrolls there
    with st.container(key="defile_matrice"):
        matrix_component.draw("matrice_achats", drawn, blocks.export_note(context), on_click=_choose,
                              alt=f"{drawn.title}\u202f; les tableaux ci-dessous donnent les mêmes chiffres")  # fmt: skip
    st.subheader("Les entités qui achètent le plus en commun")
    blocks.table(_pairs_table(cells), "achats_en_commun", context, height=320)
    st.subheader("La matrice en tableau")
    blocks.table(_cells_table(cells, context), "matrice_entites_segments", context, height=320)


def _choose(buyer: str, segment: str) -> None:
    st.session_state["acheteur"], st.session_state["segment"] = [buyer], [segment]
    st.session_state["vue_familles"] = "lignes"


def _pairs_table(cells: pd.DataFrame) -> pd.DataFrame:
    pairs = pairs_in_common(cells, PAIRS)
    return pd.DataFrame({
        "Entité": pairs["first"], "Autre entité": pairs["second"], "Segments en commun": pairs["n_common"],
        "Achats en commun (k€ HT)": (pairs["common_eur"] / 1e3).round(1),
    })  # fmt: skip


def _cells_table(cells: pd.DataFrame, context: Context) -> pd.DataFrame:
    ordered = cells.sort_values("spend_eur", ascending=False)
    prices = {"Indice de prix": ordered["price_index"].round(0)} if "price_index" in ordered else {}
    return pd.DataFrame({
        "Entité": ordered["buyer_name"], "Segment": ordered["segment"].map(context.choices.segments),
        "Dépenses (k€ HT)": (ordered["spend_eur"] / 1e3).round(1), "Lignes": ordered["n_rows"], **prices,
    })  # fmt: skip
