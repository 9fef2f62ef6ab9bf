"""The potential of segments: the same figures as the one-category formulas, by another road; levels by rule."""

from dataclasses import replace

import numpy as np
import pytest

from mutualis.levers import FAMILIES, preset
from mutualis.scenario.discount import pooled_saving
from mutualis.scenario.fragmentation import fragmentation
from mutualis.scenario.pooling_level import LEVELS, SegmentFacts, observed_level, recommended_level
from mutualis.scenario.potential import Stock, potential

CENTRAL = preset("central")
FAMILY = np.array(["FOU", "ENT", "NUM"])
HHI = np.array([0.2, 0.0, 0.5])


@pytest.fixture
def stock() -> Stock:
    rng = np.random.default_rng(7)
    segment = np.repeat([0, 1], [40, 25])
    own = rng.lognormal(10, 1.5, len(segment))
    return Stock(
        segment, rng.integers(0, 2, len(segment)), np.arange(len(segment)), own * 1.25, own, FAMILY[:2], HHI[:2]
    )


def expected_gain(stock: Stock, segment: int, region: int | None) -> float:
    """F2-F5b for one category, by the formulas of one category."""
    here = (stock.segment == segment) & ((stock.region == region) if region is not None else True)
    family = FAMILIES[FAMILY[segment]]
    found = pooled_saving(family.alpha * stock.own[here], np.full(here.sum(), CENTRAL.pooling_rate), CENTRAL.utilisation,
                          family.delta[1], family.lam[1], CENTRAL.supply_concentration, HHI[segment])  # fmt: skip
    return found.net(CENTRAL.residual_loss)


def test_the_gain_is_that_of_pooled_saving_by_segment_and_region(stock: Stock):
    found = potential(stock, CENTRAL)
    for segment in (0, 1):
        by_region = sum(expected_gain(stock, segment, region) for region in (0, 1))
        assert found.by_region[segment] == pytest.approx(by_region)
        assert found.over_regions[segment] == pytest.approx(expected_gain(stock, segment, None))


def test_fragmentation_is_that_of_one_category(stock: Stock):
    found = potential(stock, CENTRAL)
    for segment in (0, 1):
        one = fragmentation(stock.own[stock.segment == segment])
        assert (found.n_buyers[segment], found.hhi[segment], found.N1[segment]) == pytest.approx(
            (one.n, one.hhi, one.N1)
        )
    assert found.addressable == pytest.approx([0.5 * stock.own[stock.segment == place].sum() for place in (0, 1)])
    assert found.moved == pytest.approx(found.addressable * CENTRAL.pooling_rate * CENTRAL.utilisation)


def test_a_lone_buyer_an_unknown_region_and_a_pooled_spend_gain_nothing():
    stock = Stock(
        np.array([0, 1, 1, 2, 2]),
        np.array([0, -1, -1, 0, 1]),
        np.arange(5),
        np.full(5, 9e5),
        np.array([9e5, 9e5, 9e5, 0.0, 0.0]),
        FAMILY,
        HHI,
    )
    found = potential(stock, CENTRAL)
    assert found.by_region.tolist() == [0, 0, 0] and found.over_regions.tolist() == [0, 0, 0]
    assert found.cost.tolist() == [0, 0, 0]
    assert pytest.approx([1, 2, 0]) == found.N1 and found.n_buyers.tolist() == [1, 2, 0]


def test_costs_are_those_of_the_levers_over_the_framework():
    stock = Stock(
        np.zeros(3, dtype=int), np.array([0, 0, 1]), np.arange(3), np.full(3, 1e5), np.full(3, 1e5), FAMILY[:1], HHI[:1]
    )
    found = potential(stock, CENTRAL)
    # one region opens (two members); over regions, three members
    assert found.cost[0] == (8000 + 2000 + 2 * 500) / 4 + 1500
    assert found.cost_over_regions[0] == (8000 + 2000 + 3 * 500) / 4 + 1500
    assert found.region_buyers[0] == 2


def test_a_buyer_of_two_regions_is_one_entity_and_alone_no_pool():
    alone = Stock(np.zeros(2, dtype=int), np.array([0, 1]), np.zeros(2, dtype=int), np.full(2, 3e5), np.array([4e5, 3e5]), FAMILY[:1], HHI[:1])  # fmt: skip
    found = potential(alone, CENTRAL)
    assert (found.n_buyers[0], found.hhi[0], found.N1[0], found.region_buyers[0]) == (1, 1, pytest.approx(1), 1)
    assert found.over_regions[0] == found.by_region[0] == found.cost_over_regions[0] == found.cost[0] == 0
    # with another, its two regions are one volume (F5)
    two = replace(alone, segment=np.zeros(3, dtype=int), region=np.array([0, 1, 1]), buyer=np.array([0, 0, 1]), spend=np.full(3, 3e5), own=np.array([4e5, 3e5, 7e5]))  # fmt: skip
    one_region = replace(two, segment=np.zeros(2, dtype=int), region=np.zeros(2, dtype=int), buyer=np.array([0, 1]), spend=np.full(2, 6e5), own=np.full(2, 7e5))  # fmt: skip
    found, same = potential(two, CENTRAL), potential(one_region, CENTRAL)
    assert (found.n_buyers[0], found.hhi[0]) == (2, pytest.approx(0.5))
    assert found.over_regions[0] == pytest.approx(same.over_regions[0])
    assert found.cost_over_regions[0] == same.cost_over_regions[0]


def test_an_empty_stock_has_no_potential():
    nothing, none = np.zeros(0), np.zeros(0, dtype=int)
    found = potential(Stock(none, none, none, nothing, nothing, FAMILY[:0], nothing), CENTRAL)
    assert len(found.spend) == 0


FACTS = SegmentFacts((0.8, 0.0, 0.2, 0.0, 0.0), 0.9, 12, 8, 6.0, 40e3, 9e3, 42e3, 6e3)


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, 2),
        ({"level_shares": (0.5, 0.0, 0.0, 0.0, 0.5)}, 4),
        ({"n_buyers": 1}, 0),
        ({"by_region": 8e3, "over_regions": 5e3}, 0),
        ({"local_share": 0.5}, 3),
        ({"local_share": 0.5, "over_regions": 40e3}, 2),
        ({"local_share": None}, 2),
        ({"region_buyers": 3}, 1),
        ({"N1": 2.0}, 1),
    ],
)
def test_the_level_follows_the_rules_and_says_why(changes: dict, level: int):
    advice = recommended_level(replace(FACTS, **changes))
    assert advice.level == level
    assert advice.reason.endswith(".") and LEVELS[advice.level]


def test_the_observed_level_is_that_of_most_of_the_pooled_spend():
    assert observed_level((0.5, 0.0, 0.3, 0.0, 0.2)) == 2
    assert observed_level((0.91, 0.0, 0.05, 0.0, 0.04)) == 0
    assert observed_level((1.0, 0.0, 0.0, 0.0, 0.0)) == 0
