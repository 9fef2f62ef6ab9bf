"""Méthode: everything that the model reads is on the page, data or not."""

from pathlib import Path

from mutualis.levers import FAMILIES, LEVERS, PRESETS
from mutualis.method import FORMULAS, LIMITS
from mutualis.ui.method_views import families_table, levers_table
from tests.pages.shown import html


def test_every_lever_with_its_presets_and_source():
    shown = levers_table()
    assert shown["Dans l'adresse"].tolist() == [lever.key for lever in LEVERS]
    assert shown["Source"].tolist() == [lever.source for lever in LEVERS]
    rate = shown[shown["Dans l'adresse"] == "taux"].iloc[0]
    assert [rate[name.capitalize()] for name in PRESETS] == ["60\u202f%", "80\u202f%", "100\u202f%"]
    assert len(families_table({})) == len(FAMILIES)


def test_the_page(run, demo_home: Path):
    app = run("method", demo_home)
    assert not app.exception
    text = " ".join([html(app), *(block.value for block in app.markdown)])
    assert all(one.title in text for one in FORMULAS)
    assert all(limit in text for limit in LIMITS)
    assert "synthétiques" in text and "Non classé" not in text and "taux de mutualisation" in text


def test_the_page_without_data(run, tmp_path: Path):
    app = run("method", tmp_path)
    assert not app.exception
    assert any("Aucune donnée chargée" in block.value for block in app.markdown)
