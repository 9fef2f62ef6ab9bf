"""The only caches: the connection to the version in use, and the results of queries."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import streamlit as st

from mutualis import levers, queries, simulation, simulation_report, warehouse
from mutualis.config import settings
from mutualis.queries import Filters
from mutualis.scenario_file import Perimeter, Scenario
from mutualis.scenario_store import ScenarioStore
from mutualis.simulation import SpendBase
from mutualis.simulation_report import Outcome
from mutualis.warehouse import Dataset

QUERY_RESULTS = 400


def current_dataset() -> Dataset:
    """Describe the version in use now: a version swapped in by another process is seen at the next run.

    Raises:
        WarehouseError: nothing was imported yet, or the version cannot be read.
    """
    home = settings().home
    version = warehouse.current_version(home)
    if version is None:
        warehouse.open_version(home)  # says what to do
    return _describe(home, str(version))


def former_dataset(dataset: Dataset) -> Dataset | None:
    """Describe the last version of the import before this one's, of the same nature (real or demo), if it is still kept."""
    older = [
        found
        for found in _kept(settings().home, dataset.version)
        if found.created_at < dataset.created_at
        and found.is_demo == dataset.is_demo
        and found.imported_as != dataset.imported_as
    ]
    return older[0] if older else None


def ask(dataset: Dataset, name: str, filters: Filters | None = None, **parameters: object) -> pd.DataFrame:
    """Run a query of ``sql/queries`` on a version, or give its former result.

    Args:
        dataset: the version the page shows.
        name: the query's name.
        filters: its perimeter, if it has one.
        **parameters: its other parameters.

    Returns:
        A frame of its own: it may be changed.
    """
    return _result(settings().home, dataset.version, name, filters, tuple(sorted(parameters.items())))


def spend_base(dataset: Dataset, perimeter: Perimeter) -> SpendBase:
    """Give what scenarios of a grain, regions and period work on, aggregated once.

    Raises:
        ScenarioError: no spend at all.
    """
    # the rest of the perimeter is cut in memory, at each move
    wide = Perimeter(perimeter.grain, perimeter.regions, start=perimeter.start, end=perimeter.end)
    return _spend_base(settings().home, dataset.version, wide, dataset.as_of)


def reference_outcome(dataset: Dataset, perimeter: Perimeter) -> Outcome:
    """Give the reference scenario (central levers) on a perimeter, or its former result.

    Raises:
        ScenarioError: no spend in the perimeter.
    """
    return _reference_outcome(settings().home, dataset.version, perimeter, dataset)


@st.cache_resource(max_entries=40, show_spinner=False)
def _reference_outcome(home: Path, version: str, perimeter: Perimeter, _dataset: Dataset) -> Outcome:
    reference = Scenario("Référence", perimeter, levers.REFERENCE, levers.preset(levers.REFERENCE), {})
    return simulation_report.outcome(spend_base(_dataset, perimeter), reference)


def scenarios() -> ScenarioStore:
    """Open the saved scenarios.

    Raises:
        ScenarioError: they cannot be reached.
    """
    return ScenarioStore(settings().scenarios_url)


@st.cache_resource(max_entries=12, show_spinner="Agrégation des dépenses…")
def _spend_base(home: Path, version: str, perimeter: Perimeter, as_of: date) -> SpendBase:
    cursor = _connection(home, version).cursor()
    found = queries.scenario_spend(cursor, perimeter.grain, perimeter.regions, perimeter.start, perimeter.end)
    return simulation.build_base(found, as_of)


def fetch_parts(dataset: Dataset, name: str, filters: Filters, **parameters: object) -> Iterator[pd.DataFrame]:
    """Run a query once and give its rows part by part, none kept: for exports, large and asked once."""
    cursor = _connection(settings().home, dataset.version).cursor()
    return queries.run_parts(cursor, name, **filters.parameters(), **parameters)


@st.cache_resource(max_entries=3, show_spinner=False)
def _connection(home: Path, version: str) -> duckdb.DuckDBPyConnection:
    return warehouse.open_version(home, version)


@st.cache_data(max_entries=8, show_spinner=False)
def _describe(home: Path, version: str) -> Dataset:
    return warehouse.describe(_connection(home, version).cursor())


@st.cache_data(max_entries=8, show_spinner=False)
def _kept(home: Path, version: str) -> list[Dataset]:
    # keyed by the version in use: the list can only change with it
    return warehouse.list_versions(home)


@st.cache_data(max_entries=QUERY_RESULTS, show_spinner=False)
def _result(
    home: Path, version: str, name: str, filters: Filters | None, parameters: tuple[tuple[str, object], ...]
) -> pd.DataFrame:
    perimeter = filters.parameters() if filters else {}
    # one cursor per query: DuckDB gives wrong results when two threads share one
    return queries.run(_connection(home, version).cursor(), name, **perimeter, **dict(parameters))
