"""What each pair gains and loses per € it moves, once the pools are priced."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mutualis.scenario.arrays import Floats, floats
from mutualis.scenario.discount import discount_slope, effective_ceiling
from mutualis.scenario.pooling import Pooling
from mutualis.scenario.pools import rates


@dataclass(frozen=True)
class Effects:
    """Per pair, share of its moved spend: discount (≥ 0), residual loss and malus (≤ 0); whether its pool opens."""

    gross: Floats
    residual: Floats
    malus: Floats
    is_open: NDArray[np.bool_]

    @property
    def net(self) -> Floats:
        """Budgetary effect per € moved."""
        return self.gross + self.residual + self.malus


def price_slope(pooling: Pooling) -> tuple[Floats, Floats]:
    """Give each category's ln(1 − δ/λ) and λ' (F3)."""
    hyp, segment = pooling.hypotheses, pooling.category_segment
    beta, hhi = pooling.levers.supply_concentration, pooling.cells.segments.supplier_hhi
    return discount_slope(hyp.delta, hyp.lam)[segment], effective_ceiling(hyp.lam, beta, hhi)[segment]


def effects(pooling: Pooling) -> Effects:
    """Give each pair's effects per € moved, zero where no pool opens.

    Source: design model F3-F5b, F11, F12.
    """
    levers, stakes = pooling.levers, pooling.stakes
    priced = rates(stakes, pooling.pools, *price_slope(pooling))
    is_open = pooling.pools.is_open[stakes.pair_category]
    malus = levers.malus * floats(is_open & pooling.pools.has_company)
    # 0.0 − x, so that nothing lost reads 0.0 and not −0.0
    return Effects(priced.gross, 0.0 - levers.residual_loss * priced.loss, 0.0 - malus, is_open)


def malus_base(pooling: Pooling) -> tuple[Floats, Floats]:
    """Give, per segment, the spend that bears the malus: €/yr, and discounted € (F11: lots with two members or more)."""
    stakes, pools = pooling.stakes, pooling.pools
    bears = floats(pools.has_company & pools.is_open[stakes.pair_category])
    return pooling.cells.by_segment(stakes.moved * bears), pooling.cells.by_segment(stakes.moved_value * bears)


def spared_procedures(pooling: Pooling, weight: Floats) -> Floats:
    """F8: procedures per year that each pair is spared where pools open, times a weight per line."""
    is_open = pooling.pools.is_open[pooling.stakes.pair_category]
    return pooling.cells.by_pair(pooling.line_procedures * weight) * is_open
