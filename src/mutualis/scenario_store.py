"""Saved scenarios: a small table reached through SQLAlchemy, SQLite by default, any address by setting.

Nobody's work is lost: saving makes a new scenario; replacing one says which revision it replaces, and is refused if
someone replaced it in the meantime.
"""

import json
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import sqlalchemy as sa

from mutualis.database import Store
from mutualis.errors import ScenarioError
from mutualis.scenario_file import Scenario, from_dict

_table = sa.Table(
    "scenario",
    sa.MetaData(),
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("created_at", sa.String(32), nullable=False),
    sa.Column("updated_at", sa.String(32), nullable=False),
)


@dataclass(frozen=True)
class Saved:
    """A saved scenario: its id and revision, the scenario, when it was made and last changed (UTC)."""

    id: str
    revision: int
    scenario: Scenario
    created_at: datetime
    updated_at: datetime


class ScenarioStore(Store):
    """Saved scenarios at an address."""

    table = _table

    def all(self) -> list[Saved]:
        """List the scenarios, by name."""
        with self._engine.connect() as con:
            return [_saved(row) for row in con.execute(sa.select(_table).order_by(_table.c.name, _table.c.created_at))]

    def get(self, key: str) -> Saved:
        """Give a scenario by its id, or by its name when only one bears it.

        Raises:
            ScenarioError: none, or several.
        """
        with self._engine.connect() as con:
            by_id = con.execute(sa.select(_table).where(_table.c.id == key)).all()
            found = by_id or con.execute(sa.select(_table).where(_table.c.name == key)).all()
        if not found:
            raise ScenarioError(
                f"Aucun scénario «\u202f{key}\u202f»\u202f: « mutualis scenarios list » donne ceux qui existent."
            )
        if len(found) > 1:
            raise ScenarioError(f"Plusieurs scénarios s'appellent «\u202f{key}\u202f»\u202f: donnez l'identifiant.")
        return _saved(found[0])

    def save(self, scenario: Scenario) -> Saved:
        """Keep a scenario as a new one."""
        now = datetime.now(UTC)
        new = Saved(uuid.uuid4().hex, 1, scenario, now, now)
        with self._engine.begin() as con:
            con.execute(sa.insert(_table).values(id=new.id, created_at=now.isoformat(), **_values(new)))
        return new

    def update(self, known: Saved, scenario: Scenario) -> Saved:
        """Replace a scenario by another state of it.

        Args:
            known: as it was read.
            scenario: its new state.

        Raises:
            ScenarioError: someone replaced or deleted it since.
        """
        new = replace(known, revision=known.revision + 1, scenario=scenario, updated_at=datetime.now(UTC))
        mine = (_table.c.id == known.id) & (_table.c.revision == known.revision)
        with self._engine.begin() as con:
            if con.execute(sa.update(_table).where(mine).values(**_values(new))).rowcount == 0:
                raise ScenarioError(
                    f"«\u202f{known.scenario.name}\u202f» a été modifié ou supprimé par quelqu'un d'autre entre-temps\u202f: "
                    "enregistrez le vôtre sous un autre nom, rien n'est perdu."
                )
        return new

    def rename(self, known: Saved, name: str) -> Saved:
        """Give a scenario another name.

        Raises:
            ScenarioError: an empty name, or someone changed it since.
        """
        if not name.strip():
            raise ScenarioError("Donnez un nom au scénario.")
        return self.update(known, replace(known.scenario, name=name.strip()))

    def duplicate(self, known: Saved) -> Saved:
        """Keep a copy."""
        return self.save(replace(known.scenario, name=f"{known.scenario.name} (copie)"))

    def delete(self, known: Saved) -> None:
        """Delete a scenario for good."""
        with self._engine.begin() as con:
            con.execute(sa.delete(_table).where(_table.c.id == known.id))


def _values(saved: Saved) -> dict[str, object]:
    return {
        "revision": saved.revision,
        "name": saved.scenario.name,
        "body": json.dumps(saved.scenario.as_dict(), ensure_ascii=False),
        "updated_at": saved.updated_at.isoformat(),
    }


def _saved(row: sa.Row[tuple[object, ...]]) -> Saved:
    return Saved(
        row.id,
        row.revision,
        from_dict(json.loads(row.body)),
        datetime.fromisoformat(row.created_at),
        datetime.fromisoformat(row.updated_at),
    )
