"""Base rate: what became of the other proposals that were still open at the same age, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaincinv

from assent.models.forecast.clock import YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assent.models.forecast.history import History

HALF = 0.5  # Jeffreys' prior: half a success and half a failure beforehand
TAIL = 0.05


def open_share(
    others: Sequence[History],
    age: int,
    days: Sequence[int],
    weights: Sequence[float] | None = None,
    prior: float = HALF,
) -> NDArray[np.float64]:
    """The share of those still open at an age that were complete by the end of each of some later days.

    Half a success and half a failure are added, which keeps the share off 0 and 1 (Jeffreys' prior).

    Parameters
    ----------
    weights
        How often each of the others counts; once unless given.
    prior
        How many successes, and how many failures, are added.

    Examples
    --------
    >>> from datetime import date
    >>> from assent.models.forecast.clock import plain_clock
    >>> from assent.models.forecast.history import History
    >>> def one(name, done):
    ...     return History(name, name, date(1900, 1, 1), (), ((0, 3, 4),), done, None, 2556, 9000, plain_clock(2556))
    >>> open_share([one("a", 100), one("b", 500), one("c", None)], 200, [400, 600]).tolist()
    [0.16..., 0.5]
    """
    held = [1.0] * len(others) if weights is None else weights
    left = [(one.done, weight) for one, weight in zip(others, held, strict=True) if one.pending(age)]
    total = sum(weight for _, weight in left) + 2 * prior
    done = np.array([np.inf if day is None else day for day, _ in left])
    counts = np.array([weight for _, weight in left])
    passed = np.array([counts[done <= day].sum() for day in days])
    return np.asarray((passed + prior) / total, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Late:
    """How often proposals were completed after their time.

    Attributes
    ----------
    completed
        How many were.
    years
        For how many years in all proposals lay open then.
    rate, low, high
        Completions a year, half of one added; and the 90 % interval of it (Jeffreys').
    """

    completed: int
    years: float
    rate: float
    low: float
    high: float

    def by(self, days: float) -> tuple[float, float, float]:
        """The chance of completion within so many days, and its interval."""
        spans = (-np.expm1(-rate * days / YEAR) for rate in (self.rate, self.low, self.high))
        chance, low, high = (float(value) for value in spans)
        return chance, low, high


def late_rate(others: Sequence[History]) -> Late | None:
    """How often the others were completed after their time; ``None`` if none lay open then."""
    completed, open_days = 0, 0
    for one in others:
        ends = (one.done, one.closed, one.seen)
        last = min(day for day in ends if day is not None)
        if last > one.horizon:
            open_days += last - one.horizon
            completed += one.done == last
    if not open_days:
        return None
    years = open_days / YEAR
    low, high = (float(gammaincinv(completed + HALF, tail)) / years for tail in (TAIL, 1 - TAIL))
    return Late(completed, years, (completed + HALF) / years, low, high)
