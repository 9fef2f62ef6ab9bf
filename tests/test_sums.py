"""What is added up in advance says what the lines say, to the day."""

from datetime import date
from itertools import product

from mutualis import queries
from mutualis.queries import Filters
from tests.conftest import Build

DAYS = ("2023-12-30", "2023-12-31", "2024-01-01", "2024-02-29", "2024-12-30", "2024-12-31", "2025-01-01", None)
STARTS = (None, date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 2), date(2024, 12, 31))
ENDS = (None, date(2023, 12, 31), date(2024, 6, 30), date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 1))


def is_inside(day: str | None, start: date | None, end: date | None) -> bool:
    if day is None:
        return start is None and end is None
    return str(start or "") <= day <= str(end or "9999")


def test_a_period_that_cuts_years_is_exact(build: Build):
    # a hundred times powers of two: a sum says which lines are in it
    amounts = {day: 100 * 2**n for n, day in enumerate(DAYS)}
    con = build(*({"contract_id": f"c{day}", "notified_on": day, "amount": str(amounts[day])} for day in DAYS))
    for start, end in product(STARTS, ENDS):
        found = queries.totals(con.cursor(), Filters(start=start, end=end))
        inside = [amount for day, amount in amounts.items() if is_inside(day, start, end)]
        assert (found["n_rows"], found["spend_eur"]) == (len(inside), sum(inside)), (start, end)


def test_lines_alike_and_of_one_size_are_one_sum(build: Build):
    amounts = ("400", "600", "24000", "39999.99", "40000", "50000")
    con = build(*({"contract_id": amount, "amount": amount} for amount in amounts))
    sums = con.execute(
        "select size_class, n_rows, amount_eur, annual_amount_eur, n_durations, duration_months from spend_sum order by all"
    ).fetchall()
    assert [tuple(map(float, row)) for row in sums] == [
        (0, 2, 1000, 500, 2, 48), (3, 1, 24000, 12000, 1, 24), (4, 1, 39999.99, 20000, 1, 24), (5, 2, 90000, 45000, 2, 48),
    ]  # fmt: skip


def test_only_what_has_a_price_is_added_to_prices(build: Build):
    row = {"item": "RAMETTE A4", "amount": "100", "quantity": "20"}
    con = build(row, row | {"contract_id": "2", "quantity": None}, row | {"contract_id": "3", "amount": "-100"})
    assert con.execute("select sum(n_priced), sum(priced_eur), sum(priced_quantity) from spend_sum").fetchall() == [
        (1, 100, 20)
    ]
