"""Exact counting for one weighted vote by its generating function, in integers: the oracle for many members.

Cantor (1962, in Brams and Affuso 1976): the coefficient of x^w y^s in the product of (1 + x^wᵢ y) counts the coalitions
of weight w and size s; dividing by one factor takes that member out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import factorial


@dataclass(frozen=True)
class Sums:
    """A weighted vote: the quota and who has which weight."""

    quota: int
    weights: dict[str, int]

    @property
    def n(self) -> int:
        """How many members there are."""
        return len(self.weights)

    @cached_property
    def coalitions(self) -> dict[tuple[int, int], int]:
        """(weight, size) → how many coalitions have them."""
        found: Counter[tuple[int, int]] = Counter({(0, 0): 1})
        for weight in self.weights.values():
            for (total, size), many in list(found.items()):
                found[total + weight, size + 1] += many if weight else 0
            if not weight:
                for (total, size), many in sorted(found.items(), reverse=True):
                    found[total, size + 1] += many
        return dict(found)

    @cached_property
    def winning(self) -> int:
        """How many coalitions win."""
        return sum(many for (total, _), many in self.coalitions.items() if total >= self.quota)

    def exactly(self, weight: int) -> int:
        """How many coalitions have this weight."""
        return sum(many for (total, _), many in self.coalitions.items() if total == weight)

    def without(self, weight: int) -> dict[tuple[int, int], int]:
        """(weight, size) → how many coalitions have them that one member of this weight is not in."""
        found: dict[tuple[int, int], int] = {}
        for (total, size), many in sorted(self.coalitions.items(), key=lambda item: item[0][1]):
            left = many - found.get((total - weight, size - 1), 0)
            if left:
                found[total, size] = left
        return found

    @cached_property
    def _swings(self) -> dict[int, dict[int, int]]:
        """Weight → size of the coalition without the member → how many of them the member turns."""
        found: dict[int, dict[int, int]] = {}
        for weight in set(self.weights.values()):
            sizes: Counter[int] = Counter()
            for (total, size), many in self.without(weight).items():
                if self.quota - weight <= total < self.quota:
                    sizes[size] += many
            found[weight] = dict(sizes)
        return found

    def swings(self) -> dict[str, int]:
        """Member → the coalitions to which it is critical."""
        return {name: sum(self._swings[weight].values()) for name, weight in self.weights.items()}

    def value(self, index: str) -> dict[str, Fraction]:
        """Member → absolute value, for the indices that need only the swings by size."""
        if index == "shapley-shubik":
            orders = {
                weight: sum(factorial(size) * factorial(self.n - size - 1) * many for size, many in sizes.items())
                for weight, sizes in self._swings.items()
            }
            return {name: Fraction(orders[weight], factorial(self.n)) for name, weight in self.weights.items()}
        whole = {
            "banzhaf": 1 << self.n - 1,
            "coleman-prevent": self.winning,
            "coleman-initiate": (1 << self.n) - self.winning,
        }[index]
        return {name: Fraction(count, whole) for name, count in self.swings().items()}

    def normalized(self, index: str) -> dict[str, Fraction]:
        """Member → its share of the sum of all values."""
        values = self.value(index)
        total = sum(values.values(), Fraction(0))
        return {name: value / total for name, value in values.items()}
