"""Compile a case on a day: from a rule, a roster and courses to a circuit with a verdict on each leaf."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assent.circuit.courses import BARRED, NONE, Course
from assent.circuit.nodes import Basis, Except, Gate, Leaf, leaves
from assent.errors import LawError
from assent.law.citations import told
from assent.values.dates import DAY
from assent.values.fractions import votes_needed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from assent.circuit import nodes
    from assent.circuit.case import Case
    from assent.law.rules import Node, Tally, Units


@dataclass(frozen=True, slots=True)
class Seat:
    """A leaf's place in the law: the test its votes must meet, and whether its stage closes with the proposal."""

    test: Tally | None = None
    closes: bool = False


@dataclass(frozen=True, eq=False)
class Compiled:
    """A circuit on a day.

    Attributes
    ----------
    root
        The circuit.
    count
        The gate whose children are counted for a reader: the largest set of units, else the root.
    seats
        Leaf id → its place in the law.
    units
        Leaf id → the unit it belongs to.
    names
        Leaf id → the actor's name for a reader.
    sets
        Leaf id → the roster its unit is on.
    """

    root: nodes.Node
    count: Gate
    seats: dict[str, Seat]
    units: dict[str, str]
    names: dict[str, str]
    sets: dict[str, tuple[str, ...]]

    @cached_property
    def counted(self) -> tuple[tuple[nodes.Node, tuple[Leaf, ...]], ...]:
        """The children that are counted and stand for a unit, each with the leaves that belong to it."""
        own = [(child, tuple(leaf for leaf in leaves(child) if leaf.id in self.units)) for child in self.count.children]
        return tuple((child, found) for child, found in own if found)

    @cached_property
    def leaves_of(self) -> dict[str, list[str]]:
        """Actor → its leaves, by id."""
        found: dict[str, list[str]] = {}
        for leaf in self.seats:
            found.setdefault(leaf.partition(":")[2], []).append(leaf)
        return found


def compile_case(case: Case, day: date) -> Compiled:
    """The circuit of a case on a day.

    Circuits are kept by roster, since nothing else of them changes with the day.

    Raises
    ------
    LawError
        The rule cannot be compiled.
    """
    key = (bisect_right(case.record.roster_days, day), case.structure, case.known_as_of)
    if key not in case.shelf.circuits:
        case.shelf.circuits[key] = _Build(case, day).whole()
    found: Compiled = case.shelf.circuits[key]
    return found


def courses(case: Case, compiled: Compiled) -> dict[str, Course]:
    """Leaf id → its course; a stage that closes with the proposal is barred from the day after.

    It is barred only on evidence: an act on file that is void, or a fact that the file is complete. A missing row is
    no "no". What is supposed of one actor leaves the courses of the others as they are on record.
    """
    return case.kept(("courses", compiled), lambda: _courses(case, compiled))


def _courses(case: Case, compiled: Compiled) -> dict[str, Course]:
    seats = compiled.seats
    if case.on_record is None:
        return {leaf: _course(case, leaf, seat) for leaf, seat in seats.items()}
    return {
        **courses(case.on_record, compiled),
        **{leaf: _course(case, leaf, seats[leaf]) for leaf in touched(case, compiled)},
    }


def touched(case: Case, compiled: Compiled) -> list[str]:
    """The leaves of those of whom something is supposed."""
    return [
        leaf
        for actor in dict.fromkeys(act.actor for act in case.supposed)
        for leaf in compiled.leaves_of.get(actor, ())
    ]


def states_on(case: Case, compiled: Compiled, day: date) -> Mapping[str, str]:
    """Leaf id → its state on a day; worked out once for all days up to the next change of any."""
    if case.on_record is not None:
        own = courses(case, compiled)
        return {
            **states_on(case.on_record, compiled, day),
            **{leaf: own[leaf].on(day) for leaf in touched(case, compiled)},
        }
    number = bisect_right(_changes(case, compiled), day)
    return case.kept(
        ("states", compiled, number), lambda: {leaf: course.on(day) for leaf, course in courses(case, compiled).items()}
    )


def _changes(case: Case, compiled: Compiled) -> list[date]:
    """The days on which the state of some leaf changes."""
    return case.kept(
        ("changes", compiled), lambda: sorted({on for course in courses(case, compiled).values() for on in course.days})
    )


def _course(case: Case, leaf_id: str, seat: Seat) -> Course:
    act, _, actor = leaf_id.partition(":")
    begun = case.matter.proposed_on
    course = case.course(act, actor, seat.test)
    if seat.closes and begun and course.on(begun) == NONE and _settled(case, act, actor, begun):
        return Course((begun + DAY,), (BARRED,))
    return course


def _settled(case: Case, act: str, actor: str, begun: date) -> bool:
    row = case.record.completeness.get((case.matter.id, act))
    return bool(case.done(act, actor).acts) or (row is not None and row.through >= begun)


