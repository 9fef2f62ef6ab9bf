"""The Familles screen: each view, its figures against the dataset itself, and what a click does."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mutualis import formats, labels
from mutualis.ui.families import VIEWS
from tests.pages.shown import figure, html
from tests.pages.test_rows import independent

COUNTED = "from spend where grain = 'contract' and is_counted"


def on_payments(app: AppTest) -> AppTest:
    """Show payments; AppTest loses a filter of the URL when it goes to another page."""
    app.session_state["grain"] = "payment"
    return app.run()


@pytest.mark.parametrize("view", VIEWS.values())
def test_each_view(run, demo_home: Path, view: str):
    app = run("families", demo_home, vue_familles=view)
    assert not app.exception
    assert not on_payments(app).exception
    assert any("dépenses payées" in caption.value for caption in app.caption)


def test_key_figures_are_those_of_the_dataset(run, demo_home: Path):
    app = run("families", demo_home)
    assert figure(app, "Dépenses") == formats.euros(
        float(str(independent(demo_home, f"select sum(amount_eur) {COUNTED}")))
    )
    assert figure(app, "Segments achetés") == str(independent(demo_home, f"select count(distinct segment) {COUNTED}"))


def test_a_segment_says_how_many_buy_it_and_sell_it(run, demo_home: Path):
    app = run("families", demo_home, segment="Nettoyage des locaux")
    cleaning = "from spend where grain = 'contract' and segment = 'ENT-NET'"
    for label, key in (("Entités acheteuses", "buyer_key"), ("Fournisseurs", "supplier_key")):
        assert figure(app, label) == formats.count(independent(demo_home, f"select count(distinct {key}) {cleaning}"))


def test_abc_counts_the_head_as_the_dataset_does(run, demo_home: Path):
    query = f"""
        with s as (select segment, sum(amount_eur) as eur {COUNTED} and segment is not null group by 1 having eur > 0),
        c as (select eur, sum(eur) over (order by eur desc, segment) as upto, (select sum(eur) from s) as whole from s)
        select count(*) from c where upto - eur < 0.9 * whole"""
    app = run("families", demo_home, vue_familles="ABC", seuil_abc="90")
    assert any(text.value.startswith(f"**{independent(demo_home, query)} segments font 90") for text in app.markdown)


def test_the_breadcrumb_goes_back_up(run, demo_home: Path):
    app = run("families", demo_home)
    app.session_state["famille"] = ["ENT"]
    app.run()
    assert set(app.dataframe[0].value["Famille"]) == {"Nettoyage, gardiennage et maintenance"}
    app.button(key="fil_familles").click().run()
    assert app.session_state["famille"] == []
    assert app.dataframe[0].value["Famille"].nunique() > 5


def test_the_levels_are_those_of_the_dataset(run, demo_home: Path):
    query = """
        with s as (
            select segment, sum(amount_eur) filter (where supplier_siren = '776056467') / sum(amount_eur) as ugap
            from spend where grain = 'contract' and is_counted and segment is not null group by 1)
        select count(*) from s where ugap >= 0.5"""
    app = run("families", demo_home, vue_familles="Degré de mutualisation")
    table = app.dataframe[0].value
    assert (table["Recommandé"] == "4 National").sum() == independent(demo_home, query)
    assert table["Pourquoi"].str.endswith(".").all()


def test_only_the_view_shown_computes(run, demo_home: Path):
    shown = []
    for view in ("ABC", "Potentiel"):
        app = run("families", demo_home, vue_familles=view)
        shown.append(len(app.get("bidi_component")))
    assert shown == [1, 1]


def test_prices_say_so_when_there_is_no_quantity(run, demo_home: Path):
    app = run("families", demo_home, vue_familles="Prix unitaires")
    assert any("n'ont pas de quantités" in text.value for text in app.markdown)
    found = app.dataframe[0].value.set_index("Données")["Avec une quantité (%)"]
    assert found["Marchés"] == 0 and found["Dépenses payées"] > 0


def test_the_dearest_price_is_that_of_the_dataset(run, demo_home: Path):
    app = on_payments(run("families", demo_home, vue_familles="Prix unitaires"))
    row = app.dataframe[0].value.iloc[0]
    query = f"""select max(price) from (select sum(amount_eur) / sum(quantity) as price from spend where grain = 'payment' and is_counted
        and item = '{row["Article"].replace("'", "''")}' and quantity > 0 and amount_eur > 0 group by buyer_key)"""
    assert row["Prix le plus haut (€)"] == pytest.approx(float(str(independent(demo_home, query))), abs=0.006)


def test_the_yearly_amount_says_how_it_differs_from_the_schedule_s(run, demo_home: Path):
    app = run("families", demo_home, vue_familles="Potentiel")
    said = html(app)
    assert labels.YEARLY_BY_PERIOD in said and labels.YEARLY_ELSEWHERE["period"] in said
