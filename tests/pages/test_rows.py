"""The rows behind a figure, on the screens that show them."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mutualis import formats, warehouse
from mutualis.config import settings
from mutualis.ui import filters, row_exports
from tests.pages.shown import held

ROWS_VIEWS = {
    "territories": {"dessous": "Lignes"},
    "families": {"vue_familles": "Lignes"},
    "suppliers": {"vue_fournisseurs": "Lignes"},
    "schedule": {"echeances": "Lignes"},
}


def independent(home: Path, query: str) -> object:
    """Ask the dataset's file itself, without any of our queries."""
    with warehouse.open_version(home) as con:
        return con.execute(query).fetchall()[0][0]


def shown_rows(app: AppTest) -> list[float]:
    return app.dataframe[-1].value["Montant (€ HT)"].tolist()


@pytest.mark.parametrize("name", ROWS_VIEWS)
def test_rows_are_counted_and_searched_and_the_first_page_shows(run, demo_home: Path, name: str):
    app = run(name, demo_home, **ROWS_VIEWS[name])
    assert not app.exception
    n_rows = independent(demo_home, "select count(*) from spend where grain = 'contract'")
    assert any(caption.value.startswith(f"**{n_rows} lignes**") for caption in app.caption)
    largest = independent(demo_home, "select max(amount_eur) from spend where grain = 'contract' and is_counted")
    assert shown_rows(app)[0] == float(largest)
    assert len(shown_rows(app)) == 50

    app.text_input(key="recherche").set_value("nettoyage").run()
    named = "object || buyer_name || if(is_sole_trader, '', coalesce(supplier_name, ''))"
    query = f"select count(*) from spend where grain = 'contract' and {named} ilike '%nettoyage%'"
    found = independent(demo_home, query)
    assert any(caption.value.startswith(f"**{found} lignes**") for caption in app.caption)


@pytest.mark.parametrize("name", ROWS_VIEWS)
def test_a_search_that_finds_nothing_says_so(run, demo_home: Path, name: str):
    app = run(name, demo_home, recherche="zzz introuvable", **ROWS_VIEWS[name])
    assert not app.exception
    assert any("Aucune ligne ne répond" in text.value for text in app.markdown)


def test_the_order_and_the_columns_are_chosen(run, demo_home: Path):
    app = run("territories", demo_home, **ROWS_VIEWS["territories"])
    app.selectbox(key="tri").set_value("amount_asc")
    app.multiselect(key="colonnes").set_value(["Numéro", "Montant (€ HT)"]).run()
    assert list(app.dataframe[-1].value) == ["Montant (€ HT)", "Numéro"]
    assert shown_rows(app) == sorted(shown_rows(app))


def test_persons_are_not_named(run, demo_home: Path):
    person = independent(
        demo_home, "select any_value(supplier_name) from spend where is_sole_trader and grain = 'contract'"
    )
    assert isinstance(person, str)
    app = run("territories", demo_home, recherche=person, **ROWS_VIEWS["territories"])
    assert any("Aucune ligne ne répond" in text.value for text in app.markdown)
    assert not settings().show_natural_persons


def test_a_short_export_is_at_once_and_a_long_one_says_how_far_it_is(run, demo_home: Path, monkeypatch):
    app = run("families", demo_home, **ROWS_VIEWS["families"])
    assert not [button for button in app.button if button.label.startswith("Préparer")]

    monkeypatch.setattr(row_exports, "SHORT_ROWS", 10)
    said: list[str] = []
    told = row_exports._told
    monkeypatch.setattr(row_exports, "_told", lambda asked, _: told(asked, FakeSlot(said)))
    app = run("families", demo_home, **ROWS_VIEWS["families"])
    app.button(key="preparer_csv").click().run()
    assert not app.exception
    n_rows = independent(demo_home, "select count(*) from spend where grain = 'contract'")
    assert f"Préparation du CSV\u202f: {formats.count(n_rows)} lignes sur {formats.count(n_rows)}" in said
    identity, content = app.session_state[row_exports.READY]
    assert identity[-1] == "csv"
    assert content.decode("utf-8-sig").count("\n") == n_rows + 3  # headers, a blank line, the perimeter


class FakeSlot:
    """A place on screen that keeps what its progress bar says."""

    def __init__(self, said: list[str]) -> None:
        self.said = said

    def progress(self, share: float, text: str, width: int = 0) -> "FakeSlot":
        assert 0 <= share <= 1
        self.said.append(text)
        return self


def test_the_rows_of_petits_achats_are_those_under_the_threshold(run, demo_home: Path):
    app = run("small_purchases", demo_home, petits="Lignes", seuil="10")
    assert not app.exception
    n_rows, eur = (
        independent(
            demo_home, f"select {what} from spend where grain = 'payment' and is_counted and amount_eur < 10000"
        )
        for what in ("count(*)", "sum(amount_eur)")
    )
    said = [caption.value for caption in app.caption]
    assert any(
        text.startswith(f"**{formats.count(n_rows)} lignes**") and formats.euros(float(eur)) in text for text in said
    )
    assert max(shown_rows(app)) < 10_000


def test_a_supplier_that_the_filter_does_not_list_is_not_offered_to_a_click(run, demo_home: Path, monkeypatch):
    monkeypatch.setattr(filters, "SUPPLIERS", 5)
    app = run("small_purchases", demo_home, decoupe="Par fournisseur")
    codes = [row["code"] for row in held(app, "bars")[0]["rows"]]
    largest = independent(demo_home, """select list(supplier_key) from (select supplier_key from spend
        where is_counted and supplier_key is not null group by 1 order by sum(amount_eur) desc limit 5)""")  # fmt: skip
    assert "" in codes and {code for code in codes if code} <= set(largest)
    assert any("5 plus gros fournisseurs" in caption.value for caption in app.caption)
