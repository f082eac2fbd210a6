"""Exact counting of up to 28 members under several weights at once, by trying every world half by half.

Each half lists its coalitions once; every coalition of the second half is laid against all of the first, and what wins
is counted by size, with and without each member. Sums and counts stay far below 2^63.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

MOST = 28
FIRST = 13


def _subsets(values: Sequence[int]) -> NDArray[np.int64]:
    found = np.zeros(1, dtype=np.int64)
    for value in values:
        found = np.concatenate([found, found + value])
    return found


@dataclass(frozen=True)
class Halves:
    """A vote under several weights: one list of weights per criterion, and the rule over their sums."""

    members: tuple[str, ...]
    weights: tuple[tuple[int, ...], ...]
    rule: Callable[..., NDArray[np.bool_]]

    @property
    def n(self) -> int:
        """How many members there are."""
        return len(self.members)

    @cached_property
    def _counted(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Size → winning coalitions; member by size → those with the member in them."""
        assert FIRST < self.n <= MOST
        first = [_subsets(row[:FIRST]) for row in self.weights]
        second = [_subsets(row[FIRST:]) for row in self.weights]
        sizes, rest = _subsets([1] * FIRST), self.n - FIRST
        known = np.zeros((1 << FIRST, rest + 1), dtype=np.int64)
        inside = np.zeros((self.n, self.n + 1), dtype=np.int64)
        for world in range(1 << rest):
            wins = self.rule(*(a + b[world] for a, b in zip(first, second, strict=True)))
            size = world.bit_count()
            known[wins, size] += 1
            counts = np.bincount(sizes[wins], minlength=FIRST + 1)
            for place in range(rest):
                if world >> place & 1:
                    inside[FIRST + place, size : size + FIRST + 1] += counts
        total = np.zeros(self.n + 1, dtype=np.int64)
        masks = np.arange(1 << FIRST)
        for low in range(FIRST + 1):
            of_size = sizes == low
            total[low : low + rest + 1] += known[of_size].sum(axis=0)
            for place in range(FIRST):
                inside[place, low : low + rest + 1] += known[of_size & (masks >> place & 1).astype(bool)].sum(axis=0)
        return total, inside

    @property
    def winning(self) -> int:
        """How many coalitions win."""
        return int(self._counted[0].sum())

    @cached_property
    def _swings(self) -> NDArray[np.int64]:
        """Member by size of the coalition with the member → coalitions to which the member is critical."""
        total, inside = self._counted
        found = inside.copy()
        found[:, 1:] -= total[:-1] - inside[:, :-1]
        return found

    def swings(self) -> dict[str, int]:
        """Member → the coalitions to which it is critical."""
        return {name: int(row.sum()) for name, row in zip(self.members, self._swings, strict=True)}

    def value(self, index: str) -> dict[str, Fraction]:
        """Member → absolute value of Banzhaf or Shapley–Shubik."""
        if index == "banzhaf":
            return {name: Fraction(count, 1 << self.n - 1) for name, count in self.swings().items()}
        assert index == "shapley-shubik"
        share = [Fraction(factorial(k - 1) * factorial(self.n - k), factorial(self.n)) for k in range(1, self.n + 1)]
        return {
            name: sum((int(many) * part for many, part in zip(row[1:], share, strict=True)), Fraction(0))
            for name, row in zip(self.members, self._swings, strict=True)
        }

    def normalized(self, index: str) -> dict[str, Fraction]:
        """Member → its share of the sum of all values."""
        values = self.value(index)
        total = sum(values.values(), Fraction(0))
        return {name: value / total for name, value in values.items()}
