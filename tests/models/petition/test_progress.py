"""Progress against arithmetic by hand and against simulated counties."""

from fractions import Fraction

import numpy as np
import pytest

from assent.models.petition.bars import Bars
from assent.models.petition.certificate import Method
from assent.models.petition.progress import Reported, Spread, ahead, sampling_variance, spread_between

RULE = Method(500, Fraction(3, 100), 500, percent_places=2)
BARS = Bars(100_000, 95_000, 110_001)


def test_the_spread_between_counties_by_hand():
    y, v = [0.60, 0.66, 0.75, 0.71], [0.0004, 0.0009, 0.0016, 0.0004]
    w = [Fraction(1) / Fraction(str(x)) for x in v]
    mean = sum(a * Fraction(str(b)) for a, b in zip(w, y, strict=True)) / sum(w)
    q = sum(a * (Fraction(str(b)) - mean) ** 2 for a, b in zip(w, y, strict=True))
    between = (q - 3) / (sum(w) - sum(a * a for a in w) / sum(w))
    found = spread_between(y, v)
    assert found.between == pytest.approx(float(between) ** 0.5, rel=1e-12)
    held = [1 / (Fraction(str(x)) + between) for x in v]
    assert found.mean == pytest.approx(
        float(sum(a * Fraction(str(b)) for a, b in zip(held, y, strict=True)) / sum(held))
    )
    assert found.error == pytest.approx(float(1 / sum(held)) ** 0.5)


def test_alike_counties_have_no_spread_and_two_tell_none():
    assert spread_between([0.7, 0.7, 0.7], [0.01] * 3).between == 0
    with pytest.raises(ValueError, match="it takes 3"):
        spread_between([0.6, 0.7], [0.01] * 2)


@pytest.mark.parametrize(("certified", "ends"), [(94_999, "fails"), (95_000, "full"), (110_000, "full"),
                                                 (110_001, "by_sample")])  # fmt: skip
def test_when_all_is_in_the_bars_decide(certified, ends):
    found = ahead([Reported(150_000, certified, 0.0)], [], None, BARS)
    assert getattr(found, ends) == 1
    assert found.by_count == (ends == "full" and certified >= 100_000)
    assert found.share_for_count is None


def test_what_is_still_needed_of_those_out():
    spread = Spread(0.6, 0.01, 0.05, 9)
    found = ahead([Reported(90_000, 60_000, 0.0)], [(50_000, 0.0)], spread, BARS)
    assert found.share_for_count == pytest.approx(35_000 / 50_000)
    assert found.share_to_qualify == pytest.approx(50_001 / 50_000)


def test_chances_against_simulated_counties():
    spread = Spread(0.68, 0.015, 0.06, 20)
    out = [(60_000, 400.0**2), (20_000, 500.0**2), (3_000, 200.0**2)]
    inside = [Reported(70_000, 45_500, 900.0**2)]
    rng = np.random.default_rng(3)
    n = 400_000
    common = spread.mean + spread.error * rng.standard_normal(n)
    certified = np.full(n, 45_500.0)
    for raw, own in out:
        certified += raw * (common + spread.between * rng.standard_normal(n)) + own**0.5 * rng.standard_normal(n)
    noise = (900.0**2 + sum(own for _, own in out)) ** 0.5
    found = certified - noise * rng.standard_normal(n)
    full = (certified >= 95_000 - 0.5) & (certified < 110_001 - 0.5)
    held = ahead(inside, out, spread, BARS)
    assert held.mean == pytest.approx(certified.mean(), abs=4 * certified.std() / n**0.5)
    assert held.sd == pytest.approx(certified.std(), rel=0.01)
    for chance, seen in (
        (held.full, full),
        (held.fails, certified < 94_999.5),
        (held.by_count, full & (found >= 100_000)),
    ):
        assert chance == pytest.approx(seen.mean(), abs=4 * 0.5 / n**0.5)


def test_the_sampling_variance_is_the_one_of_the_sample():
    # 24,034 signatures, 722 checked: the two duplicates make most of it
    value = 24_034 / 722
    pairs = 2 * value**2
    pi = 518 / 722
    short = (value - 1) * 24_034 * pi * (1 - pi) + pairs * (value**2 - 1 - 4 * value * (1 - pi))
    assert sampling_variance(24_034, 722, 516, 2, RULE) == pytest.approx(short, rel=0.02)
    assert sampling_variance(400, 400, 300, 2, RULE) == 0
