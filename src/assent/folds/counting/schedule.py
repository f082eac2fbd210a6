"""Schedule: what has to be worked out, in order, with children that are alike worked out once.

Two children of one threshold are alike if they have the same weight, the same shape and the same beliefs about their
leaves. They become one block of so many; what is found for one of them holds for each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assent.folds.counting.diagram import build

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from assent.circuit.flat import Child, Flat, Threshold
    from assent.folds.counting.diagram import Diagram

HEAVY = 100_000  # bound above which a threshold of few children is decided leaf by leaf
FEW = 36


@dataclass(frozen=True, slots=True)
class Block:
    """Children of one threshold that are alike: the slot of one, its weight, how many, and whether against."""

    slot: int
    weight: int
    count: int
    flipped: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One threshold: the slot it fills, its need and its blocks; a diagram in place of a need where leaves are shared.

    ``kind`` is the method: ``all``, ``any``, ``alike``, ``sum`` or ``diagram``.
    """

    slot: int
    kind: str
    need: int
    blocks: tuple[Block, ...]
    diagram: Diagram | None = None
    depth: int = 0

    @property
    def total(self) -> int:
        """The weight of all blocks."""
        return sum(b.weight * b.count for b in self.blocks)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Steps in order.

    Attributes
    ----------
    slots
        How many values there are.
    roots
        Slot of the circuit, or of the nodes asked for; -1 if the circuit is always met, -2 if never.
    leaf
        Slot of each class; -1 where a class decides nothing. Classes that are alike share a slot.
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

    @property
    def steps(self) -> list[Step]:
        """Every step in order."""
        return [step for group in self.groups for step in group]


def schedule(flat: Flat, beliefs: Sequence[Hashable] | None = None, nodes: Sequence[int] = ()) -> Schedule:
    """What has to be worked out for a circuit.

    Parameters
    ----------
    flat
        The circuit.
    beliefs
        For each class, something equal for classes of which the same is believed; all the same if left out.
    nodes
        Nodes to work out that have nothing to do with each other, in place of the whole.

    Raises
    ------
    ValueError
        Leaves are shared in more ways than can be followed.
    """
    work = _Work(flat, beliefs or (None,) * len(flat.classes))
    if flat.root < 0:
        return Schedule(0, (flat.root,), tuple(work.leaf), ())
    roots = tuple(work.slot(node) for node in nodes or (flat.root,))
    groups: dict[tuple[object, ...], list[Step]] = {}
    for step in sorted(work.steps, key=lambda s: s.depth):
        shape: tuple[object, ...] = ()
        if step.kind == "diagram":
            shape = (step.slot,)
        elif step.kind != "alike":
            shape = (step.need, tuple((b.weight, b.count, b.flipped) for b in step.blocks))
        groups.setdefault((step.depth, step.kind, *shape), []).append(step)
    return Schedule(work.slots, roots, tuple(work.leaf), tuple(tuple(g) for g in groups.values()))


