"""Structure: a procedure as a circuit of bodies and their members, with no acts: what has to be met, and by how many.

Where ``compile`` takes a legislature's recorded decision for a leaf, this expands it into its chambers and their
members. A vote whose base is *present* or *voting* is taken with all members present and voting; the basis says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assent.circuit.compile import filled
from assent.circuit.nodes import Basis, Except, Gate, Leaf
from assent.law.citations import told
from assent.values.fractions import votes_needed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from assent.circuit import nodes
    from assent.law.doctrine import Doctrine
    from assent.law.library import Law
    from assent.law.rules import Node, Tally, Units

PROJECTED = {
    "present": "members present, all being present",
    "voting": "members voting, all being present and voting",
}
BASES = {
    "members": "all the members",
    "in-office": "the members in office",
    "valid": "the valid votes",
    "cast": "the votes cast",
    "register": "the electors on the register",
    "named": "a base of its own",
}


@dataclass(frozen=True, slots=True)
class Bodies:
    """Who sits where: what a structure needs of the facts.

    Attributes
    ----------
    seats
        Body → seats.
    sets
        Roster → its units with their names; ``XX/chambers`` for the chambers of a unit's legislature.
    """

    seats: Mapping[str, int]
    sets: Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(slots=True)
class Structure:
    """Expands procedures into circuits of members, on one day, under one doctrine.

    Attributes
    ----------
    names
        What ``{state}`` and the like stand for.
    """

    law: Law
    doctrine: Doctrine
    bodies: Bodies
    day: date
    names: dict[str, str] = field(default_factory=dict)

    def of(self, procedure: str) -> nodes.Node | None:
        """The circuit of a procedure; ``None`` if the readings leave nothing of it."""
        return self._node(self.law.procedure(procedure).rule, self.names)

    def rule(self, rule: Node) -> nodes.Node | None:
        """The circuit of a rule that is no procedure of its own."""
        return self._node(rule, self.names)

    def _node(self, node: Node, names: dict[str, str]) -> nodes.Node | None:
        for question, wanted in node.when.items():
            if self.doctrine.reading(question) not in ((wanted,) if isinstance(wanted, str) else wanted):
                return None
        if node.tally:
            return self._tally(node, node.tally, names)
        if node.assent:
            return Leaf(node.assent.act, filled(node.assent.actor, names), node.label, told(node.cite))
        if node.units:
            return self._units(node, node.units, names)
        if node.call:
            return self._node(self.law.procedure(node.call).rule, names)
        if node.clock:
            return self._node(node.clock.rule, names)
        if node.event:
            if node.event.slot:
                return None
            return Leaf(node.event.acts[0], filled(node.event.by, names), node.label, told(node.cite))
        if node.unless:
            rule, exception = self._node(node.unless.rule, names), self._node(node.unless.exception, names)
            return Except(node.id, node.label, rule, exception) if rule and exception else rule
        below = [self._node(child, names) for child in node.below()]
        children = tuple(child for child in below if child is not None)
        every = node.kind in {"all", "seq", "par"}
        if every and not children:
            return None
        need = len(children) if every else node.k_of.k if node.k_of else 1
        return Gate(node.id or node.kind, node.label, need, children, cite=told(node.cite), note=node.note)

    def _tally(self, node: Node, test: Tally, names: dict[str, str]) -> nodes.Node:
        body = filled(test.body, names)
        share, strict, base, assumed, cite, note = (
            test.threshold,
            test.strict,
            test.base,
            test.assumed,
            node.cite,
            node.note,
        )
        if share is None:
            unit = body.partition("/")[0]
            own, known = self.law.own_rules[test.act].of(unit, self.day)
            if known and self._slot("own-rule"):
                own, known = self.law.own_rules[test.act].otherwise, False
            share, strict, base, assumed = own.threshold, own.strict, own.base, not known
            cite, note = own.cite or node.cite, own.note
        seats = self.bodies.seats.get(body)
        said = PROJECTED.get(base) or BASES[base]
        if seats is None:
            return Gate(node.id, node.label or body, 1, (Leaf(test.act, body, node.label),), test.act, body,
                        basis=Basis(share, said, strict, None, assumed), cite=told(cite), note=note)  # fmt: skip
        quorum = votes_needed(test.quorum, seats, strict=test.quorum_strict) if test.quorum is not None else None
        need = votes_needed(share, seats, strict=strict)
        basis = Basis(share, said, strict, quorum, assumed)
        label = node.label or names.get("name", body)
        return Gate(node.id, label, need, (), test.act, body, seats, basis, told(cite), note)

    def _units(self, node: Node, units: Units, names: dict[str, str]) -> nodes.Node:
        roster = filled(units.set_, names)
        if roster not in self.bodies.sets:
            return Leaf(units.act, roster, node.label or names.get("name", ""), told(node.cite))
        children = []
        for unit, name in self.bodies.sets.get(roster, ()):
            child = self._node(units.each, {**names, "unit": unit, "name": name})
            if child is not None:
                children.append(Gate(unit, name, 1, (child,), unit=unit))
        if units.threshold is not None:
            need = votes_needed(units.threshold, len(children), strict=units.strict)
        else:
            need = units.k or 0
        basis = Basis(units.threshold, roster, units.strict, assumed=units.assumed)
        return Gate(node.id, node.label or names.get("name", ""), need, tuple(children), units.act,
                    units.body or roster, basis=basis, cite=told(node.cite), note=node.note)  # fmt: skip

    def _slot(self, slot: str) -> str | tuple[str, ...]:
        """What the readings chosen put in a slot ("" if nothing)."""
        for question in self.law.questions.values():
            for effect in question.reading(self.doctrine.reading(question.question)).effects:
                if effect.use and effect.use.slot == slot:
                    return effect.use.value
        return ""
