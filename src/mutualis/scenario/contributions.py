"""F16: what each member brings to the pool: own saving, leave-one-out, Shapley value.

v(S) is the gross saving of coalition S, lots fixed; members of one group (a département) come and go together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import ArrayLike

from mutualis.scenario.arrays import Floats, Ints, dot, floats
from mutualis.scenario.discount import discount_slope, effective_ceiling, gross_saving


def subset_sums(parts: ArrayLike) -> Floats:
    """Sum every subset of the parts; bit i of the index, read from the right, is part i.

    Example:
        >>> subset_sums([1.0, 10.0]).tolist()
        [0.0, 1.0, 10.0, 11.0]
    """
    sums = np.zeros(1)
    for part in floats(parts).tolist():
        sums = np.concatenate([sums, sums + part])
    return sums


def shapley_exact(v: ArrayLike) -> Floats:
    """F16: Shapley value of a game given by its 2ⁿ coalition values (bit i of the index is member i).

    Args:
        v: value of each coalition, v[0] = 0.

    Returns:
        Share of each of the n members (none for a game of no one); they sum to v[-1] − v[0].

    Example:
        >>> shapley_exact([0.0, 0.0, 0.0, 6.0]).tolist()
        [3.0, 3.0]

    Source: design model F16; Shapley 1953.
    """
    v = floats(v)
    n = v.size.bit_length() - 1
    if not n:
        return np.zeros(0)
    others = subset_sums(np.ones(n - 1)).astype(int)
    weight = np.array([factorial(s) * factorial(n - s - 1) / factorial(n) for s in range(n)])[others]
    halves = [v.reshape(-1, 2, 2**i) for i in range(n)]
    return np.array([dot(weight, (half[:, 1] - half[:, 0]).ravel()) for half in halves])


def coalition_values(A: Floats, u: Floats, group: Ints, n_groups: int, slope: float, ceiling: float) -> Floats:
    """F16: gross saving of every coalition of groups in one lot.

    Args:
        A: addressable spend of each stake's buyer (€/yr).
        u: moved spend of each stake (€/yr).
        group: group of each stake, 0 … n_groups − 1.
        n_groups: number of groups.
        slope: ln(1 − δ/λ).
        ceiling: λ'.

    Returns:
        2^n_groups values (€/yr).

    Example:
        >>> coalition_values(np.array([1.0, 1.0]), np.array([1.0, 1.0]), np.array([0, 1]), 2, np.log(0.5), 0.2)
        array([0. , 0. , 0. , 0.2])

    Source: design model F5, F16.
    """
    A, u, group = A[u > 0], u[u > 0], group[u > 0]
    alone = np.bincount(group, u, n_groups)
    V = subset_sums(alone)
    at_pool = np.exp(slope * np.log2(V, out=np.zeros_like(V), where=V > 0))
    at_home = np.exp(-slope * np.log2(A))
    v = V - at_pool * subset_sums(np.bincount(group, u * at_home, n_groups))
    # F5 never lets a price rise: take out buyers larger than the coalition, who were counted as losing
    coalitions = np.arange(V.size)
    for i in np.nonzero(alone[group] < A)[0]:
        larger = coalitions[(coalitions >> group[i] & 1 == 1) & (A[i] > V)]
        v[larger] += u[i] * (at_home[i] * at_pool[larger] - 1)
    v[0] = 0.0
    return np.maximum(ceiling * v, 0.0)


@dataclass(frozen=True)
class Contributions:
    """F16, members in the order of the inputs (€/yr); ``v`` by coalition key, member 0 rightmost."""

    v: Mapping[str, float]
    shapley: Floats
    own_saving: Floats
    total: float
    leave_one_out: Floats
    transfer: Floats
    own_in_core: bool
    shapley_in_core: bool


def contributions(
    A: ArrayLike, delta: float, lam: float, phi: ArrayLike = 1.0, beta: float = 0.0, hhi_supply: float = 0.0
) -> Contributions:
    """F16: contributions of the members of one lot.

    Args:
        A: addressable spend per member (€/yr), at most 20 members.
        delta, lam, beta, hhi_supply: as in ``discount_rate``.
        phi: moved share ρκ per member.

    Returns:
        Coalition values, Shapley, own saving, leave-one-out, transfer (Shapley − own saving), core tests.

    Example:
        >>> found = contributions([600e3, 300e3, 100e3], 0.02, 0.12)
        >>> found.shapley.round(2).tolist(), found.own_in_core
        ([9992.95, 9303.94, 4978.88], True)

    Source: design model F16.
    """
    A = floats(A)
    n, u = len(A), floats(phi) * A
    slope, ceiling = float(discount_slope(delta, lam)), float(effective_ceiling(lam, beta, hhi_supply))
    v = coalition_values(A, u, np.arange(n), n, slope, ceiling)
    own = gross_saving(u, u.sum(), A, delta, lam, beta, hhi_supply)
    shapley, without = shapley_exact(v), v.size - 1 - 2 ** np.arange(n)
    return Contributions(
        v={f"{i:0{n}b}": value for i, value in enumerate(v.tolist())},
        shapley=shapley,
        own_saving=own,
        total=float(v[-1]),
        leave_one_out=v[-1] - v[without],
        transfer=shapley - own,
        own_in_core=in_core(own, v),
        shapley_in_core=in_core(shapley, v),
    )


def own_saving(A: ArrayLike, delta: float, lam: float, phi: ArrayLike = 1.0) -> Floats:
    """F16: what each member saves when everyone pays the pool's price (€/yr)."""
    return contributions(A, delta, lam, phi).own_saving


