"""Fournisseurs in a browser: a click on a supplier opens its sheet, which a link opens again."""

from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Serve, goto

pytestmark = pytest.mark.e2e


def test_a_click_on_a_supplier_opens_its_sheet_and_a_link_the_same(demo_home: Path, serve: Serve, offline: Page):
    address = serve(demo_home)
    goto(offline, f"{address}/fournisseurs?region=PACA")
    # not the first, which the list would show anyway
    name = offline.locator(".end text[data-column=right]").nth(3)
    supplier = (name.text_content() or "").partition(" · ")[2]
    name.click()
    chosen = offline.locator(".st-key-fiche_fournisseur input")
    expect(chosen).to_have_value(supplier)
    offline.wait_for_url(lambda url: f"fiche_fournisseur={supplier}" in unquote_plus(url))
    goto(offline, offline.url)
    expect(chosen).to_have_value(supplier)
    # another perimeter may not have this supplier: another sheet, no error
    offline.locator(".st-key-region button[data-variant=pills]").last.click()
    offline.wait_for_url(lambda url: "region=BFC" in url)
    offline.locator(".st-key-region button[data-variant=pills]").first.click()
    offline.wait_for_url(lambda url: "region=PACA" not in url)
    expect(offline.locator("[data-test-script-state=notRunning]")).to_have_count(1)
    expect(offline.get_by_text("auprès de")).to_be_visible()
    expect(offline.locator("[data-testid=stException]")).to_have_count(0)


def test_a_click_on_a_place_filters_it(demo_home: Path, serve: Serve, offline: Page):
    goto(offline, f"{serve(demo_home)}/fournisseurs")
    place = offline.locator(".end text[data-column=left]").first
    code = place.get_attribute("data-code")
    place.click()
    expect(offline.locator(f".st-key-retirer_departement_{code}").first).to_be_visible()
