"""Contracts drawn over five years: amounts, terms that end together, frameworks and their call-offs."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from mutualis.demo.suppliers import choose_suppliers
from mutualis.demo.world import World, pick

FIRST_DAY = np.datetime64("2021-07-01")
LAST_DAY = np.datetime64("2026-06-30")
DAYS_PER_MONTH = 30.4375
# Lognormal amounts (design, data.md): median 57 k€, 95th percentile 2.1 M€, without the tails beyond belief.
MEDIAN_EUR, P95_EUR = 57_000.0, 2_100_000.0
LOWEST, HIGHEST = 0.02, 0.9965
# Contracts by month, January first: the year's end, spring, little in August.
MONTH_WEIGHTS = np.array([7, 7, 9, 9, 8, 10, 9, 4, 8, 9, 10, 12], dtype=float)
YEARLY_GROWTH = 0.03
LAG_WEIGHTS = {-1: 0.45, -2: 0.8}
WAVE_SHARE, YEAR_END_SHARE = 0.4, 0.25
WAVE_DAYS = 25
CEILING_SHARE, CALL_OFF_SHARE, CEILING_FACTOR = 0.16, 0.1, 2.5
LOYALTY = 0.3


@dataclass(frozen=True)
class Contracts:
    """Parallel arrays, one entry per contract.

    Attributes:
        buyer, need, supplier: places in the world's lists.
        amount_eur: EUR excl. VAT.
        level: the amount, in standard deviations of its logarithm.
        day: notification.
        months: term.
        is_ceiling: a framework agreement, whose amount is a maximum.
        framework: the place of the framework a call-off belongs to, else -1.
    """

    buyer: np.ndarray
    need: np.ndarray
    supplier: np.ndarray
    amount_eur: np.ndarray
    level: np.ndarray
    day: np.ndarray
    months: np.ndarray
    is_ceiling: np.ndarray
    framework: np.ndarray


def draw_contracts(rng: np.random.Generator, world: World, n: int) -> Contracts:
    """Draw contracts.

    Args:
        rng: the source of chance.
        world: the demo's lists.
        n: how many.
    """
    buyer = pick(rng, world.buyer_chances, np.zeros(n, dtype=np.int64))
    need = pick(rng, world.need_chances("contract_weight"), buyer)
    months = _months(rng, world, need)
    day = _days(rng, world, buyer, need, months >= 24)
    is_ceiling = (months >= 24) & (rng.random(n) < CEILING_SHARE)
    framework = np.where(rng.random(n) < CALL_OFF_SHARE, _framework_of(rng, is_ceiling, n), -1)
    framework[is_ceiling] = -1
    called = framework >= 0
    buyer[called], need[called] = buyer[framework[called]], need[framework[called]]
    after = rng.random(n) * (LAST_DAY - day[framework]).astype(np.int64)
    day = np.where(called, day[framework] + after.astype("timedelta64[D]"), day)
    months = np.where(called, np.minimum(months, 12), months)
    level = _levels(rng, world, buyer, need, is_ceiling)
    amount = _amounts(level) * np.where(is_ceiling, CEILING_FACTOR, 1)
    amount = np.where(is_ceiling, np.ceil(amount / 10_000) * 10_000, np.round(amount, 2))
    supplier = choose_suppliers(rng, world, buyer, need, level, LOYALTY)
    supplier[called] = supplier[framework[called]]
    trade = world.needs["trade"].to_numpy()[need]
    from_ugap = (world.trades["vehicle"] == "UGAP").to_numpy()[trade] & ~is_ceiling & ~called
    from_ugap &= rng.random(n) < world.trades["vehicle_share"].to_numpy()[trade]
    supplier[from_ugap] = len(world.suppliers) - 1
    return Contracts(buyer, need, supplier, amount, level, day, months, is_ceiling, framework)


def draw_days(rng: np.random.Generator, n: int, weights: np.ndarray) -> np.ndarray:
    """Draw days of the five years.

    Args:
        rng: the source of chance.
        n: how many.
        weights: of the twelve months, January first.
    """
    months = np.arange("2021-07", "2026-07", dtype="datetime64[M]")
    chances = weights[months.astype(int) % 12] * (1 + YEARLY_GROWTH) ** (np.arange(len(months)) / 12)
    for place, factor in LAG_WEIGHTS.items():  # the last contracts are not all published yet
        chances[place] *= factor
    month = months[rng.choice(len(months), n, p=chances / chances.sum())]
    length = ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")).astype(np.int64)
    day: np.ndarray = month.astype("datetime64[D]") + np.floor(rng.random(n) * length).astype("timedelta64[D]")
    return day


def _months(rng: np.random.Generator, world: World, need: np.ndarray) -> np.ndarray:
    usual = world.needs["months"].to_numpy()[need]
    is_works = (world.needs["kind"] == "Travaux").to_numpy()[need]
    works = np.maximum(2, np.round(usual * rng.uniform(0.6, 1.6, len(need))))
    other = np.where(rng.random(len(need)) < 0.75, usual, rng.choice([12, 24, 36, 48], len(need)))
    return np.where(is_works, works, other).astype(np.int64)


def _days(
    rng: np.random.Generator, world: World, buyer: np.ndarray, need: np.ndarray, is_recurrent: np.ndarray
) -> np.ndarray:
    """Recurrent needs come in waves by region and trade, or end with the year: their expiries cluster."""
    n = len(buyer)
    day = draw_days(rng, n, MONTH_WEIGHTS)
    # the same wave for the same region and trade, whatever the chunk
    waves = FIRST_DAY + (180 + 1500 * world.habits[:2, : len(world.trades), 0]).astype("timedelta64[D]")
    wave = waves[world.buyers["zone"].to_numpy()[buyer], world.needs["trade"].to_numpy()[need]]
    wave = wave + np.round(WAVE_DAYS * rng.standard_normal(n)).astype("timedelta64[D]")
    year_end = np.array([f"{year}-12-20" for year in range(2021, 2026)], dtype="datetime64[D]")
    year_end = year_end[rng.integers(0, 5, n)] + rng.integers(0, 12, n).astype("timedelta64[D]")
    way = np.where(is_recurrent, rng.random(n), 1)
    clustered = np.where(way < WAVE_SHARE, wave, np.where(way < WAVE_SHARE + YEAR_END_SHARE, year_end, day))
    return np.clip(clustered, FIRST_DAY, LAST_DAY)


def _framework_of(rng: np.random.Generator, is_ceiling: np.ndarray, n: int) -> np.ndarray:
    frameworks = np.flatnonzero(is_ceiling)
    return frameworks[rng.integers(0, len(frameworks), n)] if len(frameworks) else np.full(n, -1)


def _levels(
    rng: np.random.Generator, world: World, buyer: np.ndarray, need: np.ndarray, is_ceiling: np.ndarray
) -> np.ndarray:
    """Rank contracts by buyer, trade and chance, then give them evenly spaced quantiles of a normal law."""
    trade = world.needs["trade"].to_numpy()[need]
    score = 0.35 * np.log(world.buyers["size"].to_numpy()[buyer]) + rng.standard_normal(len(buyer))
    score += world.trades["amount_level"].to_numpy()[trade]
    levels = np.empty(len(buyer))
    for part in (is_ceiling, ~is_ceiling):  # the stated spread is that of spend, ceilings apart
        rank = np.argsort(np.argsort(score[part]))
        share = (rank + 0.5) / max(len(rank), 1)
        levels[part] = ndtri(LOWEST + share * (HIGHEST - LOWEST))
    return levels


def _amounts(level: np.ndarray) -> np.ndarray:
    middle, high = (ndtri(LOWEST + share * (HIGHEST - LOWEST)) for share in (0.5, 0.95))
    sigma = np.log(P95_EUR / MEDIAN_EUR) / (high - middle)
    amounts: np.ndarray = MEDIAN_EUR * np.exp(sigma * (level - middle))
    return amounts
