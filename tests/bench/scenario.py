"""The model at 60 segments × 300 buyers, and the Simulateur's slider."""

from collections.abc import Callable

import numpy as np
from playwright.sync_api import Page

from mutualis import levers
from mutualis.geography import departments
from mutualis.levers import FAMILIES
from mutualis.scenario.break_even import break_even
from mutualis.scenario.buyer_shares import buyer_shares
from mutualis.scenario.cells import Cells, build_cells
from mutualis.scenario.engine import simulate
from mutualis.scenario.intervals import intervals
from mutualis.scenario.shares import department_shares

N_SEGMENTS, N_BUYERS, FIRST = 60, 300, (2026, 3)
SLIDER = "input[name=taux]"

# From the key press to the frame after the last of the figures, three charts and the map was painted; then intervals.
MOVE = """async (select) => {
  const roots = () => [...document.querySelectorAll('[data-testid=stMain] *')].map(n => n.shadowRoot).filter(Boolean);
  // found once: to look for them at each frame would take longer than to paint them
  const figures = roots().flatMap(r => [...r.querySelectorAll('figure[data-painted], .map[data-painted]')]);
  const painted = () => figures.map(n => n.dataset.painted);
  const cards = () => document.querySelector('.cards')?.textContent ?? '';
  const before = painted(), shown = cards(), input = roots().map(r => r.querySelector(select)).find(Boolean);
  let start = performance.now();
  input.addEventListener('keydown', (event) => { start = event.timeStamp; }, { once: true, capture: true });
  const frame = () => new Promise(requestAnimationFrame);
  const waited = () => performance.now() - start;
  window.__move = { done: false };
  (async () => {
    while (waited() < 5000 && (cards() === shown || painted().some((count, i) => count === before[i]))) await frame();
    await frame();
    window.__move.point = waited();
    while (waited() < 9000 && cards().includes('calcul…')) await frame();
    window.__move.intervals = waited();
    window.__move.done = true;
  })();
  input.focus();
}"""


def bench_cells() -> Cells:
    """Make 60 × 300 pairs on the 14 pilot départements, always the same."""
    rng = np.random.default_rng(7)
    pilots = departments()[departments()["region_code"].isin(["93", "27"])]
    at = rng.integers(0, len(pilots), N_BUYERS)
    who, what = np.divmod(np.arange(N_BUYERS * N_SEGMENTS), N_SEGMENTS)
    n = len(who)
    families = list(FAMILIES)
    lines = {
        "buyer_key": [f"b{i}" for i in who], "segment": [f"s{i}" for i in what], "spend_eur": rng.lognormal(10, 1.2, n), "addressable": np.ones(n),
        "end_quarter": np.where(rng.random(n) < 0.2, np.nan, rng.integers(-2, 16, n)), "duration_years": np.full(n, 3.0), "procedures_per_year": np.full(n, 0.3),
    }  # fmt: skip
    buyers = {
        "buyer_key": [f"b{i}" for i in range(N_BUYERS)], "buyer_type": rng.choice(["education", "justice", "state_service", "university"], N_BUYERS),
        "department_code": pilots["department_code"].to_numpy()[at], "region_code": pilots["region_code"].to_numpy()[at],
    }  # fmt: skip
    segments = {
        "segment": [f"s{i}" for i in range(N_SEGMENTS)], "family": [families[i % len(families)] for i in range(N_SEGMENTS)],
        "sme_share": np.full(N_SEGMENTS, 0.4), "mean_contract_eur": np.full(N_SEGMENTS, 5e4), "supplier_hhi": np.full(N_SEGMENTS, 0.1),
    }  # fmt: skip
    return build_cells(lines, buyers, segments)


def model_runs() -> list[tuple[str, Callable[[], object], str]]:
    """Give what to time of the model: name, run, budget."""
    cells = bench_cells()
    central, whole = levers.preset("central"), levers.preset("central").with_values({"decoupage": "perimeter"})
    found, wide = simulate(cells, central, {}, FIRST), simulate(cells, whole, {}, FIRST)
    size = f"{N_SEGMENTS} × {N_BUYERS}"
    return [
        (f"point estimate, {size}", lambda: simulate(cells, central, {}, FIRST), "≤ 5 ms"),
        (f"1,024 draws, {size}", lambda: intervals(found), "≤ 150 ms"),
        (f"break-evens, {size}", lambda: break_even(found), ""),
        ("exact Shapley, 14 départements", lambda: department_shares(wide), "≤ 300 ms"),
        (f"sampled Shapley, {N_BUYERS} buyers", lambda: buyer_shares(found), ""),
    ]


def slider_moves(page: Page, times: int) -> tuple[list[float], list[float]]:
    """Press an arrow key on the pooling rate, each time to a new state; give ms to the point and to the intervals."""
    page.wait_for_function(
        "document.querySelector('.cards') && !document.querySelector('.cards').textContent.includes('calcul…')"
    )
    point, spans = [], []
    for number in range(times):
        page.wait_for_timeout(400)
        page.evaluate(MOVE, SLIDER)
        page.keyboard.press("ArrowLeft" if number % 20 < 10 else "ArrowRight")
        page.wait_for_function("window.__move.done")
        taken = page.evaluate("window.__move")
        point.append(taken["point"])
        spans.append(taken["intervals"])
    return point[2:], spans[2:]
