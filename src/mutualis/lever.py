"""What a lever is, and which values it admits."""

from dataclasses import dataclass
from typing import Literal

from mutualis.errors import ScenarioError

Value = float | int | str | bool


@dataclass(frozen=True)
class Lever:
    """One lever: ``key`` in addresses and files, ``name`` in ``Levers``; shares are fractions (0.8 is 80 %).

    ``presets`` are the prudent, central and ambitious values; ``bounds`` the minimum, maximum and step of a number.
    """

    key: str
    name: str
    kind: Literal["percent", "eur", "number", "int", "choice", "bool"]
    label: str
    unit: str
    presets: tuple[Value, Value, Value]
    bounds: tuple[float, float, float]
    help: str
    source: str
    choices: tuple[tuple[str, str], ...] = ()

    def on_screen(self, value: Value) -> Value:
        """Give a value as sliders and addresses hold it: shares in percent, whole numbers where the step is whole."""
        if isinstance(value, str | bool):
            return value
        size = 100 if self.kind == "percent" else 1
        return round(value * size) if self.is_whole_on_screen else round(value * size, 6)

    def from_screen(self, shown: object) -> Value:
        """Give back the value of what ``on_screen`` wrote, a number's text included.

        Raises:
            ScenarioError: of another nature, or out of range.
        """
        if self.kind == "bool":
            return self.checked({"true": True, "false": False}.get(str(shown).lower(), shown))
        if self.kind == "choice":
            return self.checked(shown)
        try:
            number = float(str(shown))
        except ValueError:
            return self.checked(shown)
        return self.checked(round(number / 100, 8) if self.kind == "percent" else number)

    @property
    def is_whole_on_screen(self) -> bool:
        """Whether bounds and step are whole numbers, in the unit of the screen."""
        size = 100 if self.kind == "percent" else 1
        return all(round(bound * size, 9) == round(bound * size) for bound in self.bounds)

    def show(self, value: Value) -> str:
        """Write a value of this lever in French: a choice by its label, a number with its unit."""
        if self.kind == "choice":
            return dict(self.choices)[str(value)]
        if self.kind == "bool":
            return "oui" if value else "non"
        number = float(value)
        shown = f"{number * 100:.6g}\u202f%" if self.kind == "percent" else f"{number:.6g} {self.unit}".rstrip()
        return shown.replace(".", ",")

    def checked(self, value: object) -> Value:
        """Give a value in this lever's own type.

        Raises:
            ScenarioError: of another nature, or out of range.
        """
        if self.kind == "choice":
            return self._checked_choice(value)
        if self.kind == "bool":
            if value in (True, False):
                return bool(value)
            raise ScenarioError(f"{self.label}\u202f: répondez par vrai ou faux, et non par «\u202f{value}\u202f».")
        return self._checked_number(value)

    def _checked_choice(self, value: object) -> str:
        known = [name for name, _ in self.choices]
        if value not in known:
            raise ScenarioError(
                f"{self.label}\u202f: «\u202f{value}\u202f» n'est pas un choix connu\u202f; "
                f"choisissez {', '.join(known)}."
            )
        return str(value)

    def _checked_number(self, value: object) -> float | int:
        low, high, _ = self.bounds
        permitted = f"donnez une valeur de {self.show(low)} à {self.show(high)}"
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise ScenarioError(f"{self.label}\u202f: «\u202f{value}\u202f» n'est pas un nombre\u202f; {permitted}.")
        if not low <= value <= high:
            raise ScenarioError(
                f"{self.label}\u202f: {self.show(value)} est hors de l'intervalle permis\u202f; {permitted}."
            )
        if self.kind != "int":
            return float(value)
        if value != int(value):
            raise ScenarioError(f"{self.label}\u202f: {value} n'est pas un nombre entier\u202f; {permitted}.")
        return int(value)


@dataclass(frozen=True)
class Family:
    """Hypotheses of a family: addressable share α, and prudent, central, ambitious δ and λ (fractions)."""

    alpha: float
    delta: tuple[float, float, float]
    lam: tuple[float, float, float]
