"""Every screen, light and dark, wide and narrow: axe finds nothing serious, all words are French, nothing overflows."""

import re
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import Serve, goto

pytestmark = pytest.mark.e2e
SCREENS = [
    "", "nulle-part", "territoires", "familles", "familles?vue_familles=Rattachements", "fournisseurs", "echeancier",
    "petits-achats?grain=D%C3%A9penses+pay%C3%A9es", "simulateur", "comparer", "donnees", "methode",
]  # fmt: skip
ENGLISH = re.compile(
    r"\b(Help for|Close|Open|Search|Download|Fullscreen|Show/hide|start|end|Choose|Select|Clear|Browse files|Drag and drop|Deploy|Manage app|Upload|"
    r"Press Enter|Page not found|does not seem|No options|No results|Zoom|Reset|Menu of|Navigate|Expand|Collapse)\b"
)
# what a screen reader says, components included
LABELS = """() => {
  const found = [];
  const walk = (root) => root.querySelectorAll('*').forEach((node) => {
    for (const name of ['aria-label', 'title', 'placeholder']) if (node.getAttribute(name)) found.push(node.getAttribute(name));
    if (node.shadowRoot) walk(node.shadowRoot);
  });
  walk(document.body);
  return found;
}"""


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_screens_are_accessible_french_and_fit(
    offline: Page, serve: Serve, demo_home: Path, width: int, theme: Literal["light", "dark"]
):
    offline.set_viewport_size({"width": width, "height": 900})
    offline.emulate_media(color_scheme=theme)
    address = serve(demo_home)
    for path in SCREENS:
        goto(offline, f"{address}/{path}")
        offline.wait_for_load_state("networkidle")
        offline.wait_for_function("document.documentElement.lang === 'fr'")
        found = Axe().run(offline).response["violations"]
        serious = [(v["id"], v["nodes"][0]["html"][:160]) for v in found if v["impact"] in ("serious", "critical")]
        assert serious == [], path
        said = [offline.locator("body").inner_text(), *offline.evaluate(LABELS)]
        assert [text[:80] for text in said if ENGLISH.search(text)] == [], path
        assert offline.evaluate("document.documentElement.scrollWidth") <= width, path
