"""Contour: k of very many unequal members, by an integral around a circle of the generating function.

The circle is put through the saddle (the members' odds are tilted so that their mean is k), where the integrand falls
off like a normal density: some sixty points give fifteen digits of the tail and of every member's chance of deciding.
The points are spaced so that what is folded over lies twenty standard deviations off.

Reference: the saddlepoint contour of H. Daniels (1954), with the trapezoidal rule, which is exponentially accurate on
a circle (L. Trefethen and J. Weideman, *The Exponentially Convergent Trapezoidal Rule*, SIAM Review 56, 2014).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assent.folds.counting.logs import Array, complement

PERIOD = 22.0  # standard deviations between what is wanted and its first image
DEPTH = 41.0  # the characteristic function is followed down to exp(-DEPTH), below 2e-18
NEAR = 2.0  # the pole of the tail is kept this many standard deviations from the saddle
LEAST = 7.0  # smallest standard deviation for which the integral is used
STEPS = 60
CLOSE = 0.1  # standard deviations the mean may be off the need
Points = NDArray[np.complex128]


@dataclass(frozen=True, slots=True)
class Saddle:
    """Where the circle passes: the tilt that brings the mean to the need, and the standard deviation there."""

    theta: float
    deviation: float


def saddle(la: Array, lb: Array, need: int) -> Saddle | None:
    """The saddle of one column; ``None`` where there is none, or where it is too narrow for the integral."""
    with np.errstate(invalid="ignore"):
        odds = la - lb
    sure, never = int(np.isposinf(odds).sum()), int(np.isneginf(odds).sum())
    if not sure < need < len(odds) - never:
        return None
    theta, reach = 0.0, float(np.abs(odds[np.isfinite(odds)]).max(initial=0.0)) + 50.0
    low, high = -reach, reach
    for _ in range(STEPS):
        share = _share(odds, theta)
        gap, spread = need - float(share.sum()), float((share * (1 - share)).sum())
        if abs(gap) <= CLOSE * np.sqrt(spread):
            break
        low, high = (theta, high) if gap > 0 else (low, theta)
        step = theta + gap / spread if spread > 0 else np.inf
        theta = step if low < step < high else (low + high) / 2
    deviation = float(np.sqrt(spread))
    return Saddle(theta, deviation) if deviation >= LEAST else None


def run(la: Array, lb: Array, need: int, way: Saddle, *, pivots: bool = True) -> tuple[float, float, Array | None]:
    """At least ``need`` of the members of one column, fewer, and each one's chance of deciding.

    Parameters
    ----------
    la, lb
        One logarithm for each member: of its probability and of its complement.
    way
        The saddle.

    Returns
    -------
    tuple
        Logarithms: of the probability, of its complement, and of each member's chance of being pivotal.
    """
    with np.errstate(invalid="ignore"):
        odds = la - lb
    theta, deviation = way.theta, way.deviation
    circle = _circle(_share(odds, theta), deviation)
    pivot = _pivots(odds, la, lb, need, theta, *circle) if pivots else None
    side = theta
    if abs(theta) * deviation <= NEAR:
        side = float(np.copysign(NEAR / deviation, theta or 1.0))
        circle = _circle(_share(odds, side), deviation)
    turn, product = circle
    z = np.exp(side + 1j * turn)
    # above the mean the tail from k up, below it the rest: on either side the pole at one lies beyond the saddle
    kernel = np.copysign(1.0, side) * np.exp(-1j * need * turn) / (1 - 1 / z)
    total = _mean(product * kernel, turn)
    scale = float(np.logaddexp(la + side, lb).sum()) - need * side
    small = np.array(np.log(total) + scale)
    rest = complement(small)
    return (float(small), float(rest), pivot) if side > 0 else (float(rest), float(small), pivot)


def _pivots(odds: Array, la: Array, lb: Array, need: int, theta: float, turn: Array, product: Points) -> Array:
    share = _share(odds, theta)
    weights = product * np.exp(-1j * (need - 1) * turn)
    step = turn[1] - turn[0]
    weights[1:] *= 2
    value = np.zeros_like(share)
    for weight, slope in zip(weights, np.expm1(1j * turn), strict=True):
        value += (weight / (1 + share * slope)).real
    value *= step / (2 * np.pi)
    up = np.logaddexp(la + theta, lb)
    with np.errstate(divide="ignore"):
        logs: Array = np.log(np.maximum(value, 0.0)) + float(up.sum()) - up - (need - 1) * theta
    return logs


def _circle(share: Array, deviation: float) -> tuple[Array, Points]:
    """Points on the upper half of the circle, and the characteristic function there."""
    step = 2 * np.pi / np.ceil(PERIOD * deviation)
    extent = np.arccos(max(-1.0, 1 - DEPTH / deviation**2))
    turn = np.arange(int(np.ceil(extent / step)) + 1) * step
    return turn, np.array([np.prod(1 + share * slope) for slope in np.expm1(1j * turn)])


def _mean(values: Points, turn: Array) -> float:
    real = values.real.copy()
    real[1:] *= 2
    return float(real.sum() * (turn[1] - turn[0]) / (2 * np.pi))


def _share(odds: Array, theta: float) -> Array:
    with np.errstate(over="ignore"):
        found: Array = 1.0 / (1.0 + np.exp(-(odds + theta)))
    return found
