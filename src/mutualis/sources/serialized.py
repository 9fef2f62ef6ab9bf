"""Cells that hold a record or a list of records as text, as portals write them: « [{"id": "802…", "denominationSociale": "X"}] »."""

import duckdb
from duckdb import CaseExpression, ColumnExpression, ConstantExpression, Expression, FunctionExpression, StarExpression

from mutualis.sources.mapping import Mapping
from mutualis.sources.source_file import SourceFile

# What a cell under a field's header may bring, and the key it stands under.
PARTS = {
    "buyer_name": {"buyer_id": "id", "buyer_name": "nom"},
    "supplier_name": {
        "supplier_id": "id",
        "supplier_id_type": "typeIdentifiant",
        "supplier_name": "denominationSociale",
    },
    "place_code": {"place_code": "code", "place_type": "typeCode"},
}
STARTS = ("{", "[{")
RECORD = r"\{[^{}]*\}"
# Python quotes in its own way: 'X', "L'X", None.
VALUE = r"""'\s*:\s*(?:"([^"]*)"|'([^']*)'|([^"',}][^,}]*))"""


def unfold(
    rows: duckdb.DuckDBPyRelation, source: SourceFile, mapping: Mapping
) -> tuple[duckdb.DuckDBPyRelation, dict[str, Expression]]:
    """Give a table one row per supplier listed in a cell, and the fields read within cells.

    Args:
        rows: the table.
        source: the file it comes from, whose sample tells which columns hold records.
        mapping: which column is which field; a field with a column of its own is not read within another.
    """
    values: dict[str, Expression] = {}
    for name, keys in PARTS.items():
        column = mapping.columns.get(name)
        if column is not None and _holds_records(source, column):
            cell = _as_text(rows, column)
            found = FunctionExpression("regexp_extract_all", cell, ConstantExpression(RECORD))
            none = FunctionExpression("len", found) == ConstantExpression(0)
            records = CaseExpression(none | cell.isnull(), FunctionExpression("list_value", cell)).otherwise(found)
            unfolded = FunctionExpression("unnest", records).alias(column)
            rows = rows.select(StarExpression(exclude=[column]), unfolded)
            own = {field: key for field, key in keys.items() if field == name or field not in mapping.columns}
            values |= {field: _under(column, key, is_alone=field == name) for field, key in own.items()}
    return rows, values


def _holds_records(source: SourceFile, column: str) -> bool:
    place = source.headers.index(column)
    cells = [row[place] for row in source.sample if place < len(row)]
    return any(cell is not None and cell.startswith(STARTS) for cell in cells)


def _as_text(rows: duckdb.DuckDBPyRelation, column: str) -> Expression:
    cell = ColumnExpression(column)
    is_nested = rows.types[rows.columns.index(column)].id in ("list", "struct")
    return (FunctionExpression("to_json", cell) if is_nested else cell).cast("VARCHAR")


def _under(column: str, key: str, *, is_alone: bool) -> Expression:
    """Read a key of a cell; a cell that is no record is the field it stands under, and nothing else."""
    cell, pattern = ColumnExpression(column), ConstantExpression(f"'{key}{VALUE}")
    groups = [FunctionExpression("regexp_extract", cell, pattern, ConstantExpression(group)) for group in (1, 2, 3)]
    is_json = FunctionExpression("json_valid", cell) & _starts_with_brace(cell)
    return (
        CaseExpression(is_json, FunctionExpression("json_extract_string", cell, ConstantExpression(f"$.{key}")))
        .when(_starts_with_brace(cell), FunctionExpression("concat", *groups))
        .otherwise(cell if is_alone else ConstantExpression(None))
    )


def _starts_with_brace(cell: Expression) -> Expression:
    return FunctionExpression("starts_with", cell, ConstantExpression("{"))
