"""Moves by hand: the journal, what it makes of the data, imports after it, the command line."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutualis import cli, load, queries, reclassification, warehouse
from mutualis.errors import MoveError, WarehouseError
from mutualis.segment_moves import UNCLASSIFIED, Entry, MoveJournal, Rule, as_csv, in_force, move, undo
from tests.conftest import AS_OF, SOUND_ROW, Build

PAPER, CLEANING = "FOU-BUR", "ENT-NET"
CPV, SUPPLIER = "30197630", "552045999"
TABLES = ("spend_fact", "spend_deal", "spend_sum", "buyer", "supplier", "quarantine", "file_report")


def entry(code: str, after: str, kind: str = "cpv", before: tuple[str, ...] = (PAPER,), within: str = "") -> Entry:
    return move(kind, code, before, after, "Anne", "Essai", within)


@pytest.fixture
def journal(tmp_path: Path) -> MoveJournal:
    return MoveJournal(f"sqlite:///{tmp_path / 'j.sqlite'}")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset of three lines: two of a CPV code, one of another; two suppliers."""
    folder, source = tmp_path / "home", tmp_path / "achats.csv"
    monkeypatch.setenv("MUTUALIS_HOME", str(folder))
    header = "Acheteur;SIRET acheteur;Fournisseur;SIRET fournisseur;CPV;Objet;Montant HT;Date de notification"
    rows = [
        "Mairie;21130055300016;PAPETERIE;55204599900869;30197630;Papier;1000,50;2025-03-01",
        "Mairie;21130055300016;NETTOIE TOUT;38012986646850;30197630;Papier;200;2025-04-01",
        "Mairie;21130055300016;PAPETERIE;55204599900869;90910000;Nettoyage;40;2025-05-01",
    ]
    source.write_text("\n".join([header, *rows]), encoding="utf-8")
    load.import_files(folder, [source], as_of=AS_OF)
    return folder


def segments(home: Path) -> list[str]:
    with warehouse.open_version(home) as con:
        return [row[0] for row in con.execute("select segment from spend order by source_row").fetchall()]


def tables(home: Path, names: tuple[str, ...] = TABLES) -> dict[str, list[tuple[object, ...]]]:
    with warehouse.open_version(home) as con:
        return {name: con.execute(f"from {name} order by all").fetchall() for name in names}


def is_behind(home: Path, journal: MoveJournal) -> bool:
    with warehouse.open_version(home) as con:
        applied = queries.run(con.cursor(), "applied_moves")
        known = set(queries.run(con.cursor(), "options_segments")["segment"])
    return reclassification.is_behind(applied, known, journal.entries())


STEPS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "b within X"]), st.sampled_from(["X", "Y"]), st.booleans()), max_size=12
)


@given(STEPS, st.data())
def test_what_holds_is_a_naive_replay(steps: list[tuple[str, str, bool]], data: st.DataObject):
    journal: list[Entry] = []
    alive: list[Entry] = []
    for code, after, is_undo in steps:
        if is_undo and alive:
            back = data.draw(st.sampled_from(alive))
            journal.append(undo(back, "B", "Erreur"))
            alive.remove(back)
        else:
            name, _, within = code.partition(" within ")
            made = entry(name, after, "supplier", ("Z",), within)
            journal.append(made)
            alive.append(made)
    expected = {(one.code, one.within): one.after for one in alive}
    assert {(rule.code, rule.within): rule.segment for rule in in_force(journal)} == expected


def test_the_journal_gives_back_what_was_written(journal: MoveJournal):
    made = entry(CPV, CLEANING)
    journal.write(made)
    journal.write(undo(made, "Bruno", "Erreur"))
    assert journal.entries()[0] == made and journal.get(made.id[:8]) == made
    assert [one.undoes for one in journal.entries()] == ["", made.id]
    assert in_force(journal.entries()) == []
    with pytest.raises(MoveError):
        journal.get("zzz")


def test_many_people_at_once_lose_nothing(journal: MoveJournal):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(journal.write, [entry(f"c{i}", CLEANING) for i in range(20)]))
    assert len(journal.entries()) == 20


@pytest.mark.parametrize(
    "bad",
    [{"author": " "}, {"reason": ""}, {"reason": "x" * 401}, {"after": PAPER}, {"code": ""}, {"kind": "buyer"}, {"within": PAPER}],
)  # fmt: skip
def test_a_move_says_who_why_and_where(bad: dict[str, str]):
    sound = {"kind": "cpv", "code": CPV, "after": CLEANING, "author": "Anne", "reason": "Essai"}
    with pytest.raises(MoveError):
        move(before=[PAPER], **(sound | bad))


def test_the_export_never_runs_as_a_formula():
    text = as_csv([replace(entry(CPV, CLEANING), reason="=1+1", author="@x")]).decode("utf-8-sig")
    assert "'=1+1" in text and "'@x" in text and text.startswith("Date (UTC);Qui")


