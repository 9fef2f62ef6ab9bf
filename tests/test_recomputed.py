"""Figures of the screens against independent SQL on the view ``spend`` of the demonstration, row by row."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from mutualis import demo, queries, warehouse
from mutualis.queries import Filters

REGION, FAMILY = "93", "FOU"
WINDOW = date(2024, 1, 1), date(2025, 12, 31)
PERIMETERS = {
    "all": (Filters(grain="payment"), "true"),
    "place and family": (Filters(grain="payment", regions=(REGION,), families=(FAMILY,)), f"buyer_region_code = '{REGION}' and family = '{FAMILY}'"),
    "period": (Filters(grain="payment", start=WINDOW[0], end=WINDOW[1]), f"notified_on between date '{WINDOW[0]}' and date '{WINDOW[1]}'"),
}  # fmt: skip


@pytest.fixture(params=PERIMETERS)
def asked(request, demo_home: Path):
    """Ask the app's query, and plain SQL, on the same perimeter."""
    filters, where = PERIMETERS[request.param]
    with warehouse.open_version(demo_home) as con:

        def ours(name: str, **parameters: object) -> pd.DataFrame:
            return queries.run(con.cursor(), name, **filters.parameters(), **parameters)

        def plain(select: str, rest: str = "", joins: str = "") -> pd.DataFrame:
            rows = f"(select * from spend where grain = 'payment' and is_counted and {where}) as s"
            return con.execute(f"select {select} from {rows} {joins} {rest}").df()

        yield ours, plain, filters


def test_the_matrix_s_amounts_and_price_indices(asked):
    ours, plain, _ = asked
    found = ours("matrix_cells", n_buyers=1000, n_segments=1000).set_index(["buyer_key", "segment"]).sort_index()
    said = plain("buyer_key, segment, sum(amount_eur)::double as eur, count(*) as n",
                 "where segment is not null group by 1, 2").set_index(["buyer_key", "segment"]).sort_index()  # fmt: skip
    assert found["spend_eur"].tolist() == pytest.approx(said["eur"].tolist())
    assert found["n_rows"].tolist() == said["n"].tolist()
    priced = "where item is not null and segment is not null and quantity > 0 and amount_eur > 0"
    means = plain("item, unit, sum(amount_eur)::double / sum(quantity) as mean", f"{priced} group by item, unit")
    lines = plain("buyer_key, segment, item, unit, quantity, amount_eur::double as eur", priced).merge(means, on=["item", "unit"])  # fmt: skip
    lines["expected"] = lines["quantity"] * lines["mean"]
    index = lines.groupby(["buyer_key", "segment"])[["eur", "expected"]].sum()
    prices = ours("matrix_prices").set_index(["buyer_key", "segment"])["price_index"].sort_index()
    assert prices.index.tolist() == index.index.tolist()
    assert prices.tolist() == pytest.approx((100 * index["eur"] / index["expected"]).tolist())


def test_the_share_bought_in_the_region(asked):
    ours, plain, _ = asked
    found = ours("segment_supply").set_index("segment")["local_share"].dropna().sort_index()
    said = plain("segment, sum(if(region_code = buyer_region_code, amount_eur, 0))::double / sum(amount_eur)::double as share",
                 "where segment is not null group by 1 order by 1", "join ref_department on department_code = supplier_department_code")  # fmt: skip
    assert found.tolist() == pytest.approx(said["share"].tolist())


def test_what_regional_contracts_would_absorb(asked):
    ours, plain, filters = asked
    last = min(filters.end or demo.AS_OF, demo.AS_OF)
    found = ours("small_repeats", threshold=25_000, as_of=demo.AS_OF)
    found = found[found["n_free"] > 0].dropna(subset=["segment", "region_code"]).sort_values(["region_code", "segment"])
    said = plain(
        "buyer_region_code, segment, count(*) as n, sum(amount_eur)::double as eur, count(distinct buyer_key) as buyers",
        f"""where amount_eur < 25000 and not is_pooled_already and segment is not null and buyer_region_code is not null
        and notified_on <= date '{last}' and notified_on > date '{last}' - interval 1 year group by 1, 2 order by 1, 2""",
    )
    assert found["n_free"].tolist() == said["n"].tolist()
    assert found["free_eur"].tolist() == pytest.approx(said["eur"].tolist())
    assert found["n_buyers"].tolist() == said["buyers"].tolist()


def test_what_each_entity_pays_for_an_item(asked):
    ours, plain, _ = asked
    found = ours("item_prices", n_items=1000).sort_values(["item", "unit", "buyer_key"])
    said = plain("item, coalesce(unit, 'unité') as unit, buyer_key, sum(amount_eur)::double / sum(quantity) as price",
                 "where item is not null and quantity > 0 and amount_eur > 0 group by 1, 2, 3 order by 1, 2, 3")  # fmt: skip
    assert found["price_eur"].tolist() == pytest.approx(said["price"].tolist())


@pytest.mark.parametrize("threshold", [1, 999, 1000, 5000, 10000, 24999.5, 25000, 25001, 40000, 60000])
def test_what_is_under_a_threshold_whether_sums_or_lines_tell(asked, threshold: float):
    ours, plain, _ = asked
    under = f"where amount_eur < {threshold}"
    said = plain("count(*) as n, coalesce(sum(amount_eur), 0)::double as eur", under).iloc[0]
    totals = ours("small_totals", threshold=threshold).iloc[0]
    assert totals["n_purchases"] == said["n"] and totals["spend_eur"] == pytest.approx(said["eur"])
    counted = ours("spend_rows_count", search=None, below=threshold).iloc[0]
    assert (counted["n_rows"], counted["n_counted"]) == (said["n"], said["n"])
    assert counted["spend_eur"] == pytest.approx(said["eur"])
    split = ours("small_split", by="segment", threshold=threshold, limit=1000)
    segments = plain("segment as code, count(*) as n, sum(amount_eur)::double as eur", f"{under} group by segment")
    assert split["n_purchases"].sum() == segments["n"].sum()
    found = split.set_index("code")["spend_eur"].sort_index()
    assert found.tolist() == pytest.approx(segments.set_index("code")["eur"].sort_index().tolist())
