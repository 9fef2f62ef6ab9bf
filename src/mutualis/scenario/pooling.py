"""A scenario's pools: cells and levers turned into the stakes, lots and dates that everything else prices."""

from dataclasses import dataclass

import numpy as np

from mutualis.levers import Levers
from mutualis.scenario.arrays import Floats, Ints
from mutualis.scenario.cells import Cells
from mutualis.scenario.hypotheses import Hypotheses, Overrides, hypotheses
from mutualis.scenario.membership import Membership, membership
from mutualis.scenario.pools import Pools, Stakes, gather
from mutualis.scenario.timing import Kernels, SharedEntry, switch_quarters, time_kernels


@dataclass(frozen=True)
class Pooling:
    """The pools as the levers make them.

    A *category* is a segment in a region (in the whole perimeter for an interregional framework): one procedure,
    divided into lots. Category = segment × ``n_regions`` + region.

    Attributes:
        cells, levers, hypotheses, membership: what it was made of.
        entry, kernels: when lines enter, what a euro is worth.
        line_eur: per line, addressable spend that members would move if it could, at κ (€/yr).
        line_procedures: per line, procedures per year likewise.
        stakes, pools: what each buyer brings, and the volumes.
        n_regions: categories per segment.
    """

    cells: Cells
    levers: Levers
    hypotheses: Hypotheses
    membership: Membership
    entry: SharedEntry
    kernels: Kernels
    line_eur: Floats
    line_procedures: Floats
    stakes: Stakes
    pools: Pools
    n_regions: int

    @property
    def category_segment(self) -> Ints:
        """Segment of each category."""
        return np.arange(self.stakes.n_categories) // self.n_regions

    @property
    def category_launch(self) -> Ints:
        """Start of each category's framework (quarter)."""
        return self.hypotheses.launch_quarter[self.category_segment]

    def by_segment(self, values: Floats) -> Floats:
        """Sum values of categories by segment; other axes are kept."""
        return np.asarray(values.reshape(-1, self.n_regions, *values.shape[1:]).sum(axis=1))


def build_pooling(cells: Cells, levers: Levers, overrides: Overrides, members: Membership | None = None) -> Pooling:
    """Put the cells into pools.

    Args:
        cells: spend.
        levers: values.
        overrides: own hypotheses by family or segment.
        members: who is a member, when it is not what the levers say (exit clause).

    Returns:
        The pools.

    Source: design model F1, F2, F4, F4b, F8-F10.
    """
    hyp = hypotheses(cells.segments, levers, overrides)
    members = members or membership(cells.buyers, levers)
    chance = members.chance[cells.pair_buyer]
    alpha = hyp.alpha[cells.pair_segment]
    wish = chance * alpha * levers.pooling_rate * levers.utilisation
    entry = _entry(cells, hyp.launch_quarter, levers.framework_years)
    kernels = time_kernels(levers.horizon_quarters, levers.ramp_quarters, levers.discount_rate)
    eur = cells.spend * cells.addressable
    addressable = cells.by_pair(eur)
    moved = cells.by_pair(eur * entry.share)
    priced = cells.by_pair(eur * entry.volume_weight) if levers.volume_mode == "prudent" else moved
    lots = cut_lots(cells, levers.territory, hyp.lots, addressable)
    n_pairs = len(cells.pair_buyer)
    stakes = Stakes(
        pair=np.arange(n_pairs),
        lot=lots.lot,
        pair_category=lots.pair_category,
        lot_category=lots.lot_category,
        n_categories=lots.n_regions * len(cells.segments.code),
        addressable=alpha * addressable,
        moved=wish * moved,
        priced=wish * priced,
        moved_value=wish * cells.by_pair(eur * entry.expected(kernels.H)),
        membership=chance,
    )
    at_line = wish[cells.pair]
    procedures = np.where(cells.spend > 0, at_line * cells.addressable * cells.procedures, 0.0)
    return Pooling(
        cells, levers, hyp, members, entry, kernels, at_line * eur, procedures, stakes, gather(stakes), lots.n_regions
    )


def _entry(cells: Cells, launch: Ints, framework_years: int) -> SharedEntry:
    """F9 for each distinct (start, end), whatever the number of lines."""
    starts, start = np.unique(launch, return_inverse=True)
    moments, n = cells.moments, len(cells.moments.end_quarter)
    entry = switch_quarters(
        np.tile(moments.end_quarter, len(starts)),
        np.tile(moments.duration_years, len(starts)),
        np.repeat(starts, n),
        framework_years,
    )
    at = cells.moment if len(starts) == 1 else cells.moment + n * start[cells.pair_segment][cells.pair]
    return SharedEntry(entry, at)


@dataclass(frozen=True)
class Lots:
    """Lot and category of each pair, category of each lot, and categories per segment."""

    lot: Ints
    pair_category: Ints
    lot_category: Ints
    n_regions: int


def cut_lots(cells: Cells, territory: str, lots: Ints, addressable: Floats) -> Lots:
    """Cut each segment into lots: by territory, then into lots of near volumes.

    Buyers of a territory are dealt, from the largest to the smallest, to its lots in turn and back.

    Args:
        cells: spend.
        territory: "perimeter", "region" or "department".
        lots: lots per territory, for each segment.
        addressable: volume of each pair (€/yr).

    Returns:
        The lots; some may be empty.
    """
    regions, region = cells.buyers.places["region"]
    if territory == "perimeter":
        region, place, n_regions, n_places = np.zeros_like(region), np.zeros_like(region), 1, 1
    elif territory == "region":
        place, n_regions, n_places = region, len(regions), len(regions)
    else:
        both = np.char.add(np.char.add(cells.buyers.region, "/"), cells.buyers.department)
        places, place = np.unique(both, return_inverse=True)
        n_regions, n_places = len(regions), len(places)
    region_of_place = np.zeros(n_places, dtype=np.intp)
    region_of_place[place] = region
    most = int(lots.max())
    where = cells.pair_segment * n_places + place[cells.pair_buyer]
    rank = _dealt(where, addressable, lots[cells.pair_segment]) if most > 1 else 0
    segment = np.repeat(np.arange(len(lots)), n_places * most)
    lot_region = np.tile(np.repeat(region_of_place, most), len(lots))
    return Lots(
        lot=where * most + rank,
        pair_category=cells.pair_segment * n_regions + region[cells.pair_buyer],
        lot_category=segment * n_regions + lot_region,
        n_regions=n_regions,
    )


def _dealt(where: Ints, volume: Floats, n: Ints) -> Ints:
    order = np.lexsort((-volume, where))
    group = where[order]
    first = np.append(True, group[1:] != group[:-1])
    position = np.arange(len(group)) - np.maximum.accumulate(np.where(first, np.arange(len(group)), 0))
    turn, seat = position // n[order], position % n[order]
    rank = np.empty(len(group), dtype=np.intp)
    rank[order] = np.where(turn % 2, n[order] - 1 - seat, seat)
    return rank
