"""Schedule: what has to be worked out, in order, with children that are alike worked out once.

Two children of one threshold are alike if they have the same weight, the same shape and the same beliefs about their
leaves. They become one block of so many; what is found for one of them holds for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assent.folds.counting.beliefs import Runs
from assent.folds.counting.diagram import build

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

    from assent.circuit.flat import Flat, Threshold
    from assent.folds.counting.diagram import Diagram

HEAVY = 100_000  # bound above which a threshold of few children is decided leaf by leaf
FEW = 36
KEPT = 4  # circuits
MANY = 300  # unequal members of one weight from which the contour is faster than the recursion


class Step(NamedTuple):
    """One threshold: the slot it fills, its need and its blocks; a diagram in place of a need where leaves are shared.

    Attributes
    ----------
    kind
        The method: ``all``, ``any``, ``alike``, ``sum`` or ``diagram``.
    below, weights, counts, against
        Blocks of children that are alike: the slot of one, its weight, how many, and whether one counts when not met.
    """

    slot: int
    kind: str
    need: int
    below: tuple[int, ...]
    weights: tuple[int, ...]
    counts: tuple[int, ...]
    against: tuple[bool, ...]
    depth: int = 1
    diagram: Diagram | None = None

    @property
    def total(self) -> int:
        """The weight of all blocks."""
        return sum(map(int.__mul__, self.weights, self.counts))

    @property
    def units(self) -> int:
        """How many children there are."""
        return sum(self.counts)

    @property
    def crowd(self) -> bool:
        """Whether so many unequal members of one weight are counted that the contour is tried."""
        return self.kind == "sum" and len(self.below) >= MANY and set(self.weights) == {1} == set(self.counts)


@dataclass(frozen=True, eq=False)
class Schedule:
    """Steps in order; the same only as itself.

    Attributes
    ----------
    slots
        How many values there are.
    roots
        Slot of the circuit, or of the nodes asked for; -1 if the circuit is always met, -2 if never.
    leaf
        Slot of each run of leaves; -1 where they decide nothing. Runs that are alike share a slot.
    groups
        Steps in order, those together that can be worked out at once.
    """

    slots: int
    roots: tuple[int, ...]
    leaf: tuple[int, ...]
    groups: tuple[tuple[Step, ...], ...]

    @property
    def root(self) -> int:
        """Slot of the circuit."""
        return self.roots[0]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step in order."""
        return tuple([step for group in self.groups for step in group])

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """The slots of the runs of leaves, as an array."""
        return np.array(self.leaf, dtype=np.intp)


def schedule(flat: Flat, runs: Runs | None = None, nodes: Sequence[int] = ()) -> Schedule:
    """What has to be worked out for a circuit; for the whole of it, of everybody alike, it is kept.

    Parameters
    ----------
    flat
        The circuit.
    runs
        What is believed of whom; the same of everybody if left out.
    nodes
        Nodes to work out that have nothing to do with each other, in place of the whole.

    Raises
    ------
    ValueError
        Leaves are shared in more ways than can be followed.
    """
    return _everybody(flat) if runs is None and not nodes else _schedule(flat, runs or Runs.of(flat), nodes)


@lru_cache(maxsize=KEPT)
def _everybody(flat: Flat) -> Schedule:
    return _schedule(flat, Runs.of(flat), ())


def _schedule(flat: Flat, runs: Runs, nodes: Sequence[int]) -> Schedule:
    if len(runs.members) > len(flat.classes) and (not flat.read_once or any(g.need > HEAVY for g in flat.gates)):
        flat, runs = runs.divided(flat), Runs.of(runs.divided(flat), runs.belief)  # a diagram goes through its leaves
    work = _Work(flat, runs)
    if flat.root < 0:
        return Schedule(0, (flat.root,), tuple(work.leaf), ())
    roots = tuple([work.slot(node) for node in nodes or (flat.root,)])
    groups: dict[Hashable, list[Step]] = {}
    for step in sorted(work.steps, key=lambda s: s.depth):
        shape: Hashable = None
        if step.kind == "diagram":
            shape = step.slot
        elif step.kind != "alike":
            shape = step.need, step.weights, step.counts, step.against
        groups.setdefault((step.depth, step.kind, shape), []).append(step)
    return Schedule(len(work.depth), roots, tuple(work.leaf), tuple(map(tuple, groups.values())))


