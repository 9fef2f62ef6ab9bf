"""The demo data: deterministic, of the stated shape, and imported like any other file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from mutualis import demo, load, warehouse
from mutualis.demo.files import PAYMENT_MAPPING
from mutualis.demo.identity import FICTITIOUS_ROOT, siret, wrong_key
from mutualis.demo.world import UGAP, World, build_world
from mutualis.geography import communes
from mutualis.sources.header import as_text_rows
from mutualis.sources.mapping import guess_mapping, load_mapping
from tests.conftest import only

SMALL = 3_000


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return demo.generate(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def report(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, load.ImportReport]:
    home = tmp_path_factory.mktemp("home")
    return home, load.import_files(home, [files[0].parent], as_of=demo.AS_OF, is_demo=True)


@pytest.fixture(scope="module")
def con(report: tuple[Path, load.ImportReport]) -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse.open_version(report[0]) as opened:
        yield opened


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(demo.DEFAULT_SEED, 1)


def luhn_holds(code: str) -> bool:
    doubled = [int(figure) * (2 - place % 2) for place, figure in enumerate(reversed(code), start=1)]
    return sum(sum(divmod(value, 10)) for value in doubled) % 10 == 0


def test_the_same_seed_and_rows_give_the_same_bytes(tmp_path: Path):
    once, again = tmp_path / "once", tmp_path / "again"
    for folder in (once, again):
        folder.mkdir()
        demo.generate(folder, rows=SMALL)
    for path in sorted(once.iterdir()):
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


def test_another_seed_gives_other_tables(tmp_path: Path):
    first, second = (demo.generate(tmp_path, rows=SMALL, seed=seed)[0].read_bytes() for seed in (1, 2))
    assert first != second


@pytest.mark.parametrize("rows", [2, 10, 1_000, 20_000])
def test_rows_are_those_asked(rows: int, tmp_path: Path):
    contracts, payments, _ = demo.generate(tmp_path, rows=rows)
    assert pq.read_metadata(contracts).num_rows + pq.read_metadata(payments).num_rows == rows


def test_a_large_demo_is_written_by_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mutualis.demo.files.CHUNK_ROWS", 5_000)
    told: list[float] = []
    contracts, payments, _ = demo.generate(tmp_path, rows=12_000, progress=lambda share, step: told.append(share))
    assert told == [1 / 3, 2 / 3, 1]
    assert pq.read_metadata(contracts).num_rows == 1_600
    lines = pq.read_table(payments)["N° de demande de paiement"].to_pandas()
    assert len(lines) == 10_400
    assert lines.nunique() == len(lines) - 3 * 5  # only the exact duplicates repeat a number


def test_the_layouts_are_those_of_real_sources(files: list[Path], shared_data: Path):
    real = set(pq.read_schema(shared_data / "decp" / "decp_mini_2026-08.parquet").names)
    assert set(pq.read_schema(files[0]).names) <= real


def test_the_payment_mapping_is_the_one_guessed(files: list[Path]):
    _, payments, mapping = files
    assert load_mapping(mapping) == PAYMENT_MAPPING
    sample = pq.read_table(payments).slice(0, 20).to_pylist()
    rows = as_text_rows([list(row.values()) for row in sample])
    guess = guess_mapping(pq.read_schema(payments).names, rows)
    assert guess.mapping == PAYMENT_MAPPING
    assert min(guess.confidence.values()) == 100


def test_identities_are_nobodys(world: World):
    assert siret(1) == "00000001800002" and wrong_key("00000001800002") == "00000001800003"
    numbers = [*world.buyers["siret"], *world.suppliers["siret"]]
    assert len(set(numbers)) == len(numbers)
    assert all(luhn_holds(number) and luhn_holds(number[:9]) for number in numbers)
    assert [number for number in numbers if not number.startswith(FICTITIOUS_ROOT)] == [UGAP["siret"]]
    assert world.suppliers["supplier_name"].is_unique


def test_buyers_are_where_they_are(world: World):
    known = set(communes()["commune_code"])
    assert set(world.buyers["commune"]) <= known
    is_body = world.buyers["buyer_type"].isin(["Établissement public", "Université"])
    count = world.buyers.groupby(["region", is_body])["siret"].count()
    assert count.to_dict() == {("27", False): 55, ("27", True): 40, ("93", False): 55, ("93", True): 40}


def test_needs_are_official_codes(world: World, shared_data: Path):
    official = pd.read_csv(shared_data / "ref" / "cpv_2008_ver_2013_FR.csv", dtype=str, encoding="utf-8-sig")
    assert set(world.needs["cpv_code"]) <= set(official["CODE"].str[:8])


def test_the_import_accounts_for_every_row_and_defect(report: tuple[Path, load.ImportReport]):
    contracts, payments = report[1].files
    assert (contracts.kind, contracts.rows_read, payments.rows_read) == ("decp_tabular", 12_000, 78_000)
    for file in (contracts, payments):
        assert file.rows_read == file.rows_kept + file.rows_quarantined + file.rows_merged
        assert file.rows_quarantined == file.reasons["no_buyer"] == 1
    assert contracts.reasons["co_contractor"] > 500
    assert contracts.reasons["superseded_version"] > 500
    assert contracts.reasons["exact_duplicate"] > 100
    assert payments.reasons["exact_duplicate"] == 117


def test_every_buyer_gets_its_type(con: duckdb.DuckDBPyConnection):
    found = dict(con.sql("select buyer_type, count(distinct buyer_key) from spend group by all").fetchall())
    assert found == {
        "prefecture": 16,
        "state_service": 56,
        "education": 4,
        "justice": 34,
        "university": 7,
        "public_body": 73,
    }


def test_five_years_up_to_the_as_of_date(con: duckdb.DuckDBPyConnection):
    days = only(con, "select min(notified_on) as first, max(notified_on) as last from spend")
    assert days == {"first": date(2021, 7, 1), "last": demo.AS_OF}
    assert date(2026, 6, 30) == demo.AS_OF


@pytest.mark.parametrize("grain", ["contract", "payment"])
@pytest.mark.parametrize("region", ["93", "27"])
def test_about_0_4_billion_a_year_in_each_region(con: duckdb.DuckDBPyConnection, grain: str, region: str):
    query = "select sum(amount_eur)::double / 5 from spend where is_counted and grain = $g and buyer_region_code = $r"
    (total,) = con.execute(query, {"g": grain, "r": region}).fetchall()[0]
    assert 0.35e9 < total < 0.5e9


def test_contract_amounts_have_the_stated_spread(con: duckdb.DuckDBPyConnection):
    found = only(
        con,
        "select median(amount_eur)::double as middle, quantile_cont(amount_eur, 0.95)::double as high "
        "from spend where is_counted and grain = 'contract'",
    )
    assert found["middle"] == pytest.approx(57_000, rel=0.03)
    assert found["high"] == pytest.approx(2_100_000, rel=0.05)


def test_small_purchases_average_2_3_k(con: duckdb.DuckDBPyConnection):
    small = only(
        con,
        "select avg(amount_eur)::double as mean, count(*) as n from spend "
        "where is_counted and grain = 'payment' and amount_eur < 25000",
    )
    assert small["mean"] == pytest.approx(2_300, rel=0.05)
    assert 50_000 < int(str(small["n"])) < 70_000


@pytest.mark.parametrize(
    ("segments", "low", "high"),
    [
        (["ENT-MAI", "ENT-CVC", "ENT-ESP", "ENT-ASC"], 0.65, 0.95),
        (["ENT-NET"], 0.22, 0.38),
        (["NUM-POS", "NUM-IMP", "NUM-SER", "NUM-PRE", "NUM-LOG"], 0.10, 0.40),
        (["ENE-ELE", "ENE-GAZ"], 0.0, 0.2),
    ],
)
def test_sme_shares_differ_by_family(con: duckdb.DuckDBPyConnection, segments: list[str], low: float, high: float):
    query = (
        "select sum(amount_eur) filter (supplier_size = 'PME')::double / sum(amount_eur)::double from spend "
        "where is_counted and grain = 'contract' and supplier_size <> 'inconnu' and segment = any($segments)"
    )
    (share,) = con.execute(query, {"segments": segments}).fetchall()[0]
    assert low < share < high


@pytest.mark.parametrize("grain", ["contract", "payment"])
def test_most_suppliers_are_of_the_region(con: duckdb.DuckDBPyConnection, grain: str):
    query = (
        "select avg((d.region_code = buyer_region_code)::int) from spend "
        "join ref_department as d on d.department_code = supplier_department_code "
        "where is_counted and grain = $g"
    )
    (share,) = con.execute(query, {"g": grain}).fetchall()[0]
    assert 0.72 < share < 0.88


def test_suppliers_are_shared_and_rival(con: duckdb.DuckDBPyConnection):
    found = only(
        con,
        "select count(*) filter (n_buyers >= 5) / count(*) as shared, max(n_buyers) as widest from ("
        "select count(distinct buyer_key) as n_buyers from spend where supplier_key is not null "
        "group by supplier_key)",
    )
    rivals = only(
        con,
        "select median(n) as n from (select count(distinct supplier_key) as n from spend "
        "where segment is not null group by segment, buyer_region_code)",
    )
    assert float(str(found["shared"])) > 0.3 and int(str(found["widest"])) > 40
    assert float(str(rivals["n"])) > 20


def test_expiries_cluster(con: duckdb.DuckDBPyConnection):
    query = (
        "select month(ends_on) as month, count(*) as n from spend where grain = 'contract' and is_counted "
        "and ends_on between '2026-07-01' and '2029-06-30' group by all order by all"
    )
    by_month = con.sql(query).df().set_index("month")["n"]
    assert by_month[12] > 3 * by_month.drop(12).mean()
    # a region's cleaning contracts end together more than chance would have it
    query = (
        "select count(*) as n, max(n_quarter) as most from ("
        "select count(*) over (partition by date_trunc('quarter', ends_on)) as n_quarter from spend "
        "where grain = 'contract' and segment = 'ENT-NET' and buyer_region_code = '93' "
        "and ends_on is not null)"
    )
    wave = only(con, query)
    assert int(str(wave["most"])) > 0.2 * int(str(wave["n"]))


def test_frameworks_and_their_call_offs(con: duckdb.DuckDBPyConnection):
    found = only(
        con,
        "select count(*) filter (is_ceiling) as ceilings, "
        "count(*) filter (nature = 'Marché subséquent') as call_offs, "
        "count(*) filter (nature = 'Marché subséquent' and is_counted) as counted "
        "from spend where grain = 'contract'",
    )
    assert int(str(found["ceilings"])) > 800
    assert int(str(found["counted"])) > 0.95 * int(str(found["call_offs"])) > 600


def test_some_spend_is_already_pooled(con: duckdb.DuckDBPyConnection):
    query = (
        "select grain, sum(amount_eur) filter (is_pooled_already)::double / sum(amount_eur)::double "
        "from spend where is_counted group by grain"
    )
    shares = dict(con.sql(query).fetchall())
    assert 0.01 < shares["contract"] < 0.1 and 0.1 < shares["payment"] < 0.25


def test_unit_prices_spread_across_entities(con: duckdb.DuckDBPyConnection):
    query = (
        "select item, count(distinct buyer_key) as n_buyers, "
        "stddev(unit_price_eur) / avg(unit_price_eur) as spread from spend "
        "where item is not null group by item"
    )
    items = con.sql(query).df().set_index("item")
    assert len(items) == 24
    assert items["spread"].between(0.08, 0.25).all()
    assert (items["n_buyers"] > 50).all()
    wrong = (
        "select count(*) as n from spend where item is not null and abs(quantity * unit_price_eur - amount_eur) > 0.011"
    )
    assert only(con, wrong) == {"n": 0}


def test_known_defects_are_there(con: duckdb.DuckDBPyConnection):
    flags = dict(con.sql("select amount_flag, count(*) from spend group by all").fetchall())
    assert flags["sentinel"] == 2 and flags["absurd"] == 2 and flags["zero"] > 100
    found = only(
        con,
        "select count(*) filter (not ends_on_is_known) as unknown_ends, "
        "count(*) filter (cpv_code is null) as unclassified, "
        "count(*) filter (date_flag = 'from_publication') as undated, "
        "count(*) filter (is_sole_trader) as sole_traders from spend where grain = 'contract'",
    )
    assert all(int(str(number)) > 20 for number in found.values())
    mistaken = (
        "select supplier_name from spend "
        "where is_sole_trader and not starts_with(supplier_name, 'Entreprise individuelle')"
    )
    assert con.sql(mistaken).fetchall() == []


def test_keys_of_some_suppliers_are_wrong(files: list[Path]):
    numbers = set(pq.read_table(files[0])["titulaire_id"].to_pylist())
    assert 0 < sum(not luhn_holds(number) for number in numbers) < 0.02 * len(numbers)
