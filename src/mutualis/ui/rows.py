"""The rows behind any figure: one table, searched, sorted and paged by DuckDB, with its exports."""

from math import ceil

import streamlit as st

from mutualis import formats
from mutualis.queries import PAGE_SIZE
from mutualis.ui import blocks, row_exports
from mutualis.ui.blocks import Context
from mutualis.ui.row_columns import COLUMNS, SORTS, USUAL, WIDTHS
from mutualis.ui.row_exports import readable

TABLE_PIXELS = 440
NOT_COUNTED = "Les montants écartés et les plafonds d'accords-cadres sont montrés, jamais comptés."


def rows_view(context: Context, below: float | None = None) -> None:
    """Draw the rows of a page's perimeter.

    Args:
        context: the page's, or one whose filters say which rows are behind a figure.
        below: counted amounts under it only (EUR), when given.
    """
    search, sort, columns = _choices()
    found = context.ask("spend_rows_count", search=search, below=below).iloc[0]
    n_rows = int(found["n_rows"])
    if not n_rows:
        blocks.empty_state(
            "Aucune ligne ne répond à cette recherche dans ce périmètre\u202f: changez-la ou effacez-la."
        )
        return
    st.caption(
        f"**{formats.plural(n_rows, 'ligne', 'lignes')}**, dont {formats.count(found['n_counted'])} comptées dans les totaux\u202f: "
        f"{formats.euros(found['spend_eur'])}. {NOT_COUNTED if below is None else f'Seuls les achats comptés de moins de {formats.count(below)} € sont montrés.'}"
    )
    pages = ceil(n_rows / PAGE_SIZE)
    # another search is another widget: it starts at its first page
    key = f"page_lignes_{hash((context.dataset.version, context.filters, search, sort, below))}"
    number = int(st.session_state.get(key, 1))
    page = context.ask(
        "spend_rows", search=search, sort=sort, below=below, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
    )
    blocks.grid(readable(page, columns, context), TABLE_PIXELS, WIDTHS)
    if pages > 1:
        st.pagination(pages, key=key)
    row_exports.exports(context, row_exports.Found(search, sort, below, n_rows))


def _choices() -> tuple[str | None, str, list[str]]:
    with st.container(horizontal=True, vertical_alignment="bottom", key="choix_lignes"):
        search = st.text_input(
            "Rechercher", key="recherche", bind="query-params", width=320,
            placeholder="Objet, entité, fournisseur, numéro", help="Les personnes physiques ne sont pas cherchées par leur nom",
        )  # fmt: skip
        sort = st.selectbox("Trier par", list(SORTS), format_func=SORTS.__getitem__, key="tri", bind="query-params",
                            persist_state="session", width=400)  # fmt: skip
        with st.popover("Colonnes"):
            columns = st.multiselect("Colonnes montrées", COLUMNS, USUAL, key="colonnes", persist_state="session",
                                     placeholder="Choisir des colonnes")  # fmt: skip
    return search.strip() or None, sort, columns or list(USUAL)
