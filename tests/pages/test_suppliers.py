"""The Fournisseurs screen: each view, its figures against the dataset itself, persons masked."""

from pathlib import Path

import pytest

from mutualis import formats, labels
from mutualis.ui.suppliers import VIEWS
from tests.pages.shown import figure
from tests.pages.test_families import COUNTED, on_payments
from tests.pages.test_pages import OTHER_SEGMENT
from tests.pages.test_rows import independent


@pytest.mark.parametrize("view", VIEWS.values())
def test_each_view(run, demo_home: Path, view: str):
    app = run("suppliers", demo_home, vue_fournisseurs=view)
    assert not app.exception
    assert not on_payments(app).exception


@pytest.mark.parametrize("view", VIEWS.values())
def test_an_empty_perimeter_says_what_to_do(run, demo_home: Path, view: str):
    app = run("suppliers", demo_home, vue_fournisseurs=view)
    app.session_state["famille"], app.session_state["segment"] = ["TRX"], [OTHER_SEGMENT]
    app.run()
    assert not app.exception
    assert any("Rien à afficher" in text.value for text in app.markdown)


def test_key_figures_are_those_of_the_dataset(run, demo_home: Path):
    app = run("suppliers", demo_home)
    n = independent(demo_home, f"select count(distinct supplier_key) {COUNTED}")
    assert figure(app, "Fournisseurs") == formats.count(float(str(n)))
    shared = f"select count(*) from (select supplier_key {COUNTED} and supplier_key is not null group by 1 having count(distinct buyer_key) > 1)"
    assert figure(app, "Fournisseurs partagés") == formats.count(float(str(independent(demo_home, shared))))
    top = f"""select (select sum(eur) from (select sum(amount_eur) as eur {COUNTED} and supplier_key is not null group by supplier_key
        order by eur desc limit 10)) / sum(amount_eur)::double {COUNTED} and supplier_key is not null"""
    assert figure(app, "Part des dix premiers") == formats.percent(float(str(independent(demo_home, top))))


def test_the_concentration_of_a_segment_is_that_of_the_dataset(run, demo_home: Path):
    app = run("suppliers", demo_home, vue_fournisseurs="Concentration")
    table = app.dataframe[0].value.set_index("Segment")
    query = f"""with s as (select supplier_key, sum(amount_eur)::double as eur {COUNTED} and segment = 'ENT-NET' and supplier_key is not null
        group by 1 having eur > 0) select round(sum(eur * eur) / sum(eur) ** 2, 3) from s"""
    assert table.loc["Nettoyage des locaux", "HHI (0 à 1)"] == pytest.approx(independent(demo_home, query))


def test_persons_are_masked_in_the_list_and_absent_from_the_sheet(run, demo_home: Path):
    person = independent(
        demo_home, "select any_value(supplier_name) from spend where is_sole_trader and grain = 'payment'"
    )
    app = on_payments(run("suppliers", demo_home))
    names = set(app.dataframe[0].value["Fournisseur"])
    assert person not in names
    app = on_payments(run("suppliers", demo_home, vue_fournisseurs="Fiche d'un fournisseur"))
    options = app.selectbox(key="fiche_fournisseur").options
    assert options and not any(labels.PERSON in name or str(person) in name for name in options)


def test_a_sheet_holds_the_supplier_s_contracts(run, demo_home: Path):
    app = run("suppliers", demo_home, vue_fournisseurs="Fiche d'un fournisseur")
    key = app.selectbox(key="fiche_fournisseur").value
    total = independent(demo_home, f"select sum(amount_eur) {COUNTED} and supplier_key = '{key}'")
    assert app.dataframe[0].value["Montant (€ HT)"].sum() == pytest.approx(float(str(total)))
