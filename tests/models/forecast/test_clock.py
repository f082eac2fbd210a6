"""The clock counted day by day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from assent.models.forecast.clock import plain_clock, sitting_clock

YEARS = [(1900, 1.0, 0.2), (1960, 0.9, 0.4), (2000, 1.0, 0.9)]
WEEKS = [(1, 0.2), (46, 1.0), (182, 0.1), (366, 0.1)]


def between(rows, at, column):
    """The value at a place, on the line between the rows beside it."""
    if at <= rows[0][0]:
        return rows[0][column]
    for low, high in pairwise(rows):
        if at <= high[0]:
            return low[column] + (high[column] - low[column]) * (at - low[0]) / (high[0] - low[0])
    return rows[-1][column]


@pytest.mark.parametrize("begun", [date(1789, 9, 25), date(1923, 12, 31), date(1972, 2, 29), date(2025, 6, 1)])
def test_the_clock_is_the_sum_over_the_days(begun):
    total, wanted = 0.0, []
    for at in range(1200):
        day = begun + timedelta(days=at)
        share = between(YEARS, day.year, 1 if day.year % 2 else 2)
        total += share * between(WEEKS, day.timetuple().tm_yday, 1) / 365.25
        wanted.append(total)
    assert sitting_clock(begun, 1199, YEARS, WEEKS) == pytest.approx(wanted, abs=1e-12)


def test_a_clock_that_always_runs_is_the_calendar():
    assert sitting_clock(date(1900, 3, 1), 800, [(1900, 1, 1)], [(1, 1)]) == pytest.approx(plain_clock(800))
