"""Contour: k of very many unequal members, by an integral around a circle of the generating function."""
# ruff: noqa: FBT001 - a kernel takes plain numbers and arrays

from __future__ import annotations

import math

import numpy as np

from assent.folds.counting.kernels.logs import Array, Pair, complement, plus
from assent.folds.counting.switch import jit

PERIOD = 22.0  # standard deviations between what is wanted and its first image
DEPTH = 41.0  # the characteristic function is followed down to exp(-DEPTH)
NEAR = 2.0  # the pole of the tail is kept this many standard deviations from the saddle
LEAST = 7.0  # smallest standard deviation for which the integral is used
CLOSE = 0.1  # standard deviations the mean may be off the need
STEPS = 60


@jit
def saddle(odds: Array, need: int) -> Pair:
    """The tilt that brings the mean to the need and the standard deviation there, which is zero where there is none."""
    n, sure, never, reach = len(odds), 0, 0, 0.0
    for i in range(n):
        if odds[i] == math.inf:
            sure += 1
        elif odds[i] == -math.inf:
            never += 1
        else:
            reach = max(reach, abs(odds[i]))
    if not sure < need < n - never:
        return 0.0, 0.0
    reach += 50.0
    theta, low, high, spread = 0.0, -reach, reach, 0.0
    for _ in range(STEPS):
        mean, spread = 0.0, 0.0
        for i in range(n):
            share = 1.0 / (1.0 + math.exp(-(odds[i] + theta)))
            mean += share
            spread += share * (1 - share)
        gap = need - mean
        if abs(gap) <= CLOSE * math.sqrt(spread):
            break
        if gap > 0:
            low = theta
        else:
            high = theta
        step = theta + gap / spread if spread > 0 else math.inf
        theta = step if low < step < high else 0.5 * (low + high)
    return theta, math.sqrt(spread)


@jit
def circle(share: Array, deviation: float) -> tuple[Array, Array, Array]:
    """Points on the upper half of the circle, and the characteristic function there, real and imaginary."""
    step = 2 * math.pi / math.ceil(PERIOD * deviation)
    extent = math.acos(max(-1.0, 1 - DEPTH / deviation**2))
    size = math.ceil(extent / step) + 1
    turn, x, y = np.empty(size), np.empty(size), np.empty(size)
    real, imaginary = np.empty(size), np.empty(size)
    for t in range(size):
        turn[t], x[t], y[t] = t * step, 1.0, 0.0
        real[t], imaginary[t] = -2.0 * math.sin(0.5 * turn[t]) ** 2, math.sin(turn[t])
    for i in range(len(share)):
        s = share[i]
        for t in range(size):
            u, v, before = 1.0 + s * real[t], s * imaginary[t], x[t]
            x[t] = before * u - y[t] * v
            y[t] = before * v + y[t] * u
    return turn, x, y


@jit
def tail(share: Array, deviation: float, side: float, need: int) -> float:
    """The tail beyond a need, or the rest, as a share of the whole in the measure of the saddle."""
    turn, x, y = circle(share, deviation)
    total: float = 0.0
    shrink = math.exp(-side)
    for t in range(len(turn)):
        c, s = math.cos(need * turn[t]), -math.sin(need * turn[t])
        up, across = x[t] * c - y[t] * s, x[t] * s + y[t] * c
        below, beside = 1.0 - shrink * math.cos(turn[t]), shrink * math.sin(turn[t])  # 1 - 1/z
        value = (up * below + across * beside) / (below**2 + beside**2)
        total += value if t == 0 else 2 * value
    total *= turn[1] / (2 * math.pi)
    return total if side > 0 else -total


@jit
def shares(la: Array, lb: Array, theta: float, share: Array, up: Array) -> float:
    """Each member's chance in the measure of a tilt, and the logarithm of what it is scaled by; the sum of these."""
    total, lost = 0.0, 0.0
    for i in range(len(la)):
        share[i] = 1.0 / (1.0 + math.exp(-(la[i] - lb[i] + theta)))
        up[i] = plus(la[i] + theta, lb[i])
        part = up[i] - lost  # ten thousand roundings of a sum of thousands would show: they are carried along
        rounded = total + part
        lost = (rounded - total) - part
        total = rounded
    return total


@jit
def decide(share: Array, deviation: float, need: int, out: Array) -> None:
    """Each member's chance of being pivotal, in the measure of the saddle."""
    turn, x, y = circle(share, deviation)
    size = len(turn)
    own, pull, lean = np.empty(size), np.empty(size), np.empty(size)
    for t in range(size):
        c, s = math.cos((need - 1) * turn[t]), -math.sin((need - 1) * turn[t])
        step = turn[1] / (2 * math.pi) * (1 if t == 0 else 2)
        own[t] = step * (x[t] * c - y[t] * s)
        lean[t] = 4 * math.sin(turn[t] / 2) ** 2
        pull[t] = -0.5 * lean[t] * own[t] + math.sin(turn[t]) * step * (x[t] * s + y[t] * c)
    for i in range(len(share)):
        out[i] = 0.0
    for t in range(size):  # the members inside: they are worked out several at once
        a, b, c = own[t], pull[t], lean[t]
        for i in range(len(share)):
            out[i] += (a + share[i] * b) / (1.0 - c * share[i] * (1.0 - share[i]))


@jit
def crowd(la: Array, lb: Array, need: int, want: bool, pivots: Array) -> tuple[float, float, bool]:
    """At least so many of unequal members, fewer, and pivots; whether the integral could be used."""
    n = len(la)
    theta, deviation = saddle(la - lb, need)
    if deviation < LEAST:
        return 0.0, 0.0, False
    share, up = np.empty(n), np.empty(n)
    scale = shares(la, lb, theta, share, up)
    if want:
        decide(share, deviation, need, pivots)
        for i in range(n):
            pivots[i] = math.log(max(pivots[i], 0.0)) + scale - up[i] - (need - 1) * theta
    side = theta
    if abs(theta) * deviation <= NEAR:
        side = NEAR / deviation if theta >= 0 else -NEAR / deviation
        scale = shares(la, lb, side, share, up)
    small = math.log(tail(share, deviation, side, need)) + scale - need * side
    rest = complement(small)
    return (small, rest, True) if side > 0 else (rest, small, True)
