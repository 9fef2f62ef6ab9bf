"""What a scenario's result depends on: one lever at a time (F15), and the price of flexibility."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mutualis.levers import BY_KEY, Levers
from mutualis.scenario.arrays import dot, ratio
from mutualis.scenario.engine import Simulation
from mutualis.scenario.results import Result

# The levers whose value no one knows or that one decides; the others are facts of the project.
UNCERTAIN = (
    "effet", "adhesion", "volontaires", "rigidite", "taux", "residuel", "malus", "procedure", "montee", "cout_lancement",
    "cout_membre", "concentration", "volume",
)  # fmt: skip
RIGIDITIES = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Swing:
    """What one lever alone does to the NPVs (€), at its prudent and at its ambitious value."""

    key: str
    prudent: float
    ambitious: float
    prudent_budget: float
    ambitious_budget: float

    @property
    def span(self) -> float:
        """Difference between the two ends (€)."""
        return abs(self.ambitious - self.prudent)


def tornado(levers: Levers, simulate: Callable[[Levers], Result]) -> Sequence[Swing]:
    """F15: move one uncertain lever at a time to its prudent, then to its ambitious value.

    Args:
        levers: the scenario's.
        simulate: result of the scenario under other levers.

    Returns:
        One swing per lever that changes anything, the widest first.

    Source: design model F15.
    """
    found = []
    for key in UNCERTAIN:
        prudent, _, ambitious = BY_KEY[key].presets
        low, high = (simulate(levers.with_values({key: value})) for value in (prudent, ambitious))
        found.append(Swing(key, low.npv, high.npv, low.budget.npv, high.budget.npv))
    return sorted((swing for swing in found if swing.span > 0.5), key=lambda swing: -swing.span)


@dataclass(frozen=True)
class Flexibility:
    """One point of the frontier: obligation, économie achat (€/yr), NPV (€), freedom kept.

    ``freedom`` is the share of addressable spend that its buyer may place where it likes: what no obligation binds.
    """

    obligation: float
    purchase: float
    npv: float
    freedom: float


def flexibility_frontier(levers: Levers, simulate: Callable[[Levers], Simulation]) -> Sequence[Flexibility]:
    """Price flexibility: the same entities, from all free to all obliged.

    Args:
        levers: the scenario's; all but the obligation stay as they are.
        simulate: the scenario under other levers.

    Returns:
        Points from the most flexible to the most rigid.

    Source: product, « le prix de la souplesse ».
    """
    points = []
    for obligation in sorted({*RIGIDITIES, levers.obligation}):
        found = simulate(levers.with_values({"rigidite": obligation}))
        pooling, result = found.pooling, found.result
        obliged = pooling.membership.obliged[pooling.cells.pair_buyer] * levers.pooling_rate
        bound = ratio(dot(obliged, pooling.stakes.addressable), result.addressable)
        points.append(Flexibility(obligation, result.purchase.twelve_months, result.npv, 1 - bound))
    return points
