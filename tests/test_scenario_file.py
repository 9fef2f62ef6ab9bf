"""Scenarios as files: read strictly, written so that they read back as they were."""

import ast
import json
from pathlib import Path
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


def defaults(code: str) -> list[str]:
    """List what sets a lever to a number in a module: a default of a parameter or field, an argument, a dict, a constant."""
    names = {lever.name for lever in LEVERS} | {lever.key for lever in LEVERS}
    pairs: list[tuple[object, ast.expr | None]] = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.arguments):
            places = [*node.posonlyargs, *node.args][-len(node.defaults) :] if node.defaults else []
            pairs += zip([place.arg for place in places], node.defaults, strict=True)
            pairs += zip([place.arg for place in node.kwonlyargs], node.kw_defaults, strict=True)
        elif isinstance(node, ast.keyword):
            pairs.append((node.arg, node.value))
        elif isinstance(node, ast.Dict):
            pairs += zip([getattr(key, "value", None) for key in node.keys], node.values, strict=True)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            pairs += [(getattr(target, "id", None), node.value) for target in targets]
    return [
        name
        for name, value in pairs
        if isinstance(name, str) and name.lower() in names
        if isinstance(value, ast.Constant) and isinstance(value.value, int | float)
    ]


def presets_written(code: str) -> list[float]:
    """List the numbers of a module that are a lever's preset, those that no one writes by chance."""
    presets = {float(value) for lever in LEVERS if lever.kind not in ("choice", "bool") for value in lever.presets}
    telling = {value for value in presets if len(f"{value:g}".strip("0.")) > 1 or value > 1000} - {0.05, 0.15, 0.25}
    numbers = [node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant)]
    return [number for number in numbers if isinstance(number, int | float) and number in telling]


@pytest.mark.parametrize("code", ["def f(utilisation=1): ...", "def f(a, *, taux=0.5): ...", "class A:\n    lots: int = 1",
                                  "f(malus=0.02)", "LOTS = 3", "{'taux': 1}"])  # fmt: skip
def test_a_default_of_a_lever_is_seen_wherever_it_stands(code: str):
    assert defaults(code)
    assert presets_written("a = 0.65; cost = 6_000; rate = 0.032") == [0.65, 6000, 0.032]


def test_no_default_of_a_lever_stands_outside_the_levers():
    with pytest.raises(TypeError):
        levers.Levers()  # type: ignore[call-arg]
    root = Path(levers.__file__).parent
    # the demonstration invents contracts, not scenarios
    modules = {path: path.read_text("utf-8") for path in (*root.rglob("*.py"), *(root.parents[1] / "pages").glob("*.py"))
               if path.name != "levers.py" and "demo" not in path.parts}  # fmt: skip
    assert {path.name: found for path, code in modules.items() if (found := defaults(code))} == {}
    model = {path: code for path, code in modules.items() if path.parent.name == "scenario"}
    assert len(model) > 20
    assert {path.name: found for path, code in model.items() if (found := presets_written(code))} == {}


def test_the_presets_of_a_lever_are_values_that_it_may_take():
    for lever in LEVERS:
        assert all(lever.checked(value) == value for value in lever.presets), lever.key
