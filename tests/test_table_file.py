"""Tables as files: whole whatever their parts, readable by French spreadsheets, never a formula."""

import io

import openpyxl
import pandas as pd

from mutualis.exports.table_file import as_csv, as_xlsx

NOTE = "PACA · marchés notifiés 2022-2026"
FRAME = pd.DataFrame({
    "Entité": ["Préfecture du Var", '=HYPERLINK("x")', None], "Montant (€ HT)": [1234.5, -3.0, None],
    "Date": pd.to_datetime(["2024-02-29", None, "2025-01-31"]), "Durée (mois)": pd.Series([12, None, 48], dtype="Int64"),
})  # fmt: skip


def test_the_csv_of_a_table_is_the_same_in_one_or_several_parts():
    whole = as_csv([FRAME], NOTE).decode("utf-8-sig")
    assert whole == as_csv([FRAME.head(1), FRAME.tail(2)], NOTE).decode("utf-8-sig")
    assert whole.splitlines() == [
        "Entité;Montant (€ HT);Date;Durée (mois)",
        "Préfecture du Var;1234,5;29/02/2024;12",
        '"\'=HYPERLINK(""x"")";-3,0;;',
        ";;31/01/2025;48",
        "",
        f'"{NOTE}"',
    ]


def test_the_workbook_of_a_table_in_parts_keeps_every_row_and_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([FRAME.head(1), FRAME.tail(2)], NOTE)))
    rows = list(book["Données"].iter_rows(values_only=True))
    assert rows[0] == tuple(FRAME)
    assert [row[0] for row in rows[1:]] == ["Préfecture du Var", '\'=HYPERLINK("x")', None]
    assert [row[1] for row in rows[1:]] == [1234.5, -3, None]
    assert rows[1][2].date().isoformat() == "2024-02-29"
    assert book["Données"]["C2"].number_format == "dd/mm/yyyy"
    assert [row[3] for row in rows[1:]] == [12, None, 48]
    assert book["Périmètre"]["A2"].value == NOTE


def test_a_table_without_rows_still_has_its_headers():
    empty = FRAME.head(0)
    assert as_csv([empty], NOTE).decode("utf-8-sig").splitlines()[0] == ";".join(FRAME)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([empty], NOTE)))
    assert [cell.value for cell in book["Données"][1]] == list(FRAME)
