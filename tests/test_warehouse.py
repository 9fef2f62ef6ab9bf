"""Versions: swapped in whole or not at all, whatever kills the import; one import at a time; read-only serving."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import openpyxl
import pytest

from mutualis import load, warehouse
from mutualis.errors import SourceError, WarehouseError

ROW = "acheteur_id,acheteur_nom,montant,dateNotification,titulaire_id,id\n21130055300016,Marseille,{},2025-01-01,80268496900016,{}\n"


def write(folder: Path, amount: int, number: str = "1") -> Path:
    path = folder / f"m{amount}.csv"
    path.write_text(ROW.format(amount, number), encoding="utf-8")
    return path


def total(home: Path) -> float:
    with warehouse.open_version(home) as con:
        return float(con.execute("select sum(amount_eur) from spend").fetchall()[0][0])


def test_nothing_imported_yet_says_what_to_do(tmp_path: Path):
    assert warehouse.current_version(tmp_path) is None
    assert warehouse.list_versions(tmp_path) == []
    with pytest.raises(WarehouseError, match="importez un fichier"):
        warehouse.open_version(tmp_path)


def test_a_new_version_replaces_and_the_former_can_come_back(tmp_path: Path):
    home = tmp_path / "home"
    first = load.import_files(home, [write(tmp_path, 5000)]).dataset_version
    with warehouse.open_version(home) as served:
        second = load.import_files(home, [write(tmp_path, 7000)]).dataset_version
        # who was reading the former version still reads it
        assert served.execute("select sum(amount_eur) from spend").fetchall()[0][0] == 5000
    assert total(home) == 7000
    assert [dataset.version for dataset in warehouse.list_versions(home)] == [second, first]
    warehouse.use_version(home, first)
    assert total(home) == 5000
    with pytest.raises(WarehouseError, match="n'existe plus"):
        warehouse.use_version(home, "v9-nothing")


def test_append_counts_a_contract_delivered_twice_once(tmp_path: Path):
    home = tmp_path / "home"
    load.import_files(home, [write(tmp_path, 5000)])
    again = write(tmp_path, 5000).rename(tmp_path / "again.csv")
    again.write_text(again.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    load.import_files(home, [write(tmp_path, 800, "2"), again], append=True)
    assert total(home) == 5800
    with warehouse.open_version(home) as con:
        assert con.execute("select sum(rows_read), sum(rows_kept), sum(rows_merged) from file_report").fetchall() == [
            (3, 2, 1)
        ]


# Payments without a piece number: nothing but the file says that a line is there twice.
PAYMENTS = """siret acheteur;nom acheteur;departement acheteur;nom fournisseur;code cpv;objet;montant paye;date de paiement
13000000700016;PREFECTURE X;13;SOC A;30190000;papier;1200,50;2025-03-04
13000000700016;PREFECTURE X;13;SOC B;30190000;stylos;800;2025-04-04
"""


def test_a_file_of_the_same_content_is_left_aside(tmp_path: Path):
    home = tmp_path / "home"
    for name in ("p.csv", "copy.csv"):
        (tmp_path / name).write_text(PAYMENTS, encoding="utf-8")
    report = load.import_files(home, [tmp_path / "p.csv", tmp_path / "copy.csv"])
    assert report.skipped == (("copy.csv", "même contenu que « p.csv », déjà chargé"),)
    with pytest.raises(SourceError, match=r"à ajouter. copy.csv : même contenu que « p.csv », déjà chargé"):
        load.import_files(home, [tmp_path / "copy.csv"], append=True)
    load.import_files(home, [tmp_path / "copy.csv", write(tmp_path, 5000)], append=True)
    assert total(home) == 7000.5


def test_the_sheets_of_a_workbook_are_not_one_content(tmp_path: Path):
    book = openpyxl.Workbook()
    for year in (2024, 2025):
        sheet = book.create_sheet(str(year))
        sheet.append(["Acheteur", "Fournisseur", "Objet", "Montant HT", "Date de notification"])
        sheet.append(["DDT du Var", "SOC A", f"papier {year}", year, f"{year}-03-04"])
    del book["Sheet"]
    book.save(tmp_path / "years.xlsx")
    load.import_files(tmp_path / "home", [tmp_path / "years.xlsx"])
    assert total(tmp_path / "home") == 4049


def test_demo_and_real_rows_never_mix(demo_home: Path, tmp_path: Path):
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    with pytest.raises(WarehouseError, match="ne se mélangent pas"):
        load.import_files(home, [write(tmp_path, 5000)], append=True)


def test_the_served_version_cannot_be_written(demo_home: Path):
    with warehouse.open_version(demo_home) as con, pytest.raises(duckdb.Error):
        con.execute("delete from spend")


def test_another_schema_asks_for_a_new_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = tmp_path / "home"
    load.import_files(home, [write(tmp_path, 5000)])
    monkeypatch.setattr(warehouse, "SCHEMA_VERSION", warehouse.SCHEMA_VERSION + 1)
    with pytest.raises(WarehouseError, match="réimportez"):
        warehouse.open_version(home)
    assert warehouse.list_versions(home) == []


@pytest.mark.parametrize("content", [b"not a database", b""])
def test_an_unreadable_version_does_not_hide_the_others(tmp_path: Path, content: bytes):
    home = tmp_path / "home"
    version = load.import_files(home, [write(tmp_path, 5000)]).dataset_version
    (home / "versions" / "v9-damaged.duckdb").write_bytes(content)
    assert [dataset.version for dataset in warehouse.list_versions(home)] == [version]
    with pytest.raises(WarehouseError, match="illisible"):
        warehouse.use_version(home, "v9-damaged")


def test_a_second_import_says_that_one_is_running(tmp_path: Path):
    home = tmp_path / "home"
    with warehouse.building(home), pytest.raises(WarehouseError, match="déjà en cours"):
        load.import_files(home, [write(tmp_path, 5000)])
    load.import_files(home, [write(tmp_path, 5000)])


def test_a_failed_import_leaves_the_former_version_and_no_debris(tmp_path: Path):
    home = tmp_path / "home"
    version = load.import_files(home, [write(tmp_path, 5000)]).dataset_version
    broken = tmp_path / "broken.json"
    broken.write_text('{"marches": [{"id": "1", "acheteur": {"id": "21130055300016"}, "montant": 12}, {"id": ')
    with pytest.raises(Exception, match="tronqué"):
        load.import_files(home, [broken])
    assert warehouse.current_version(home) == version
    assert not (home / "building").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.55, 0.75, 0.93])
def test_kill_9_at_any_moment_leaves_the_former_version(tmp_path: Path, share: float):
    home = tmp_path / "home"
    version = load.import_files(home, [write(tmp_path, 5000)]).dataset_version
    big = tmp_path / "big.csv"
    header, row = ROW.format(0, "x").splitlines()
    big.write_text(
        "\n".join([header, *(row.replace("x", str(i)).replace(",0,", f",{i % 900 + 100},") for i in range(60_000))]),
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "mutualis", "import", str(big), "--progress"], stderr=subprocess.PIPE, text=True,
        env=os.environ | {"MUTUALIS_HOME": str(home)},
    )  # fmt: skip
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("{") and float(line.split('"share": ')[1].split(",")[0]) >= share:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()
    assert warehouse.current_version(home) == version
    assert total(home) == 5000
    # the lock died with its holder, its debris goes with the next import
    load.import_files(home, [write(tmp_path, 7000)])
    assert total(home) == 7000
    assert not (home / "building").exists()


def test_versions_are_named_by_their_content(tmp_path: Path):
    one = load.import_files(tmp_path / "a", [write(tmp_path, 5000)]).dataset_version
    time.sleep(0.01)
    assert load.import_files(tmp_path / "b", [write(tmp_path, 5000)]).dataset_version == one
    assert load.import_files(tmp_path / "c", [write(tmp_path, 6000)]).dataset_version != one
