"""What is bought: queries on the ten rows, ABC, treemap and quarters by hand."""

from datetime import date

import pandas as pd
import pytest

from mutualis import labels, queries
from mutualis.figures.matrix import MEASURES, ordered, overlap_matrix, pairs_in_common, spend_table
from mutualis.figures.pareto import abc, pareto_chart
from mutualis.figures.quadrant import LEAST_PIXELS, quadrant
from mutualis.figures.treemap import treemap
from mutualis.figures.trend import complete_until, monthly_bars, quarterly
from mutualis.levers import preset
from mutualis.queries import Filters
from mutualis.scenario.potential import potential
from mutualis.ui.potential_table import level_table, segment_facts, stock_of
from tests.conftest import Build, only
from tests.test_queries import ROWS

ALL = Filters().parameters()


@pytest.fixture
def cursor(build: Build):
    return build(*ROWS).cursor()


def test_the_tree_adds_up_and_keeps_the_unclassified(cursor):
    tree = queries.run(cursor, "spend_by_cpv", **ALL)
    assert tree["spend_eur"].tolist() == [4000000, 321980, 7]
    assert tree["cpv_code"].tolist()[:2] == ["90911200", "30197630"]
    assert tree["segment"].isna().tolist() == [False, False, True]
    assert tree["n_rows"].tolist() == [1, 5, 1]


def test_months_hold_only_what_is_counted(cursor):
    months = queries.run(cursor, "spend_by_month", **ALL)
    assert months["spend_eur"].tolist() == [300000, 4021987]
    assert months["n_rows"].tolist() == [1, 6]


def test_quarters_sum_months_and_forget_the_undated():
    months = pd.DataFrame(
        {"month": pd.to_datetime(["2025-01-01", "2025-03-01", "2025-04-01", None]), "spend_eur": [1.0, 2.0, 4.0, 8.0]}
    )
    found = quarterly(months)
    assert found["spend_eur"].tolist() == [3.0, 4.0]
    assert found["month"].dt.month.tolist() == [1, 4]


@pytest.mark.parametrize(("months_each", "hatched"), [(1, 3), (3, 1)])
def test_the_last_periods_are_hatched(months_each: int, hatched: int):
    complete = complete_until("contract", date(2026, 6, 30), pd.Timestamp("2026-07-02"))
    # on 30 June, April to June are not all published; nor are the quarters that hold them
    months = pd.date_range("2026-01-01", "2026-06-01", freq="MS" if months_each == 1 else "QS")
    chart = monthly_bars(pd.DataFrame({"month": months, "spend_eur": 1e6}), complete, months_each)
    assert sum(box.tone == "partial" for box in chart.boxes) == hatched
    assert chart.legend == [("partial", "Peut être incomplet")]


def test_what_may_be_incomplete_follows_the_files_and_the_grain():
    day, last = date(2026, 11, 23), pd.Timestamp("2026-07-28")
    assert complete_until("contract", day, last) == pd.Timestamp("2026-04-28")
    assert complete_until("payment", day, last) == last
    assert complete_until("payment", day, pd.NaT) == pd.Timestamp(day)
    # July is under way: hatched, June is not
    months = pd.date_range("2026-05-01", "2026-07-01", freq="MS")
    chart = monthly_bars(pd.DataFrame({"month": months, "spend_eur": 1e6}), last)
    assert [box.tone for box in chart.boxes] == ["gain", "gain", "partial"]


def test_a_period_without_spend_keeps_its_place_on_the_axis():
    months = pd.DataFrame({"month": pd.to_datetime(["2019-03-01", "2022-02-01"]), "spend_eur": [1e6, 2e6]})
    chart = monthly_bars(months, pd.Timestamp("2026-01-01"))
    assert [name for name in chart.categories if name] == ["2020", "2021", "2022"]
    assert [(box.at, box.end) for box in chart.boxes] == [(0, 1e6), (35, 2e6)]
    assert chart.legend == ()
    quarters = monthly_bars(quarterly(months), pd.Timestamp("2026-01-01"), 3)
    assert quarters.categories[0] == "1er trimestre 2019"
    assert [box.at for box in quarters.boxes] == [0, 12]


def test_no_spend_at_all_draws_no_period():
    chart = monthly_bars(
        pd.DataFrame({"month": pd.to_datetime([None]), "spend_eur": [5.0]}), pd.Timestamp("2026-01-01")
    )
    assert (chart.categories, chart.boxes) == ([], [])


