"""Simulateur in a browser: a lever moves everything, intervals follow, the link restores all elsewhere, saves are compared."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Serve

pytestmark = pytest.mark.e2e
PAID = "grain=D%C3%A9penses+pay%C3%A9es"


def cards(page: Page, before: str = "") -> str:
    """Give the key results once they are no longer as before and the intervals are there."""
    page.wait_for_function(
        "before => { const text = document.querySelector('.cards')?.innerText ?? ''; return text && text !== before && !text.includes('calcul…') }",
        arg=before,
    )
    return page.locator(".cards").inner_text()


def test_a_lever_moves_figures_charts_and_link(demo_home: Path, serve: Serve, offline: Page, browser: Browser):
    address = serve(demo_home)
    offline.goto(f"{address}/simulateur?{PAID}")
    before = cards(offline)
    cascade = offline.locator(".st-key-cascade svg")
    told = cascade.get_attribute("aria-label")
    offline.locator("input[name=taux]").press("ArrowLeft")
    expect(cascade).not_to_have_attribute("aria-label", str(told))
    after = cards(offline, before)
    offline.get_by_role("button", name="Prudent", exact=True).click()
    expect(offline.get_by_role("button", name="Annuler")).to_be_enabled()
    prudent = cards(offline, after)
    assert prudent != after
    elsewhere = browser.new_context(locale="fr-FR").new_page()
    elsewhere.goto(offline.url)
    assert cards(elsewhere) == prudent


def test_figures_follow_the_hand_before_the_slider_is_released(demo_home: Path, serve: Serve, offline: Page):
    offline.goto(f"{serve(demo_home)}/simulateur?{PAID}")
    before = cards(offline)
    cascade = offline.locator(".st-key-cascade svg")
    told = cascade.get_attribute("aria-label")
    slider = offline.locator("input[name=adhesion]")
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    offline.mouse.move(box["x"] + 0.65 * box["width"], middle)
    offline.mouse.down()
    for share in (0.6, 0.5, 0.4, 0.3):
        offline.mouse.move(box["x"] + share * box["width"], middle)
    expect(cascade).not_to_have_attribute("aria-label", str(told))
    assert "adhesion=" not in offline.url
    offline.mouse.up()
    offline.wait_for_url(lambda url: "adhesion=" in url)
    after = cards(offline, before)
    offline.reload()
    assert cards(offline) == after
    offline.get_by_role("button", name="revenir à la référence").first.click()
    assert cards(offline, after) == before


def test_save_then_compare(demo_home: Path, serve: Serve, offline: Page):
    address = serve(demo_home)
    for name, key in (("Prudence", "Prudent"), ("Ambition", "Ambitieux")):
        offline.goto(f"{address}/simulateur?{PAID}")
        cards(offline)
        offline.get_by_role("button", name=key, exact=True).click()
        cards(offline)
        offline.get_by_role("button", name="Enregistrer", exact=False).first.click()
        offline.get_by_label("Nom", exact=True).fill(name)
        offline.get_by_role("button", name="Enregistrer comme nouveau").click()
        expect(offline.get_by_text(f"« {name} » est enregistré.")).to_be_visible()
    offline.goto(f"{address}/comparer")
    expect(offline.get_by_role("heading", name="Leviers qui diffèrent")).to_be_visible()
    expect(offline.locator("[class*=st-key-comparer_carte_] figure")).not_to_have_count(0)
    offline.get_by_role("button", name="Supprimer").first.click()
    offline.get_by_role("button", name="Oui, supprimer").click()
    expect(offline.get_by_text("Prudence", exact=False)).not_to_have_count(0)
