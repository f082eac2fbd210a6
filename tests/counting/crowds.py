"""Exact counting by how many of each crowd say yes: every combination of counts, weighted by the ways to reach it.

A second oracle, for circuits with crowds too large to try world by world. Alike members (a gate's ``members``) are one
kind; every leaf is a kind of its own. A combination of counts stands for the product of its binomials.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import comb, factorial, prod
from typing import TYPE_CHECKING

import numpy as np

from assent.circuit.nodes import Gate, Leaf

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assent.circuit.nodes import Node

MOST = 400_000


def kinds(node: Node) -> dict[str, int]:
    """Kind → how many alike members it has; a crowd goes by the id its members share, up to the number."""
    found: dict[str, int] = {}

    def walk(node: Node) -> None:
        if isinstance(node, Leaf):
            found[node.id] = 1
        elif isinstance(node, Gate):
            if node.members:
                name = f"{node.act}:{node.body}"
                assert found.get(name, node.members) == node.members, f"{name} has two sizes"
                found[name] = node.members
            for child in node.children:
                walk(child)
        else:
            walk(node.rule)
            walk(node.exception)

    walk(node)
    return found


@dataclass(frozen=True)
class Crowds:
    """A monotone circuit in every combination of counts."""

    node: Node

    @cached_property
    def kinds(self) -> dict[str, int]:
        """Kind → how many."""
        found = kinds(self.node)
        assert prod(many + 1 for many in found.values()) <= MOST, "too many combinations"
        return found

    @cached_property
    def _grid(self) -> dict[str, NDArray[np.int64]]:
        axes = np.indices([many + 1 for many in self.kinds.values()], dtype=np.int64)
        return dict(zip(self.kinds, axes, strict=True))

    @cached_property
    def wins(self) -> NDArray[np.bool_]:
        """Whether the circuit is met, one axis per kind."""
        return self._met(self.node)

    def _met(self, node: Node) -> NDArray[np.bool_]:
        if isinstance(node, Leaf):
            return self._grid[node.id] > 0
        assert isinstance(node, Gate), "only monotone circuits"
        if node.members:
            return self._grid[f"{node.act}:{node.body}"] >= node.need
        score = np.zeros([many + 1 for many in self.kinds.values()], dtype=np.int64)
        for place, child in enumerate(node.children):
            score += node.weight(place) * self._met(child)
        return score >= node.need

    @cached_property
    def _critical(self) -> dict[str, NDArray[np.bool_]]:
        """Kind → where a yes of that kind, taken back, would lose what is won."""
        found = {}
        for axis, kind in enumerate(self.kinds):
            without = np.roll(self.wins, 1, axis=axis)
            first = [slice(None)] * self.wins.ndim
            first[axis] = slice(0, 1)
            without[tuple(first)] = True  # nobody of that kind says yes: nobody can take it back
            found[kind] = self.wins & ~without
        return found

    def _ways(self, where: tuple[int, ...], without: str | None = None) -> int:
        """How many coalitions have these counts; with one given member of a kind if it is named."""
        ways = 1
        for (kind, many), count in zip(self.kinds.items(), where, strict=True):
            ways *= comb(many - 1, count - 1) if kind == without else comb(many, count)
        return ways

    @cached_property
    def winning(self) -> int:
        """How many coalitions win."""
        return sum(self._ways(tuple(map(int, where))) for where in np.argwhere(self.wins))

    def swings(self) -> dict[str, int]:
        """Kind → the coalitions to which one given member of it is critical."""
        return {
            kind: sum(self._ways(tuple(map(int, where)), kind) for where in np.argwhere(critical))
            for kind, critical in self._critical.items()
        }

    def value(self, index: str) -> dict[str, Fraction]:
        """Kind → the absolute value of one member of it."""
        n = sum(self.kinds.values())
        if index == "banzhaf":
            return {kind: Fraction(count, 1 << n - 1) for kind, count in self.swings().items()}
        if index == "coleman-prevent":
            return {kind: Fraction(count, self.winning) for kind, count in self.swings().items()}
        if index == "coleman-initiate":
            return {kind: Fraction(count, (1 << n) - self.winning) for kind, count in self.swings().items()}
        if index == "shapley-shubik":
            scale = factorial(n)
            orders = [factorial(max(size - 1, 0)) * factorial(n - size) for size in range(n + 1)]
        found = {}
        for kind, critical in self._critical.items():
            parts: dict[int, int] = {}
            for row in np.argwhere(critical):
                where = tuple(map(int, row))
                size = sum(where)
                if index == "shapley-shubik":
                    key = size
                elif index == "johnston":
                    key = sum(
                        count for other, count in zip(self.kinds, where, strict=True) if self._critical[other][where]
                    )
                elif all(
                    not count or self._critical[other][where] for other, count in zip(self.kinds, where, strict=True)
                ):
                    key = size if index == "deegan-packel" else 1  # a minimal coalition; 1 for Holler
                else:
                    continue
                parts[key] = parts.get(key, 0) + self._ways(where, kind)
            if index == "shapley-shubik":
                found[kind] = Fraction(sum(orders[size] * ways for size, ways in parts.items()), scale)
            else:
                found[kind] = sum((Fraction(ways, key) for key, ways in parts.items()), Fraction(0))
        return found

    def normalized(self, index: str) -> dict[str, Fraction]:
        """Kind → the share of one member of it in the sum over all members."""
        values = self.value(index)
        total = sum((value * self.kinds[kind] for kind, value in values.items()), Fraction(0))
        return {kind: value / total for kind, value in values.items()}

    def chance(self, probability: Fraction) -> Fraction:
        """The probability that the circuit is met when everybody says yes with the same probability."""
        n = sum(self.kinds.values())
        return sum(
            (
                self._ways(where) * probability ** sum(where) * (1 - probability) ** (n - sum(where))
                for where in product(*(range(many + 1) for many in self.kinds.values()))
                if self.wins[where]
            ),
            Fraction(0),
        )
