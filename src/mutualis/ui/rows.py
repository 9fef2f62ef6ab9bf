"""The rows behind any figure: one table, searched, sorted and paged by DuckDB, with its exports."""

from math import ceil

import pandas as pd
import streamlit as st

from mutualis import formats
from mutualis.config import settings
from mutualis.queries import PAGE_SIZE
from mutualis.ui import blocks, store
from mutualis.ui.blocks import Context
from mutualis.ui.row_columns import COLUMNS, SORTS, USUAL, masked, rows_table

CSV_ROWS = 200_000
TABLE_PIXELS = 440


def rows_view(context: Context) -> None:
    """Draw the rows of a page's perimeter.

    Args:
        context: the page's, or one whose filters say which rows are behind a figure.
    """
    search, sort, columns = _choices()
    found = context.ask("spend_rows_count", search=search).iloc[0]
    n_rows = int(found["n_rows"])
    if not n_rows:
        blocks.empty_state(
            "Aucune ligne ne répond à cette recherche dans ce périmètre\u202f: changez-la ou effacez-la."
        )
        return
    st.caption(
        f"**{formats.plural(n_rows, 'ligne', 'lignes')}**, dont {formats.count(found['n_counted'])} comptées dans les totaux\u202f: "
        f"{formats.euros(found['spend_eur'])}. Les montants écartés et les plafonds d'accords-cadres sont montrés, jamais comptés."
    )
    pages = ceil(n_rows / PAGE_SIZE)
    # another search is another widget: it starts at its first page
    key = f"page_lignes_{hash((context.dataset.version, context.filters, search, sort))}"
    number = int(st.session_state.get(key, 1))
    page = context.ask("spend_rows", search=search, sort=sort, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    blocks.grid(_readable(page, columns, context), TABLE_PIXELS)
    if pages > 1:
        st.pagination(pages, key=key)
    _exports(context, search, sort, n_rows)


def _choices() -> tuple[str | None, str, list[str]]:
    with st.container(horizontal=True, vertical_alignment="bottom", key="choix_lignes"):
        search = st.text_input(
            "Rechercher", key="recherche", bind="query-params", width=320,
            placeholder="Objet, entité, fournisseur, numéro", help="Les personnes physiques ne sont pas cherchées par leur nom",
        )  # fmt: skip
        sort = st.selectbox("Trier par", list(SORTS), format_func=SORTS.__getitem__, key="tri", bind="query-params",
                            persist_state="session", width=340)  # fmt: skip
        with st.popover("Colonnes"):
            columns = st.multiselect("Colonnes montrées", COLUMNS, USUAL, key="colonnes", persist_state="session",
                                     placeholder="Choisir des colonnes")  # fmt: skip
    return search.strip() or None, sort, columns or list(USUAL)


def _readable(rows: pd.DataFrame, columns: list[str], context: Context) -> pd.DataFrame:
    return rows_table(masked(rows, settings().show_natural_persons), columns, context.choices.segments)


def _exports(context: Context, search: str | None, sort: str, n_rows: int) -> None:
    note = blocks.export_note(context)

    def all_columns(limit: int) -> pd.DataFrame:
        rows = store.fetch(
            context.dataset, "spend_rows", context.filters, search=search, sort=sort, limit=limit, offset=0
        )
        return _readable(rows, list(COLUMNS), context)

    with st.container(horizontal=True, vertical_alignment="center", key="exports_lignes"):
        blocks.download("CSV", lambda: blocks.as_csv(all_columns(CSV_ROWS), note), "lignes.csv")
        blocks.download("XLSX", lambda: blocks.as_xlsx(all_columns(blocks.XLSX_ROWS), note), "lignes.xlsx")
        st.caption(_limits(n_rows))


def _limits(n_rows: int) -> str:
    said = "Exports\u202f: toutes les colonnes, recherche et tri appliqués"
    cut = [
        f"le {name} s'arrête aux {formats.count(limit)} premières lignes"
        for name, limit in (("classeur XLSX", blocks.XLSX_ROWS), ("CSV", CSV_ROWS))
        if n_rows > limit
    ]
    return f"{said}, toutes les lignes." if not cut else f"{said}\u202f; {', '.join(cut)}."
