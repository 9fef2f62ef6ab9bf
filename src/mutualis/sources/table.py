"""Tables (CSV, Parquet, spreadsheets) into ``raw``: projected by DuckDB, never row by row."""

from collections.abc import Iterable

import duckdb
from duckdb import (
    CaseExpression,
    CoalesceOperator,
    ColumnExpression,
    ConstantExpression,
    Expression,
    FunctionExpression,
    StarExpression,
)

from mutualis.fields import FIELDS
from mutualis.sources import numbered_rows, serialized
from mutualis.sources.mapping import Mapping, guess_mapping
from mutualis.sources.numbered_rows import ROW_NO
from mutualis.sources.raw import RAW_COLUMNS, add_reject
from mutualis.sources.reading_progress import Tell
from mutualis.sources.source_file import SourceFile

NO, NOTHING = ConstantExpression(False), ConstantExpression(None).cast("VARCHAR")
EXPORT_SUPPLIERS = (1, 2, 3)
EXPORT_SUPPLIER = {
    "supplier_id": "titulaire_id",
    "supplier_id_type": "titulaire_typeIdentifiant",
    "supplier_name": "titulaire_denominationSociale",
}
# A modification of the official export: its amount, length, dates and number stand in columns of their own.
EXPORT_MODIFICATION = {
    "amount": ("montantModification",),
    "duration_months": ("dureeMoisModification",),
    "modification_id": ("idModification",),
    "notified_on": ("dateNotificationModificationModification", "dateNotificationModification"),
    "published_on": ("datePublicationDonneesModificationModification", "datePublicationDonneesModification"),
}
UNIT_MARKS = {"kEUR": " k€", "MEUR": " M€"}
PLACEHOLDERS = ("", "CDL", "MQ", "NC")
TOTAL_WORD = r"(?i)^((sous|grand)[- ]?)?tota(l|ux)\b"
TOTAL_ALONE = TOTAL_WORD + r"([ :.€()/-]|g[ée]n[ée]ral|global|ht|ttc|eur|euros?|des|du|de|la|march[ée]s?|\d{4})*$"
# A supplier, not a sum.
TOTAL_FIRM = r"(?i)^total[ -]?(energ|énerg|direct|gaz|marketing|solar|access|oil|raffin)"
# What a total line has besides its label.
FIGURES = {"amount", "current_amount", "quantity", "unit_price", "offers_received", "duration_months"}


def official_mapping(source: SourceFile) -> Mapping:
    """Pair the columns of an official table by their exact names; home-made names beside them are guessed."""
    exact = {field.name: _column(source, field.aliases) for field in FIELDS}
    columns = {name: column for name, column in exact.items() if column is not None}
    guessed = guess_mapping(source.headers, source.sample).mapping.columns
    taken = set(columns.values())
    return Mapping({name: column for name, column in guessed.items() if column not in taken} | columns)


def _column(source: SourceFile, names: Iterable[str]) -> str | None:
    """Give the first of these names that is a column, whatever its case: portals put official names in small letters."""
    headers = {header.lower(): header for header in source.headers}
    return next((headers[name.lower()] for name in names if name.lower() in headers), None)


def read_mapped(con: duckdb.DuckDBPyConnection, source: SourceFile, file_no: int, mapping: Mapping, tell: Tell) -> None:
    """Read a table through a mapping."""
    rows = _open(con, source, file_no, tell)
    values: dict[str, Expression] = {name: ConstantExpression(value) for name, value in mapping.constants.items()}
    values |= {name: ColumnExpression(column).cast("VARCHAR") for name, column in mapping.columns.items()}
    if mapping.amount_unit in UNIT_MARKS and "amount" in values:
        # the amount stays text: the loader reads « 12 k€ » as it reads « 12 € »
        mark = ConstantExpression(UNIT_MARKS[mapping.amount_unit])
        values["amount"] = FunctionExpression("concat", values["amount"], mark)
    if source.form != "parquet" and "amount" in mapping.columns:
        rows = _set_aside(con, source, file_no, rows, mapping)
    rows, unfolded = serialized.unfold(rows, source, mapping)
    _insert(rows, file_no, mapping.grain, values | unfolded)


def _set_aside(
    con: duckdb.DuckDBPyConnection, source: SourceFile, file_no: int, rows: duckdb.DuckDBPyRelation, mapping: Mapping
) -> duckdb.DuckDBPyRelation:
    """Reject what a table holds beside its rows: its header again and, when it is home-made, totals."""
    first_cell = CoalesceOperator(*[_text(column) for column in source.headers])
    amount = mapping.columns["amount"]
    conditions = {"repeated_header": CoalesceOperator(_text(amount) == ConstantExpression(amount), NO)}
    if source.kind == "generic":
        conditions["total_line"] = _is_total(first_cell, mapping) & ~conditions["repeated_header"]
    kept = rows
    for reason, condition in conditions.items():
        for row_no, value in rows.filter(condition).select(ColumnExpression(ROW_NO), first_cell).fetchall():
            add_reject(con, file_no, row_no, value, reason)
        kept = kept.filter(~condition)
    return kept


def _is_total(first_cell: Expression, mapping: Mapping) -> Expression:
    """Tell a total from a firm called Total: its label or its amount says only that, or hardly another cell is filled."""
    words = [column for name, column in mapping.columns.items() if name not in FIGURES]
    # « Total : 73 243,56 » may stand in the column of amounts itself
    is_alone = _matches(first_cell, TOTAL_ALONE) | CoalesceOperator(
        _matches(_text(mapping.columns["amount"]), TOTAL_WORD), NO
    )
    if len(words) < 2:
        return is_alone
    one, zero = ConstantExpression(1), ConstantExpression(0)
    filled: Expression = zero
    for column in words:
        filled = filled + CaseExpression(_text(column).isnull(), zero).otherwise(one)
    is_bare = (filled <= one) & _matches(first_cell, TOTAL_WORD) & ~_matches(first_cell, TOTAL_FIRM)
    return is_alone | is_bare


