"""Who brings what: coalitions, Shapley value, leave-one-out (F16)."""

import numpy as np
from numpy.typing import ArrayLike

from mutualis.scenario.discount import Floats, discount_rate, doublings


def coalition_values(A: ArrayLike, delta: float, lam: float, phi: ArrayLike = 1.0) -> Floats:
    """Tabulate the gross saving of every coalition of one lot.

    Args:
        A: annual spend per member, EUR; at most about 20 members.
        delta: discount per doubling.
        lam: ceiling of discounts.
        phi: share of spend that each member moves.

    Returns:
        2ⁿ values, EUR a year; bit i of the index says whether member i is in. 0 below two active members.

    Source: F16.
    """
    own = np.asarray(A, float)
    u = np.broadcast_to(np.asarray(phi, float), own.shape) * own
    member = (np.arange(1 << own.size)[:, None] >> np.arange(own.size)) & 1
    V = member @ u
    saving = np.zeros(1 << own.size)
    for i in range(own.size):
        saving += member[:, i] * u[i] * discount_rate(doublings(own[i], V), delta, lam)
    return np.where(member @ (u > 0) >= 2, saving, 0.0)


def shapley(values: ArrayLike) -> Floats:
    """Share the whole coalition's value among its members, exactly.

    Args:
        values: 2ⁿ values of coalitions, as ``coalition_values`` gives them.

    Returns:
        n shares; they sum to the value of all.

    Source: F16 (Shapley 1953).

    Examples:
        >>> shapley([0.0, 0.0, 0.0, 10.0])
        array([5., 5.])
    """
    v = np.asarray(values, float)
    n = int(v.size).bit_length() - 1
    coalition = np.arange(v.size)
    size = np.array([int(c).bit_count() for c in coalition])
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    shares = np.empty(n)
    for i in range(n):
        without = coalition[(coalition >> i) & 1 == 0]
        s = size[without]
        weight = np.exp(log_factorial[s] + log_factorial[n - s - 1] - log_factorial[n])
        shares[i] = weight @ (v[without | (1 << i)] - v[without])
    return shares


def leave_one_out(values: ArrayLike) -> Floats:
    """Give what the whole loses when each member leaves; these do not sum to the whole. Source: F16."""
    v = np.asarray(values, float)
    n = int(v.size).bit_length() - 1
    return np.array([v[-1] - v[(v.size - 1) ^ (1 << i)] for i in range(n)])
