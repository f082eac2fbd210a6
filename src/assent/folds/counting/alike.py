"""Alike: k of m members who are alike, in closed form.

The smaller tail is its first term times a series of positive terms that falls away; the other is its complement.

References: C. Loader, *Fast and Accurate Computation of Binomial Probabilities* (2000), for splitting off the term at
the mode; here its constant is an exact rational of whole numbers.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from math import comb, lgamma, log
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assent.folds.counting.logs import complement, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assent.folds.counting.logs import Array

NEGLIGIBLE = 2.0**-60  # a term that no longer changes a sum of one
LEAST = -700.0  # logarithm of a share: its powers are nothing beside one
EXACT_UP_TO = 1000
KEPT = 8  # layouts of sums
MANY = 500  # sums from which their terms are taken one after another


@lru_cache(maxsize=4096)
def peak(m: int, k: int) -> float:
    """The logarithm of the chance of k of m when each has probability k/m.

    Examples
    --------
    >>> round(peak(2, 1), 12) == round(log(0.5), 12)
    True
    """
    if k in (0, m):
        return 0.0
    if m <= EXACT_UP_TO:
        return log(comb(m, k) * k**k * (m - k) ** (m - k) / m**m)
    rest = m - k
    stirling = _correction(m) - _correction(k) - _correction(rest)
    return 0.5 * log(m / (2 * np.pi * k * rest)) + stirling


def _correction(n: int) -> float:
    """What Stirling's formula leaves of log n!."""
    if n < 16:
        return lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(2 * np.pi)
    s = 1.0 / (n * n)
    return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / n


def exactly(m: int | Array, k: int | Array, lp: Array, lq: Array, held: float | Array) -> Array:
    """The logarithm of the chance of exactly k of m, ``held`` being ``peak(m, k)``."""
    yes, whole = np.asarray(k, dtype=float), np.asarray(m, dtype=float)
    no = whole - yes
    with np.errstate(divide="ignore", invalid="ignore"):
        a = np.where(yes > 0, np.log(yes / whole), 0.0)
        b = np.where(no > 0, np.log(no / whole), 0.0)
    return times(yes, lp - a) + times(no, lq - b) + held


def _terms(m: int, k: int) -> Array:
    """The terms of a tail from k up, as shares of the first, where the members' probability is k/m: the most it needs.

    Where the odds are a share of those, each term is multiplied by a power of that share.
    """
    terms, odds = [1.0], k / (m - k) if k < m else 0.0
    while k + len(terms) <= m and terms[-1] > NEGLIGIBLE:
        j = len(terms) - 1
        terms.append(terms[-1] * odds * (m - k - j) / (k + 1 + j))
    return np.array(terms)


@lru_cache(maxsize=4096)
def _side(m: int, k: int) -> tuple[float, float, float, float, float, Array]:
    """Of a body: how many are needed, how many not, the logarithms of their shares, the peak, and the terms."""
    return k, m - k, log(k / m), log((m - k) / m) if k < m else 0.0, peak(m, k), _terms(m, k)


class _Laid(NamedTuple):
    """The terms of some sides one after another, each with its power and where those of a side begin."""

    sides: Array
    terms: Array
    power: Array
    begins: NDArray[np.intp]
    lengths: NDArray[np.intp]

    def series(self, share: Array) -> Array:
        """The sum of the terms of each side, each multiplied by a power of a share given by its logarithm."""
        parts = np.exp(self.power * np.repeat(share.ravel(), self.lengths))
        parts *= self.terms
        return np.add.reduceat(parts, self.begins).reshape(share.shape)


