"""Which firm gets a purchase: a rival of its trade, of a size and place that follow the trade's shares."""

import numpy as np

from mutualis.demo.world import REGIONS, World

# Large contracts go to SMEs less often: the log-odds fall with the log amount, in standard deviations.
SME_SLOPE = 0.3
# Where half the money stands, in standard deviations above the median: there a trade's SME share holds.
MONEY_CENTRE = 1.4
MID_CAP_SHARE = 0.6
LEADER_SHARE, N_LEADERS = 0.3, 3
NEIGHBOUR_SHARE = 0.45
OTHER_PILOT_SHARE = 0.02


def choose_suppliers(
    rng: np.random.Generator,
    world: World,
    buyer: np.ndarray,
    need: np.ndarray,
    level: np.ndarray,
    loyalty: float,
) -> np.ndarray:
    """Draw a firm for each purchase.

    Args:
        rng: the source of chance.
        world: the demo's lists.
        buyer: places in ``world.buyers``.
        need: places in ``world.needs``.
        level: the amount, in standard deviations of its logarithm.
        loyalty: share of purchases made from the firm one always goes back to.

    Returns:
        Places in ``world.suppliers``.
    """
    chance = rng.random((len(buyer), 5))
    loyal = rng.random(len(buyer)) < loyalty
    chance[loyal] = world.habits[buyer[loyal], need[loyal]]
    trade = world.needs["trade"].to_numpy()[need]
    home = world.buyers["zone"].to_numpy()[buyer]
    is_local = chance[:, 0] < world.trades["local_share"].to_numpy()[trade]
    away = np.where(chance[:, 0] > 1 - OTHER_PILOT_SHARE, 1 - home, len(REGIONS))
    zone = np.where(is_local, home, away)
    size = _sizes(chance, world.trades["sme_share"].to_numpy()[trade], level)
    count = world.pool_count[trade, zone, size]
    place = _places(chance, count, zone, world.buyers["department_rank"].to_numpy()[buyer])
    chosen: np.ndarray = world.pool_start[trade, zone, size] + place % count
    return chosen


def _sizes(chance: np.ndarray, sme_share: np.ndarray, level: np.ndarray) -> np.ndarray:
    log_odds = np.log(sme_share / (1 - sme_share)) + SME_SLOPE * (MONEY_CENTRE - level)
    is_sme = chance[:, 1] < 1 / (1 + np.exp(-log_odds))
    return np.where(is_sme, 0, np.where(chance[:, 2] < MID_CAP_SHARE, 1, 2))


def _places(chance: np.ndarray, count: np.ndarray, zone: np.ndarray, department_rank: np.ndarray) -> np.ndarray:
    """Regional leaders serve everyone, neighbours their département, the others anyone."""
    way, rank = chance[:, 3], chance[:, 4]
    n_departments = np.array([6, 8, 1])[zone]
    leader = np.floor(rank * np.minimum(N_LEADERS, count))
    turn = np.floor(rank**1.8 * np.maximum(count // n_departments, 1))
    neighbour = np.where(zone < len(REGIONS), department_rank, 0) + n_departments * turn
    anyone = np.floor(rank**1.5 * count)
    is_neighbour = way < LEADER_SHARE + NEIGHBOUR_SHARE
    place: np.ndarray = np.where(way < LEADER_SHARE, leader, np.where(is_neighbour, neighbour, anyone))
    return place.astype(np.int64)