def leave_one_out(A: ArrayLike, delta: float, lam: float, phi: ArrayLike = 1.0) -> Floats:
    """F16: v(N) − v(N without i) for each member (€/yr); does not sum to v(N)."""
    return contributions(A, delta, lam, phi).leave_one_out


def in_core(shares: ArrayLike, v: Floats) -> bool:
    """F16: whether no coalition would do better alone, to a relative 1e-9.

    Example:
        >>> in_core([3.0, 3.0], np.array([0.0, 0.0, 0.0, 6.0])), in_core([3.0, 2.0], np.array([0.0, 0.0, 3.0, 5.0]))
        (True, False)
    """
    return bool(np.all(subset_sums(shares) >= v - 1e-9 * max(1.0, float(v[-1]))))


def sampled_shares(
    A: Floats, moved: Floats, priced: Floats, slope: float, permutations: int, rng: np.random.Generator
) -> Floats:
    """F16: what each member of a lot adds on arrival, by order drawn: the mean of an order and of its reverse.

    Args:
        A: addressable spend per member (€/yr).
        moved: spend that each moves (€/yr, > 0).
        priced: volume it is priced on (€/yr, > 0).
        slope: ln(1 − δ/λ).
        permutations: orders drawn.
        rng: random source.

    Returns:
        permutations × members (€/yr per unit of λ'); each row sums to the gross saving of all.

    Source: design model F5, F16.
    """
    n = len(A)
    orders = rng.permuted(np.tile(np.arange(n), (permutations, 1)), axis=1)
    at_home = moved * np.exp(-slope * np.log2(A))
    return (_arrivals(A, moved, priced, at_home, orders, slope)
            + _arrivals(A, moved, priced, at_home, orders[:, ::-1], slope)) / 2  # fmt: skip


def _arrivals(A: Floats, moved: Floats, priced: Floats, at_home: Floats, orders: Ints, slope: float) -> Floats:
    """What each member adds to the saving (share of λ') when it comes, by order: orders × members."""
    rows, n = orders.shape
    V = np.cumsum(priced[orders], axis=1)
    row = np.arange(rows)[:, None]
    # a member starts to gain once the pool is larger than itself, for good since V only grows;
    # the rows are ranked in one search: each is put in an interval of its own
    top = 2 * max(float(V[:, -1].max()), float(A.max()))
    ranks = np.searchsorted((V / top + row).ravel(), (A[orders] / top + row).ravel(), side="right").reshape(rows, n)
    gains_from = np.maximum(np.arange(n), ranks - n * row)
    place = (gains_from + (n + 1) * row).ravel()
    size = rows * (n + 1)
    full, paid = (
        np.cumsum(np.bincount(place, part[orders].ravel(), size).reshape(rows, n + 1), axis=1)[:, :-1]
        for part in (moved, at_home)
    )
    added = np.diff(full - np.exp(slope * np.log2(V)) * paid, prepend=0.0, axis=1)
    by_member = np.empty_like(added)
    np.put_along_axis(by_member, orders, added, axis=1)
    return by_member
