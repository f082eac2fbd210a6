"""Flatten: how a circuit is brought into numbers: see ``flat`` for what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, repeat
from math import gcd
from typing import TYPE_CHECKING

from assent.circuit.flat import FALSE, TRUE, Alike, Child, Flat, Threshold
from assent.circuit.names import Namer, names_of, whole
from assent.circuit.nodes import Except, Gate, Leaf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assent.circuit.nodes import Node


@dataclass(frozen=True, slots=True)
class Form:
    """How a circuit is brought into numbers.

    Attributes
    ----------
    dual
        The circuit of blocking: a gate of weight W that needs q needs W - q + 1.
    name
        What a leaf is called.
    fixed
        Name of a leaf → whether it is met or cannot be.
    gates
        Name of a gate → the same for a gate as a whole.
    named
        Whether to note the names of gates.
    """

    dual: bool = False
    name: Namer = whole
    fixed: Mapping[str, bool] = field(default_factory=dict)
    gates: Mapping[str, bool] = field(default_factory=dict)
    named: bool = False


PLAIN = Form()
KEPT = 16  # circuits


@dataclass(frozen=True, slots=True, eq=False)
class Same:
    """A node that is the same only as itself: looking a circuit up takes no time, whatever its size."""

    node: Node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.node is other.node

    def __hash__(self) -> int:
        return id(self.node)


def flatten(node: Node, form: Form = PLAIN) -> Flat:
    """A circuit as classes and thresholds; as it stands, it is kept for when it is asked again.

    Raises
    ------
    ValueError
        A weight is negative, there are not as many weights as children, or a gate is settled both ways.

    Examples
    --------
    >>> senate = Gate("senate", "Senate", 67, act="propose", body="us/senate", members=100)
    >>> flat = flatten(senate)
    >>> flat.size, [(c.id, c.members) for c in flat.classes], flat.gates[0].need
    (100, [('propose:us/senate/1', 100)], 67)
    """
    return _plain(Same(node)) if form is PLAIN else _flat(node, form)


@lru_cache(maxsize=KEPT)
def _plain(same: Same) -> Flat:
    return _flat(same.node, PLAIN)


def _flat(node: Node, form: Form) -> Flat:
    build = _Build(form)
    build.look(node)
    build.number()
    root = build.node(node)
    if root.flipped:
        build.gates.append(Threshold("", 1, (root,)))
        root = Child(len(build.classes) + len(build.gates) - 1)
    named = {name: tuple(nodes) for name, nodes in build.named.items()}
    return Flat(tuple(build.classes), tuple(build.gates), root.node, tuple(build.exceptions), named)


class _Build:
    """One circuit on its way into numbers."""

    def __init__(self, form: Form) -> None:
        self.form, self.whole = form, form.name is whole
        self.asked = form.named or bool(form.gates)
        self.bodies: dict[str, set[int]] = {}
        self.order: dict[str, bool] = {}
        self.classes: list[Alike] = []
        self.gates: list[Threshold] = []
        self.known: dict[object, Child] = {}
        self.leaves: set[str] = set()
        self.at: dict[str, int] = {}
        self.segments: dict[str, list[tuple[int, int, int]]] = {}
        self.exceptions: list[str] = []
        self.made: dict[int, Child] = {}
        self.acts: dict[int, frozenset[str]] = {}
        self.named: dict[str, list[int]] = {}

    def stem(self, gate: Gate) -> str:
        """What the names of a body's members begin with."""
        return self.form.name(gate.act, gate.body or gate.id)

    def called(self, leaf: Leaf) -> str:
        """The name of a leaf."""
        return leaf.id if self.whole else self.form.name(leaf.act, leaf.actor)

    def look(self, node: Node) -> None:
        """Note every leaf and body, and refuse what is malformed."""
        ahead = [node]
        while ahead:
            node = ahead.pop()
            if isinstance(node, Leaf):
                self._look(node)
            elif isinstance(node, Except):
                self.exceptions.append(node.id or node.label)
                ahead += (node.exception, node.rule)
            elif node.members:
                stem = self.stem(node)
                self.bodies.setdefault(stem, {0}).add(node.members)
                self.order.setdefault(stem, True)
            else:
                if node.weights and len(node.weights) != len(node.children):
                    raise ValueError(f"{node.id}: {len(node.weights)} weights for {len(node.children)} children")
                if node.weights and min(node.weights) < 0:
                    raise ValueError(f"{node.id}: the weight {min(node.weights)} is negative")
                for place, child in enumerate(node.children):
                    if not isinstance(child, Leaf):
                        ahead += reversed(node.children[place:])
                        break
                    self._look(child)

    def _look(self, leaf: Leaf) -> None:
        name = self.called(leaf)
        self.leaves.add(name)
        self.order.setdefault(name, False)

    def number(self) -> None:
        """Number the classes; a leaf that names one member of a body is that member, and who is settled is none."""
        if self.bodies:
            for leaf in self.leaves:
                if self._cut(leaf):
                    self.order.pop(leaf, None)
            for leaf in self.form.fixed:
                self._cut(leaf)
        fixed, classes, at = self.form.fixed, self.classes, self.at
        for name, body in self.order.items():
            if not body and name not in fixed:  # the most common, at once
                at[name] = len(classes)
                classes.append(Alike(name))
                continue
            if not body:
                at[name] = self._class(name, Alike(name))
                continue
            parts = self.segments[name] = []
            for low, high in pairwise(sorted(self.bodies[name])):
                first = f"{name}/{low + 1}"
                self.at[first] = self._class(first, Alike(first, high - low, name, low + 1))
                parts.append((high, self.at[first], high - low))

    def _cut(self, leaf: str) -> bool:
        """Make a member of a body a class of its own, if a leaf is one."""
        stem, _, place = leaf.rpartition("/")
        cuts = self.bodies.get(stem)
        if cuts and place.isdecimal() and str(int(place)) == place and 0 < int(place) <= max(cuts):
            cuts |= {int(place) - 1, int(place)}
            return True
        return False

    def _class(self, name: str, alike: Alike) -> int:
        if name in self.form.fixed:
            return TRUE if self.form.fixed[name] else FALSE
        self.classes.append(alike)
        return len(self.classes) - 1

    def node(self, node: Node) -> Child:
        """The number of a node; the same for nodes that are the same."""
        if isinstance(node, Leaf):
            return Child(self.at[self.called(node)])
        if id(node) in self.made:
            return self.made[id(node)]
        if isinstance(node, Except):
            rule, unless = self.node(node.rule), self.node(node.exception)
            made = self.threshold(node.id, 2, [(rule.node, 1, rule.flipped, 1), _not(unless)])
        else:
            made = self._gate(node)
        self.made[id(node)] = made
        return made

    def _gate(self, node: Gate) -> Child:
        need = node.need if not self.form.dual else node.of - node.need + 1
        if node.members:
            parts = self.segments[self.stem(node)]
            if len(parts) == 1 and parts[0][1] >= 0 and 0 < need <= node.members > 1 and not self.asked:
                return self._distinct(node.id, need, (Child(parts[0][1]),))
            found = [(at, 1, False, n) for high, at, n in parts if high <= node.members]
        else:
            if not node.weights and 0 < need <= len(node.children) > 1:  # the most common: each of its children once
                below = tuple([self.node(child) for child in node.children])
                nodes = {at for at, _, flipped in below if not flipped}
                if len(nodes) == len(below) and min(nodes) >= 0 and not self.asked:
                    return self._distinct(node.id, need, below)
            found = []
            for child, weight in zip(node.children, node.weights or repeat(1)):  # noqa: B905 - as many as children
                if isinstance(child, Leaf):
                    found.append((self.at[self.called(child)], weight, False, 1))
                else:
                    at, _, flipped = self.node(child)
                    found.append((at, weight, flipped, 1))
        made = self.threshold(node.id, need, found)
        return made if not self.asked else self._named(node, made)

    def _named(self, node: Gate, made: Child) -> Child:
        """Note a gate by its names; what is settled by name takes its place."""
        names = names_of(node, self._acts(node))
        held = {self.form.gates[name] for name in names if name in self.form.gates}
        if len(held) > 1:
            raise ValueError(f"{node.label or node.id!r} is said to be settled both ways")
        if held:
            made = Child(TRUE if held.pop() else FALSE)
        for name in names:
            self.named.setdefault(name, []).append(made.node)
        return made

    def _acts(self, node: Node) -> frozenset[str]:
        """The acts done at or below a node."""
        if isinstance(node, Leaf):
            return frozenset((node.act,))
        if id(node) not in self.acts:
            below = (node.rule, node.exception) if isinstance(node, Except) else node.children
            own = frozenset((node.act,)) if isinstance(node, Gate) and node.members else frozenset[str]()
            self.acts[id(node)] = own.union(*map(self._acts, below))
        return self.acts[id(node)]

    def threshold(self, name: str, need: int, pairs: list[tuple[int, int, bool, int]]) -> Child:
        """A threshold, simplified; ``Child.node`` is ``TRUE`` or ``FALSE`` where nothing is left to decide.

        ``pairs`` are nodes with their weight, whether they count when not met, and how many units they have.
        """
        weights: dict[tuple[int, bool], int] = {}
        total, size = 0, len(self.classes)
        for node, weight, flipped, units in pairs:
            if node == TRUE:
                need -= weight * units
            elif node != FALSE and weight:
                key = node, flipped
                weights[key] = weights[key] + weight if key in weights else weight
                total += weight * units
        if need <= 0:
            return Child(TRUE)
        if total < need:
            return Child(FALSE)
        if len(weights) == 1:
            ((only, flipped),) = weights
            if only >= size or self.classes[only].members == 1:
                return Child(only, 1, flipped)
        most = max(weights.values())
        if most > need:
            weights = {key: min(w, need) for key, w in weights.items()}
        if most > 1 and (common := gcd(*weights.values())) > 1:
            need = -(-need // common)
            weights = {key: w // common for key, w in weights.items()}
        return self._distinct(name, need, tuple([Child(n, w, f) for (n, f), w in weights.items()]))

    def _distinct(self, name: str, need: int, children: tuple[Child, ...]) -> Child:
        """The threshold of these children; one that is known already is not made again."""
        same = need, (children if len(children) == 1 else frozenset(children))
        held = self.known.get(same)
        if held is None:
            held = self.known[same] = Child(len(self.classes) + len(self.gates))
            self.gates.append(Threshold(name, need, children))
        return held


def _not(child: Child) -> tuple[int, int, bool, int]:
    if child.node < 0:
        return (TRUE if child.node == FALSE else FALSE), 1, False, 1
    return child.node, 1, not child.flipped, 1
