"""F16 over a whole scenario: what each département brings, all lots together."""

from dataclasses import dataclass

import numpy as np

from mutualis.scenario.arrays import Floats, Ints
from mutualis.scenario.cells import Texts
from mutualis.scenario.contributions import shapley_exact, subset_sums
from mutualis.scenario.effects import price_slope
from mutualis.scenario.engine import Simulation

MOST_EXACT = 14


@dataclass(frozen=True)
class DepartmentShares:
    """Per département (€/yr of gross saving): own saving, leave-one-out, Shapley; the first and last sum to all."""

    code: Texts
    own_saving: Floats
    leave_one_out: Floats
    shapley: Floats


def department_shares(simulation: Simulation) -> DepartmentShares | None:
    """Share a scenario's gross saving between départements.

    Args:
        simulation: its point estimate.

    Returns:
        The shares, None beyond 14 départements with spend that moves.

    Source: design model F16: v(S) is the gross saving of coalition S, lots fixed; additive over lots.
    """
    pooling = simulation.pooling
    stakes, cells = pooling.stakes, pooling.cells
    slope, ceiling = price_slope(pooling)
    used = (stakes.priced > 0) & pooling.pools.is_open[stakes.pair_category[stakes.pair]]
    codes, place = np.unique(cells.buyers.department[cells.pair_buyer[stakes.pair[used]]], return_inverse=True)
    n = len(codes)
    if n > MOST_EXACT:
        return None
    v = np.zeros(2**n)
    lot, A = stakes.lot[used], pooling.pools.A[stakes.pair[used]]
    moved, priced = stakes.moved[used], stakes.priced[used]
    for one in np.unique(lot).tolist():
        here = np.nonzero(lot == one)[0]
        category = stakes.lot_category[one]
        present, group = np.unique(place[here], return_inverse=True)
        found = lot_values(A[here], moved[here], priced[here], group, len(present), float(slope[category]))
        v += ceiling[category] * found[_seen_by(n, present)]
    whole = 2**n - 1
    own = simulation.result.by_department
    return DepartmentShares(
        code=codes,
        own_saving=own.gross[np.searchsorted(own.code, codes)],
        leave_one_out=v[whole] - v[whole - 2 ** np.arange(n)],
        shapley=shapley_exact(v),
    )


def lot_values(A: Floats, moved: Floats, priced: Floats, group: Ints, n_groups: int, slope: float) -> Floats:
    """Give the gross saving of every coalition of groups in one lot, in share of λ'.

    Args:
        A: addressable spend of each stake's buyer (€/yr).
        moved: spend that each stake moves (€/yr).
        priced: volume it is priced on (€/yr).
        group: group of each stake, 0 … n_groups − 1.
        n_groups: number of groups.
        slope: ln(1 − δ/λ).

    Returns:
        2^n_groups values (€/yr per unit of λ').

    Example:
        >>> one = np.array([1.0, 1.0])
        >>> lot_values(one, one, one, np.array([0, 1]), 2, np.log(0.5)).tolist()
        [0.0, 0.0, 0.0, 1.0]

    Source: design model F5, F16.
    """
    V = subset_sums(np.bincount(group, priced, n_groups))
    order = np.argsort(V)
    ranked = V[order]
    at_pool = np.exp(slope * np.log2(ranked, out=np.zeros_like(ranked), where=ranked > 0))
    at_home = moved * np.exp(-slope * np.log2(A))
    value = np.zeros_like(V)
    # F5: a buyer gains in the coalitions that are larger than itself, which come after it in order of volume
    gains_from = np.searchsorted(ranked, A, side="right")
    for one in range(n_groups):
        mine = group == one
        size = len(ranked) + 1
        full = np.cumsum(np.bincount(gains_from[mine], moved[mine], size))[:-1]
        paid = np.cumsum(np.bincount(gains_from[mine], at_home[mine], size))[:-1]
        value[order] += (full - at_pool * paid) * (order >> one & 1)
    return value


def _seen_by(n: int, present: Ints) -> Ints:
    """Give, for each coalition of all, the one it makes among those present in a lot."""
    found = np.zeros(1, dtype=np.intp)
    bit = {int(member): 1 << i for i, member in enumerate(present)}
    for member in range(n):
        found = np.concatenate([found, found + bit.get(member, 0)])
    return found