def test_a_code_then_a_supplier_then_back(home: Path, journal: MoveJournal):
    before, first = tables(home), segments(home)
    assert first == [PAPER, PAPER, "ENT-NET"]
    of_code, of_supplier = entry(CPV, "ENT-GAR"), entry(SUPPLIER, "ALI-EPI", "supplier")
    reclassification.write_move(home, journal, of_code)
    assert segments(home) == ["ENT-GAR", "ENT-GAR", "ENT-NET"]
    reclassification.write_move(home, journal, of_supplier)
    assert segments(home) == ["ALI-EPI", "ENT-GAR", "ALI-EPI"]
    with warehouse.open_version(home) as con:
        assert warehouse.describe(con).n_moves == 2
        assert con.execute("select distinct family from spend where segment = 'ALI-EPI'").fetchall() == [("ALI",)]
    for made in (of_code, of_supplier):
        reclassification.write_move(home, journal, undo(made, "Anne", "Erreur"))
    assert tables(home) == before


def test_a_supplier_s_lines_of_one_segment(home: Path, journal: MoveJournal):
    reclassification.write_move(home, journal, entry(SUPPLIER, "ALI-EPI", "supplier"))
    reclassification.write_move(home, journal, entry(SUPPLIER, "ENT-GAR", "supplier", within=CLEANING))
    # the narrower move wins
    assert segments(home) == ["ALI-EPI", PAPER, "ENT-GAR"]
    # the lines of a segment are those whose CPV codes are in it, moves of these codes included
    reclassification.write_move(home, journal, entry(CPV, CLEANING))
    assert segments(home) == ["ENT-GAR", CLEANING, "ENT-GAR"]
    with pytest.raises(MoveError, match="pas un segment"):
        reclassification.write_move(home, journal, entry(SUPPLIER, "ENT-GAR", "supplier", within="XXX"))


def test_a_supplier_s_unclassified_lines(build: Build):
    con = build(SOUND_ROW, {"contract_id": "2", "cpv_code": None})
    reclassification.apply(con, [Rule("supplier", SUPPLIER, CLEANING, UNCLASSIFIED)])
    assert con.execute("select segment, family from spend order by spend_id").fetchall() == [
        (PAPER, "FOU"),
        (CLEANING, "ENT"),
    ]


CHOICES = st.lists(
    st.tuples(st.sampled_from([("cpv", 0), ("cpv", 1), ("supplier", 0), ("supplier", 1)]),
              st.sampled_from([PAPER, CLEANING, "ENT-GAR"]), st.sampled_from(["", PAPER, CLEANING, UNCLASSIFIED])),
    min_size=1, max_size=5,
)  # fmt: skip


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(CHOICES)
def test_what_is_shown_before_is_what_happens(build: Build, choices: list[tuple[tuple[str, int], str, str]]):
    codes = {"cpv": (CPV, "90910000"), "supplier": (SUPPLIER, "802684969")}
    con = build(*(
        {"contract_id": f"{i}", "amount": f"{1000 + 2**i}", "cpv_code": cpv, "supplier_id": siret}
        for i, (cpv, siret) in enumerate(product([*codes["cpv"], None], ["55204599900869", "80268496900016"]))
    ))  # fmt: skip
    rules: dict[tuple[str, str, str], Rule] = {}
    by_line = "select spend_id, segment, amount_eur from spend"
    for (kind, which), after, chosen in choices:
        within = chosen if kind == "supplier" else ""
        code = codes[kind][which]
        told = reclassification.changing(reclassification.preview(con.cursor(), kind, code, after, within))
        before = con.execute(by_line).df()
        rules[kind, code, within] = Rule("cpv" if kind == "cpv" else "supplier", code, after, within)
        reclassification.apply(con, list(rules.values()))
        warehouse.run_checks(con)
        both = before.merge(con.execute(by_line).df(), on="spend_id")
        moved = both[both["segment_x"].fillna("") != both["segment_y"].fillna("")]
        assert (told["n_rows"].sum(), told["spend_eur"].sum()) == (len(moved), moved["amount_eur_x"].sum())
    reclassification.apply(con, [])
    assert reclassification.preview(con.cursor(), "cpv", CPV, None)["next_segment"].tolist() == [PAPER]


def test_a_move_outlives_an_import(home: Path, journal: MoveJournal, tmp_path: Path):
    reclassification.write_move(home, journal, entry(CPV, "ENT-GAR"))
    # numbers that join tables are given anew at each import: lines are compared whole
    moved = tables(home, ("spend", "quarantine", "file_report"))
    load.import_files(home, [tmp_path / "achats.csv"], as_of=AS_OF, rules=lambda: in_force(journal.entries()))
    assert tables(home, tuple(moved)) == moved
    load.import_files(home, [tmp_path / "achats.csv"], as_of=AS_OF)
    assert segments(home)[0] == PAPER


