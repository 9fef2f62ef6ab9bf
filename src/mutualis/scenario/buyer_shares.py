"""F16 over a whole scenario, buyer by buyer: leave-one-out exactly, Shapley by sampled orders of arrival."""

from dataclasses import dataclass

import numpy as np

from mutualis.scenario.arrays import Floats
from mutualis.scenario.cells import Texts
from mutualis.scenario.contributions import sampled_shares
from mutualis.scenario.effects import price_slope
from mutualis.scenario.engine import Simulation

PERMUTATIONS = 64
SEED = 16


@dataclass(frozen=True)
class BuyerShares:
    """Per buyer that moves spend (€/yr of gross saving).

    Attributes:
        code: the buyer's key.
        own_saving: what it saves at the pool's price; sums to all.
        leave_one_out: what all would lose without it.
        shapley: its mean contribution over orders of arrival; sums to all.
        error: standard error of ``shapley``.
    """

    code: Texts
    own_saving: Floats
    leave_one_out: Floats
    shapley: Floats
    error: Floats


def buyer_shares(simulation: Simulation) -> BuyerShares:
    """Share a scenario's gross saving between buyers.

    Args:
        simulation: its point estimate.

    Returns:
        The shares, in the order of the buyers' keys.

    Source: design model F16: v(S) is the gross saving of coalition S, lots fixed; additive over lots.
    """
    pooling = simulation.pooling
    stakes, cells, pools = pooling.stakes, pooling.cells, pooling.pools
    slope, ceiling = price_slope(pooling)
    used = (stakes.priced > 0) & pools.is_open[stakes.pair_category[stakes.pair]]
    buyer, lot, A = cells.pair_buyer[stakes.pair[used]], stakes.lot[used], pools.A[stakes.pair[used]]
    moved, priced = stakes.moved[used], stakes.priced[used]
    # each order is a draw of the whole: buyers of several lots have errors that add up order by order
    drawn = np.zeros((PERMUTATIONS, len(cells.buyers.key)))
    without = np.zeros(len(cells.buyers.key))
    rng = np.random.default_rng(SEED)
    for one in np.unique(lot).tolist():
        here = np.nonzero(lot == one)[0]
        category = stakes.lot_category[one]
        members, scale = buyer[here], float(ceiling[category])
        of_lot = (A[here], moved[here], priced[here], float(slope[category]))
        drawn[:, members] += scale * sampled_shares(*of_lot, PERMUTATIONS, rng)
        without[members] += scale * lost_without(*of_lot)
    present = np.unique(buyer)
    own = simulation.result.by_buyer
    order = np.argsort(own.code)
    codes = cells.buyers.key[present]
    return BuyerShares(
        code=codes,
        own_saving=own.gross[order[np.searchsorted(own.code, codes, sorter=order)]],
        leave_one_out=without[present],
        shapley=drawn[:, present].mean(axis=0),
        error=drawn[:, present].std(axis=0, ddof=1) / np.sqrt(PERMUTATIONS),
    )


def lost_without(A: Floats, moved: Floats, priced: Floats, slope: float) -> Floats:
    """F16: v(N) − v(N without i) for each member of one lot, in share of λ'.

    Args:
        A: addressable spend per member (€/yr).
        moved: spend that each moves (€/yr).
        priced: volume it is priced on (€/yr).
        slope: ln(1 − δ/λ).

    Returns:
        What the lot loses without each member (€/yr per unit of λ').

    Example:
        >>> one = np.array([1.0, 1.0])
        >>> lost_without(one, one, one, np.log(0.5)).tolist()
        [1.0, 1.0]

    Source: design model F5, F16.
    """
    rank = np.argsort(A)
    at_home = moved * np.exp(-slope * np.log2(A))
    full, paid = (np.concatenate([[0.0], np.cumsum(part[rank])]) for part in (moved, at_home))
    # with V, who gains is who is smaller than V: the first of the ranking
    V = float(priced.sum())
    n_gaining = int(np.searchsorted(A[rank], V))
    whole = full[n_gaining] - np.exp(slope * np.log2(V)) * paid[n_gaining]
    left = np.maximum(V - priced, 0.0)
    gaining = np.searchsorted(A[rank], left)
    itself = left > A
    price = np.exp(slope * np.log2(left, out=np.zeros_like(left), where=left > 0))
    others = full[gaining] - moved * itself - price * (paid[gaining] - at_home * itself)
    return np.asarray(whole - np.where(left > 0, others, 0.0))
