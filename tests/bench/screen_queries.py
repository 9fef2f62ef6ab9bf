"""The queries of each screen, on the demonstration of ``BENCH_ROWS`` lines and on copies of it; memory of a session."""

import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlparse

import duckdb
from playwright.sync_api import Browser

from mutualis import demo, load, queries, warehouse
from mutualis.queries import Filters

Asked = tuple[str, dict[str, object]]
AS_OF = {"as_of": demo.AS_OF}
SMALL = {"threshold": 25000}
PAGE: dict[str, object] = {"below": None, "sort": "counted_desc", "limit": 50, "offset": 0}
SCREENS: dict[str, list[Asked]] = {
    "Vue d'ensemble": [
        ("totals", {}), ("spend_splits", {}), ("spend_by_buyer", {}), ("spend_by_month", {}),
    ],
    "Territoires": [("spend_by", {"by": "commune"}), ("buyer_points", {"limit": 2000})],
    "Familles": [("totals", {}), ("spend_by_cpv", {})],
    "Familles, matrice": [("matrix_cells", {"n_buyers": 40, "n_segments": 25})],
    "Familles, potentiel": [("segment_supply", {}), ("segment_buyers", {})],
    "Fournisseurs": [("shared_suppliers", {"limit": 500, "n_largest": 18, "persons": False}), ("supplier_links", {"n_places": 14})],
    "Échéancier": [("schedule_totals", AS_OF), ("schedule_contracts", AS_OF | {"months": None, "limit": 300})],
    "Échéancier, fenêtre": [("schedule_segments", AS_OF | {"months": 12})],
    "Petits achats": [("small_totals", SMALL), ("small_split", SMALL | {"by": "buyer", "limit": 20})],
    "Petits achats, achats répétés": [("small_repeats", SMALL | AS_OF)],
    "Lignes": [("spend_rows_count", {"search": None, "below": None}), ("spend_rows", PAGE | {"search": None})],
    "Lignes, recherche": [("spend_rows_count", {"search": "nettoyage", "below": None}), ("spend_rows", PAGE | {"search": "nettoyage"})],
    "Simulateur": [("scenario_lines", {}), ("scenario_buyers", {}), ("scenario_segments", {})],
}  # fmt: skip
PERIMETERS = (
    Filters(), Filters(regions=("93",)), Filters(regions=("27",), start=date(2024, 1, 1)),
    Filters(regions=("93", "27"), start=date(2023, 1, 1), end=date(2025, 12, 31)),
)  # fmt: skip
PATHS = ("", "territoires", "familles", "fournisseurs", "echeancier", "petits-achats", "simulateur")
SESSIONS = 8


def demo_home(folder: Path, rows: int) -> Path:
    """Import the demonstration; give its home."""
    home, source = folder / "demo", folder / "demo_files"
    source.mkdir()
    files = demo.generate(source, rows=rows)
    load.import_files(home, [file for file in files if file.suffix == ".parquet"], as_of=demo.AS_OF, is_demo=True)
    return home


def multiply(home: Path, copies: int) -> None:
    """Repeat the lines of a version, each copy a day later than the one before, and add them up again."""
    path = home / "versions" / f"{warehouse.current_version(home)}.duckdb"
    with duckdb.connect(str(path), config=warehouse.CONNECTION) as con:
        warehouse.silence(con)
        con.execute("create temp table line as from spend_fact")
        for copy in range(1, copies):
            con.execute(
                "insert into spend_fact select * replace (spend_id + $copy::bigint * 1000000000 as spend_id, contract_id || '-' || $copy as contract_id, "
                "notified_on + $copy::integer as notified_on, ends_on + $copy::integer as ends_on) from line",
                {"copy": copy},
            )
        for _ in warehouse.run_folder(con, "sums"):
            pass


def screen_times(home: Path) -> Iterator[tuple[str, float, float]]:
    """Give, for each screen and nature of data, the median and the longest of its queries over some perimeters, in ms."""
    with warehouse.open_version(home) as con:
        for screen, asked in SCREENS.items():
            # the Échéancier is about contracts, whatever the nature chosen
            for grain in ("contract",) if screen.startswith("Échéancier") else ("contract", "payment"):
                taken = []
                for perimeter in PERIMETERS:
                    start = time.perf_counter()
                    for name, parameters in asked:
                        _ask(con.cursor(), name, replace(perimeter, grain=grain), parameters)
                    taken.append((time.perf_counter() - start) * 1000)
                yield (
                    f"{screen}, {'marchés' if grain == 'contract' else 'paiements'}",
                    statistics.median(taken),
                    max(taken),
                )


def _ask(cursor: duckdb.DuckDBPyConnection, name: str, perimeter: Filters, parameters: dict[str, object]) -> None:
    told = perimeter.parameters()
    if name.startswith("scenario"):
        told = {key: told[key] for key in ("grain", "regions", "start", "end")}
    queries.run(cursor, name, **told, **parameters)


def session_memory(browser: Browser, address: str) -> tuple[float, float]:
    """Open sessions that each see every screen; give the server's MiB before them, and per session."""
    server = _server(urlparse(address).port)

    def visit() -> None:
        page = browser.new_context().new_page()
        for path in PATHS:
            page.goto(f"{address}/{path}")
            page.wait_for_selector("h1")
            page.wait_for_timeout(1500)

    # what all sessions share is loaded by the first
    visit()
    before = _resident(server)
    for _ in range(SESSIONS):
        visit()
    return before, (_resident(server) - before) / SESSIONS


def _server(port: int | None) -> int:
    """Find the server's process by its port."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_text().split("\0")
        except OSError:
            continue
        if "--server.port" in words and str(port) in words:
            return int(folder.name)
    raise LookupError(port)


def _resident(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
