"""Show: a procedure or a question of law in plain words, in full, as the law on file has it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from assent.errors import UnknownName
from assent.inquiries.filed.wording import (
    BASES,
    actor_in_words,
    applies_in_words,
    effect_in_words,
    flat,
    set_in_words,
    share_in_words,
    values,
)
from assent.inquiries.reproduce import command
from assent.law.citations import as_cite, told
from assent.law.library import nodes
from assent.law.questions import Interval
from assent.values.fractions import votes_needed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.doctrine import Doctrine
    from assent.law.procedures import OwnRule, Procedure
    from assent.law.questions import Question
    from assent.law.rules import Node, Tally, Units

Order = Literal["", "in order", "all", "any", "k", "unless", "each"]


class Step(Struct, frozen=True):
    """Part of a rule, in words.

    Attributes
    ----------
    kind
        The primitive: tally, units, assent, event, seq, all, any, choice …
    label
        What it is called.
    text
        What it asks for, one sentence.
    order
        How the steps below belong together; empty where there are none.
    when
        Readings under which alone the step exists.
    contingent
        Whether only some readings ask for it.
    assumed
        Whether its threshold is an assumption, for some units at least.
    """

    id: str
    kind: str
    label: str
    text: str
    order: Order = ""
    when: dict[str, tuple[str, ...]] = {}
    contingent: bool = False
    assumed: bool = False
    note: str = ""
    cite: tuple[str, ...] = ()
    below: tuple[Step, ...] = ()


class Clause(Struct, frozen=True):
    """Content that the procedure may not touch, or not without somebody's consent."""

    what: str
    unless: str
    in_force: Interval
    cite: tuple[str, ...]


class Own(Struct, frozen=True):
    """A unit's own rule for its own vote, or the assumption for all others."""

    unit: str
    text: str
    known: bool
    in_force: Interval
    cite: tuple[str, ...]


class Bearing(Struct, frozen=True):
    """A question of law that bears on a procedure, with the standing of each reading."""

    id: str
    title: str
    default: str
    readings: dict[str, str]


class Shown(Struct, frozen=True):
    """A procedure in plain words."""

    procedure: str
    title: str
    about: str
    as_of: date
    in_force: Interval
    rule: Step
    unamendable: tuple[Clause, ...]
    own_rules: tuple[Own, ...]
    assumes: tuple[str, ...]
    lawful: tuple[dict[str, str], ...] | None
    questions: tuple[Bearing, ...]
    matters: tuple[str, ...]
    cite: tuple[str, ...]
    versions: dict[str, str]
    reproduce: str


class ReadingShown(Struct, frozen=True):
    """A reading in full. ``does`` says in words what it changes in the evaluation."""

    id: str
    title: str
    standing: str
    default: bool
    does: tuple[str, ...]
    held_by: tuple[str, ...]
    authorities: tuple[tuple[str, str], ...]
    against: tuple[tuple[str, str], ...]
    note: str


class QuestionShown(Struct, frozen=True):
    """A question of law in full. Authorities are pairs: the citation, and what it is cited for."""

    question: str
    title: str
    about: str
    applies: str
    require: dict[str, str]
    readings: tuple[ReadingShown, ...]
    note: str
    versions: dict[str, str]
    reproduce: str


def show(place: Jurisdiction, name: str, doctrine: Doctrine, as_of: date) -> Shown | QuestionShown:
    """A procedure, or a question of law, in plain words.

    Raises
    ------
    UnknownName
        Neither a procedure nor a question has that id.
    """
    if name in place.law.questions:
        return _question(place, place.law.question(name))
    if name not in place.law.procedures:
        both = [*place.law.procedures, *place.law.questions]
        raise UnknownName("procedure or question of law", name, both)
    procedure = place.law.procedure(name)
    words_of = _Words(place, doctrine, as_of)
    return Shown(
        name,
        procedure.title,
        flat(procedure.about),
        as_of,
        procedure.in_force,
        words_of.step(procedure.rule, (name,)),
        tuple(Clause(u.what, u.unless, u.in_force, told(u.cite)) for u in procedure.unamendable),
        tuple(words_of.own_rules(_acts_by_own_rule(place, procedure))),
        tuple(flat(text) for p in _reached(place, procedure) for text in p.assumes),
        procedure.lawful,
        tuple(_bearing(place, procedure)),
        tuple(m.id for m in place.record.matters.values() if m.procedure == name),
        told(procedure.cite),
        place.versions,
        command("show", name, as_of=as_of, doctrine=doctrine),
    )


