"""Belief: outcomes where the share of valid signatures is itself uncertain, integrated, not sampled."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.polynomial import chebyshev
from scipy.special import betaincinv, betaln, ndtr, ndtri, xlog1py, xlogy

from assent.models.petition.outcome import Outcome, by_normal, outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from assent.models.petition.outcome import Petition

    Array = np.ndarray[Any, np.dtype[np.float64]]

NODES, POINTS = 7, 12
WIDE, NARROW = 6.5, 5.0
EDGE = 1e-13


class Believed:
    """A petition whose share of valid signatures is believed to have a beta distribution.

    The mean is the petition's own share; every county's share moves by the same. Given the share, the total certified
    has its exact law; the chance of reaching a bar is worked out at a few shares, and in between on the scale of
    normal deviates, where it is nearly a line.

    Parameters
    ----------
    petition
        With its shares at their mean.
    sd
        The standard deviation of the share, as a share (0.02 is two points).

    Raises
    ------
    ValueError
        No share from 0 to 1 has that mean and standard deviation.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from assent.models.petition.certificate import Method
    >>> from assent.models.petition.bars import Bars
    >>> from assent.models.petition.outcome import County, Petition
    >>> rule = Method(500, Fraction(3, 100), 500, percent_places=2)
    >>> held = Petition((County(40_000, 0.75, 0.01),) * 5, rule, Bars(148_000, 140_600, 162_801))
    >>> found = Believed(held, 0.02).outcome()
    >>> round(found.full, 2), round(found.qualifies, 2)
    (0.95, 0.51)
    """

    def __init__(self, petition: Petition, sd: float) -> None:
        self.petition, self.sd = petition, sd
        mean = petition.validity
        if sd < 0 or (sd and sd * sd >= mean * (1 - mean)):
            raise ValueError(f"no share from 0 to 1 has the mean {mean:g} and the standard deviation {sd:g}")
        if sd:
            size = mean * (1 - mean) / (sd * sd) - 1
            self._a, self._b = mean * size, (1 - mean) * size
        self._step = petition.step()

    def outcome(self) -> Outcome:
        """All outcomes."""
        if not self.sd:
            return outcome(self.petition)
        if self.petition.raw < self.petition.bars.required:
            return Outcome(0.0, 0.0, 1.0, 0.0, 0.0, 0.0)
        low, high = self._chance_of(self.petition.bars.counted_from), self._chance_of(self.petition.bars.qualifies_from)
        by_sample = self._mean(high, *self._ends)
        fails = self._mean(lambda at: low(at, missed=True), *self._ends)
        full = max(0.0, 1.0 - by_sample - fails)
        by_count = min(full, self._mean(lambda at: np.maximum(low(at) - high(at), 0), self._enough, self._ends[1]))
        mean, sd = self.petition.normal()
        return Outcome(by_sample, full, fails, by_count, mean, float(np.hypot(sd, self.petition.raw * self.sd)))

    def by_sample(self) -> float:
        """The chance that it qualifies without a full count."""
        if not self.sd or self.petition.raw < self.petition.bars.required:
            return outcome(self.petition, step=self._step).by_sample
        return self._mean(self._chance_of(self.petition.bars.qualifies_from), *self._ends)

    def qualifies(self) -> float:
        """The chance that it qualifies, by the sample or by a full count."""
        if not self.sd or self.petition.raw < self.petition.bars.required:
            return outcome(self.petition, step=self._step).qualifies
        low, high = self._ends
        enough = min(max(self._enough, low), high)
        short = self._mean(self._chance_of(self.petition.bars.qualifies_from, NARROW, high=enough), low, enough)
        return short + self._mean(self._chance_of(self.petition.bars.counted_from, NARROW, low=enough), enough, high)

    def normal(self) -> Outcome:
        """The same with a normal law of the total and of the share: to be compared with."""
        if not self.sd:
            return by_normal(self.petition)
        mean, sd = self.petition.normal()
        wide = float(np.hypot(sd, self.petition.raw * self.sd))
        by_sample = float(ndtr((mean - self.petition.bars.qualifies_from + 0.5) / wide))
        fails = float(ndtr((self.petition.bars.counted_from - 0.5 - mean) / wide))
        enough = float(ndtr((self.petition.distinct() - self.petition.bars.required) / (self.petition.raw * self.sd)))
        full = 1 - by_sample - fails
        return Outcome(by_sample, full, fails, min(full, max(0.0, enough - by_sample)), mean, wide)

    @cached_property
    def _ends(self) -> tuple[float, float]:
        """The shares beyond which nothing is believed, as shifts from the mean."""
        mean = self.petition.validity
        return tuple(float(betaincinv(self._a, self._b, q)) - mean for q in (EDGE, 1 - EDGE))  # type: ignore[return-value]

    @cached_property
    def _enough(self) -> float:
        """The shift from which on a full count finds enough."""
        required = self.petition.bars.required
        return _crossing(lambda at: self.petition.distinct(at) - required, *self._ends)

    def _chance_of(
        self, bar: int, wide: float = WIDE, low: float = -np.inf, high: float = np.inf
    ) -> Callable[..., Array]:
        """The chance of reaching a bar (or of missing it) as a function of the shift, right between two shifts."""
        ends = self._ends
        middle = _crossing(lambda at: self.petition.normal(at)[0] - bar, *ends)
        mean, spread = self.petition.normal(middle)
        half = wide * spread / max(self.petition.raw, 1)
        first, last = max(middle - half, ends[0], low), min(middle + half, ends[1], high)
        if abs(mean - bar) > wide * spread + len(self.petition.counties) or first >= last:

            def sure(at: Array, *, missed: bool = False) -> Array:
                reached = (at >= middle).astype(float)
                return 1 - reached if missed else reached

            return sure
        nodes = chebyshev.chebpts2(NODES)
        shifts = (first + last) / 2 + (last - first) / 2 * nodes
        deviates = []
        for shift in shifts:
            law = self.petition.certified(float(shift), self._step)
            reached, missed = law.at_least(bar), law.below(bar)
            deviate = ndtri(reached) if reached < 0.5 else -ndtri(missed)
            deviates.append(float(np.clip(deviate, -8.2, 8.2)))
        line = chebyshev.chebfit(nodes, deviates, NODES - 1)

        def chance(at: Array, *, missed: bool = False) -> Array:
            deviate = chebyshev.chebval(np.clip((2 * at - first - last) / (last - first), -1, 1), line)
            inside = ndtr(-deviate if missed else deviate)
            out = (at > last) if not missed else (at < first)
            return np.where((at >= first) & (at <= last), inside, out.astype(float))

        return chance

    def _mean(self, what: Callable[[Array], Array], low: float, high: float) -> float:
        """The mean of something over the shares believed between two shifts."""
        low, high = max(low, self._ends[0]), min(high, self._ends[1])
        if low >= high:
            return 0.0
        fine = self.petition.normal()[1] / max(self.petition.raw, 1)
        panels = int(np.ceil((high - low) / min(self.sd, 4 * fine or self.sd))) + 1
        edges = np.linspace(low, high, min(panels, 400) + 1)
        points, weights = np.polynomial.legendre.leggauss(POINTS)
        half = np.diff(edges)[:, None] / 2
        at = edges[:-1, None] + half * (points[None, :] + 1)
        share = np.clip(at + self.petition.validity, 1e-300, 1 - 1e-16)
        logs = xlogy(self._a - 1, share) + xlog1py(self._b - 1, -share) - betaln(self._a, self._b)
        return float((what(at) * np.exp(logs) * half * weights[None, :]).sum())


def _crossing(what: Callable[[float], float], low: float, high: float) -> float:
    """Where a growing function becomes zero or more; the end nearest to it if it does not between the ends."""
    if what(low) >= 0:
        return low
    if what(high) < 0:
        return high
    for _ in range(60):
        middle = (low + high) / 2
        if what(middle) >= 0:
            high = middle
        else:
            low = middle
        if high - low < 1e-9:
            break
    return high
