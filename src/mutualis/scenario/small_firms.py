"""Small firms and competition in a scenario: the guard-rail, and the number of lots that mends it."""

import numpy as np

from mutualis.scenario.arrays import dot, ratio, share_of, sum_by
from mutualis.scenario.guardrail import hhi_after, largest_lot, smallest_number_of_lots, sme_share
from mutualis.scenario.pooling import Pooling
from mutualis.scenario.results import SmallFirms

LEAST_SHARE = 1e-6  # a segment without SMEs has none to lose


def small_firms(pooling: Pooling) -> SmallFirms:
    """Compare SME share and supplier HHI before and after pooling.

    Args:
        pooling: the pools.

    Returns:
        Per segment and in total.

    Source: design model F14.
    """
    cells, levers, segments = pooling.cells, pooling.levers, pooling.cells.segments
    n, of_lot = len(segments.code), pooling.stakes.lot_category // pooling.n_regions
    is_open = pooling.pools.is_open[pooling.stakes.lot_category]
    V = sum_by(pooling.stakes.lot, pooling.stakes.moved, len(of_lot)) * is_open
    used = np.nonzero(V > 0)[0]
    V, of_lot = V[used], of_lot[used]
    before = np.clip(segments.sme_share, 0.0, 1.0)
    b, floor = levers.sme_sensitivity, np.maximum(before - levers.sme_drop, 0.0)
    after = sme_share(V, np.clip(before, LEAST_SHARE, 1 - LEAST_SHARE)[of_lot], segments.mean_contract_eur[of_lot], b)
    lot_share = np.array(before)
    np.minimum.at(lot_share, of_lot, after)
    v_max = largest_lot(
        np.clip(before, LEAST_SHARE, 1 - LEAST_SHARE), segments.mean_contract_eur, b, np.maximum(floor, LEAST_SHARE / 2)
    )
    spend, pooled = cells.by_segment(cells.pair_spend), sum_by(of_lot, V, n)
    share = share_of(pooled, spend)
    in_lots = share_of(sum_by(of_lot, V * after, n), spend)
    share_after = in_lots + (1 - share) * before
    total = float(spend.sum())
    return SmallFirms(
        share_before=before,
        share_after=share_after,
        lot_share=lot_share,
        floor=floor,
        is_broken=lot_share < floor - 1e-9,
        lots_needed=sum_by(of_lot, smallest_number_of_lots(V, v_max[of_lot]), n),
        hhi_before=segments.supplier_hhi,
        hhi_after=hhi_after(V, spend, segments.supplier_hhi, of_lot),
        total_before=ratio(dot(spend, before), total),
        total_after=ratio(dot(spend, share_after), total),
    )