def test_abc_takes_the_smallest_head_that_reaches_the_threshold():
    codes, spend = pd.Series(list("abcde")), pd.Series([10.0, 60.0, 20.0, 10.0, -5.0])
    found = abc(codes, spend, 0.8)
    assert found.table["code"].tolist() == ["b", "c", "a", "d"]
    assert (found.n_head, found.head_eur, found.tail_eur) == (2, 80.0, 20.0)
    assert abc(codes, spend, 0.81).n_head == 3
    assert abc(codes, spend, 1.0).n_head == 4
    assert abc(codes.head(0), spend.head(0), 0.8).n_head == 0


def test_the_pareto_chart_draws_head_and_tail_apart():
    found = abc(pd.Series(["a", "b"]), pd.Series([30e6, 10e6]), 0.7)
    drawn = pareto_chart(found, pd.Series(["Papier", "Toner"]), 0.7)
    assert [(box.end, box.tone, box.code) for box in drawn.boxes] == [(30e6, "gain", "a"), (10e6, "cost", "b")]
    assert "Papier" in drawn.boxes[0].tip and "75,0" in drawn.boxes[0].tip
    # the share's line goes from nothing to the top of the other axis
    top = drawn.ticks[-1]
    assert drawn.lines[0].values == (0.75 * top, top) and drawn.limits[0].value == 0.7 * top
    assert drawn.right_ticks[0] == (0, "0\u202f%") and drawn.right_ticks[-1] == (top, "100\u202f%")


TREE = pd.DataFrame({
    "family": ["F", "F", "G", None, "G"], "segment": ["F-1", "F-2", "G-1", None, "G-2"], "cpv_code": ["1", "2", "3", None, "4"],
    "spend_eur": [1.0, 2.0, 9.0, 4.0, -1.0],
})  # fmt: skip


def test_the_treemap_gathers_leaves_by_parent_the_largest_first():
    drawn = treemap(TREE, "family", "segment", {"F": "Fournitures"}, labels.UNCLASSIFIED)
    heads = [(group.head.name, group.head.eur, group.head.code) for group in drawn.groups]
    assert heads == [("G", 9.0, "G"), (labels.UNCLASSIFIED, 4.0, ""), ("Fournitures", 3.0, "F")]
    # what is not positive has no area
    assert [[leaf.code for leaf in group.leaves] for group in drawn.groups] == [["G-1"], [""], ["F-2", "F-1"]]
    assert drawn.groups[2].leaves[0].amount == "2\u202f€"


def test_a_click_on_a_cpv_code_chooses_its_segment():
    drawn = treemap(TREE, "segment", "cpv_code", {"1": "Papier"}, "?")
    assert {(leaf.name, leaf.code) for group in drawn.groups for leaf in group.leaves} == {
        ("Papier", "F-1"), ("2", "F-2"), ("3", "G-1"), ("?", ""),
    }  # fmt: skip


def test_one_level_has_no_heads_and_its_codes_no_choice():
    drawn = treemap(TREE, None, "cpv_code", {}, "?")
    assert not drawn.has_heads and len(drawn.groups) == 1
    assert [(leaf.name, leaf.code) for leaf in drawn.groups[0].leaves] == [("3", ""), ("?", ""), ("2", ""), ("1", "")]


def test_a_cpv_code_takes_the_nearest_name():
    assert labels.cpv_name("03110000") == "03110000 · " + labels.cpv_name("03119999").partition(" · ")[2]
    assert labels.cpv_name("99999999") == "99999999"


def test_the_matrix_keeps_the_largest_and_compares_prices(build: Build):
    # paper at 4 and 6 €: 5 € on average of as many reams
    con = build(
        {"contract_id": "1", "amount": "400", "quantity": "100", "unit": "ramette", "item": "Papier"},
        {"contract_id": "2", "amount": "600", "quantity": "100", "unit": "ramette", "item": "Papier", "buyer_id": "21210231900018", "buyer_name": "Dijon"},
        {"contract_id": "3", "amount": "50", "cpv_code": "90911200"},
    )  # fmt: skip
    asked = {"n_buyers": 5, "n_segments": 1} | ALL
    cells = queries.run(con.cursor(), "matrix_cells", **asked).set_index("buyer_name")
    assert set(cells["segment"]) == {"FOU-BUR"}
    prices = queries.run(con.cursor(), "matrix_prices", **ALL).set_index("buyer_key")["price_index"]
    assert cells["buyer_key"].map(prices).to_dict() == pytest.approx({"Commune de Marseille": 80, "Dijon": 120})
    assert cells["spend_eur"].to_dict() == {"Commune de Marseille": 400, "Dijon": 600}
    assert queries.run(con.cursor(), "matrix_cells", **(asked | {"n_buyers": 1}))["buyer_name"].tolist() == ["Dijon"]


