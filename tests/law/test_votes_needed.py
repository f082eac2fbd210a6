"""The least whole number that meets a share. Oracle: exact rationals, and counting up from nought."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assent.values.fractions import read_fraction, votes_needed
from tests.helpers import steady

shares = st.fractions(min_value=Fraction(1, 60), max_value=1, max_denominator=60)


@steady(500)
@given(shares, st.integers(0, 10**12))
def test_at_least_is_the_ceiling_and_more_than_is_one_above_the_floor(share, base):
    assert votes_needed(share, base) == math.ceil(share * base)
    assert votes_needed(share, base, strict=True) == math.floor(share * base) + 1


@steady(200)
@given(shares, st.integers(0, 600), st.booleans())
def test_it_is_the_first_number_that_meets_the_share(share, base, strict):
    def meets(votes):
        return votes * share.denominator > share.numerator * base or (
            not strict and votes * share.denominator == share.numerator * base
        )

    need = votes_needed(share, base, strict=strict)
    assert need == next(votes for votes in range(base + 2) if meets(votes))


def test_a_float_would_fail_the_house_of_290():
    as_float = 0.6666666666666667
    assert as_float * 435 > 290
    assert math.ceil(as_float * 435) == 291
    assert votes_needed(Fraction(2, 3), 435) == 290
    with pytest.raises(ValueError, match="no exact fraction"):
        read_fraction("0.6666666666666667")


@pytest.mark.parametrize(
    ("share", "base", "strict", "need"),
    [
        ("2/3", 435, False, 290), ("2/3", 100, False, 67), ("2/3", 50, False, 34), ("3/4", 50, False, 38),
        ("3/4", 48, False, 36), ("3/4", 37, False, 28), ("3/4", 36, False, 27), ("3/4", 26, False, 20),
        ("3/4", 17, False, 13), ("3/4", 16, False, 12), ("3/4", 15, False, 12), ("3/4", 14, False, 11),
        ("1/2", 100, True, 51), ("1/2", 101, True, 51), ("1/2", 435, True, 218), ("1", 13, False, 13),
    ],
)  # fmt: skip
def test_numbers_that_are_known(share, base, strict, need):
    assert votes_needed(read_fraction(share), base, strict=strict) == need


@pytest.mark.parametrize("text", ["0.75", "75%", "3/0", "", "three fourths", "-1/2", "1/-2", 0.75, True, None, "1e0"])
def test_what_is_not_exact_is_refused(text):
    with pytest.raises(ValueError, match="no exact fraction"):
        read_fraction(text)
