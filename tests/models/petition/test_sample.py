"""The law of the certificate against brute force, closed forms and 20,000 simulated counts."""

from fractions import Fraction
from itertools import product
from math import comb

import numpy as np
import pytest
from scipy.stats import kstest

from assent.models.petition.bars import Bars
from assent.models.petition.certificate import Method, certificate
from assent.models.petition.law import Law, total
from assent.models.petition.outcome import County, Petition, by_normal, outcome, spread
from assent.models.petition.sample import Part, law_of, moments
from tests.models.petition.counts import simulate
from tests.models.petition.state import METHOD, plain, statewide

SMALL = [Part(60, 20, 45, 6), Part(40, 25, 40, 20), Part(200, 50, 150, 3), Part(80, 30, 10, 5), Part(90, 89, 60, 10),
         Part(50, 10, 0, 0), Part(50, 10, 50, 0)]  # fmt: skip
COUNTS = 20_000


def every_sample(part):
    """(valid signatures, complete pairs) in the sample -> chance, by counting samples exactly."""
    n, m, valid, pairs = part.raw, part.sample, part.valid, part.pairs
    singles, invalid = valid - 2 * pairs, n - valid
    found = {}
    for both, half, single in product(range(pairs + 1), range(pairs + 1), range(singles + 1)):
        rest = m - 2 * both - half - single
        if both + half > pairs or not 0 <= rest <= invalid:
            continue
        ways = comb(pairs, both) * comb(pairs - both, half) * 2**half * comb(singles, single) * comb(invalid, rest)
        key = (2 * both + half + single, both)
        found[key] = found.get(key, 0) + Fraction(ways, comb(n, m))
    return found


@pytest.mark.parametrize("part", SMALL)
def test_the_law_against_every_sample(part):
    exact = {}
    rule = Method(10, Fraction(1, 100), 0, percent_places=2)
    for (y, d), chance in every_sample(part).items():
        value = certificate(part.raw, part.sample, y - d, d, rule).certified
        exact[value] = exact.get(value, 0) + chance
    assert sum(exact.values()) == 1
    law = law_of(part, rule)
    held = {law.low + at: mass for at, mass in enumerate(law.mass)}
    assert max(abs(held.get(value, 0) - float(chance)) for value, chance in exact.items()) < 1e-14
    assert sum(mass for value, mass in held.items() if value not in exact) < 1e-14


@pytest.mark.parametrize("part", SMALL)
@pytest.mark.parametrize("corrects", [True, False])
def test_mean_and_variance_in_closed_form_against_every_sample(part, corrects):
    value = Fraction(part.raw, part.sample)
    by = value * value if corrects else value
    told = [(value * y - by * d, chance) for (y, d), chance in every_sample(part).items()]
    mean = sum(v * chance for v, chance in told)
    variance = sum((v - mean) ** 2 * chance for v, chance in told)
    found = moments(part, corrects=corrects)
    assert found.mean == pytest.approx(float(mean), rel=1e-12)
    assert found.variance == pytest.approx(float(variance), rel=1e-9, abs=1e-9)


def test_the_short_closed_forms_are_the_leading_terms():
    n, m, valid, pairs = 311_924, 9_358, 237_062, 1_560
    a, pi = n / m, valid / n
    found = moments(Part(n, m, valid, pairs))
    assert found.mean == pytest.approx(valid - pairs + pairs * (1 / m - 1 / n) * n / (n - 1), abs=1e-6)
    short = (a - 1) * n * pi * (1 - pi) + pairs * (a**2 - 1 - 4 * a * (1 - pi))
    assert found.variance == pytest.approx(short, rel=5e-3)


@pytest.mark.parametrize(("raw", "validity", "duplicates"), [(1_200_000, 0.76, 0.005), (1_150_000, 0.74, 0.03)])
def test_closed_forms_and_law_against_simulated_counts(raw, validity, duplicates):
    held = statewide(raw, validity, duplicates)
    drawn = simulate(plain(held), COUNTS, 20_260_101)
    law, (mean, sd) = held.certified(), held.normal()
    error = sd / COUNTS**0.5
    assert abs(drawn.mean() - law.mean) < 4 * error
    assert abs(drawn.mean() - mean) < 4 * error + 30  # the closed form leaves out the roundings of 58 counties
    assert drawn.std() == pytest.approx(sd, rel=4 / (2 * COUNTS) ** 0.5 + 0.002)
    assert law.sd == pytest.approx(sd, rel=0.002)
    # the whole distribution, not only its moments (ties are few: half a million values)
    cumulative = np.cumsum(law.mass)
    test = kstest(drawn, lambda v: np.interp(v, law.low + np.arange(law.mass.size), cumulative))
    assert test.pvalue > 1e-3


