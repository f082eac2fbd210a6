"""The cure model against quadrature, a general optimiser, and simulation."""

from dataclasses import replace
from math import comb, exp, log

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.special import betaln

from assent.models.forecast.cure import Cohort, Cure, Grid, passing
from tests.models.forecast.worlds import drawn, proposal

MODEL = Cure(1.2, 0.6, 0.8, 0.9, 0.5)
WORLD = drawn(1, 12)


def chance_by(time, model):
    """The Weibull chance of a yes by a time."""
    return 1 - exp(-((time / model.scale) ** model.shape)) if time > 0 else 0.0


def integral(inside, model):
    """The mean over the beta distribution, by somebody else's quadrature, in log-odds."""

    def each(odds):
        share, rest = 1 / (1 + exp(-odds)), 1 / (1 + exp(odds))
        return exp(model.a * log(share) + model.b * log(rest) - betaln(model.a, model.b)) * inside(share)

    return sum(quad(each, low, low + 3, epsabs=1e-13)[0] for low in range(-36, 36, 3))


@pytest.mark.parametrize("temper", [0.25, 0.5, 1.0])
@pytest.mark.parametrize("at", [0, 3, 7])
def test_the_likelihood_is_the_integral_it_claims_to_be(temper, at):
    model, one = replace(MODEL, temper=temper), WORLD[at]
    end = one.watched
    given = one.given(end)
    clock = one.clock
    mass = sum(log(chance_by(clock[d], model) - chance_by(clock[d - 1] if d else 0.0, model)) for d in given)
    reached, no = chance_by(clock[end], model), 50 - len(given)
    shift = temper * mass

    def inside(share):
        return (share ** len(given) * (1 - share * reached) ** no) ** temper

    scale = max(inside(share) for share in np.linspace(0.001, 0.999, 999))
    wanted = log(integral(lambda share: inside(share) / scale, model)) + log(scale) + shift
    assert Cohort([one], temper).log_likelihoods(model)[0] == pytest.approx(wanted, abs=3e-5)


def test_the_slopes_are_those_of_the_likelihood():
    cohort = Cohort(WORLD, 0.5)
    weights = np.arange(1.0, 13.0)
    for where in ([0.2, -0.5, -0.2, -0.1], [-1.5, 1.5, 0.7, -2.0], [3.9, -3.9, 0.0, 1.0]):
        at = np.array(where)
        _, slopes = cohort._cost(at, weights)
        for place in range(4):
            step = np.zeros(4)
            step[place] = 1e-5
            rise = cohort._cost(at + step, weights)[0] - cohort._cost(at - step, weights)[0]
            assert slopes[place] == pytest.approx(rise / 2e-5, rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("seed", range(4))
def test_a_search_without_slopes_finds_no_likelier_model(seed):
    random = np.random.default_rng(seed)
    cohort = Cohort(WORLD, 0.5)
    weights = random.multinomial(12, [1 / 12] * 12).astype(float)
    found = cohort.fit(weights)
    cost, _ = cohort._cost(np.log([found.a, found.b, found.shape, found.scale]), weights)
    bounds = [(-log(50), log(50))] * 4
    for start in (np.zeros(4), random.normal(size=4)):
        other = minimize(lambda at: cohort._cost(at, weights)[0], start, method="Nelder-Mead", bounds=bounds,
                         options={"xatol": 1e-7, "fatol": 1e-12, "maxiter": 4000})  # fmt: skip
        assert cost <= other.fun + 1e-9


def test_the_fit_finds_the_numbers_the_world_was_drawn_with():
    found = Cohort(drawn(7, 400), 1.0).fit()
    assert (found.a, found.b, found.shape, found.scale) == pytest.approx((1.2, 0.6, 0.8, 0.9), rel=0.12)


@pytest.mark.parametrize("days", [[0] * 50, [], [2555] * 50])
def test_proposals_that_are_all_alike_do_not_break_the_fit(days):
    found = Cohort([proposal(f"p{at}", days) for at in range(9)], 0.5).fit()
    assert all(1 / 50.001 < number < 50.001 for number in (found.a, found.b, found.shape, found.scale))
    early, late = (passing(found, proposal("one", [0] * 30), 10, [day])[0] for day in (11, 2556))
    assert 0 <= early <= late <= 1


def test_a_forecast_is_the_mean_binomial_tail_over_the_posterior():
    one = proposal("one", [10, 20, 30, 200, 300, 400, 700] * 3)
    age, day = 365, 1500
    given = one.given(age)
    now, then = (chance_by(one.clock[at], MODEL) for at in (age, day))
    left, missing = 50 - len(given), 38 - len(given)

    def weight(share):
        return (share ** len(given) * (1 - share * now) ** left) ** 0.5

    def tail(share):
        each = share * (then - now) / (1 - share * now)
        return sum(comb(left, k) * each**k * (1 - each) ** (left - k) for k in range(missing, left + 1))

    wanted = integral(lambda share: weight(share) * tail(share), MODEL) / integral(weight, MODEL)
    assert passing(MODEL, one, age, [day])[0] == pytest.approx(wanted, abs=1e-6)
    assert passing(MODEL, one, age, [day], Grid(0.1))[0] == pytest.approx(wanted, abs=1e-9)


def test_without_tempering_the_forecast_is_what_happens_in_draws_from_the_model():
    random = np.random.default_rng(3)
    model = Cure(1.2, 0.6, 0.8, 0.9, 1.0)
    size, of, need, year = 400_000, 50, 38, 365.25
    shares = random.beta(model.a, model.b, size)
    by = [chance_by(time / year, model) for time in (366, 1500)]
    first = random.binomial(of, shares * by[0])
    later = first + random.binomial(of - first, shares * (by[1] - by[0]) / (1 - shares * by[0]))
    for seen in (20, 30, 35):
        alike = first == seen
        share = (later[alike] >= need).mean()
        one = proposal("one", [at % 366 for at in range(seen)])
        # Which days they were is beside the point: only how many there were by the age bears on the share.
        assert passing(model, one, 365, [1499])[0] == pytest.approx(share, abs=4 * (0.25 / alike.sum()) ** 0.5)


def test_the_chance_grows_with_time_and_with_each_yes():
    days = range(365, 2557, 100)
    curves = [passing(MODEL, proposal("one", range(0, 5 * n, 5)), 365, days) for n in (10, 20, 30, 37)]
    assert all((np.diff(curve) >= 0).all() for curve in curves)
    assert all((curves[at + 1] >= curves[at]).all() for at in range(3))
    assert curves[0][0] == 0


def test_enough_is_certain_and_too_few_left_is_impossible():
    assert passing(MODEL, proposal("one", range(38)), 365, [400]).tolist() == [1.0]
    stuck = replace(proposal("one", range(20)), terms=((0, 38, 50), (100, 51, 50)))
    assert passing(MODEL, stuck, 365, [2556]).tolist() == [0.0]


def test_nothing_after_the_age_is_looked_at():
    one = proposal("one", [5, 6, 7, 900, 901])
    early = replace(proposal("one", [5, 6, 7]), done=1)
    assert passing(MODEL, one, 500, [2000]).tolist() == passing(MODEL, early, 500, [2000]).tolist()


def test_a_yes_taken_back_counts_until_that_day():
    one = replace(proposal("one", range(10)), spans=tuple((day, 300 if day < 4 else None) for day in range(10)))
    assert len(one.given(299)) == 10
    assert one.given(300) == [4, 5, 6, 7, 8, 9]
