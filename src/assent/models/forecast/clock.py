"""Clock: time as legislatures live it, which runs while they sit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

YEAR = 365.25  # days


def sitting_clock(
    begun: date, days: int, years: Sequence[tuple[int, float, float]], course: Sequence[tuple[int, float]]
) -> Floats:
    """How long legislatures have sat by the end of each day, in legislature-years.

    Parameters
    ----------
    begun
        Day 0.
    days
        The last day.
    years
        A year, the share of legislatures with a regular session in it if it is odd, and if it is even; in order.
        Between two such years the shares change evenly, outside them the nearest hold.
    course
        A day of the year from 1, and the share sitting on it of those with a session that year; in the same way.

    Examples
    --------
    >>> clock = sitting_clock(date(2001, 1, 1), 730, [(2000, 1.0, 0.5)], [(1, 1.0)])
    >>> [round(float(clock[day]), 3) for day in (0, 364, 730)]
    [0.003, 0.999, 1.502]
    """
    rates = np.empty(days + 1)
    at, year, first = 0, begun.year, begun.toordinal()
    known = [row[0] for row in years]
    while at <= days:
        odd = year % 2
        share = np.interp(year, known, [row[1] if odd else row[2] for row in years])
        opens = date(year, 1, 1).toordinal()
        length = date(year, 12, 31).toordinal() - opens + 1
        since = first + at - opens
        count = min(length - since, days + 1 - at)
        numbers = np.arange(since + 1, since + count + 1)
        rates[at : at + count] = share * np.interp(numbers, [row[0] for row in course], [row[1] for row in course])
        at, year = at + count, year + 1
    return np.asarray(np.cumsum(rates) / YEAR, dtype=np.float64)


def plain_clock(days: int) -> Floats:
    """The calendar's own time, in years.

    Examples
    --------
    >>> round(float(plain_clock(365)[365]), 3)
    1.002
    """
    return np.asarray(np.arange(1, days + 2) / YEAR, dtype=np.float64)
