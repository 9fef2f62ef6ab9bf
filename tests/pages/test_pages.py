"""Each page × {default, each URL key, empty result, missing warehouse}, without a browser."""

from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from mutualis.config import DATA_DIR

ROUTER = str(Path(__file__).parents[2] / "src" / "mutualis" / "ui" / "router.py")
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


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch):
    """Run a page on a dataset's folder: ``run(page, home, **url)``."""

    def page(name: str, home: Path, **url: str) -> AppTest:
        monkeypatch.setenv("MUTUALIS_HOME", str(home))
        st.cache_data.clear()
        st.cache_resource.clear()
        app = AppTest.from_file(ROUTER, default_timeout=30)
        for key, value in url.items():
            app.query_params[key] = value
        app.run()
        return app if name == "overview" else app.switch_page(f"../../../pages/{name}.py").run()

    return page


@pytest.mark.parametrize("name", PAGES)
def test_default(run, demo_home: Path, name: str):
    app = run(name, demo_home)
    assert not app.exception
    assert app.title[0].value == PAGES[name]
    assert any("démonstration" in str(block.proto.body) for block in app.get("html"))


@pytest.mark.parametrize("name", ["overview", "territories", "families", "suppliers"])
@pytest.mark.parametrize("key", [key for key in URL_KEYS if key != "vue"])
def test_each_url_key(run, demo_home: Path, name: str, key: str):
    app = run(name, demo_home, **{key: URL_KEYS[key]})
    assert not app.exception


def test_a_filter_in_the_url_is_the_perimeter(run, demo_home: Path):
    app = run("overview", demo_home, region="BFC", grain="Dépenses payées")
    assert any("BFC · dépenses payées" in caption.value for caption in app.caption)


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
