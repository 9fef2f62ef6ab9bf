"""Who buys what: entities by segments, shades of one colour (two for prices), neighbours alike."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mutualis import formats
from mutualis.figures.scale import fixed_scale, quantile_scale
from mutualis.figures.seriation import seriation

# of figure.css: amounts from little to much; prices from below the mean to above
SHADES, N_SHADES = "shade", 6
PRICE_TONES, PRICE_BOUNDS = ("shade4", "shade1", "middle", "dear", "dearest"), (80.0, 95.0, 105.0, 120.0)


@dataclass(frozen=True)
class Matrix:
    """A matrix of entities (rows) by segments (columns).

    Attributes:
        title: what its shades say; names the saved picture.
        buyers, segments: their keys, in the order drawn.
        rows, columns: their names.
        cells: column, row, class (0 the lowest) and value as text.
        tones: colour of each class.
        legend: (tone, text) of each class.
    """

    title: str
    buyers: list[str]
    segments: list[str]
    rows: list[str]
    columns: list[str]
    cells: list[tuple[int, int, int, str]]
    tones: list[str]
    legend: list[tuple[str, str]]


@dataclass(frozen=True)
class Measure:
    """What a cell shows: name, column of ``matrix_cells`` or ``matrix_prices``."""

    title: str
    column: str

    def write(self, value: float) -> str:
        """Write a value with its unit."""
        if self.column == "spend_eur":
            return formats.euros(value)
        return formats.plural(int(value), "ligne", "lignes") if self.column == "n_rows" else formats.decimal(value, 0)


MEASURES = {
    "montants": Measure("Montants", "spend_eur"),
    "lignes": Measure("Nombre de lignes", "n_rows"),
    "prix": Measure("Indice de prix (100\u202f: moyenne du périmètre)", "price_index"),
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
        The matrix; empty cells are left out.
    """
    shown = cells[cells[measure.column].notna() & (cells[measure.column] > 0)]
    # of what is shown alone: a segment without any price would be an empty column
    buyers, codes = ordered(spend_table(shown))
    names = dict(zip(shown["buyer_key"], shown["buyer_name"], strict=True))
    row_at = {key: place for place, key in enumerate(buyers)}
    column_at = {code: place for place, code in enumerate(codes)}
    values = shown[measure.column].to_numpy(dtype=float).tolist()
    by_cell = {str(at): value for at, value in enumerate(values)}
    if measure.column == "price_index":
        scale, tones = fixed_scale(by_cell, PRICE_BOUNDS, measure.write), list(PRICE_TONES)
    else:
        scale = quantile_scale(by_cell, measure.write)
        # fewer classes are as far apart; one alone is in the middle
        last = len(scale.legend) - 1
        tones = [f"{SHADES}{round(at * (N_SHADES - 1) / last) if last else N_SHADES // 2}" for at in range(last + 1)]
    drawn = [
        (column_at[segment], row_at[key], scale.classes[str(at)], measure.write(value))
        for at, (key, segment, value) in enumerate(zip(shown["buyer_key"], shown["segment"], values, strict=True))
    ]
    return Matrix(
        f"{measure.title} par entité et segment", buyers, codes, [names[key] for key in buyers],
        [segments.get(code, code) for code in codes], drawn, tones, list(zip(tones, scale.legend, strict=True)),
    )  # fmt: skip


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