class _Blocks:
    """Blocks of alike children, as they are found."""

    def __init__(self) -> None:
        self.below: list[int] = []
        self.weights: list[int] = []
        self.counts: list[int] = []
        self.against: list[bool] = []
        self.first: list[int] = []
        self.gates: dict[tuple[int, int, bool], int] = {}
        self.leaves: dict[tuple[int, bool], dict[Hashable, int]] = {}

    def one(self, slot: int, weight: int, *, flipped: bool, node: int = -1) -> int:
        """Begin a block of nobody as yet; its place."""
        self.below.append(slot)
        self.weights.append(weight)
        self.counts.append(0)
        self.against.append(flipped)
        self.first.append(node)
        return len(self.below) - 1

    def several(self, slots: Sequence[int], weight: int, *, flipped: bool) -> None:
        """Begin blocks of leaves."""
        self.below += slots
        self.weights += [weight] * len(slots)
        self.counts += [0] * len(slots)
        self.against += [flipped] * len(slots)
        self.first += [-1] * len(slots)


class _Work:
    def __init__(self, flat: Flat, runs: Runs) -> None:
        self.flat, self.runs, self.base = flat, runs, len(flat.classes)
        self.steps: list[Step] = []
        self.shapes: dict[int, int] = {}
        self.names: dict[Hashable, int] = {}
        self.leaf = [-1] * len(runs.members)
        self.depth: list[int] = []

    def spans(self, node: int) -> range:
        """The runs of a class."""
        return range(self.runs.starts[node], self.runs.starts[node + 1])

    def shape(self, node: int) -> int:
        """A number that thresholds of the same shape and beliefs share; one with shared leaves is like no other."""
        if node in self.shapes:
            return self.shapes[node]
        key: Hashable = node
        gate = self.flat.gates[node - self.base]
        if len(gate.children) == 1 and gate.children[0].node < self.base and self.tree(node):
            (child,) = gate.children
            first, last = self.runs.starts[child.node], self.runs.starts[child.node + 1]
            key = gate.need, child.weight, child.flipped, self.runs.belief[first:last], self.runs.members[first:last]
        elif self.tree(node):
            parts: dict[Hashable, int] = {}
            for below, weight, flipped in gate.children:
                if below >= self.base:
                    kind: Hashable = self.shape(below), weight, flipped
                    parts[kind] = parts.get(kind, 0) + 1
                else:
                    for run in self.spans(below):
                        kind = "leaf", self.runs.belief[run], weight, flipped
                        parts[kind] = parts.get(kind, 0) + self.runs.members[run]
            key = gate.need, tuple(parts.items()) if len(parts) == 1 else frozenset(parts.items())
        self.shapes[node] = self.names.setdefault(key, len(self.names))
        return self.shapes[node]

    def tree(self, node: int) -> bool:
        """Whether the children of a threshold are independent of each other."""
        if self.flat.read_once:
            return True
        used, closed = self.flat.used, self.flat.closed
        return all(used[c.node] == 1 and closed[c.node] for c in self.flat.gate(node).children)

    def slot(self, node: int) -> int:
        """Where the value of a node will stand; of a class, where all of its members are alike."""
        if node < self.base:
            (run,) = self.spans(node)
            if self.leaf[run] < 0:
                self.leaf[run] = len(self.depth)
                self.depth.append(0)
            return self.leaf[run]
        gate = self.flat.gates[node - self.base]
        if not self.tree(node):
            return self._shared(node)
        if gate.need > HEAVY and self._heavy(gate):
            return self._diagram([gate], sorted(c.node for c in gate.children), [node])
        if len(gate.children) == 1 and gate.children[0].node < self.base:
            found = self._body(gate)
            if found is not None:
                return found
        blocks = _Blocks()
        for below, weight, flipped in gate.children:
            if below < self.base:
                self._leaves(blocks, below, weight, flipped=flipped)
                continue
            key = self.shape(below), weight, flipped
            place = blocks.gates.get(key)
            if place is None:
                place = blocks.one(self.slot(below), weight, flipped=flipped, node=below)
                blocks.gates[key] = place
            else:
                self._same(blocks.first[place], below)
            blocks.counts[place] += 1
        return self._step(gate.need, blocks.below, blocks.weights, blocks.counts, blocks.against)

    def _body(self, gate: Threshold) -> int | None:
        """The slot of a threshold over one class of whom the same is believed, the most common of all."""
        ((node, weight, flipped),) = gate.children
        run = self.runs.starts[node]
        if self.runs.starts[node + 1] - run > 1:
            return None
        slot, members, need = len(self.depth), self.runs.members[run], gate.need
        self.leaf[run] = slot
        self.depth += (0, 1)
        kind = "any" if need == 1 else "all" if need == weight * members else "alike"
        self.steps.append(Step(slot + 1, kind, need, (slot,), (weight,), (members,), (flipped,)))
        return slot + 1

    def _leaves(self, blocks: _Blocks, node: int, weight: int, *, flipped: bool) -> None:
        """Add the leaves of a class to the blocks of a threshold, by what is believed of them."""
        runs, key = self.runs, (weight, flipped)
        first, last = runs.starts[node], runs.starts[node + 1]
        alike = blocks.leaves.get(key)
        if alike is None:
            alike = blocks.leaves[key] = {}
        if last - first == 1:
            said = runs.belief[first]
            place = alike.get(said)
            if place is None:
                place = alike[said] = blocks.one(len(self.depth), weight, flipped=flipped)
                self.depth.append(0)
            blocks.counts[place] += runs.members[first]
            self.leaf[first] = blocks.below[place]
            return
        belief, counts = self.runs.belief[first:last], blocks.counts
        new = [b for b in dict.fromkeys(belief) if b not in alike]
        if new:
            alike.update(zip(new, range(len(counts), len(counts) + len(new)), strict=True))
            blocks.several(range(len(self.depth), len(self.depth) + len(new)), weight, flipped=flipped)
            self.depth += [0] * len(new)
        places = [alike[b] for b in belief]
        for place, members in zip(places, self.runs.members[first:last], strict=True):
            counts[place] += members
        self.leaf[first:last] = [blocks.below[place] for place in places]

    def _heavy(self, gate: Threshold) -> bool:
        """Whether a threshold has few children and very large weights."""
        counts = [self.flat.members(c.node) for c in gate.children]
        total = sum(c.weight * n for c, n in zip(gate.children, counts, strict=True))
        return total - gate.need + 1 > HEAVY and sum(counts) <= FEW

    def _same(self, first: int, other: int) -> None:
        """Let the leaves of a threshold share the slots of another of the same shape."""
        slots: dict[Hashable, int] = {}
        nodes: dict[Hashable, int] = {}
        for below, weight, flipped in self.flat.gate(first).children:
            if below >= self.base:
                nodes.setdefault((self.shape(below), weight, flipped), below)
            else:
                for run in self.spans(below):
                    slots.setdefault((self.runs.belief[run], weight, flipped), self.leaf[run])
        for below, weight, flipped in self.flat.gate(other).children:
            if below >= self.base:
                self._same(nodes[self.shape(below), weight, flipped], below)
            else:
                for run in self.spans(below):
                    self.leaf[run] = slots[self.runs.belief[run], weight, flipped]

    def _shared(self, node: int) -> int:
        closed = self.flat.closed
        inner, inputs, stack = {node}, set(), [node]
        while stack:
            for child in self.flat.gate(stack.pop()).children:
                if child.node < self.base or closed[child.node]:
                    inputs.add(child.node)
                elif child.node not in inner:
                    inner.add(child.node)
                    stack.append(child.node)
        return self._diagram([self.flat.gate(n) for n in sorted(inner)], sorted(inputs), sorted(inner))

    def _diagram(self, gates: list[Threshold], inputs: Sequence[int], numbers: Sequence[int]) -> int:
        counts = [self.flat.members(n) for n in inputs]
        slots = [self.slot(n) for n in inputs]
        places = {n: i for i, n in enumerate((*inputs, *numbers))}
        size = len(inputs)
        return self._step(0, slots, [1] * size, counts, [False] * size, build(gates, places, counts))

    def _step(
        self,
        need: int,
        below: Sequence[int],
        weights: Sequence[int],
        counts: Sequence[int],
        against: Sequence[bool],
        diagram: Diagram | None = None,
    ) -> int:
        depth = 1 + max([self.depth[slot] for slot in below])
        slot = len(self.depth)
        self.depth.append(depth)
        if diagram:
            kind = "diagram"
        elif need == 1:
            kind = "any"
        else:
            total = sum(map(int.__mul__, weights, counts))
            kind = "all" if need == total else "alike" if len(below) == 1 else "sum"
        columns = tuple(below), tuple(weights), tuple(counts), tuple(against)
        self.steps.append(Step(slot, kind, need, *columns, depth, diagram))
        return slot
