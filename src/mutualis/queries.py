"""One function per ``sql/queries/*.sql``: the only way screens, exports and the command line read a dataset.

Each takes a cursor of a read-only version and returns a DataFrame whose columns the SQL file states in its first
lines. Money comes as float64 (a screen's precision); what must reconcile to the cent does so in SQL.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

import duckdb
import pandas as pd

from mutualis.errors import WarehouseError
from mutualis.warehouse import SQL

DIMENSIONS = ("region", "department", "epci", "commune", "family", "segment", "buyer_type")
PAGE_SIZE = 50
PART_VECTORS = 2  # of 2,048 rows each


@dataclass(frozen=True)
class Filters:
    """A perimeter. Empty tuples and None mean « all ».

    Attributes:
        grain: ``contract`` or ``payment``; the two are never added.
        regions: buyer region codes.
        departments: buyer département codes.
        epcis: buyer EPCI codes.
        communes: buyer commune codes.
        buyer_types: codes of the buyer types.
        buyers: buyer keys.
        families: family codes.
        segments: segment codes.
        suppliers: supplier keys.
        start: first day of notification or payment, included.
        end: last day, included.
    """

    grain: str = "contract"
    regions: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    epcis: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    buyer_types: tuple[str, ...] = ()
    buyers: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None

    def parameters(self) -> dict[str, object]:
        """Give the values of the ``perimeter`` macro, null for « all »."""
        return {
            name: list(value) or None if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }


@cache
def query_text(name: str) -> str:
    """Give the SQL of a query: it is shown beside the figures it feeds.

    Raises:
        KeyError: no such query.
    """
    path = SQL / "queries" / f"{name}.sql"
    if not path.is_file():
        raise KeyError(name)
    return path.read_text(encoding="utf-8")


def query_names() -> list[str]:
    """List the queries, sorted."""
    return sorted(path.name.removesuffix(".sql") for path in (SQL / "queries").iterdir())


def run(cursor: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> pd.DataFrame:
    """Run a query by its name.

    Args:
        cursor: a cursor of its own (``connection.cursor()``), never shared by threads.
        name: a file of ``sql/queries``.
        **parameters: its named parameters.

    Returns:
        Its rows; DECIMAL columns become float64.
    """
    return cursor.execute(query_text(name), parameters or None).df()


def run_typed(cursor: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> pd.DataFrame:
    """Run a query with parameters that someone typed.

    Raises:
        WarehouseError: it has no answer for these values.
    """
    try:
        return run(cursor, name, **parameters)
    except duckdb.Error as error:
        why = str(error).splitlines()[0].partition(": ")[2]
        raise WarehouseError(f"« {name} » n'a pas de réponse pour ces paramètres : {why}.") from None


def run_parts(cursor: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> Iterator[pd.DataFrame]:
    """Run a query by its name and give its rows part by part, ``PART_VECTORS`` at a time (one empty part for no row).

    Args:
        cursor: as in ``run``.
        name: a file of ``sql/queries``.
        **parameters: its named parameters.
    """
    cursor.execute(query_text(name), parameters or None)
    part = cursor.fetch_df_chunk(PART_VECTORS)
    yield part
    while len(part := cursor.fetch_df_chunk(PART_VECTORS)):
        yield part


def totals(cursor: duckdb.DuckDBPyConnection, filters: Filters) -> dict[str, Any]:
    """Count and sum a perimeter (columns of ``totals.sql``)."""
    row = run(cursor, "totals", **filters.parameters()).to_dict("records")[0]
    return {str(name): None if pd.isna(value) else value for name, value in row.items()}


def spend_by(cursor: duckdb.DuckDBPyConnection, filters: Filters, by: str) -> pd.DataFrame:
    """Split a perimeter along one of ``DIMENSIONS``.

    Returns:
        code (null: unknown), spend_eur, n_rows, n_buyers, sme_share, local_share, small_share (shares of spend whose
        size or place is known), n_suppliers, supplier_hhi; the largest spend first.
    """
    return run(cursor, "spend_by", by=by, **filters.parameters())


def spend_by_buyer(cursor: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Split a perimeter by buyer: name, type, département, spend_eur, n_rows, n_suppliers, sme_share."""
    return run(cursor, "spend_by_buyer", **filters.parameters())


