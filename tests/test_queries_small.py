"""Small purchases: queries on rows that one can sum by hand, and the arithmetic of their handling."""

import pytest

from mutualis import queries
from mutualis.levers import preset
from mutualis.queries import Filters
from mutualis.scenario.handling import handling, platform_load
from tests.conftest import AS_OF, Build

PERIMETER = Filters(grain="payment").parameters()
PAID = {"grain": "payment", "duration_months": None, "notified_on": "2026-05-01"}
DIJON = {"buyer_id": "21210231900018", "buyer_name": "Dijon"}
# Marseille buys paper (FOU-BUR); the data's date is 30 June 2026, amounts tell their row
ROWS = (
    {**PAID, "contract_id": "1", "amount": "500"},
    {**PAID, "contract_id": "2", "amount": "1999.99", "supplier_id": "80268496900016", "supplier_name": "GRAND GROUPE"},
    {**PAID, "contract_id": "3", "amount": "24999.99", "notified_on": "2025-07-01"},
    {**PAID, "contract_id": "4", "amount": "25000"},
    {**PAID, "contract_id": "5", "amount": "3000", "notified_on": "2025-06-30"},
    {**PAID, "contract_id": "6", "amount": "7000", "cpv_code": "90911200"},
    {**PAID, "contract_id": "7", "amount": "40000", **DIJON},
    {**PAID, "contract_id": "8", "amount": "600", "vehicle": "UGAP"},
    {**PAID, "contract_id": "9", "amount": "-200"},
    {"contract_id": "C", "amount": "900"},
)


@pytest.fixture
def cursor(build: Build):
    con = build(*ROWS)
    con.execute(f"create table dataset as select date '{AS_OF}' as as_of")
    return con.cursor()


def test_totals_stop_under_the_threshold(cursor):
    row = queries.run(cursor, "small_totals", threshold=25000, **PERIMETER).iloc[0]
    assert (row["n_purchases"], row["n_all"]) == (7, 9)
    assert (row["spend_eur"], row["all_eur"]) == (pytest.approx(37899.98), pytest.approx(102899.98))


def test_no_purchase_is_no_failure(cursor):
    row = queries.run(cursor, "small_totals", threshold=25000, **PERIMETER | {"regions": ["11"]}).iloc[0]
    assert (row["n_purchases"], row["spend_eur"], row["all_eur"]) == (0, 0, 0)


@pytest.mark.parametrize("by", ["buyer", "segment", "supplier"])
def test_a_split_adds_up(cursor, by: str):
    found = queries.run(cursor, "small_split", by=by, threshold=25000, limit=50, **PERIMETER)
    assert found["spend_eur"].sum() == pytest.approx(37899.98)
    assert found["n_purchases"].sum() == 7
    assert (found["n_codes"] == len(found)).all()


def test_sizes_hold_every_purchase(cursor):
    found = queries.run(cursor, "small_split", by="size", threshold=25000, limit=50, **PERIMETER).set_index("code")
    assert found["n_purchases"].to_dict() == {"0": 3, "1": 2, "5": 1, "10": 1, "25": 1, "40": 1}


def test_suppliers_are_named_and_ranked_under_the_threshold(cursor):
    found = queries.run(cursor, "small_split", by="supplier", threshold=25000, limit=1, **PERIMETER)
    assert found["spend_eur"].tolist() == [pytest.approx(35899.99)]
    assert (found.loc[0, "n_purchases"], found.loc[0, "n_codes"]) == (6, 2)
    assert found.loc[0, "supplier_name"] == "PAPETERIE DU MIDI"


def test_repeats_count_twelve_months_and_leave_out_what_is_pooled(cursor):
    found = queries.run(cursor, "small_repeats", threshold=25000, as_of=AS_OF, **PERIMETER).set_index("segment")
    paper = found.loc["FOU-BUR"]
    assert (paper["region_code"], paper["n_purchases"], paper["n_free"]) == ("93", 5, 4)
    assert paper["free_eur"] == pytest.approx(500 + 1999.99 + 24999.99 - 200)
    assert paper["spend_eur"] == pytest.approx(paper["free_eur"] + 600)
    assert (paper["n_buyers"], paper["n_suppliers"]) == (1, 2)
    assert found.drop("FOU-BUR")["n_purchases"].tolist() == [1]


def test_a_higher_threshold_lets_more_in(cursor):
    found = queries.run(cursor, "small_repeats", threshold=40001, as_of=AS_OF, **PERIMETER)
    assert found["n_purchases"].sum() == 8


def test_handling_is_proportional_and_free_time_costs_no_hours():
    central = preset("central")
    assert handling(0, central).hours == 0
    assert handling(200, central).hours == pytest.approx(2 * handling(100, central).hours)
    assert handling(100, central.with_values({"jours": 0.0})).hours == 0
    assert handling(100, central.with_values({"commande": 50.0})).value_eur == 5000


def test_the_scarcest_of_procedures_and_days_sets_the_pace():
    central = preset("central")
    assert platform_load(100, central.with_values({"jours_accord": 5.0})).years == 1.0
    assert platform_load(100, central).years == pytest.approx(100 * 40 / (10 * 205))
    assert platform_load(1, central.with_values({"acheteurs": 0.0})).years == float("inf")
