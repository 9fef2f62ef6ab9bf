"""A click on each view of the screens: from the press to the last thing that it changes on the page."""

from collections.abc import Iterator

from playwright.sync_api import Page

# screen, the key of its view, its views (as written in the address)
SCREENS = {
    "familles": ("vue_familles", ("Répartition", "ABC", "Tendance", "Qui achète la même chose\u202f?", "Potentiel",
                                  "Degré de mutualisation", "Prix unitaires", "Lignes")),
    "fournisseurs": ("vue_fournisseurs", ("Fournisseurs partagés", "Concentration", "Taille et lieu", "Lignes")),
    "echeancier": ("echeances", ("Calendrier", "Fins communes", "Fenêtre de convergence", "Lignes")),
    "petits-achats": ("petits", ("Volumes", "Achats répétés", "Lignes")),
}  # fmt: skip
PACA, BFC = (f".st-key-region button[data-variant=pills]{which}" for which in (":first-of-type", ":last-of-type"))
PAYMENTS = ".st-key-grain button[data-variant=segmented_control]:last-of-type"
# each leads to a perimeter whose queries this view has not run yet: PACA, both, BFC; the same in payments, and all
CLICKS = (PACA, BFC, PACA, PAYMENTS, BFC, PACA, BFC)

# The page is at rest when its script has run and nothing has changed for a while, in the document or in a component.
LAST_CHANGE = """async (select) => {
  const app = document.querySelector('[data-testid=stApp]');
  const roots = [document, ...[...document.querySelectorAll('*')].map((node) => node.shadowRoot).filter(Boolean)];
  let changed = performance.now();
  // a table on a canvas holds a hidden twin for screen readers, written later: nothing is painted then
  const seen = (records) => records.some(({ target }) => !(target.parentElement ?? target).closest?.('canvas'));
  const observer = new MutationObserver((records) => { if (seen(records)) changed = performance.now(); });
  for (const root of roots) observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  const start = performance.now(), target = document.querySelector(select);
  if (!target) throw new Error(`nothing at ${select}`);
  target.click();
  const running = () => app.dataset.testScriptState === 'running';
  let ran = false;
  while (!ran || running() || performance.now() - changed < 400) {
    // a run from the cache alone may begin and end between two frames
    ran ||= running() || changed > start;
    if (performance.now() - start > 20000) throw new Error(`after a click on ${select} the page never ${ran ? 'rests' : 'ran'}`);
    await new Promise(requestAnimationFrame);
  }
  observer.disconnect();
  return changed - start;
}"""


def click_times(page: Page, address: str) -> Iterator[tuple[str, list[float]]]:
    """Give, for each view then for each screen, the times of clicks on filters never chosen before, in ms."""
    for path, (key, views) in SCREENS.items():
        whole = []
        for view in views:
            page.goto(f"{address}/{path}?{key}={view}")
            page.wait_for_selector(BFC)
            page.wait_for_function(
                "document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
            )
            page.wait_for_timeout(1500)
            taken = [page.evaluate(LAST_CHANGE, select) for select in CLICKS]
            whole += taken
            yield f"click, {path}, {view}", taken
        yield f"click, {path}", whole
