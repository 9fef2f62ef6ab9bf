"""The year that spend is brought to (F1): one window, that a badly dated row does not stretch, on every screen."""

from datetime import date

import pytest

from mutualis import queries
from mutualis.queries import Filters
from tests.conftest import Build

PAPER = {"unit": "ramette", "item": "Papier", "quantity": "100", "amount": "1000"}
DIJON = {"buyer_id": "21210231900018", "buyer_name": "Dijon", "amount": "500"}
# Marseille's contracts of two years, 730 days to the data's date; Dijon's are few
FROM, AS_OF = date(2024, 7, 1), date(2026, 6, 30)
SOUND = [{"contract_id": str(n), "notified_on": f"{2024 + n % 2}-07-01", **PAPER, "amount": "1000"} for n in range(198)]
STRAY = {"contract_id": "stray", "notified_on": "1995-03-01", **PAPER, "amount": "70000"}


def cursor_of(build: Build, *rows: dict[str, object]):
    con = build(*rows)
    con.execute(f"create table dataset as select date '{AS_OF}' as as_of")
    return con.cursor()


def window(cursor, **filters: object) -> tuple[object, ...]:
    asked = list(Filters(**filters).parameters().values())  # type: ignore[arg-type]
    marks = ", ".join("?" for _ in asked)
    row = cursor.execute(f"select starts_on, ends_on, days from yearly_window({marks})", asked).fetchall()
    return row[0]


def yearly(cursor, **filters: object) -> dict[str, float]:
    """Give the yearly spend of the paper, or its quantity, as each query has it."""
    perimeter = Filters(**filters).parameters()  # type: ignore[arg-type]
    scenario = {key: perimeter[key] for key in ("grain", "regions", "start", "end")}
    return {
        "segment_buyers": queries.run(cursor, "segment_buyers", **perimeter)["spend_eur"].sum(),
        "scenario_lines": queries.run(cursor, "scenario_lines", **scenario)["spend_eur"].sum(),
        "small_totals": queries.run(cursor, "small_totals", threshold=1e9, **perimeter)["yearly_eur"].iloc[0],
        "item_prices": 10 * queries.run(cursor, "item_prices", n_items=9, **perimeter)["yearly_quantity"].sum(),
    }


def test_a_stray_date_does_not_stretch_the_window_and_is_left_out_of_the_year(build: Build):
    cursor = cursor_of(build, *SOUND, STRAY)
    assert window(cursor) == (FROM, AS_OF, 730)
    assert list(yearly(cursor).values()) == pytest.approx([198_000 * 365.25 / 730] * 4)
    # no total loses it
    assert queries.totals(cursor, Filters())["spend_eur"] == 198_000 + 70_000


def test_a_year_s_hundredth_of_the_purchases_is_part_of_the_window(build: Build):
    assert window(cursor_of(build, *SOUND, STRAY, STRAY | {"contract_id": "other"})) == (date(1995, 3, 1), AS_OF, 11445)


def test_a_few_purchases_are_judged_by_all_the_data(build: Build):
    rows = [DIJON | {"contract_id": "d1", "notified_on": "2025-10-01"}, DIJON | {"contract_id": "d2", "notified_on": "1995-03-01"}]  # fmt: skip
    cursor = cursor_of(build, *SOUND, *rows)
    assert window(cursor, regions=("27",))[0] == date(2025, 10, 1)
    # nothing else there: better a long window than none
    assert window(cursor, regions=("27",), end=date(2000, 1, 1))[0] == date(1995, 3, 1)


def test_the_period_chosen_is_the_window(build: Build):
    cursor = cursor_of(build, *SOUND, STRAY)
    chosen = {"start": date(1995, 1, 1), "end": date(2024, 12, 31)}
    assert window(cursor, **chosen) == (*chosen.values(), 10958)
    assert yearly(cursor, **chosen)["segment_buyers"] == pytest.approx((99_000 + 70_000) * 365.25 / 10958)


def test_what_is_dated_after_the_data_is_left_out_of_the_year(build: Build):
    cursor = cursor_of(build, *SOUND, STRAY | {"notified_on": "2027-01-01"})
    assert list(yearly(cursor).values()) == pytest.approx([198_000 * 365.25 / 730] * 4)


def test_what_has_no_date_is_taken_for_the_window_s_and_alone_for_a_year_s(build: Build):
    undated = {**PAPER, "contract_id": "undated", "notified_on": None, "amount": "1000"}
    found = yearly(cursor_of(build, *SOUND, undated))
    assert list(found.values()) == pytest.approx([199_000 * 365.25 / 730] * 4)
    cursor = cursor_of(build, undated)
    assert window(cursor) == (None, AS_OF, None)
    assert list(yearly(cursor).values()) == [1000] * 4
