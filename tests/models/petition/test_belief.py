"""Uncertain validity against dense quadrature and simulation; the inverse against what it claims."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import beta

from assent.models.petition.bars import Bars
from assent.models.petition.belief import Believed
from assent.models.petition.inverse import enough
from assent.models.petition.outcome import County, Petition, outcome
from tests.models.petition.counts import simulate
from tests.models.petition.state import METHOD, plain, statewide

SIX = (60_000, 30_000, 12_000, 9_000, 4_000, 450)
HELD = Petition(tuple(County(n, 0.75, 0.02) for n in SIX), METHOD, Bars(84_000, 79_800, 92_401))


def shares(mean, sd, points):
    size = mean * (1 - mean) / sd**2 - 1
    return beta.ppf((np.arange(points) + 0.5) / points, mean * size, (1 - mean) * size)


def test_outcomes_against_many_known_shares():
    mean, sd = HELD.validity, 0.02
    each = [outcome(HELD, step=8, shift=float(v) - mean) for v in shares(mean, sd, 200)]
    found = Believed(HELD, sd).outcome()
    for name in ("by_sample", "full", "fails", "by_count"):
        assert getattr(found, name) == pytest.approx(np.mean([getattr(e, name) for e in each]), abs=1.5e-3), name
    assert found.by_sample + found.full + found.fails == pytest.approx(1, abs=1e-9)


def test_outcomes_against_simulated_petitions():
    sd, mean, rng = 0.02, HELD.validity, np.random.default_rng(11)
    size = mean * (1 - mean) / sd**2 - 1
    drawn = rng.beta(mean * size, (1 - mean) * size, 400)
    fails = full = passed = 0.0
    for at, v in enumerate(drawn):
        totals = simulate(plain(HELD, float(v) - mean), 50, at)
        counted = (totals >= HELD.bars.counted_from) & (totals < HELD.bars.qualifies_from)
        fails += float((totals < HELD.bars.counted_from).mean()) / drawn.size
        full += float(counted.mean()) / drawn.size
        passed += float(counted.mean()) * (HELD.distinct(float(v) - mean) >= HELD.bars.required) / drawn.size
    found = Believed(HELD, sd).outcome()
    error = 4 * 0.5 / drawn.size**0.5
    assert abs(found.fails - fails) < error
    assert abs(found.full - full) < error
    assert abs(found.by_count - passed) < error


def test_the_short_ways_agree_with_the_whole():
    for sd in (0.0, 0.004, 0.03):
        held = Believed(HELD, sd)
        whole = held.outcome()
        assert held.qualifies() == pytest.approx(whole.qualifies, abs=5e-5)
        assert held.by_sample() == pytest.approx(whole.by_sample, abs=5e-5)


def test_at_full_size_the_answer_does_not_hang_on_the_nodes(monkeypatch):
    held = statewide(1_200_000, 0.76, 0.03)
    few = Believed(held, 0.02).outcome()
    monkeypatch.setattr("assent.models.petition.belief.NODES", 11)
    many = Believed(held, 0.02).outcome()
    assert max(abs(a - b) for a, b in zip(few[:4], many[:4], strict=True)) < 5e-5


def test_a_belief_narrower_than_the_sampling_error_is_nearly_knowledge():
    known, nearly = outcome(HELD), Believed(HELD, 1e-4).outcome()
    assert nearly.fails == pytest.approx(known.fails, abs=2e-3)


@pytest.mark.parametrize("sd", [-0.01, 0.5, 0.9])
def test_beliefs_that_cannot_be(sd):
    with pytest.raises(ValueError, match="no share"):
        Believed(HELD, sd)


def filed(raw):
    return Petition(tuple(County(n, 0.76, 0.01) for n in (raw // 2, raw - raw // 2)), METHOD, HELD.bars)


@pytest.mark.parametrize("without_count", [False, True])
@pytest.mark.parametrize("sd", [0.0, 0.02, 0.06])
@pytest.mark.parametrize("target", [0.5, 0.95])
def test_the_inverse_is_enough_and_barely(sd, target, without_count):
    found = enough(filed, sd, target, without_count=without_count)

    def chance(raw):
        held = Believed(filed(raw), sd)
        return held.by_sample() if without_count else held.qualifies()

    assert found.chance == pytest.approx(chance(found.raw), abs=1e-12)
    assert found.chance >= target
    assert chance(int(found.raw * 0.999)) < target


def test_the_inverse_is_near_its_closed_form():
    for sd in (0.01, 0.02):
        found = enough(filed, sd, 0.95).raw
        assert found == pytest.approx(HELD.bars.required / (0.75 - 1.645 * sd), rel=0.004)


def test_nobody_has_signatures_enough_if_none_are_valid():
    def useless(raw):
        return Petition((County(raw, 0.0005),), METHOD, Bars(84_000, 79_800, 92_401))

    with pytest.raises(ValueError, match="no number of signatures"):
        enough(useless, 0.0, 0.95)


def test_shares_given_exactly_decide_exactly():
    # 111,111 signatures of which 84,000 are valid and none double: a full count finds exactly enough
    held = Petition((County(112_000, float(Fraction(3, 4))),), METHOD, Bars(84_000, 79_800, 92_401))
    assert outcome(held).by_count == outcome(held).full
    short = Petition((County(111_998, float(Fraction(3, 4))),), METHOD, Bars(84_000, 79_800, 92_401))
    assert outcome(short).by_count == 0