def test_an_import_asks_what_holds_once_no_move_can_be_written(home: Path, journal: MoveJournal, tmp_path: Path):
    def late() -> list[Rule]:
        with pytest.raises(WarehouseError, match="déjà en cours"):
            reclassification.write_move(home, journal, entry(CPV, "ENT-GAR"))
        return in_force(journal.entries())

    load.import_files(home, [tmp_path / "achats.csv"], as_of=AS_OF, rules=late)
    assert segments(home)[0] == PAPER and journal.entries() == []


def test_a_move_is_taken_back_once(home: Path, journal: MoveJournal):
    made = entry(CPV, "ENT-GAR")
    reclassification.write_move(home, journal, made)
    reclassification.write_move(home, journal, undo(made, "Anne", "Erreur"))
    with pytest.raises(MoveError, match="déjà annulé"):
        reclassification.write_move(home, journal, undo(made, "Bruno", "Erreur"))
    assert len(journal.entries()) == 2


def test_only_imports_and_the_last_two_versions_take_room(home: Path, journal: MoveJournal, tmp_path: Path):
    first = warehouse.current_version(home)
    made = [reclassification.write_move(home, journal, entry(CPV, to)) for to in ("ENT-GAR", "ALI-EPI", CLEANING)]
    assert [found.version for found in warehouse.list_versions(home)] == [made[2], made[1], first]
    assert {found.imported_as for found in warehouse.list_versions(home)} == {first}
    second = load.import_files(home, [tmp_path / "achats.csv"], as_of=AS_OF).dataset_version
    assert {found.version for found in warehouse.list_versions(home)} == {first, *made[1:], second}


def test_killed_between_the_journal_and_the_swap(home: Path, journal: MoveJournal, monkeypatch: pytest.MonkeyPatch):
    before = tables(home)
    with monkeypatch.context() as killed:
        killed.setattr(warehouse, "publish", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            reclassification.write_move(home, journal, entry(CPV, "ENT-GAR"))
    assert tables(home) == before and is_behind(home, journal)
    # any later move brings the one that was cut
    reclassification.write_move(home, journal, entry("90910000", "ALI-EPI", before=(CLEANING,)))
    assert segments(home) == ["ENT-GAR", "ENT-GAR", "ALI-EPI"] and not is_behind(home, journal)


def test_a_version_behind_the_journal_catches_up(home: Path, journal: MoveJournal):
    former = str(warehouse.current_version(home))
    reclassification.write_move(home, journal, entry(CPV, "ENT-GAR"))
    moved = tables(home)
    # an older version put back in use, or a process killed between the journal and the swap
    warehouse.use_version(home, former)
    assert is_behind(home, journal)
    reclassification.catch_up(home, journal)
    assert tables(home) == moved
    assert not is_behind(home, journal)


def test_a_failure_changes_nothing(home: Path, journal: MoveJournal):
    version = warehouse.current_version(home)
    with pytest.raises(MoveError, match="pas un segment"):
        reclassification.write_move(home, journal, entry(CPV, "XXX"))
    with warehouse.building(home), pytest.raises(WarehouseError, match="déjà en cours"):
        reclassification.write_move(home, journal, entry(CPV, CLEANING))
    assert warehouse.current_version(home) == version and journal.entries() == []


def test_a_rule_of_a_segment_that_is_no_more_does_nothing(build: Build):
    con = build(SOUND_ROW)
    reclassification.apply(con, [Rule("cpv", CPV, "ANCIEN")])
    assert con.execute("select segment from spend").fetchall() == [(PAPER,)]


def test_the_command_line(home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    sign = ["--author", "Anne", "--reason", "Essai"]
    assert cli.main(["segments", "move", "--cpv", CPV, "--to", "ENT-GAR", *sign]) == 0
    assert "2 lignes" in capsys.readouterr().out
    assert cli.main(["segments", "move", "--cpv", CPV, "--to", "ENT-GAR", *sign]) == 1
    assert cli.main(["segments", "apply"]) == 0
    assert segments(home)[0] == "ENT-GAR"
    assert cli.main(["segments", "move", "--supplier", "inconnu", "--to", "ENT-GAR", *sign]) == 1
    assert cli.main(["import", str(tmp_path / "achats.csv")]) == 0
    assert segments(home)[0] == "ENT-GAR"
    capsys.readouterr()
    assert cli.main(["segments", "list", "--json"]) == 0
    (written,) = json.loads(capsys.readouterr().out)
    assert written["in_force"] and date.fromisoformat(written["at"][:10]) and written["before"] == PAPER
    assert cli.main(["segments", "undo", written["id"][:8], *sign]) == 0
    assert segments(home)[0] == PAPER
    assert cli.main(["segments", "export", str(tmp_path / "j.csv")]) == 0
    assert (tmp_path / "j.csv").read_text(encoding="utf-8-sig").count("\n") == 3
