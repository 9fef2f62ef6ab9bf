"""The demo data: deterministic, of the stated shape, importable like any other file."""

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from mutualis import demo
from mutualis.demo import actors
from mutualis.geography import communes


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory):
    return demo.generate(tmp_path_factory.mktemp("demo"), rows=40_000)


def test_the_same_seed_gives_the_same_tables(files, tmp_path):
    again = demo.generate(tmp_path, rows=40_000)
    assert all(pq.read_table(a).equals(pq.read_table(b)) for a, b in zip(files, again, strict=True))


def test_another_seed_gives_other_tables(files, tmp_path):
    other = demo.generate(tmp_path, rows=40_000, seed=7)
    assert not pq.read_table(files[0]).equals(pq.read_table(other[0]))


def test_contracts_have_the_stated_spread(files):
    amounts = pq.read_table(files[0])["montant"].to_numpy()
    amounts = amounts[(amounts > 0) & (amounts < 9e7)]
    assert 45_000 < np.median(amounts) < 72_000
    assert 1.5e6 < np.quantile(amounts, 0.95) < 2.9e6


def test_small_purchases_average_2_3_k(files):
    amounts = pq.read_table(files[1])["Montant HT"].to_numpy()
    assert 1_800 < amounts[amounts < 25_000].mean() < 2_800


def test_buyers_are_real_places_and_fictitious_numbers():
    found = actors.buyers()
    assert set(found.commune) <= set(communes()["commune_code"])
    assert len(set(found.siret)) == len(found.siret) == len(found.name)
    assert all(number.startswith("000") for number in found.siret)
    for region in ("93", "27"):
        kinds = found.category[found.region == region]
        assert 45 <= np.isin(kinds, ["Préfecture", "Service déconcentré", "Justice", "Rectorat"]).sum() <= 65
        assert np.isin(kinds, ["Établissement public", "Université"]).sum() == 40


def test_rows_is_what_was_asked(files):
    contracts, payments = (pq.read_table(path) for path in files)
    first = pc.sum(pc.equal(contracts["modification_id"], 0)).as_py()
    assert payments.num_rows == 36_800
    assert 3_200 <= first <= 3_300
