"""The pools themselves: who brings how much to which lot, and what the discount curve makes of it (F2-F5b, F12).

A *stake* is what one buyer brings to one lot of one category. Every computation of the package, one category
or sixty, exact or drawn at random, goes through these two steps: ``gather`` (volumes, free of prices) and
``rates`` (prices, free of time).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mutualis.scenario.arrays import Floats, Ints, share_of, sum_by
from mutualis.scenario.discount import NOTHING_LEFT, doublings


@dataclass(frozen=True)
class Stakes:
    """What each buyer brings to each lot; money in €/yr.

    Attributes:
        pair: (buyer, category) of each stake.
        lot: lot of each stake.
        pair_category, lot_category: category of each pair and of each lot.
        n_categories: number of categories.
        addressable: Σ α y.
        moved: Σ u, lines that may move, weighted by their chance to.
        priced: volume priced, Σ u announced or prudent.
        moved_value: Σ u H[τ], expected (€).
        membership: chance that the pair's buyer is a member; 0 or 1 when membership is certain.
    """

    pair: Ints
    lot: Ints
    pair_category: Ints
    lot_category: Ints
    n_categories: int
    addressable: Floats
    moved: Floats
    priced: Floats
    moved_value: Floats
    membership: Floats


@dataclass(frozen=True)
class Pools:
    """Volumes of the pools.

    Attributes:
        V: volume priced per lot (€/yr).
        A, U: addressable and moved spend per pair (€/yr).
        members: active members per category.
        expected_members: the same, each counting its chance to be a member.
        lots: active lots per category.
        is_open: per category, whether two members at least are active (F12: else everything is zero).
        has_company: per stake, whether its lot has two active members at least.
        k: doublings per stake.
        k_left: log₂ of the share of its volume that each pair keeps (≤ 0), 0 where it keeps all or nothing.
    """

    V: Floats
    A: Floats
    U: Floats
    members: Ints
    expected_members: Floats
    lots: Ints
    is_open: NDArray[np.bool_]
    has_company: NDArray[np.bool_]
    k: Floats
    k_left: Floats


def gather(stakes: Stakes) -> Pools:
    """Sum the stakes by lot and by buyer, count members, and take the doublings.

    Args:
        stakes: what each buyer brings.

    Returns:
        The pools' volumes.

    Source: design model F4, F5, F5b, F12.
    """
    n_pairs, n_lots, n = len(stakes.pair_category), len(stakes.lot_category), stakes.n_categories
    A = sum_by(stakes.pair, stakes.addressable, n_pairs)
    U = sum_by(stakes.pair, stakes.moved, n_pairs)
    V = sum_by(stakes.lot, stakes.priced, n_lots)
    is_active = stakes.moved > 0
    in_lot = np.bincount(stakes.lot[is_active], minlength=n_lots)
    of_category = stakes.pair_category[U > 0]
    members = np.bincount(of_category, minlength=n)
    # membership may be a chance: what a member keeps is seen from inside
    whole = A * stakes.membership
    left = 1 - share_of(U, whole)
    k_left = np.log2(np.where(left > NOTHING_LEFT, left, 1.0))
    return Pools(
        V=V,
        A=A,
        U=U,
        members=members,
        expected_members=sum_by(of_category, stakes.membership[U > 0], n),
        lots=np.bincount(stakes.lot_category[in_lot > 0], minlength=n),
        is_open=members >= 2,
        has_company=in_lot[stakes.lot] >= 2,
        k=doublings(V[stakes.lot], A[stakes.pair]),
        k_left=k_left,
    )


@dataclass(frozen=True)
class Rates:
    """Per stake, in share of its moved spend: discount obtained, and loss on what its buyer leaves behind."""

    gross: Floats
    loss: Floats


def rates(stakes: Stakes, pools: Pools, slope: Floats, ceiling: Floats) -> Rates:
    """Price the pools.

    Args:
        stakes: what each buyer brings.
        pools: their volumes.
        slope: ln(1 − δ/λ) per category.
        ceiling: λ' per category.

    Returns:
        Rates per stake, 0 in categories with fewer than two active members.

    Source: design model F3, F5, F5b, F12.
    """
    top = np.where(pools.is_open, ceiling, 0.0)
    category = stakes.pair_category[stakes.pair]
    gross = top[category] * (1 - np.exp(pools.k * slope[category]))
    kept = np.maximum(pools.A * stakes.membership - pools.U, 0.0)
    loss = kept * top[stakes.pair_category] * (np.exp(pools.k_left * slope[stakes.pair_category]) - 1)
    return Rates(gross, share_of(loss, pools.U)[stakes.pair])