def test_a_price_without_a_unit_is_that_of_a_unit(build: Build):
    con = build(
        {"contract_id": "1", "amount": "400", "quantity": "100", "item": "Papier", "unit": None},
        {"contract_id": "2", "amount": "600", "quantity": "100", "item": "Papier", "unit": "unité", "buyer_id": "21210231900018", "buyer_name": "Dijon"},
    )  # fmt: skip
    con.execute("create table dataset as select date '2026-06-30' as as_of")
    assert queries.run(con.cursor(), "matrix_prices", **ALL)["price_index"].tolist() == pytest.approx([80, 120])
    assert set(queries.run(con.cursor(), "item_prices", n_items=5, **ALL)["unit"]) == {"unité"}


def test_the_matrix_without_quantities_has_no_price(cursor):
    cells = queries.run(cursor, "matrix_cells", n_buyers=40, n_segments=25, **ALL)
    assert cells["spend_eur"].sum() == 4321980
    assert queries.run(cursor, "matrix_prices", **ALL).empty


CELLS = pd.DataFrame({
    "buyer_key": ["a", "b", "c", "d", "a", "b"], "buyer_name": ["A", "B", "C", "D", "A", "B"], "segment": ["s", "t", "s", "t", "u", "u"],
    "spend_eur": [100.0, 100.0, 90.0, 120.0, 1.0, 1.0], "n_rows": [1, 2, 3, 4, 1, 1], "price_index": [None] * 6,
})  # fmt: skip


def test_what_is_alike_is_side_by_side():
    order, _ = ordered(spend_table(CELLS))
    assert abs(order.index("a") - order.index("c")) == 1 and abs(order.index("b") - order.index("d")) == 1


def test_each_cell_of_the_matrix_stands_at_its_buyer_and_segment():
    drawn = overlap_matrix(CELLS, MEASURES["lignes"], {"s": "Papier"})
    found = {(drawn.buyers[row], drawn.segments[column]): text for column, row, _, text in drawn.cells}
    keys = zip(CELLS["buyer_key"], CELLS["segment"], strict=True)
    assert found == {
        key: f"{n} ligne{'s' if n > 1 else ''}" for key, n in zip(keys, CELLS["n_rows"].tolist(), strict=True)
    }
    assert drawn.rows == [key.upper() for key in drawn.buyers]
    assert drawn.columns == [{"s": "Papier"}.get(code, code) for code in drawn.segments]
    assert overlap_matrix(CELLS, MEASURES["prix"], {}).cells == []


def test_the_more_a_cell_holds_the_darker_it_is():
    drawn = overlap_matrix(CELLS, MEASURES["montants"], {})
    shades = {(drawn.buyers[row], drawn.segments[column]): shade for column, row, shade, _ in drawn.cells}
    ranked = CELLS.sort_values("spend_eur")
    in_order = [shades[key] for key in zip(ranked["buyer_key"], ranked["segment"], strict=True)]
    assert in_order == sorted(in_order) and in_order[0] == 0 and in_order[-1] == len(drawn.legend) - 1


def test_pairs_share_the_smaller_of_their_spends():
    pairs = pairs_in_common(CELLS, 5)
    assert pairs.iloc[0].tolist() == ["B", "D", 1, 100.0]
    assert pairs.iloc[1].tolist() == ["A", "C", 1, 90.0]
    assert pairs.iloc[2].tolist() == ["A", "B", 1, 1.0] and len(pairs) == 3
    assert len(pairs_in_common(CELLS, 2)) == 2


def test_what_buyers_spend_in_a_segment_is_yearly_and_less_what_is_pooled(cursor):
    cursor.execute("create table dataset as select date '2026-06-30' as as_of")
    found = queries.run(cursor, "segment_buyers", **ALL).set_index("buyer_key")
    # from the first notification, 1 June 2024, to the data's day, 30 June 2026
    years = 760 / 365.25
    assert found.loc["211300553", "spend_eur"] == pytest.approx(321980 / years)
    assert found.loc["211300553", "own_eur"] == pytest.approx((321980 - 900) / years)
    assert found["region_code"].tolist() == ["27", "93"] and found["segment"].tolist() == ["ENT-NET", "FOU-BUR"]


