"""Payment lines: invoices of the contracts, and direct purchases outside any contract."""

from dataclasses import dataclass

import numpy as np

from mutualis.demo.contracts import DAYS_PER_MONTH, FIRST_DAY, LAST_DAY, Contracts, draw_days
from mutualis.demo.suppliers import choose_suppliers
from mutualis.demo.world import World, pick

INVOICE_SHARE, MAX_INVOICES = 0.3, 60
# Contracts are seldom spent to their last euro; most of what recurs had a contract before the first day.
SPENT_SHARE, FOLLOWING_SHARE = (0.6, 1.0), 0.9
# Direct purchases: with the small invoices, lines under 25 k€ average 2.3 k€ (design, data.md).
DIRECT_MEDIAN_EUR, DIRECT_SIGMA, DIRECT_LIMIT_EUR = 870.0, 1.36, 24_900.0
DIRECT_LEVEL, DIRECT_LOYALTY = -1.0, 0.6
# The year's end is a rush, January is spent closing the books.
MONTH_WEIGHTS = np.array([5, 7, 9, 8, 8, 9, 8, 5, 8, 10, 11, 12], dtype=float)
# Prices: each buyer its own, a little lower for the large, rising with time, lower through a shared vehicle.
BUYER_SPREAD, LINE_SPREAD, SIZE_ELASTICITY, INFLATION, VEHICLE_PRICE = 0.14, 0.03, 0.05, 0.025, 0.93


@dataclass(frozen=True)
class Payments:
    """Parallel arrays, one entry per line.

    Attributes:
        buyer, need, supplier: places in the world's lists.
        amount_eur: EUR excl. VAT.
        day: of payment.
        is_pooled: bought through the vehicle of its trade.
        quantity, unit_price_eur: NaN where the need has no article.
    """

    buyer: np.ndarray
    need: np.ndarray
    supplier: np.ndarray
    amount_eur: np.ndarray
    day: np.ndarray
    is_pooled: np.ndarray
    quantity: np.ndarray
    unit_price_eur: np.ndarray


def draw_payments(rng: np.random.Generator, world: World, contracts: Contracts, n: int) -> Payments:
    """Draw payment lines.

    Args:
        rng: the source of chance.
        world: the demo's lists.
        contracts: those invoiced.
        n: how many lines.
    """
    contract, invoiced, paid_on = _invoices(rng, world, contracts, round(n * INVOICE_SHARE))
    n_direct = n - len(contract)
    direct_buyer = pick(rng, world.buyer_chances, np.zeros(n_direct, dtype=np.int64))
    direct_need = pick(rng, world.need_chances("payment_weight"), direct_buyer)
    level = np.full(n_direct, DIRECT_LEVEL)
    direct_supplier = choose_suppliers(rng, world, direct_buyer, direct_need, level, DIRECT_LOYALTY)
    direct = DIRECT_MEDIAN_EUR * np.exp(DIRECT_SIGMA * rng.standard_normal(n_direct))
    buyer = np.concatenate([contracts.buyer[contract], direct_buyer])
    need = np.concatenate([contracts.need[contract], direct_need])
    supplier = np.concatenate([contracts.supplier[contract], direct_supplier])
    amount = np.concatenate([invoiced, np.minimum(direct, DIRECT_LIMIT_EUR)])
    day = np.concatenate([paid_on, draw_days(rng, n_direct, MONTH_WEIGHTS)])
    is_pooled = _pooled(rng, world, need, supplier)
    ugap = is_pooled & (world.trades["vehicle"] == "UGAP").to_numpy()[world.needs["trade"].to_numpy()[need]]
    supplier = np.where(ugap, len(world.suppliers) - 1, supplier)
    price, quantity, amount = _unit_prices(rng, world, buyer, need, day, is_pooled, amount)
    return Payments(buyer, need, supplier, amount, day, is_pooled, quantity, price)


def _invoices(
    rng: np.random.Generator, world: World, contracts: Contracts, wanted: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Spread each contract, and the older one it follows, over invoices: (contract, EUR, day)."""
    spent = np.flatnonzero(~contracts.is_ceiling)[:wanted]
    amount, months = contracts.amount_eur[spent], contracts.months[spent]
    term = np.round(months * DAYS_PER_MONTH)
    started = (contracts.day[spent] - FIRST_DAY).astype(np.int64)
    ended = np.minimum(started + term, (LAST_DAY - FIRST_DAY).astype(np.int64))
    is_works = (world.needs["kind"] == "Travaux").to_numpy()[contracts.need[spent]]
    # what recurs was bought before, on the same footing, by a contract older than the data
    follows = ~is_works & (months >= 12) & (rng.random(len(spent)) < FOLLOWING_SHARE)
    started = np.where(follows, np.maximum(started - term, 0), started)
    due = amount * rng.uniform(*SPENT_SHARE, len(spent)) * np.maximum((ended - started) / term, 1 / term)
    n_each = _instalments(due, wanted)
    contract = np.repeat(np.arange(len(spent)), n_each)
    share = rng.uniform(0.7, 1.3, len(contract))
    share /= np.bincount(contract, share, minlength=len(spent))[contract]
    turn = np.arange(len(contract)) - np.repeat(np.cumsum(n_each) - n_each, n_each)
    moment = started[contract] + (ended - started)[contract] * (turn + rng.random(len(contract))) / n_each[contract]
    day = FIRST_DAY + np.floor(moment).astype("timedelta64[D]")
    return spent[contract], np.maximum(due[contract] * share, 0.01), day


def _instalments(due: np.ndarray, wanted: int) -> np.ndarray:
    """Number each contract's invoices, by equal slices of money, so that they sum to at most ``wanted``."""
    low, high = 1.0, float(due.max(initial=1.0)) + 1
    for _ in range(50):
        slice_eur = (low * high) ** 0.5
        n_each = 1 + np.minimum(due // slice_eur, MAX_INVOICES - 1).astype(np.int64)
        low, high = (slice_eur, high) if n_each.sum() > wanted else (low, slice_eur)
    return 1 + np.minimum(due // high, MAX_INVOICES - 1).astype(np.int64)


def _pooled(rng: np.random.Generator, world: World, need: np.ndarray, supplier: np.ndarray) -> np.ndarray:
    share = world.trades["vehicle_share"].to_numpy()[world.needs["trade"].to_numpy()[need]]
    is_pooled: np.ndarray = (rng.random(len(need)) < share) | (supplier == len(world.suppliers) - 1)
    return is_pooled


def _unit_prices(
    rng: np.random.Generator,
    world: World,
    buyer: np.ndarray,
    need: np.ndarray,
    day: np.ndarray,
    is_pooled: np.ndarray,
    amount: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give (price, quantity, amount); where the need has no article, no price nor quantity."""
    usual = world.needs["unit_price_eur"].to_numpy()[need]
    # an even draw that recurs, widened to the standard deviation of the spread
    own = (world.habits[buyer, need, 4] - 0.5) * BUYER_SPREAD * 12**0.5
    years = (day - FIRST_DAY).astype(np.int64) / 365.25
    log_price = own + LINE_SPREAD * rng.standard_normal(len(need)) + INFLATION * years
    log_price -= SIZE_ELASTICITY * np.log(world.buyers["size"].to_numpy()[buyer])
    price = np.round(usual * np.exp(log_price) * np.where(is_pooled, VEHICLE_PRICE, 1), 2)
    quantity = np.maximum(np.round(amount / price), 1)
    return price, quantity, np.round(np.where(np.isnan(price), amount, price * quantity), 2)
