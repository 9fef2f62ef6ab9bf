"""The command line: what it prints, and its exit codes 0, 1 and 2."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mutualis.cli import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MUTUALIS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def said(capsys: pytest.CaptureFixture[str]):
    return json.loads(capsys.readouterr().out)


def test_demo_then_quality_datasets_and_query(home: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["demo", "--rows", "4000", "--seed", "1", "--json"]) == 0
    report = said(capsys)
    total = report["total"]
    assert total["rows_read"] == total["rows_kept"] + total["rows_quarantined"] + total["rows_merged"]
    assert sum(total["reasons"].values()) == total["rows_quarantined"] + total["rows_merged"]
    assert main(["quality", "--json"]) == 0
    quality = said(capsys)
    assert quality["dataset_version"] == report["dataset_version"]
    assert sum(grain["rows"] for grain in quality["grains"].values()) == total["rows_kept"]
    contract = quality["grains"]["contract"]
    assert round(sum(region["spend_eur"] for region in contract["regions"]), 2) == contract["spend_eur"]
    assert set(contract["flagged"]) == {"absurd", "sentinel", "zero", "missing", "ambiguous"}
    assert main(["datasets", "--json"]) == 0
    assert [(row["current"], row["is_demo"]) for row in said(capsys)] == [(True, True)]
    assert main(["query", "spend_by", "--param", "by=region", "regions=93,27", "--format", "json"]) == 0
    assert {row["code"] for row in said(capsys)} == {"93", "27"}
    assert main(["query", "totals", "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("n_rows,")
    assert main(["quality"]) == main(["datasets"]) == main(["query", "reasons"]) == 0
    assert (
        main(["query", "small_totals", "--param", "threshold=24999,50"])
        == main(["query", "schedule_contracts", "--param", "months=6"])
        == main(["query", "spend_rows", "--param", "limit=2"])
        == 0
    )
    assert main(["query", "schedule_totals"]) == 0
    capsys.readouterr()
    assert main(["query", "spend_by", "--param", "by=zzz"]) == 1
    assert "unknown dimension zzz" in capsys.readouterr().err


def test_import_replays_a_mapping(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    data, mapping = tmp_path / "x.csv", tmp_path / "x.toml"
    data.write_text("Quoi;Combien\nPapier;12,50\nStylos;7\n", encoding="utf-8")
    mapping.write_text(
        '[columns]\nobject = "Quoi"\namount = "Combien"\n[constants]\nbuyer_name = "DDT du Var"\nbuyer_department_code = "83"\n',
        encoding="utf-8",
    )
    assert main(["import", str(data), "--mapping", str(mapping), "--json", "--progress"]) == 0
    out = capsys.readouterr()
    assert json.loads(out.out)["total"]["rows_kept"] == 2
    assert json.loads(out.err.splitlines()[-1])["share"] == 1.0
    more = tmp_path / "y.csv"
    more.write_text("Quoi;Combien\nGommes;3\n", encoding="utf-8")
    assert main(["import", str(more), str(data), "--mapping", str(mapping), "--append"]) == 0
    said = capsys.readouterr().out
    assert "fusionnées" in said and "x.csv : laissé de côté, même contenu que « x.csv », déjà chargé" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["import", "nowhere.csv"], "introuvable"),
        (["import", ""], "introuvable"),
        (["import", "{readme}"], "reconnu"),
        (["import", "{readme}", "--mapping", "nowhere.toml"], "correspondance introuvable"),
        (["import", "http://localhost:9/x.csv"], "téléchargement impossible"),
        (["quality"], "Aucune donnée chargée"),
        (["query", "nothing"], "Requête inconnue"),
        (["query", "totals", "--param", "colour=red"], "Paramètre inconnu"),
        (["query", "totals", "--param", "start=hier"], "Valeur illisible"),
        (["query", "small_totals"], "threshold"),
        (["datasets", "--use", "v9-x"], "n'existe plus"),
    ],
)
def test_bad_input_is_one_french_sentence_and_exit_1(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
):
    readme = str(Path(__file__).parents[1] / "README.md")
    assert main([argument.replace("{readme}", readme) for argument in arguments]) == 1
    out = capsys.readouterr()
    assert out.out == ""
    assert sentence in out.err and len(out.err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [[], ["fly"], ["demo", "--rows", "0"], ["import", "x", "--append", "--replace"]])
def test_wrong_usage_is_exit_2(arguments: list[str]):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


def test_a_folder_that_cannot_hold_data_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "file").write_text("")
    (tmp_path / "x.csv").write_text("Acheteur;Montant HT\nGap;12\n")
    monkeypatch.setenv("MUTUALIS_HOME", str(tmp_path / "file"))
    assert main(["import", str(tmp_path / "x.csv")]) == 1
    err = capsys.readouterr().err
    assert "ne peut pas être écrit" in err and len(err.splitlines()) == 1


def test_the_module_runs_and_its_error_output_is_clean(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "mutualis", "import", "nowhere.csv"], capture_output=True, text=True, check=False,
        env=os.environ | {"MUTUALIS_HOME": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == "nowhere.csv : fichier introuvable. Vérifiez le chemin."
