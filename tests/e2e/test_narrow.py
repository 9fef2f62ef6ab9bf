"""On a telephone nothing is cut, and on any screen the texts of a chart do not overlap."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Serve, goto

pytestmark = pytest.mark.e2e
PHONE = {"width": 390, "height": 844}
CUT = "(node, width) => [...node.querySelectorAll('button')].some((b) => b.getBoundingClientRect().right > width)"
# pairs of texts drawn one over the other by more than a hair
OVERLAPS = """(svg) => {
  const boxes = [...svg.querySelectorAll('text')].map((t) => [t.textContent, t.getBoundingClientRect()]);
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5;
  return boxes.flatMap(([text, a], i) => boxes.slice(i + 1).filter(([, b]) => over(a, b)).map(([other]) => `${text} / ${other}`));
}"""
OUTSIDE = """(svg) => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter((t) => { const b = t.getBoundingClientRect(); return b.left < frame.left - 3 || b.right > frame.right + 3; })
    .map((t) => t.textContent);
}"""


@pytest.fixture
def phone(offline: Page, serve: Serve, demo_home: Path) -> Page:
    offline.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    goto(offline, f"{serve(demo_home)}/territoires")
    return offline


def screen(page: Page, path: str) -> None:
    goto(page, f"{page.url.rpartition('/')[0]}/{path}")


def chart(page: Page, key: str) -> Locator:
    svg = page.locator(f".st-key-{key} svg").first
    expect(svg).to_be_visible()
    return svg


def test_choices_go_on_another_line_rather_than_be_cut(phone: Page):
    for path, keys in (
        ("territoires", ["maille", "dessous"]),
        ("echeancier", ["terme"]),
        ("simulateur", ["resultats"]),
    ):
        screen(phone, path)
        for key in keys:
            group = phone.locator(f".st-key-{key}")
            expect(group).to_be_visible()
            assert not group.evaluate(CUT, PHONE["width"]), (path, key)


# a region's own grey, in the small France of the corner (its pixels: red, green, blue, opacity)
HAS_GREY = """(canvas, grey) => {
  const pixels = canvas.getContext('2d').getImageData(0, canvas.height - 180, 180, 180).data;
  return pixels.some((_, i) => i % 4 === 0 && [0, 1, 2].every((k) => pixels[i + k] === grey));
}"""


def test_each_map_says_where_its_region_is(phone: Page):
    maps = phone.locator(".panel canvas")
    expect(maps).to_have_count(2)
    assert all(drawn.evaluate(HAS_GREY, 0x66) for drawn in maps.all())


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1920, 1080)])
def test_a_commune_is_named_where_the_pointer_is(phone: Page, width: int, height: int):
    phone.set_viewport_size({"width": width, "height": height})
    screen(phone, "territoires?region=PACA&maille=Communes")
    sheet = phone.locator(".map canvas[role=img]")
    expect(sheet).to_have_count(1)
    phone.wait_for_selector(".map[data-painted]")
    box = sheet.bounding_box()
    assert box
    # the map keeps its form in the middle of its box, however wide: Marseille is at 35 % and 85 % of it
    k = min(box["width"] / 520, box["height"] / 430)
    at = (520 * (0.352 - 0.5) * k + box["width"] / 2, 430 * (0.845 - 0.5) * k + box["height"] / 2)
    sheet.hover(position={"x": at[0], "y": at[1]})
    expect(phone.locator(".map .tip")).to_have_text(re.compile("^Marseille : "))


def test_key_figures_stand_two_by_two(phone: Page):
    screen(phone, "")
    first, second = (phone.locator(".figure").nth(i).bounding_box() for i in range(2))
    assert first and second and abs(first["y"] - second["y"]) < 2 and second["x"] > first["x"]


def test_names_of_links_and_contracts_can_be_read(phone: Page):
    screen(phone, "fournisseurs")
    assert chart(phone, "liens_fournisseurs").evaluate(OUTSIDE) == []
    screen(phone, "echeancier")
    frame = phone.locator(".st-key-defile_frise")
    expect(frame.locator("svg[role=img]")).to_be_visible()
    assert frame.evaluate("(node) => node.scrollWidth > node.clientWidth + 100")


def test_levers_lead_to_the_results_and_back(phone: Page):
    screen(phone, "simulateur")
    phone.get_by_role("link", name="Voir les résultats").click()
    expect(phone.locator(".cards .card").first).to_be_in_viewport()
    phone.get_by_role("link", name="Revenir aux leviers").click()
    expect(phone.get_by_role("button", name="Prudent", exact=True)).to_be_in_viewport()
    assert "/simulateur" in phone.url


@pytest.mark.parametrize("width", [390, 1440, 1920])
def test_the_texts_of_charts_do_not_overlap(phone: Page, width: int):
    phone.set_viewport_size({"width": width, "height": 1000})
    screen(phone, "simulateur")
    for key in ("cascade", "gagnants"):
        svg = chart(phone, key)
        assert svg.evaluate(OVERLAPS) == [] and svg.evaluate(OUTSIDE) == [], key
    names = chart(phone, "cascade").locator("text").all_text_contents()
    assert any("Temps" in name for name in names) and any("Malus" in name for name in names)
