"""A scenario on the demo: command line, workbook and golden figures agree."""

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mutualis import cli, cli_scenarios, scenario_file, simulation_report
from mutualis.exports import scenario_book

GOLDEN = Path(__file__).with_name("golden_simulation.json")
SCENARIO = {
    "nom": "Référence",
    "perimetre": {"region": ["93"]},
    "leviers": {"taux": 0.9},
    "hypotheses": {"ENT": {"effet": 0.015}},
}


@pytest.fixture
def home(demo_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("MUTUALIS_HOME", str(demo_home))
    monkeypatch.setenv("MUTUALIS_SCENARIOS_URL", f"sqlite:///{tmp_path / 's.sqlite'}")
    return demo_home


def ran(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert cli.main([str(word) for word in words]) == 0
    return capsys.readouterr().out


def written(folder: Path, said: dict[str, Any]) -> Path:
    path = folder / "scenario.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    return path


def figures(found: dict[str, Any]) -> dict[str, float]:
    """Pick the figures that a change of the model would move."""
    picked = {f"{name}.{key}": found[name][key] for name, key in (
        ("economie_achat", "douze_mois"), ("economie_achat", "duree_totale"), ("effet_budgetaire", "par_an"), ("gain_de_gestion", "procedures"),
        ("resultat_economique", "actualise"), ("resultat_economique", "couts"), ("seuils", "effet"), ("seuils", "adhesion"), ("pme", "apres"),
    )}  # fmt: skip
    spans = {f"{end}": found["resultat_economique"]["fourchette"][end] for end in ("p10", "p50", "p90")}
    return picked | spans | {"depense": found["depense"], "deplace": found["deplace"]}


def test_golden(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    paid = SCENARIO | {"perimetre": {"grain": "payment"}}
    found = json.loads(ran(capsys, "simulate", written(tmp_path, paid), "--json"))
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert figures(found) == {
        key: value if value is None else pytest.approx(value, rel=1e-6) for key, value in golden.items()
    }


def test_the_same_figures_in_words(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    text = ran(capsys, "simulate", written(tmp_path, SCENARIO))
    assert "Économie achat, 12 mois" in text and "démonstration" in text


def test_the_workbook_can_be_computed_again(home: Path):
    out, dataset = cli_scenarios.simulate_in_use(scenario_file.from_dict(SCENARIO))
    book = openpyxl.load_workbook(io.BytesIO(scenario_book.write(out, dataset)))
    assert book.sheetnames == [
        "Synthèse",
        "Leviers",
        "Segments",
        "Entités",
        "Départements",
        "Trésorerie",
        "Cellules",
        "Sources",
    ]
    cells = list(book["Cellules"].iter_rows(min_row=2, values_only=True))
    assert sum(row[6] for row in cells) == pytest.approx(out.found.result.spend)
    assert sum(row[13] for row in cells) == pytest.approx(out.found.result.moved)
    segments = list(book["Segments"].iter_rows(min_row=2, values_only=True))
    assert sum(row[21] for row in segments) == pytest.approx(out.found.result.npv)
    cash = book["Trésorerie"]
    assert cash["F3"].value == "=SUM(C3:E3)" and cash["I3"].value == "=F3*H3"
    rate = cash["B1"].value
    rows = list(cash.iter_rows(min_row=3, max_row=22, max_col=5, values_only=True))
    npv = sum(sum(row[2:5]) * (1 + rate) ** (-(row[1] + 0.5) / 4) for row in rows)
    assert npv == pytest.approx(out.found.result.npv)


def test_a_name_of_the_data_never_runs_as_a_formula(home: Path):
    said = scenario_file.from_dict(SCENARIO | {"nom": '=HYPERLINK("x")'})
    out, dataset = cli_scenarios.simulate_in_use(said)
    book = openpyxl.load_workbook(io.BytesIO(scenario_book.write(out, dataset)))
    assert book["Sources"]["B2"].value.startswith("'=")


def test_the_report_rounds_money_to_the_cent(home: Path):
    out, dataset = cli_scenarios.simulate_in_use(scenario_file.from_dict(SCENARIO))
    found = simulation_report.as_dict(out, dataset.version)
    assert found["depense"] == round(out.found.result.spend, 2)


def test_scenarios_from_the_command_line(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert "Aucun scénario" in ran(capsys, "scenarios", "list")
    ran(capsys, "scenarios", "import", written(tmp_path, SCENARIO))
    [one] = json.loads(ran(capsys, "scenarios", "list", "--json"))
    assert one["nom"] == "Référence"
    assert 'nom = "Référence"' in ran(capsys, "scenarios", "show", one["id"])
    for name in ("copie.toml", "copie.json"):
        ran(capsys, "scenarios", "export", "Référence", tmp_path / name)
        assert scenario_file.read_file(tmp_path / name) == scenario_file.from_dict(SCENARIO)


BAD = {
    "levier": SCENARIO | {"leviers": {"taux": 3}},
    "clé": SCENARIO | {"levier": {}},
    "périmètre vide": SCENARIO | {"perimetre": {"region": ["93"], "departement": ["21"]}},
    "segment inconnu": SCENARIO | {"hypotheses": {"XYZ": {"lots": 2}}},
    "effet au-dessus du plafond": SCENARIO | {"hypotheses": {"ENT": {"effet": 0.2}}},
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_sentence_and_exit_1(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str
):
    assert cli.main(["simulate", str(written(tmp_path, BAD[case]))]) == 1
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.strip().splitlines()) == 1


def test_a_missing_file_is_said(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["simulate", str(tmp_path / "rien.toml")]) == 1
    assert "ne peut pas être lu" in capsys.readouterr().err