class Bodies:
    """Bodies of alike members, k of m each: what does not depend on the members' probability, for many questions.

    Every body has two sides: at least k are for it, or at least m - k + 1 against. The rarer is added up.

    Parameters
    ----------
    m, k
        One of each for each body, 0 < k <= m.
    """

    def __init__(self, m: Sequence[int], k: Sequence[int]) -> None:
        self.m, self.k = m, k
        self.size, self.need = np.array(m, dtype=float)[:, None], np.array(k, dtype=float)[:, None]
        sides = [side for a, b in zip(m, k, strict=True) for side in (_side(a, b), _side(a, a - b + 1))]
        self.sides = np.array([side[:5] for side in sides]).T
        self.terms = np.concatenate([side[5] for side in sides])
        self.length = np.array([len(side[5]) for side in sides])
        self.start = np.cumsum(self.length) - self.length
        self.kept: dict[object, _Laid] = {}
        self.against = np.arange(1, len(sides), 2)[:, None]  # the place of the side against; for, one before

    def tails(self, lp: Array, lq: Array) -> tuple[Array, Array]:
        """At least k of m alike members, and fewer.

        Parameters
        ----------
        lp, lq
            Bodies by columns: logarithms of a member's probability and of its complement.

        Returns
        -------
        tuple
            Logarithms of the probability and of its complement, bodies by columns.

        Examples
        --------
        >>> half = np.log(np.full((1, 1), 0.5))
        >>> round(float(np.exp(Bodies([3], [2]).tails(half, half)[0])[0, 0]), 12)
        0.5
        """
        high = np.exp(lp) * self.size < self.need
        laid = self._laid(high) if high.size < MANY else None
        count, rest, a, b, held = self.sides[:, self.against - high] if laid is None else laid.sides
        yes, no = np.where(high, lp, lq) - a, np.where(high, lq, lp) - b
        share = np.maximum(yes - no, LEAST)
        series = self._nested(high, np.exp(share)) if laid is None else laid.series(share)
        tail = np.minimum(count * yes + rest * no + held + np.log(series), 0.0)
        left = complement(tail)
        return np.where(high, tail, left), np.where(high, left, tail)

    def _laid(self, high: NDArray[np.bool_]) -> _Laid:
        """The terms of the sides that are added up; kept, as a probability that moves a little asks for the same."""
        key = high.shape, high.tobytes()
        found = self.kept.get(key)
        if found is None:
            if len(self.kept) >= KEPT:
                self.kept.clear()
            place = self.against - high
            lengths = self.length[place].ravel()
            begins = lengths.cumsum() - lengths
            power = np.arange(lengths.sum()) - np.repeat(begins, lengths)
            terms = self.terms[power + np.repeat(self.start[place].ravel(), lengths)]
            found = self.kept[key] = _Laid(self.sides[:, place], terms, power.astype(float), begins, lengths)
        return found

    def _nested(self, high: NDArray[np.bool_], share: Array) -> Array:
        """The same for many columns by the scheme of W. G. Horner (1819), the longest sums first."""
        order, reach, (ours, theirs) = self._longest_first
        high, share = high[order], share[order]
        series = np.zeros_like(share)
        for j in range(len(reach) - 1, -1, -1):
            n = reach[j]
            series[:n] *= share[:n]
            series[:n] += np.where(high[:n], ours[j, :n], theirs[j, :n])
        out = np.empty_like(series)
        out[order] = series
        return out

    @cached_property
    def _longest_first(self) -> tuple[NDArray[np.intp], list[int], Array]:
        """Bodies by the length of their sums, how many have a term of each power, and the terms of both sides."""
        longest = np.maximum(self.length[::2], self.length[1::2])
        order = np.argsort(-longest)
        found = np.zeros((2, longest.max(), len(order), 1))
        for place, body in enumerate(order):
            for side in (0, 1):
                start, length = self.start[2 * body + side], self.length[2 * body + side]
                found[side, :length, place, 0] = self.terms[start : start + length]
        return order, [int((longest > j).sum()) for j in range(longest.max())], found

    def pivots(self, lp: Array, lq: Array) -> Array:
        """The logarithm of the chance that the others leave one of the m members to decide, bodies by columns."""
        held = np.array([peak(a - 1, b - 1) for a, b in zip(self.m, self.k, strict=True)])[:, None]
        return exactly(self.size - 1, self.need - 1, lp, lq, held)


def distribution(m: int, lp: Array, lq: Array) -> Array:
    """The chance of each number of m alike members, number by columns."""
    return np.exp(exactly(m, np.arange(m + 1.0)[:, None], lp, lq, _peaks(m)))


@lru_cache(maxsize=1024)
def _peaks(m: int) -> Array:
    return np.array([[peak(m, j)] for j in range(m + 1)])
