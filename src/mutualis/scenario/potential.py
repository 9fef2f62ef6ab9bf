"""What pooling each segment could bring at cruise, before any scenario: fragmentation (F13) against gain (F2-F5b).

Every State buyer of the perimeter is taken as a member, all contracts as able to move, one lot by territory: a
ranking of segments, not a forecast. A scenario then says who joins, when, and at what cost.
"""

from dataclasses import dataclass, replace

import numpy as np

from mutualis.levers import FAMILIES, PRESETS, Levers
from mutualis.scenario.arrays import Floats, Ints, floats, share_of, sum_by
from mutualis.scenario.cells import Texts
from mutualis.scenario.discount import gross_saving, moved_spend, residual_loss


@dataclass(frozen=True)
class Stock:
    """What buyers spend, one row per buyer, segment and region.

    Attributes:
        segment: position of the segment; region: position of the region, -1 if unknown (such a row joins no pool).
        buyer: number of the buyer, one for all its regions.
        spend: €/yr; own: the part that no shared vehicle carries yet (€/yr).
        family, supplier_hhi: of each segment.
    """

    segment: Ints
    region: Ints
    buyer: Ints
    spend: Floats
    own: Floats
    family: Texts
    supplier_hhi: Floats


@dataclass(frozen=True)
class Potential:
    """Per segment; money in €/yr.

    Attributes:
        spend, addressable, moved: what is spent, what could be pooled (A = α·own), what would move (ρκA).
        n_buyers: with something to pool; region_buyers: in the region that has the most of them.
        hhi, N1: of the buyers (F13).
        by_region: gain of one pool per region, net of the loss on what stays behind and of the malus; cost its yearly cost.
        over_regions: the same with one pool over all regions; cost_over_regions its yearly cost.
    """

    spend: Floats
    addressable: Floats
    moved: Floats
    n_buyers: Ints
    region_buyers: Ints
    hhi: Floats
    N1: Floats
    by_region: Floats
    cost: Floats
    over_regions: Floats
    cost_over_regions: Floats


def potential(stock: Stock, levers: Levers) -> Potential:
    """Rank segments by what pooling could bring.

    Args:
        stock: what buyers spend.
        levers: ρ, κ, the price effect's column, β, ψ, χ and the costs.

    Returns:
        The potential of each segment; no gain where a pool has fewer than two buyers.

    Source: design model F2-F5b, F11, F13.
    """
    n, n_regions = len(stock.family), int(stock.region.max(initial=-1)) + 1
    # rows of unknown region share one spare lot that never opens
    placed = stock.region >= 0
    regional = _pool(
        stock, np.where(placed, stock.segment * n_regions + stock.region, n * n_regions), n * n_regions, levers
    )
    common = _pool(stock, np.where(placed, stock.segment, n), n, levers)
    whole = _by_buyer(stock, stock.segment)
    lines = _lines(whole, levers)
    A = sum_by(whole.segment, lines.A, n)
    w = share_of(lines.A, A[whole.segment])
    entropy = -sum_by(whole.segment, w * np.log(np.where(w > 0, w, 1.0)), n)
    return Potential(
        spend=sum_by(stock.segment, stock.spend, n),
        addressable=A,
        moved=sum_by(whole.segment, lines.u, n),
        n_buyers=np.bincount(whole.segment[lines.A > 0], minlength=n),
        region_buyers=regional.members.reshape(n, n_regions).max(axis=1, initial=0),
        hhi=sum_by(whole.segment, w**2, n),
        N1=np.where(A > 0, np.exp(entropy), 0.0),
        by_region=regional.gain,
        cost=regional.cost.reshape(n, n_regions).sum(axis=1),
        over_regions=common.gain,
        cost_over_regions=common.cost,
    )


@dataclass(frozen=True)
class _Lines:
    """Per row of the stock: addressable and moved spend, loss on what stays behind (€/yr), and the discount's terms."""

    A: Floats
    u: Floats
    loss: Floats
    prices: tuple[Floats, Floats, float, Floats]


@dataclass(frozen=True)
class _Lots:
    """Gain per segment, yearly cost and members per lot."""

    gain: Floats
    cost: Floats
    members: Ints


def _by_buyer(stock: Stock, lot: Ints) -> Stock:
    """Give one row per lot and buyer, its regions added up; lots never span segments, the row's region is its lot.

    What one buyer buys in two regions is no pool of two (F5: its own consolidation is not credited to pooling).
    """
    key = lot * (int(stock.buyer.max(initial=-1)) + 1) + stock.buyer
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    spend, own = (sum_by(group, values, len(first)) for values in (stock.spend, stock.own))
    return replace(
        stock, segment=stock.segment[first], region=lot[first], buyer=stock.buyer[first], spend=spend, own=own
    )


def _lines(stock: Stock, levers: Levers) -> _Lines:
    column = PRESETS.index(levers.price_effect)
    families = [FAMILIES[code] for code in stock.family.tolist()]
    alpha, delta, lam = (
        floats(values)[stock.segment]
        for values in (
            [family.alpha for family in families],
            [family.delta[column] for family in families],
            [family.lam[column] for family in families],
        )
    )
    A = alpha * np.maximum(stock.own, 0.0)
    u = moved_spend(A, levers.pooling_rate, levers.utilisation)
    prices = (delta, lam, levers.supply_concentration, stock.supplier_hhi[stock.segment])
    return _Lines(A, u, residual_loss(A, u, *prices), prices)


def _pool(stock: Stock, lot: Ints, n_lots: int, levers: Levers) -> _Lots:
    """Pool buyers by lot; those of lot ``n_lots`` join none."""
    # the spare lot alone spans segments: nothing of it is read
    stock = _by_buyer(stock, lot)
    lot, lines = stock.region, _lines(stock, levers)
    members = np.bincount(lot[lines.u > 0], minlength=n_lots + 1)
    is_open = members >= 2
    is_open[n_lots] = False
    V = sum_by(lot, lines.u, n_lots + 1)
    gross = gross_saving(lines.u, V[lot], lines.A, *lines.prices)
    net = gross - levers.residual_loss * lines.loss - levers.malus * lines.u
    gain = sum_by(stock.segment, np.where(is_open[lot], net, 0.0), len(stock.family))
    return _Lots(gain, is_open[:n_lots] * _yearly_cost(members[:n_lots], levers), members[:n_lots])


def _yearly_cost(members: Ints, levers: Levers) -> Floats:
    """F11 spread over the framework's years: launch, lot and members once, running each year (€/yr)."""
    once = levers.launch_eur + levers.lot_eur + levers.member_eur * members
    return np.asarray(once / levers.framework_years + levers.running_eur, dtype=np.float64)
