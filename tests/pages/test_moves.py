"""Rattachements: what would move is said before, moves and undoings are journalled, natural persons stay masked."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mutualis import labels, reclassification, segment_moves, warehouse
from mutualis.segment_moves import MoveJournal
from tests.pages.shown import html
from tests.pages.test_pages import OTHER_SEGMENT

CODE, SUPPLIER = "reclasser_cpv_{}", "reclasser_supplier_{}_"


@pytest.fixture
def home(tmp_path: Path, demo_home: Path) -> Path:
    """A demo of one's own: the journal is in it."""
    return shutil.copytree(demo_home, tmp_path / "home")


@pytest.fixture
def journal(home: Path) -> MoveJournal:
    return MoveJournal(f"sqlite:///{home / 'scenarios.sqlite'}")


def said(app: AppTest) -> str:
    texts = [text.value for text in [*app.markdown, *app.success, *app.warning, *app.error, *app.caption]]
    return "\n".join([*texts, html(app)])


def open_view(run: object, home: Path) -> AppTest:
    app: AppTest = run("families", home, vue_familles="Rattachements")  # type: ignore[operator]
    assert not app.exception
    return app


def ask(home: Path, query: str) -> tuple[object, ...]:
    with warehouse.open_version(home) as con:
        row = con.execute(query).fetchone()
    assert row is not None
    return tuple(row)


def submit(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception
    return app


def test_a_code_moves_and_comes_back(run, home: Path, journal: MoveJournal):
    code, n_rows = ask(
        home, "select cpv_code, count(*) from spend where segment = 'FOU-BUR' group by 1 order by 2 desc limit 1"
    )
    app = open_view(run, home)
    app.selectbox(key=CODE.format(0)).select(code).run()
    assert "aujourd'hui" in said(app) and "Fournitures de bureau" in said(app)
    app.selectbox(key="reclasser_segment_0").select("ENT-GAR").run()
    assert f"{n_rows} lignes changent" in said(app).replace("\u202f", "")
    submit(app, "Déplacer ces lignes")
    assert "Dites qui déplace" in said(app) and journal.entries() == []
    app.text_input(key="reclasser_auteur").input("Anne Martin")
    app.text_input(key="reclasser_motif_0").input("Essai")
    submit(app, "Déplacer ces lignes")
    assert "vers «\u202fGardiennage" in said(app) and "1 reclassement à la main" in said(app)
    assert ask(home, f"select distinct segment from spend where cpv_code = '{code}'") == ("ENT-GAR",)
    (entry,) = journal.entries()
    assert (entry.author, entry.before, entry.after) == ("Anne Martin", "FOU-BUR", "ENT-GAR")
    author, reason = (field for field in app.text_input if field.proto.form_id.startswith("annuler"))
    author.input("Bruno")
    reason.input("Erreur")
    submit(app, "Remettre comme avant")
    assert "revenues où elles étaient" in said(app)
    assert ask(home, f"select distinct segment from spend where cpv_code = '{code}'") == ("FOU-BUR",)
    assert list(app.dataframe[0].value["État"]) == ["annulation", "remplacé ou annulé"]


def test_a_supplier_is_searched_and_some_of_its_lines_move(run, home: Path, journal: MoveJournal):
    key, name, origin = ask(
        home,
        "select supplier_key, any_value(supplier_name), min(segment) from spend where not is_sole_trader "
        "group by 1 having count(distinct segment) > 2 order by count(*) limit 1",
    )
    app = open_view(run, home)
    app.segmented_control(key="reclasser_nature").set_value("supplier").run()
    app.text_input(key="reclasser_recherche_0").input(str(name).lower()).run()
    app.selectbox(key=f"{SUPPLIER.format(0)}{str(name).lower()}").select(key).run()
    app.selectbox(key=f"reclasser_origine_0_{key}").select(origin).run()
    app.selectbox(key="reclasser_segment_0").select("ENT-GAR").run()
    app.text_input(key="reclasser_auteur").input("Anne")
    app.text_input(key="reclasser_motif_0").input("Essai")
    others = f"select count(*) from spend where supplier_key = '{key}' and segment is distinct from '{origin}'"
    before = ask(home, others)
    submit(app, "Déplacer ces lignes")
    assert journal.entries()[0].within == origin
    (n_left,) = ask(home, f"select count(*) from spend where supplier_key = '{key}' and segment = '{origin}'")
    n_all = ask(home, f"select count(*) from spend where supplier_key = '{key}'")[0]
    assert n_left == 0 and before[0] < n_all and "ses lignes de" in said(app)  # type: ignore[operator]


def test_a_natural_person_is_neither_found_nor_named(run, home: Path, journal: MoveJournal):
    key, name = ask(home, "select supplier_key, supplier_name from supplier where is_sole_trader order by 1 limit 1")
    entry = segment_moves.move("supplier", str(key), ["FOU-BUR"], "ENT-GAR", "Anne", "Essai")
    reclassification.write_move(home, journal, entry)
    app = open_view(run, home)
    assert labels.PERSON in said(app) and str(name) not in said(app) and str(key) not in said(app)
    assert list(app.dataframe[0].value["Ce qui a bougé"]) == [labels.PERSON]
    app.segmented_control(key="reclasser_nature").set_value("supplier").run()
    app.text_input(key="reclasser_recherche_0").input(str(name)).run()
    assert "Aucun fournisseur de ce nom" in said(app)


def test_a_version_behind_the_journal_says_so(run, home: Path, journal: MoveJournal):
    former = str(warehouse.current_version(home))
    entry = segment_moves.move("cpv", str(ask(home, "select min(cpv_code) from spend")[0]), ["X"], "ENT-GAR", "A", "B")
    reclassification.write_move(home, journal, entry)
    warehouse.use_version(home, former)
    app = open_view(run, home)
    assert "ne suit pas le journal" in said(app)
    app.button(key="reclassement_appliquer").click().run()
    assert "suit de nouveau" in said(app) and "1 reclassement à la main" in said(app)


def test_the_way_back_stays_open_in_an_empty_perimeter(run, home: Path, journal: MoveJournal):
    entry = segment_moves.move("cpv", str(ask(home, "select min(cpv_code) from spend")[0]), ["X"], "ENT-GAR", "A", "B")
    reclassification.write_move(home, journal, entry)
    app = open_view(run, home)
    app.session_state["famille"], app.session_state["segment"] = ["TRX"], [OTHER_SEGMENT]
    app.run()
    assert not app.exception
    assert any(button.label == "Remettre comme avant" for button in app.button)
