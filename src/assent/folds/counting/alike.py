"""Alike: k of m members who are alike, in closed form.

The smaller tail is its first term times a series of positive terms that falls away; the other is its complement.

References: C. Loader, *Fast and Accurate Computation of Binomial Probabilities* (2000), for splitting off the term at
the mode; here its constant is an exact rational of whole numbers.
"""

from __future__ import annotations

from functools import lru_cache
from math import comb, lgamma, log
from typing import TYPE_CHECKING

import numpy as np

from assent.folds.counting.logs import complement, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.folds.counting.logs import Array

NEGLIGIBLE = 2.0**-60  # a term that no longer changes a sum of one
EXACT_UP_TO = 1000
ROWS_FROM = 192


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


@lru_cache(maxsize=4096)
def _terms(m: int, k: int) -> tuple[float, ...]:
    """The terms of a tail from k up, as shares of the first, where the members' probability is k/m: the most it needs.

    Where the odds are a share of those, each term is multiplied by a power of that share.
    """
    terms, odds = [1.0], k / (m - k) if k < m else 0.0
    while k + len(terms) <= m and terms[-1] > NEGLIGIBLE:
        j = len(terms) - 1
        terms.append(terms[-1] * odds * (m - k - j) / (k + 1 + j))
    return tuple(terms)


@lru_cache(maxsize=4096)
def _shape(m: int, k: int) -> tuple[float, float, float, int]:
    return peak(m, k), peak(m, k - 1), peak(m - 1, k - 1), max(len(_terms(m, k)), len(_terms(m, m - k + 1)))


def tails(m: Sequence[int], k: Sequence[int], lp: Array, lq: Array) -> tuple[Array, Array]:
    """At least k of m alike members, and fewer.

    Parameters
    ----------
    m, k
        One of each for each row, 0 < k <= m.
    lp, lq
        Rows by columns: logarithms of a member's probability and of its complement.

    Returns
    -------
    tuple
        Logarithms of the probability and of its complement, rows by columns.

    Examples
    --------
    >>> half = np.log(np.full((1, 1), 0.5))
    >>> round(float(np.exp(tails([3], [2], half, half)[0])[0, 0]), 12)
    0.5
    """
    shapes = [_shape(a, b) for a, b in zip(m, k, strict=True)]
    if lp.shape[1] >= ROWS_FROM:
        rows = [_row(*row) for row in zip(m, k, shapes, lp, lq, strict=True)]
        return np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    size, need = np.array(m, dtype=float)[:, None], np.array(k, dtype=float)[:, None]
    high = np.exp(lp) * size < need
    with np.errstate(invalid="ignore"):
        odds = np.exp(np.where(high, lp - lq, lq - lp))
    up = np.where(high, size - need, need - 1)
    down = np.where(high, need + 1, size - need + 2)
    series = np.ones_like(lp)
    for j in range(max(s[3] for s in shapes) - 1, -1, -1):
        series *= np.maximum(up - j, 0.0) / (down + j) * odds
        series += 1.0
    peaks = np.array([s[:2] for s in shapes])
    start = np.where(high, need, need - 1)
    first = exactly(size, start, lp, lq, np.where(high, peaks[:, :1], peaks[:, 1:]))
    tail = np.minimum(first + np.log(series), 0.0)
    rest = complement(tail)
    return np.where(high, tail, rest), np.where(high, rest, tail)


def _row(m: int, k: int, shape: tuple[float, float, float, int], lp: Array, lq: Array) -> tuple[Array, Array]:
    """One row of many columns: each side of the mean by itself, with constants for coefficients."""
    high = np.exp(lp) * m < k
    tail = np.empty_like(lp)
    for side, count, held, yes, no in ((high, k, shape[0], lp, lq), (~high, m - k + 1, shape[1], lq, lp)):
        a, b = yes[side], no[side]
        if not a.size:
            continue
        terms = _terms(m, count)
        share = np.exp(a - b) * ((m - count) / count)
        series = np.full_like(a, terms[-1])
        for term in terms[-2::-1]:
            series *= share
            series += term
        np.log(series, out=series)
        series += count * (a - log(count / m)) + held
        if count < m:
            series += (m - count) * (b - log((m - count) / m))
        tail[side] = np.minimum(series, 0.0)
    rest = complement(tail)
    return np.where(high, tail, rest), np.where(high, rest, tail)


def pivots(m: Sequence[int], k: Sequence[int], lp: Array, lq: Array) -> Array:
    """The logarithm of the chance that the others leave one of the m members to decide, rows by columns."""
    held = np.array([_shape(a, b)[2] for a, b in zip(m, k, strict=True)])[:, None]
    size, need = np.array(m, dtype=float)[:, None], np.array(k, dtype=float)[:, None]
    return exactly(size - 1, need - 1, lp, lq, held)


def distribution(m: int, lp: Array, lq: Array) -> Array:
    """The chance of each number of m alike members, number by columns."""
    return np.exp(exactly(m, np.arange(m + 1.0)[:, None], lp, lq, _peaks(m)))


@lru_cache(maxsize=1024)
def _peaks(m: int) -> Array:
    return np.array([[peak(m, j)] for j in range(m + 1)])
