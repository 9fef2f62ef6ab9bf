"""A scenario priced many times over: by draws of its hypotheses, or along a grid of one of them.

Volumes do not change from one draw to the next, but for the utilisation, which scales them all. Stakes of one
category are therefore put once into bins by how much they gain in volume (F5) and how much they leave behind (F5b);
a draw prices bins. Up to ``FEW_STAKES`` each has its own, and draws are exact; beyond, the error of the bins is some
1e-5 of the gain, 2e-4 at worst (hundreds of small lots).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mutualis.scenario.arrays import Floats, Ints, floats, share_of
from mutualis.scenario.discount import NOTHING_LEFT
from mutualis.scenario.pooling import Pooling

BINS_PER_DOUBLING = 16
BINS_OF_SHARE = 24
FEW_STAKES = 5000
ONE_EACH = 2**30  # bins so narrow that stakes only share one when alike


@dataclass(frozen=True)
class Bins:
    """Stakes of near position, together.

    Attributes:
        at: their weighted mean position.
        moved, value: spend that moves, €/yr and discounted €.
        spans: category, first bin and end of each category that has some.
    """

    at: Floats
    moved: Floats
    value: Floats
    spans: Sequence[tuple[int, int, int]]

    def add_up(self, rate: Floats, first: int, end: int) -> Floats:
        """Sum a rate (bins × draws) over what moves, €/yr, and over its value, €: 2 × draws."""
        return np.stack([np.einsum("b,bd->d", part[first:end], rate) for part in (self.moved, self.value)])


@dataclass(frozen=True)
class Priced:
    """Per category × draw: price effect and loss on what is left behind (before ψ), €/yr and discounted €."""

    gross: Floats
    gross_value: Floats
    loss: Floats
    loss_value: Floats


@dataclass(frozen=True)
class Stock:
    """The bins of a scenario, for gains (position: log₂(V/A)) and for losses (position: U/A)."""

    gains: Bins
    losses: Bins
    n_categories: int


def stock(pooling: Pooling) -> Stock:
    """Put a scenario's stakes into bins; closed categories hold none."""
    stakes, pools = pooling.stakes, pooling.pools
    category = stakes.pair_category[stakes.pair]
    used = pools.is_open[category] & (stakes.moved > 0)
    size = share_of(pools.V[stakes.lot], pools.A[stakes.pair])
    k = np.log2(np.where(size > 0, size, 1.0))
    left = share_of(pools.U, pools.A * stakes.membership)[stakes.pair]
    of_use = (category[used], stakes.moved[used], stakes.moved_value[used])
    return Stock(
        _bins(k[used], *of_use, BINS_PER_DOUBLING), _bins(left[used], *of_use, BINS_OF_SHARE), stakes.n_categories
    )


def price(bins: Stock, slope: Floats, ceiling: Floats, scale: Floats) -> Priced:
    """Price a scenario under draws.

    One category at a time, so that its bins × draws stay in the processor's cache.

    Args:
        bins: the scenario's.
        slope: ln(1 − δ/λ), categories × draws.
        ceiling: λ', categories × draws.
        scale: utilisation relative to the scenario's own (> 0), per draw.

    Returns:
        Effects per category and draw, positive.

    Source: design model F3, F5, F5b.
    """
    gains, losses = np.zeros((2, 2, bins.n_categories, len(scale)))
    shift = np.log2(scale)
    for category, first, end in bins.gains.spans:
        rate = _gain(bins.gains.at[first:end, None], slope[category], shift)
        gains[:, category] = bins.gains.add_up(rate, first, end) * (scale * ceiling[category])
    for category, first, end in bins.losses.spans:
        rate = _loss(bins.losses.at[first:end, None], slope[category], scale)
        losses[:, category] = bins.losses.add_up(rate, first, end) * ceiling[category]
    return Priced(gains[0], gains[1], losses[0], losses[1])


def _gain(at: Floats, slope: Floats, shift: Floats) -> Floats:
    """F3, F5: discount in share of λ', per € that moves."""
    k = at + shift
    np.maximum(k, 0.0, out=k)
    k *= slope
    return 1 - np.exp(k, out=k)


def _loss(at: Floats, slope: Floats, scale: Floats) -> Floats:
    """F5b: loss on what is kept in share of λ', per € that the scenario moves (at a scale of 1)."""
    kept = 1 - at * scale
    kept = np.where(kept > NOTHING_LEFT, kept, 0.0)
    k = np.log2(np.where(kept > 0, kept, 1.0))
    k *= slope
    return np.asarray(kept * (np.exp(k, out=k) - 1) / at)


def _bins(position: Floats, category: Ints, moved: Floats, value: Floats, per_unit: int) -> Bins:
    place = np.floor(position * (per_unit if len(position) > FEW_STAKES else ONE_EACH)).astype(np.int64)
    order = np.lexsort((place, category))
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = (np.diff(category[order]) != 0) | (np.diff(place[order]) != 0)
    group = np.empty(len(order), dtype=np.intp)
    group[order] = np.cumsum(is_new) - 1
    total = floats(np.bincount(group, moved))
    of_bin = category[order][is_new]
    categories, first, count = np.unique(of_bin, return_index=True, return_counts=True)
    return Bins(
        at=share_of(np.bincount(group, moved * position), total),
        moved=total,
        value=floats(np.bincount(group, value)),
        spans=list(zip(categories.tolist(), first.tolist(), (first + count).tolist(), strict=True)),
    )
