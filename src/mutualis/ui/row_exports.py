"""The rows behind a figure as files: at once when they are few, with a progress bar when they are many."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mutualis import formats
from mutualis.config import settings
from mutualis.exports.table_file import CSV_ROWS, XLSX_ROWS, as_csv, as_xlsx
from mutualis.ui import blocks, store
from mutualis.ui.blocks import Context
from mutualis.ui.row_columns import COLUMNS, masked, rows_table

# written in about a second: no time to read a progress bar
SHORT_ROWS = 5_000
READY = "export_pret"
BAR_PIXELS = 460


class Kind(NamedTuple):
    """A kind of file: its name in a sentence, the rows it may hold, what writes it."""

    name: str
    most_rows: int
    write: Callable[[Iterable[pd.DataFrame], str], bytes]


KINDS = {"csv": Kind("CSV", CSV_ROWS, as_csv), "xlsx": Kind("classeur XLSX", XLSX_ROWS, as_xlsx)}


class Found(NamedTuple):
    """The rows found: what was searched, their order, the amount they are under (EUR), how many."""

    search: str | None
    sort: str
    below: float | None
    n_rows: int


@dataclass(frozen=True)
class Asked:
    """A file asked for."""

    context: Context
    found: Found
    suffix: str

    @property
    def kind(self) -> Kind:
        """What writes it."""
        return KINDS[self.suffix]

    @property
    def n_rows(self) -> int:
        """Its rows, cut where the kind of file stops."""
        return min(self.found.n_rows, self.kind.most_rows)

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it another file."""
        return self.context.dataset.version, self.context.filters, self.found, self.suffix

    def parts(self) -> Iterator[pd.DataFrame]:
        """Read it part by part, all columns, ready to be written."""
        search, sort, below, _ = self.found
        rows = store.fetch_parts(
            self.context.dataset, "spend_rows", self.context.filters, search=search, sort=sort, below=below, limit=self.n_rows, offset=0
        )  # fmt: skip
        return (readable(part, COLUMNS, self.context) for part in rows)

    def write(self, parts: Iterable[pd.DataFrame]) -> bytes:
        """Write its parts, with its perimeter, what was searched, and the amount that rows are under."""
        note = blocks.export_note(self.context)
        note += f" · recherche\u202f: {self.found.search}" if self.found.search else ""
        note += f" · montants de moins de {formats.count(self.found.below)} €" if self.found.below is not None else ""
        return self.kind.write(parts, note)


def readable(rows: pd.DataFrame, columns: Sequence[str], context: Context) -> pd.DataFrame:
    """Give rows with French headers, persons masked unless the settings show them."""
    return rows_table(masked(rows, settings().show_natural_persons), columns, context.choices.segments)


@st.fragment
def exports(context: Context, found: Found) -> None:
    """Draw the exports of the rows found; a long one is prepared first, and says how far it is.

    Args:
        context: the page's, or one whose filters say which rows are behind a figure.
        found: the rows.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="exports_lignes"):
        for suffix in KINDS:
            _export(Asked(context, found, suffix))
        st.caption(_limits(found.n_rows))


def _export(asked: Asked) -> None:
    """Draw the button of a file; a long one is first a button to prepare it, then its progress."""
    slot, file_name = st.empty(), f"lignes.{asked.suffix}"
    if asked.n_rows <= SHORT_ROWS:
        with slot:
            blocks.download(asked.suffix.upper(), lambda: asked.write(asked.parts()), file_name)
        return
    if slot.button(f"Préparer le {asked.kind.name}", type="tertiary", key=f"preparer_{asked.suffix}"):
        st.session_state[READY] = asked.identity, asked.write(_told(asked, slot))
    identity, content = st.session_state.get(READY, (None, b""))
    if identity == asked.identity:
        with slot:
            blocks.download(f"Télécharger le {asked.kind.name} prêt", lambda: content, file_name)


def _told(asked: Asked, slot: DeltaGenerator) -> Iterator[pd.DataFrame]:
    """Read a file's parts, and draw how many rows are done."""
    bar, n_done = (
        slot.progress(0.0, f"Préparation du {asked.kind.name}\u202f: lecture des lignes…", width=BAR_PIXELS),
        0,
    )
    for part in asked.parts():
        yield part
        n_done += len(part)
        bar.progress(
            min(n_done / asked.n_rows, 1.0),
            f"Préparation du {asked.kind.name}\u202f: {formats.count(n_done)} lignes sur {formats.count(asked.n_rows)}",
        )
    bar.progress(1.0, f"Préparation du {asked.kind.name}\u202f: enregistrement du fichier…")


def _limits(n_rows: int) -> str:
    said = "Exports\u202f: toutes les colonnes, recherche et tri appliqués"
    cut = [
        f"le {kind.name} s'arrête aux {formats.count(kind.most_rows)} premières lignes"
        for kind in KINDS.values()
        if n_rows > kind.most_rows
    ]
    return f"{said}, toutes les lignes." if not cut else f"{said}\u202f; {', '.join(cut)}."
