"""Each page × {default, each URL key, empty result, missing warehouse}, without a browser."""

import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from mutualis import load
from mutualis.config import DATA_DIR
from mutualis.ui import blocks, territory, views
from tests.pages.shown import figure, html

PAGES = {
    "overview": "Vue d'ensemble",
    "territories": "Territoires",
    "families": "Familles d'achats",
    "suppliers": "Fournisseurs",
    "data": "Données",
}
SEGMENTS = pd.read_csv(DATA_DIR / "cpv_segments.csv", dtype=str)
OTHER_SEGMENT, OTHER_LABEL = SEGMENTS.loc[SEGMENTS["family"] == "ENT", ["segment", "segment_label"]].iloc[0]
URL_KEYS = {
    "grain": "Dépenses payées", "region": "BFC", "departement": "Var", "type": "Rectorat", "famille": "Travaux", "segment": OTHER_LABEL,
    "commune": "Marseille", "maille": "Intercommunalités", "indicateur": "Part des PME", "dessous": "PACA et BFC", "vue": "Qualité",
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_default(run, demo_home: Path, name: str):
    app = run(name, demo_home)
    assert not app.exception
    assert app.title[0].value == PAGES[name]
    assert "démonstration" in html(app)


@pytest.mark.parametrize("name", ["overview", "territories", "families", "suppliers"])
@pytest.mark.parametrize("key", [key for key in URL_KEYS if key != "vue"])
def test_each_url_key(run, demo_home: Path, name: str, key: str):
    app = run(name, demo_home, **{key: URL_KEYS[key]})
    assert not app.exception


def test_a_filter_in_the_url_is_the_perimeter(run, demo_home: Path):
    app = run("overview", demo_home, region="BFC", grain="Dépenses payées")
    assert any("BFC · dépenses payées" in caption.value for caption in app.caption)


def test_the_perimeter_names_every_filter(run, demo_home: Path):
    app = run("overview", demo_home, departement="Var", type=["Rectorat", "Université", "Justice", "Préfecture"])
    assert any(
        caption.value.startswith("Var · ") and "et 1 autre · marchés notifiés" in caption.value
        for caption in app.caption
    )


def test_a_link_s_filters_are_counted_and_can_be_cleared(run, demo_home: Path):
    app = run("suppliers", demo_home, departement="Var", type="Rectorat")
    app.button(key="effacer_filtres").click().run()
    assert app.multiselect(key="departement").value == app.multiselect(key="type").value == []


def test_a_version_of_other_years_is_shown_whole(run, demo_home: Path, tmp_path: Path):
    home = shutil.copytree(demo_home, tmp_path / "home")
    app = run("overview", home)
    path = tmp_path / "m.csv"
    path.write_text(
        "acheteur_id,montant,dateNotification,titulaire_id,id\n21130055300016,5000,2018-01-01,80268496900016,1\n"
        "21130055300016,7000,2024-01-01,80268496900016,2\n"
    )
    load.import_files(home, [path])
    app.switch_page("../../../pages/territories.py").run()
    assert not app.exception
    assert any("marchés notifiés 2018-2024" in caption.value for caption in app.caption)


@pytest.mark.parametrize("view", ["Jeu en service", "Importer", "Qualité", "Quarantaine", "Versions"])
def test_each_view_of_the_data_page(run, demo_home: Path, view: str):
    assert not run("data", demo_home, vue=view).exception


@pytest.mark.parametrize("name", ["overview", "territories", "families", "suppliers"])
def test_an_empty_result_says_what_to_do(run, demo_home: Path, name: str):
    app = run(name, demo_home)
    app.session_state["famille"], app.session_state["segment"] = ["TRX"], [OTHER_SEGMENT]
    app.run()
    assert not app.exception
    assert any("Rien à afficher" in text.value for text in app.markdown)


@pytest.mark.parametrize("name", PAGES)
def test_a_missing_warehouse_says_what_to_do(run, tmp_path: Path, name: str):
    app = run(name, tmp_path)
    assert not app.exception
    assert any("Aucune donnée chargée" in text.value for text in app.markdown)


def with_lyon(folder: Path) -> Path:
    """Import two contracts, one out of the pilot regions; give the dataset's folder."""
    file = folder / "marches.csv"
    file.write_text("acheteur_id;acheteur_nom;codeCPV;objet;montant;dateNotification;departement acheteur\n"
                    "21690123100011;Ville de Lyon;90910000;Nettoyage;50000;2025-03-01;69\n"
                    "21130055300016;Ville de Marseille;90910000;Nettoyage;70000;2025-03-01;13\n", encoding="utf-8")  # fmt: skip
    load.import_files(folder / "home", [file], as_of=date(2026, 6, 30))
    return folder / "home"


def test_quality_lists_the_pilot_regions_first(run, tmp_path: Path):
    places = run("data", with_lyon(tmp_path), vue="Qualité").dataframe[-1].value
    assert places["Région"].iloc[[0, -1]].tolist() == ["Provence-Alpes-Côte d'Azur", "Auvergne-Rhône-Alpes"]


def test_a_departement_out_of_the_pilot_regions_has_its_name_and_is_a_filter(run, tmp_path: Path):
    app = run("overview", with_lyon(tmp_path), departement="Rhône")
    assert not app.exception
    assert app.multiselect(key="departement").value == ["69"]
    assert app.multiselect(key="departement").options[0] == "Alpes-de-Haute-Provence"


def test_a_column_of_figures_has_one_number_of_decimals():
    assert blocks._step(pd.Series([18.0, 22.6])) == pytest.approx(0.1)
    assert blocks._step(pd.Series([1.25, None, 3.0])) == pytest.approx(0.01)
    assert blocks._step(pd.Series([1, 2])) is None and blocks._step(pd.Series([1 / 3])) is None


def test_the_map_says_what_it_cannot_show_and_only_that():
    frame = pd.DataFrame({"code": ["13", "21", None], "region_code": ["93", "27", None], "spend_eur": [5.0, 2e6, 3e6]})
    assert territory.outside_sentence(frame, "department", ["93"]) == (
        "Hors carte\u202f: 2,0\u202fM€ dans d'autres régions, 3,0\u202fM€ sans lieu connu."
    )
    assert "hors des deux régions ou sans commune connue" in territory.outside_sentence(frame, "epci", ["93"])
    assert "sur la carte" in territory.outside_sentence(frame.head(1), "department", ["93"])


def test_purchases_without_any_date_have_a_year_that_is_said_to_be_supposed(run, tmp_path: Path):
    file = tmp_path / "paiements.csv"
    file.write_text("numero piece;siret acheteur;nom acheteur;siret fournisseur;code cpv;objet;montant ht;date de paiement\n"
                    "1;13000000700016;PREFECTURE X;55204599900869;30190000;papier;150,00;\n"
                    "2;13000000700016;PREFECTURE X;55204599900869;30190000;papier;250,00;\n", encoding="utf-8")  # fmt: skip
    load.import_files(tmp_path / "home", [file], as_of=date(2026, 6, 30))
    app = run("small_purchases", tmp_path / "home", grain="Dépenses payées")
    assert not app.exception
    assert figure(app, "Achats par an") == "2"
    assert "aucun n'a de date" in html(app) or any("aucun n'a de date" in text.value for text in app.markdown)


def test_what_a_split_leaves_out_is_said_and_the_unknown_stays():
    frame = pd.DataFrame({"code": ["13", "83", None, "21", "06"], "spend_eur": [9.0, 5.0, 4.0, 2.0, 1.0]})
    shown, others = views.largest(frame, 2, "département", "départements")
    assert shown["code"].fillna("").tolist() == ["13", "83", ""]
    assert others == "2 autres départements non montrés\u202f: 3\u202f€."
    assert (
        views.largest(frame, 3, "département", "départements")[1] == "1 autre département non montré\u202f: 1\u202f€."
    )
    assert views.largest(frame, 9, "département", "départements")[1] == ""
