"""Saved scenarios: nobody's work is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from mutualis.errors import ScenarioError
from mutualis.scenario_file import Scenario, from_dict
from mutualis.scenario_store import ScenarioStore

ONE: Scenario = from_dict(
    {"nom": "Nettoyage", "auteur": "Ana", "leviers": {"taux": 0.5}, "hypotheses": {"ENT": {"lots": 3}}}
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ScenarioStore]:
    yield ScenarioStore(f"sqlite:///{tmp_path / 'dossier' / 'scenarios.sqlite'}")


def test_a_scenario_comes_back_as_it_was(store: ScenarioStore):
    saved = store.save(ONE)
    assert store.get(saved.id).scenario == ONE
    assert store.get("Nettoyage").id == saved.id


def test_rename_duplicate_delete(store: ScenarioStore):
    saved = store.rename(store.save(ONE), " Ménage ")
    copy = store.duplicate(saved)
    assert [one.scenario.name for one in store.all()] == ["Ménage", "Ménage (copie)"]
    store.delete(saved)
    assert [one.id for one in store.all()] == [copy.id]


def test_two_people_replacing_the_same_scenario_lose_nothing(store: ScenarioStore):
    mine = theirs = store.save(ONE)
    store.update(theirs, replace(ONE, comment="le leur"))
    with pytest.raises(ScenarioError, match="entre-temps"):
        store.update(mine, replace(ONE, comment="le mien"))
    assert store.get(mine.id).scenario.comment == "le leur"


def test_twenty_saves_at_once_are_twenty_scenarios(store: ScenarioStore):
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda i: store.save(replace(ONE, name=f"S{i}")), range(20)))
    assert len(store.all()) == 20


def test_what_is_not_there_is_said(store: ScenarioStore):
    with pytest.raises(ScenarioError, match="Aucun scénario"):
        store.get("rien")
    store.save(ONE)
    store.save(ONE)
    with pytest.raises(ScenarioError, match="identifiant"):
        store.get("Nettoyage")


def test_an_address_that_leads_nowhere_is_said():
    with pytest.raises(ScenarioError, match="MUTUALIS_SCENARIOS_URL"):
        ScenarioStore("nulle-part://x")
