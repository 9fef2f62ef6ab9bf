"""Scenarios as files: read strictly, written so that they read back as they were."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualis import levers, scenario_file
from mutualis.errors import ScenarioError
from mutualis.lever_groups import GROUPS
from mutualis.levers import LEVERS


@st.composite
def said(draw: st.DrawFn) -> dict[str, Any]:
    chosen: dict[str, Any] = {}
    for lever in draw(st.lists(st.sampled_from(LEVERS), unique=True, max_size=6)):
        low, high, step = lever.bounds
        if lever.kind == "choice":
            chosen[lever.key] = draw(st.sampled_from([name for name, _ in lever.choices]))
        elif lever.kind == "bool":
            chosen[lever.key] = draw(st.booleans())
        elif lever.kind == "int":
            chosen[lever.key] = draw(st.integers(int(low), int(high)))
        else:
            chosen[lever.key] = round(low + step * draw(st.integers(0, int((high - low) / step))), 6)
    return {
        "nom": draw(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)),
        "leviers": chosen, "perimetre": {"region": draw(st.sampled_from([["93"], ["27", "93"]])), "grain": draw(st.sampled_from(["contract", "payment"]))},
        "hypotheses": {"ENT": {"effet": 0.01, "lots": draw(st.integers(1, 5))}} if draw(st.booleans()) else {},
    }  # fmt: skip


@given(said())
def test_what_is_written_reads_back(scenario: dict[str, Any]):
    found = scenario_file.from_dict(scenario)
    assert scenario_file.read_text(scenario_file.as_toml(found), "x") == found
    assert scenario_file.read_text(json.dumps(found.as_dict()), "x") == found


BAD = {
    "leviers inconnus": ({"leviers": {"tau": 0.5}}, "tau"),
    "hors intervalle": ({"leviers": {"taux": 1.5}}, "intervalle"),
    "pas un nombre": ({"leviers": {"taux": "beaucoup"}}, "nombre"),
    "clé inconnue": ({"couleur": "bleu"}, "couleur"),
    "grain inconnu": ({"perimetre": {"grain": "facture"}}, "grain"),
    "famille inconnue": ({"perimetre": {"famille": ["XXX"]}}, "XXX"),
    "codes en texte": ({"perimetre": {"region": "93"}}, "liste"),
    "période à l'envers": ({"perimetre": {"debut": "2025-01-01", "fin": "2024-01-01"}}, "avant"),
    "date illisible": ({"perimetre": {"debut": "hier"}}, "AAAA"),
    "hypothèse inconnue": ({"hypotheses": {"ENT": {"epsilon": 1}}}, "epsilon"),
    "préréglage inconnu": ({"base": "audacieux"}, "audacieux"),
    "sans nom": ({"nom": " "}, "nom"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_makes_no_sense_is_refused_in_one_french_sentence(case: str):
    change, word = BAD[case]
    with pytest.raises(ScenarioError, match=word) as error:
        scenario_file.from_dict({"nom": "Essai"} | change)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_a_scenario_is_refused():
    with pytest.raises(ScenarioError, match="TOML ou JSON"):
        scenario_file.read_text("{", "x.json")


def test_each_lever_is_in_one_group():
    # the cost of an order changes nothing in a scenario: the screen Petits achats alone has it
    assert sorted([*(key for keys in GROUPS.values() for key in keys), "commande"]) == sorted(
        lever.key for lever in LEVERS
    )


def test_no_default_of_a_lever_stands_outside_the_levers():
    """Every field of ``Levers`` is given by a preset: none has a value of its own, and no other module sets one."""
    with pytest.raises(TypeError):
        levers.Levers()  # type: ignore[call-arg]
    for lever in LEVERS:
        low, high, _ = lever.bounds
        if lever.kind not in ("choice", "bool"):
            assert all(low <= float(value) <= high for value in lever.presets), lever.key
        else:
            assert all(lever.checked(value) == value for value in lever.presets), lever.key
