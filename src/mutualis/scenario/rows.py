"""Results by segment, buyer and département: sums of what each pair gains and loses."""

from mutualis.scenario.arrays import Floats, sum_by
from mutualis.scenario.cells import Texts
from mutualis.scenario.effects import Effects
from mutualis.scenario.pooling import Pooling
from mutualis.scenario.results import Breakdown


def breakdowns(pooling: Pooling, effect: Effects, spared: Floats) -> tuple[Breakdown, Breakdown, Breakdown]:
    """Sum the effects by segment, by buyer and by département (€/yr at cruise).

    Args:
        pooling: the pools.
        effect: effects per pair.
        spared: procedures per year that each pair is spared at cruise.

    Returns:
        Breakdowns in the order of the segments, of the buyers, and of the département codes.
    """
    cells, moved = pooling.cells, pooling.stakes.moved
    parts = [
        cells.pair_spend,
        pooling.stakes.addressable,
        moved,
        effect.gross * moved,
        effect.residual * moved,
        effect.malus * moved,
        spared * pooling.levers.procedure_eur,
    ]
    departments, at = cells.buyers.places["department"]
    of_buyers = [cells.by_buyer(part) for part in parts]
    return (
        _rows(cells.segments.code, [cells.by_segment(part) for part in parts]),
        _rows(cells.buyers.key, of_buyers),
        _rows(departments, [sum_by(at, part, len(departments)) for part in of_buyers]),
    )


def _rows(code: Texts, parts: list[Floats]) -> Breakdown:
    spend, addressable, moved, gross, residual, malus, process = parts
    return Breakdown(code, spend, addressable, moved, gross, residual, malus, gross + residual + malus, process)
