"""Conditions against votes that were held and every small electorate; chances against other integrators."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy.stats import beta, multivariate_normal, norm

from assent.models.referendum.chance import Belief, chance
from assent.models.referendum.conditions import Condition, Count, Shares, least_yes, passes, support

HALF_VOTE = Condition("cast", "electorate", Fraction(1, 2))
MORE_VOTE = Condition("cast", "electorate", Fraction(1, 2), more=True)
FIFTY_FIVE = Condition("yes", "valid", Fraction(55, 100))
MAJORITY = Condition("yes", "valid", Fraction(1, 2), more=True)
TWO_THIRDS = Condition("yes", "valid", Fraction(2, 3))
FORTY_OF_ALL = Condition("yes", "electorate", Fraction(40, 100))
RULES = [(HALF_VOTE, FIFTY_FIVE), (MAJORITY,), (MAJORITY, FORTY_OF_ALL), (TWO_THIRDS,),
         (Condition("cast", "electorate", Fraction(60, 100)), MAJORITY)]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "count", "met"),
    [
        ((MORE_VOTE, FIFTY_FIVE), Count(230_711, 184_954, 419_236, 484_718), True),  # Montenegro 2006
        ((TWO_THIRDS,), Count(2_427, 1_498, 3_935, 6_785), False),  # Nevis 1998
        ((TWO_THIRDS,), Count(446, 246), False),  # Tokelau 2007: 462 needed
        ((TWO_THIRDS,), Count(462, 230), True),
        ((MAJORITY,), Count(2_308_360, 2_362_648), False),  # Quebec 1995
        ((MAJORITY,), Count(100, 100), False),
        ((MAJORITY, FORTY_OF_ALL), Count(60, 40), None),
    ],
)
def test_votes_that_were_held(rule, count, met):
    assert passes(rule, count) is met


def test_sixteen_short_in_tokelau():
    least = next(yes for yes in range(693) if passes((TWO_THIRDS,), Count(yes, 692 - yes)))
    assert (least, least - 446) == (462, 16)


def test_a_bar_is_met_exactly_where_a_float_would_miss_it():
    assert passes((Condition("yes", "valid", Fraction(2, 3)),), Count(290, 145))
    assert not passes((Condition("yes", "valid", Fraction(2, 3), more=True),), Count(290, 145))


@pytest.mark.parametrize("rule", RULES)
def test_support_against_every_small_electorate(rule):
    size = 60
    passed = {
        (yes, no) for yes, no in product(range(size + 1), repeat=2)
        if 0 < yes + no <= size and passes(rule, Count(yes, no, yes + no, size))
    }  # fmt: skip
    found = support(rule)
    least = min(yes for yes, _ in passed)
    alone = min(yes for yes, no in passed if not no)
    sure = min(yes for yes in range(1, size + 1) if all((yes, no) in passed for no in range(size - yes + 1)))
    slack = Fraction(1, size)
    assert 0 <= Fraction(least, size) - found.least <= 2 * slack
    assert 0 <= Fraction(alone, size) - found.boycotted <= slack
    assert 0 <= Fraction(sure, size) - found.certain <= slack


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("turnout", [Fraction(3, 10), Fraction(1, 2), Fraction(4, 5)])
def test_the_least_yes_is_where_it_begins_to_pass(rule, turnout):
    blank = Fraction(1, 50)
    need = least_yes(rule, turnout, blank)
    step = Fraction(1, 10**6)
    if need is None:
        assert not passes(rule, Shares(turnout, Fraction(1), blank))
        return
    assert passes(rule, Shares(turnout, min(need + step, Fraction(1)), blank))
    assert not passes(rule, Shares(turnout, need - step, blank))


def test_chance_of_two_bars_is_an_orthant_of_the_bivariate_normal():
    turnout, yes, rho = Belief(Fraction(55, 100), 0.06), Belief(Fraction(54, 100), 0.04), -0.4
    a, b = (norm.ppf(beta.cdf(bar, *belief.shape)) for bar, belief in ((0.5, turnout), (0.55, yes)))
    oracle = multivariate_normal.cdf([-a, -b], cov=[[1, rho], [rho, 1]])
    assert chance((HALF_VOTE, FIFTY_FIVE), turnout, yes, rho, Fraction(0)) == pytest.approx(oracle, abs=1e-6)


@pytest.mark.parametrize("rho", [-0.8, 0.0, 0.6])
@pytest.mark.parametrize("rule", RULES)
def test_chance_against_drawn_votes(rule, rho):
    turnout, yes, blank, n = Belief(Fraction(62, 100), 0.07), Belief(Fraction(56, 100), 0.06), Fraction(2, 100), 60_000
    rng = np.random.default_rng(7)
    z = rng.standard_normal((2, n))
    z[1] = rho * z[0] + (1 - rho**2) ** 0.5 * z[1]
    t, y = (beta.ppf(norm.cdf(d), *belief.shape) for d, belief in zip(z, (turnout, yes), strict=True))
    met = np.ones(n, bool)
    for c in rule:
        by = {"valid": 1.0, "cast": 1 - 0.02, "electorate": (1 - 0.02) * t}[c.base]
        met &= (t if c.of == "cast" else y * by) >= float(c.share)
    assert chance(rule, turnout, yes, rho, blank) == pytest.approx(met.mean(), abs=4 * 0.5 / n**0.5)


def test_what_is_known_is_decided_exactly():
    known = Belief(Fraction(55, 100), 0.0)
    half = Belief(Fraction(1, 2), 0.0)
    assert chance((HALF_VOTE, FIFTY_FIVE), half, known, 0.0, Fraction(0)) == 1
    assert chance((MORE_VOTE, FIFTY_FIVE), half, known, 0.0, Fraction(0)) == 0


def test_one_known_and_one_not():
    turnout, yes = Belief(Fraction(6, 10), 0.05), Belief(Fraction(55, 100), 0.05)
    by_turnout = chance((HALF_VOTE, FIFTY_FIVE), turnout, Belief(Fraction(6, 10), 0.0), 0.3, Fraction(0))
    assert by_turnout == pytest.approx(beta.sf(0.5, *turnout.shape), abs=1e-9)
    by_yes = chance((MAJORITY,), Belief(Fraction(6, 10), 0.0), yes, 0.3, Fraction(0))
    assert by_yes == pytest.approx(beta.sf(0.5, *yes.shape), abs=1e-9)
    none = chance((FORTY_OF_ALL,), Belief(Fraction(3, 10), 0.0), yes, 0.0, Fraction(0))
    assert none == 0


@pytest.mark.parametrize("rho", [-1.0, 1.0, 1.5])
def test_correlations_that_cannot_be(rho):
    with pytest.raises(ValueError, match="correlation"):
        chance((MAJORITY,), Belief(Fraction(1, 2), 0.1), Belief(Fraction(1, 2), 0.1), rho, Fraction(0))


def test_beliefs_that_cannot_be():
    with pytest.raises(ValueError, match="no share"):
        Belief(Fraction(1, 2), 0.5)
