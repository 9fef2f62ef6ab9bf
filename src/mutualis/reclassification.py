"""Moves by hand applied to the data: at each import, and at once on the version in use."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd

from mutualis import segment_moves, warehouse
from mutualis.errors import MoveError
from mutualis.segment_moves import Entry, MoveJournal, Rule

CHECKS = ("segments_follow_moves", "sums_reconcile")


def apply(con: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    """Put each row of a version being built in its segment (without rules, the indicative one), then add the rows up.

    Args:
        con: a connection that may write; ``spend_deal`` and ``spend_fact`` are there.
        rules: what holds; one whose segment is no longer known does nothing.
    """
    frame = pd.DataFrame([vars(rule) for rule in rules], columns=["kind", "code", "segment"], dtype=str)
    con.register("given_rule", frame)
    con.execute(
        "create or replace table segment_rule as select kind, code, family, segment "
        "from given_rule join (select distinct family, segment from ref_cpv_segment) using (segment)"
    )
    con.unregister("given_rule")
    for folder in ("classification", "sums"):
        for _ in warehouse.run_folder(con, folder):
            pass


def write_move(home: Path, journal: MoveJournal, entry: Entry) -> str:
    """Write a move, or its undoing, in the journal, and put in use a version where it holds.

    The former version serves until the new one is checked, and for good if anything fails.

    Args:
        home: the dataset's folder.
        journal: where the entry goes.
        entry: made by ``segment_moves.move`` or ``undo``.

    Returns:
        The new version's name.

    Raises:
        MoveError: the segment is not known.
        WarehouseError: no data, an import is running, or a check fails.
    """
    with warehouse.building(home) as path:
        warehouse.open_version(home).close()
        former = str(warehouse.current_version(home))
        shutil.copyfile(home / "versions" / f"{former}.duckdb", path)
        con = duckdb.connect(str(path), config=warehouse.CONNECTION)
        try:
            warehouse.silence(con)
            _refuse_unknown(con, entry)
            rules = segment_moves.in_force([*journal.entries(), entry])
            apply(con, rules)
            warehouse.run_checks(con, *CHECKS)
            version = warehouse.next_version(home, (former, rules))
            con.execute(
                "update dataset set version = $version, created_at = $now, n_moves = (select count(*) from segment_rule)",
                {"version": version, "now": datetime.now(UTC).replace(tzinfo=None)},
            )
        finally:
            con.close()
        journal.write(entry)
        warehouse.publish(home, path, version)
    return version


def _refuse_unknown(con: duckdb.DuckDBPyConnection, entry: Entry) -> None:
    known = con.execute(
        "select count(*) from ref_cpv_segment where segment = $after", {"after": entry.after}
    ).fetchall()
    if not entry.undoes and not known[0][0]:
        raise MoveError(f"«\u202f{entry.after}\u202f» n'est pas un segment d'achats connu.")
