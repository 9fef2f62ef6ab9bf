"""The Échéancier's figures hold what they are given, and tell what is unknown apart."""

from datetime import date

import pandas as pd
import pytest

from mutualis import formats
from mutualis.figures.schedule import CLASS_TONES, UNKNOWN_YEARS, entry_columns, gain_line, gantt
from mutualis.levers import preset
from mutualis.scenario.convergence import lines, window
from mutualis.ui.schedule_views import best_sentence, gantt_rows, quarter_name

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
    chart = gantt(rows, date(2026, 6, 30))
    # two rows of the first group, then the next group's colour; the unknown end has its own
    assert [box.tone for box in chart.boxes] == ["gain", "gain", "unknown", "gain"]
    assert [box.end - box.start for box in chart.boxes] == pytest.approx([3, 2, UNKNOWN_YEARS, 1], abs=0.01)
    assert ["fin inconnue" in name for name in chart.categories] == [False, False, True, False]
    assert chart.heads == ["Papier", "Papier", "Toner", "Non classé"]
    # 30 June is just before the middle of the year; the axis holds all whole years
    assert [limit.value for limit in chart.limits] == pytest.approx([2026.49], abs=0.01)
    assert [text for _, text in chart.as_data()["ticks"]] == [str(year) for year in range(2024, 2031)]


def test_entries_stack_one_box_per_class():
    values = [[1e6] * 6, [2e6, 0, 0, 0, 0, 3e6]]
    chart = entry_columns(["T1", "T2"], values, formats.euros, measure="dépense", chosen=1)
    first, second = ([box for box in chart.boxes if box.at == at] for at in (0, 1))
    assert [(box.tone, box.start, box.end) for box in first] == [
        (tone, i * 1e6, (i + 1) * 1e6) for i, tone in enumerate(CLASS_TONES)
    ]
    # an empty class is not drawn; the best quarter is marked above all
    assert [(box.start, box.end, box.text) for box in second] == [(0, 2e6, ""), (2e6, 5e6, "▼ meilleur")]
    assert not any(box.text for box in first)
    assert second[0].tip == "T2, au démarrage\u202f: 2,0\u202fM€"


def test_the_best_quarter_is_marked_when_there_is_one():
    draw = [["T1", "T2"], [1.0, 3.0], ([0.5, 2.0], [2.0, 4.0]), ["a", "b"]]
    found = gain_line(*draw, can_start=[False, True], chosen=1)
    assert list(found.data[-1].y) == [3.0]
    assert list(found.data[2].marker.symbol) == ["circle-open", "circle"]
    assert len(gain_line(*draw, can_start=[True, True], chosen=None).data) == 3


def test_quarters_count_from_the_one_after_the_data():
    assert [quarter_name(date(2026, 11, 2), q) for q in (-1, 0, 4)] == ["T4 2026", "T1 2027", "T1 2028"]


def sentence(ends: list[int], **levers: float) -> str:
    values = preset("central").with_values(levers)
    one_each = [1] * len(ends)
    some = lines(range(len(ends)), [1e6] * len(ends), [0] * len(ends), ends, [4] * len(ends), one_each, "ENT", values)
    return best_sentence(window(some, "ENT", values), date(2026, 6, 30), values)


def test_the_sentence_says_why_no_quarter_is_the_best_and_what_waiting_costs():
    assert "Aucun trimestre ne rapporte" in sentence([-1, -1], taux=0.0)
    assert "Aucun trimestre ne convient" in sentence([40, 40])
    assert "attendre T3 2028 ferait perdre" in sentence([3, 2])
    # the last of the sixteen quarters compared
    assert "aucun démarrage plus tardif n'est comparé" in sentence([14, 14])
