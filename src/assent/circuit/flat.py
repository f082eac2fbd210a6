"""Flat: a circuit as numbered classes of alike leaves and thresholds in topological order, each distinct one once.

Nodes are numbered: the classes first, then the thresholds, children before parents. Weights are whole numbers with no
common divisor, no weight exceeds its need, and gates that only hand on one child are gone. What is simplified away
keeps its leaves: a leaf that can decide nothing is still a class.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import gcd
from typing import TYPE_CHECKING

from assent.circuit.nodes import Except, Gate, Leaf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assent.circuit.nodes import Node


TRUE, FALSE = -1, -2  # in place of a node: always met, never met


@dataclass(frozen=True, slots=True)
class Alike:
    """Leaves of which only the number counts.

    Attributes
    ----------
    id
        Leaf id of the first of them.
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
        """The leaf id of each."""
        if self.stem:
            yield from (f"{self.stem}/{i}" for i in range(self.first, self.first + self.members))
        else:
            yield self.id


@dataclass(frozen=True, slots=True)
class Child:
    """What a threshold counts: a node, its weight, and whether it counts when the node is *not* met."""

    node: int
    weight: int = 1
    flipped: bool = False


@dataclass(frozen=True, slots=True)
class Threshold:
    """Met when the weights of the children that are met reach the need. A class counts once for each of its members."""

    id: str
    need: int
    children: tuple[Child, ...]


@dataclass(frozen=True)
class Flat:
    """A circuit in numbers.

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
    """

    classes: tuple[Alike, ...]
    gates: tuple[Threshold, ...]
    root: int
    exceptions: tuple[str, ...] = ()

    @cached_property
    def size(self) -> int:
        """How many leaves there are, members counted one by one."""
        return sum(c.members for c in self.classes)

    @cached_property
    def monotone(self) -> bool:
        """Whether more assent can never turn the circuit from met to not met."""
        return not self.exceptions

    @cached_property
    def used(self) -> tuple[int, ...]:
        """How many thresholds count each node."""
        count = [0] * (len(self.classes) + len(self.gates))
        for gate in self.gates:
            for child in gate.children:
                count[child.node] += 1
        return tuple(count)

    @cached_property
    def read_once(self) -> bool:
        """Whether no node is counted twice, so that the children of every threshold are independent of each other."""
        return all(n <= 1 for n in self.used)

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


def flatten(node: Node) -> Flat:
    """A circuit as classes and thresholds.

    Raises
    ------
    ValueError
        A weight is negative, or there are not as many weights as children.

    Examples
    --------
    >>> senate = Gate("senate", "Senate", 67, act="propose", body="us/senate", members=100)
    >>> flat = flatten(senate)
    >>> flat.size, [(c.id, c.members) for c in flat.classes], flat.gates[0].need
    (100, [('propose:us/senate/1', 100)], 67)
    """
    build = _Build()
    build.look(node)
    build.number()
    root = build.node(node)
    if root.flipped:
        build.gates.append(Threshold("", 1, (root,)))
        root = Child(len(build.classes) + len(build.gates) - 1)
    return Flat(tuple(build.classes), tuple(build.gates), root.node, tuple(build.exceptions))


def _stem(gate: Gate) -> str:
    return f"{gate.act}:{gate.body or gate.id}"


@dataclass(slots=True)
class _Build:
    singles: dict[str, None] = field(default_factory=dict)
    bodies: dict[str, set[int]] = field(default_factory=dict)
    order: dict[str, bool] = field(default_factory=dict)
    classes: list[Alike] = field(default_factory=list)
    gates: list[Threshold] = field(default_factory=list)
    known: dict[object, int] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)
    segments: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    exceptions: list[str] = field(default_factory=list)
    signs: dict[int, Child] = field(default_factory=dict)

    def look(self, node: Node) -> None:
        """Note every leaf and body, and refuse what is malformed."""
        if isinstance(node, Leaf):
            self.singles.setdefault(node.id)
            self.order.setdefault(node.id, False)
        elif isinstance(node, Except):
            self.exceptions.append(node.id or node.label)
            self.look(node.rule)
            self.look(node.exception)
        elif node.members:
            self.bodies.setdefault(_stem(node), {0}).add(node.members)
            self.order.setdefault(_stem(node), True)
        else:
            if node.weights and len(node.weights) != len(node.children):
                raise ValueError(f"{node.id}: {len(node.weights)} weights for {len(node.children)} children")
            if any(w < 0 for w in node.weights):
                raise ValueError(f"{node.id}: the weight {min(node.weights)} is negative")
            for child in node.children:
                self.look(child)

    def number(self) -> None:
        """Number the classes; a leaf that names one member of a body is that member."""
        for leaf in self.singles:
            stem, _, place = leaf.rpartition("/")
            cuts = self.bodies.get(stem)
            if cuts and place.isdecimal() and str(int(place)) == place and 0 < int(place) <= max(cuts):
                cuts |= {int(place) - 1, int(place)}
                self.order.pop(leaf, None)
        for name, body in self.order.items():
            if not body:
                self.at[name] = len(self.classes)
                self.classes.append(Alike(name))
                continue
            for low, high in pairwise(sorted(self.bodies[name])):
                first = f"{name}/{low + 1}"
                self.at[first] = len(self.classes)
                self.segments.setdefault(name, []).append((high, len(self.classes)))
                self.classes.append(Alike(first, high - low, name, low + 1))

    def node(self, node: Node) -> Child:
        """The number of a node; the same for nodes that are the same."""
        if isinstance(node, Leaf):
            return Child(self.at[node.id])
        if id(node) in self.signs:
            return self.signs[id(node)]
        if isinstance(node, Except):
            rule, unless = self.node(node.rule), self.node(node.exception)
            made = self.threshold(node.id, 2, [(rule, 1), (_not(unless), 1)])
        elif node.members:
            members = [(Child(at), 1) for high, at in self.segments[_stem(node)] if high <= node.members]
            made = self.threshold(node.id, node.need, members)
        else:
            pairs = [(self.node(child), node.weight(place)) for place, child in enumerate(node.children)]
            made = self.threshold(node.id, node.need, pairs)
        self.signs[id(node)] = made
        return made

    def threshold(self, name: str, need: int, pairs: list[tuple[Child, int]]) -> Child:
        """A threshold, simplified; ``Child.node`` is ``TRUE`` or ``FALSE`` where nothing is left to decide."""
        weights: dict[tuple[int, bool], int] = {}
        for child, weight in pairs:
            if child.node == TRUE:
                need -= weight
            elif child.node != FALSE and weight:
                key = child.node, child.flipped
                weights[key] = weights.get(key, 0) + weight
        if need <= 0:
            return Child(TRUE)
        if sum(w * self.members(n) for (n, _), w in weights.items()) < need:
            return Child(FALSE)
        weights = {key: min(w, need) for key, w in weights.items()}
        common = gcd(*weights.values())
        need = -(-need // common)
        weights = {key: w // common for key, w in weights.items()}
        if len(weights) == 1:
            ((only, flipped),) = weights
            if self.members(only) == 1:
                return Child(only, 1, flipped)
        children = tuple(Child(n, w, f) for (n, f), w in weights.items())
        same = need, frozenset(children)
        if same not in self.known:
            self.known[same] = len(self.classes) + len(self.gates)
            self.gates.append(Threshold(name, need, children))
        return Child(self.known[same])

    def members(self, node: int) -> int:
        return self.classes[node].members if node < len(self.classes) else 1


def _not(child: Child) -> Child:
    if child.node < 0:
        return Child(TRUE if child.node == FALSE else FALSE)
    return Child(child.node, 1, not child.flipped)
