"""Diagram: a circuit with shared leaves, decided leaf by leaf."""
# ruff: noqa: FBT001, PLR0913, PLR0917 - a kernel takes plain numbers and arrays

from __future__ import annotations

import math

import numpy as np

from assent.folds.counting.kernels.logs import Array, Pair, Whole, complement
from assent.folds.counting.switch import jit


@jit
def values(layers: Whole, low: Whole, high: Whole, p: Array, q: Array, met: Array, unmet: Array) -> None:
    """The chance of being met, and of not being met, from every state; those at the end are given."""
    for at in range(len(layers) - 1, -1, -1):
        leaf, first, many = layers[at, 0], layers[at, 1], layers[at, 2]
        below = first + many
        for s in range(first, below):
            met[s] = p[leaf] * met[below + high[s]] + q[leaf] * met[below + low[s]]
            unmet[s] = p[leaf] * unmet[below + high[s]] + q[leaf] * unmet[below + low[s]]


@jit
def slopes(
    layers: Whole, low: Whole, high: Whole, p: Array, q: Array, met: Array, unmet: Array, slope: Array, doubt: Array
) -> None:
    """What one member of each input changes, on the side where less is lost, and what was subtracted."""
    arrived, here = np.zeros(len(met)), np.zeros(len(p))
    arrived[0] = 1.0
    for at in range(len(layers)):
        leaf, first, many = layers[at, 0], layers[at, 1], layers[at, 2]
        below = first + many
        here[leaf] += 1
        for s in range(first, below):
            yes, no = below + high[s], below + low[s]
            if met[yes] + met[no] < unmet[yes] + unmet[no]:
                gain, lost = met[yes] - met[no], met[yes] + met[no]
            else:
                gain, lost = unmet[no] - unmet[yes], unmet[yes] + unmet[no]
            slope[leaf] += arrived[s] * gain
            if gain != 0:
                doubt[leaf] += arrived[s] * lost
            arrived[yes] += arrived[s] * p[leaf]
            arrived[no] += arrived[s] * q[leaf]
    for leaf in range(len(p)):
        slope[leaf] /= max(here[leaf], 1.0)
        doubt[leaf] *= len(layers) * 2.0**-52 / max(here[leaf], 1.0)


@jit
def shared(
    la: Array, lb: Array, layers: Whole, low: Whole, high: Whole, ends: Array, want: bool, inner: Array, signs: Array,
    doubts: Array,
) -> Pair:  # fmt: skip
    """Parts that share leaves: both logarithms; for each input the size of what it decides, its sign and its doubt."""
    n, last = len(la), len(low)
    p, q, met, unmet = np.empty(n), np.empty(n), np.empty(last + len(ends)), np.empty(last + len(ends))
    for i in range(n):
        p[i], q[i] = math.exp(la[i]), math.exp(lb[i])
    for s in range(len(ends)):
        met[last + s], unmet[last + s] = ends[s], 1.0 - ends[s]
    values(layers, low, high, p, q, met, unmet)
    if want:
        slope, doubt = np.zeros(n), np.zeros(n)
        slopes(layers, low, high, p, q, met, unmet, slope, doubt)
        for i in range(n):
            size = abs(slope[i])
            inner[i] = math.log(size)
            signs[i] = -1.0 if slope[i] < 0 else 1.0
            doubts[i] = doubt[i] / size if size > 0 else 0.0
    yes, no = math.log(met[0]), math.log(unmet[0])
    return (yes, complement(yes)) if yes < no else (complement(no), no)
