"""A scenario priced many times over: by draws of its hypotheses, or along a grid of one of them.

Volumes do not change from one draw to the next, but for the utilisation, which scales them all. Stakes of one
category are therefore put once into bins by how much they gain in volume (F5) and how much they leave behind (F5b);
a draw prices bins. The error of the bins is below 1e-4 of the result.
"""

from dataclasses import dataclass

import numpy as np

from mutualis.scenario.arrays import Floats, Ints, floats, share_of
from mutualis.scenario.discount import NOTHING_LEFT
from mutualis.scenario.pooling import Pooling

BINS_PER_DOUBLING = 3
BINS_OF_SHARE = 24


@dataclass(frozen=True)
class Bins:
    """Stakes of near position, together: ``at`` their weighted mean position, ``moved`` €/yr, ``value`` discounted €.

    ``category`` of each bin, in order; ``start`` the first bin of each category of ``categories``.
    """

    at: Floats
    moved: Floats
    value: Floats
    start: Ints
    categories: Ints

    def by_category(self, rate: Floats, n_categories: int) -> tuple[Floats, Floats]:
        """Sum a rate (bins × draws) over moved and value: two arrays categories × draws."""
        moved, value = np.zeros((n_categories, rate.shape[1])), np.zeros((n_categories, rate.shape[1]))
        if len(self.at):
            moved[self.categories] = np.add.reduceat(rate * self.moved[:, None], self.start, axis=0)
            value[self.categories] = np.add.reduceat(rate * self.value[:, None], self.start, axis=0)
        return moved, value


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

    Args:
        bins: the scenario's.
        slope: ln(1 − δ/λ), categories × draws.
        ceiling: λ', categories × draws.
        scale: utilisation relative to the scenario's own, per draw.

    Returns:
        Effects per category and draw, positive.

    Source: design model F3, F5, F5b.
    """
    gains, losses, n = bins.gains, bins.losses, bins.n_categories
    k = np.maximum(0.0, gains.at[:, None] + np.log2(scale))
    rate = -np.expm1(k * _spread(slope, gains)) * scale
    gross, gross_value = gains.by_category(rate, n)
    x = np.minimum(losses.at[:, None] * scale, 1.0)
    kept = 1 - x
    k_left = np.log2(np.where(kept > NOTHING_LEFT, kept, 1.0))
    # the loss on what is kept, per € moved
    lost = np.expm1(k_left * _spread(slope, losses)) * share_of(kept, x) * scale
    loss, loss_value = losses.by_category(lost, n)
    return Priced(gross * ceiling, gross_value * ceiling, loss * ceiling, loss_value * ceiling)


def _spread(by_category: Floats, bins: Bins) -> Floats:
    sizes = np.diff(np.append(bins.start, len(bins.at)))
    return np.repeat(by_category[bins.categories], sizes, axis=0)


def _bins(position: Floats, category: Ints, moved: Floats, value: Floats, per_unit: int) -> Bins:
    place = np.floor(position * per_unit).astype(np.int64)
    key = category * 4096 + np.clip(place, -2048, 2047) + 2048
    keys, group = np.unique(key, return_inverse=True)
    n = len(keys)
    total = floats(np.bincount(group, moved, n))
    at = share_of(np.bincount(group, moved * position, n), total)
    categories, start = np.unique(keys // 4096, return_index=True)
    return Bins(at, total, floats(np.bincount(group, value, n)), start, categories)