def test_the_far_tail_is_the_convolutions_and_not_the_normals():
    held = statewide(1_150_000, 0.74, 0.03)
    low = held.bars.counted_from
    drawn = np.concatenate([simulate(plain(held), COUNTS, seed) for seed in range(2)])
    seen = float((drawn >= low).mean())
    error = (seen * (1 - seen) / drawn.size) ** 0.5
    exact, normal = outcome(held).full, by_normal(held).full
    assert 0.005 < seen < 0.012
    assert abs(exact - seen) < 3 * error
    assert abs(normal - seen) > 5 * error


def test_a_coarse_grid_moves_little():
    held = statewide(1_150_000, 0.74, 0.03)
    fine, coarse = outcome(held), outcome(held, step=held.step())
    assert held.step() > 10
    assert abs(fine.full - coarse.full) < 2e-5
    assert abs(fine.mean - coarse.mean) < 0.01


def test_tails_too_small_to_simulate_are_summed_from_their_own_end():
    law = statewide(1_200_000, 0.76, 0.005).certified()
    bars = [int(law.mean - k * law.sd) for k in (5, 6, 7)]
    below = [law.below(bar) for bar in bars]
    assert all(1e-13 < now < 1e-5 for now in below)
    assert below == sorted(below, reverse=True)
    assert below[0] == pytest.approx(1 - law.at_least(bars[0]), rel=1e-6)


def test_sums_of_dice_by_convolution():
    die = Law(1, 1, np.full(6, 1 / 6), 0.0)
    exact = np.array([1])
    for _ in range(9):
        exact = np.convolve(exact, np.ones(6))
    law = total([die] * 9)
    assert law.low == 9
    assert np.allclose(law.mass, exact / 6**9, atol=1e-16)
    assert law.at_least(54) == pytest.approx(6.0**-9, rel=1e-6)
    assert law.below(10) == pytest.approx(6.0**-9, rel=1e-6)
    assert (law.at_least(9), law.at_least(55), law.below(9), law.below(55)) == (1, 0, 0, 1)


def test_a_wide_convolution_by_transform_is_the_direct_one():
    rng = np.random.default_rng(5)
    masses = [m / m.sum() for m in (rng.random(900) for _ in range(4))]
    direct = masses[0]
    for mass in masses[1:]:
        direct = np.convolve(direct, mass)
    law = total(Law(0, 1, mass, 0.0) for mass in masses)
    held = np.zeros(direct.size)
    held[law.low : law.low + law.mass.size] = law.mass
    assert np.abs(held - direct).max() < 1e-15


def test_counties_that_check_everything_are_certain():
    held = Petition((County(400, 0.75, 0.01),) * 3, METHOD, Bars(800, 760, 881))
    found = outcome(held)
    assert (found.sd, found.mean) == (0, 3 * (300 - 4))
    assert found.qualifies == 1


def test_too_few_signatures_fail_before_any_is_checked():
    held = Petition((County(700, 1.0),), METHOD, Bars(800, 760, 881))
    assert outcome(held).fails == by_normal(held).fails == 1


def test_signatures_are_spread_whole():
    for raw in (0, 1, 57, 58, 59, 1_000_003):
        assert sum(spread(raw, tuple(range(1, 59)))) == raw
    held = statewide(999_983, 0.7531, 0.0123)
    assert sum(p.raw for p in held.parts()) == 999_983
    assert abs(sum(p.valid for p in held.parts()) - 0.7531 * 999_983) <= 0.51


def test_laws_on_different_grids_are_refused():
    with pytest.raises(ValueError, match="different grids"):
        total([Law(0, 1, np.ones(1), 0.0), Law(0, 2, np.ones(1), 0.0)])


@pytest.mark.parametrize("part", [(10, 11, 5, 0), (10, 5, 11, 0), (10, 5, 4, 3), (10, 5, 5, -1)])
def test_parts_that_cannot_be(part):
    with pytest.raises(ValueError, match="cannot be"):
        Part(*part)
