"""Tables as files for French spreadsheets, written part by part: whoever gives the parts knows how far it is."""

import io
from collections.abc import Iterable

import pandas as pd
import xlsxwriter

from mutualis.exports.cells import harmless

CSV_ROWS, XLSX_ROWS = 200_000, 50_000


def as_csv(parts: Iterable[pd.DataFrame], note: str) -> bytes:
    """Write a table as CSV (« ; », decimal comma, UTF-8 mark), the perimeter on the last line.

    Args:
        parts: of one table, with the same headers; at least one.
        note: the perimeter, in words.
    """
    content = io.StringIO()
    for number, part in enumerate(parts):
        safe = part.apply(lambda column: column if _is_figures(column) else column.map(harmless))
        safe.to_csv(content, index=False, header=number == 0, sep=";", decimal=",", date_format="%d/%m/%Y")
    quoted = note.replace('"', '""')
    return f'\ufeff{content.getvalue()}\n"{quoted}"\n'.encode()


def as_xlsx(parts: Iterable[pd.DataFrame], note: str) -> bytes:
    """Write a table as a workbook, the perimeter on a sheet of its own.

    Args:
        parts: of one table, with the same headers; at least one.
        note: the perimeter, in words.
    """
    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet("Données")
        sheet.freeze_panes(1, 0)
        n_written = 0
        for part in parts:
            sheet.write_row(0, 0, part.columns, book.add_format({"bold": True}))
            for position, name in enumerate(part):
                sheet.write_column(n_written + 1, position, _cells(part[name]))
            n_written += len(part)
        sheet.autofit()
        about = book.add_worksheet("Périmètre")
        about.write_column(0, 0, ["Périmètre", note])
        about.autofit()
    return content.getvalue()


def _cells(column: pd.Series) -> list[object]:
    return [
        None if unknown else harmless(value)
        for value, unknown in zip(column.astype(object), column.isna(), strict=True)
    ]


def _is_figures(column: pd.Series) -> bool:
    return column.dtype.kind in "iufM"
