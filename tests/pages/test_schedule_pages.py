"""Échéancier and Petits achats: what they show is what an independent query of the version says."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from mutualis import demo, formats, labels, load, warehouse
from tests.pages.shown import held, html
from tests.pages.test_pages import OTHER_SEGMENT

Run = Callable[..., AppTest]
WINDOW = "Fenêtre de convergence"


@dataclass(frozen=True)
class Sql:
    """Reads a version directly, past the queries of the project."""

    home: Path

    def one(self, query: str) -> tuple:
        with warehouse.open_version(self.home) as con:
            return con.execute(query).fetchall()[0]


def plain(app: AppTest) -> str:
    """Give all that the key figures say, without tags."""
    return re.sub(r"<[^>]+>", "|", html(app))


def said(app: AppTest) -> str:
    return " ".join(text.value for text in [*app.markdown, *app.caption, *app.info])


def test_the_counters_are_those_of_the_version(run: Run, demo_home: Path):
    app = run("schedule", demo_home)
    assert not app.exception and app.title[0].value == "Échéancier"
    n, eur = Sql(demo_home).one(
        "select count(*), sum(annual_amount_eur) filter (where amount_flag = 'ok' and not is_ceiling) from spend "
        "where grain = 'contract' and ends_on between date '2026-06-30' and date '2027-06-29'"
    )
    assert f"Échéances d'ici 12 mois|{formats.count(n)}" in plain(app).replace("||", "|")
    assert f"{formats.euros(float(eur))}\u00a0par an" in plain(app)
    (unknown,) = Sql(demo_home).one("select count(*) from spend where grain = 'contract' and not ends_on_is_known")
    assert f"Échéances inconnues|{formats.count(unknown)}" in plain(app).replace("||", "|")


def test_the_calendar_lists_contracts_from_the_largest(run: Run, demo_home: Path):
    app = run("schedule", demo_home, region="PACA", terme="12 mois", forme="Tableau")
    shown = app.dataframe[0].value
    (eur,) = Sql(demo_home).one(
        "select max(annual_amount_eur) from spend where grain = 'contract' and is_counted and buyer_region_code = '93' "
        "and ends_on between date '2026-06-30' and date '2027-06-29'"
    )
    assert shown["Montant annuel (k€ HT)"].iloc[0] == pytest.approx(float(eur) / 1e3, abs=0.1)
    assert not held(app, "chart")
    (calendar,) = held(run("schedule", demo_home), "chart")
    assert len(calendar["boxes"]) == 30 and "30/06/2026" in calendar["limits"][0]["text"]


@pytest.mark.parametrize(
    "url",
    [
        {"regrouper": "Par entité"}, {"terme": "6 mois"}, {"grain": "Dépenses payées"}, {"echeances": "Fins communes", "mois": "24"},
        {"echeances": WINDOW, "mesure": "Entités"}, {"echeances": WINDOW, "detail": "Gain et attente"}, {"echeances": WINDOW, "detail": "Qui entre quand\u202f?", "demarrage": "T1 2028"},
        {"echeances": WINDOW, "detail": "Et si on prolongeait\u202f?", "demarrage": "T1 2028", "avenant": "8", "prolonges": "50"},
    ],
)  # fmt: skip
def test_each_key_of_the_schedule(run: Run, demo_home: Path, url: dict[str, str]):
    assert not run("schedule", demo_home, **url).exception


def test_the_window_says_the_best_quarter_of_the_richest_shared_segment(run: Run, demo_home: Path):
    app = run("schedule", demo_home, echeances=WINDOW)
    assert not app.exception
    assert re.search(r"\*\*T\d 20\d\d est le meilleur trimestre\*\*", said(app))
    (entries,) = held(app, "chart")
    assert [box["text"] for box in entries["boxes"] if box["text"]] == ["▼ meilleur"]
    assert len(run("schedule", demo_home, echeances=WINDOW, detail="Gain et attente").get("plotly_chart")) == 1
    table = run("schedule", demo_home, echeances=WINDOW, detail="Tableau").dataframe[0].value
    whole = table.filter(like="(k€ par an)").drop(columns="Dépense qui entre (k€ par an)").sum(axis=1)
    assert len(whole) == 16 and whole.round(0).nunique() <= 2


def test_a_longer_wait_lets_no_less_in(run: Run, demo_home: Path):
    table = run("schedule", demo_home, echeances=WINDOW, detail="Tableau").dataframe[0].value
    assert (table["Dépense qui entre (k€ par an)"].diff().dropna() >= -0.2).all()
    assert table["Coût de l'attente (k€)"].iloc[0] == 0


def test_small_purchases_are_those_of_the_version(run: Run, demo_home: Path):
    app = run("small_purchases", demo_home)
    assert not app.exception and app.title[0].value == "Petits achats"
    # the filter says contracts: the screen reads payments all the same, and says so
    assert "Cet écran montre toujours les dépenses payées" in said(app)
    n, eur = Sql(demo_home).one(
        "select count(*), sum(amount_eur) from spend where grain = 'payment' and amount_flag = 'ok' and amount_eur < 25000"
    )
    assert f"|{formats.count(n)}|" in plain(app) and f"|{formats.euros(float(eur))}|" in plain(app)
    app = run("small_purchases", demo_home, seuil="5")
    (fewer,) = Sql(demo_home).one(
        "select count(*) from spend where grain = 'payment' and amount_flag = 'ok' and amount_eur < 5000"
    )
    assert f"|{formats.count(fewer)}|" in plain(app)


def test_repeats_are_those_of_the_version(run: Run, demo_home: Path):
    app = run(
        "small_purchases",
        demo_home,
        petits="Achats répétés",
        forme_repetes="Tableau",
        repetitions="20",
        entites_mini="6",
    )
    assert not app.exception
    n_contracts, n, eur = Sql(demo_home).one(
        "select count(*), sum(n), sum(eur) from (select count(*) as n, sum(amount_eur) as eur from spend where grain = 'payment' and amount_flag = 'ok' "
        "and amount_eur < 25000 and notified_on between date '2025-07-01' and date '2026-06-30' and not is_pooled_already and segment is not null "
        "and buyer_region_code is not null group by segment, buyer_region_code having count(*) >= 20 and count(distinct buyer_key) >= 6)"
    )
    table: pd.DataFrame = app.dataframe[0].value
    assert (len(table), table["Achats sur 12 mois"].sum()) == (n_contracts, n)
    assert table["Montant (k€ HT)"].sum() == pytest.approx(float(eur) / 1e3, abs=0.1 * n_contracts)
    assert formats.euros(n * 100) in said(app)


@pytest.mark.parametrize(
    "url",
    [
        {"decoupe": "Par segment"},
        {"decoupe": "Par fournisseur"},
        {"decoupe": "Par taille"},
        {"commande": "50", "region": "BFC"},
    ],
)
def test_each_key_of_small_purchases(run: Run, demo_home: Path, url: dict[str, str]):
    assert not run("small_purchases", demo_home, **url).exception


def test_contracts_alone_say_what_is_missing(run: Run, tmp_path: Path):
    files, home = tmp_path / "files", tmp_path / "home"
    files.mkdir()
    demo.generate(files, rows=3000)
    load.import_files(home, [files / "demo_marches.parquet"], as_of=date(2026, 6, 30), is_demo=True)
    app = run("small_purchases", home)
    assert not app.exception
    assert "les petits achats n'y sont pas" in said(app)
    (n,) = Sql(home).one("select count(*) from spend where is_counted and amount_eur < 25000")
    assert f"|{formats.count(n)}|" in plain(app)


@pytest.mark.parametrize("name", ["schedule", "small_purchases"])
def test_an_empty_result_says_what_to_do(run: Run, demo_home: Path, name: str):
    app = run(name, demo_home)
    app.session_state["famille"], app.session_state["segment"] = ["TRX"], [OTHER_SEGMENT]
    app.run()
    assert not app.exception
    assert "Rien à afficher" in said(app)


@pytest.mark.parametrize("name", ["schedule", "small_purchases"])
def test_a_missing_warehouse_says_what_to_do(run: Run, tmp_path: Path, name: str):
    app = run(name, tmp_path)
    assert not app.exception
    assert "Aucune donnée chargée" in said(app)


def test_an_extension_of_one_quarter_says_what_it_moves(run: Run, demo_home: Path):
    app = run(
        "schedule", demo_home, echeances=WINDOW, detail="Et si on prolongeait\u202f?", demarrage="T3 2027", avenant="1"
    )
    assert not app.exception
    assert re.search(
        r"dans l'année qui précède T3 2027, dernier trimestre exclu .*\. Sans avenant.*Avec 1 trimestre de plus",
        said(app),
    )


def test_the_yearly_amount_says_how_it_differs_from_the_simulator_s(run: Run, demo_home: Path):
    text = said(run("schedule", demo_home, echeances=WINDOW))
    assert labels.YEARLY_BY_CONTRACT in text and labels.YEARLY_ELSEWHERE["contract"] in text