class _Words:
    """Says a rule in words, with the numbers of one day."""

    def __init__(self, place: Jurisdiction, doctrine: Doctrine, day: date) -> None:
        self.place, self.doctrine, self.day = place, doctrine, day
        with_profile = (place.root / "jurisdiction.yaml").is_file()
        self.seats = place.figures(place.profile.bodies, day) if with_profile else {}

    def step(self, node: Node, trail: tuple[str, ...]) -> Step:
        """A node in words; ``trail`` are the procedures it was called from."""
        if node.call:
            return self.called(node, trail)
        below = tuple(self.step(child, trail) for child in node.below())
        text, order, assumed = self.said(node)
        when = {q: (r,) if isinstance(r, str) else tuple(r) for q, r in node.when.items()}
        return Step(
            node.id,
            node.kind,
            node.label,
            text,
            order,
            when,
            bool(when) or bool(node.event and node.event.slot),
            assumed,
            flat(node.note),
            told(node.cite),
            below,
        )

    def called(self, node: Node, trail: tuple[str, ...]) -> Step:
        """The rule of the procedure called, in place of the call."""
        name = node.call or ""
        procedure = self.place.law.procedure(name)
        when = {q: (r,) if isinstance(r, str) else tuple(r) for q, r in node.when.items()}
        if name in trail:
            return Step(node.id, "call", procedure.title, f"As {name} above.", when=when, contingent=bool(when))
        found = self.step(procedure.rule, (*trail, name))
        return Step(
            node.id or found.id,
            found.kind,
            node.label or found.label or procedure.title,
            found.text,
            found.order,
            {**found.when, **when},
            found.contingent or bool(when),
            found.assumed,
            found.note,
            found.cite or told(procedure.cite),
            found.below,
        )

    def said(self, node: Node) -> tuple[str, Order, bool]:
        """What a node asks for, how what is below belongs together, and whether a threshold is assumed."""
        if node.tally:
            return self.tally(node.tally), "", node.tally.assumed or node.tally.own_rule
        if node.units:
            return self.units(node.units), "each", node.units.assumed
        if node.assent:
            return f"by {actor_in_words(node.assent.actor)} ({node.assent.act})", "", False
        if node.event:
            return self.event(node), "", False
        if node.clock:
            place = "the time its matter sets, if it sets one"
            return f"within {place}; when that runs out, it counts as {node.clock.runs_out}", "all", False
        if node.k_of:
            return f"at least {node.k_of.k} of these {len(node.k_of.of)}", "k", False
        if node.choice:
            return (
                "one of these" if node.label else f"{actor_in_words(node.choice.by)} chooses one of these",
                "any",
                False,
            )
        orders: dict[str, tuple[str, Order]] = {
            "seq": ("in this order", "in order"),
            "par": ("all of these, at the same time", "all"),
            "all": ("all of these", "all"),
            "any": ("any one of these" if node.below() else "nothing meets it", "any"),
            "unless": ("the first, unless the second holds", "unless"),
            "repeat": (f"{node.repeat.times} times, {node.repeat.apart} apart" if node.repeat else "", "all"),
            "register": (f"carrying {node.register.what} forward" if node.register else "", "all"),
        }
        text, order = orders[node.kind]
        return text, order, False

    def tally(self, test: Tally) -> str:
        """A vote in words, with exact fraction, base and quorum."""
        quorum = ""
        if test.quorum is not None:
            quorum = f", with {share_in_words(test.quorum, strict=test.quorum_strict)} of the members present"
        if test.threshold is None:
            return f"by its own rule for this vote ({test.act})"
        said = f"{share_in_words(test.threshold, strict=test.strict)} of {BASES[test.base]}{quorum}"
        seats = self.seats.get(test.body)
        if seats:
            need = votes_needed(test.threshold, seats, strict=test.strict)
            full = "" if test.base == "members" else ", if every seat is filled and all vote"
            said += f": {need} of {seats}{full}"
        return said

    def units(self, units: Units) -> str:
        """So many of a set, in words, with the number on the day."""
        name = set_in_words(units.set_)
        if units.threshold is None:
            return f"{units.k}{f' of the {units.of}' if units.of else ''} {name}"
        size = len(self.place.record.roster(units.set_, self.day))
        share = share_in_words(units.threshold, strict=units.strict)
        every = units.threshold == 1
        said = f"every one of the {name}" if every else f"{share} of the {name}"
        if size:
            need = votes_needed(units.threshold, size, strict=units.strict)
            said += f" ({size} on {self.day})" if every else f" ({need} of {size} on {self.day})"
        return said

    def event(self, node: Node) -> str:
        """What else has to happen, and under which reading."""
        event = node.event
        if event is None:
            return ""
        by = f", by {actor_in_words(event.by)}" if event.by else ""
        if not event.slot:
            return f"{' or '.join(event.acts)}{by}"
        asked = []
        for question in self.place.law.questions.values():
            for reading in question.readings:
                uses = [e.use.value for e in reading.effects if e.use and e.use.slot == event.slot]
                asked += [f"{values(value)} by {question.question}={reading.id}" for value in uses]
        return f"asked for under some readings only: {'; '.join(asked) or 'none on file'}"

    def own_rules(self, acts: Iterable[str]) -> Iterator[Own]:
        """The units' own rules for these acts: those known, then the assumption."""
        for act in acts:
            rules = self.place.law.own_rules.get(act)
            if rules is None:
                continue
            for rule in rules.known:
                yield _own(rule, known=True)
            yield _own(rules.otherwise, known=False)


