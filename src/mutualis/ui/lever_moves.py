"""What a move on the lever panel does to the levers and to what can be undone; no Streamlit here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NotRequired, TypedDict

from mutualis.errors import ScenarioError
from mutualis.lever import Value
from mutualis.levers import BY_KEY, Levers, preset

MOST_UNDO = 50
# slider moves this near in time (s) are one drag, undone together
ONE_DRAG = 0.6


class Move(TypedDict):
    """One move on the panel, numbered: all values as on screen, or a preset's name, or, with neither, undo."""

    turn: int
    values: NotRequired[Mapping[str, Value]]
    preset: NotRequired[str]


@dataclass(frozen=True)
class LeverState:
    """The levers in force and their past.

    Attributes:
        levers: in force.
        past: those before, the last one last.
        turn: number of the last move, that the panel knows its own answers by.
        slid_at: when a slider last moved (s); None: never, or something else happened since.
        refused: why the last move was left out.
    """

    levers: Levers
    past: tuple[Levers, ...] = ()
    turn: int = 0
    slid_at: float | None = None
    refused: str = ""

    def put(self, levers: Levers) -> "LeverState":
        """Set all levers; what they were can be undone."""
        past = self.past if levers == self.levers else (*self.past, self.levers)[-MOST_UNDO:]
        return replace(self, levers=levers, past=past, slid_at=None, refused="")

    def moved(self, move: Move, now: float) -> "LeverState":
        """Take a move of the panel.

        Args:
            move: the move.
            now: a clock's time, s.

        Returns:
            The new state; the same levers, and why, where the values make no sense.
        """
        heard = replace(self, turn=move["turn"])
        if "preset" in move:
            return heard.put(preset(move["preset"]))
        if "values" in move:
            return heard._slid(move["values"], now)
        if not self.past:
            return heard
        return replace(heard, levers=self.past[-1], past=self.past[:-1], slid_at=None, refused="")

    def _slid(self, shown: Mapping[str, Value], now: float) -> "LeverState":
        try:
            levers = self.levers.with_values({key: BY_KEY[key].from_screen(value) for key, value in shown.items()})
        except ScenarioError as error:
            return replace(self, refused=str(error))
        same_drag = self.slid_at is not None and now - self.slid_at < ONE_DRAG
        return replace(self if same_drag else self.put(levers), levers=levers, slid_at=now, refused="")
