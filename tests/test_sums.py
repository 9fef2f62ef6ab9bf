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


def test_lines_alike_are_one_sum_and_all_their_figures_add_up(build: Build):
    con = build({"amount": "24000", "duration_months": "24"}, {"contract_id": "2", "amount": "30000", "duration_months": "24"},
                {"contract_id": "3", "amount": "50000", "duration_months": "24"})  # fmt: skip
    sums = con.execute(
        "select n_rows, amount_eur, annual_amount_eur, n_below_25k, below_25k_eur, n_below_40k, below_40k_eur, n_durations, duration_months "
        "from spend_sum"
    ).fetchall()
    assert sums == [(3, 104000, 52000, 1, 24000, 2, 54000, 3, 72)]


def test_only_what_has_a_price_is_added_to_prices(build: Build):
    row = {"item": "RAMETTE A4", "amount": "100", "quantity": "20"}
    con = build(row, row | {"contract_id": "2", "quantity": None}, row | {"contract_id": "3", "amount": "-100"})
    assert con.execute("select sum(n_priced), sum(priced_eur), sum(priced_quantity) from spend_sum").fetchall() == [
        (1, 100, 20)
    ]
