"""Terms: what is asked of a coalition in names, and the game that is left once the names have been looked up.

A name is a leaf (``ratify:X/lower/17``), an actor (``X/lower/17``), or a gate by its unit, body or id (``X/lower``,
``X``), which may stand after an act (``ratify:X``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Literal

from assent.circuit.names import Namer, names_of, whole
from assent.circuit.nodes import Gate, Leaf, Node
from assent.folds.game import members
from assent.folds.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping

Number = int | float | Fraction
Goal = Literal["pass", "block"]


@dataclass(frozen=True, slots=True)
class Limit:
    """A side constraint on a coalition.

    Attributes
    ----------
    label
        What it is called in messages.
    weights
        Name → what each of its leaves counts, or what the gate counts when ``gates`` is set.
    most, least
        At most, at least so much together.
    gates
        Count gates that the coalition meets (blocks), not leaves that are in it.
    settled
        Whether who is settled in the coalition's favour counts; else only who is still to be won.
    """

    label: str
    weights: Mapping[str, Number]
    most: Number | None = None
    least: Number | None = None
    gates: bool = False
    settled: bool = True


class Register:
    """Who is in a circuit, by every name.

    Parameters
    ----------
    node
        A circuit without exceptions.
    name
        What a leaf is called.
    """

    def __init__(self, node: Node, name: Namer = whole) -> None:
        self.node, self.name = node, name
        self._acts: dict[int, frozenset[str]] = {}
        self.leaves: dict[str, tuple[str, str]] = {}
        self._walk(node)

    def _walk(self, node: Node) -> frozenset[str]:
        if id(node) in self._acts:
            return self._acts[id(node)]
        if isinstance(node, Leaf):
            self.leaves.setdefault(self.name(node.act, node.actor), (node.act, node.actor))
            acts = frozenset((node.act,))
        elif isinstance(node, Gate):
            if node.members:
                for member in members(node):
                    self.leaves.setdefault(self.name(*member), member)
                acts = frozenset((node.act,))
            else:
                acts = frozenset().union(*map(self._walk, node.children))
        else:
            acts = self._walk(node.rule) | self._walk(node.exception)
        self._acts[id(node)] = acts
        return acts

    @cached_property
    def actors(self) -> dict[str, list[str]]:
        """Actor → its leaves."""
        found: dict[str, list[str]] = {}
        for leaf, (_, actor) in self.leaves.items():
            found.setdefault(actor, []).append(leaf)
        return found

    @cached_property
    def gates(self) -> dict[str, list[Gate]]:
        """Name → the gates that bear it."""
        found: dict[str, list[Gate]] = {}
        todo: list[Node] = [self.node]
        while todo:
            node = todo.pop()
            if isinstance(node, Gate):
                for name in self.names(node):
                    found.setdefault(name, []).append(node)
                todo.extend(reversed(node.children))
        return found

    def names(self, gate: Gate) -> set[str]:
        """Every name of a gate."""
        return names_of(gate, self._acts[id(gate)])

    def acts(self, gate: Gate) -> frozenset[str]:
        """The acts done at or below a gate."""
        return self._acts[id(gate)]

    def below(self, gate: Gate) -> Iterable[str]:
        """The leaves at or below a gate."""
        if gate.members:
            return [self.name(*member) for member in members(gate)]
        found: dict[str, None] = {}
        for child in gate.children:
            if isinstance(child, Leaf):
                found[self.name(child.act, child.actor)] = None
            elif isinstance(child, Gate):
                found |= dict.fromkeys(self.below(child))
        return found

    def has(self, name: str) -> bool:
        """Whether a name is in the circuit."""
        return name in self.leaves or name in self.actors or name in self.gates

    def known(self, name: str) -> None:
        """Raise unless a name is in the circuit."""
        if not self.has(name):
            from difflib import get_close_matches

            near = get_close_matches(name, [*self.gates, *self.leaves], 3, 0.5)
            raise ValueError(f"{name!r} is nobody in this circuit" + (f"; near: {', '.join(near)}" if near else ""))

    def one(self, name: str) -> str | None:
        """The leaf a name stands for, ``None`` if it is a gate's.

        Raises
        ------
        ValueError
            The name is unknown, or stands for leaves or gates of more than one act.
        """
        self.known(name)
        if name in self.leaves:
            return name
        below = [self._acts[id(gate)] for gate in self.gates.get(name, ())]
        acts = frozenset().union(*below) | {self.leaves[leaf][0] for leaf in self.actors.get(name, ())}
        several = bool(below) and all(len(own) > 1 for own in below)  # one gate that holds several acts is one gate
        if len(acts) > 1 and not several:
            shown = " or ".join(f"{act}:{name}" for act in sorted(acts))
            raise ValueError(f"{name!r} acts more than once here; write {shown}")
        return self.actors[name][0] if name in self.actors and name not in self.gates else None

    def all(self, name: str) -> list[str]:
        """Every leaf a name stands for, in any act."""
        self.known(name)
        if name in self.leaves:
            return [name]
        found = dict.fromkeys(self.actors.get(name, ()))
        for gate in self.gates.get(name, ()):
            found |= dict.fromkeys(self.below(gate))
        return list(found)

    def spread(self, values: Mapping[str, Number]) -> dict[str, Fraction]:
        """A value for each leaf: its own, its actor's, or that of the nearest gate above it.

        Raises
        ------
        ValueError
            A name is unknown, or a leaf that occurs twice is given two values.
        """
        for name in values:
            self.known(name)
        found: dict[str, Fraction] = {}
        own = {leaf: values.get(leaf, values.get(actor)) for leaf, (_, actor) in self.leaves.items()}
        found = {leaf: Fraction(value) for leaf, value in own.items() if value is not None}
        todo: list[tuple[Node, Fraction | None]] = [(self.node, None)]
        given: dict[str, Fraction] = {}
        while todo:
            node, value = todo.pop()
            if not isinstance(node, Gate):
                continue
            said = [Fraction(values[name]) for name in sorted(self.names(node), key=len) if name in values]
            value = said[-1] if said else value
            ends = [self.name(*m) for m in members(node)] if node.members else []
            ends += [self.name(c.act, c.actor) for c in node.children if isinstance(c, Leaf)]
            if value is not None:
                for leaf in ends:
                    if leaf not in found and given.setdefault(leaf, value) != value:
                        raise ValueError(f"{leaf!r} is given two values: {given[leaf]} and {value}")
            todo.extend((child, value) for child in node.children)
        return {**given, **found}


def checked(what: str, values: Mapping[str, Number], *, negative: bool = False) -> None:
    """Raise unless all values are finite numbers, and not below zero.

    Raises
    ------
    ValueError
        Names the first bad one and its value.
    """
    for name, value in values.items():
        if not _number(value) or (value < 0 and not negative):
            raise ValueError(f"{what} of {name!r} is {value!r}; it must be a finite number, zero or more")


def _number(value: object) -> bool:
    return isinstance(value, (int, float, Fraction)) and not isinstance(value, bool) and isfinite(value)


@dataclass(frozen=True, slots=True)
class Fixed:
    """Names looked up: what is settled for a coalition (``True``), lost to it, or to be in it.

    Attributes
    ----------
    leaves, gates
        Leaf, or name of a gate → whether it is in the coalition's favour.
    paid
        Leaves that must be in, are not yet, and cost.
    musts
        Gates that must be met, by name.
    clash
        Why nothing can be done, if so.
    """

    leaves: dict[str, bool]
    gates: dict[str, bool]
    paid: tuple[str, ...]
    musts: tuple[str, ...]
    clash: str


def fixed(
    register: Register, goal: Goal, settled: Mapping[str, Verdict], include: Iterable[str], exclude: Iterable[str]
) -> Fixed:
    """Look up who is settled, must be in and must not be in.

    Raises
    ------
    ValueError
        A name is unknown or stands for more than one act.
    """
    leaves: dict[str, bool] = {}
    gates: dict[str, bool] = {}
    for name, verdict in settled.items():
        leaf = register.one(name)
        if verdict is not Verdict.OPEN:
            favour = (verdict is Verdict.PASS) == (goal == "pass")
            (leaves if leaf else gates)[leaf or name] = favour
    paid: dict[str, None] = {}
    musts, clash = [], ""
    out = {leaf for name in exclude for leaf in register.all(name)}
    for name in include:
        leaf = register.one(name)
        if leaf is None:
            musts.append(name)
        elif leaves.get(leaf) is False or leaf in out:
            clash = clash or f"the coalition must hold {name} and cannot"
        elif leaf not in leaves:
            paid[leaf] = None
    for leaf in out:
        leaves.setdefault(leaf, False)
    return Fixed(leaves | dict.fromkeys(paid, True), gates, tuple(paid), tuple(musts), clash)


def marks(columns: Collection[Mapping[str, Hashable]]) -> Callable[[str], Hashable]:
    """A mark for each leaf: leaves of different price or weight are not alike."""
    return lambda leaf: tuple(column.get(leaf) for column in columns)


def whole_gates(node: Node, register: Register, names: Collection[str]) -> Node:
    """A circuit in which each gate of these names is a leaf: it decides as a whole."""
    if not isinstance(node, Gate):
        return node
    own = sorted(register.names(node) & set(names), key=len)
    if own:
        actor = own[-1].rpartition(":")[2]
        return Leaf(next(iter(register.acts(node))) if len(register.acts(node)) == 1 else "", actor, node.label)
    return replace(node, children=tuple(whole_gates(child, register, names) for child in node.children))


def merged(node: Node) -> Node:
    """A circuit in which every act is the same, so that who acts twice is one leaf."""
    if isinstance(node, Leaf):
        return replace(node, act="")
    if isinstance(node, Gate):
        return replace(node, act="", children=tuple(map(merged, node.children)))
    return node
