"""The preview of a moving lever: the same figures as the page's own run, and refusals in one sentence."""

import json
from pathlib import Path
from typing import Any

import app as entry
import pytest

from mutualis.ui import result_views
from tests.pages.shown import held, html


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, demo_home: Path):
    monkeypatch.setenv("MUTUALIS_HOME", str(demo_home))

    def post(said: Any) -> tuple[int, dict[str, Any]]:
        answer = entry.answer(said)
        return answer.status_code, json.loads(bytes(answer.body))

    return post


def question(app) -> dict[str, Any]:  # type: ignore[no-untyped-def]
    """What the panel would ask: its component's data, as the browser receives it."""
    (panel,) = held(app, "levers")
    return panel["preview"]["of"] | {"values": panel["values"]}


@pytest.mark.parametrize("view", ["Résultat", "PME et charge de la PFRA", "Familles et segments"])
def test_it_says_what_the_page_says(run, ask, demo_home: Path, view: str):
    app = run("simulator", demo_home, resultats=view)
    asked = question(app)
    moved = asked | {"values": asked["values"] | {"taux": 40}}
    status, found = ask(moved)
    assert status == 200
    page = run("simulator", demo_home, resultats=view, taux="40")
    purchase = found["cards"].split("Économie achat")[1].split("<strong>")[1].split("</strong>")[0]
    assert purchase in html(page) and purchase not in html(app)
    shown = set(found["charts"]) | set(found["maps"])
    assert shown == set(result_views.FOLLOWERS.get(asked["view"], ()))


def test_what_makes_no_sense_is_refused(run, ask, demo_home: Path):
    asked = question(run("simulator", demo_home))
    for bad in (
        {}, [], {"scenario": 3, "values": {}, "version": "x", "view": ""}, asked | {"version": "v0"}, asked | {"values": {"taux": 900}},
        asked | {"values": {"inconnu": 1}}, asked | {"scenario": asked["scenario"] | {"perimetre": {"departements": ["99"]}}},
    ):  # fmt: skip
        status, found = ask(bad)
        assert status == 422 and found["error"]
