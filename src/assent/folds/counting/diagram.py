"""Diagram: a circuit with shared leaves, decided leaf by leaf, with states that come to the same kept once.

Before each leaf the state is what is missing in every threshold that is still open and still matters. A threshold
over leaves alone is brought to the smallest sum its remaining leaves can still reach that is enough, so that states
merge although the weights are all different. What is left is reduced from the end, as decision diagrams are (R. Bryant,
1986): two states are one if they lead to the same. Its size bounds every sum over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.circuit.flat import Threshold
    from assent.folds.counting.logs import Array

Whole = NDArray[np.int64]
TRUE, FALSE, MOOT = -1, -2, -3
MOST_STATES = 1_500_000  # in one layer
MOST_SUMS = 20_000  # sums listed to bring a need to one that can be reached
LARGEST = 2**61


@dataclass(frozen=True, slots=True)
class Layer:
    """One leaf: for each state, the state of the next layer if the leaf is not met, and if it is."""

    leaf: int
    low: Whole
    high: Whole


@dataclass(frozen=True, slots=True)
class Diagram:
    """Layers from the first leaf to the last; ``ends`` says which states after the last are met.

    ``leaf`` of a layer is the place of its input; an input of several alike members has as many layers.
    """

    layers: tuple[Layer, ...]
    ends: NDArray[np.bool_]

    @property
    def states(self) -> int:
        """How many states there are in all."""
        return sum(len(layer.low) for layer in self.layers) + len(self.ends)

    def values(self, p: Array, q: Array) -> tuple[list[Array], list[Array]]:
        """For each layer, the chance of being met from each state, and of not being met; inputs by columns."""
        columns = p.shape[1]
        met = [np.repeat(self.ends[:, None].astype(float), columns, axis=1)]
        unmet = [1.0 - met[0]]
        for layer in reversed(self.layers):
            for side in (met, unmet):
                side.append(p[layer.leaf] * side[-1][layer.high] + q[layer.leaf] * side[-1][layer.low])
        return met[::-1], unmet[::-1]

    def gradients(self, p: Array, q: Array) -> tuple[Array, Array, Array, Array]:
        """The chance of being met, of not being met, and how the first moves with one member of each input.

        Last, for each of these moves, what rounding can make of it: it is a difference, taken on the side where less is
        lost, and bounded by what was subtracted.
        """
        met, unmet = self.values(p, q)
        slope, doubt, layers = np.zeros_like(p), np.zeros_like(p), np.zeros(len(p))
        arrived = np.ones((1, p.shape[1]))
        for at, layer in enumerate(self.layers):
            high, low = met[at + 1][layer.high], met[at + 1][layer.low]
            other_high, other_low = unmet[at + 1][layer.high], unmet[at + 1][layer.low]
            lesser = high + low < other_high + other_low
            gain = np.where(lesser, high - low, other_low - other_high)
            slope[layer.leaf] += (arrived * gain).sum(axis=0)
            lost = np.where(gain != 0, np.where(lesser, high + low, other_high + other_low), 0.0)
            doubt[layer.leaf] += (arrived * lost).sum(axis=0)
            layers[layer.leaf] += 1
            arrived = _arrive(layer, arrived * q[layer.leaf], arrived * p[layer.leaf], len(met[at + 1]))
        share = np.maximum(layers, 1)[:, None]
        return met[0][0], unmet[0][0], slope / share, doubt / share * len(self.layers) * 2.0**-52

    def count(self, yes: Sequence[int], no: Sequence[int]) -> tuple[int, int, list[int]]:
        """Exact: ways to be met, ways not to be, and for each input those in which one member of it decides.

        ``yes`` and ``no`` are the ways in which each input itself can be met or not.
        """
        kind = np.int64 if len(self.layers) <= 62 and {*yes, *no} == {1} else object
        ones, noes = np.array(yes, dtype=kind), np.array(no, dtype=kind)
        met = [self.ends.astype(np.int64).astype(kind)]
        for layer in reversed(self.layers):
            met.append(ones[layer.leaf] * met[-1][layer.high] + noes[layer.leaf] * met[-1][layer.low])
        met.reverse()
        found, layers = [0] * len(yes), [0] * len(yes)
        arrived, whole = np.array([1], dtype=kind), 1
        for at, layer in enumerate(self.layers):
            gain = met[at + 1][layer.high] - met[at + 1][layer.low]
            found[layer.leaf] += int((arrived * gain).sum())
            layers[layer.leaf] += 1
            whole *= int(yes[layer.leaf]) + int(no[layer.leaf])
            following = np.zeros(len(met[at + 1]), dtype=kind)
            np.add.at(following, layer.low, arrived * noes[layer.leaf])
            np.add.at(following, layer.high, arrived * ones[layer.leaf])
            arrived = following
        total = int(met[0][0])
        return total, whole - total, [f // max(n, 1) for f, n in zip(found, layers, strict=True)]


def _arrive(layer: Layer, low: Array, high: Array, size: int) -> Array:
    where = np.concatenate([layer.low, layer.high])
    what = np.concatenate([low, high])
    return np.array([np.bincount(where, column, size) for column in what.T]).T


def build(gates: Sequence[Threshold], inputs: dict[int, int], counts: Sequence[int]) -> Diagram:
    """The diagram of some thresholds.

    Parameters
    ----------
    gates
        Children before parents, the last the one that decides; numbered from ``len(counts)`` in this order.
    inputs
        Node number in the circuit → place: an input below ``len(counts)``, or a threshold.
    counts
        How many alike members each input stands for.

    Raises
    ------
    ValueError
        There are too many states.
    """
    return _reduced(*_Frontier(gates, inputs, counts).layers())


class _Frontier:
    def __init__(self, gates: Sequence[Threshold], inputs: dict[int, int], counts: Sequence[int]) -> None:
        size, self.counts = len(counts), counts
        self.needs = [g.need for g in gates]
        large = any(sum(c.weight for c in g.children) * max(counts, default=1) > LARGEST for g in gates)
        self.kind = object if large else np.int64  # Python's own integers are slower, and of any size
        self.up = np.zeros((size, len(gates)), dtype=self.kind)
        self.down = np.zeros((size, len(gates)), dtype=self.kind)
        self.above: list[list[tuple[int, int, bool]]] = [[] for _ in gates]
        self.parents: list[list[int]] = [[] for _ in gates]
        for g, gate in enumerate(gates):
            for child in gate.children:
                place = inputs[child.node]
                if place < size:
                    (self.down if child.flipped else self.up)[place, g] += child.weight
                else:
                    self.above[g].append((place - size, child.weight, child.flipped))
                    self.parents[place - size].append(g)
        self.order = self._order()

    def _order(self) -> list[int]:
        """Heaviest first where one threshold counts every input; otherwise threshold by threshold."""
        weights = self.up + self.down
        whole = [g for g in range(len(self.needs)) if (weights[:, g] > 0).all()]
        if whole:
            widest = max(whole, key=lambda g: len(set(weights[:, g].tolist())))
            rank = [(-int(weights[i, widest]), tuple((-weights[i]).tolist()), i) for i in range(len(self.counts))]
            places = [i for *_, i in sorted(rank)]
        else:
            first = [int(np.argmax(weights[i] > 0)) for i in range(len(self.counts))]
            places = sorted(range(len(self.counts)), key=lambda i: (first[i], -int(weights[i].max()), i))
        return [i for i in places for _ in range(self.counts[i])]

    def layers(self) -> tuple[list[Layer], NDArray[np.bool_]]:
        left = np.zeros((len(self.order) + 1, len(self.needs)), dtype=self.kind)
        for at in range(len(self.order) - 1, -1, -1):
            left[at] = left[at + 1] + self.up[self.order[at]] + self.down[self.order[at]]
        sums = self._sums()
        states = np.array([self.needs], dtype=self.kind)
        states = self._canonical(states, states < 0, left[0], sums[0])
        made = []
        for at, leaf in enumerate(self.order):
            closed = states < 0
            open_ = ~closed
            both = np.concatenate([states - self.down[leaf] * open_, states - self.up[leaf] * open_])
            states, back = _distinct(
                self._canonical(both, np.concatenate([closed, closed]), left[at + 1], sums[at + 1])
            )
            if len(states) > MOST_STATES:
                raise ValueError(
                    f"members and weights come together in {len(states):,} ways after {at + 1} of {len(self.order)}; "
                    f"at most {MOST_STATES:,} can be followed"
                )
            half = len(back) // 2
            made.append(Layer(leaf, back[:half], back[half:]))
        return made, states[:, -1] == TRUE

    def _sums(self) -> list[list[Whole | None]]:
        """For each layer and threshold, the sums its remaining leaves can reach; None where that does not help."""
        found: list[list[Whole | None]] = [[None] * len(self.needs) for _ in range(len(self.order) + 1)]
        for g in range(len(self.needs)):
            weights = self.up[:, g] + self.down[:, g]
            if self.above[g] or weights.max(initial=0) <= 1:
                continue
            sums: Whole = np.zeros(1, dtype=self.kind)
            found[len(self.order)][g] = sums
            for at in range(len(self.order) - 1, -1, -1):
                weight = weights[self.order[at]]
                sums = np.unique(np.concatenate([sums, sums + weight])) if weight else sums
                if len(sums) > MOST_SUMS:
                    break
                found[at][g] = sums
        return found

    def _canonical(self, states: Whole, closed: NDArray[np.bool_], left: Whole, sums: list[Whole | None]) -> Whole:
        met, unmet = np.zeros(states.shape, dtype=bool), np.zeros(states.shape, dtype=bool)
        for g, need in enumerate(self.needs):
            wanted = states[:, g]
            sure, most = need - wanted, need - wanted + left[g]
            for child, weight, flipped in self.above[g]:
                yes, no = (unmet, met) if flipped else (met, unmet)
                sure += weight * yes[:, child].astype(self.kind)
                most += weight * (~no[:, child]).astype(self.kind)
            done = closed[:, g]
            met[:, g] = np.where(done, wanted == TRUE, sure >= need)
            unmet[:, g] = np.where(done, wanted == FALSE, most < need)
        out = states.copy()
        matters = np.zeros(states.shape, dtype=bool)
        for g in range(len(self.needs) - 1, -1, -1):
            open_ = ~(met[:, g] | unmet[:, g]) & ~closed[:, g]
            root = g == len(self.needs) - 1
            asked = np.ones(len(states), dtype=bool) if root else matters[:, self.parents[g]].any(axis=1)
            matters[:, g] = open_ & asked
            reachable = sums[g]
            if reachable is not None and open_.any():
                out[open_, g] = reachable[np.searchsorted(reachable, out[open_, g])]
            out[:, g] = np.where(met[:, g], TRUE, np.where(unmet[:, g], FALSE, out[:, g]))
            out[:, g] = np.where(asked, out[:, g], MOOT)
        return out


def _distinct(states: Whole) -> tuple[Whole, Whole]:
    """The distinct rows, and for each row which of them it is."""
    key = np.zeros(len(states), dtype=np.int64)
    reach = 1
    for column in states.T:
        if (column == column[0]).all():
            continue
        low, high = int(column.min()), int(column.max())
        span = high - low + 1
        place = column - low
        if reach * span > LARGEST:
            values, place = np.unique(column, return_inverse=True)
            span = len(values)
            values, key = np.unique(key, return_inverse=True)
            reach = len(values)
        key = key * span + place.astype(np.int64, copy=False)
        reach *= span
    _, first, back = np.unique(key, return_index=True, return_inverse=True)
    return states[first], back


def _reduced(layers: list[Layer], ends: NDArray[np.bool_]) -> Diagram:
    """The same diagram with every two states that lead to the same made one."""
    found = []
    values, back = np.unique(ends, return_inverse=True)
    last = values
    for layer in reversed(layers):
        low, high = back[layer.low], back[layer.high]
        size = int(max(low.max(), high.max())) + 1
        keys, first, back = np.unique(low * size + high, return_index=True, return_inverse=True)
        del keys
        found.append(Layer(layer.leaf, low[first], high[first]))
    return Diagram(tuple(reversed(found)), last)
