"""The certificate against the regulation's own example, other published counts, and decimal arithmetic."""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assent.models.petition.bars import bars
from assent.models.petition.certificate import Method, certificate, counts_as, estimated_of, uncorrected_of

RULE = Method(500, Fraction(3, 100), 500, percent_places=2)
PLAIN = Method(4000, Fraction(1, 20), 0, percent_places=None, up=False, corrects=False)


def test_the_worked_example_of_the_regulation_to_the_unit():
    # California Code of Regulations, title 2, section 20540
    found = certificate(24_034, 722, 516, 2, RULE)
    assert RULE.sample(24_034) == 722
    assert found.percent == Fraction("71.47")
    assert found.value == Fraction("33.2881")
    assert found.weight == Fraction("1074.8095")
    assert (found.uncorrected, found.estimated, found.certified) == (17_178, 2_150, 15_028)


def test_the_example_of_a_registrars_handbook():
    # Recall Petition Process Handbook, page 19: 18,000 less 380
    found = certificate(25_000, 1_250, 900, 1, Method(500, Fraction(5, 100), 500, percent_places=2))
    assert (found.uncorrected, found.value, found.weight, found.certified) == (18_000, 20, 380, 17_620)


def test_a_correction_of_duplicates_that_was_published():
    # Yuba, September 2014: 3,720 signatures, 500 checked; 58.8 percent with 2 duplicates, 51.1 with 8
    fits = [v for v in range(1, 492) if round(certificate(3_720, 500, v, 2, RULE).certified / 37.20, 1) == 58.8]
    assert fits
    assert {round(certificate(3_720, 500, v, 8, RULE).certified / 37.20, 1) for v in fits} == {51.1}


@pytest.mark.parametrize(
    ("raw", "sample", "valid", "projected"),
    [(163_598, 8_180, 4_436, 88_719), (182_090, 9_105, 4_547, 90_935), (106_119, 5_306, 4_290, 85_799)],
)
def test_projections_of_colorado_in_2012(raw, sample, valid, projected):
    # press releases of 19 January and 27 August 2012; the last one prints 85,800, twenty times 4,290
    assert PLAIN.sample(raw) == sample
    assert certificate(raw, sample, valid, 0, PLAIN).certified == projected


@pytest.mark.parametrize(("raw", "sample"), [(0, 0), (1, 1), (500, 500), (501, 500), (16_666, 500), (16_667, 501),
                                             (311_924, 9_358)])  # fmt: skip
def test_sizes_of_samples(raw, sample):
    assert RULE.sample(raw) == sample


def by_hand(raw, sample, valid, duplicates):
    """With decimals, as with paper and pencil."""
    percent = (Decimal(100) * valid / sample).quantize(Decimal("0.01"), ROUND_HALF_UP)
    uncorrected = (raw * percent / 100).quantize(Decimal(1), ROUND_CEILING)
    value = (Decimal(raw) / sample).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    weight = (value * (value - 1)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return int(uncorrected) - int((duplicates * weight).quantize(Decimal(1), ROUND_CEILING))


@given(st.integers(501, 2_000_000), st.data())
def test_every_rounding_against_decimals(raw, data):
    sample = RULE.sample(raw)
    valid = data.draw(st.integers(1, sample))
    duplicates = data.draw(st.integers(0, min(sample - valid, 40)))
    assert certificate(raw, sample, valid, duplicates, RULE).certified == by_hand(raw, sample, valid, duplicates)


def test_a_row_of_counts_is_certified_like_each_alone():
    valid = np.arange(300, 400)
    rows = uncorrected_of(24_034, 722, valid, RULE) - estimated_of(24_034, 722, valid % 5, RULE)
    each = [certificate(24_034, 722, int(v), int(v) % 5, RULE).certified for v in valid]
    assert rows.tolist() == each


def test_where_all_is_checked_nothing_is_projected():
    assert certificate(208, 208, 159, 4, RULE).certified == 159
    assert certificate(0, 0, 0, 0, RULE).certified == 0


def test_what_a_signer_counts_as():
    # at a 3 percent sample: 1, 1.00, .03, -1.9, -4.7
    found = [counts_as(r, 1_000_000, 30_000) for r in range(1, 6)]
    assert np.allclose(found, [1, 1, 0.03, -1.9, -4.7], atol=0.06)


@pytest.mark.parametrize(("copies", "raw", "sample"), [(2, 9, 4), (3, 9, 4), (4, 10, 3)])
def test_what_a_signer_counts_as_by_trying_every_sample(copies, raw, sample):
    value, total = raw / sample, 0.0
    for drawn in combinations(range(raw), sample):
        found = sum(line < copies for line in drawn)
        total += value * bool(found) - value * (value - 1) * max(found - 1, 0)
    assert counts_as(copies, raw, sample) == pytest.approx(total / comb(raw, sample))


def test_the_bars_of_2014_as_published():
    # Secretary of State's numbers as told in July 2014: 767,235 for a full count, 888,377 to qualify
    found = bars(807_615, Fraction(95, 100), Fraction(110, 100), at_fails=False, at_qualifies=False)
    assert (found.counted_from, found.qualifies_from) == (767_235, 888_377)


def test_whether_the_bar_itself_counts():
    shares = Fraction(90, 100), Fraction(110, 100)
    assert bars(1000, *shares, at_fails=False, at_qualifies=False).counted_from == 900
    assert bars(1000, *shares, at_fails=True, at_qualifies=True).counted_from == 901
    assert bars(1000, *shares, at_fails=False, at_qualifies=False).qualifies_from == 1101
    assert bars(1000, *shares, at_fails=True, at_qualifies=True).qualifies_from == 1100


@pytest.mark.parametrize(
    ("count", "told"),
    [
        ((-1, 1, 1, 0), "below zero"),
        ((100, 200, 10, 0), "larger than"),
        ((100, 0, 0, 0), "empty"),
        ((100, 50, 49, 2), "more than the sample"),
        ((100, 50, 0, 2), "nobody who signed"),
        ((10**9, 50, 0, 0), "not worked out"),
    ],
)
def test_counts_that_cannot_be(count, told):
    with pytest.raises(ValueError, match=told):
        certificate(*count, RULE)
