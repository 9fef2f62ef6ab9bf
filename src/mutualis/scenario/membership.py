"""Who is a member: obliged, free to join, or not invited."""

from dataclasses import dataclass

import numpy as np

from mutualis.levers import Levers
from mutualis.scenario.arrays import Floats
from mutualis.scenario.cells import Buyers

# State services can be obliged; their public bodies are always volunteers; partners come when invited.
STATE_SERVICES = ("prefecture", "state_service", "education", "justice")
PUBLIC_BODIES = ("public_body", "university")
PARTNERS = {"none": (), "hospital": ("hospital",), "local_authority": ("local_authority",)}
PARTNERS["all"] = ("hospital", "local_authority", "other")


@dataclass(frozen=True)
class Membership:
    """Per buyer, the chance to be obliged and to join freely; their sum is its chance to be a member.

    A volunteer's chance makes its volume an expectation: u = chance × ρκα·y, seen by all; what it leaves behind
    (F5b) is computed as a member's, times its chance. With chances of 0 and 1 this is the model to the letter.
    """

    obliged: Floats
    free: Floats

    @property
    def chance(self) -> Floats:
        """Chance to be a member."""
        return self.obliged + self.free

    def without(self, leavers: Floats) -> "Membership":
        """Let some buyers (1, others 0) use their freedom to stay out."""
        return Membership(self.obliged, self.free * (1 - leavers))


def membership(buyers: Buyers, levers: Levers) -> Membership:
    """Settle who is a member (F2: membership, 0 for non-members).

    Args:
        buyers: the buyers.
        levers: obligation, volunteers, partners.

    Returns:
        The chances, in the order of the buyers.

    Source: design model F2; Hansel for the volunteers' share.
    """
    obliged = np.where(np.isin(buyers.type, STATE_SERVICES), levers.obligation, 0.0)
    invited = np.isin(buyers.type, (*STATE_SERVICES, *PUBLIC_BODIES, *PARTNERS[levers.partners]))
    return Membership(obliged, np.where(invited, (1 - obliged) * levers.volunteers, 0.0))