class _Build:
    """One pass over the rule for one roster."""

    def __init__(self, case: Case, day: date) -> None:
        self.case, self.day = case, day
        self.seats: dict[str, Seat] = {}
        self.units: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.rosters: dict[str, tuple[str, ...]] = {}
        self.sets: list[Gate] = []

    def whole(self) -> Compiled:
        names = {"matter": self.case.matter.id, "state": self.case.matter.unit, "unit": self.case.matter.unit}
        root = self.node(self.case.rule, names, closes=False)
        if root is None:
            raise LawError("No part of the rule exists under these readings.", where=self.case.procedure.procedure)
        whole = root if isinstance(root, Gate) else Gate("whole", self.case.procedure.title, 1, (root,))
        count = max(self.sets, key=lambda gate: gate.of, default=whole)
        count = count if count.of else whole
        return Compiled(root, count, self.seats, self.units, self.names, self.rosters)

    def node(self, node: Node, names: dict[str, str], *, closes: bool) -> nodes.Node | None:
        """A node of the rule as a node of the circuit; ``None`` when the readings leave it out."""
        doctrine = self.case.doctrine
        for question, wanted in node.when.items():
            if doctrine.reading(question) not in ((wanted,) if isinstance(wanted, str) else wanted):
                return None
        closes = closes or node.closes == "proposed"
        if node.recorded_as:
            actor = filled(node.recorded_as.actor, names)
            parts = {
                filled(p.tally.body if p.tally else p.assent.actor if p.assent else "", names) for p in node.below()
            }
            table = self.case.table(node.recorded_as.act)
            on_file = any(act.act in table for act in self.case.by_actor.get(actor, ()))
            if on_file or not parts & set(self.case.by_actor):
                return self.leaf(node, node.recorded_as.act, actor, names, Seat(node.tally, closes))
        if node.tally:
            return self.leaf(node, node.tally.act, filled(node.tally.body, names), names, Seat(node.tally, closes))
        if node.assent:
            return self.leaf(node, node.assent.act, filled(node.assent.actor, names), names, Seat(None, closes))
        if node.units:
            return self.gate_of_units(node, node.units, names, closes=closes)
        if node.call:
            called = self.case.law.procedure(node.call).rule
            return self.node(called, names, closes=closes)
        if node.event:
            return self.event(node, names)
        if node.unless:
            return self.exception(node, names, closes=closes)
        return self.gate(node, names, closes=closes)

    def held(self, node: Node) -> tuple[tuple[str, str], ...]:
        """The readings by which a node is there."""
        return tuple((question, self.case.doctrine.reading(question)) for question in node.when)

    def leaf(self, node: Node, act: str, actor: str, names: dict[str, str], seat: Seat) -> Leaf:
        """A leaf, noted with its place in the law."""
        leaf = Leaf(act, actor, node.label or names.get("name", ""), told(node.cite))
        self.seats[leaf.id] = seat
        self.names[leaf.id] = names.get("name") or node.label or actor.rpartition("/")[2].replace("-", " ")
        if "roster" in names:
            self.units[leaf.id] = names["unit"]
            self.rosters[leaf.id] = (names["roster"],)
        return leaf

    def gate(self, node: Node, names: dict[str, str], *, closes: bool) -> nodes.Node | None:
        """All, any or k of the rules below that the readings leave."""
        below = [self.node(child, names, closes=closes) for child in node.below()]
        children = tuple(child for child in below if child is not None)
        if node.kind in {"all", "seq", "par"}:
            if not children:
                return None
            need = len(children)
        else:
            need = node.k_of.k if node.k_of else 1
        if len(children) == 1 and need == 1 and not node.label:
            return children[0]
        label = node.label or {"any": "One of these", "choice": "One of these"}.get(node.kind, "All of these")
        return Gate(
            node.id or node.kind, label, need, children, cite=told(node.cite), note=node.note, held=self.held(node)
        )

    def gate_of_units(self, node: Node, units: Units, names: dict[str, str], *, closes: bool) -> Gate:
        """So many of the units on the roster that day."""
        name = filled(units.set_, names)
        roster = self.case.record.roster(name, self.day)
        children = []
        for member in roster:
            if member.unit in self.case.excluded:
                continue
            child = self.node(
                units.each, {**names, "unit": member.unit, "name": member.name, "roster": name}, closes=closes
            )
            if child is not None:
                children.append(child)
        if units.threshold is not None:
            need = votes_needed(units.threshold, len(children), strict=units.strict)
            if not children and units.threshold < 1:
                need = 1  # "all of nobody" is met; a share of nobody is not
        else:
            need = units.k or 0
        basis = Basis(units.threshold, filled(units.set_, names), units.strict, assumed=units.assumed)
        gate = Gate(node.id or "units", node.label, need, tuple(children), units.act, basis=basis,
                    cite=told(node.cite), note=node.note)  # fmt: skip
        self.sets.append(gate)
        return gate

    def event(self, node: Node, names: dict[str, str]) -> Leaf | None:
        """What else has to happen: the first kind of act preferred of which there is one on file, if a reading asks."""
        event = node.event
        assert event is not None  # noqa: S101 - the caller has looked
        kinds = self.case.slots.get(event.slot, ()) if event.slot else event.acts
        if not kinds:
            return None
        on_file = {act.act: act.actor for act in reversed(self.case.known)}
        kind = next((k for k in kinds if k in on_file), kinds[0])
        return self.leaf(node, kind, on_file.get(kind, filled(event.by, names)), names, Seat())

    def exception(self, node: Node, names: dict[str, str], *, closes: bool) -> nodes.Node | None:
        """A rule unless its exception holds."""
        assert node.unless is not None  # noqa: S101 - the caller has looked
        rule = self.node(node.unless.rule, names, closes=closes)
        exception = self.node(node.unless.exception, names, closes=closes)
        if rule is None or exception is None:
            return rule
        return Except(node.id or "unless", node.label, rule, exception, told(node.cite))


def filled(text: str, names: dict[str, str]) -> str:
    """A body's name with ``{unit}`` and the like replaced."""
    for name, value in names.items():
        text = text.replace("{" + name + "}", value)
    return text
