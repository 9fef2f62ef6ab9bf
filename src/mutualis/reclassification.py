"""Moves by hand applied to the data: at each import, and at once on the version in use."""

import shutil
from collections.abc import Container, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd

from mutualis import queries, segment_moves, warehouse
from mutualis.errors import MoveError
from mutualis.segment_moves import UNCLASSIFIED, Entry, MoveJournal, Rule

CHECKS = ("segments_follow_moves", "sums_reconcile")


def apply(con: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    """Put each row of a version being built in its segment (without rules, the indicative one), then add the rows up.

    Args:
        con: a connection that may write; ``spend_deal`` and ``spend_fact`` are there.
        rules: what holds; one whose segment is no longer known does nothing.
    """
    is_moved = bool(con.execute("from duckdb_tables() where table_name = 'segment_rule'").fetchall())
    frame = pd.DataFrame([vars(rule) for rule in rules], columns=["kind", "code", "segment", "within"], dtype=str)
    con.register("given_rule", frame)
    con.execute(
        "create or replace table segment_rule as select kind, code, within, family, segment "
        "from given_rule join (select distinct family, segment from ref_cpv_segment) using (segment)"
    )
    con.unregister("given_rule")
    # where nothing was ever moved, every row already is in its indicative segment
    for folder in ("classification", "sums") if rules or is_moved else ("sums",):
        for _ in warehouse.run_folder(con, folder):
            pass


def preview(
    cursor: duckdb.DuckDBPyConnection, kind: str, code: str, after: str | None, within: str = ""
) -> pd.DataFrame:
    """Tell what a move would do to the lines of its subject.

    Args:
        cursor: of a version opened read-only.
        kind: a ``segment_moves.Kind``.
        code: the CPV code, or the supplier's key.
        after: the segment they would go to; None to see them as they are.
        within: as in ``segment_moves.Entry``.

    Returns:
        Columns of ``moving_lines.sql``.
    """
    return queries.run(cursor, "moving_lines", kind=kind, code=code, after=after, within=within)


def changing(lines: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of a ``preview`` whose segment changes."""
    return lines[lines["segment"].fillna("") != lines["next_segment"].fillna("")]


def is_behind(applied: pd.DataFrame, segments: Container[str], journal: Sequence[Entry]) -> bool:
    """Tell whether a version follows other moves than those that hold.

    Args:
        applied: its ``applied_moves``.
        segments: the codes it knows: a move to another one does nothing.
        journal: the entries, the oldest first.
    """
    followed = {Rule(*row) for row in applied.itertuples(index=False, name=None)}
    return followed != {rule for rule in segment_moves.in_force(journal) if rule.segment in segments}


def write_move(home: Path, journal: MoveJournal, entry: Entry) -> str:
    """Write a move, or its undoing, in the journal, and put in use a version where it holds.

    The former version serves until the new one is checked, and for good if anything fails. Killed between the journal and
    the swap, the journal is ahead of the data: ``catch_up``, or the next move or import, applies it.

    Args:
        home: the dataset's folder.
        journal: where the entry goes.
        entry: made by ``segment_moves.move`` or ``undo``.

    Returns:
        The new version's name.

    Raises:
        MoveError: a segment is not known, or the move was taken back already.
        WarehouseError: no data, an import is running, or a check fails.
    """
    return _follow(home, journal, entry)


def catch_up(home: Path, journal: MoveJournal) -> str:
    """Put in use a version where what the journal says holds.

    Args:
        home: the dataset's folder.
        journal: the moves.

    Returns:
        The new version's name.

    Raises:
        WarehouseError: as ``write_move``.
    """
    return _follow(home, journal, None)


def _follow(home: Path, journal: MoveJournal, entry: Entry | None) -> str:
    with warehouse.building(home) as path:
        warehouse.open_version(home).close()
        former = str(warehouse.current_version(home))
        entries = journal.entries()
        shutil.copyfile(home / "versions" / f"{former}.duckdb", path)
        con = duckdb.connect(str(path), config=warehouse.CONNECTION)
        try:
            warehouse.silence(con)
            if entry is not None:
                _refuse(con, entries, entry)
            rules = segment_moves.in_force([*entries, entry] if entry else entries)
            apply(con, rules)
            warehouse.run_checks(con, *CHECKS)
            version = warehouse.next_version(home, (former, rules))
            con.execute(
                "update dataset set version = $version, created_at = $now, n_moves = (select count(*) from segment_rule)",
                {"version": version, "now": datetime.now(UTC).replace(tzinfo=None)},
            )
        finally:
            con.close()
        if entry is not None:
            journal.write(entry)
        warehouse.publish(home, path, version)
        # who is reading the former one goes on
        warehouse.drop_reworked(home, former, version)
    return version


def _refuse(con: duckdb.DuckDBPyConnection, entries: Sequence[Entry], entry: Entry) -> None:
    if entry.undoes:
        if any(one.undoes == entry.undoes for one in entries):
            raise MoveError("Ce déplacement est déjà annulé.")
        return
    known = {row[0] for row in con.execute("select segment from ref_cpv_segment").fetchall()}
    for segment in {entry.after, entry.within} - {"", UNCLASSIFIED}:
        if segment not in known:
            raise MoveError(f"«\u202f{segment}\u202f» n'est pas un segment d'achats connu.")
