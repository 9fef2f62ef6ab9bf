"""The rows behind a figure: found, sorted, paged and counted by DuckDB; names of persons never given away."""

import duckdb
import pandas as pd
import pytest

from mutualis import labels, queries
from mutualis.queries import Filters
from mutualis.ui.row_columns import COLUMNS, SORTS, USUAL, masked, rows_table
from tests.conftest import Build
from tests.test_queries import ROWS


@pytest.fixture
def cursor(build: Build):
    return build(*ROWS).cursor()


def rows(cursor: duckdb.DuckDBPyConnection, sort: str = "amount_desc", **changes: object) -> pd.DataFrame:
    asked = {"search": None, "limit": 50, "offset": 0, "sort": sort, "below": None} | Filters().parameters() | changes
    return queries.run(cursor, "spend_rows", **asked)


def test_amounts_sort_both_ways_and_the_order_is_total(cursor):
    falling, rising = rows(cursor)["amount_eur"], rows(cursor, "amount_asc")["amount_eur"]
    assert falling.tolist() == [999999999, 50000000, 4000000, 300000, 20000, 1000, 900, 80, 7]
    assert rising.tolist() == falling.tolist()[::-1]


def test_what_is_not_counted_comes_last_unless_asked_for(cursor):
    found = rows(cursor, "counted_desc")
    counted = (found["amount_flag"] == "ok") & ~found["is_ceiling"]
    assert found["amount_eur"].tolist() == [4000000, 300000, 20000, 1000, 900, 80, 7, 999999999, 50000000]
    assert counted.tolist() == sorted(counted, reverse=True)


def test_dates_and_words_sort(cursor):
    assert rows(cursor, "date_asc").iloc[0]["amount_eur"] == 300000
    assert rows(cursor, "ends_asc").iloc[0]["amount_eur"] == 300000
    assert rows(cursor, "date_desc").iloc[-1]["amount_eur"] == 300000
    assert rows(cursor, "buyer")["buyer_name"].iloc[[0, -1]].tolist() == ["Atelier X", "Dijon"]
    assert rows(cursor, "supplier").iloc[0]["supplier_name"] == "GRAND GROUPE"


def test_a_hidden_name_is_last_whatever_its_letter(cursor):
    # MARTIN would come between GRAND GROUPE and PAPETERIE DU MIDI
    assert rows(cursor, "supplier").iloc[-1]["amount_eur"] == 80


@pytest.mark.parametrize("sort", SORTS)
def test_pages_follow_one_another_without_a_gap_or_a_repeat(cursor, sort: str):
    pages = [rows(cursor, sort, limit=4, offset=start) for start in (0, 4, 8)]
    assert [len(page) for page in pages] == [4, 4, 1]
    assert pd.concat(pages)["spend_id"].tolist() == rows(cursor, sort)["spend_id"].tolist()


def test_an_order_that_does_not_exist_is_refused(cursor):
    with pytest.raises(duckdb.Error, match="unknown order"):
        rows(cursor, "amount; drop table spend")


@pytest.mark.parametrize("search", [None, "grand groupe", "PAPIÉR", "dijon", "2025-001", "martin", "%"])
def test_the_count_is_that_of_the_rows(cursor, search: str | None):
    found = queries.run(cursor, "spend_rows_count", search=search, below=None, **Filters().parameters()).iloc[0]
    listed = rows(cursor, search=search)
    counted = listed[(listed["amount_flag"] == "ok") & ~listed["is_ceiling"]]
    assert (found["n_rows"], found["n_counted"]) == (len(listed), len(counted))
    assert found["spend_eur"] == counted["amount_eur"].sum()


def test_a_search_takes_no_account_of_case_nor_accents(cursor):
    assert len(rows(cursor, search="PAPIÉR")) == 9
    assert rows(cursor, search="dijon")["amount_eur"].tolist() == [4000000]
    assert rows(cursor, search="martin").empty and rows(cursor, search="%").empty


def test_the_table_says_what_is_counted_and_hides_persons(cursor):
    shown = rows_table(masked(rows(cursor), show_persons=False), USUAL, {"FOU-BUR": "Fournitures de bureau"})
    assert tuple(shown) == USUAL
    assert shown["Compté"].tolist()[:3] == ["non, montant écarté", "non, plafond", "oui"]
    assert shown.loc[shown["Montant (€ HT)"] == 80, "Fournisseur"].tolist() == [labels.PERSON]
    assert set(shown["Segment"]) == {"Fournitures de bureau", labels.UNCLASSIFIED}
    everything = rows_table(masked(rows(cursor), show_persons=True), COLUMNS, {})
    assert tuple(everything) == COLUMNS
    assert "MARTIN SOPHIE" in set(everything["Fournisseur"])
