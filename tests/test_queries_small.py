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
    return build(*ROWS).cursor()


def test_size_classes_add_up_in_each_dimension(cursor):
    found = queries.run(cursor, "small_classes", last_class=40, **PERIMETER)
    for dimension in ("all", "buyer", "segment"):
        part = found[found["dimension"] == dimension]
        assert part["n_purchases"].sum() == 9
        assert part["spend_eur"].sum() == pytest.approx(102899.98)
    everything = found[found["dimension"] == "all"].set_index("size_class")
    assert everything["n_purchases"].to_dict() == {0: 3, 1: 1, 3: 1, 7: 1, 24: 1, 25: 1, 40: 1}
    assert everything.loc[0, "spend_eur"] == 900
    buyers = found[found["dimension"] == "buyer"]
    assert buyers[buyers["size_class"] == 40]["code"].tolist() == ["212102319"]


def test_suppliers_are_ranked_under_the_threshold(cursor):
    found = queries.run(cursor, "small_suppliers", threshold=25000, limit=1, **PERIMETER)
    assert found["spend_eur"].tolist() == [pytest.approx(35899.99)]
    assert (found.loc[0, "n_purchases"], found.loc[0, "n_suppliers"]) == (6, 2)
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
