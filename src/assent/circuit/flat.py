"""Flat: a circuit as numbered classes of alike leaves and thresholds in topological order, each distinct one once.

Nodes are numbered: the classes first, then the thresholds, children before parents. Weights are whole numbers with no
common divisor, no weight exceeds its need, and gates that only hand on one child are gone. What is simplified away
keeps its leaves: a leaf that can decide nothing is still a class. Every fold counts on this one form.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

TRUE, FALSE = -1, -2  # in place of a node: always met, never met


class Alike(NamedTuple):
    """Leaves of which only the number counts.

    Attributes
    ----------
    id
        Name of the first of them.
    members
        How many there are.
    stem, first
        Members are ``stem/first``, ``stem/(first + 1)`` …; the stem of a leaf that stands alone is empty.
    """

    id: str
    members: int = 1
    stem: str = ""
    first: int = 1

    def ids(self) -> Iterator[str]:
        """The name of each."""
        if self.stem:
            yield from (f"{self.stem}/{i}" for i in range(self.first, self.first + self.members))
        else:
            yield self.id

    def part(self, start: int, members: int) -> Alike:
        """So many of them, from a place on."""
        if members == self.members:
            return self
        return Alike(f"{self.stem}/{self.first + start}", members, self.stem, self.first + start)


class Child(NamedTuple):
    """What a threshold counts: a node, its weight, and whether it counts when the node is *not* met."""

    node: int
    weight: int = 1
    flipped: bool = False


class Threshold(NamedTuple):
    """Met when the weights of the children that are met reach the need. A class counts once for each of its members."""

    id: str
    need: int
    children: tuple[Child, ...]


@dataclass(frozen=True, eq=False)
class Flat:
    """A circuit in numbers, the same only as itself.

    Attributes
    ----------
    classes
        The leaves, in the order of the circuit.
    gates
        The thresholds, children before parents; gate ``g`` is node ``len(classes) + g``.
    root
        Number of the node that decides; -1 if the circuit is always met, -2 if it never is.
    exceptions
        Ids of the parts that are not monotone.
    named
        Name → the nodes of the gates that bear it, if names were asked for.
    """

    classes: tuple[Alike, ...]
    gates: tuple[Threshold, ...]
    root: int
    exceptions: tuple[str, ...] = ()
    named: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def size(self) -> int:
        """How many leaves there are, members counted one by one."""
        return sum(c.members for c in self.classes)

    @cached_property
    def used(self) -> tuple[int, ...]:
        """How many thresholds count each node."""
        count = [0] * (len(self.classes) + len(self.gates))
        for gate in self.gates:
            for node, _, _ in gate.children:
                count[node] += 1
        return tuple(count)

    @cached_property
    def read_once(self) -> bool:
        """Whether no node is counted twice, so that the children of every threshold are independent of each other."""
        return max(self.used, default=0) <= 1

    @cached_property
    def closed(self) -> tuple[bool, ...]:
        """For each node, whether nothing below it is counted anywhere else: it is then independent of all the rest."""
        start = len(self.classes)
        if self.read_once:
            return (True,) * (start + len(self.gates))
        parents: list[list[int]] = [[] for _ in self.used]
        for number, gate in enumerate(self.gates, start):
            for child in gate.children:
                parents[child.node].append(number)
        below: list[frozenset[int]] = [frozenset()] * start
        shut = [True] * start
        for number, gate in enumerate(self.gates, start):
            reach = frozenset(c.node for c in gate.children).union(*(below[c.node] for c in gate.children))
            below.append(reach)
            inside = reach | {number}
            shut.append(all(inside.issuperset(parents[node]) for node in reach))
        return tuple(shut)

    def gate(self, node: int) -> Threshold:
        """The threshold that is a node."""
        return self.gates[node - len(self.classes)]

    def members(self, node: int) -> int:
        """How many times a node counts: the members of a class, one for a threshold."""
        return self.classes[node].members if node < len(self.classes) else 1

    def reached(self, tops: Collection[int] = ()) -> list[int]:
        """The thresholds at or below some nodes, or below the root, children before parents."""
        todo = [*(tops or (self.root,))]
        seen: set[int] = set()
        while todo:
            node = todo.pop()
            if node >= len(self.classes) and node not in seen:
                seen.add(node)
                todo.extend(child.node for child in self.gate(node).children)
        return sorted(seen)
