"""Contour: k of very many unequal members, by an integral around a circle of the generating function.

The circle is put through the saddle (the members' odds are tilted so that their mean is k), where the integrand falls
off like a normal density: some thirty points give fifteen digits of the tail and of every member's chance of deciding.
The points are spaced so that what is folded over lies twenty standard deviations off.

On the circle the generating function is known from the power sums of the members' shares around their mean: its
logarithm is a series in them, and so is a member's chance of deciding in its own share. A dozen sums are enough where
the circle is short; where it is long, shares far apart are summed apart. So no point costs a look at every member.

References: the saddlepoint contour of H. Daniels (1954), with the trapezoidal rule, which is exponentially accurate on
a circle (L. Trefethen and J. Weideman, *The Exponentially Convergent Trapezoidal Rule*, SIAM Review 56, 2014).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import acos, ceil, copysign, cos, e, exp, log, pi, sqrt, tan
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assent.folds.counting.logs import Array, complement

if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = slice | NDArray[np.intp]

PERIOD = 22.0  # standard deviations between what is wanted and its first image
DEPTH = 41.0  # the characteristic function is followed down to exp(-DEPTH), below 2e-18
NEAR = 2.0  # the pole of the tail is kept this many standard deviations from the saddle
LEAST = 7.0  # smallest standard deviation for which the integral is used
STEPS = 60
CLOSE = 0.1  # standard deviations the mean may be off the need
RATIO = 0.5  # what a term of the series may be of the one before it, at the far end of the circle
EASY = 1e-100  # probability from which odds are tilted as they are
LIMIT = 300.0  # by how much at most
LAST = 1e-18  # what the terms that are left out may come to
TERMS = 40
SPAN = 4096  # members looked at together: what is worked out about them stays in the nearest cache
Points = NDArray[np.complex128]
_QUIET = np.errstate(divide="ignore", over="ignore", invalid="ignore")  # of chances that are 0 or 1


@dataclass(frozen=True, slots=True)
class Saddle:
    """Where the circle passes: the tilt that brings the mean to the need, and the standard deviation there."""

    theta: float
    deviation: float

    @property
    def beside(self) -> Saddle:
        """The same, or next to it where it is too close to the pole of the tail."""
        if abs(self.theta) * self.deviation > NEAR:
            return self
        return Saddle(copysign(NEAR / self.deviation, self.theta or 1.0), self.deviation)


@dataclass(frozen=True, slots=True)
class Logs:
    """Members by the logarithms of their probabilities, of the complements of these, and of their odds."""

    la: Array
    lb: Array
    odds: Array
    low: float
    high: float

    @classmethod
    @_QUIET
    def of(cls, la: Array, lb: Array) -> Logs:
        """Members of whom both logarithms are known."""
        odds = la - lb
        return cls(la, lb, odds, float(odds.min()), float(odds.max()))

    def share(self, span: Span, theta: float) -> Array:
        """The probabilities of some of them, their odds tilted."""
        share: Array = self.odds[span] + theta
        np.negative(share, out=share)
        np.exp(share, out=share)
        share += 1.0
        return np.reciprocal(share, out=share)

    def tilted(self, span: Span, theta: float) -> tuple[Array, Array]:
        """The same, and the logarithm of what the chances of each are divided by when its odds are tilted."""
        scale: Array = np.maximum(self.la[span] + theta, self.lb[span])
        scale += np.log1p(np.exp(-np.abs(self.odds[span] + theta)))
        return self.share(span, theta), scale


@dataclass(frozen=True, slots=True)
class Plain:
    """Members by their probabilities, none so near 0 or 1 that its odds could not be tilted as they are."""

    p: Array
    low: float
    high: float

    def share(self, span: Span, theta: float) -> Array:
        """The probabilities of some of them, their odds tilted; not to be written to."""
        if not theta:
            return self.p[span]
        up, both = self._both(span, theta)
        return np.divide(up, both, out=up)

    def tilted(self, span: Span, theta: float) -> tuple[Array, Array]:
        """The same, and the logarithm of what the chances of each are divided by when its odds are tilted."""
        up, both = self._both(span, theta)
        return np.divide(up, both, out=up), np.log(both, out=both)

    def _both(self, span: Span, theta: float) -> tuple[Array, Array]:
        p = self.p[span]
        up: Array = p * exp(theta)
        both: Array = 1.0 - p
        both += up
        return up, both


@_QUIET
def members(p: Array) -> Plain | Logs:
    """Members by their probabilities, as whichever is in place."""
    low, high = float(p.min()), float(p.max())
    if min(low, 1.0 - high) > EASY:
        return Plain(p, log(low / (1.0 - low)), log(high / (1.0 - high)))
    return Logs.of(np.log(p), np.log1p(-p))


def run(lp: Array, lq: Array, need: int, *, pivots: bool = True) -> tuple[Array, Array, Array | None] | None:
    """At least ``need`` of unequal members, fewer, and each one's chance of deciding.

    Parameters
    ----------
    lp, lq
        Members by columns: logarithms of the probability of each and of its complement.

    Returns
    -------
    tuple or None
        Logarithms by columns, and members by columns; ``None`` where a column is too narrow for the integral.
    """
    size, columns = lp.shape
    ends, found = np.empty((2, columns)), np.empty((size, columns)) if pivots else None
    for c in range(columns):
        column = Column(Logs.of(lp[:, c], lq[:, c]), size, need)
        if column.saddle is None:
            return None
        ends[:, c] = column.ends()
        if found is not None:
            found[:, c] = column.pivots()
    return ends[0], ends[1], found


class Column:
    """Unequal members of whom so many are needed."""

    def __init__(self, members: Logs | Plain, size: int, need: int) -> None:
        self.members, self.size, self.need = members, size, need

    @cached_property
    @_QUIET
    def saddle(self) -> Saddle | None:
        """The saddle; ``None`` where there is none, or where it is too narrow for the integral."""
        reach = LIMIT
        if isinstance(self.members, Logs):
            odds = self.members.odds
            finite = odds[np.isfinite(odds)]
            sure = int(np.count_nonzero(odds == np.inf))
            if not sure < self.need <= sure + len(finite) - 1:
                return None
            reach = float(np.abs(finite).max()) + 50.0
        theta, low, high, deviation = 0.0, -reach, reach, 0.0
        for _ in range(STEPS):
            mean = spread = 0.0
            for span in _spans(self.size):
                share = self.members.share(span, theta)
                mean += float(share.sum())
                spread -= float(share @ share)
            spread = max(spread + mean, 0.0)
            gap, deviation = self.need - mean, sqrt(spread)
            if deviation and abs(gap) <= CLOSE * deviation:
                break
            low, high = (theta, high) if gap > 0 else (low, theta)
            step = gap / spread if spread else np.inf
            if low < theta + step < high:
                theta += step
                if 0.5 * spread * step**2 * exp(min(abs(step), LIMIT)) <= CLOSE * deviation:
                    break  # a third cumulant is no larger than the second: so much may the mean be off, no more
            else:
                theta = (low + high) / 2
        return Saddle(theta, deviation) if deviation >= LEAST else None

    @_QUIET
    def ends(self) -> tuple[float, float]:
        """Logarithms of the probability and of its complement."""
        assert self.saddle is not None  # noqa: S101 - asked before
        return self.circle(self.saddle.beside).ends()

    @_QUIET
    def pivots(self) -> Array:
        """The logarithm of each member's chance of deciding."""
        assert self.saddle is not None  # noqa: S101 - asked before
        return self.circle(self.saddle).pivots()

    def circle(self, way: Saddle) -> Circle:
        """The circle through a saddle; the last one is kept."""
        if self._last is None or self._last.way != way:
            self._last = Circle(self, way)
        return self._last

    _last: Circle | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """Members whose shares are close together: who, the middle of their shares, and power sums of what is off it."""

    spans: tuple[Span, ...]
    size: int
    centre: float
    sums: tuple[float, ...]

    def log(self, turn: Array) -> Points:
        """The logarithm of their generating function on the circle, turned back by their mean."""
        c = self.centre
        ahead, back = (1 - c) * turn, c * turn
        real = -2 * ((1 - c) * np.sin(back / 2) ** 2 + c * np.sin(ahead / 2) ** 2)
        imaginary = c * np.sin(ahead) - (1 - c) * np.sin(back)
        found: Points = np.empty(len(turn), dtype=complex)
        found.real = self.size * 0.5 * np.log1p(real * (2 + real) + imaginary**2)
        found.imag = self.size * np.arctan2(imaginary, 1 + real)
        powers = np.multiply.accumulate(np.broadcast_to(-self.value(turn), (len(self.sums), len(turn))))
        found -= np.array(self.sums) / np.arange(1, len(self.sums) + 1) @ powers
        return found

    def value(self, turn: Array) -> Points:
        """The variable of the series: (z - 1) / (1 + c (z - 1)) where the circle is at z."""
        walk = np.expm1(1j * turn)
        value: Points = walk / (1 + self.centre * walk)
        return value


