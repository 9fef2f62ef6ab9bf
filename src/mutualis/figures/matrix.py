"""Who buys what: entities by segments, shades of one colour, neighbours alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutualis import formats
from mutualis.figures.seriation import seriation

SHADES = ("#e3e3fd", "#8585f6", "#000091")
ROW_PIXELS, HEAD_PIXELS, LEGEND_PIXELS = 21, 160, 40
NAME_LETTERS, HEADER_LETTERS = 44, 30
# by which the last column's slanted name goes past it
SLANT_PIXELS = 84


@dataclass(frozen=True)
class Matrix:
    """An ECharts option, its height in pixels, and the (buyer_key, segment) of each of its cells, in order."""

    option: dict[str, Any]
    height: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Measure:
    """What a cell shows: column of ``matrix_cells`` or ``matrix_prices``, name, unit, how it is written, whether shades follow its logarithm."""

    title: str
    column: str
    is_log: bool

    def value(self, shade: float) -> float:
        """Give the value that a shade stands for."""
        return 10**shade if self.is_log else shade

    def write(self, value: float) -> str:
        """Write a value with its unit."""
        if self.column == "spend_eur":
            return formats.euros(value)
        return formats.plural(int(value), "ligne", "lignes") if self.column == "n_rows" else formats.decimal(value, 0)


MEASURES = {
    "montants": Measure("Montants", "spend_eur", True),
    "lignes": Measure("Nombre de lignes", "n_rows", True),
    "prix": Measure("Indice de prix (100\u202f: moyenne du périmètre)", "price_index", False),
}


@dataclass(frozen=True)
class Spend:
    """What each entity (row) spends in each segment (column), EUR."""

    buyers: list[str]
    segments: list[str]
    eur: NDArray[np.float64]


def spend_table(cells: pd.DataFrame) -> Spend:
    """Arrange spend as a table, in the order of the codes.

    Args:
        cells: columns buyer_key, segment, spend_eur.
    """
    rows, buyers = pd.factorize(cells["buyer_key"], sort=True)
    columns, segments = pd.factorize(cells["segment"], sort=True)
    eur = np.zeros((len(buyers), len(segments)))
    eur[rows, columns] = cells["spend_eur"]
    return Spend(list(buyers), list(segments), eur)


def ordered(found: Spend) -> tuple[list[str], list[str]]:
    """Give entities, then segments, in the order in which overlaps show."""
    rows, columns = seriation(found.eur)
    return [found.buyers[row] for row in rows], [found.segments[column] for column in columns]


def overlap_matrix(cells: pd.DataFrame, measure: Measure, segments: Mapping[str, str]) -> Matrix:
    """Draw the matrix.

    Args:
        cells: columns of ``matrix_cells.sql``, and of ``matrix_prices.sql`` to show prices.
        measure: what shades say.
        segments: label by segment code.

    Returns:
        The figure; empty cells are blank.
    """
    buyers, codes = ordered(spend_table(cells))
    names = dict(zip(cells["buyer_key"], cells["buyer_name"], strict=True))
    row_at = {key: place for place, key in enumerate(buyers)}
    column_at = {code: place for place, code in enumerate(codes)}
    shown = cells[cells[measure.column].notna() & (cells[measure.column] > 0)]
    values = shown[measure.column].to_numpy(dtype=float)
    shades = np.log10(values) if measure.is_log else values
    data = [
        [column_at[segment], row_at[key], shade, f"{names[key]}\u202f: {segments.get(segment, segment)}, {measure.write(value)}"]
        for key, segment, value, shade in zip(
            shown["buyer_key"], shown["segment"], values.tolist(), shades.round(3).tolist(), strict=True
        )
    ]  # fmt: skip
    low, high = (float(np.quantile(shades, 0.02)), float(shades.max())) if len(shades) else (0.0, 1.0)
    option = {
        "animation": False,
        "tooltip": {"formatter": "{b}", "confine": True},
        "grid": {"left": 4, "right": SLANT_PIXELS, "top": 4, "bottom": LEGEND_PIXELS, "containLabel": True},
        "xAxis": _axis([segments.get(code, code) for code in codes], HEADER_LETTERS)
        | {"position": "top", "axisLabel": {"rotate": -60, "interval": 0, "fontSize": 11}},
        "yAxis": _axis([names[key] for key in buyers], NAME_LETTERS)
        | {"inverse": True, "axisLabel": {"interval": 0, "fontSize": 11}},
        "dataset": {"source": data, "sourceHeader": False},
        "visualMap": {
            "dimension": 2, "min": low, "max": max(high, low + 1e-9), "inRange": {"color": list(SHADES)}, "orient": "horizontal", "right": 8, "bottom": 0, "itemHeight": 160,
            "text": [measure.write(measure.value(high)), f"{measure.write(measure.value(low))} et moins"],
        },
        "series": [{"type": "heatmap", "encode": {"x": 0, "y": 1, "value": 2, "itemName": 3}, "selectedMode": "single", "itemStyle": {"borderColor": "rgba(128,128,128,.15)", "borderWidth": 1}}],
    }  # fmt: skip
    cell_codes = tuple(zip(shown["buyer_key"], shown["segment"], strict=True))
    return Matrix(option, HEAD_PIXELS + ROW_PIXELS * max(len(buyers), 1) + LEGEND_PIXELS, cell_codes)


def _axis(names: list[str], letters: int) -> dict[str, Any]:
    short = [name if len(name) <= letters else f"{name[: letters - 1]}…" for name in names]
    # two names cut alike must stay two categories
    unique = [name + "\u200b" * short[:place].count(name) for place, name in enumerate(short)]
    return {"type": "category", "data": unique, "axisTick": {"show": False}, "axisLine": {"show": False}}


def pairs_in_common(cells: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Give the pairs of entities that buy most in common.

    Args:
        cells: columns buyer_key, buyer_name, segment, spend_eur.
        limit: how many pairs.

    Returns:
        first, second (names), n_common (segments both buy), common_eur (in these segments, the smaller of their two spends,
        EUR), the largest first.
    """
    found = spend_table(cells)
    name_of = dict(zip(cells["buyer_key"], cells["buyer_name"], strict=True))
    names = np.array([name_of[key] for key in found.buyers], dtype=object)
    eur = found.eur.clip(min=0.0)
    first, second = np.triu_indices(len(names), 1)
    common = np.minimum(eur[first], eur[second])
    n_common, common_eur = (common > 0).sum(axis=1), common.sum(axis=1)
    largest = np.argsort(-common_eur, kind="stable")
    largest = largest[n_common[largest] > 0][:limit]
    return pd.DataFrame({
        "first": names[first[largest]], "second": names[second[largest]], "n_common": n_common[largest], "common_eur": common_eur[largest],
    })  # fmt: skip
