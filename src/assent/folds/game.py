"""Games: a monotone circuit in normal form, as coalitions and plans count it: classes of alike leaves under thresholds.

A leaf that is settled is gone, gates that say the same are one gate, and leaves that stand with the same weight in the
same gates are alike: only their number matters. Blocking is winning in the dual, where a gate of weight W that needs q
needs W - q + 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from assent.circuit.flat import TRUE
from assent.circuit.flatten import Form, flatten
from assent.circuit.nodes import Except, Gate, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping

    from assent.circuit.flat import Flat

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


@dataclass(frozen=True, slots=True)
class Options(Form):
    """How a game is made of a circuit: the form of its numbers, who is not alike, and which gates stay.

    Attributes
    ----------
    mark
        Leaves with different marks are not alike.
    keep
        Names of gates to keep, whether or not they decide anything.
    """

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
    >>> from assent.circuit.nodes import Leaf
    >>> two = Gate("g", "two of three", 2, tuple(Leaf("ratify", s) for s in "abc"))
    >>> made = game(two)
    >>> made.classes, made.rows
    ((('ratify:a', 'ratify:b', 'ratify:c'),), (Row(need=2, items=((1, 0),)),))
    """
    refuse_exceptions(node)
    flat = flatten(node, replace(options, named=True))
    kept = {at for name in options.keep for at in flat.named.get(name, ()) if at >= 0}
    return _Sorted(flat, kept if flat.root < 0 else kept | {flat.root}, options.mark).game()


def of_flat(flat: Flat) -> Game:
    """The game of a circuit in numbers, which is monotone."""
    return _Sorted(flat, set() if flat.root < 0 else {flat.root}, None).game()


class _Sorted:
    """A flat circuit whose leaves are put together where they stand in the same places."""

    def __init__(self, flat: Flat, tops: set[int], mark: Callable[[str], Hashable] | None) -> None:
        self.flat, self.base = flat, len(flat.classes)
        self.bare = sorted(top for top in tops if top < self.base)  # a leaf that is asked for has a row of its own
        self.gates = flat.reached(tops) if tops else []
        places: dict[int, list[tuple[int, int]]] = {leaf: [(~leaf, 1)] for leaf in self.bare}
        for gate in self.gates:
            for node, weight, _ in flat.gate(gate).children:
                if node < self.base:
                    places.setdefault(node, []).append((gate, weight))
        self.idle: list[str] = []
        self.alike: list[list[str]] = []
        self.kinds: list[tuple[int, ...]] = []  # the game's classes that the leaves of a class are in
        number: dict[Hashable, int] = {}
        for c, alike in enumerate(flat.classes):
            own: dict[int, None] = {}
            if c not in places:
                self.idle += alike.ids()
            else:
                place = tuple(places[c])
                for leaf in alike.ids():
                    kind = number.setdefault((place, mark(leaf)) if mark else place, len(self.alike))
                    if kind == len(self.alike):
                        self.alike.append([])
                    self.alike[kind].append(leaf)
                    own[kind] = None
            self.kinds.append(tuple(own))

    def game(self) -> Game:
        """The game."""
        size = len(self.alike)
        moved = {leaf: size + place for place, leaf in enumerate(self.bare)}
        moved |= {gate: size + len(self.bare) + place for place, gate in enumerate(self.gates)}
        rows = [Row(1, ((1, self.kinds[leaf][0]),)) for leaf in self.bare]
        for gate in map(self.flat.gate, self.gates):
            items: dict[int, int] = {}
            for node, weight, _ in gate.children:
                items |= dict.fromkeys(self.kinds[node], weight) if node < self.base else {moved[node]: weight}
            rows.append(Row(gate.need, tuple((weight, ref) for ref, weight in sorted(items.items()))))

        def last(node: int) -> Ref:
            return node == TRUE if node < 0 else moved.get(node, -1)

        named = {name: tuple(map(last, nodes)) for name, nodes in self.flat.named.items()}
        return Game(tuple(map(tuple, self.alike)), tuple(self.idle), tuple(rows), last(self.flat.root), named)