class Circle:
    """One column on a circle: its members tilted, as power sums of their shares.

    Attributes
    ----------
    turn
        The points on its upper half, as angles.
    product
        The characteristic function there, turned back by the need.
    scale
        The logarithm of what is divided out of the chance of any one way to just the need.
    """

    def __init__(self, column: Column, way: Saddle) -> None:
        self.column, self.way = column, way
        self.scale = 0.0
        step = 2 * pi / ceil(PERIOD * way.deviation)
        extent = acos(max(-1.0, 1 - DEPTH / way.deviation**2))
        self.turn: Array = step * np.arange(ceil(extent / step) + 1, dtype=float)
        self.parts = [self._part(*part) for part in self._cuts()]
        lead = sum(part.size * part.centre for part in self.parts) - column.need
        logs = 1j * (lead * self.turn)
        for part in self.parts:
            logs += part.log(self.turn)
        self.product: Points = np.exp(logs)

    def ends(self) -> tuple[float, float]:
        """Logarithms of the probability and of its complement."""
        theta = self.way.theta
        # above the mean the tail from k up, below it the rest: on either side the pole at one lies beyond the saddle
        kernel = copysign(1.0, theta) / (1 - np.exp(-theta - 1j * self.turn))
        values = (self.product * kernel).real
        mean = (2 * float(values.sum()) - float(values[0])) * self.turn[1] / (2 * pi)
        small = np.array(np.log(mean) + self.scale)
        rest = float(complement(small))
        return (float(small), rest) if theta > 0 else (rest, float(small))

    def pivots(self) -> Array:
        """The logarithm of each member's chance of deciding: one step less, without its own factor."""
        weights = self.product * np.exp(1j * self.turn) * (self.turn[1] / pi)
        weights[0] /= 2
        found = np.empty(self.column.size)
        scale = self.scale + self.way.theta
        for part in self.parts:
            value = part.value(self.turn)
            terms = weights * (1 - part.centre * value)  # 1 / (1 + c (z - 1))
            series = []
            for _ in range(len(part.sums) + 1):
                series.append(float(terms.real.sum()))
                terms *= -value
            for span in part.spans:
                share, each = self.column.members.tilted(span, self.way.theta)
                share -= part.centre
                chance = np.full_like(share, series[-1])
                for factor in reversed(series[:-1]):
                    chance *= share
                    chance += factor
                np.log(np.maximum(chance, 0.0, out=chance), out=chance)
                chance -= each
                chance += scale
                found[span] = chance
        return found

    def _cuts(self) -> Iterator[tuple[tuple[Span, ...], int, float, float]]:
        """Members in parts narrow enough for a short series: who, how many, middle of their shares, farthest."""
        size = self.column.size
        members, theta = self.column.members, self.way.theta
        low, high = _at(members.low + theta), _at(members.high + theta)
        many = max(1, ceil((high - low) * self._far / (2 * RATIO)))
        if many == 1:
            centre = min(max(self.column.need / size, low), high)  # near their mean, so the first sum is small
            yield tuple(_spans(size)), size, centre, max(high - centre, centre - low)
            return
        edges = np.linspace(low, high, many + 1)
        place = np.searchsorted(edges[1:-1], members.share(slice(None), theta), side="right")
        order = np.argsort(place, kind="stable")
        cuts = np.searchsorted(place[order], np.arange(many + 1))
        for at in range(many):
            whose = order[cuts[at] : cuts[at + 1]]
            if len(whose):
                spans = tuple([whose[span] for span in _spans(len(whose))])
                reach = float(edges[1] - edges[0]) / 2
                yield spans, len(whose), float(edges[at]) + reach, reach

    def _part(self, spans: tuple[Span, ...], size: int, centre: float, reach: float) -> _Part:
        """The power sums of a part."""
        members, theta = self.column.members, self.way.theta
        apiece = theta * self.column.need / self.column.size  # so that what is added up is small
        rows = (self._terms(size, reach) + 1) // 2
        sums = np.zeros(2 * rows)
        room = np.empty((rows, min(size, SPAN)))
        for span in spans:
            share, scale = members.tilted(span, theta)
            scale -= apiece
            self.scale += float(scale.sum())
            powers = room[:, : len(share)]
            np.subtract(share, centre, out=powers[0])
            for row in range(1, rows):
                np.multiply(powers[row - 1], powers[0], out=powers[row])
            sums[0] += powers[0].sum()
            sums[1:rows] += powers[:-1] @ powers[0]
            sums[rows:] += powers @ powers[-1]
        return _Part(spans, size, centre, tuple(sums.tolist()))

    @cached_property
    def _far(self) -> float:
        """What the variable of the series is at most, whatever the middle of a part."""
        return 2 * tan(float(self.turn[-1]) / 2)

    def _terms(self, size: int, reach: float) -> int:
        """How many terms of the series leave out no more than ``LAST``.

        The k-th is at most ``size (reach far)^k / k`` at the end of the circle, and where it has turned by t there
        remains ``(t / end)^k`` of it, while the product has fallen to ``exp(-d^2 t^2 s / 2)``; both together are
        largest at ``t^2 = k / (s d^2)``.
        """
        extent = float(self.turn[-1])
        fall = 2 * (1 - cos(extent)) / extent**2
        unit = reach * self._far / extent / (self.way.deviation * sqrt(fall))
        for k in range(2, TERMS):
            if size / (k + 1) * (unit * sqrt((k + 1) / e)) ** (k + 1) <= LAST:
                return k
        return TERMS


def _spans(size: int) -> Iterator[slice]:
    for at in range(0, size, SPAN):
        yield slice(at, at + SPAN)


def _at(odds: float) -> float:
    return 1.0 / (1.0 + exp(-odds)) if odds > -LIMIT else 0.0
