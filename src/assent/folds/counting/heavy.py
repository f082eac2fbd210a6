"""Heavy: one weighted threshold whose weights run to millions, one column at a time, in as few passes as will do.

The recursion of ``recursion`` on the same support, but for three things. A child's two chances are divided by the
larger, so that one of them is one and costs no multiplication. On the way back the state is the chance of settling the
count rather than of each sum, so that a child's chance of being pivotal is a difference of two neighbours, taken on
the side that is less likely; what the subtraction can lose is returned with it. And columns are worked out on as many
threads as there are processors.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from math import isqrt
from os import cpu_count
from typing import TYPE_CHECKING

import numpy as np

from assent.folds.counting.logs import Array, log

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SMALLEST = 1e-250  # below this a result may have lost terms to underflow
MOST_CHILDREN = 800  # each may halve the numbers
THREADS = min(4, cpu_count() or 1)


def run(weights: Sequence[int], bound: int, la: Array, lb: Array) -> tuple[Array, Array, Array, Array] | None:
    """Whether independent children reach a bound, and each one's chance of being pivotal.

    Parameters
    ----------
    weights
        In ascending order.
    bound
        What they have to reach.
    la, lb
        Children by columns: logarithms of the probability of moving and of not moving.

    Returns
    -------
    tuple or None
        Logarithms of falling short and of reaching, by columns; of being pivotal, children by columns; and what the
        relative error of these may be. ``None`` if the numbers do not fit between the smallest and the largest float.
    """
    if len(weights) > MOST_CHILDREN:
        return None
    with ThreadPoolExecutor(THREADS) as pool:
        columns = list(pool.map(lambda c: _Column(weights, bound, la[:, c], lb[:, c]).found(), range(la.shape[1])))
    whole = [c for c in columns if c is not None]
    if len(whole) < len(columns):
        return None
    short, reach = np.array([c[0] for c in whole]), np.array([c[1] for c in whole])
    return short, reach, np.array([c[2] for c in whole]).T, np.array([c[3] for c in whole]).T


class _Column:
    def __init__(self, weights: Sequence[int], bound: int, la: Array, lb: Array) -> None:
        self.weights, self.bound = weights, bound
        scale = np.maximum(la, lb)
        self.scale = scale
        self.a, self.b = np.exp(la - scale).tolist(), np.exp(lb - scale).tolist()
        self.la, self.lb = la, lb
        self.sums = [0]
        for w in weights:
            self.sums.append(self.sums[-1] + w)
        self.spare = np.empty(min(bound, self.sums[-1]) + 1)

    def found(self) -> tuple[float, float, Array, Array] | None:
        """Short, reach, pivots, doubts; ``None`` if something underflows."""
        size, total = len(self.weights), float(self.scale.sum())
        stride = max(1, isqrt(size))
        kept, state, reached, before = {}, np.ones(1), 0.0, 0.0
        for i, weight in enumerate(self.weights):
            if i % stride == 0:
                kept[i] = state
            low = max(0, self.bound - weight)
            if low < len(state):
                reached += float(state[low:].sum()) * self.a[i] * float(np.exp(before + self.scale[i]))
            before += float(self.scale[i])
            state = self._add(i, state)
        short = float(state.sum()) * float(np.exp(total))
        if min(short, reached) < SMALLEST:
            return None
        rare = reached < short
        pivots = np.empty(size)
        for i, pivot in self._back(kept, stride, rare=rare):
            pivots[i] = pivot
        smaller = reached if rare else short
        found = log(pivots) + total - self.scale
        # what was subtracted is at most the chance of the rarer side given that the child moved, or did not
        with np.errstate(over="ignore"):
            lost = np.exp(np.minimum(np.log(smaller) - (self.la if rare else self.lb), 0.0) - found)
        doubts = np.where(np.isfinite(lost), 1.5 * size * 2.0**-53 * lost, 0.0)
        other = float(np.log1p(-smaller))
        return *((other, float(np.log(smaller))) if rare else (float(np.log(smaller)), other)), found, doubts

    def _add(self, i: int, state: Array) -> Array:
        """The states after child i, shorter than the bound."""
        size, weight, here = min(self.bound, self.sums[i + 1] + 1), self.weights[i], len(state)
        out = np.empty(size)
        out[here:] = 0.0
        if self.b[i] == 1.0:
            out[:here] = state
        else:
            np.multiply(state, self.b[i], out=out[:here])
        if size > weight:
            self._plus(out[weight:], self.a[i], state[: size - weight])
        return out

    def _plus(self, out: Array, factor: float, part: Array) -> None:
        into = out[: len(part)]
        if factor == 1.0:
            into += part
        else:
            spare = self.spare[: len(part)]
            np.multiply(part, factor, out=spare)
            into += spare

    def _back(self, kept: dict[int, Array], stride: int, *, rare: bool) -> Iterator[tuple[int, float]]:
        """For each child, last first, its chance of being pivotal, as the states are scaled."""
        # ahead[u]: the chance of settling it from u on; rare: of reaching the bound, else of falling short of it
        beyond = 1.0 if rare else 0.0
        ahead = np.full(min(self.bound, self.sums[-1] + 1), 1.0 - beyond)
        for start in range((len(self.weights) - 1) // stride * stride, -1, -stride):
            states = [kept.pop(start)]
            for i in range(start, min(start + stride, len(self.weights)) - 1):
                states.append(self._add(i, states[-1]))
            for i in range(start + len(states) - 1, start - 1, -1):
                yield i, self._pivot(i, states.pop(), ahead, beyond)
                ahead = self._lead(i, ahead, beyond)
                beyond *= self.a[i] + self.b[i]

    def _pivot(self, i: int, state: Array, ahead: Array, beyond: float) -> float:
        size = len(state)
        near = max(0, min(size, len(ahead) - self.weights[i]))
        spare = self.spare[:size]
        np.subtract(ahead[self.weights[i] : self.weights[i] + near], ahead[:near], out=spare[:near])
        np.subtract(beyond, ahead[near:size], out=spare[near:])
        return abs(float(np.einsum("x,x->", state, spare)))

    def _lead(self, i: int, ahead: Array, beyond: float) -> Array:
        weight, size = self.weights[i], min(len(ahead), self.sums[i] + 1)
        out = np.empty(size)
        if self.b[i] == 1.0:
            out[:] = ahead[:size]
        else:
            np.multiply(ahead[:size], self.b[i], out=out)
        moved = ahead[weight : weight + size]
        self._plus(out, self.a[i], moved)
        if beyond:
            out[len(moved) :] += self.a[i] * beyond
        return out
