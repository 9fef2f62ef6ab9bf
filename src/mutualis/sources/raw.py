"""The ``raw`` and ``reject`` tables that every reader fills."""

import duckdb

from mutualis.fields import FIELD_NAMES

RAW_COLUMNS = ("file_no", "row_no", "grain", *FIELD_NAMES)


def create_raw_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create ``raw`` (one row per record × supplier × version, all text) and ``reject`` (records that do not split).

    Args:
        con: the connection to the version being built.
    """
    empty = con.sql("select 0::integer as file_no, 0::bigint as row_no, ''::varchar as grain limit 0")
    text = [duckdb.ConstantExpression("").alias(name) for name in FIELD_NAMES]
    empty.select(duckdb.StarExpression(), *text).create("raw")
    con.execute(
        "create table reject (file_no integer, row_no bigint, column_name varchar, value varchar, reason varchar)"
    )


def add_reject(con: duckdb.DuckDBPyConnection, file_no: int, row_no: int, value: str, reason: str) -> None:
    """Set a record aside before it could be split into fields."""
    con.execute(
        "insert into reject values ($file_no, $row_no, '', left($value, 500), $reason)",
        {"file_no": file_no, "row_no": row_no, "value": value, "reason": reason},
    )
