"""A scenario's price effect by alignment (F7) where unit prices exist, beside the volume effect (F5) on the same spend."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mutualis.scenario.alignment import aligned_saving, weighted_quantile
from mutualis.scenario.arrays import Floats, Ints, floats, share_of
from mutualis.scenario.cells import Cells, Columns, Texts
from mutualis.scenario.effects import effects
from mutualis.scenario.engine import Simulation


@dataclass(frozen=True)
class PriceAlternative:
    """Per segment with items that several entities of the scenario buy (€/yr). One effect or the other, never both.

    Attributes:
        segment: code.
        items: how many.
        spend: on these items, not yet pooled.
        moved: part of it that the scenario moves.
        by_volume: what F5 gives on what moves, before losses.
        by_alignment: what F7 gives on what moves.
    """

    segment: Texts
    items: Ints
    spend: Floats
    moved: Floats
    by_volume: Floats
    by_alignment: Floats


def price_alternative(simulation: Simulation, prices: Columns) -> PriceAlternative:
    """Align unit prices instead of pricing volumes.

    Args:
        simulation: the point estimate.
        prices: rows of one item and buyer: item, unit, segment, buyer_key, price_eur, quantity, yearly_quantity (not yet
            pooled); rows of buyers or segments out of the scenario count for nothing.

    Returns:
        Both effects on the same spend, segments in the order of their codes.

    Source: design model F7: an alternative to F5, with φ the share that the scenario moves.
    """
    pooling = simulation.pooling
    pair = _pairs(pooling.cells, prices)
    inside = pair >= 0
    effect = effects(pooling)
    own = pooling.cells.by_pair(pooling.cells.spend * pooling.cells.addressable)
    phi = share_of(pooling.stakes.moved, own) * effect.is_open
    pair, price, quantity, yearly, segment = (
        np.asarray(column)[inside]
        for column in (pair, prices["price_eur"], prices["quantity"], prices["yearly_quantity"], prices["segment"])
    )
    item = _items(prices, inside)
    spend = floats(price) * floats(yearly)
    saving = np.zeros(len(item))
    shared = np.zeros(len(item), dtype=bool)
    for one in range(int(item.max(initial=-1)) + 1):
        rows = np.nonzero(item == one)[0]
        if len(rows) > 1:
            shared[rows] = True
            target = weighted_quantile(price[rows], quantity[rows], pooling.levers.target_quantile)
            saving[rows] = aligned_saving(
                price[rows], yearly[rows], phi[pair[rows]], target, pooling.levers.comparability
            )
    codes, at = np.unique(np.asarray(segment[shared], dtype=str), return_inverse=True)
    moved = spend * phi[pair]

    def total(values: Floats) -> Floats:
        return floats(np.bincount(at, values[shared], len(codes)))

    firsts = np.unique(item[shared], return_index=True)[1]
    return PriceAlternative(
        segment=codes,
        items=np.bincount(at[firsts], minlength=len(codes)),
        spend=total(spend),
        moved=total(moved),
        by_volume=total(moved * effect.gross[pair]),
        by_alignment=total(saving),
    )


def _pairs(cells: Cells, prices: Columns) -> Ints:
    """Give each row's pair, −1 where the scenario has none."""
    keys = zip(
        cells.segments.code[cells.pair_segment].tolist(), cells.buyers.key[cells.pair_buyer].tolist(), strict=True
    )
    at = {key: i for i, key in enumerate(keys)}
    return np.array(
        [at.get(key, -1) for key in zip(prices["segment"], prices["buyer_key"], strict=True)], dtype=np.intp
    )


def _items(prices: Columns, inside: NDArray[np.bool_]) -> Ints:
    """Number the items: a label and a unit."""
    labels = [f"{item}\0{unit}" for item, unit in zip(prices["item"], prices["unit"], strict=True)]
    return np.unique(np.array(labels, dtype=str)[inside], return_inverse=True)[1]
