"""Tables (CSV, Parquet, spreadsheets) into ``raw``: projected by DuckDB, never row by row."""

import csv

import duckdb
import pyarrow as pa
from duckdb import (
    CoalesceOperator,
    ColumnExpression,
    ConstantExpression,
    Expression,
    FunctionExpression,
    StarExpression,
)
from python_calamine import CalamineWorkbook

from mutualis.fields import FIELDS
from mutualis.sources import header
from mutualis.sources.mapping import Mapping
from mutualis.sources.raw import RAW_COLUMNS, add_reject
from mutualis.sources.source_file import SourceFile

ROW_NO = "mutualis row"
EXPORT_SUPPLIERS = (1, 2, 3)
# A modification of the official export: its amount, length, dates and number stand in columns of their own.
EXPORT_MODIFICATION = {
    "amount": ("montantModification",),
    "duration_months": ("dureeMoisModification",),
    "modification_id": ("idModification",),
    "notified_on": ("dateNotificationModificationModification", "dateNotificationModification"),
    "published_on": ("datePublicationDonneesModificationModification", "datePublicationDonneesModification"),
}
PLACEHOLDERS = ("", "CDL", "MQ", "NC")
TOTAL_LINE = r"(?i)^((sous|grand)[- ]?)?totaux?\b|^(sous|grand)[- ]total|^total\b"


def official_mapping(headers: tuple[str, ...]) -> Mapping:
    """Pair the columns of an official table by their exact names; those it lacks stay null."""
    exact = {field.name: next((alias for alias in field.aliases if alias in headers), None) for field in FIELDS}
    return Mapping({name: column for name, column in exact.items() if column is not None})


def read_mapped(con: duckdb.DuckDBPyConnection, source: SourceFile, file_no: int, mapping: Mapping) -> None:
    """Read a table through a mapping."""
    rows = _open(con, source, file_no)
    values: dict[str, Expression] = {name: ConstantExpression(value) for name, value in mapping.constants.items()}
    values |= {name: ColumnExpression(column).cast("VARCHAR") for name, column in mapping.columns.items()}
    if mapping.amount_unit == "kEUR" and "amount" in values:
        # the amount stays text: the loader reads « 12 k€ » as it reads « 12 € »
        values["amount"] = FunctionExpression("concat", values["amount"], ConstantExpression(" k€"))
    if source.kind == "generic" and "amount" in mapping.columns:
        rows = _set_aside(con, source, file_no, rows, mapping.columns["amount"])
    _insert(rows, file_no, mapping.grain, values)


def _set_aside(
    con: duckdb.DuckDBPyConnection, source: SourceFile, file_no: int, rows: duckdb.DuckDBPyRelation, amount: str
) -> duckdb.DuckDBPyRelation:
    """Reject what a home-made table holds beside its rows: totals, and its header again."""
    first_cell = CoalesceOperator(*[_text(column) for column in source.headers])
    is_header = CoalesceOperator(_text(amount) == ConstantExpression(amount), ConstantExpression(False))
    is_total = FunctionExpression("regexp_matches", first_cell, ConstantExpression(TOTAL_LINE)) & ~is_header
    for reason, condition in (("repeated_header", is_header), ("total_line", is_total)):
        for row_no, value in rows.filter(condition).select(ColumnExpression(ROW_NO), first_cell).fetchall():
            add_reject(con, file_no, row_no, value, reason)
    return rows.filter(~(is_header | is_total))


def read_export(con: duckdb.DuckDBPyConnection, source: SourceFile, file_no: int) -> None:
    """Read an official « ; » export: suppliers 1 to 3 and the modification stand in columns of one record."""
    rows = _open(con, source, file_no)
    base = {
        name: ColumnExpression(column).cast("VARCHAR")
        for name, column in official_mapping(source.headers).columns.items()
    }
    for number in EXPORT_SUPPLIERS:
        named = {
            "supplier_id": f"titulaire_id_{number}",
            "supplier_id_type": f"titulaire_typeIdentifiant_{number}",
            "supplier_name": f"titulaire_denominationSociale_{number}",
        }
        values = base | {name: ColumnExpression(column) for name, column in named.items() if column in source.headers}
        if number == 1:
            _insert(rows, file_no, "contract", values)
        elif named["supplier_id"] in source.headers:
            _insert(rows.filter(_is_said(named["supplier_id"])), file_no, "contract", values)
    changed = {
        name: next((column for column in columns if column in source.headers), None)
        for name, columns in EXPORT_MODIFICATION.items()
    }
    if changed["amount"] is not None:
        values = base | {name: ColumnExpression(column) for name, column in changed.items() if column is not None}
        _insert(rows.filter(_is_said(changed["amount"])), file_no, "contract", values)