def _matches(text: Expression, pattern: str) -> Expression:
    return FunctionExpression("regexp_matches", text, ConstantExpression(pattern))


def read_export(con: duckdb.DuckDBPyConnection, source: SourceFile, file_no: int, tell: Tell) -> None:
    """Read an official « ; » export: suppliers 1 to 3 and the modification stand in columns of one record."""
    rows = _open(con, source, file_no, tell)
    base: dict[str, Expression] = {
        name: ColumnExpression(column).cast("VARCHAR") for name, column in official_mapping(source).columns.items()
    }
    base["modification_id"] = ConstantExpression("0")
    for number in EXPORT_SUPPLIERS:
        named = {name: _column(source, [f"{column}_{number}"]) for name, column in EXPORT_SUPPLIER.items()}
        if named["supplier_id"] is None:
            continue
        supplier = {name: _cell(column) for name, column in named.items() if column is not None}
        # a record without any supplier is a record all the same
        carried = rows if number == 1 else rows.filter(_is_said(named["supplier_id"]))
        _insert(carried, file_no, "contract", base | supplier)
        changed, amount = _modification(source, base), _column(source, EXPORT_MODIFICATION["amount"])
        if amount is not None:
            carried = carried.filter(_is_said(amount))
            _insert(carried, file_no, "contract", base | supplier | changed)


def _modification(source: SourceFile, base: dict[str, Expression]) -> dict[str, Expression]:
    """Give the fields that a modification changes; what it does not say stays as it was, its date excepted."""
    told = {name: _column(source, columns) for name, columns in EXPORT_MODIFICATION.items()}
    former = base | {"modification_id": ConstantExpression("1"), "notified_on": NOTHING, "published_on": NOTHING}
    return {
        name: CaseExpression(_is_said(column), _cell(column)).otherwise(former.get(name, NOTHING))
        for name, column in told.items()
        if column is not None
    } | {name: former[name] for name in ("modification_id", "notified_on") if told[name] is None}


def _is_said(column: str) -> Expression:
    return ~CoalesceOperator(_cell(column), ConstantExpression("")).isin(
        *[ConstantExpression(word) for word in PLACEHOLDERS]
    )


def _cell(column: str) -> Expression:
    return ColumnExpression(column).cast("VARCHAR")


def _text(column: str) -> Expression:
    return FunctionExpression("nullif", FunctionExpression("trim", _cell(column)), ConstantExpression(""))


def _insert(rows: duckdb.DuckDBPyRelation, file_no: int, grain: str, values: dict[str, Expression]) -> None:
    fixed = {
        "file_no": ConstantExpression(file_no),
        "row_no": ColumnExpression(ROW_NO),
        "grain": ConstantExpression(grain),
    }
    rows.select(*[(fixed | values).get(name, NOTHING).alias(name) for name in RAW_COLUMNS]).insert_into("raw")


def _open(con: duckdb.DuckDBPyConnection, source: SourceFile, file_no: int, tell: Tell) -> duckdb.DuckDBPyRelation:
    """Give the rows with their number, blank ones left out."""
    # numbers that come with the scan: a window function would run on one core
    if source.form == "parquet":
        numbered = con.read_parquet(source.path.as_posix(), file_row_number=True).select(
            StarExpression(exclude=["file_row_number"]),
            (ColumnExpression("file_row_number") + ConstantExpression(1)).alias(ROW_NO),
        )
    elif source.form == "csv" and _scan(con, source):
        numbered = con.table("table_rows").select(
            StarExpression(), (ColumnExpression("rowid") + ConstantExpression(1)).alias(ROW_NO)
        )
    else:
        numbered_rows.pour(con, source, file_no, tell)
        numbered = con.table("table_rows")
    # a first cell that begins with a sign is not blank: nothing has to be trimmed to see it
    is_said = CoalesceOperator(ColumnExpression(source.headers[0]).cast("VARCHAR") >= ConstantExpression("!"), NO)
    return numbered.filter(is_said | CoalesceOperator(*[_text(column) for column in source.headers]).isnotnull())


def _scan(con: duckdb.DuckDBPyConnection, source: SourceFile) -> bool:
    """Read a well-formed CSV at full speed into ``table_rows``; False when a line of it is not."""
    scan = con.read_csv(
        source.path.as_posix(), delimiter=source.delimiter, skiprows=source.header_line, header=False, auto_detect=False,
        columns=dict.fromkeys(source.headers, "VARCHAR"), quotechar='"', escapechar='"', all_varchar=True, encoding="utf-8",
    )  # fmt: skip
    con.register("incoming", scan)
    try:
        con.execute("create or replace temp table table_rows as from incoming")
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        return False
    finally:
        con.unregister("incoming")
    # line ends that change after the header make DuckDB skip to the end of the file without a word
    first = con.table("table_rows").filter(CoalesceOperator(*[_text(name) for name in source.headers]).isnotnull())
    found = [tuple((cell or "").strip() or None for cell in row) for row in first.limit(1).fetchall()]
    expected = source.sample[0]
    return bool(found) and found[0][: len(expected)] == expected[: len(found[0])]
