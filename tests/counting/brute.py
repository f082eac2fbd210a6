"""Exact counting by trying every world: the oracle of the counting folds. It knows no structure and takes no shortcut.

A world says of every leaf whether it holds. All worlds are held at once as one row of numbers per leaf; a gate adds up
the weights of its children in every world and compares with its need. Counts are integers and values are fractions, so
nothing here is rounded; the price is that a circuit may have no more than ``MOST`` leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from assent.circuit.nodes import Gate, Leaf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from assent.circuit.nodes import Node

MOST = 20
INDICES = (
    "banzhaf",
    "shapley-shubik",
    "birnbaum",
    "coleman-initiate",
    "coleman-prevent",
    "johnston",
    "deegan-packel",
    "holler",
)


def crowd(gate: Gate) -> tuple[str, ...]:
    """The ids of a gate's alike members."""
    return tuple(f"{gate.act}:{gate.body}/{place}" for place in range(1, gate.members + 1))


def ids(node: Node) -> tuple[str, ...]:
    """Every leaf of a circuit once, members one by one, in the order in which they are met."""
    found: dict[str, None] = {}

    def walk(node: Node) -> None:
        if isinstance(node, Leaf):
            found[node.id] = None
        elif isinstance(node, Gate):
            found.update(dict.fromkeys(crowd(node)))
            for child in node.children:
                walk(child)
        else:
            walk(node.rule)
            walk(node.exception)

    walk(node)
    return tuple(found)