def test_a_segment_s_suppliers_and_levels(cursor):
    row = queries.run(cursor, "segment_supply", **ALL).set_index("segment").loc["FOU-BUR"]
    shares = [301900 / 321980, 20000 / 321980, 80 / 321980]
    assert row["supplier_hhi"] == pytest.approx(sum(share**2 for share in shares))
    assert (row["n_suppliers"], row["n_rows"], row["top10_share"]) == (3, 5, 1)
    assert row["top1_share"] == pytest.approx(shares[0])
    assert row["local_share"] == pytest.approx(21980 / 321980)
    assert row["sme_share"] == pytest.approx(301900 / 321900)
    assert (row["level_0"], row["level_4"], row["level_2"], row["level_unknown"]) == (321080, 900, 0, 0)


@pytest.mark.parametrize(
    ("vehicle", "level"),
    [
        ("UGAP", 4),
        ("Accord-cadre national", 4),
        ("Interrégional PACA-BFC", 3),
        ("SGAR PACA", 2),
        ("Groupement de commandes hors UGAP", 1),
        ("Centrale d'achat", None),
        ("Hors UGAP", 0),
        ("Pas de groupement", 0),
        ("UGAP : non", 0),
        ("Marché interministériel DAE", 4),
        ("Marché inter-régional", 3),
        ("PFRA PACA", 2),
        ("Groupement", 1),
        (None, 0),
    ],
)
def test_each_vehicle_has_its_level(build: Build, vehicle: str | None, level: int | None):
    row = only(build({"vehicle": vehicle}), "select pooling_level, is_pooled_already from spend")
    # a region's own vehicle, or a wider one, carries the purchase already, even where it is not named
    assert row == {"pooling_level": level, "is_pooled_already": level is None or level >= 2}


def test_a_groupement_is_read_in_the_object_and_an_unnamed_vehicle_has_no_level(build: Build):
    con = build(
        {"contract_id": "1", "object": "Groupement de commandes : papier"}, {"contract_id": "2", "vehicle": "oui"}
    )
    levels = con.execute("select pooling_level, is_pooled_already from spend order by contract_uid").fetchall()
    assert levels == [(1, False), (None, True)]


def test_the_quadrant_places_segments_on_logarithms_with_french_ticks():
    facts = pd.DataFrame({
        "segment": ["FOU-TON", "FOU-PAP", "FOU-NUL"], "spend": [1e4, 1e6, 1e5], "gain": [1e3, 4e3, -5.0], "N1": [2.0, 8.0, 4.0], "n_buyers": [2, 12, 5],
    })  # fmt: skip
    drawn = quadrant(facts, pd.Series(["Toner", "Papier", "Rien"]))
    paper, toner, nothing = drawn.dots
    assert [(dot.code, dot.across, dot.up) for dot in (paper, toner, nothing)] == [
        ("FOU-PAP", 1, 1), ("FOU-TON", 0, 0), ("FOU-NUL", 0.5, 0.5),
    ]  # fmt: skip
    assert paper.radius - LEAST_PIXELS == pytest.approx(2 * (toner.radius - LEAST_PIXELS))
    assert nothing.radius == LEAST_PIXELS
    assert [dot.name for dot in drawn.dots] == ["Papier", "Toner", ""]
    assert [text for _, text in drawn.across.ticks] == ["2", "4", "8"]
    assert [text for _, text in drawn.upwards.ticks] == [
        "10,0\u202fk€",
        "20,0\u202fk€",
        "50,0\u202fk€",
        "100,0\u202fk€",
        "200,0\u202fk€",
        "500,0\u202fk€",
        "1,0\u202fM€",
    ]
    assert [(guide.at, guide.is_up) for guide in drawn.guides] == [(0.5, False), (0.5, True)]
    assert "12 entités" in paper.tip


def test_what_is_pooled_already_is_the_overview_s_whatever_the_levels(build: Build):
    con = build(
        {"contract_id": "1", "amount": "1000", "object": "Groupement de commandes : papier"},
        {"contract_id": "2", "amount": "2000", "vehicle": "oui"},
        {"contract_id": "3", "amount": "4000", "vehicle": "UGAP"},
        {"contract_id": "4", "amount": "3000"},
    )
    con.execute("create table dataset as select date '2026-06-30' as as_of")
    supply, pairs = (queries.run(con.cursor(), name, **ALL) for name in ("segment_supply", "segment_buyers"))
    table = level_table(segment_facts(supply, potential(stock_of(pairs, supply), preset("central"))), {})
    assert table["Déjà mutualisé (%)"].tolist() == [60]
    assert queries.totals(con.cursor(), Filters())["pooled_spend_eur"] == 6000
    assert table["Observé"].tolist() == ["4 National"]
