"""Moves by hand: a CPV code's lines, or a supplier's, put in another segment. Journalled, reversible, kept apart from the data.

The journal only grows: undoing a move is an entry of its own. What holds at a given time is read from it by ``in_force``;
each import and ``reclassification.write_move`` apply that to the data, so that moves outlive every import.
"""

import csv
import io
import uuid
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

import sqlalchemy as sa

from mutualis.database import Store
from mutualis.errors import MoveError
from mutualis.exports.cells import harmless

Kind = Literal["cpv", "supplier"]
LONGEST = 400
# in ``within``: the lines that have no segment
UNCLASSIFIED = "-"
_table = sa.Table(
    "segment_move",
    sa.MetaData(),
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("within", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("undoes", sa.String(32), nullable=False),
)


@dataclass(frozen=True)
class Entry:
    """One entry of the journal.

    Attributes:
        id, at: its name, and when it was written (UTC).
        author, reason: who and why.
        kind, code: what moves: a CPV code, or a supplier's key.
        before: codes of the segments it was in then, by commas.
        after: code of the segment it goes to.
        undoes: id of the move that this entry takes back; "" for a move.
        within: code of the segment (``UNCLASSIFIED``: none) where only this supplier's lines move; "" for all its lines.
    """

    id: str
    at: datetime
    author: str
    reason: str
    kind: Kind
    code: str
    before: str
    after: str
    undoes: str = ""
    within: str = ""

    @property
    def subject(self) -> tuple[str, str, str]:
        """What moves: of two moves of the same subject, the later wins."""
        return self.kind, self.code, self.within


COLUMNS: Sequence[tuple[str, Callable[[Entry], str]]] = (
    ("Date (UTC)", lambda entry: f"{entry.at:%d/%m/%Y %H:%M:%S}"),
    ("Qui", lambda entry: entry.author),
    ("Motif", lambda entry: entry.reason),
    ("Nature", lambda entry: "code CPV" if entry.kind == "cpv" else "fournisseur"),
    ("Code", lambda entry: entry.code),
    ("Ses lignes de", lambda entry: entry.within),
    ("Segment avant", lambda entry: entry.before),
    ("Segment après", lambda entry: entry.after),
    ("Identifiant", lambda entry: entry.id),
    ("Annule", lambda entry: entry.undoes),
)


@dataclass(frozen=True)
class Rule:
    """What holds now for a CPV code, a supplier or its lines of a segment (``within``): they belong to this segment.

    A supplier's lines of a segment win over all its lines, which win over CPV codes.
    """

    kind: Kind
    code: str
    segment: str
    within: str = ""


def move(kind: str, code: str, before: Iterable[str], after: str, author: str, reason: str, within: str = "") -> Entry:
    """Make a move, not yet written.

    Args:
        kind: a ``Kind``.
        code: the CPV code, or the supplier's key.
        before: segments of the lines that are to move, "" for none.
        after: the segment they go to.
        author: who.
        reason: why.
        within: as in ``Entry``; a CPV code moves whole.

    Raises:
        MoveError: nothing moves, or no author or reason is given.
    """
    if kind not in get_args(Kind) or not code:
        raise MoveError("Choisissez le code CPV ou le fournisseur à déplacer.")
    if kind == "cpv" and within:
        raise MoveError(
            "Un code CPV se déplace en entier\u202f: seules les lignes d'un fournisseur se choisissent par segment."
        )
    former = sorted(set(before))
    if former in ([], [after]):
        raise MoveError(
            "Aucune ligne ne change de segment\u202f: elles y sont déjà, ou un déplacement plus précis les tient."
        )
    return _entry("cpv" if kind == "cpv" else "supplier", code, ",".join(former), after, author, reason, within=within)


def undo(of: Entry, author: str, reason: str) -> Entry:
    """Make the entry that takes a move back, not yet written.

    Raises:
        MoveError: no author or reason is given.
    """
    return _entry(of.kind, of.code, of.after, of.before, author, reason, of.id, of.within)


def moves_in_force(journal: Sequence[Entry]) -> list[Entry]:
    """Give the moves that hold: for each subject, the last one that was not taken back.

    Args:
        journal: its entries, the oldest first.
    """
    undone = {entry.undoes for entry in journal if entry.undoes}
    last = {entry.subject: entry for entry in journal if not entry.undoes and entry.id not in undone}
    return list(last.values())


def in_force(journal: Sequence[Entry]) -> list[Rule]:
    """Give the rules that hold, sorted."""
    found = [Rule(entry.kind, entry.code, entry.after, entry.within) for entry in moves_in_force(journal)]
    return sorted(found, key=lambda rule: (rule.kind, rule.code, rule.within))


def state(entry: Entry, holding: Container[str]) -> str:
    """Say in words what became of an entry.

    Args:
        entry: of the journal.
        holding: ids of the moves in force.
    """
    return "annulation" if entry.undoes else "en vigueur" if entry.id in holding else "remplacé ou annulé"


def as_csv(journal: Sequence[Entry]) -> bytes:
    """Write the journal for French spreadsheets (« ; », UTF-8 mark); what could run as a formula does not.

    Args:
        journal: its entries.
    """
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\n")
    table.writerow([header for header, _ in COLUMNS])
    for entry in journal:
        table.writerow([harmless(read(entry)) for _, read in COLUMNS])
    return ("\ufeff" + out.getvalue()).encode()


class MoveJournal(Store):
    """The journal at an address."""

    table = _table

    def entries(self) -> list[Entry]:
        """List the entries, the oldest first."""
        with self._engine.connect() as con:
            rows = con.execute(sa.select(_table).order_by(_table.c.at, _table.c.id)).mappings()
            return [Entry(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in rows]

    def get(self, key: str) -> Entry:
        """Give a move by its id or the beginning of it.

        Raises:
            MoveError: none, or several.
        """
        found = [entry for entry in self.entries() if entry.id.startswith(key) and not entry.undoes]
        if len(found) != 1 or not key:
            raise MoveError(
                f"Aucun déplacement unique «\u202f{key}\u202f»\u202f: « mutualis segments list » les donne."
            )
        return found[0]

    def write(self, entry: Entry) -> None:
        """Add an entry."""
        with self._engine.begin() as con:
            con.execute(sa.insert(_table).values(**{**vars(entry), "at": entry.at.isoformat()}))


def _entry(
    kind: Kind, code: str, before: str, after: str, author: str, reason: str, undoes: str = "", within: str = ""
) -> Entry:
    author, reason = " ".join(author.split()), " ".join(reason.split())
    if not author or not reason:
        raise MoveError("Dites qui déplace ces lignes, et pourquoi\u202f: le journal en garde la trace.")
    if max(len(author), len(reason)) > LONGEST:
        raise MoveError(f"Le nom et le motif tiennent en {LONGEST} caractères.")
    return Entry(uuid.uuid4().hex, datetime.now(UTC), author, reason, kind, code, before, after, undoes, within)
