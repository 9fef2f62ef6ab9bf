"""The Échéancier's figures hold what they are given, and tell what is unknown apart."""

from datetime import date

import pandas as pd

from mutualis.figures.schedule import CLASS_LABELS, DARK_COLOURS, entry_bars, gain_line, gantt
from mutualis.ui.schedule_views import gantt_rows, quarter_name

ROWS = pd.DataFrame({
    "segment": ["A", "B", "A", None], "buyer_name": ["Un", "Deux", "Trois", "Quatre"], "object": ["x", None, "y", "z"],
    "supplier_name": ["S", "T", "MARTIN SOPHIE", None], "is_sole_trader": [False, False, True, False],
    "notified_on": pd.to_datetime(["2025-01-01", "2025-06-01", "2024-01-01", None]),
    "ends_on": pd.to_datetime(["2027-01-01", None, "2026-12-31", "2026-10-01"]), "annual_eur": [50.0, 80.0, 60.0, 1.0],
})  # fmt: skip


def test_the_largest_group_comes_first_and_persons_stay_unnamed():
    rows = gantt_rows(ROWS, "segment", {"A": "Papier", "B": "Toner"}, hide_persons=True)
    assert rows["group"].tolist() == ["Papier", "Papier", "Toner", "Non classé"]
    assert rows["label"].tolist() == ["Trois", "Un", "Deux", "Quatre"]
    assert "MARTIN" not in "".join(rows["hover"])
    assert gantt_rows(ROWS, "buyer", {}, hide_persons=False)["group"].tolist() == ["Deux", "Trois", "Un", "Quatre"]


def test_unknown_ends_are_hatched_and_four_years_long():
    rows = gantt_rows(ROWS, "segment", {"A": "Papier", "B": "Toner"}, hide_persons=True)
    bars, names = gantt(rows, date(2026, 6, 30)).data
    assert list(bars.marker.pattern.shape) == ["", "", "/", ""]
    days = [length / 86_400_000 for length in bars.x]
    assert days == [1095, 730, 1461, 365]
    assert ["fin inconnue" in text for text in names.text] == [False, False, True, False]
    assert gantt(rows, date(2026, 6, 30), is_dark=True).data[0].marker.color[0] == DARK_COLOURS[0]


def test_entries_stack_one_bar_per_class():
    figure = entry_bars(["T1", "T2"], [[1.0] * 6, [2.0] * 6], [["a"] * 6] * 2, suffix=" M€", chosen=1)
    assert [trace.name for trace in figure.data] == list(CLASS_LABELS)
    assert list(figure.data[0].y) == [1.0, 2.0]
    assert figure.layout.annotations[0].x == "T2"


def test_the_best_quarter_is_marked_when_there_is_one():
    draw = [["T1", "T2"], [1.0, 3.0], ([0.5, 2.0], [2.0, 4.0]), ["a", "b"]]
    found = gain_line(*draw, can_start=[False, True], chosen=1)
    assert list(found.data[-1].y) == [3.0]
    assert list(found.data[2].marker.symbol) == ["circle-open", "circle"]
    assert len(gain_line(*draw, can_start=[True, True], chosen=None).data) == 3


def test_quarters_count_from_the_one_after_the_data():
    assert [quarter_name(date(2026, 11, 2), q) for q in (-1, 0, 4)] == ["T4 2026", "T1 2027", "T1 2028"]