def spend_by_supplier(cursor: duckdb.DuckDBPyConnection, filters: Filters, limit: int = PAGE_SIZE) -> pd.DataFrame:
    """Split a perimeter by supplier, the largest first; natural persons carry ``is_sole_trader``."""
    return run(cursor, "spend_by_supplier", limit=limit, **filters.parameters())


def spend_by_month(cursor: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Split a perimeter by month of notification or payment (null: no date): month, spend_eur, n_rows."""
    return run(cursor, "spend_by_month", **filters.parameters())


def buyer_points(cursor: duckdb.DuckDBPyConnection, filters: Filters, limit: int = 2000) -> pd.DataFrame:
    """Place buyers at their commune: buyer_key, buyer_name, buyer_type, buyer_commune_code, spend_eur, n_rows."""
    return run(cursor, "buyer_points", limit=limit, **filters.parameters())


def supplier_flows(cursor: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Sum spend from buyer département to supplier département."""
    return run(cursor, "supplier_flows", **filters.parameters())


def spend_rows(
    cursor: duckdb.DuckDBPyConnection,
    filters: Filters,
    search: str | None = None,
    limit: int = PAGE_SIZE,
    offset: int = 0,
    sort: str = "counted_desc",
    below: float | None = None,
) -> pd.DataFrame:
    """Show the rows behind a figure.

    Args:
        cursor: as in ``run``.
        filters: the perimeter.
        search: a part of an object, a buyer's or a supplier's name, a contract's number; natural persons are not searched.
        limit: rows at most.
        offset: rows to skip.
        sort: an order that ``spend_rows.sql`` knows.
        below: counted amounts under it only (EUR), when given.
    """
    return run(
        cursor, "spend_rows", search=search or None, limit=limit, offset=offset, sort=sort, below=below, **filters.parameters()
    )  # fmt: skip


def options(cursor: duckdb.DuckDBPyConnection, limit: int = 500) -> dict[str, pd.DataFrame]:
    """List what filters can choose: ``buyers``, ``suppliers`` (the largest), ``segments``."""
    return {
        "buyers": run(cursor, "options_buyers"),
        "suppliers": run(cursor, "options_suppliers", limit=limit),
        "segments": run(cursor, "options_segments"),
    }


def coverage(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Tell, for each grain, the share of rows in which each field is known."""
    return run(cursor, "coverage")


def scenario_spend(
    cursor: duckdb.DuckDBPyConnection, grain: str, regions: tuple[str, ...], start: date | None, end: date | None
) -> dict[str, pd.DataFrame]:
    """Aggregate what scenarios work on: its size follows buyers, segments and quarters, never the number of rows.

    Returns:
        ``lines`` (annual spend by buyer, segment and quarter of end), ``buyers``, ``segments``, and ``known``, all the
        segments of the correspondence table with their labels.
    """
    asked = {"grain": grain, "regions": list(regions) or None, "start": start, "end": end}
    return {
        "lines": run(cursor, "scenario_lines", **asked),
        "buyers": run(cursor, "scenario_buyers", **asked),
        "segments": run(cursor, "scenario_segments", **asked),
        "known": run(cursor, "options_segments"),
    }


def quality_by_place(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Count and sum each grain by region and département."""
    return run(cursor, "quality_by_place")


def quality_flags(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Count flagged amounts, unknown places, categories, ends and dates for each grain."""
    return run(cursor, "quality_flags")


def file_reports(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Tell what became of each file's records: read = kept + quarantined + merged."""
    return run(cursor, "file_reports")


def reasons(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Count records by reason of quarantine or merge, with its label and remedy."""
    return run(cursor, "reasons")


def quarantine_rows(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """List the records set aside: file, row, column, value, reason, remedy."""
    return run(cursor, "quarantine_rows")
