"""JSON that is a table: a list of flat records, or one per line, as open-data portals export them."""

from pathlib import Path

import duckdb

# Names under which portals put each record: search results, API records, map layers.
WRAPPERS = ("record", "fields", "properties")


def to_parquet(path: Path, workdir: Path) -> Path | None:
    """Rewrite the records of a JSON as a table.

    Args:
        path: a UTF-8 JSON file: a list, one record per line, or one object that holds the list (``results``).
        workdir: where the table goes.

    Returns:
        A Parquet file, its rows in the order of the records; None when the file is no list of records.
    """
    table = workdir / f"{path.name}.parquet"
    with duckdb.connect() as con:
        try:
            rows = con.read_json(path.as_posix(), maximum_object_size=1 << 26, sample_size=-1)
            while (inside := _opened(rows)) is not None:
                rows = inside
            rows.write_parquet(table.as_posix())
        except duckdb.Error:
            return None
    return table


def _opened(rows: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation | None:
    """Take one wrapper off the records: a list in one object, or what stands under one name in each; None when there is none."""
    for column, kind in zip(rows.columns, rows.types, strict=True):
        inside = duckdb.FunctionExpression("unnest", duckdb.ColumnExpression(column))
        if kind.id == "list" and str(kind).startswith("STRUCT(") and rows.shape[0] == 1:
            return rows.select(inside.alias("record"))
        if kind.id == "struct" and column in WRAPPERS:
            return rows.select(inside)
    return None
