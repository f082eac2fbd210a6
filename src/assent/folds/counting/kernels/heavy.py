"""Heavy: one weighted threshold whose weights run to millions, in as few passes as will do."""
# ruff: noqa: FBT001, PLR0913, PLR0917 - a kernel takes plain numbers and arrays

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from assent.folds.counting.kernels.recursion import add
from assent.folds.counting.switch import jit

if TYPE_CHECKING:
    from assent.folds.counting.kernels.logs import Array, Whole

SMALLEST = 1e-250  # below this a result may have lost terms to underflow


@jit
def settle(here: Array, ahead: Array, w: int, a: float, b: float, beyond: float) -> float:
    """A child's chance of being pivotal; what is ahead is brought before it on the way."""
    width, found = len(here), 0.0
    near = max(0, min(width, len(ahead) - w))
    for x in range(near):
        found += here[x] * (ahead[x + w] - ahead[x])
        ahead[x] = b * ahead[x] + a * ahead[x + w]
    for x in range(near, width):
        found += here[x] * (beyond - ahead[x])
        ahead[x] = b * ahead[x] + a * beyond
    return abs(found)


@jit
def passes(
    weights: Whole, a: Array, b: Array, size: Whole, stride: int, start: Whole, kept: Array, before: Array
) -> tuple[float, float]:
    """The way there: falling short, as the states are scaled, and reaching the bound; every so many states are kept."""
    units, bound = len(weights), size[len(weights)]
    state, after, reached = np.empty(bound), np.empty(bound), 0.0
    state[0] = 1.0
    for u in range(units):
        here = state[: size[u]]
        if u % stride == 0:
            for x in range(size[u]):
                kept[start[u] + x] = here[x]
        part = 0.0
        for x in range(max(0, bound - weights[u]), size[u]):
            part += here[x]
        reached += part * a[u] * math.exp(before[u + 1])
        add(here, weights[u], a[u], b[u], after[: size[u + 1]])
        state, after = after, state
    short = 0.0
    for x in range(bound):
        short += state[x]
    return short, reached


@jit
def back(
    weights: Whole, a: Array, b: Array, size: Whole, stride: int, start: Whole, kept: Array, rare: bool, pivots: Array
) -> None:
    """The way back: each child's chance of being pivotal, as the states are scaled."""
    units, bound = len(weights), size[len(weights)]
    beyond = 1.0 if rare else 0.0
    ahead = np.full(bound, 1.0 - beyond)
    last, widest, long = (units - 1) // stride * stride, 0, bound
    for first in range(0, units, stride):
        wide = 0
        for u in range(first, min(first + stride, units)):
            wide += size[u]
        widest = max(widest, wide)
    states, at = np.empty(widest), np.zeros(stride + 1, np.int64)
    for first in range(last, -1, -stride):
        stop = min(first + stride, units)
        for x in range(size[first]):
            states[x] = kept[start[first] + x]
        at[1] = size[first]
        for u in range(first + 1, stop):
            i = u - first
            at[i + 1] = at[i] + size[u]
            add(states[at[i - 1] : at[i]], weights[u - 1], a[u - 1], b[u - 1], states[at[i] : at[i + 1]])
        for u in range(stop - 1, first - 1, -1):
            i = u - first
            pivots[u] = settle(states[at[i] : at[i + 1]], ahead[:long], weights[u], a[u], b[u], beyond)
            beyond *= a[u] + b[u]
            long = size[u]


@jit
def sums(
    weights: Whole, counts: Whole, la: Array, lb: Array, bound: int, want: bool, pivots: Array, doubts: Array
) -> tuple[float, float, bool]:
    """Logarithms of falling short and of reaching the bound, and whether no number was too small for a float.

    Children in order of weight. A pivot is a difference of two neighbours, on the rarer side; ``doubts`` says what that
    may lose.
    """
    units = 0
    for i in range(len(weights)):
        units += counts[i]
    of, own = np.empty(units, np.int64), np.empty(units, np.int64)
    size, start = np.ones(units + 1, np.int64), np.zeros(units + 1, np.int64)
    a, b, scale, before, found = np.empty(units), np.empty(units), np.empty(units), np.zeros(units + 1), np.empty(units)
    u = 0
    for i in range(len(weights)):
        for _ in range(counts[i]):
            of[u], own[u], scale[u] = i, weights[i], max(la[i], lb[i])
            size[u + 1] = min(bound, size[u] + weights[i])
            a[u], b[u] = math.exp(la[i] - scale[u]), math.exp(lb[i] - scale[u])
            before[u + 1] = before[u] + scale[u]
            u += 1
    stride = max(1, int(math.sqrt(units))) if want else units
    last = (units - 1) // stride * stride
    for first in range(stride, last + 1, stride):
        start[first] = start[first - stride] + size[first - stride]
    kept = np.empty(start[last] + size[last])
    short, reached = passes(own, a, b, size, stride, start, kept, before)
    short *= math.exp(before[units])
    if min(short, reached) < SMALLEST:
        return 0.0, 0.0, False
    rare = reached < short
    smaller = math.log(reached if rare else short)
    if want:
        back(own, a, b, size, stride, start, kept, rare, found)
        for u in range(units):
            i = of[u]
            pivots[i] = math.log(found[u]) + before[units] - scale[u]
            lost = math.exp(min(smaller - (la[i] if rare else lb[i]), 0.0) - pivots[i])
            doubts[i] = 1.5 * units * 2.0**-53 * lost if lost < math.inf else 0.0
    other = math.log1p(-math.exp(smaller))
    return (other, smaller, True) if rare else (smaller, other, True)
