"""Familles in a browser: a click on the treemap and on the matrix filters, and a segment goes to the Simulateur."""

import shutil
from pathlib import Path
from urllib.parse import quote, unquote_plus

import pytest
from playwright.sync_api import Page, expect

from mutualis.ui.families import VIEWS
from tests.e2e.conftest import Serve, goto

pytestmark = pytest.mark.e2e


def test_a_click_on_a_family_filters_and_a_segment_goes_to_the_simulator(demo_home: Path, serve: Serve, offline: Page):
    address = serve(demo_home)
    goto(offline, f"{address}/familles")
    offline.locator(".tile[data-code=TRX]").click()
    expect(offline.locator(".st-key-retirer_famille_TRX").first).to_be_visible()
    offline.wait_for_url(lambda url: "famille=Travaux" in url)
    # one level down: a CPV code leads to its segment
    offline.locator(".tile[data-code=TRX-ROU]").last.click()
    expect(offline.locator(".st-key-fil_ariane")).to_contain_text("Voirie et réseaux divers")
    goto(offline, f"{address}/familles?segment=Nettoyage+des+locaux")
    offline.locator(".st-key-simuler_filtre button").click()
    expect(offline.locator("h1")).to_have_text("Simulateur")
    offline.wait_for_url(lambda url: "/simulateur" in url and "segment=Nettoyage des locaux" in unquote_plus(url))


def test_a_click_in_the_matrix_shows_the_rows_of_an_entity_and_a_segment(demo_home: Path, serve: Serve, offline: Page):
    goto(offline, f"{serve(demo_home)}/familles?vue_familles={quote(VIEWS['matrice'])}")
    field, darkest = offline.locator(".touch"), offline.locator("path.shade5")
    # inside the first of the darkest cells
    at = darkest.evaluate(
        """(path) => {
          const [x, y] = path.getAttribute("d").slice(1).split("h")[0].split(","), field = path.parentElement.querySelector(".field");
          return { x: x - field.getAttribute("x") + 4, y: y - field.getAttribute("y") + 4 };
        }"""
    )
    field.hover(position=at)
    buyer, segment = offline.locator("figure > .tip").inner_text().rpartition(", ")[0].split("\u202f: ")
    field.click(position=at)
    expect(offline.locator(".st-key-recherche")).to_be_visible()
    chips = offline.locator(".st-key-filtres_actifs")
    expect(chips).to_contain_text(buyer)
    expect(chips).to_contain_text(segment)


def test_a_click_on_a_bubble_filters_its_segment_each_time(demo_home: Path, serve: Serve, offline: Page):
    goto(offline, f"{serve(demo_home)}/familles?vue_familles=Potentiel")
    first = offline.locator(".dot").first
    code = first.get_attribute("data-code")
    for _ in range(2):
        first.dispatch_event("click")
        expect(offline.locator(".dot")).to_have_count(1)
        expect(first).to_have_attribute("data-code", code or "")
        offline.locator(f".st-key-retirer_segment_{code} button").first.click()
        expect(offline.locator(".dot")).not_to_have_count(1)
    with offline.expect_download() as picture:
        offline.locator("figure .save").click()
    assert picture.value.suggested_filename.startswith("Potentiel des segments")


def test_a_cpv_code_is_moved_by_hand_then_put_back(tmp_path: Path, demo_home: Path, serve: Serve, offline: Page):
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    goto(offline, f"{serve(home)}/familles?vue_familles=Rattachements")
    code = offline.get_by_role("combobox", name="Code CPV du périmètre")
    code.click()
    offline.get_by_role("option").first.click()
    offline.get_by_role("combobox", name="Va dans le segment").fill("Gardiennage")
    offline.get_by_role("option", name="Gardiennage").first.click()
    offline.get_by_label("Qui", exact=True).fill("Anne Martin")
    offline.get_by_role("button", name="Déplacer ces lignes").click()
    expect(offline.get_by_text("Dites qui déplace ces lignes, et pourquoi")).to_be_visible()
    # what people write is shown as text: the page would ask another site for this image
    offline.get_by_label("Pourquoi", exact=True).fill("Essai ![x](https://ailleurs.example/x.png)")
    offline.get_by_role("button", name="Déplacer ces lignes").click()
    expect(offline.get_by_text("vers « Gardiennage")).to_be_visible()
    expect(offline.get_by_text("1 reclassement à la main")).to_be_visible()
    expect(offline.locator(".move")).to_contain_text("par Anne Martin")
    with offline.expect_download() as export:
        offline.get_by_role("button", name="Journal (CSV)").click()
    assert "Anne Martin" in export.value.path().read_text(encoding="utf-8-sig")
    offline.get_by_role("button", name="Annuler ce déplacement").click()
    offline.get_by_label("Qui", exact=True).last.fill("Anne Martin")
    offline.get_by_label("Pourquoi", exact=True).last.fill("Erreur")
    offline.get_by_role("button", name="Remettre comme avant").click()
    expect(offline.get_by_text("les lignes sont revenues où elles étaient")).to_be_visible()
    expect(offline.get_by_text("1 reclassement à la main")).to_have_count(0)
