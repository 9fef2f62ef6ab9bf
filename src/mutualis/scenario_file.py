"""A scenario as people keep it: name, perimeter, levers, own hypotheses; to and from a dict, TOML or JSON.

The same French keys serve addresses, saved scenarios, files and the command line. A file says every lever it
holds; those it does not name take the value of its preset (``base``).
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tomli_w

from mutualis import levers
from mutualis.config import PILOT_REGIONS
from mutualis.errors import ScenarioError
from mutualis.levers import FAMILIES, Levers
from mutualis.scenario.hypotheses import Override

GRAINS = ("contract", "payment")
OVERRIDE_KEYS = {
    "alpha": "alpha",
    "effet": "delta",
    "plafond": "lam",
    "trimestre": "launch_quarter",
    "lots": "lots",
}


@dataclass(frozen=True)
class Perimeter:
    """Whose and which spend a scenario is about; empty tuples keep all.

    Attributes:
        grain: ``contract`` or ``payment``.
        regions: region codes; never empty: the pilot regions when nothing is said.
        departments, buyer_types, buyers, families, segments: codes.
        start, end: days of notification or payment, included.
    """

    grain: str = "contract"
    regions: tuple[str, ...] = tuple(sorted(PILOT_REGIONS))
    departments: tuple[str, ...] = ()
    buyer_types: tuple[str, ...] = ()
    buyers: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


PERIMETER_KEYS = {
    "region": "regions",
    "departement": "departments",
    "type": "buyer_types",
    "acheteur": "buyers",
    "famille": "families",
    "segment": "segments",
}


@dataclass(frozen=True)
class Scenario:
    """A scenario.

    Attributes:
        name, author, comment: texts.
        dataset_version: the version of the data it was made on, empty if none.
        perimeter: its spend.
        base: the preset it started from.
        levers: values.
        overrides: own hypotheses by family or segment code.
    """

    name: str
    perimeter: Perimeter
    base: str
    levers: Levers
    overrides: Mapping[str, Override]
    author: str = ""
    comment: str = ""
    dataset_version: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Give the scenario in the words of its file; ``from_dict`` reads it back as it was."""
        return {
            "nom": self.name,
            "auteur": self.author,
            "commentaire": self.comment,
            "donnees": self.dataset_version,
            "base": self.base,
            "perimetre": _perimeter_dict(self.perimeter),
            "leviers": self.levers.by_key(),
            "hypotheses": {code: override_dict(own) for code, own in sorted(self.overrides.items())},
        }


def from_dict(said: Mapping[str, Any]) -> Scenario:
    """Read a scenario.

    Args:
        said: as ``Scenario.as_dict`` gives it; only ``nom`` is compulsory.

    Returns:
        The scenario.

    Raises:
        ScenarioError: an unknown key, a value of another nature or out of range.

    Example:
        >>> from_dict({"nom": "Essai", "leviers": {"taux": 0.5}}).levers.pooling_rate
        0.5
    """
    known = ("nom", "auteur", "commentaire", "donnees", "base", "perimetre", "leviers", "hypotheses")
    _refuse_unknown(said, known, "le scénario")
    base = said.get("base", levers.REFERENCE)
    name = _text(said, "nom").strip()
    if not name:
        raise ScenarioError("Le scénario n'a pas de nom\u202f: ajoutez « nom ».")
    overrides = {code: read_override(code, own) for code, own in _table(said, "hypotheses").items()}
    return Scenario(
        name=name,
        author=_text(said, "auteur"),
        comment=_text(said, "commentaire"),
        dataset_version=_text(said, "donnees"),
        perimeter=_read_perimeter(_table(said, "perimetre")),
        base=base,
        levers=levers.build(_table(said, "leviers"), base),
        overrides=overrides,
    )


def read_override(code: str, said: object) -> Override:
    """Read the own hypotheses of a family or segment.

    Raises:
        ScenarioError: an unknown key or a value out of range.
    """
    if not isinstance(said, Mapping):
        raise ScenarioError(f"Les hypothèses de «\u202f{code}\u202f» doivent être une table de valeurs.")
    _refuse_unknown(said, tuple(OVERRIDE_KEYS), f"les hypothèses de {code}")
    for key, value in said.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ScenarioError(f"Hypothèses de {code}\u202f: «\u202f{value}\u202f» n'est pas un nombre ({key}).")
    return Override(**{OVERRIDE_KEYS[key]: value for key, value in said.items()})


