"""When contracts end: queries on ten rows that one can sum by hand, and the figures of the screen's tables."""

import pytest

from mutualis import queries
from mutualis.queries import Filters
from tests.conftest import AS_OF, Build

PERIMETER = Filters().parameters() | {"as_of": AS_OF}
DIJON = {"buyer_id": "21210231900018", "buyer_name": "Dijon"}
# the sound row: Marseille, segment FOU-BUR; the data's date is 30 June 2026, amounts are powers of ten times the row
ROWS = (
    {"contract_id": "1", "amount": "7", "ends_on": "2026-06-30", "duration_months": "12"},
    {"contract_id": "2", "amount": "20", "ends_on": "2026-12-29", "duration_months": "12"},
    {"contract_id": "3", "amount": "300", "ends_on": "2026-12-30", "duration_months": "12", **DIJON},
    {"contract_id": "4", "amount": "8000", "notified_on": "2025-07-01", "duration_months": "24"},
    {"contract_id": "5", "amount": "50000", "ends_on": "2026-06-29", "duration_months": "12"},
    {"contract_id": "6", "amount": "600000", "ends_on": "2025-06-29", "duration_months": "12"},
    {"contract_id": "7", "amount": "4000000", "duration_months": None},
    {"contract_id": "8", "amount": "80000000", "ends_on": "2026-09-01", "techniques": "Accord-cadre"},
    {"contract_id": "9", "amount": "900000000", "duration_months": None, "notified_on": "2021-06-01"},
    {"contract_id": "P", "amount": "12", "grain": "payment", "ends_on": "2026-09-01"},
)


@pytest.fixture
def cursor(build: Build):
    return build(*ROWS).cursor()


def test_totals_count_from_the_data_s_date(cursor):
    row = queries.run(cursor, "schedule_totals", **PERIMETER).iloc[0]
    assert (row["n_contracts"], row["n_ceilings"]) == (9, 1)
    # a ceiling ends like any contract, but is no spend
    assert (row["n_6"], row["annual_6_eur"]) == (3, 27)
    assert (row["n_12"], row["annual_12_eur"]) == (4, 327)
    assert (row["n_24"], row["annual_24_eur"]) == (5, 4327)
    assert (row["n_over"], row["n_over_lately"], row["annual_over_lately_eur"]) == (2, 1, 50000)
    assert (row["n_unknown"], row["unknown_eur"]) == (2, 904000000)


def test_a_perimeter_without_contracts_counts_nothing(cursor):
    row = queries.run(cursor, "schedule_totals", **PERIMETER | {"regions": ["11"]}).iloc[0]
    assert (row["n_contracts"], row["n_6"], row["annual_24_eur"]) == (0, 0, 0)


def test_segments_forget_what_ended_long_ago(cursor):
    row = queries.run(cursor, "schedule_segments", months=12, **PERIMETER).iloc[0]
    assert (row["segment"], row["n_contracts"], row["n_buyers"]) == ("FOU-BUR", 5, 2)
    # an unknown duration is spread over four years; contract 5 has successors
    assert row["annual_eur"] == 7 + 20 + 300 + 4000 + 1000000
    assert (row["n_ending"], row["n_buyers_ending"], row["annual_ending_eur"]) == (3, 2, 327)


def test_lines_end_in_quarters_counted_from_the_next(cursor):
    found = queries.run(cursor, "schedule_lines", **PERIMETER)
    marseille = found[found["buyer_key"] == "211300553"]
    assert marseille["end_quarter"].tolist()[:3] == [-1, 1, 4]
    assert marseille["end_quarter"].isna().tolist() == [False, False, False, True]
    assert marseille["annual_eur"].tolist() == [7, 20, 4000, 1000000]
    assert marseille["n_contracts"].tolist() == [1, 1, 1, 1]
    assert marseille["duration_years"].tolist() == [1, 1, 2, 4]
    assert found["annual_eur"].sum() == 1004327


def test_contracts_shown_are_those_that_run(cursor):
    found = queries.run(cursor, "schedule_contracts", months=None, limit=3, **PERIMETER)
    assert found["annual_eur"].tolist() == [1000000, 4000, 300]
    soon = queries.run(cursor, "schedule_contracts", months=6, limit=60, **PERIMETER)
    assert soon["annual_eur"].tolist() == [20, 7]


def test_what_is_over_counts_when_nothing_follows_it(build: Build):
    alone = build(ROWS[4], ROWS[5], ROWS[2]).cursor()
    assert queries.run(alone, "schedule_segments", months=12, **PERIMETER)["annual_eur"].tolist() == [50300]
    lines = queries.run(alone, "schedule_lines", **PERIMETER)
    assert lines["annual_eur"].tolist() == [50000, 300]
    assert lines["end_quarter"].tolist() == [-1, 1]


def test_contracts_pooled_already_are_told_apart(build: Build):
    rows = ({"contract_id": "1", "ends_on": "2026-09-01"}, {"contract_id": "2", "ends_on": "2026-09-01", "vehicle": "UGAP"})  # fmt: skip
    (row,) = queries.run(build(*rows).cursor(), "schedule_lines", **PERIMETER).to_dict("records")
    assert (row["n_contracts"], row["n_free"], row["pooled_eur"]) == (2, 1, row["annual_eur"] / 2)
