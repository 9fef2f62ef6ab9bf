"""The exit clause: volunteers who would lose stay out, and so do those whom their leaving makes lose, in turn."""

import numpy as np

from mutualis.levers import Levers
from mutualis.scenario.cells import Cells
from mutualis.scenario.effects import effects
from mutualis.scenario.hypotheses import Overrides
from mutualis.scenario.membership import Membership, membership
from mutualis.scenario.pooling import build_pooling


def settled_membership(cells: Cells, levers: Levers, overrides: Overrides) -> Membership:
    """Let volunteers with a net loss at cruise stay out, together, and repeat until nobody leaves.

    Args:
        cells: spend.
        levers: values.
        overrides: own hypotheses by family or segment.

    Returns:
        Who is a member once settled; those who are obliged stay, whatever they lose.

    Source: design model F19, with the loss on the volume left behind and the malus counted.
    """
    members = membership(cells.buyers, levers)
    while True:
        pooling = build_pooling(cells, levers, overrides, members)
        net = cells.by_buyer(effects(pooling).net * pooling.stakes.moved)
        leaves = (net < 0) & (members.free > 0)
        if not leaves.any():
            return members
        members = members.without(np.where(leaves, 1.0, 0.0))
