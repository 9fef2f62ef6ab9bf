"""Suppliers: queries on the ten rows, distances, gaps between the contracts of one supplier."""

import pandas as pd
import pytest

from mutualis import geography, queries
from mutualis.figures.flows import bipartite
from mutualis.queries import Filters
from mutualis.ui.supplier_tables import (
    OTHER_PLACES,
    RINGS,
    contracts_table,
    mean_distance,
    named_links,
    split,
    with_distance,
    with_gaps,
)
from tests.conftest import Build
from tests.test_queries import ROWS

ALL = Filters().parameters()
DIJON = {"buyer_id": "21210231900018", "buyer_name": "Dijon"}
PAPER = {"quantity": "100", "unit": "ramette", "item": "Papier"}


@pytest.fixture
def cursor(build: Build):
    return build(*ROWS).cursor()


def test_the_most_shared_come_first_with_the_whole_on_each_row(cursor):
    found = queries.run(cursor, "shared_suppliers", limit=2, n_largest=1, persons=False, **ALL)
    assert found["supplier_name"].tolist() == ["PAPETERIE DU MIDI", "GRAND GROUPE"]
    # Marseille, Dijon and Atelier X buy from the first one
    assert found["n_buyers"].tolist() == [3, 1]
    assert found["spend_eur"].tolist() == [4301907, 20000]
    assert found.loc[0, "first_buyer_share"] == pytest.approx(4000000 / 4301907)
    assert set(found["all_suppliers"]) == {3} and set(found["all_shared"]) == {1}
    assert set(found["all_eur"]) == {4321987} and set(found["all_shared_eur"]) == {4301907}
    assert set(found["all_top10_eur"]) == {4321987}
    assert found.loc[0, "all_hhi"] == pytest.approx((4301907**2 + 20000**2 + 80**2) / 4321987**2)


def test_a_large_supplier_of_several_buyers_is_never_left_out(cursor):
    # none is asked for its buyers: the only shared one comes for its spend
    found = queries.run(cursor, "shared_suppliers", limit=0, n_largest=5, persons=False, **ALL)
    assert found[["supplier_name", "spend_rank"]].to_numpy().tolist() == [["PAPETERIE DU MIDI", 1]]


def test_links_are_those_of_the_suppliers_asked(cursor):
    (key,) = queries.run(cursor, "shared_suppliers", limit=1, n_largest=0, persons=False, **ALL)["supplier_key"]
    links = queries.run(cursor, "supplier_links", n_places=5, **Filters(suppliers=(key,)).parameters())
    assert links[["buyer_department_code", "spend_eur", "n_buyers"]].to_numpy().tolist() == [
        ["21", 4000000, 1],
        ["13", 301900, 1],
    ]
    assert set(links["supplier_name"]) == {"PAPETERIE DU MIDI"}


def test_an_entity_of_two_other_places_is_one_and_two_firms_of_one_name_are_two(build: Build):
    con = build(
        {"contract_id": "1", "amount": "90000"},
        {"contract_id": "2", "amount": "4000", "buyer_id": "18004401800010", "buyer_name": "Z", "buyer_department_code": "83"},
        {"contract_id": "3", "amount": "3000", "buyer_id": "18004401800028", "buyer_name": "Z", "buyer_department_code": "21"},
        {"contract_id": "4", "amount": "2000", "supplier_id": "80268496900016"},
    )  # fmt: skip
    links = queries.run(con.cursor(), "supplier_links", n_places=1, **ALL)
    assert links["n_buyers"].tolist() == [1, 1, 1] and links["spend_eur"].tolist() == [90000, 7000, 2000]
    named = named_links(links)
    assert named["left"].tolist() == ["Bouches-du-Rhône", OTHER_PLACES, "Bouches-du-Rhône"]
    one, same, other = named["right"]
    assert one == same == "PAPETERIE DU MIDI (552045999)" and other == "PAPETERIE DU MIDI (802684969)"
    assert named["hint"].tolist()[1].startswith("Autres départements → ")


def test_a_person_is_ranked_only_where_persons_are_shown(build: Build):
    person = {"supplier_id": None, "supplier_name": "MARTIN SOPHIE", "supplier_size": None}
    con = build(person | {"contract_id": "1"}, person | {"contract_id": "2"} | DIJON)
    ranks = [
        queries.run(con.cursor(), "shared_suppliers", limit=1, n_largest=1, persons=shown, **ALL)["spend_rank"].tolist()
        for shown in (False, True)
    ]
    assert pd.isna(ranks[0][0]) and ranks[1] == [1]


