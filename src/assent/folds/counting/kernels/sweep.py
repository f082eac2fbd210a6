"""Sweep: forward, the probability of every threshold; backward, how the whole moves with each of them."""
# ruff: noqa: FBT001, PLR0913, PLR0917 - a kernel takes plain numbers and arrays

from __future__ import annotations

import math

import numpy as np

from assent.folds.counting.kernels import alike, heavy, recursion
from assent.folds.counting.kernels.diagram import shared
from assent.folds.counting.kernels.logs import Array, Whole, complement
from assent.folds.counting.switch import jit

ALL, ANY, ALIKE, SUM, HEAVY, DIAGRAM = range(6)
KIND, SLOT, NEED, START, STOP, LAYERS, LAYERS_END, STATES, STATES_END, ENDS, ENDS_END = range(11)
BELOW, WEIGHT, COUNT, AGAINST = range(4)
Graph = tuple[Whole, Whole, Whole, Array]


@jit
def unequal(
    kind: int, weights: Whole, counts: Whole, la: Array, lb: Array, need: int, want: bool, inner: Array, doubts: Array
) -> tuple[float, float, bool]:
    """So much of the weight of unequal children: both logarithms, and whether they could be worked out."""
    dual = 1 - need
    for i in range(len(la)):
        dual += weights[i] * counts[i]
    if dual < need:
        bound, moved, stayed = dual, lb, la
    else:
        bound, moved, stayed = need, la, lb
    if kind == HEAVY:
        short, reach, done = heavy.sums(weights, counts, moved, stayed, bound, want, inner, doubts)
        if not done:
            return 0.0, 0.0, False
    else:
        short, reach = recursion.sums(weights, counts, moved, stayed, bound, want, inner)
    return (short, reach, True) if dual < need else (reach, short, True)


@jit
def column(
    steps: Whole, blocks: Whole, graph: Graph, held: Array, inverse: Array, p: Array, q: Array, la: Array,
    lb: Array, inner: Array, signs: Array, doubts: Array, want: bool,
) -> bool:  # fmt: skip
    """One column, forward: logarithms for every slot, pivots for every block; whether all could be worked out."""
    layers, low, high, closed = graph
    for g in range(len(steps)):
        kind, slot, need = steps[g, KIND], steps[g, SLOT], steps[g, NEED]
        start, stop = steps[g, START], steps[g, STOP]
        n = stop - start
        for i in range(n):
            below, against = blocks[start + i, BELOW], blocks[start + i, AGAINST] > 0
            la[i], lb[i] = (q[below], p[below]) if against else (p[below], q[below])
            signs[start + i] = -1.0 if against else 1.0
        if kind == ALIKE:
            m = blocks[start, COUNT]
            p[slot], q[slot] = alike.tails(m, need, la[0], lb[0], held[g], inverse)
            if want:
                inner[start] = alike.pivot(m, need, la[0], lb[0], held[g])
            continue
        weights, counts = blocks[start:stop, WEIGHT], blocks[start:stop, COUNT]
        own, lost = inner[start:stop], doubts[start:stop]
        if kind == ALL:
            p[slot] = alike.product(counts, la, want, own)
            q[slot] = complement(p[slot])
        elif kind == ANY:
            q[slot] = alike.product(counts, lb, want, own)
            p[slot] = complement(q[slot])
        elif kind == DIAGRAM:
            first, last = steps[g, STATES], steps[g, STATES_END]
            parts = layers[steps[g, LAYERS] : steps[g, LAYERS_END]]
            ends = closed[steps[g, ENDS] : steps[g, ENDS_END]]
            turns = signs[start:stop]
            p[slot], q[slot] = shared(
                la[:n], lb[:n], parts, low[first:last], high[first:last], ends, want, own, turns, lost
            )
        else:
            p[slot], q[slot], done = unequal(kind, weights, counts, la[:n], lb[:n], need, want, own, lost)
            if not done:
                return False
    return True


@jit
def back(steps: Whole, blocks: Whole, inner: Array, turns: Array, lost: Array, slopes: Array, signs: Array,
         doubts: Array) -> None:  # fmt: skip
    """From the root to every slot: slopes are products on the way, in logarithms."""
    for g in range(len(steps) - 1, -1, -1):
        slot = steps[g, SLOT]
        for i in range(steps[g, START], steps[g, STOP]):
            below = blocks[i, BELOW]
            slopes[below] = slopes[slot] + inner[i]
            signs[below] = signs[slot] * turns[i]
            doubts[below] = doubts[slot] + lost[i]


@jit
def tables(steps: Whole, blocks: Whole) -> tuple[Array, Array]:
    """What does not depend on the column: the constants of alike members, and one over every number of them."""
    held, largest = np.empty((len(steps), alike.CONSTANTS)), 0
    for g in range(len(steps)):
        if steps[g, KIND] == ALIKE:
            m = blocks[steps[g, START], COUNT]
            alike.constants(m, steps[g, NEED], held[g])
            largest = max(largest, m)
    inverse = np.empty(largest + 2)
    for j in range(1, largest + 2):
        inverse[j] = 1.0 / j
    return held, inverse


@jit
def columns(
    steps: Whole,
    blocks: Whole,
    graph: Graph,
    leaf: Whole,
    lp: Array,
    lq: Array,
    roots: Whole,
    ends: Array,
    slopes: Array,
    signs: Array,
    doubts: Array,
) -> bool:
    """Columns one after another: the roots' ends and, where they are wanted, every slot's slope, its sign and doubt."""
    slots, want = slopes.shape[1], len(slopes) > 0
    p, q = np.empty(slots), np.empty(slots)
    inner, turns, lost = np.empty(len(blocks)), np.empty(len(blocks)), np.zeros(len(blocks))
    held, inverse = tables(steps, blocks)
    widest = 0
    for g in range(len(steps)):
        widest = max(widest, steps[g, STOP] - steps[g, START])
    la, lb = np.empty(widest), np.empty(widest)
    for c in range(len(lp)):
        for r in range(len(leaf)):
            if leaf[r] >= 0:
                p[leaf[r]], q[leaf[r]] = lp[c, r], lq[c, r]
        if not column(steps, blocks, graph, held, inverse, p, q, la, lb, inner, turns, lost, want):
            return False
        for r in range(len(roots)):
            ends[0, c, r], ends[1, c, r] = p[roots[r]], q[roots[r]]
        if want:
            for s in range(slots):
                slopes[c, s], signs[c, s], doubts[c, s] = -math.inf, 1.0, 0.0
            for root in roots:
                slopes[c, root] = 0.0
            back(steps, blocks, inner, turns, lost, slopes[c], signs[c], doubts[c])
    return True
