"""The quality of a version as plain values, for nightly jobs."""

import json
from typing import Any

import duckdb
import pandas as pd

from mutualis import queries, warehouse


def report(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Count and sum a version by grain, region and département.

    Args:
        con: a version opened read-only.

    Returns:
        dataset_version, and for each grain: rows, counted_rows, spend_eur, regions, departments, flagged amounts by
        kind, flagged_eur, unknown places, categories, ends and dates.
    """
    places, flags = queries.quality_by_place(con.cursor()), queries.quality_flags(con.cursor())
    grains = {str(row["grain"]): _grain(row, places[places["grain"] == row["grain"]]) for row in records(flags)}
    return {"dataset_version": warehouse.describe(con).version, "grains": grains}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give a frame's rows as plain values: null for what is unknown, ISO dates."""
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", date_format="iso", double_precision=10))
    return rows


def _grain(flags: dict[str, Any], places: pd.DataFrame) -> dict[str, Any]:
    departments = places.drop(columns="grain")
    regions = departments.drop(columns="buyer_department_code").groupby("buyer_region_code", dropna=False).sum()
    return {
        "rows": int(places["n_rows"].sum()),
        "counted_rows": int(places["n_counted"].sum()),
        "spend_eur": round(float(places["spend_eur"].sum()), 2),
        "regions": records(regions.reset_index()),
        "departments": records(departments),
        "flagged": {name: flags[name] for name in ("absurd", "sentinel", "zero", "missing", "ambiguous")},
        **{name: value for name, value in flags.items() if name.startswith(("unknown", "dated", "flagged"))},
    }