@dataclass(frozen=True)
class Brute:
    """A circuit in every world; with ``block`` a world says who refuses, and wins if the others cannot meet it."""

    node: Node
    block: bool = False

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The leaves, each once."""
        found = ids(self.node)
        assert len(found) <= MOST, f"{len(found)} leaves are too many to try every world"
        return found

    @property
    def n(self) -> int:
        """How many leaves there are."""
        return len(self.leaves)

    @cached_property
    def worlds(self) -> NDArray[np.int64]:
        """Each world by its number, whose bit i is leaf i."""
        return np.arange(1 << self.n, dtype=np.int64)

    @cached_property
    def rows(self) -> dict[str, NDArray[np.bool_]]:
        """Leaf → whether it holds, in every world."""
        return {leaf: (self.worlds >> place & 1).astype(bool) for place, leaf in enumerate(self.leaves)}

    @cached_property
    def wins(self) -> NDArray[np.bool_]:
        """Whether the circuit is met (blocked), in every world."""
        met = self._met(self.node)
        return ~met[::-1] if self.block else met

    def _met(self, node: Node) -> NDArray[np.bool_]:
        if isinstance(node, Leaf):
            return self.rows[node.id]
        if not isinstance(node, Gate):
            return self._met(node.rule) & ~self._met(node.exception)
        kind = np.int64 if sum(map(node.weight, range(len(node.children)))) < 2**62 else object
        score = np.zeros(1 << self.n, dtype=kind)
        for leaf in crowd(node):
            score += self.rows[leaf]
        for place, child in enumerate(node.children):
            score += node.weight(place) * self._met(child).astype(kind)
        return score >= node.need

    @cached_property
    def size(self) -> NDArray[np.int64]:
        """How many leaves hold, in every world."""
        return np.sum([row.astype(np.int64) for row in self.rows.values()], axis=0, initial=0)

    @cached_property
    def critical(self) -> NDArray[np.bool_]:
        """Leaf by world: whether the world wins with the leaf and would lose without it."""
        found = np.zeros((self.n, 1 << self.n), dtype=bool)
        for place, row in enumerate(self.rows.values()):
            without = self.wins[self.worlds & ~(1 << place)]
            found[place] = row & self.wins & ~without
        return found

    @property
    def winning(self) -> int:
        """How many coalitions win."""
        return int(np.count_nonzero(self.wins))

    @cached_property
    def swings(self) -> dict[str, int]:
        """Leaf → the number of coalitions to which it is critical."""
        return {leaf: int(np.count_nonzero(self.critical[place])) for place, leaf in enumerate(self.leaves)}

    @cached_property
    def _minimal(self) -> NDArray[np.bool_]:
        return self.wins & (self.critical.sum(axis=0) == self.size) & (self.size > 0)

    def minimal(self) -> set[frozenset[str]]:
        """The minimal winning coalitions."""
        return {
            frozenset(leaf for place, leaf in enumerate(self.leaves) if world >> place & 1)
            for world in map(int, np.flatnonzero(self._minimal))
        }

    def value(self, index: str, probability: Mapping[str, Fraction] | None = None) -> dict[str, Fraction]:
        """Leaf → its value on an absolute scale.

        Of Johnston, Deegan–Packel and Holler the absolute value is the sum before it is scaled to one: of 1 over the
        number of critical members, of 1 over the size of each minimal winning coalition, of the number of them.
        """
        total, half = 1 << self.n, 1 << (self.n - 1)
        if index == "banzhaf":
            return {leaf: Fraction(count, half) for leaf, count in self.swings.items()}
        if index == "coleman-prevent":
            return {leaf: Fraction(count, self.winning) for leaf, count in self.swings.items()}
        if index == "coleman-initiate":
            return {leaf: Fraction(count, total - self.winning) for leaf, count in self.swings.items()}
        if index == "shapley-shubik":
            share = [Fraction(0)] + [
                Fraction(factorial(size - 1) * factorial(self.n - size), factorial(self.n))
                for size in range(1, self.n + 1)
            ]
            return self._sum(self.critical, self.size, share)
        if index == "johnston":
            share = [Fraction(0)] + [Fraction(1, size) for size in range(1, self.n + 1)]
            return self._sum(self.critical, self.critical.sum(axis=0), share)
        if index in {"deegan-packel", "holler"}:
            share = [
                Fraction(1, max(size, 1)) if index == "deegan-packel" else Fraction(1) for size in range(self.n + 1)
            ]
            return self._sum(self.critical & self._minimal, self.size, share)
        if index == "birnbaum":
            assert probability is not None, "Birnbaum importance needs probabilities"
            return {leaf: self.chance(probability, leaf) for leaf in self.leaves}
        raise ValueError(f"no index {index!r}")

    def normalized(self, index: str, probability: Mapping[str, Fraction] | None = None) -> dict[str, Fraction]:
        """Leaf → its share of the sum of all values."""
        values = self.value(index, probability)
        total = sum(values.values(), Fraction(0))
        return {leaf: value / total if total else Fraction(0) for leaf, value in values.items()}

    def _sum(self, where: NDArray[np.bool_], by: NDArray[np.int64], share: Sequence[Fraction]) -> dict[str, Fraction]:
        found = {}
        for place, leaf in enumerate(self.leaves):
            counts = np.bincount(by[where[place]], minlength=len(share))
            found[leaf] = sum((int(many) * part for many, part in zip(counts, share, strict=True) if many), Fraction(0))
        return found

    def chance(self, probability: Mapping[str, Fraction], gradient: str | None = None) -> Fraction:
        """The probability that the circuit is met when the leaves are independent; or how it grows with one leaf's."""
        row = self.wins.astype(object) * 1
        scale = 1
        for place in reversed(range(self.n)):
            low, high = row[: 1 << place], row[1 << place :]
            if self.leaves[place] == gradient:
                row = high - low
                continue
            p = Fraction(probability[self.leaves[place]])
            row = low * (p.denominator - p.numerator) + high * p.numerator
            scale *= p.denominator
        return Fraction(int(row[0]), scale)

    def cheapest(self, cost: Mapping[str, int]) -> int | None:
        """The least cost of a coalition that wins."""
        price = np.sum([row * cost[leaf] for leaf, row in self.rows.items()], axis=0, initial=0)
        return int(price[self.wins].min()) if self.wins.any() else None

    def holds(self, coalition: set[str]) -> bool:
        """Whether a coalition wins."""
        return bool(self.wins[sum(1 << place for place, leaf in enumerate(self.leaves) if leaf in coalition)])
