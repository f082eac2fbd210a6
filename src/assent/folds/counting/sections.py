"""Sections: a circuit taken apart by unit: the parts within one unit, the counts of units, and the rest above them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assent.circuit.flat import Alike, Child, Flat, Threshold

if TYPE_CHECKING:
    from collections.abc import Sequence


MOST_PARTS = 8  # of one unit: each doubles the patterns in which they can be met
MOST_COUNTS = 8  # likewise


@dataclass(frozen=True, slots=True)
class Part:
    """A part within one unit: its place among the parts, its weight in the count, whether it counts when not met."""

    unit: str
    place: int
    weight: int
    flipped: bool


@dataclass(frozen=True, slots=True)
class Count:
    """A threshold over parts of different units."""

    need: int
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """The weight of all parts."""
        return sum(p.weight for p in self.parts)


@dataclass(frozen=True, slots=True)
class Sections:
    """The pieces.

    Attributes
    ----------
    nodes
        The node of each part.
    part_of
        For each class, the part it is in; -1 if it is in none.
    counts
        The thresholds over parts.
    rest
        The circuit above them: its classes are national ones, and one for each count.
    rest_of
        For each class of the rest, the class it is, or -1 - c for count c.
    """

    nodes: tuple[int, ...]
    part_of: tuple[int, ...]
    counts: tuple[Count, ...]
    rest: Flat
    rest_of: tuple[int, ...]


def sections(flat: Flat, units: Sequence[str]) -> Sections:
    """Take a circuit apart.

    Parameters
    ----------
    flat
        The circuit; it has something to decide.
    units
        The unit of each class; empty for national ones.

    Raises
    ------
    ValueError
        Too many parts of one unit stand beside those of others, too many counts are made of them, or units share
        leaves.
    """
    work = _Work(flat, units)
    work.look()
    root = work.above(flat.root)
    classes = [flat.classes[w] if w >= 0 else Alike("") for w in work.rest_of]
    moved = len(classes)
    gates = tuple(
        g._replace(children=tuple(c._replace(node=_place(c.node, moved)) for c in g.children)) for g in work.gates
    )
    rest = Flat(tuple(classes), gates, _place(root, moved), flat.exceptions)
    return Sections(tuple(work.nodes), tuple(work.part_of), tuple(work.counts), rest, tuple(work.rest_of))


def _place(node: int, moved: int) -> int:
    """Gates of the rest are numbered from -1 down until it is known how many classes there are."""
    return node if node >= 0 else moved - 1 - node


@dataclass(slots=True)
class _Work:
    flat: Flat
    units: Sequence[str]
    below: list[frozenset[str]] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)
    part_of: list[int] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    gates: list[Threshold] = field(default_factory=list)
    rest_of: list[int] = field(default_factory=list)
    known: dict[int, int] = field(default_factory=dict)
    shares: dict[str, int] = field(default_factory=dict)

    def look(self) -> None:
        """The units below each node; the empty name for national leaves."""
        self.part_of = [-1] * len(self.flat.classes)
        self.below = [frozenset([unit]) for unit in self.units]
        for gate in self.flat.gates:
            self.below.append(frozenset().union(*(self.below[c.node] for c in gate.children)))

    def above(self, node: int) -> int:
        """The place of a node in the rest: a class from 0 up, a gate from -1 down."""
        if node in self.known:
            return self.known[node]
        self.known[node] = place = self._above(node)
        return place

    def _above(self, node: int) -> int:
        start, units = len(self.flat.classes), self.below[node]
        if units == {""}:
            if node < start:
                self.rest_of.append(node)
                return len(self.rest_of) - 1
            return self._gate(node)
        if len(units) == 1:
            return self._count(1, [Child(node)])
        gate = self.flat.gate(node)
        each = [self.below[c.node] for c in gate.children]
        if all(len(u) == 1 and "" not in u for u in each):
            return self._count(gate.need, gate.children)
        return self._gate(node)

    def _gate(self, node: int) -> int:
        gate = self.flat.gate(node)
        children = tuple(c._replace(node=self.above(c.node)) for c in gate.children)
        self.gates.append(gate._replace(children=children))
        return -len(self.gates)

    def _count(self, need: int, children: Sequence[Child]) -> int:
        parts = []
        for child in children:
            if not self.flat.closed[child.node] or self.flat.used[child.node] > 1:
                raise ValueError(
                    "leaves of a unit are counted in more than one part of the circuit; factors of regions and states "
                    "cannot be integrated over it. Give the nation's factor, and a state's where each is one member"
                )
            (unit,) = self.below[child.node]
            parts.append(Part(unit, len(self.nodes), child.weight, child.flipped))
            self._mark(child.node, len(self.nodes))
            self.nodes.append(child.node)
            self.shares[unit] = self.shares.get(unit, 0) + 1
            if self.shares[unit] > MOST_PARTS:
                raise ValueError(
                    f"more than {MOST_PARTS} parts of {unit} are counted beside those of others; factors of regions "
                    "and states cannot be integrated over them. Leave its units out of `regions`, or give the nation's "
                    "factor only"
                )
        self.counts.append(Count(need, tuple(parts)))
        if len(self.counts) > MOST_COUNTS:
            raise ValueError(
                f"parts of units are counted together in more than {MOST_COUNTS} places; factors of regions and states "
                "cannot be integrated over them. Give the nation's factor only"
            )
        self.rest_of.append(-len(self.counts))
        return len(self.rest_of) - 1

    def _mark(self, node: int, part: int) -> None:
        if node < len(self.flat.classes):
            self.part_of[node] = part
            return
        for child in self.flat.gate(node).children:
            self._mark(child.node, part)
