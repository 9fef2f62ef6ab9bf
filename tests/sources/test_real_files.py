"""Real deliveries that no one here wrote, when they are beside the repository."""

from pathlib import Path

import pytest

from mutualis import load, warehouse
from mutualis.errors import SourceError


@pytest.fixture(scope="module")
def imported(shared_data: Path, tmp_path_factory: pytest.TempPathFactory):
    home = tmp_path_factory.mktemp("real")
    report = load.import_files(home, [shared_data / "decp"]).as_dict()
    with warehouse.open_version(home) as con:
        yield report, con


def test_every_record_of_every_file_is_accounted_for(imported):
    report, _ = imported
    read = {file["file"]: file["rows_read"] for file in report["files"]}
    # counted from the files themselves
    assert read["data.gouv.fr_aife_2019-04-04.json"] == 4530
    assert read["marches-publics.info_2019-03-07.json"] == 4509
    assert read["data.gouv.fr_pes_2019-04-05.json"] == 1148
    assert read["decp_2024H2_travaux_cpv4521_filtered.csv"] == 8957
    assert read["decp_mini_2026-08.parquet"] == 61
    assert read["marches-securises_croix_2019-2021.json"] == 159
    assert sum(count for name, count in read.items() if ".zip/" in name) == 233
    for file in report["files"]:
        assert file["rows_read"] == file["rows_kept"] + file["rows_quarantined"] + file["rows_merged"]
        assert sum(file["reasons"].values()) == file["rows_quarantined"] + file["rows_merged"]
    assert {skip["file"] for skip in report["skipped"]} == {"README.md", "boamp_approch_annonces_2026-08-19.json"}


def test_known_defects_are_seen(imported):
    report, con = imported
    files = {file["file"]: file for file in report["files"]}
    assert files["data.gouv.fr_aife_2019-04-04.json"]["replacement_characters"] == 10746
    assert files["data.gouv.fr_aife_2019-04-04.json"]["reasons"]["concession"] >= 17
    assert files["data.gouv.fr_aife_2019-04-04.json"]["reasons"]["test_buyer"] >= 30
    assert files["data.gouv.fr_pes_2019-03-07.json"]["reasons"]["redelivery"] >= 500
    assert con.execute("select max(amount_eur) < 1e9 from spend where is_counted").fetchall() == [(True,)]
    assert con.execute("select count(*) from spend where buyer_name = 'BUDGET PRINCIPAL'").fetchall() == [(0,)]
    assert con.execute("select amount_flag, is_counted from spend where amount_eur = 99999999999.99").fetchall() == [
        ("sentinel", False)
    ]


def test_one_number_of_2024_is_several_lots(imported):
    _, con = imported
    rows = con.execute(
        "select amount_eur::double from spend where buyer_siret = '20003607700010' and contract_uid like '%MA24038' order by all"
    ).fetchall()
    assert rows == [(63478.6,), (1383922.7,)]


def test_what_is_not_spend_is_refused(shared_data: Path, tmp_path: Path):
    with pytest.raises(SourceError, match="ne contient pas de marchés"):
        load.import_files(tmp_path, [shared_data / "decp" / "boamp_approch_annonces_2026-08-19.json"])
    with pytest.raises(SourceError, match="Aucun fichier de dépenses"):
        load.import_files(tmp_path, [shared_data / "budget"])