@dataclass(slots=True)
class _Work:
    flat: Flat
    beliefs: Sequence[Hashable]
    slots: int = 0
    steps: list[Step] = field(default_factory=list)
    shapes: dict[int, int] = field(default_factory=dict)
    names: dict[Hashable, int] = field(default_factory=dict)
    leaf: list[int] = field(default_factory=list)
    depth: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.leaf = [-1] * len(self.flat.classes)

    def shape(self, node: int) -> int:
        """A number that nodes of the same shape and beliefs share; a node with shared leaves is like no other."""
        if node in self.shapes:
            return self.shapes[node]
        key: Hashable
        if node < len(self.flat.classes):
            key = ("leaf", self.beliefs[node])
        elif not self.tree(node):
            key = ("shared", node)
        else:
            gate = self.flat.gate(node)
            parts: dict[tuple[int, int, bool], int] = {}
            for child in gate.children:
                part = self.shape(child.node), child.weight, child.flipped
                parts[part] = parts.get(part, 0) + self.flat.members(child.node)
            key = (gate.need, frozenset(parts.items()))
        self.shapes[node] = self.names.setdefault(key, len(self.names))
        return self.shapes[node]

    def tree(self, node: int) -> bool:
        """Whether the children of a threshold are independent of each other."""
        used, closed = self.flat.used, self.flat.closed
        return all(used[c.node] == 1 and closed[c.node] for c in self.flat.gate(node).children)

    def slot(self, node: int) -> int:
        """Where the value of a node will stand."""
        if node < len(self.flat.classes):
            if self.leaf[node] < 0:
                self.leaf[node] = self._new(0)
            return self.leaf[node]
        gate = self.flat.gate(node)
        if not self.tree(node):
            return self._shared(node)
        if self._heavy(gate):
            return self._diagram([gate], {c.node: self.slot(c.node) for c in gate.children}, [node])
        blocks = []
        groups: dict[tuple[int, int, bool], list[Child]] = {}
        for child in gate.children:
            groups.setdefault((self.shape(child.node), child.weight, child.flipped), []).append(child)
        for (_, weight, flipped), alike in groups.items():
            slot = self.slot(alike[0].node)
            for child in alike[1:]:
                self._same(alike[0].node, child.node)
            blocks.append(Block(slot, weight, sum(self.flat.members(c.node) for c in alike), flipped))
        return self._step(_kind(gate.need, blocks), gate.need, tuple(blocks))

    def _heavy(self, gate: Threshold) -> bool:
        """Whether a threshold has few children and very large weights."""
        counts = [self.flat.members(c.node) for c in gate.children]
        total = sum(c.weight * n for c, n in zip(gate.children, counts, strict=True))
        return min(gate.need, total - gate.need + 1) > HEAVY and sum(counts) <= FEW

    def _same(self, first: int, other: int) -> None:
        """Let the leaves of a node share the slots of another of the same shape."""
        start = len(self.flat.classes)
        if other < start:
            self.leaf[other] = self.leaf[first]
            return
        like: dict[tuple[int, int, bool], int] = {}
        for child in self.flat.gate(first).children:
            like.setdefault((self.shape(child.node), child.weight, child.flipped), child.node)
        for child in self.flat.gate(other).children:
            self._same(like[self.shape(child.node), child.weight, child.flipped], child.node)

    def _shared(self, node: int) -> int:
        start, closed = len(self.flat.classes), self.flat.closed
        inner, inputs, stack = set(), {}, [node]
        while stack:
            top = stack.pop()
            inner.add(top)
            for child in self.flat.gate(top).children:
                if child.node < start or closed[child.node]:
                    inputs[child.node] = -1
                elif child.node not in inner:
                    stack.append(child.node)
        return self._diagram(
            [self.flat.gate(n) for n in sorted(inner)], {n: self.slot(n) for n in sorted(inputs)}, sorted(inner)
        )

    def _diagram(self, gates: list[Threshold], inputs: dict[int, int], numbers: Sequence[int] = ()) -> int:
        counts = [self.flat.members(n) for n in inputs]
        places = {n: i for i, n in enumerate((*inputs, *numbers))}
        made = build(gates, places, counts)
        blocks = tuple(Block(s, 1, c) for s, c in zip(inputs.values(), counts, strict=True))
        return self._step("diagram", 0, blocks, made)

    def _step(self, kind: str, need: int, blocks: tuple[Block, ...], diagram: Diagram | None = None) -> int:
        depth = 1 + max(self.depth[b.slot] for b in blocks)
        slot = self._new(depth)
        self.steps.append(Step(slot, kind, need, blocks, diagram, depth))
        return slot

    def _new(self, depth: int) -> int:
        self.slots += 1
        self.depth[self.slots - 1] = depth
        return self.slots - 1


def _kind(need: int, blocks: list[Block]) -> str:
    total = sum(b.weight * b.count for b in blocks)
    if need == total:
        return "all"
    if need == 1:
        return "any"
    return "alike" if len(blocks) == 1 else "sum"
