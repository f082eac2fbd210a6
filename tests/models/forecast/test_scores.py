"""Base rate and scores against counting by hand."""

from math import log

import numpy as np
import pytest
from scipy.stats import gamma

from assent.models.forecast.baserate import late_rate, open_share
from assent.models.forecast.blend import Settings, forecast
from assent.models.forecast.score import NEAREST, difference, marks, overall
from tests.models.forecast.worlds import drawn, proposal


def whole(name, done, **more):
    """A proposal of one unit, complete on a day or never."""
    return proposal(name, [] if done is None else [done], 1, 1, **more)


WORLD = [whole("a", 100), whole("b", 500), whole("c", 2000), whole("d", None), whole("e", 5000)]


def test_the_base_rate_counts_those_still_open():
    assert open_share(WORLD, 200, [400, 600, 2556]).tolist() == [0.5 / 5, 1.5 / 5, 2.5 / 5]
    assert open_share(WORLD, 500, [2556], prior=1).tolist() == [2 / 5]
    assert open_share(WORLD, 0, [2556], [0, 2, 1, 1, 0]).tolist() == [3.5 / 5]


def test_the_late_rate_is_completions_over_open_time():
    found = late_rate(WORLD)
    years = ((40_000 - 2556) + (5000 - 2556)) / 365.25
    assert (found.completed, found.years) == (1, pytest.approx(years))
    assert found.rate == pytest.approx(1.5 / years)
    assert found.low == pytest.approx(gamma.ppf(0.05, 1.5) / years)
    assert found.high == pytest.approx(gamma.ppf(0.95, 1.5) / years)
    assert found.by(3652.5)[0] == pytest.approx(1 - np.exp(-10 * 1.5 / years))
    assert late_rate(WORLD[:3]) is None


def test_a_limit_ends_the_time_in_which_it_lay_open():
    assert late_rate([whole("d", None, closed=2556 + 365)]).years == pytest.approx(365 / 365.25)


def always(value):
    """A way of forecasting that says one thing."""
    return lambda one, others, age, days: np.full(len(days), value)


def knows(one, others, age, days):
    """A way of forecasting that knows."""
    return np.array([one.done is not None and day >= one.done for day in days], dtype=float)


def test_even_odds_and_the_truth_score_what_they_must():
    found = marks(WORLD, [1, 365], always(0.5), days=True)
    assert overall(found, "brier") == pytest.approx(0.25)
    assert overall(found, "log") == pytest.approx(log(2))
    assert overall(found, "crps") == pytest.approx(
        np.mean([(2555 + 2191) / 8 if name != "a" else 2555 / 4 for name in "abcde"])
    )
    told = marks(WORLD, [1, 365], knows, days=True)
    assert overall(told, "brier") == 0
    assert overall(told, "log") == pytest.approx(NEAREST, rel=1e-3)
    assert overall(told, "crps") < 7  # between the weeks asked for there is a line, where the truth is a step


def test_each_proposal_weighs_one_however_many_landmarks_it_saw():
    found = marks(WORLD, [1, 90, 180, 365, 548], always(0.9))
    by_hand = {"a": 0.01, "b": 0.01, "c": 0.01, "d": 0.81, "e": 0.81}
    assert overall(found, "brier") == pytest.approx(sum(by_hand.values()) / 5)
    assert [sum(one.id == name for one in found) for name in "abcde"] == [2, 4, 5, 5, 5]


def test_what_shares_a_fold_is_left_out_together():
    seen = {}

    def spy(one, others, age, days):
        seen[one.id] = {other.id for other in others}
        return np.full(len(days), 0.5)

    marks([whole("a", 9, fold="x"), whole("b", None, fold="x"), whole("c", None)], [1], spy)
    assert seen == {"a": {"c"}, "b": {"c"}, "c": {"a", "b"}}


def test_a_difference_is_paired_and_its_interval_holds_the_bootstrap():
    first, second = marks(WORLD, [1], always(0.6)), marks(WORLD, [1], always(0.5))
    assert difference(first, first, "brier") == type(difference(first, first, "brier"))(0, 0, 0)
    found = difference(first, second, "brier")
    each = [0.16 - 0.25] * 3 + [0.36 - 0.25] * 2
    assert found.value == pytest.approx(np.mean(each))
    random = np.random.default_rng(99)
    means = [np.mean(random.choice(each, 5)) for _ in range(4000)]
    assert found.low == pytest.approx(np.quantile(means, 0.05), abs=0.011)
    assert found.high == pytest.approx(np.quantile(means, 0.95), abs=0.011)


def test_the_forecast_is_the_average_it_says_it_is():
    others, one = drawn(5, 14), proposal("one", range(0, 250, 10))
    found = forecast(one, others, 365, [800, 2556], Settings(0.5, 0.25), draws=30)
    assert found.blend == pytest.approx(0.25 * found.model + 0.75 * found.base)
    assert found.low < found.blend[-1] < found.high
    assert 0 <= found.error < 1e-5
    again = forecast(one, others, 365, [800, 2556], Settings(0.5, 0.25), draws=30)
    assert (again.low, again.high) == (found.low, found.high)
    certain = forecast(one, others, 365, [800, 2556], Settings(0.5, 0.0), draws=0)
    assert certain.blend.tolist() == certain.base.tolist() == open_share(others, 365, [800, 2556]).tolist()
    assert certain.low == certain.high == certain.blend[-1]
