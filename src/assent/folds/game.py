"""Games: a monotone circuit in normal form, as coalitions and plans count it: classes of alike leaves under thresholds.

A leaf that is settled is gone, gates that say the same are one gate, and leaves that stand with the same weight in the
same gates are alike: only their number matters. Blocking is winning in the dual, where a gate of weight W that needs q
needs W - q + 1.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import gcd

from assent.circuit.nodes import Except, Gate, Leaf, Node

Namer = Callable[[str, str], str]
Ref = int | bool


@dataclass(frozen=True, slots=True)
class Take:
    """So many of some alike leaves; which of them makes no difference."""

    ids: tuple[str, ...]
    count: int

    @property
    def name(self) -> str:
        """The body they are members of; the leaf itself where there is one; else the first of them.

        Examples
        --------
        >>> Take(("propose:senate/1", "propose:senate/2"), 1).name
        'propose:senate'
        """
        if len(self.ids) == 1:
            return self.ids[0]
        bodies = {leaf.rpartition("/")[0] for leaf in self.ids}
        return bodies.pop() if len(bodies) == 1 and "" not in bodies else f"{self.ids[0]} …"


@dataclass(frozen=True, slots=True)
class Row:
    """A threshold: the weights of what is met reach ``need``; items are (weight, class or gate), each named once."""

    need: int
    items: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Game:
    """A monotone circuit in normal form.

    Attributes
    ----------
    classes
        The leaves of each class.
    idle
        Leaves that are open but decide nothing.
    rows
        Gates, children first; in their items ``i < len(classes)`` is a class and the rest is row ``i - len(classes)``.
    root
        The last word: a reference to a row, or a constant.
    named
        Name → the gates that bear it (unit, body or id, and each of them after ``act:``).
    below
        Name → the leaves below the gates that bear it.
    """

    classes: tuple[tuple[str, ...], ...]
    idle: tuple[str, ...]
    rows: tuple[Row, ...]
    root: Ref
    named: Mapping[str, tuple[Ref, ...]]

    @cached_property
    def size(self) -> int:
        """The number of open leaves."""
        return sum(map(len, self.classes)) + len(self.idle)

    @cached_property
    def place(self) -> dict[str, int]:
        """Leaf → its class; idle leaves are missing."""
        return {leaf: c for c, ids in enumerate(self.classes) for leaf in ids}

    def many(self, ref: int) -> int:
        """How many units an item stands for: the members of a class, or one gate."""
        return len(self.classes[ref]) if ref < len(self.classes) else 1

    def met(self, counts: Mapping[int, int]) -> list[bool]:
        """For each row, whether so many of each class meet it."""
        found: list[bool] = []
        base = len(self.classes)
        for row in self.rows:
            total = sum(w * (counts.get(ref, 0) if ref < base else found[ref - base]) for w, ref in row.items)
            found.append(total >= row.need)
        return found

    def wins(self, counts: Mapping[int, int]) -> bool:
        """Whether so many of each class win."""
        return self.root if isinstance(self.root, bool) else self.met(counts)[self.root - len(self.classes)]


def whole(act: str, actor: str) -> str:
    """A leaf by its act and its actor: the two acts of one person are two leaves."""
    return f"{act}:{actor}"


def person(_: str, actor: str) -> str:
    """A leaf by its actor alone: who is won is won for every act."""
    return actor


def refuse_exceptions(node: Node) -> None:
    """Raise if a circuit is not monotone.

    Raises
    ------
    ValueError
        Names the exception, or the gate with a weight below zero.
    """
    for part in parts(node):
        if isinstance(part, Except):
            raise ValueError(  # noqa: TRY004 - the type is right, what it stands for is not
                f"the circuit is not monotone: {part.label or part.id or 'a rule'!r} has an exception, so that more "
                "assent can undo it and no coalition is winning for good"
            )
        if isinstance(part, Gate) and any(weight < 0 for weight in part.weights):
            raise ValueError(f"the circuit is not monotone: {part.label or part.id!r} has a weight below zero")


def parts(node: Node) -> Iterator[Node]:
    """Every node at or below a node, as often as it occurs."""
    yield node
    if isinstance(node, Gate):
        for child in node.children:
            yield from parts(child)
    elif isinstance(node, Except):
        yield from parts(node.rule)
        yield from parts(node.exception)


def members(gate: Gate) -> Iterator[tuple[str, str]]:
    """Act and actor of each member a gate stands for."""
    return ((gate.act, f"{gate.body}/{i}") for i in range(1, gate.members + 1))


def holds(node: Node, yes: Collection[str], name: Namer = whole) -> bool:
    """Whether a monotone circuit holds when exactly these leaves say yes."""
    if isinstance(node, Leaf):
        return name(node.act, node.actor) in yes
    if isinstance(node, Except):
        return holds(node.rule, yes, name) and not holds(node.exception, yes, name)
    if node.members:
        return sum(name(*m) in yes for m in members(node)) >= node.need
    return sum(node.weight(i) for i, c in enumerate(node.children) if holds(c, yes, name)) >= node.need


@dataclass(frozen=True, slots=True)
class Options:
    """How a game is made of a circuit.

    Attributes
    ----------
    dual
        Make the game of blocking.
    name
        What a leaf is called.
    fixed
        Leaf → whether it is in the coalition or cannot be.
    gates
        Gate name → the same for a gate as a whole.
    mark
        Leaves with different marks are not alike.
    keep
        Names of gates to keep, whether or not they decide anything.
    """

    dual: bool = False
    name: Namer = whole
    fixed: Mapping[str, bool] | None = None
    gates: Mapping[str, bool] | None = None
    mark: Callable[[str], Hashable] | None = None
    keep: frozenset[str] = frozenset()


PLAIN = Options()


def game(node: Node, options: Options = PLAIN) -> Game:
    """The normal form of a monotone circuit.

    Raises
    ------
    ValueError
        The circuit is not monotone.

    Examples
    --------
    >>> two = Gate("g", "two of three", 2, tuple(Leaf("ratify", s) for s in "abc"))
    >>> made = game(two)
    >>> made.classes, made.rows
    ((('ratify:a', 'ratify:b', 'ratify:c'),), (Row(need=2, items=((1, 0),)),))
    """
    refuse_exceptions(node)
    return _Maker(options).made(node)


def names_of(gate: Gate, acts: Collection[str]) -> set[str]:
    """What a gate may be called: its unit, body or id, alone and after the one act done below it."""
    plain = {name for name in (gate.unit, gate.body, gate.id) if name}
    act = gate.act or (next(iter(acts)) if len(acts) == 1 else "")
    return plain | {f"{act}:{name}" for name in plain if act}


class _Maker:
    """Builds one game. Leaves are -1, -2, …; gates are 0, 1, … until classes are known."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.fixed, self.held = options.fixed or {}, options.gates or {}
        self.keys: dict[str, int] = {}
        self.rows: list[tuple[int, dict[int, int]]] = []
        self.same: dict[tuple[int, frozenset[tuple[int, int]]], int] = {}
        self.named: dict[str, list[Ref]] = {}

    def made(self, node: Node) -> Game:
        root, _ = self._ref(node)
        if not isinstance(root, bool) and root < 0:
            root = self._row(1, {root: 1})
        kept = [ref for name in self.options.keep for ref in self.named.get(name, ()) if not isinstance(ref, bool)]
        tops = {self._row(1, {ref: 1}) if ref < 0 else ref for ref in kept}
        rows = self._reached(tops if isinstance(root, bool) else tops | {root})
        where: dict[int, list[tuple[int, int]]] = {}
        for place in rows:
            for ref, weight in self.rows[place][1].items():
                if ref < 0:
                    where.setdefault(ref, []).append((place, weight))
        alike: dict[Hashable, list[str]] = {}
        idle = []
        of: dict[int, Hashable] = {}
        mark = self.options.mark
        for key, leaf in self.keys.items():
            if leaf not in where:
                idle.append(key)
                continue
            of[leaf] = (tuple(where[leaf]), mark(key) if mark else None)
            alike.setdefault(of[leaf], []).append(key)
        number = {kind: i for i, kind in enumerate(alike)}
        base = len(alike)
        moved = {place: base + i for i, place in enumerate(rows)}
        final = []
        for place in rows:
            need, items = self.rows[place]
            seen = {number[of[ref]] if ref < 0 else moved[ref]: weight for ref, weight in items.items()}
            final.append(Row(need, tuple((weight, ref) for ref, weight in sorted(seen.items()))))

        def last(ref: Ref) -> Ref:
            if isinstance(ref, bool):
                return ref
            return moved.get(self.same.get((1, frozenset({(ref, 1)})), -1) if ref < 0 else ref, -1)

        named = {name: tuple(map(last, refs)) for name, refs in self.named.items()}
        classes = tuple(tuple(ids) for ids in alike.values())
        return Game(classes, tuple(idle), tuple(final), last(root), named)

    def _reached(self, tops: set[int]) -> list[int]:
        seen, todo = set(tops), list(tops)
        while todo:
            for ref in self.rows[todo.pop()][1]:
                if ref >= 0 and ref not in seen:
                    seen.add(ref)
                    todo.append(ref)
        return sorted(seen)  # a gate is made after what stands below it

    def _leaf(self, act: str, actor: str) -> Ref:
        key = self.options.name(act, actor)
        held = self.fixed.get(key)
        return held if held is not None else self.keys.setdefault(key, -len(self.keys) - 1)

    def _ref(self, node: Node) -> tuple[Ref, set[str]]:
        """The reference of a node, and the acts done below it."""
        if isinstance(node, Leaf):
            return self._leaf(node.act, node.actor), {node.act}
        assert isinstance(node, Gate)  # noqa: S101 - exceptions have been refused
        need = node.of - node.need + 1 if self.options.dual else node.need
        below: list[tuple[int, Ref]]
        if node.members:
            acts = {node.act}
            below = [(1, self._leaf(*member)) for member in members(node)]
        else:
            made = [self._ref(child) for child in node.children]
            acts = set().union(*(acts for _, acts in made)) if made else set()
            below = [(node.weight(i), ref) for i, (ref, _) in enumerate(made)]
        names = names_of(node, acts)
        held = {self.held[name] for name in names if name in self.held}
        if len(held) > 1:
            raise ValueError(f"{node.label or node.id!r} is said to be settled both ways")
        ref = held.pop() if held else self._simple(need, below)
        for name in names:
            self.named.setdefault(name, []).append(ref)
        return ref, acts

    def _simple(self, need: int, below: list[tuple[int, Ref]]) -> Ref:
        items: dict[int, int] = {}
        for weight, ref in below:
            if isinstance(ref, bool):
                need -= weight * ref
            elif weight:
                items[ref] = items.get(ref, 0) + weight
        if need <= 0:
            return True
        if sum(items.values()) < need:
            return False
        if len(items) == 1:
            return next(iter(items))
        items = {ref: min(weight, need) for ref, weight in items.items()}
        unit = gcd(*items.values())
        return self._row(-(-need // unit), {ref: weight // unit for ref, weight in items.items()})

    def _row(self, need: int, items: dict[int, int]) -> int:
        key = (need, frozenset(items.items()))
        if key not in self.same:
            self.same[key] = len(self.rows)
            self.rows.append((need, items))
        return self.same[key]
