"""When lines enter the pool and what a euro saved from then on is worth (F9, F10)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mutualis.scenario.arrays import Floats, Ints, floats, sum_by


@dataclass(frozen=True)
class Kernels:
    """F10: H and H1 for each switch quarter 0…T, discount factors d and ramp g for each quarter 0…T−1."""

    H: Floats
    H1: Floats
    discount: Floats
    ramp: Floats

    @property
    def d0(self) -> float:
        """Discount factor of the first quarter."""
        return float(self.discount[0])

    def ramped(self, entries: Floats) -> Floats:
        """Turn yearly flows that begin at each quarter (length T) into ramped cash by quarter (length T)."""
        return np.convolve(entries, self.ramp)[: len(entries)] / 4


def time_kernels(T: int, R: float, r: float) -> Kernels:
    """F10: d_t = (1+r)^{−(t+½)/4}, g(j) = min(1, (j+1)/R), H[τ] = Σ_{t≥τ} d_t g(t−τ)/4, H₁ with g = 1.

    Args:
        T: horizon (quarters).
        R: ramp-up (quarters); at most 1 means at once.
        r: yearly discount rate.

    Returns:
        The kernels: the value of 1 €/yr saved from quarter τ on is ``H[τ]``.

    Example:
        >>> kernels = time_kernels(16, 4, 0.032)
        >>> round(float(kernels.H[0]), 6), round(float(kernels.H1[0]), 6)
        (3.386682, 3.758259)

    Source: design model F10.
    """
    t = np.arange(T)
    discount = (1 + r) ** (-(t + 0.5) / 4)
    ramp = _ramp(T, R)
    # H[τ] is the discounted tail correlated with the ramp
    H = np.append(np.convolve(discount[::-1], ramp)[:T][::-1], 0.0) / 4
    H1 = np.append(np.cumsum(discount[::-1])[::-1], 0.0) / 4
    return Kernels(H, H1, discount, ramp)


def _ramp(T: int, R: float) -> Floats:
    return np.minimum(1.0, np.arange(1, T + 1) / R) if R > 0 else np.ones(T)


@dataclass(frozen=True)
class Entry:
    """F9: each line switches in one of ``admitted`` quarters from ``first`` on, each with chance 1/``window``.

    A known end is a window of one quarter. ``admitted`` is 0 for a line that stays out.
    """

    first: Ints
    window: Floats
    admitted: Ints
    last: Floats
    span: Floats

    @property
    def share(self) -> Floats:
        """Chance that the line moves before the framework ends."""
        return self.admitted / self.window

    @property
    def volume_weight(self) -> Floats:
        """F4b: expected (t_end − τ)/(t_end − t_c), the part of the framework's life in which the line buys."""
        m = self.admitted
        return (m * (self.last - self.first) - m * (m - 1) / 2) / (self.span * self.window)

    def expected(self, kernel: Floats) -> Floats:
        """Expected value of a kernel over the switch quarter, lines that stay out counting 0."""
        cumulated = np.concatenate([[0.0], np.cumsum(kernel)])
        end = len(kernel)
        stop = np.minimum(self.first + self.admitted, end)
        return np.asarray((cumulated[stop] - cumulated[np.minimum(self.first, end)]) / self.window)

    def until_end(self, R: float) -> Floats:
        """Expected value, ramped and undiscounted, of 1 €/yr from the switch quarter to the framework's end (€)."""
        longest = int(np.ceil(self.span.max()))
        within = np.concatenate([[0.0], np.cumsum(_ramp(longest, R)) / 4])
        cumulated = np.concatenate([[0.0], np.cumsum(within)])
        left = np.maximum(np.rint(self.last - self.first).astype(np.intp) + 1, 0)
        return np.asarray((cumulated[left] - cumulated[np.maximum(left - self.admitted, 0)]) / self.window)

    def by_quarter(self, flow: Floats, T: int) -> Floats:
        """Sum a yearly flow per line (before the chance to move) by switch quarter 0…T−1."""
        part = flow / self.window
        start = np.bincount(np.minimum(self.first, T), part, T + 1)
        stop = np.bincount(np.minimum(self.first + self.admitted, T), part, T + 1)
        return np.asarray(np.cumsum(start - stop)[:T])


@dataclass(frozen=True)
class SharedEntry:
    """Entries of many lines which share few moments: what ``Entry`` gives, computed once per moment."""

    moments: Entry
    at: Ints

    @property
    def share(self) -> Floats:
        """Chance that each line moves before the framework ends."""
        return self.moments.share[self.at]

    @property
    def volume_weight(self) -> Floats:
        """F4b: expected part of the framework's life in which each line buys."""
        return self.moments.volume_weight[self.at]

    def expected(self, kernel: Floats) -> Floats:
        """Expected value of a kernel over each line's switch quarter."""
        return self.moments.expected(kernel)[self.at]

    def until_end(self, R: float) -> Floats:
        """Expected value, ramped and undiscounted, of 1 €/yr from each line's entry to the framework's end (€)."""
        return self.moments.until_end(R)[self.at]

    def by_quarter(self, flow: Floats, T: int) -> Floats:
        """Sum a yearly flow per line (before the chance to move) by switch quarter 0…T−1."""
        return self.moments.by_quarter(sum_by(self.at, flow, len(self.moments.first)), T)

    @property
    def last_quarter(self) -> int:
        """First quarter in which no line can enter any more."""
        return int(np.ceil(self.moments.last.max()))


def switch_quarters(e: ArrayLike, D: ArrayLike, t_c: ArrayLike, D_pool: float) -> Entry:
    """F9: a line enters at τ = max(t_c, e + 1); unknown end: uniform over t_c … t_c + 4D − 1; out if τ ≥ t_end.

    Args:
        e: quarter in which each contract ends (NaN or None if unknown; negative if already over).
        D: duration of each contract (years).
        t_c: quarter in which the framework starts, for all or per line.
        D_pool: duration of the framework (years); t_end = t_c + 4·D_pool.

    Returns:
        The entry of each line.

    Example:
        >>> entry = switch_quarters([3, -1, None, 30], [4, 2, 8, 4], 2, 4)
        >>> entry.first.tolist(), entry.share.tolist()
        ([4, 2, 2, 31], [1.0, 1.0, 0.5, 0.0])

    Source: design model F9.
    """
    e, D, t_c = np.broadcast_arrays(floats(e), floats(D), floats(t_c))
    unknown = np.isnan(e)
    last = t_c + 4 * D_pool
    first = np.where(unknown, t_c, np.maximum(t_c, np.where(unknown, 0, e) + 1))
    window = np.where(unknown, np.maximum(1, np.rint(4 * D)), 1.0)
    admitted = np.clip(np.minimum(window, np.ceil(last - first)), 0, None)
    return Entry(first.astype(np.intp), window, admitted.astype(np.intp), last, last - t_c)
