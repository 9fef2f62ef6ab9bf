"""Paths and settings: one frozen object, read once from the environment."""

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = PROJECT_ROOT / "data"

PILOT_REGIONS = {"93": "Provence-Alpes-Côte d'Azur", "27": "Bourgogne-Franche-Comté"}
PILOT_SHORT_NAMES = {"93": "PACA", "27": "BFC"}


@dataclass(frozen=True)
class Settings:
    """Where a dataset and its scenarios live.

    Attributes:
        home: the dataset's folder (``MUTUALIS_HOME``); several datasets can live side by side.
        scenarios_url: SQLAlchemy address of the saved scenarios and of the journal of moves by hand (``MUTUALIS_SCENARIOS_URL``).
        show_natural_persons: whether sole traders are named on screen (``MUTUALIS_SHOW_PERSONS=1``).
    """

    home: Path
    scenarios_url: str
    show_natural_persons: bool = False


def settings() -> Settings:
    """Read the settings from the environment.

    Returns:
        The settings; the home defaults to ``data/home`` in the project, scenarios to a SQLite file in it.
    """
    home = Path(os.environ.get("MUTUALIS_HOME") or DATA_DIR / "home").expanduser().resolve()
    return Settings(
        home=home,
        scenarios_url=os.environ.get("MUTUALIS_SCENARIOS_URL") or f"sqlite:///{home / 'scenarios.sqlite'}",
        show_natural_persons=os.environ.get("MUTUALIS_SHOW_PERSONS") == "1",
    )
