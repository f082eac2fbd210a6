"""Alike: k of m members who are alike, in closed form."""

from __future__ import annotations

import math

from assent.folds.counting.kernels.logs import Array, Pair, Whole, complement, peak
from assent.folds.counting.switch import jit

TINY = 2.0**-60  # a term that no longer changes a sum of one
CONSTANTS = 9


@jit
def constants(m: int, k: int, held: Array) -> None:
    """What does not depend on the members' probability: logarithms of shares, and of the chance at each mode."""
    for place, (of, count) in enumerate(((m, k), (m, m - k + 1), (m - 1, k - 1))):
        held[3 * place] = math.log(count / of) if count > 0 else 0.0
        held[3 * place + 1] = math.log((of - count) / of) if count < of else 0.0
        held[3 * place + 2] = peak(of, count)


@jit
def tails(m: int, k: int, a: float, b: float, held: Array, inverse: Array) -> Pair:
    """At least k of m, and fewer; ``inverse`` holds 1/n for every number up to m."""
    high = math.exp(a) * m < k
    count, place = (k, 0) if high else (m - k + 1, 3)
    up, down = (a, b) if high else (b, a)
    odds, rest = math.exp(up - down), m - count
    series, term, j = 1.0, 1.0, 1
    while j <= rest and term > TINY * series:
        term *= odds * (rest - j + 1) * inverse[count + j]
        series += term
        j += 1
    tail = count * (up - held[place]) + held[place + 2] + math.log(series)
    if rest > 0:
        tail += rest * (down - held[place + 1])
    tail = min(tail, 0.0)
    return (tail, complement(tail)) if high else (complement(tail), tail)


@jit
def pivot(m: int, k: int, a: float, b: float, held: Array) -> float:
    """The chance that the others leave one of the m members to decide."""
    found = float(held[8])
    if k > 1:
        found += (k - 1) * (a - held[6])
    if m > k:
        found += (m - k) * (b - held[7])
    return found


@jit
def product(counts: Whole, la: Array, want: bool, pivots: Array) -> float:  # noqa: FBT001 - a kernel has no names
    """All of them, and for each block all others."""
    whole, nil = 0.0, 0
    for i in range(len(counts)):
        if la[i] == -math.inf:
            nil += counts[i]
        else:
            whole += counts[i] * la[i]
    if want:
        for i in range(len(counts)):
            own = la[i] == -math.inf
            pivots[i] = -math.inf if nil > own else whole - (0.0 if own else la[i])
    return -math.inf if nil else whole
