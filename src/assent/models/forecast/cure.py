"""Cure: some units will never say yes; how many differs from proposal to proposal, and the others take their time.

Of the units of one proposal a share p will ever say yes; p differs between proposals as a beta distribution. Those
units do so after a Weibull time on the clock. The likelihood is raised to a power below one, because units are not
independent: at a half, two of them tell as much as one would.

References
----------
Boag (1949) and Farewell (1982) for cure models; Walker and Hjort (2001) and Bissiri, Holmes and Walker (2016) for
tempered likelihoods.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.special import betainc, betaln, psi

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assent.models.forecast.history import History

    Floats = NDArray[np.float64]

WIDEST = 16.0  # log-odds of the share p at the ends of the grid
STEP = 0.4  # of the grid; the narrowest posterior there is, of fifty units, is about as wide
FURTHEST = 50.0  # a fitted number lies between 1/50 and 50
CLOSE = {"ftol": 1e-13, "gtol": 1e-7}  # where a fit stops


@dataclass(frozen=True, slots=True)
class Grid:
    """Values of the share p over which sums stand for integrals: even in log-odds, with both tails at the ends."""

    step: float = STEP

    @property
    def odds(self) -> Floats:
        """Log-odds of the shares."""
        return np.arange(-WIDEST, WIDEST + self.step / 2, self.step)


@dataclass(frozen=True, slots=True)
class Cure:
    """A fitted model.

    Attributes
    ----------
    a, b
        Of the beta distribution of the share of units that will ever say yes.
    shape
        Of the Weibull distribution of the time they take; below 1 the first come fast and the last slowly.
    scale
        The time by which 63 % of them have, on the clock.
    temper
        The power to which the likelihood was raised.
    """

    a: float
    b: float
    shape: float
    scale: float
    temper: float


class Cohort:
    """The histories a model is fitted to, as arrays.

    Parameters
    ----------
    histories
        Each as far as it was watched.
    temper
        The power to which the likelihood is raised.
    grid
        Over which sums stand for integrals.
    """

    def __init__(self, histories: Sequence[History], temper: float, grid: Grid | None = None) -> None:
        self.temper, self.size = temper, len(histories)
        self.step = (grid or Grid()).step
        self.p, self.log_p, self.log_q = _share((grid or Grid()).odds)
        ends = [one.watched for one in histories]
        given = [one.given(day) for one, day in zip(histories, ends, strict=True)]
        self.yes = np.array([len(days) for days in given], dtype=np.float64)
        of = [one.needed(day)[1] for one, day in zip(histories, ends, strict=True)]
        self.no = np.maximum(np.array(of, dtype=np.float64) - self.yes, 0)
        self.reached = np.array([one.clock[day] for one, day in zip(histories, ends, strict=True)])
        self.owner = np.repeat(np.arange(self.size), self.yes.astype(int))
        after = [float(one.clock[day]) for one, days in zip(histories, given, strict=True) for day in days]
        before = [float(one.clock[day - 1]) if day else 0.0
                  for one, days in zip(histories, given, strict=True) for day in days]  # fmt: skip
        self.before, self.after = np.array(before), np.array(after)
        self._start = np.zeros(4)

    def fit(self, weights: Floats | None = None) -> Cure:
        """The model under which the histories are likeliest.

        Parameters
        ----------
        weights
            How much each history counts; once unless given.
        """
        held = np.ones(self.size) if weights is None else np.asarray(weights, dtype=np.float64)
        bounds = [(-log(FURTHEST), log(FURTHEST))] * self._start.size
        found = minimize(self._cost, self._start, held, "L-BFGS-B", jac=True, bounds=bounds, options=CLOSE)
        at: Floats = found.x
        if weights is None:
            self._start = at
        a, b, shape, scale = np.exp(at).tolist()
        return Cure(a, b, shape, scale, self.temper)

    def log_likelihoods(self, model: Cure) -> Floats:
        """The logarithm of the tempered likelihood of each history."""
        found, _ = self._each(np.log([model.a, model.b, model.shape, model.scale]))
        return found

    def _cost(self, logs: Floats, weights: Floats) -> tuple[float, Floats]:
        """Minus the mean log-likelihood, and its slopes."""
        each, slopes = self._each(logs)
        total = weights.sum()
        return -float(weights @ each) / total, -np.asarray(slopes @ weights, dtype=np.float64) / total

    def _each(self, logs: Floats) -> tuple[Floats, Floats]:
        """Log-likelihood of each history, and its slope by the logarithm of each of the four numbers."""
        a, b, shape, scale = np.exp(logs)
        power = self.temper
        times, by_shape, by_scale = self._times(shape, scale)
        passed, passed_shape, passed_scale = _weibull(self.reached, shape, scale)
        p, log_p, log_q = self.p, self.log_p, self.log_q
        reach = np.outer(passed, p)
        low, high = a + power * self.yes, b
        ends = np.full((self.size, p.size), log(self.step))
        ends[:, 0] = np.log(self.step / 2 + 1 / low)
        ends[:, -1] = log(self.step / 2 + 1 / high)
        terms = (
            a * log_p + b * log_q - betaln(a, b) + ends
            + power * (times[:, None] + self.yes[:, None] * log_p + self.no[:, None] * np.log1p(-reach))
        )  # fmt: skip
        top = terms.max(axis=1)
        parts = np.exp(terms - top[:, None])
        total = parts.sum(axis=1)
        parts /= total[:, None]
        mean = psi(a + b)
        tail_low = parts[:, 0] / (low**2) / np.exp(ends[:, 0])
        tail_high = parts[:, -1] / (high**2) / np.exp(ends[:, -1])
        by_a = a * (parts @ log_p - psi(a) + mean - tail_low)
        by_b = b * (parts @ log_q - psi(b) + mean - tail_high)
        left = -power * self.no * (parts * (p / (1 - reach))).sum(axis=1)
        slopes = np.array([
            by_a, by_b, power * by_shape + left * passed_shape, power * by_scale + left * passed_scale,
        ])  # fmt: skip
        return top + np.log(total), slopes

    def _times(self, shape: float, scale: float) -> tuple[Floats, Floats, Floats]:
        """For each history the log-probability of the days of its yeses, and the slopes of that."""
        start, start_shape, start_scale = _hazard(self.before, shape, scale)
        end, end_shape, end_scale = _hazard(self.after, shape, scale)
        rest = np.exp(start - end)
        mass = -np.expm1(start - end)
        sums = [
            np.log(mass) - start,
            (rest * end_shape - start_shape) / mass,
            (rest * end_scale - start_scale) / mass,
        ]
        one, two, three = (np.asarray(np.bincount(self.owner, part, self.size), dtype=np.float64) for part in sums)
        return one, two, three


def _share(odds: Floats) -> tuple[Floats, Floats, Floats]:
    """The share p, and the logarithms of p and 1 − p."""
    log_p, log_q = -np.logaddexp(0, -odds), -np.logaddexp(0, odds)
    return np.exp(log_p), log_p, log_q


def _hazard(times: Floats, shape: float, scale: float) -> tuple[Floats, Floats, Floats]:
    """The cumulative hazard at some times, and its slopes by the logarithms of shape and scale."""
    logs = shape * np.log(np.maximum(times, 1e-300) / scale)
    hazard = np.exp(logs)
    return hazard, hazard * logs, -shape * hazard


def _weibull(times: Floats, shape: float, scale: float) -> tuple[Floats, Floats, Floats]:
    """The chance of a yes by some times, and its slopes in the same way."""
    hazard, by_shape, by_scale = _hazard(times, shape, scale)
    rest = np.exp(-hazard)
    return -np.expm1(-hazard), rest * by_shape, rest * by_scale


def passing(model: Cure, one: History, age: int, days: Sequence[int], grid: Grid | None = None) -> Floats:
    """The chance that a proposal is complete by the end of each of some days, given what it had at an age.

    Parameters
    ----------
    model
        Fitted to others.
    one
        The proposal; nothing after the age is looked at.
    age
        The day as of which it is forecast.
    days
        From the age to the end of its clock.
    """
    given, (need, of) = one.given(age), one.needed(age)
    step = (grid or Grid()).step
    p, log_p, log_q = _share((grid or Grid()).odds)
    left, missing = max(of - len(given), 0), need - len(given)
    now = float(_weibull(one.clock[[age]], model.shape, model.scale)[0][0])
    low = model.a + model.temper * len(given)
    terms = low * log_p + model.b * log_q + model.temper * left * np.log1p(-p * now)
    ends = np.full(p.size, step)
    ends[0], ends[-1] = step / 2 + 1 / low, step / 2 + 1 / model.b
    weights = np.exp(terms - terms.max()) * ends
    weights /= weights.sum()
    later = _weibull(one.clock[np.asarray(days)], model.shape, model.scale)[0]
    each = np.clip(np.outer(later - now, p) / (1 - p * now), 0.0, 1.0)
    if missing <= 0:
        return np.ones(len(days))
    if missing > left:
        return np.zeros(len(days))
    return np.asarray(betainc(missing, left - missing + 1, each) @ weights, dtype=np.float64)
