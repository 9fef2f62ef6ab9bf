"""Degré de mutualisation of a segment: observed in the data, and recommended with its reasons.

0 information, 1 groupement, 2 PFRA région, 3 interrégional, 4 national. Recommended: the first rule that holds.

- 4: national vehicles (UGAP, DAE…) already carry half of the spend at least: join them rather than compete.
- 0: fewer than two buyers have something to pool, or no pool pays its yearly cost: share prices and end dates.
- 3: one pool over the regions brings, costs paid, a tenth more than a pool by region, and less than 70 % of the spend
  goes to suppliers of the buyer's region: the market is not local. An unknown place counts as local (prudence).
- 2: a region has five buyers at least, and the spend is shared as between three equal buyers at least (N₁ ≥ 3).
- 1: else, few buyers or one that dominates: it can carry the others.

Observed: the level that carries most of the pooled spend, when a tenth of the spend at least is pooled; else 0.

Source: the scale is the project's (docs/glossary.md); thresholds are judgement, to discuss with the PFRA.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEVELS = ("Information", "Groupement", "PFRA région", "Interrégional", "National")
NATIONAL_SHARE, LOCAL_SHARE, BETTER_TOGETHER = 0.5, 0.7, 1.1
PLATFORM_BUYERS, PLATFORM_N1 = 5, 3.0
POOLED_SHARE = 0.1


@dataclass(frozen=True)
class SegmentFacts:
    """What the rules look at; money in €/yr.

    Attributes:
        level_shares: share of the spend carried at each level 0 … 4 (they may add up to less than 1).
        local_share: share of the spend that goes to suppliers of the buyer's region, None if unknown.
        n_buyers, region_buyers, N1: buyers with something to pool, in the region that has most, as equal buyers (F13).
        by_region, cost: gain of a pool per region, and what it costs; over_regions, cost_over_regions: of one pool.
    """

    level_shares: Sequence[float]
    local_share: float | None
    n_buyers: int
    region_buyers: int
    N1: float
    by_region: float
    cost: float
    over_regions: float
    cost_over_regions: float


@dataclass(frozen=True)
class Advice:
    """A level, 0 to 4, and why, in a French sentence."""

    level: int
    reason: str


def observed_level(level_shares: Sequence[float]) -> int:
    """Tell which level carries the pooled spend of a segment.

    Args:
        level_shares: share of the spend at each level 0 … 4.

    Example:
        >>> observed_level([0.7, 0.0, 0.1, 0.0, 0.2]), observed_level([0.95, 0.0, 0.05, 0.0, 0.0])
        (4, 0)
    """
    pooled = list(level_shares[1:])
    return 1 + pooled.index(max(pooled)) if sum(pooled) >= POOLED_SHARE else 0


def recommended_level(facts: SegmentFacts) -> Advice:
    """Recommend a level for a segment.

    Args:
        facts: what the rules look at.

    Returns:
        The level and its reason.

    Example:
        >>> facts = SegmentFacts([0.9, 0.0, 0.1, 0.0, 0.0], 0.8, 12, 8, 6.0, 40e3, 9e3, 42e3, 6e3)
        >>> recommended_level(facts).level
        2
    """
    national = facts.level_shares[4]
    regional, common = facts.by_region - facts.cost, facts.over_regions - facts.cost_over_regions
    local = facts.local_share
    if national >= NATIONAL_SHARE:
        return Advice(4, f"Des véhicules nationaux portent déjà {_percent(national)} de la dépense\u202f: y adhérer.")
    if facts.n_buyers < 2:
        return Advice(0, "Une seule entité, ou aucune, a une dépense à mutualiser\u202f: partager prix et échéances.")
    if max(regional, common) <= 0:
        return Advice(0, "Le gain attendu ne paie pas la procédure commune\u202f: partager prix et échéances.")
    if common > BETTER_TOGETHER * max(regional, 0.0) and local is not None and local < LOCAL_SHARE:
        return Advice(3, f"Un seul accord-cadre rapporte plus que deux, et {_percent(1 - local)} de la dépense sort déjà de la région.")  # fmt: skip
    if facts.region_buyers >= PLATFORM_BUYERS and facts.N1 >= PLATFORM_N1:
        return Advice(2, f"{facts.region_buyers} entités dans une région, dépense comme entre {facts.N1:.0f} égales\u202f: la PFRA peut porter le marché.")  # fmt: skip
    if facts.region_buyers < PLATFORM_BUYERS:
        return Advice(1, f"{facts.region_buyers} entité{'s' if facts.region_buyers > 1 else ''} au plus par région\u202f: un groupement de commandes suffit.")  # fmt: skip
    return Advice(1, f"{facts.n_buyers} entités, mais la dépense est celle de {facts.N1:.0f} entités égales\u202f: la plus grande peut porter un groupement.")  # fmt: skip


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\u202f%"
