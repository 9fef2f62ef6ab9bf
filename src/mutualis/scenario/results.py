"""What a simulation gives. Three lines that are never added: économie achat, effet budgétaire, gain de gestion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mutualis.scenario.arrays import Floats, Ints
from mutualis.scenario.cells import Texts


@dataclass(frozen=True)
class PurchaseSaving:
    """*Économie achat* by the DAE rule: reference price less price obtained, on all that moved (€).

    Attributes:
        gross: price effect on what moves, 12 months at cruise.
        residual: what the volume left behind loses (≤ 0), 12 months at cruise.
        twelve_months: gross + residual.
        full_term: over the framework's duration, entries and ramp-up counted, undiscounted.
        by_year: the twelve-month saving by calendar year: each line's twelve months from its entry, pro rata.
        year_n, year_n1: the part of the launch's year N, and of the next.
    """

    gross: float
    residual: float
    twelve_months: float
    full_term: float
    by_year: Mapping[int, float]
    year_n: float
    year_n1: float


@dataclass(frozen=True)
class BudgetEffect:
    """*Effet budgétaire*: price, residual and malus only (€): per year at cruise, and discounted."""

    yearly: float
    malus: float
    npv: float


@dataclass(frozen=True)
class ProcessGain:
    """*Gain de gestion*, « temps redéployable »: per year at cruise; the bidders' side is beside it.

    ``procedures`` avoided, ``hours``, ``fte``, value ``eur`` of the agents' time; ``bidders_eur`` spared by firms.
    """

    procedures: float
    hours: float
    fte: float
    eur: float
    bidders_eur: float


@dataclass(frozen=True)
class Step:
    """One bar of the waterfall: discounted € over the horizon; a total is a level, not a move."""

    label: str
    eur: float
    is_total: bool


@dataclass(frozen=True)
class Cash:
    """Cash by quarter (€, undiscounted): price effect net of losses, process time valued, costs (≤ 0), and sum."""

    budget: Floats
    process: Floats
    costs: Floats
    total: Floats


@dataclass(frozen=True)
class Breakdown:
    """One row per segment, buyer or département (€/yr at cruise; ``net`` = gross + residual + malus).

    A row with net < 0 is a loser. The agents' time spared is apart, never in ``net``.
    """

    code: Texts
    spend: Floats
    addressable: Floats
    moved: Floats
    gross: Floats
    residual: Floats
    malus: Floats
    net: Floats
    process_eur: Floats

    @property
    def losers(self) -> Ints:
        """Positions of those who lose, the worst first."""
        order = self.net.argsort()
        return order[self.net[order] < -0.005]

    @property
    def winners(self) -> Ints:
        """Positions of those who win, the best first."""
        order = (-self.net).argsort()
        return order[self.net[order] > 0.005]


@dataclass(frozen=True)
class SegmentProject:
    """Each segment as a project, in the order of the segments: discounted €, members, lots, first quarter."""

    npv: Floats
    npv_budget: Floats
    npv_process: Floats
    npv_costs: Floats
    members: Ints
    lots: Ints
    launch_quarter: Ints


@dataclass(frozen=True)
class SmallFirms:
    """F14 per segment: SME share and supplier HHI before and after, guard-rail and the lots that mend it.

    Attributes:
        share_before, share_after: SME share of the segment's spend.
        lot_share: predicted SME share of the worst lot; ``floor`` the share to keep; ``is_broken`` if below.
        lots_needed: smallest number of lots that keeps the floor everywhere.
        hhi_before, hhi_after: supplier HHI (after: worst case, one new winner per lot).
        total_before, total_after: SME share of all the spend.
    """

    share_before: Floats
    share_after: Floats
    lot_share: Floats
    floor: Floats
    is_broken: NDArray[np.bool_]
    lots_needed: Floats
    hhi_before: Floats
    hhi_after: Floats
    total_before: float
    total_after: float


@dataclass(frozen=True)
class Workload:
    """PFRA's workload by quarter against its capacity: procedures launched, and agent-days."""

    procedures: Floats
    procedures_capacity: float
    days: Floats
    days_capacity: float

    @property
    def is_over(self) -> Ints:
        """Quarters above capacity."""
        over = (self.procedures > self.procedures_capacity) | (self.days > self.days_capacity)
        return over.nonzero()[0]


@dataclass(frozen=True)
class Result:
    """A scenario's point estimate.

    ``spend``, ``addressable``, ``moved`` (€/yr); ``moved_share`` of spend, ``gross_rate`` and ``net_rate`` of moved
    spend; ``dae_ratio`` = économie achat / spend, to be read beside DAE's ``DAE_RATIO``; ``npv`` is the economic
    one; ``warnings`` are French sentences.
    """

    spend: float
    addressable: float
    moved: float
    moved_share: float
    gross_rate: float
    net_rate: float
    dae_ratio: float
    purchase: PurchaseSaving
    budget: BudgetEffect
    process: ProcessGain
    npv: float
    npv_costs: float
    waterfall: Sequence[Step]
    cash: Cash
    payback_quarter: int | None
    by_segment: Breakdown
    by_buyer: Breakdown
    by_department: Breakdown
    projects: SegmentProject
    small_firms: SmallFirms
    workload: Workload
    warnings: Sequence[str]
