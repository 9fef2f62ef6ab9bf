"""Blocks shared by the screens: the frame, tables with their exports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

import pandas as pd
import streamlit as st

from mutualis import formats, labels
from mutualis.errors import MutualisError
from mutualis.exports.table_file import XLSX_ROWS, as_csv, as_xlsx
from mutualis.figures.trend import complete_until
from mutualis.queries import Filters
from mutualis.ui import filters as filter_bar
from mutualis.ui import store
from mutualis.ui.filters import Choices
from mutualis.warehouse import Dataset

MIME = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
# of a table's row
ROW_PIXELS = 35
# rows that tell how many decimals a column has
STEPS_READ = 500


@dataclass(frozen=True)
class Context:
    """What a page shows: a version of the data, a perimeter, the labels of its codes."""

    dataset: Dataset
    filters: Filters
    choices: Choices

    def ask(self, name: str, **parameters: object) -> pd.DataFrame:
        """Run a query on this page's version and perimeter."""
        return store.ask(self.dataset, name, self.filters, **parameters)

    def coverage(self, column: str, unknown: object) -> Any:
        """Give what the whole version knows of this page's grain (a column of ``coverage.sql``)."""
        return store.ask(self.dataset, "coverage").set_index("grain")[column].get(self.filters.grain, unknown)

    def complete_until(self) -> pd.Timestamp:
        """Give the last day whose spend is all known."""
        return complete_until(self.filters.grain, self.dataset.as_of, self.coverage("last_on", pd.NaT))


def is_dark() -> bool:
    """Say whether the screen is dark: the colours of a figure do not follow the theme by themselves."""
    return st.context.theme.type == "dark"


def frame(title: str, *grains: str) -> Context:
    """Open a page: title, filters, perimeter, demo label. Stops the page when there is no data.

    Args:
        title: the screen's name.
        *grains: for a screen about one grain whatever the one chosen: the best first, then what replaces it.
    """
    st.title(title)
    try:
        dataset = store.current_dataset()
    except MutualisError as error:
        empty_state(str(error))
        st.stop()
    filters, found = filter_bar.bar(dataset, title)
    own = next((grain for grain in grains if grain in found.grains), filters.grain)
    note = "" if own == filters.grain else f"**Cet écran montre toujours les {labels.GRAINS[own].lower()}.** "
    filters = replace(filters, grain=own)
    st.caption(note + filter_bar.perimeter_sentence(dataset, filters, found))
    demo_label(dataset)
    return Context(dataset, filters, found)


def demo_label(dataset: Dataset) -> None:
    """Say that the data is synthetic, if it is."""
    if dataset.is_demo:
        st.html("<p class='demo'>Données de démonstration\u202f: fournisseurs, marchés et montants sont inventés.</p>")


def empty_state(text: str) -> None:
    """Say that there is nothing to show, and what to do."""
    with st.container(border=True, key="etat_vide"):
        st.markdown(f"**Rien à afficher.** {text}")


def table(
    frame: pd.DataFrame,
    name: str,
    context: Context,
    *,
    height: int | Literal["auto"] = "auto",
    widths: Mapping[str, int] = MappingProxyType({}),
) -> None:
    """Show a table with its CSV and XLSX exports.

    Args:
        frame: French headers, ready to read.
        name: of the files, without suffix.
        context: the page's: exports carry its perimeter and say when data is synthetic.
        height: as in ``grid``.
        widths: as in ``grid``.
    """
    if frame.empty:
        st.caption("Rien à lister dans ce périmètre.")
        return
    grid(frame, height, widths)
    note = export_note(context)
    with st.container(horizontal=True, key=f"exports_{name}"):
        download("CSV", lambda: as_csv([frame], note), f"{name}.csv")
        download("XLSX", lambda: as_xlsx([frame.head(XLSX_ROWS)], note), f"{name}.xlsx")
        if len(frame) > XLSX_ROWS:
            st.caption(f"Le classeur s'arrête à {formats.count(XLSX_ROWS)} lignes\u202f; le CSV les contient toutes.")


def grid(
    frame: pd.DataFrame,
    height: int | Literal["auto", "content"] = "auto",
    widths: Mapping[str, int] = MappingProxyType({}),
) -> None:
    """Show a table: figures as French readers write them, « n. d. » for what is unknown.

    Args:
        frame: French headers, ready to read.
        height: the most, in pixels, ``auto`` (ten rows) or ``content`` (all of a short table).
        widths: in pixels, by header of a text.
    """
    if isinstance(height, int) and ROW_PIXELS * (len(frame) + 1) < height:
        # empty rows would look like missing ones
        height = "content"
    figures = {
        name: st.column_config.NumberColumn(format="localized", step=_step(frame[name]))
        for name in frame.select_dtypes("number").columns
    }
    days = {name: st.column_config.DateColumn(format="DD/MM/YYYY") for name in frame.select_dtypes("datetime").columns}
    texts = {name: st.column_config.TextColumn(width=pixels) for name, pixels in widths.items()}
    st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        height=height,
        column_config=figures | days | texts,
        placeholder=formats.UNKNOWN,
    )


def _step(figures: pd.Series) -> float | None:
    """Give a column one number of decimals: « 18 » under « 22,6 » reads as another order of size."""
    known = figures.dropna().to_numpy(float)[:STEPS_READ]
    return next((10.0**-digits for digits in range(1, 5) if (known != known.round(digits - 1)).any() and (known == known.round(digits)).all()), None)  # fmt: skip


def export_note(context: Context) -> str:
    """Say on every export its perimeter, and that the data is synthetic if it is."""
    note = filter_bar.perimeter_sentence(context.dataset, context.filters, context.choices)
    return f"DONNÉES DE DÉMONSTRATION · {note}" if context.dataset.is_demo else note


def download(label: str, make: Callable[[], bytes], name: str) -> None:
    """Draw a button that makes a CSV or XLSX file when it is clicked.

    Args:
        label: the button's.
        make: makes the file.
        name: the file's, with its suffix.
    """
    mime = MIME[name.rpartition(".")[2]]
    st.download_button(
        label, make, name, mime, on_click="ignore", type="tertiary", icon=":material/download:", key=f"export_{name}"
    )