def override_dict(own: Override) -> dict[str, float | int]:
    """Give own hypotheses in the words of the file, unset ones left out."""
    return {key: getattr(own, name) for key, name in OVERRIDE_KEYS.items() if getattr(own, name) is not None}


def read_file(path: Path) -> Scenario:
    """Read a scenario's file, TOML or JSON (told apart by content).

    Raises:
        ScenarioError: no such file, not readable, or a scenario that makes no sense.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError(
            f"Le fichier {path} ne peut pas être lu\u202f: vérifiez son nom et son encodage."
        ) from error
    return read_text(text, path.name)


def read_text(text: str, name: str) -> Scenario:
    """Read a scenario's text, TOML or JSON (told apart by content).

    Raises:
        ScenarioError: neither, or a scenario that makes no sense.
    """
    try:
        said = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScenarioError(f"{name} n'est pas un scénario TOML ou JSON lisible ({error}).") from error
    return from_dict(said)


def as_toml(scenario: Scenario) -> str:
    """Write a scenario as TOML, the form people edit."""
    return "# Scénario Mutualis\n" + tomli_w.dumps(scenario.as_dict())


def _perimeter_dict(perimeter: Perimeter) -> dict[str, Any]:
    said: dict[str, Any] = {"grain": perimeter.grain}
    said |= {key: list(getattr(perimeter, name)) for key, name in PERIMETER_KEYS.items() if getattr(perimeter, name)}
    return said | {
        key: day.isoformat() for key, day in (("debut", perimeter.start), ("fin", perimeter.end)) if day is not None
    }


def _read_perimeter(said: Mapping[str, Any]) -> Perimeter:
    _refuse_unknown(said, ("grain", *PERIMETER_KEYS, "debut", "fin"), "le périmètre")
    grain = said.get("grain", Perimeter.grain)
    if grain not in GRAINS:
        raise ScenarioError(f"Le grain «\u202f{grain}\u202f» n'existe pas\u202f: choisissez contract ou payment.")
    chosen = {name: _codes(said[key], key) for key, name in PERIMETER_KEYS.items() if said.get(key)}
    unknown = sorted(set(chosen.get("families", ())) - set(FAMILIES))
    if unknown:
        raise ScenarioError(f"La famille «\u202f{unknown[0]}\u202f» n'existe pas\u202f: {', '.join(FAMILIES)}.")
    start, end = _day(said, "debut"), _day(said, "fin")
    if start and end and start > end:
        raise ScenarioError("La période du scénario finit avant de commencer\u202f: inversez « debut » et « fin ».")
    return Perimeter(grain=grain, start=start, end=end, **{name: chosen[name] for name in chosen if chosen[name]})


def _codes(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(code, str) for code in value):
        raise ScenarioError(f"Périmètre\u202f: «\u202f{key}\u202f» doit être une liste de codes entre guillemets.")
    return tuple(sorted(set(value)))


def _day(said: Mapping[str, Any], key: str) -> date | None:
    value = said.get(key)
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ScenarioError(f"Périmètre\u202f: «\u202f{value}\u202f» n'est pas une date AAAA-MM-JJ ({key}).") from None


def _table(said: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = said.get(key, {})
    if not isinstance(value, Mapping):
        raise ScenarioError(f"«\u202f{key}\u202f» doit être une table de valeurs.")
    return value


def _text(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key, "")
    if not isinstance(value, str):
        raise ScenarioError(f"«\u202f{key}\u202f» doit être un texte.")
    return value


def _refuse_unknown(said: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    unknown = sorted(set(said) - set(known))
    if unknown:
        raise ScenarioError(
            f"Clé inconnue dans {where}\u202f: «\u202f{unknown[0]}\u202f». Clés possibles\u202f: {', '.join(known)}."
        )
