"""Queries against ten rows that one can sum by hand."""

import math
from datetime import date

import pytest

from mutualis import queries
from mutualis.queries import Filters
from tests.conftest import Build

# amounts are powers of ten times the row, so that any sum tells its terms
ROWS = (
    {"contract_id": "1", "amount": "1000"},
    {
        "contract_id": "2",
        "amount": "20000",
        "supplier_size": "GE",
        "supplier_id": "80268496900016",
        "supplier_name": "GRAND GROUPE",
    },
    {"contract_id": "3", "amount": "300000", "notified_on": "2024-06-01", "supplier_department_code": "21"},
    {
        "contract_id": "4",
        "amount": "4000000",
        "buyer_id": "21210231900018",
        "buyer_name": "Dijon",
        "cpv_code": "90911200",
    },
    {"contract_id": "5", "amount": "50000000", "techniques": "Accord-cadre"},
    {"contract_id": "6", "amount": "999999999"},
    {"contract_id": "7", "amount": "7", "cpv_code": None, "buyer_id": None, "buyer_name": "Atelier X"},
    {"contract_id": "8", "amount": "80", "supplier_id": None, "supplier_name": "MARTIN SOPHIE", "supplier_size": None},
    {"contract_id": "9", "amount": "900", "vehicle": "UGAP"},
    {"contract_id": "P", "amount": "12", "grain": "payment"},
)


@pytest.fixture
def cursor(build: Build):
    return build(*ROWS).cursor()


def test_totals_count_what_is_spend_and_say_the_rest(cursor):
    found = queries.totals(cursor, Filters())
    assert found["spend_eur"] == 1000 + 20000 + 300000 + 4000000 + 7 + 80 + 900
    assert (found["n_rows"], found["n_counted"]) == (9, 7)
    assert (found["n_ceilings"], found["ceilings_eur"], found["n_flagged"]) == (1, 50_000_000, 1)
    assert (found["n_buyers"], found["n_unplaced"], found["n_unclassified"]) == (3, 1, 1)
    assert found["spend_below_25k_eur"] == 1000 + 20000 + 7 + 80 + 900
    assert found["pooled_spend_eur"] == 900
    assert found["sme_share"] == pytest.approx(4301907 / 4321907)


@pytest.mark.parametrize(
    ("filters", "spend"),
    [
        (Filters(grain="payment"), 12), (Filters(regions=("27",)), 4000000), (Filters(departments=("13", "21")), 4321980),
        (Filters(families=("ENT",)), 4000000), (Filters(segments=("FOU-BUR",)), 321980), (Filters(communes=("21231",)), 4000000),
        (Filters(buyers=("211300553",)), 321980), (Filters(start=date(2025, 1, 1)), 4021987), (Filters(end=date(2024, 12, 31)), 300000),
        (Filters(suppliers=("802684969",)), 20000), (Filters(buyer_types=("local_authority",), regions=("93",)), 321980), (Filters(regions=("11",)), 0),
    ],
)  # fmt: skip
def test_each_filter_keeps_its_rows(cursor, filters: Filters, spend: float):
    assert queries.totals(cursor, filters)["spend_eur"] == spend


def test_a_split_adds_up_whatever_the_dimension(cursor):
    for by in queries.DIMENSIONS:
        assert queries.spend_by(cursor, Filters(), by)["spend_eur"].sum() == 4321987


def test_splits_in_one_reading_are_the_splits(cursor):
    splits = queries.run(cursor, "spend_splits", **Filters().parameters()).set_index("dimension")
    for by in ("family", "buyer_type", "department"):
        alone = queries.spend_by(cursor, Filters(), by)[["code", "spend_eur", "n_rows"]]
        assert splits.loc[[by]].fillna("").to_numpy().tolist() == alone.fillna("").to_numpy().tolist()


def test_a_department_s_concentration_and_local_share(cursor):
    row = queries.spend_by(cursor, Filters(), "department").set_index("code").loc["13"]
    shares = [301900 / 321980, 20000 / 321980, 80 / 321980]
    assert row["supplier_hhi"] == pytest.approx(sum(share**2 for share in shares))
    assert row["local_share"] == pytest.approx(21980 / 321980)
    assert (row["n_suppliers"], row["n_buyers"], row["n_rows"]) == (3, 1, 5)


def test_buyers_and_suppliers(cursor):
    buyers = queries.spend_by_buyer(cursor, Filters())
    assert list(buyers["buyer_name"]) == ["Dijon", "Commune de Marseille", "Atelier X"]
    suppliers = queries.spend_by_supplier(cursor, Filters(), limit=2)
    assert list(suppliers["spend_eur"]) == [4301907, 20000]
    assert queries.supplier_flows(cursor, Filters())["spend_eur"].sum() == 4321980
    assert set(queries.buyer_points(cursor, Filters())["buyer_commune_code"]) == {"13055", "21231"}


