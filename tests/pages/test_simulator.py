"""Simulateur and Comparer, without a browser."""

from pathlib import Path

import pytest

from mutualis import levers
from mutualis.scenario_file import from_dict
from mutualis.scenario_store import ScenarioStore
from mutualis.ui import lever_panel, result_cards, simulator
from mutualis.ui.override_table import decode, encode
from tests.pages.shown import html

VIEWS = [
    "Résultat",
    "Territoires et entités",
    "PME et charge de la PFRA",
    "Sensibilité et souplesse",
    "Familles et segments",
]


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    address = f"sqlite:///{tmp_path / 's.sqlite'}"
    monkeypatch.setenv("MUTUALIS_SCENARIOS_URL", address)
    return address


@pytest.mark.parametrize("view", VIEWS)
def test_each_view(run, demo_home: Path, view: str):
    app = run("simulator", demo_home, resultats=view)
    assert not app.exception
    assert "Économie achat" in html(app) and "P50" in html(app)


def test_a_lever_of_the_address_is_the_scenario(run, demo_home: Path):
    plain, none = run("simulator", demo_home), run("simulator", demo_home, taux="0")
    assert not none.exception
    assert "Aucune dépense" in html(none)
    assert html(plain) != html(none)


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_where_nothing_moves(run, demo_home: Path, view: str):
    app = run("simulator", demo_home, resultats=view, taux="0")
    assert not app.exception and "Aucune dépense" in html(app)


def test_a_lever_of_the_address_out_of_range_is_told(run, demo_home: Path):
    app = run("simulator", demo_home, taux="180", lots="deux", adhesion="50")
    assert not app.exception and len([said for said in app.warning if "ignoré" in said.value]) == 2
    assert app.session_state[lever_panel.KEY].levers == levers.preset("central").with_values({"adhesion": 0.5})


def test_the_levers_stay_from_screen_to_screen(run, demo_home: Path):
    app = run("simulator", demo_home, taux="40")
    app.switch_page("../../../pages/overview.py").run()
    app.switch_page("../../../pages/simulator.py").run()
    assert app.query_params["taux"] == "40"


def test_hypotheses_of_the_address(run, demo_home: Path):
    app = run("simulator", demo_home, hypotheses="ENT:effet=0.01,lots=2")
    assert app.session_state["hypotheses"]["ENT"].lots == 2
    assert encode(decode("ENT:effet=0.01,lots=2")) == "ENT:effet=0.01,lots=2"
    bad = run("simulator", demo_home, hypotheses="ENT:effet=9")
    assert not bad.exception and any("ignorées" in warning.value for warning in bad.warning)


def test_an_empty_perimeter_is_said(run, demo_home: Path):
    app = run("simulator", demo_home)
    app.session_state["region"], app.session_state["departement"] = ["27"], ["83"]
    app.run()
    assert not app.exception
    assert any("ne contient aucune dépense" in block.value for block in app.markdown)


def test_no_data(run, tmp_path: Path):
    for page in ("simulator", "compare"):
        app = run(page, tmp_path)
        assert not app.exception and any("Aucune donnée" in block.value for block in app.markdown)


def test_compare(run, demo_home: Path, url: str):
    empty = run("compare", demo_home)
    assert any("Aucun scénario" in block.value for block in empty.markdown)
    store = ScenarioStore(url)
    for rate in (0.5, 1.0):
        store.save(from_dict({"nom": "Essai", "leviers": {"taux": rate}, "donnees": "ancienne"}))
    app = run("compare", demo_home)
    assert not app.exception
    assert any("ont changé depuis" in caption.value for caption in app.caption)
    assert list(app.dataframe[1].value.columns) == ["Levier", "Essai", "Essai (2)"]


def test_delete_asks_then_deletes(run, demo_home: Path, url: str):
    saved = ScenarioStore(url).save(from_dict({"nom": "À jeter"}))
    app = run("compare", demo_home)
    app.button(key=f"supprimer_{saved.id}").click().run()
    assert ScenarioStore(url).all() == [] and not app.exception


def test_a_result_that_is_nothing_has_no_chance_of_being_positive(run, demo_home: Path):
    said = html(run("simulator", demo_home, taux="0"))
    assert "ni gain ni perte" in said and "de chances" not in said
    assert "de chances d'être positif" in html(run("simulator", demo_home))


def test_a_telephone_has_a_way_from_the_levers_to_the_results_and_back(run, demo_home: Path):
    said = html(run("simulator", demo_home))
    for anchor in (simulator.LEVERS, simulator.RESULTS):
        assert f"id='{anchor}'" in said and f"href='#{anchor}'" in said


def test_a_threshold_is_said_alike_on_both_screens():
    assert [result_cards.threshold(delta) for delta in (None, 1e-6, 0.0029)] == [
        "Jamais atteint", "Déjà atteint", "0,29\u202f% par doublement",
    ]  # fmt: skip
