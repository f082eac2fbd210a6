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
        way = saddle(lp[:, c], lq[:, c], need)
        if way is None:
            return None
        column = _Column(lp[:, c], lq[:, c], need, way)
        ends[:, c] = column.ends()
        if found is not None:
            found[:, c] = column.pivots()
    return ends[0], ends[1], found


class _Column:
    """One column, on the circle through its saddle."""

    def __init__(self, la: Array, lb: Array, need: int, way: Saddle) -> None:
        self.la, self.lb, self.need, self.way = la, lb, need, way
        with np.errstate(invalid="ignore"):
            self.odds = la - lb
        self.share = _share(self.odds, way.theta)
        self.turn, self.product = _circle(self.share, way.deviation)
        self.up = np.logaddexp(la + way.theta, lb)

    def ends(self) -> tuple[float, float]:
        """Logarithms of the probability and of its complement."""
        theta, deviation, need = self.way.theta, self.way.deviation, self.need
        turn, product, scale = self.turn, self.product, float(self.up.sum())
        if abs(theta) * deviation <= NEAR:
            theta = float(np.copysign(NEAR / deviation, theta or 1.0))
            turn, product = _circle(_share(self.odds, theta), deviation)
            scale = float(np.logaddexp(self.la + theta, self.lb).sum())
        z = np.exp(theta + 1j * turn)
        # above the mean the tail from k up, below it the rest: on either side the pole at one lies beyond the saddle
        kernel = np.copysign(1.0, theta) * np.exp(-1j * need * turn) / (1 - 1 / z)
        small = np.array(np.log(_mean(product * kernel, turn)) + scale - need * theta)
        rest = float(complement(small))
        return (float(small), rest) if theta > 0 else (rest, float(small))

    def pivots(self) -> Array:
        """The logarithm of each member's chance of deciding.

        A point adds the real part of ``w / (1 + s (z - 1))`` for a member with share s. With ``z`` on the unit circle
        that is ``(Re w + s Re(w conj(z - 1))) / (1 - 2 (1 - cos t) s (1 - s))``: no complex numbers for each member.
        """
        turn, share = self.turn, self.share
        weights = self.product * np.exp(-1j * (self.need - 1) * turn) * (turn[1] - turn[0]) / (2 * np.pi)
        weights[1:] *= 2
        pulls = (weights * np.conj(np.expm1(1j * turn))).real
        spread = share * (1 - share)
        own, pulled = np.zeros_like(share), np.zeros_like(share)
        for weight, pull, lean in zip(weights.real, pulls, 4 * np.sin(turn / 2) ** 2, strict=True):
            part = 1.0 / (1.0 - lean * spread)
            own += weight * part
            pulled += pull * part
        value = np.maximum(own + share * pulled, 0.0)
        with np.errstate(divide="ignore"):
            logs: Array = np.log(value) + (float(self.up.sum()) - (self.need - 1) * self.way.theta) - self.up
        return logs


def _circle(share: Array, deviation: float) -> tuple[Array, Points]:
    """Points on the upper half of the circle, and the characteristic function there."""
    step = 2 * np.pi / np.ceil(PERIOD * deviation)
    extent = np.arccos(max(-1.0, 1 - DEPTH / deviation**2))
    turn = np.arange(int(np.ceil(extent / step)) + 1) * step
    factors: Points = 1 + np.multiply.outer(share, np.expm1(1j * turn))
    while len(factors) > 1:  # by halves: the shortest way, and rounding hardly grows
        half = len(factors) // 2
        rest = factors[2 * half :]
        factors = factors[:half] * factors[half : 2 * half]
        factors = np.concatenate([factors, rest]) if len(rest) else factors
    return turn, factors[0]


def _mean(values: Points, turn: Array) -> float:
    real = values.real.copy()
    real[1:] *= 2
    return float(real.sum() * (turn[1] - turn[0]) / (2 * np.pi))


def _share(odds: Array, theta: float) -> Array:
    with np.errstate(over="ignore"):
        found: Array = 1.0 / (1.0 + np.exp(-(odds + theta)))
    return found
