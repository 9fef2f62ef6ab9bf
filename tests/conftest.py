"""Shared fixtures: a version built from rows given by hand, and the real open data when it is there."""

import html
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from mutualis import demo, load, sources, warehouse

AS_OF = date(2026, 6, 30)
SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"

# A row that nothing is wrong with: each test changes what it is about.
SOUND_ROW = {
    "grain": "contract",
    "contract_id": "2025-001",
    "buyer_id": "21130055300016",
    "buyer_name": "Commune de Marseille",
    "supplier_id": "55204599900869",
    "supplier_name": "PAPETERIE DU MIDI",
    "supplier_size": "PME",
    "supplier_department_code": "13",
    "cpv_code": "30197630-1",
    "object": "Fourniture de papier",
    "amount": "12000.50",
    "notified_on": "2025-03-01",
    "duration_months": "24",
    "nature": "Marché",
    "procedure": "Procédure adaptée",
}

Build = Callable[..., duckdb.DuckDBPyConnection]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real open data; tests that need it are skipped where it is not."""
    if not SHARED_DATA.is_dir():
        pytest.skip("les données réelles ne sont pas à côté du dépôt")
    return SHARED_DATA


@pytest.fixture
def build() -> Iterator[Build]:
    """Build a version in memory: ``build(row, row, …)``, each row a change to the sound one.

    ``_file`` places a row in another file; rows of a file are numbered in order, unless ``_row`` says.
    """
    opened = []

    def from_rows(*changes: dict[str, object], check: bool = True) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect(config=warehouse.CONNECTION)
        opened.append(con)
        con.create_function("html_text", html.unescape, ["VARCHAR"], "VARCHAR")
        sources.create_raw_tables(con)
        load.create_file_table(con)
        counts: dict[int, set[int]] = {}
        for change in changes:
            row = SOUND_ROW | change
            file_no = int(str(row.pop("_file", 1)))
            row_no = int(str(row.pop("_row", len(counts.get(file_no, ())) + 1)))
            counts.setdefault(file_no, set()).add(row_no)
            columns = ["file_no", "row_no", *row]
            marks = ", ".join("?" for _ in columns)
            con.execute(f"insert into raw ({', '.join(columns)}) values ({marks})", [file_no, row_no, *row.values()])
        for file_no, rows in counts.items():
            con.execute("insert into file values (?, ?, 'generic', 'x', 0, ?)", [file_no, f"f{file_no}.csv", len(rows)])
        if check:
            load.build(con, AS_OF)
        return con

    yield from_rows
    for con in opened:
        con.close()


def only(con: duckdb.DuckDBPyConnection, query: str) -> dict[str, object]:
    """Run a query that must return one row; give it by column."""
    cursor = con.execute(query)
    rows = cursor.fetchall()
    assert len(rows) == 1, rows
    assert cursor.description is not None
    return dict(zip([column[0] for column in cursor.description], rows[0], strict=True))


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset's folder with a small demo."""
    home = tmp_path_factory.mktemp("home")
    folder = tmp_path_factory.mktemp("demo")
    demo.generate(folder, rows=8_000)
    load.import_files(home, [folder], as_of=demo.AS_OF, is_demo=True)
    return home
