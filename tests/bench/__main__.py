"""Print how fast the import, the queries and the screens are, as figures and as ratios to a plain reading.

Each line is the median of a few runs, or p50 / p95 of many moves, with its budget where one was set.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from playwright.sync_api import Browser, Page, sync_playwright

from mutualis import demo, queries, warehouse
from mutualis.queries import Filters
from tests.bench import scenario, screen_clicks, screen_queries
from tests.e2e.conftest import FLAGS, ROOT, start_server

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
# the demonstration's lines are repeated for the largest measure: 50 makes 50 M of 1 M; 1 leaves it out
COPIES = int(os.environ.get("BENCH_COPIES", "1"))
MOVES = 24
FIRST_SCREENS = 5
SCREEN: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "locale": "fr-FR"}


def seconds(run: Callable[[], object], times: int = 1) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def line(name: str, value: str, budget: str = "") -> None:
    print(f"{name:<58} {value:<28} {budget}", flush=True)


def make_files(folder: Path) -> tuple[Path, Path]:
    """Write the same contracts as Parquet and as CSV."""
    demo.generate(folder, rows=ROWS // 4)
    parquet, text = folder / "decp.parquet", folder / "decp.csv"
    with duckdb.connect() as con:
        con.execute(
            "copy (select * replace (id || '-' || i as id) from read_parquet($source), range(200) t(i) limit $rows) to "
            f"'{parquet}'",
            {"source": str(folder / "demo_marches.parquet"), "rows": ROWS},
        )
        con.execute(f"copy (from '{parquet}') to '{text}'")
    return parquet, text


def import_speed(path: Path, home: Path) -> tuple[float, int]:
    """Import in a process of its own; give seconds and peak memory in MiB."""
    code = (
        "import resource, sys, time; from pathlib import Path; from mutualis import load; start = time.perf_counter(); "
        "load.import_files(Path(sys.argv[1]), [sys.argv[2]]); "
        "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(home), str(path)], capture_output=True, text=True, check=True
    )
    taken, peak = done.stdout.split()
    return float(taken), int(peak)


def bench_imports(folder: Path, home: Path) -> None:
    parquet, text = make_files(folder)
    for name, path, reader, budget in (
        ("Parquet", parquet, "read_parquet", 200_000),
        ("CSV", text, "read_csv", 50_000),
    ):
        taken, peak = import_speed(path, home)
        with duckdb.connect() as con:
            plain = seconds(
                lambda con=con, path=path, reader=reader: con.execute(
                    f"create or replace table t as from {reader}('{path}')"
                )
            )
        line(f"import {name}, {ROWS:,} rows", f"{taken:.1f} s, {ROWS / taken:,.0f} rows/s", f"≥ {budget:,} rows/s")
        line("  against a plain read by DuckDB", f"× {taken / plain:.1f}")
        line("  peak memory", f"{peak} MiB", "≤ 2048 MiB")


def bench_queries(home: Path) -> None:
    with warehouse.open_version(home) as con:
        for name, run in {
            "totals": lambda: queries.totals(con.cursor(), Filters(regions=("93",))),
            "spend_by département": lambda: queries.spend_by(con.cursor(), Filters(families=("ENT",)), "department"),
            "spend_by commune": lambda: queries.spend_by(con.cursor(), Filters(families=("ENT",)), "commune"),
            "spend_rows, searched": lambda: queries.spend_rows(con.cursor(), Filters(), search="nettoyage"),
        }.items():
            line(f"query {name}", f"{seconds(run, 7) * 1000:.0f} ms")


def bench_screen_queries(folder: Path) -> None:
    home = screen_queries.demo_home(folder, ROWS)
    sizes = [(ROWS, "≤ 300 ms")]
    if COPIES > 1:
        sizes.append((ROWS * COPIES, "≤ 1000 ms"))
    for rows, budget in sizes:
        if rows > ROWS:
            screen_queries.multiply(home, COPIES)
        for name, median, longest in screen_queries.screen_times(home):
            line(f"{name}, {rows:,} rows, p50 / max", f"{median:.0f} / {longest:.0f} ms", budget)
        with open_app(home) as (launch, address):
            for name, taken in screen_clicks.click_times(launch().new_page(**SCREEN), address):
                line(f"{name}, {rows:,} rows, p50 / p95 / max", percentiles(taken, max(taken)), budget)


def percentiles(taken: list[float], *more: float) -> str:
    ordered = sorted(taken)
    shown = (statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))], *more)
    return " / ".join(f"{value:.0f}" for value in shown) + " ms"


# Watches the map's own count of paints: from the click to the frame after the one that painted.
REPAINT = """async (select) => {
  // looked for once: a walk through the document at each frame would be measured too
  const map = [...document.querySelectorAll('*')].map(n => n.shadowRoot?.querySelector('.map')).find(Boolean);
  const before = map.dataset.painted, start = performance.now();
  const target = document.querySelector(select);
  if (!target) throw new Error(`nothing at ${select}`);
  target.click();
  while (map.dataset.painted === before) {
    if (performance.now() - start > 5000) throw new Error(`no repaint after a click on ${select}`);
    await new Promise(requestAnimationFrame);
  }
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""


def moves(page: Page, selectors: list[str]) -> str:
    taken = []
    for number in range(MOVES):
        page.wait_for_timeout(350)
        taken.append(page.evaluate(REPAINT, selectors[number % len(selectors)]))
    return percentiles(taken[2:])


@contextmanager
def open_app(home: Path) -> Iterator[tuple[Callable[[], Browser], str]]:
    """Serve a dataset; give what launches a browser, and the address."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with start_server(home) as address, sync_playwright() as playwright:
        yield lambda: playwright.chromium.launch(executable_path=path, args=FLAGS), address


def bench_screens(home: Path) -> None:
    with open_app(home) as (launch, address):
        taken = []
        # the first of them warms the server
        for _ in range(FIRST_SCREENS + 1):
            browser = launch()
            page = browser.new_page(**SCREEN)
            taken.append(
                seconds(
                    lambda page=page: (
                        page.goto(address),
                        page.wait_for_selector(".figure strong"),
                        page.wait_for_selector("figure[data-painted]"),
                    )
                )
            )
            browser.close()
        line(
            "first screen, down to its trend, cold browser, p50 / max",
            f"{statistics.median(taken[1:]):.2f} / {max(taken[1:]):.2f} s",
            "≤ 2.5 s",
        )
        browser = launch()
        page = browser.new_page(**SCREEN)
        page.goto(f"{address}/territoires")
        page.wait_for_selector(".map[data-painted]")
        regions = [f".st-key-region button[data-variant=pills]{which}" for which in (":first-of-type", ":last-of-type")]
        line("filter → département map repainted, p50 / p95", moves(page, regions), "p95 ≤ 150 ms")
        page.goto(f"{address}/territoires?maille=Communes")
        page.wait_for_selector(".map[data-painted] canvas[role=img]")
        line("filter → commune map repainted, p50 / p95", moves(page, regions), "p95 ≤ 200 ms")
        taken = []
        for number in range(10):
            name = ("Vue d'ensemble", "Territoires")[number % 2]
            ready = (".figure strong", ".map[data-painted]")[number % 2]
            page.wait_for_timeout(400)
            taken.append(
                1000
                * seconds(
                    lambda name=name, ready=ready: (
                        page.get_by_role("link", name=name).click(),
                        page.wait_for_selector(ready),
                    )
                )
            )
        line("page switch, p50 / p95", percentiles(taken), "p95 ≤ 700 ms")
        page.goto(f"{address}/simulateur")
        point, intervals = scenario.slider_moves(page, MOVES)
        line("slider → figures, charts and map repainted, p50 / p95", percentiles(point), "p95 ≤ 120 ms")
        line("slider → intervals, p50 / p95", percentiles(intervals), "≤ 400 ms")
        before, each = screen_queries.session_memory(browser, address)
        line("memory: server once warm, then per session", f"{before:.0f} MiB, {each:.1f} MiB")
        browser.close()


def main() -> None:
    """Run the whole bench on a temporary dataset of ``BENCH_ROWS`` contracts."""
    print(f"{ROOT.name}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        for name, run, budget in scenario.model_runs():
            line(name, f"{seconds(run, 7) * 1000:.1f} ms", budget)
        bench_imports(Path(folder), home)
        bench_queries(home)
        bench_screen_queries(Path(folder))
        bench_screens(home)


if __name__ == "__main__":
    main()
