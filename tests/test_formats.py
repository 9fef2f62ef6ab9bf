"""French figures: the docstrings' examples, and what could go wrong at the edges."""

import doctest
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualis import formats
from mutualis.demo import identity
from mutualis.figures import scale
from mutualis.sources import words


@pytest.mark.parametrize("module", [formats, words, scale, identity])
def test_examples(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("value", [None, float("nan")])
def test_what_is_unknown_is_said_so(value):
    for write in (
        formats.count,
        formats.decimal,
        formats.euros,
        formats.full_euros,
        formats.percent,
        formats.day,
        formats.month,
    ):
        assert write(value) == "n. d."


@pytest.mark.parametrize(
    ("amount", "text"), [(999_960, "1,0\u202fM€"), (-1_250_000, "−1,2\u202fM€"), (-0.2, "0\u202f€"), (0, "0\u202f€")]
)
def test_scales_meet_without_a_gap(amount: float, text: str):
    assert formats.euros(amount) == text


@given(st.integers(0, 10**12))
def test_a_count_keeps_its_digits(number: int):
    assert formats.count(number).replace(formats.NARROW, "") == str(number)


def test_days():
    assert formats.day(date(2026, 1, 5)) == "05/01/2026"


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.floats(0, 1e9), min_size=1, max_size=40))
def test_a_scale_orders_places_as_their_values(values: dict[str, float]):
    found = scale.quantile_scale(values, str)
    assert set(found.classes) == set(values)
    assert all(0 <= number < len(found.legend) <= scale.N_CLASSES for number in found.classes.values())
    ranked = sorted(values, key=values.__getitem__)
    assert [found.classes[code] for code in ranked] == sorted(found.classes.values())