def _is_said(column: str) -> Expression:
    return ~CoalesceOperator(ColumnExpression(column), ConstantExpression("")).isin(
        *[ConstantExpression(word) for word in PLACEHOLDERS]
    )


def _text(column: str) -> Expression:
    return FunctionExpression(
        "nullif", FunctionExpression("trim", ColumnExpression(column).cast("VARCHAR")), ConstantExpression("")
    )


def _insert(rows: duckdb.DuckDBPyRelation, file_no: int, grain: str, values: dict[str, Expression]) -> None:
    nothing = ConstantExpression(None).cast("VARCHAR")
    fixed = {
        "file_no": ConstantExpression(file_no),
        "row_no": ColumnExpression(ROW_NO),
        "grain": ConstantExpression(grain),
    }
    rows.select(*[(fixed | values).get(name, nothing).alias(name) for name in RAW_COLUMNS]).insert_into("raw")


def _open(con: duckdb.DuckDBPyConnection, source: SourceFile, file_no: int) -> duckdb.DuckDBPyRelation:
    """Give the rows with their number, blank ones left out."""
    # numbers that come with the scan: a window function would run on one core
    if source.form == "parquet":
        numbered = con.read_parquet(source.path.as_posix(), file_row_number=True).select(
            StarExpression(exclude=["file_row_number"]),
            (ColumnExpression("file_row_number") + ConstantExpression(1)).alias(ROW_NO),
        )
    else:
        if source.form == "sheet":
            _keep(con, con.from_arrow(_sheet(source)))
        else:
            _csv(con, source, file_no)
        numbered = con.table("table_rows").select(
            StarExpression(), (ColumnExpression("rowid") + ConstantExpression(1)).alias(ROW_NO)
        )
    return numbered.filter(CoalesceOperator(*[_text(column) for column in source.headers]).isnotnull())


def _keep(con: duckdb.DuckDBPyConnection, rows: duckdb.DuckDBPyRelation) -> None:
    con.register("incoming", rows)
    con.execute("create or replace temp table table_rows as from incoming")
    con.unregister("incoming")


def _sheet(source: SourceFile) -> pa.Table:
    rows = CalamineWorkbook.from_path(source.path.as_posix()).get_sheet_by_name(source.sheet).to_python()
    return _as_table(header.as_text_rows(rows)[source.header_line :], source.headers)


def _as_table(rows: list[tuple[str | None, ...]], headers: tuple[str, ...]) -> pa.Table:
    columns = [
        pa.array([row[place] if place < len(row) else None for row in rows], pa.string())
        for place in range(len(headers))
    ]
    return pa.table(columns, names=list(headers))


def _csv(con: duckdb.DuckDBPyConnection, source: SourceFile, file_no: int) -> None:
    con.execute("drop table if exists reject_errors")
    con.execute("drop table if exists reject_scans")
    rows = con.read_csv(
        source.path.as_posix(), delimiter=source.delimiter, skiprows=source.header_line, header=False, auto_detect=False,
        columns=dict.fromkeys(source.headers, "VARCHAR"), quotechar='"', escapechar='"', all_varchar=True,
        store_rejects=True, rejects_limit=0, encoding="utf-8",
    )  # fmt: skip
    # one pass: what it rejects is known only at its end
    _keep(con, rows)
    if mended := _mend(con, source, file_no):
        con.register("mended", _as_table(mended, source.headers))
        con.execute("insert into table_rows from mended")
        con.unregister("mended")


def _mend(con: duckdb.DuckDBPyConnection, source: SourceFile, file_no: int) -> list[tuple[str | None, ...]]:
    """Read again, leniently, the records that strict CSV refused; reject those that still do not fit."""
    mended: list[tuple[str | None, ...]] = []
    errors = con.execute("select distinct line, csv_line from reject_errors order by line").fetchall()
    for line, text in errors:
        for offset, physical in enumerate(text.splitlines()):
            cells = next(csv.reader([physical], delimiter=source.delimiter), [])
            if len(cells) != len(source.headers):
                # a lone quote swallowed separators: take it as a plain character
                cells = next(csv.reader([physical], delimiter=source.delimiter, quoting=csv.QUOTE_NONE), [])
            surplus = any(cell.strip() for cell in cells[len(source.headers) :])
            if surplus:
                add_reject(con, file_no, line + offset - source.header_line, physical, "malformed_row")
            elif any(cell.strip() for cell in cells):
                mended.append(tuple(cell or None for cell in cells[: len(source.headers)]))
    return mended
