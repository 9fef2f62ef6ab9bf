"""The journeys of the users, in a real browser, with the network off."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mutualis import load
from tests.e2e.conftest import await_rest, goto

pytestmark = pytest.mark.e2e

PAINTED = ".map[data-painted]"
HOME_MADE = """Liste des marchés notifiés
Extraction du 12/03/2025

N° marché|Objet du marché|Entreprise retenue|Total notifié (HT)|Date de notif.
2024-01|Réfection de l'école|MAÇONNERIE DU SUD|14 700,00 €|03/02/2024
2024-02|Entretien des espaces verts « lot 1 »|JARDINS DE PROVENCE|8 250,50 €|15/05/2024
TOTAL|||22 950,50 €|
"""


def test_a_deep_link_on_a_cold_server_has_its_menu_and_its_map(offline: Page, serve, demo_home: Path):
    goto(offline, f"{serve(demo_home)}/territoires?region=PACA")
    expect(offline.get_by_role("heading", name="Territoires", exact=True)).to_be_visible()
    expect(offline.get_by_role("link", name="Vue d'ensemble")).to_be_visible()
    expect(offline.get_by_text("Données de démonstration")).to_be_visible()
    offline.wait_for_selector(PAINTED)
    assert offline.locator("path[data-code]").count() == 6
    expect(offline.locator("path[data-code='13']")).to_have_attribute(
        "aria-label", re.compile(r"Bouches-du-Rhône : .*(M€|k€)")
    )


def test_the_director_goes_from_the_whole_to_a_place(offline: Page, serve, demo_home: Path):
    address = serve(demo_home)
    goto(offline, address)
    expect(offline.locator(".figure > span", has_text=re.compile("^Entités acheteuses$"))).to_be_visible()
    offline.get_by_text("Comment ce chiffre est-il calculé").first.click()
    expect(offline.get_by_text("somme des montants du périmètre")).to_be_visible()
    offline.keyboard.press("Escape")
    expect(offline.get_by_text("somme des montants du périmètre")).to_be_hidden()
    trend = offline.locator("figure", has_text="Dépenses par mois")
    trend.locator("rect[data-tip]").first.hover()
    expect(trend.locator(".tip")).to_have_text(re.compile(r"20\d\d\u202f: .+€"))
    # what is drawn first loads no Plotly: it would take a second before the figures
    assert not offline.evaluate(
        "performance.getEntriesByType('resource').filter(r => r.name.includes('PlotlyChart')).length"
    )
    offline.get_by_role("link", name="Territoires").click()
    offline.wait_for_selector(PAINTED)
    offline.locator("path[data-code='83']").click()
    expect(offline.get_by_role("heading", name="Var", exact=True)).to_be_visible()
    expect(offline).to_have_url(re.compile("departement=Var"))
    with offline.context.new_page() as colleague:
        goto(colleague, offline.url)
        expect(colleague.get_by_role("heading", name="Var", exact=True)).to_be_visible()
    # a département is no commune: the click stays a filter of its own level
    offline.get_by_role("radio", name="Communes").click()
    expect(offline.locator(".map canvas[role=img]")).to_have_count(2)
    expect(offline).to_have_url(re.compile("maille=Communes"))
    assert "departement=Var" in offline.url and "commune=" not in offline.url
    offline.get_by_role("radio", name="Départements").click()
    # the keyboard does what the mouse does: unselect
    offline.locator("path[data-code='83']").press("Enter")
    expect(offline.get_by_role("heading", name="Var", exact=True)).to_have_count(0)


def test_an_analyst_loads_a_home_made_file(offline: Page, serve, tmp_path: Path):
    path = tmp_path / "marches mairie.txt"
    path.write_bytes(HOME_MADE.encode("cp1252"))
    address = serve(tmp_path / "home")
    goto(offline, f"{address}/donnees")
    expect(offline.get_by_text("Aucune donnée chargée")).to_be_visible()
    offline.locator("input[type=file]").first.set_input_files(path)
    expect(offline.get_by_role("heading", name="Correspondance des colonnes")).to_be_visible(timeout=15_000)
    expect(offline.get_by_text("ni SIRET ni nom d'acheteur reconnu")).to_be_visible()
    toml = tmp_path / "m.toml"
    toml.write_text(
        '[columns]\ncontract_id = "N° marché"\nobject = "Objet du marché"\nsupplier_name = "Entreprise retenue"\n'
        'amount = "Total notifié (HT)"\nnotified_on = "Date de notif."\n[constants]\nbuyer_name = "Commune d\'Aiglun"\nbuyer_department_code = "04"\n',
        encoding="utf-8",
    )
    offline.locator("input[type=file]").nth(1).set_input_files(toml)
    expect(offline.get_by_text("ni SIRET ni nom d'acheteur reconnu")).to_have_count(0, timeout=15_000)
    offline.get_by_role("button", name="Importer", exact=True).click()
    expect(offline.get_by_text("3 lignes lues = 2 retenues + 1 en quarantaine")).to_be_visible(timeout=30_000)
    offline.get_by_role("link", name="Vue d'ensemble").click()
    expect(offline.get_by_text("23,0\u202fk€").first).to_be_visible(timeout=15_000)
    expect(offline.get_by_text("Données de démonstration")).to_have_count(0)


def test_a_running_session_picks_up_a_new_version(offline: Page, serve, demo_home: Path, tmp_path: Path):
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    goto(offline, serve(home))
    expect(offline.get_by_text("Données de démonstration")).to_be_visible()
    path = tmp_path / "m.csv"
    path.write_text(
        "acheteur_id,acheteur_nom,montant,dateNotification,titulaire_id,id\n21130055300016,Marseille,5000,2025-01-01,80268496900016,1\n"
    )
    load.import_files(home, [path])
    offline.get_by_role("link", name="Territoires").click()
    expect(offline.get_by_role("heading", name="Territoires", exact=True)).to_be_visible()
    expect(offline.get_by_text("Données de démonstration")).to_have_count(0)
    expect(offline.get_by_text("m.csv")).to_be_visible()


def test_a_link_s_filters_follow_from_page_to_page(offline: Page, serve, demo_home: Path):
    goto(offline, f"{serve(demo_home)}/?region=PACA&famille=Travaux")
    for name in ("Fournisseurs", "Territoires", "Vue d'ensemble"):
        offline.get_by_role("link", name=name).click()
        expect(offline.get_by_role("heading", name=name, exact=True)).to_be_visible()
        expect(offline.get_by_role("button", name="Travaux  ✕")).to_be_visible()
        expect(offline.get_by_text("PACA · Travaux · marchés notifiés")).to_be_visible()
        # the link that one copies there says the same
        expect(offline).to_have_url(re.compile("famille=Travaux"))
        expect(offline).to_have_url(re.compile("region=PACA"))
    # one step back for each screen, one without filters included, and nothing is forgotten
    offline.get_by_role("link", name="Voir l'écran Données").click()
    expect(offline.get_by_role("heading", name="Données", exact=True)).to_be_visible()
    # a run that ends after « back » would write its own address
    await_rest(offline)
    for name in ("Vue d'ensemble", "Territoires", "Fournisseurs"):
        offline.go_back()
        expect(offline.get_by_role("heading", name=name, exact=True)).to_be_visible()
        expect(offline.get_by_role("button", name="Travaux  ✕")).to_be_visible()
        expect(offline).to_have_url(re.compile("famille=Travaux"))