def test_rows_behind_a_figure_are_searched_but_persons_are_not(cursor):
    assert len(queries.spend_rows(cursor, Filters())) == 9
    assert list(queries.spend_rows(cursor, Filters(), search="grand groupe")["amount_eur"]) == [20000]
    assert queries.spend_rows(cursor, Filters(), search="Martin").empty
    assert len(queries.spend_rows(cursor, Filters(), limit=2, offset=8)) == 1


def test_quality(cursor):
    flags = queries.quality_flags(cursor).set_index("grain").loc["contract"]
    assert (flags["sentinel"], flags["unknown_places"], flags["unknown_categories"]) == (1, 1, 1)
    places = queries.quality_by_place(cursor)
    assert places["n_rows"].sum() == 10
    assert queries.coverage(cursor).set_index("grain").loc["contract", "n_rows"] == 9
    assert queries.file_reports(cursor).iloc[0]["rows_kept"] == 10
    assert queries.reasons(cursor).empty and queries.quarantine_rows(cursor).empty
    assert {"buyers", "suppliers", "segments"} == set(queries.options(cursor))
    assert "MARTIN SOPHIE" not in set(queries.options(cursor)["suppliers"]["supplier_name"])
    assert queries.spend_by_month(cursor, Filters())["spend_eur"].sum() == 4321987


def test_every_query_is_called_by_its_function_or_by_the_screens():
    from pathlib import Path

    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("src/mutualis", "pages")
        for path in Path(__file__).parents[1].joinpath(folder).rglob("*.py")
    )
    assert [name for name in queries.query_names() if f'"{name}"' not in code] == []


@pytest.fixture
def shares(build: Build):
    """Give one segment without SME, another of which nothing is known, a third that has both; a dataset of one day."""
    con = build(
        {"contract_id": "1", "amount": "30000", "supplier_size": "GE", "supplier_id": "80268496900016", "supplier_department_code": "21"},
        {"contract_id": "2", "amount": "70000", "cpv_code": "90911200", "supplier_size": None, "supplier_department_code": None, "supplier_id": None, "supplier_name": "X"},
        {"contract_id": "3", "amount": "40000", "cpv_code": "72000000", "supplier_id": "38474462300014", "supplier_name": "Y"},
        # an entity without a place
        {"contract_id": "4", "amount": "60000", "cpv_code": "72000000", "buyer_id": None, "buyer_name": "Atelier X", "supplier_id": "38474462300014", "supplier_name": "Y"},
    )  # fmt: skip
    con.execute("create table dataset as select date '2026-06-30' as as_of")
    return con.cursor()


def test_a_share_of_nothing_is_zero_and_a_share_of_the_unknown_is_unknown(shares):
    none, unknown = (queries.totals(shares, Filters(segments=(code,))) for code in ("FOU-BUR", "ENT-NET"))
    assert (none["sme_share"], unknown["sme_share"], unknown["size_known_share"]) == (0, None, 0)
    for name in ("spend_by", "segment_supply", "scenario_segments"):
        asked = {"by": "segment"} if name == "spend_by" else {}
        perimeter = Filters().parameters()
        if name == "scenario_segments":
            perimeter = {key: perimeter[key] for key in ("grain", "regions", "start", "end")}
        found = queries.run(shares, name, **asked, **perimeter)
        found = found.set_index("code" if asked else "segment")
        assert found.loc["FOU-BUR", "sme_share"] == 0
        if name == "scenario_segments":
            # where no size is known, the perimeter's own share
            assert found.loc["ENT-NET", "sme_share"] == pytest.approx(100 / 130)
            continue
        assert math.isnan(found.loc["ENT-NET", "sme_share"])
        assert found.loc["FOU-BUR", "local_share"] == 0 and math.isnan(found.loc["ENT-NET", "local_share"])
    assert queries.spend_by(shares, Filters(), "segment")["small_share"].tolist() == [0, 0, 0]
    assert queries.spend_by_supplier(shares, Filters(segments=("FOU-BUR",)))["sme_share"].tolist() == [0]
    assert queries.spend_by_buyer(shares, Filters(segments=("FOU-BUR",)))["sme_share"].tolist() == [0]


def test_an_entity_without_a_place_is_neither_within_nor_outside_the_region(shares):
    supply = queries.run(shares, "segment_supply", **Filters().parameters()).set_index("segment")["local_share"]
    split = queries.spend_by(shares, Filters(), "segment").set_index("code")["local_share"]
    (code,) = set(supply.index) - {"FOU-BUR", "ENT-NET"}
    assert supply[code] == split[code] == 1
