"""Unit prices: two entities, two prices, one target; the gain by hand."""

from dataclasses import replace

import pandas as pd
import pytest

from mutualis import queries
from mutualis.figures.prices import price_chart
from mutualis.levers import preset
from mutualis.queries import Filters
from mutualis.scenario.alignment import alignment
from mutualis.ui.price_table import DOUBTFUL, PLAUSIBLE, compared, item_table, items_table
from tests.conftest import Build

ALL = Filters().parameters()
DIJON = {"buyer_id": "21210231900018", "buyer_name": "Dijon"}
PAPER = {"unit": "ramette", "item": "Papier"}
CENTRAL = preset("central")


@pytest.fixture
def prices(build: Build) -> pd.DataFrame:
    con = build(
        {"contract_id": "1", "amount": "400", "quantity": "100"} | PAPER,
        {"contract_id": "2", "amount": "350", "quantity": "50"} | PAPER | DIJON,
        {"contract_id": "3", "amount": "250", "quantity": "50", "vehicle": "UGAP"} | PAPER | DIJON,
        {"contract_id": "4", "amount": "9", "quantity": "1", "unit": "carton", "item": "Papier"},
        {"contract_id": "5", "amount": "1000", "item": "Papier"},
    )
    # from the notification to the data's day, one year
    con.execute("create table dataset as select date '2026-02-28' as as_of")
    return queries.run(con.cursor(), "item_prices", n_items=10, **ALL)


def test_prices_are_by_item_unit_and_buyer(prices):
    found = prices.set_index(["unit", "buyer_name"])
    assert len(found) == 3
    assert found.loc[("ramette", "Commune de Marseille"), ["price_eur", "quantity", "n_rows"]].tolist() == [4, 100, 1]
    assert found.loc[("ramette", "Dijon"), ["price_eur", "spend_eur", "quantity", "n_rows"]].tolist() == [
        6,
        600,
        100,
        2,
    ]


def test_a_year_s_quantity_leaves_out_what_is_pooled(prices):
    yearly = prices.set_index(["unit", "buyer_name"])["yearly_quantity"]
    assert yearly[("ramette", "Dijon")] == pytest.approx(50 * 365.25 / 365)


def test_the_gain_is_that_of_the_model(prices):
    rows = compared(prices, CENTRAL)
    # the carton has but one buyer
    assert rows["unit"].tolist() == ["ramette", "ramette"] and set(rows["target_eur"]) == {4}
    phi = CENTRAL.pooling_rate * CENTRAL.utilisation
    assert rows["saving_eur"].tolist() == pytest.approx([0, 0.5 * phi * 50 * 365.25 / 365 * 2])
    assert rows["gap"].tolist() == pytest.approx([0, 0.5])
    model = alignment(rows["price_eur"], rows["yearly_quantity"], phi, CENTRAL.target_quantile, CENTRAL.comparability)
    assert rows["saving_eur"].sum() == pytest.approx(model.total)


def test_the_target_follows_the_lever(prices):
    paper = prices[prices["unit"] == "ramette"].assign(quantity=[40.0, 60.0])
    targets = [set(compared(paper, replace(CENTRAL, target_quantile=tau))["target_eur"]) for tau in (0.4, 0.41)]
    assert targets == [{4}, {6}]


def test_a_wide_spread_is_doubtful(prices):
    assert items_table(compared(prices, CENTRAL))["Comparabilité"].tolist() == [PLAUSIBLE]
    wide = prices.assign(price_eur=prices["price_eur"].where(prices["buyer_name"] == "Dijon", 1.0))
    assert items_table(compared(wide, CENTRAL))["Comparabilité"].tolist() == [DOUBTFUL]


def test_tables_and_chart_hold_the_same_prices(prices):
    rows = compared(prices, CENTRAL)
    items = items_table(rows).iloc[0]
    assert (
        items["Entités"],
        items["Prix le plus bas (€)"],
        items["Prix moyen (€)"],
        items["Prix le plus haut (€)"],
    ) == (2, 4, 5, 6)
    assert item_table(rows)["Prix moyen (€)"].tolist() == [6, 4]
    drawn = price_chart(rows, "Papier", "ramette")
    assert [(dot.across, dot.up, dot.tone) for dot in drawn.dots] == [(0, 0, "gain"), (0, 1, "loss")]
    assert [text for _, text in drawn.upwards.ticks] == ["4,00", "4,50", "5,00", "5,50", "6,00"]
    assert [(guide.at, guide.text) for guide in drawn.guides] == [(0, "cible 4,00\u202f€")]


def test_without_quantities_nothing_is_compared(build: Build):
    con = build({"contract_id": "1"}, {"contract_id": "2"} | DIJON)
    con.execute("create table dataset as select date '2026-02-28' as as_of")
    rows = compared(queries.run(con.cursor(), "item_prices", n_items=10, **ALL), CENTRAL)
    assert rows.empty and "saving_eur" in rows
