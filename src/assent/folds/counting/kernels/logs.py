"""Logs: probabilities carried as the logarithms of both sides."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from assent.folds.counting.switch import jit

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
Pair = tuple[float, float]
HALF = -0.6931471805599453
STIRLING = np.array(
    [
        0.0,
        0.08106146679532726,
        0.0413406959554093,
        0.02767792568499834,
        0.020790672103765093,
        0.016644691189821193,
        0.013876128823070748,
        0.01189670994589177,
        0.010411265261972096,
        0.009255462182712733,
        0.00833056343336287,
        0.007573675487951841,
        0.00694284010720953,
        0.006408994188004207,
        0.0059513701127588475,
        0.005554733551962801,
    ]
)  # log n! beyond Stirling's formula, worked out with sixty digits


@jit
def complement(log: float) -> float:
    """The logarithm of one minus a probability given by its logarithm."""
    held = min(log, 0.0)
    if held > HALF:
        return math.log(-math.expm1(held))
    return math.log1p(-math.exp(held))


@jit
def plus(a: float, b: float) -> float:
    """The logarithm of a sum of two numbers given by theirs."""
    if a < b:
        a, b = b, a
    if b == -math.inf:
        return a
    return a + math.log1p(math.exp(b - a))


@jit
def correction(n: int) -> float:
    """What Stirling's formula leaves of log n!."""
    if n < 16:
        return float(STIRLING[n])
    s = 1.0 / (float(n) * n)
    return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / n


@jit
def peak(m: int, k: int) -> float:
    """The logarithm of the chance of k of m when each has probability k/m."""
    if k in (0, m):
        return 0.0
    rest = m - k
    return 0.5 * math.log(m / (2 * math.pi * k * rest)) + correction(m) - correction(k) - correction(rest)
