"""Ranked: the indices that look inside a coalition, where every two leaves can be ranked by what they weigh everywhere.

If a leaf weighs at least as much as another at every threshold, a coalition that can lose it can lose the other. So the
members a coalition cannot lose are its first ones in rank, and it is minimal if it cannot lose its last. Both can be
read off a diagram in order of rank, by the number of members so far. Exact, in 64-bit integers.
"""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from assent.folds.counting.diagram import build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assent.circuit.flat import Flat, Threshold
    from assent.folds.counting.diagram import Diagram

MOST_LEAVES = 62
MOST_WORK = 60_000_000  # states times numbers of members


def values(flat: Flat, gates: Sequence[int], index: str) -> list[Fraction] | None:
    """The index of one member of each class; ``None`` if leaves cannot be ranked, or are too many.

    Parameters
    ----------
    flat
        A monotone circuit.
    gates
        The thresholds below its root, children before parents.
    index
        ``johnston``, ``deegan-packel`` or ``holler``.
    """
    inputs, read = inputs_of(flat, gates), reading(*placed(flat, gates))
    if read is None:
        return None
    found = [Fraction(0)] * len(flat.classes)
    whole = read.minimal().sum() if index == "deegan-packel" else 1
    layers = read.diagram.layers
    idle = flat.size - len(layers) if index == "johnston" else 0
    for at, layer in enumerate(layers):
        value = read.johnston(at) if index == "johnston" else read.shared(at, equal=index == "holler")
        found[inputs[layer.leaf]] = value * 2**idle / int(whole)
    return found


def inputs_of(flat: Flat, gates: Sequence[int]) -> list[int]:
    """The classes that thresholds count, in order."""
    return sorted({c.node for g in gates for c in flat.gate(g).children if c.node < len(flat.classes)})


def placed(flat: Flat, gates: Sequence[int]) -> tuple[list[Threshold], dict[int, int], list[int]]:
    """Thresholds, places and members as ``reading`` and ``ordered`` take them."""
    inputs = inputs_of(flat, gates)
    places = {n: i for i, n in enumerate((*inputs, *gates))}
    return [flat.gate(g) for g in gates], places, [flat.classes[i].members for i in inputs]


def ordered(gates: Sequence[Threshold], places: dict[int, int], counts: Sequence[int]) -> Diagram | None:
    """The diagram in order of rank; ``None`` if leaves cannot be ranked."""
    return build(gates, places, counts) if _ranked(gates, places, len(counts)) else None


def reading(gates: Sequence[Threshold], places: dict[int, int], counts: Sequence[int]) -> Reading | None:
    """What a diagram in order of rank says; ``None`` if leaves cannot be ranked, or are too many.

    Parameters
    ----------
    gates
        Children before parents, the last the one that decides.
    places
        Node → its place: leaves first, then the gates in their order.
    counts
        How many alike members each leaf stands for.
    """
    diagram = ordered(gates, places, counts) if sum(counts) <= MOST_LEAVES else None
    return None if diagram is None or diagram.states * len(diagram.layers) > MOST_WORK else Reading(diagram)


def _ranked(gates: Sequence[Threshold], places: dict[int, int], size: int) -> bool:
    """Whether of every two leaves one weighs at least as much as the other at every threshold."""
    weights = [[0] * len(gates) for _ in range(size)]
    for at, gate in enumerate(gates):
        for child in gate.children:
            if places[child.node] < size:
                weights[places[child.node]][at] = child.weight
    if not any(all(w[at] for w in weights) for at in range(len(gates))):
        return False
    rows = sorted(weights, reverse=True)
    return all(a >= b for high, low in itertools.pairwise(rows) for a, b in zip(high, low, strict=True))


class Reading:
    """What a diagram in order of rank says, by numbers of members.

    For each layer's states: ``ways`` to win from there, ``bare`` whether that takes nobody else, ``before`` the
    coalitions that lead there by size. For each layer's states and its member: whether it is the ``last`` of a minimal
    coalition, and its ``swings``.
    """

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        size = len(diagram.layers)
        self.ways: list[NDArray[np.int64]]
        self.ways, self.bare = [diagram.ends.astype(np.int64)], [diagram.ends]
        for layer in reversed(diagram.layers):
            self.ways.append(self.ways[-1][layer.high] + self.ways[-1][layer.low])
            self.bare.append(self.bare[-1][layer.low])
        self.ways.reverse()
        self.bare.reverse()
        start = np.zeros((1, size + 1), dtype=np.int64)
        start[0, 0] = 1
        self.before = [start]
        for at, layer in enumerate(diagram.layers):
            here = self.before[-1]
            after = np.zeros((len(self.ways[at + 1]), size + 1), dtype=np.int64)
            np.add.at(after, layer.low, here)
            np.add.at(after[:, 1:], layer.high, here[:, :-1])
            self.before.append(after)
        self.last = [
            self.bare[at + 1][layer.high] & ~self.bare[at + 1][layer.low] for at, layer in enumerate(diagram.layers)
        ]
        self.swings = [
            self.ways[at + 1][layer.high] - self.ways[at + 1][layer.low] for at, layer in enumerate(diagram.layers)
        ]
        self.to_last = self._ahead([last.astype(np.int64) for last in self.last])
        self.to_swing = self._ahead(self.swings)

    def _ahead(self, marks: Sequence[NDArray[np.int64]]) -> list[NDArray[np.int64]]:
        """For each state, the marks met further on by a member, by the number of members before that one."""
        size = len(self.diagram.layers)
        found = [np.zeros((len(self.diagram.ends), size + 1), dtype=np.int64)]
        for layer, mark in zip(reversed(self.diagram.layers), reversed(marks), strict=True):
            here = found[-1][layer.low].copy()
            here[:, 1:] += found[-1][layer.high][:, :-1]
            here[:, 0] += mark
            found.append(here)
        return found[::-1]

    def minimal(self) -> NDArray[np.int64]:
        """Minimal winning coalitions by the number of members but one."""
        found: NDArray[np.int64] = self.to_last[0].sum(axis=0)
        return found

    def shared(self, at: int, *, equal: bool) -> Fraction:
        """Minimal winning coalitions with one member, each counted once, or as a share for each of its members."""
        before = self.before[at]
        total = Fraction(0)
        for a, count in enumerate((before * self.last[at][:, None]).sum(axis=0).tolist()):
            total += Fraction(count, 1 if equal else a + 1)
        further = before.T @ self.to_last[at + 1][self.diagram.layers[at].high]
        for a, b in np.argwhere(further):
            total += Fraction(int(further[a, b]), 1 if equal else int(a + b) + 2)
        return total

    def johnston(self, at: int) -> Fraction:
        """One over the number of members a coalition cannot lose, over those that cannot lose this one.

        A member of rank r counts 1/r; every further one that cannot be lost, the c-th, takes 1/(c-1) - 1/c off.
        """
        before = self.before[at]
        total = Fraction(0)
        for a, count in enumerate((before * self.swings[at][:, None]).sum(axis=0).tolist()):
            total += Fraction(count, a + 1)
        further = before.T @ self.to_swing[at + 1][self.diagram.layers[at].high]
        for a, b in np.argwhere(further):
            c = int(a + b) + 2
            total -= Fraction(int(further[a, b]), c * (c - 1))
        return total