def test_places_add_up(cursor):
    found = queries.run(cursor, "supply_places", **ALL)
    assert found["spend_eur"].sum() == 4321987
    by_place = found.groupby(["buyer_department_code", "supplier_department_code"])["spend_eur"].sum()
    assert by_place[("13", "21")] == 300000 and by_place[("21", "13")] == 4000000


def test_distances_between_departments_are_those_of_the_map():
    table = geography.department_distances()
    assert table.shape == (101, 101) and table.loc["13", "13"] == 0
    # Marseille to Dijon: about 440 km as the crow flies
    assert 380 < table.loc["13", "21"] < 480 and table.loc["13", "21"] == table.loc["21", "13"]
    assert 9000 < table.loc["75", "974"] < 9700


def test_rings_and_mean_distance():
    places = with_distance(pd.DataFrame({
        "supplier_size": "PME", "buyer_department_code": ["13", "13", "13", "21", None], "supplier_department_code": ["13", "84", "21", None, "13"],
        "spend_eur": [3.0, 1.0, 1.0, 5.0, 5.0],
    }))  # fmt: skip
    assert places["ring"].tolist() == [RINGS[0], RINGS[1], RINGS[3], RINGS[4], RINGS[4]]
    table = geography.department_distances()
    assert mean_distance(places) == pytest.approx((table.loc["13", "84"] + table.loc["13", "21"]) / 5)
    assert mean_distance(places.tail(2)) is None
    bars = split(places, "ring", dict(zip(RINGS, RINGS, strict=True)))
    assert [bar["values"] for bar in bars] == [[3.0], [1.0], [1.0], [10.0]]
    assert "66,7" in bars[-1]["texts"][0] and "10" in bars[-1]["label"]


def test_one_supplier_s_unit_prices_are_compared_by_article_and_terms_by_segment(build: Build):
    con = build(
        {"contract_id": "1", "amount": "400"} | PAPER,
        {"contract_id": "2", "amount": "600"} | PAPER | DIJON,
        {"contract_id": "3", "amount": "2400"},
        {"contract_id": "4", "amount": "7200", "cpv_code": "90911200", "duration_months": "48"},
        {"contract_id": "5", "amount": "2400", "cpv_code": "90911200"} | DIJON,
        {"contract_id": "6", "amount": "900", "cpv_code": "45000000"},
    )
    found = with_gaps(queries.run(con.cursor(), "supplier_contracts", supplier="552045999", limit=10, **ALL)).set_index(
        "amount_eur"
    )
    assert found.loc[600, "unit_price_eur"] == 6 and found.loc[600, "article"] == "Papier, par ramette"
    assert found.loc[[600, 400], "price_gap"].tolist() == pytest.approx([0.2, -0.2])
    # an amount is not a price
    assert found.loc[[7200, 900], "price_gap"].isna().all()
    # cleaning: 48 months in Marseille, 24 in Dijon
    cleaning = found[found["segment"] == "ENT-NET"].sort_index()
    assert cleaning["term_gap"].tolist() == [-12, 12]
    # no other entity buys works
    assert pd.isna(found.loc[900, "term_gap"])


def test_without_quantities_a_sheet_speaks_of_no_price(build: Build):
    con = build({"contract_id": "1"}, {"contract_id": "2"} | DIJON)
    found = with_gaps(queries.run(con.cursor(), "supplier_contracts", supplier="552045999", limit=10, **ALL))
    assert not [name for name in contracts_table(found, {}) if "prix" in name.lower() or name == "Article"]


def test_the_flows_balance():
    links = pd.DataFrame({
        "left": ["Var", "Var", "Doubs"], "right": ["A", "B", "A"], "left_code": ["83", "83", None], "right_code": ["a", "b", "a"],
        "spend_eur": [3.0, 1.0, 2.0], "hint": list("xyz"),
    })  # fmt: skip
    drawn = bipartite(links, "Qui", "Qui achète à qui")
    assert [(end.name, end.eur, end.code) for end in drawn.left] == [("Var", 4, "83"), ("Doubs", 2, "")]
    assert [(end.name, end.amount, end.code) for end in drawn.right] == [("A", "5\u202f€", "a"), ("B", "1\u202f€", "b")]
    assert [(flow.left, flow.right, flow.eur, flow.tip) for flow in drawn.flows] == [
        (0, 0, 3, "x"), (0, 1, 1, "y"), (1, 0, 2, "z"),
    ]  # fmt: skip