def _own(rule: OwnRule, *, known: bool) -> Own:
    said = f"{share_in_words(rule.threshold, strict=rule.strict)} of {BASES[rule.base]}"
    text = f"{said}. {flat(rule.note)}".strip()
    return Own("" if rule.unit == "*" else rule.unit, text, known, rule.in_force, told(rule.cite))


def _reached(place: Jurisdiction, procedure: Procedure) -> list[Procedure]:
    """A procedure and those it calls, each once."""
    found: dict[str, Procedure] = {}
    waiting = [procedure.procedure]
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = place.law.procedure(name)
            waiting.extend(found[name].rule.calls())
    return list(found.values())


def _acts_by_own_rule(place: Jurisdiction, procedure: Procedure) -> tuple[str, ...]:
    reached = (node for p in _reached(place, procedure) for node in nodes(p.rule))
    return tuple(dict.fromkeys(node.tally.act for node in reached if node.tally and node.tally.own_rule))


def _bearing(place: Jurisdiction, procedure: Procedure) -> Iterator[Bearing]:
    """The questions about matters of this procedure, those its nodes ask, and those on which its lawfulness turns."""
    reached = _reached(place, procedure)
    inside = [node for p in reached for node in nodes(p.rule)]
    asked = {q for node in inside for q in node.when} | {q for term in procedure.lawful or () for q in term}
    slots = {node.event.slot for node in inside if node.event and node.event.slot}
    slots |= {"own-rule"} if any(node.tally and node.tally.own_rule for node in inside) else set()
    kinds = {m.kind for m in place.record.matters.values() if m.procedure == procedure.procedure}
    for question in place.law.questions.values():
        to = question.applies_to
        uses = {e.use.slot: e.use.value for r in question.readings for e in r.effects if e.use}
        bears = (
            question.question in asked
            or bool(slots & set(uses))
            or procedure.procedure in to.procedures
            or procedure.procedure in values(uses.get("procedure", "")).split(" or ")
            or bool(kinds & set(to.kinds) and not to.procedures)
        )
        if bears:
            standings = {reading.id: str(reading.standing) for reading in question.readings}
            yield Bearing(question.question, question.title, question.default, standings)


def _question(place: Jurisdiction, question: Question) -> QuestionShown:
    readings = tuple(
        ReadingShown(
            r.id,
            r.title,
            r.standing,
            r.id == question.default,
            tuple(effect_in_words(effect) for effect in r.effects),
            r.held_by,
            tuple((told([c])[0], as_cite(c).for_) for c in r.authorities),
            tuple((told([c])[0], as_cite(c).for_) for c in r.against),
            flat(r.note),
        )
        for r in question.readings
    )
    return QuestionShown(
        question.question,
        question.title,
        flat(question.about),
        applies_in_words(question.applies_to),
        question.require,
        readings,
        flat(question.note),
        place.versions,
        command("show", question.question),
    )
