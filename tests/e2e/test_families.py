"""Familles in a browser: a click on the treemap and on the matrix filters, and a segment goes to the Simulateur."""

from pathlib import Path
from urllib.parse import quote, unquote_plus

import pytest
from playwright.sync_api import Locator, Page, expect

from mutualis.ui.families import VIEWS
from tests.e2e.conftest import Serve

pytestmark = pytest.mark.e2e
ANIMATION_MS = 1_500  # a click during the treemap's entrance is lost


def click_until(target: Locator, shown: Locator) -> None:
    """Click a chart until it answers: it loses the clicks that come while it draws itself again."""
    for _ in range(4):
        target.click()
        try:
            expect(shown).to_be_visible(timeout=6_000)
        except AssertionError:
            continue
        return
    expect(shown).to_be_visible()


def test_a_click_on_a_family_filters_and_a_segment_goes_to_the_simulator(demo_home: Path, serve: Serve, offline: Page):
    address = serve(demo_home)
    offline.goto(f"{address}/familles")
    expect(offline.locator("svg text", has_text="Travaux").first).to_be_visible()
    offline.wait_for_timeout(ANIMATION_MS)
    click_until(offline.locator("svg text", has_text="Travaux").first, offline.locator(".st-key-retirer_famille_TRX"))
    offline.wait_for_url(lambda url: "famille=Travaux" in url)
    offline.goto(f"{address}/familles?segment=Nettoyage+des+locaux")
    offline.locator(".st-key-simuler_filtre button").click()
    expect(offline.locator("h1")).to_have_text("Simulateur")
    offline.wait_for_url(lambda url: "/simulateur" in url and "segment=Nettoyage des locaux" in unquote_plus(url))


def test_a_click_in_the_matrix_shows_the_rows_of_an_entity_and_a_segment(demo_home: Path, serve: Serve, offline: Page):
    offline.goto(f"{serve(demo_home)}/familles?vue_familles={quote(VIEWS['matrice'])}")
    # the darkest cell: the largest amount
    cell = offline.locator("[class*=st-key-matrice_] svg[version] path[fill='rgb(0,0,145)']").first
    click_until(cell, offline.locator(".st-key-recherche"))
    assert {"acheteur", "segment"} <= {part.split("=")[0] for part in offline.url.partition("?")[2].split("&")}
