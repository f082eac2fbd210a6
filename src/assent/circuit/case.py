"""A case: one matter under one doctrine, as known on one day.

What law and record come to, before any question is asked.

Order of evaluation: know → roster → disregard → transition → window → group → (test → clock → latch, in the inquiries).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assent.circuit.courses import BARRED, GIVEN, NONE, Course, Window, course_of
from assent.errors import LawError, ReadingConflict
from assent.law.doctrine import Subject
from assent.law.library import nodes
from assent.values.dates import DAY, FIRST, LAST
from assent.values.fractions import votes_needed

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from datetime import date

    from assent.law.doctrine import Doctrine
    from assent.law.library import Law
    from assent.law.procedures import Procedure
    from assent.law.questions import Effect
    from assent.law.rules import Node, Tally
    from assent.record.acts import Act, Matter
    from assent.record.record import Record

Table = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Void:
    """An act removed from the start, and why: a reading, or a vote that fell short."""

    act: Act
    question: str = ""
    reading: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Work that many cases of one matter share: what does not depend on the readings in which they differ."""

    courses: dict[Hashable, Course] = field(default_factory=dict)
    circuits: dict[Hashable, Any] = field(default_factory=dict)


class Case:
    """One matter under one doctrine, as known on one day.

    Parameters
    ----------
    law, record
        What is on file.
    matter
        The thing decided.
    doctrine
        The readings chosen.
    known_as_of
        Only acts that had become known by this day exist.
    shelf
        Work shared with other cases of the matter.
    supposed
        Acts that nobody has done, all on one day and after all else done on it.

    Attributes
    ----------
    memo
        What was worked out about the case and does not change with the day asked for.

    Raises
    ------
    LawError
        The procedure uses a part of the grammar that cannot be compiled yet.
    ReadingConflict
        Two readings set one slot.
    """

    def __init__(
        self,
        law: Law,
        record: Record,
        matter: Matter,
        doctrine: Doctrine,
        known_as_of: date,
        shelf: Shelf | None = None,
        supposed: tuple[Act, ...] = (),
    ) -> None:
        self.law, self.record, self.matter, self.doctrine = law, record, matter, doctrine
        self.known_as_of, self.supposed = known_as_of, supposed
        self.shelf = Shelf() if shelf is None else shelf
        self.memo: dict[Hashable, Any] = {}
        subject = Subject(matter.id, matter.kind, matter.procedure, matter.proposed_on)
        self.effects: list[tuple[str, str, Effect]] = list(doctrine.effects(subject))
        self.subject = subject

    # -- law ---------------------------------------------------------------------------------------------------------

    @cached_property
    def slots(self) -> dict[str, tuple[str, ...]]:
        """What the readings put in each slot, in order of preference."""
        found: dict[str, tuple[str, ...]] = {}
        for question, reading, effect in self.effects:
            if effect.use:
                if effect.use.slot in found:
                    raise ReadingConflict(
                        f"{question}={reading} sets the {effect.use.slot}, which another reading sets too."
                    )
                value = effect.use.value
                found[effect.use.slot] = (value,) if isinstance(value, str) else tuple(value)
        return found

    @cached_property
    def procedure(self) -> Procedure:
        """The procedure that governs: the matter's own, or the one a reading puts in its place."""
        (name,) = self.slots.get("procedure", (self.matter.procedure,))
        return self.law.procedure(name)

    @cached_property
    def rule(self) -> Node:
        """The rule below the clock."""
        whole = self.procedure.rule
        rule = whole.clock.rule if whole.clock else whole
        missing = next((n.uncompiled for n in (whole, *self._reachable(rule)) if n.uncompiled), "")
        if self.procedure.effect:
            missing = "an effect on some units alone"
        elif any(node.clock for node in self._reachable(rule)):
            missing = "a clock below the root of a rule"
        if missing:
            raise LawError(
                f"{missing} is part of the grammar but is not compiled yet.",
                where=f"procedure {self.procedure.procedure}",
                remedy="Write the rule without it, or keep the procedure for reading only (assent show).",
            )
        return rule

    @property
    def runs_out(self) -> str:
        """The stage a matter is in when its clock has run out."""
        clock = self.procedure.rule.clock
        return clock.runs_out if clock else "lapsed"

    @cached_property
    def tables(self) -> dict[str, Table]:
        """For the act a leaf waits for, the transition table the readings leave."""
        merged: dict[str, Table] = {}
        names = {self.procedure.procedure, *(c for n in self._reachable(self.rule) for c in n.calls())}
        for name in sorted(names):
            for act, table in self.law.procedure(name).transitions.items():
                merged.setdefault(act, {}).update({done: dict(moves) for done, moves in table.items()})
        for _, _, effect in self.effects:
            for done, moves in (effect.transition or {}).items():
                for table in merged.values():
                    if done in table:
                        table[done] = {**table[done], **moves}
        return merged

    def table(self, act: str) -> Table:
        """The transition table of a leaf: its own, or "whoever did it has done it, until it is withdrawn"."""
        return self.tables.get(act) or {
            act: {NONE: GIVEN, "withdrawn": GIVEN},
            "withdraw": {GIVEN: "withdrawn"},
        }

    @cached_property
    def structure(self) -> Hashable:
        """What of the doctrine decides the shape of the circuit."""
        asked = {question for node in self._reachable(self.rule) for question in node.when}
        return (
            self.procedure.procedure,
            self.group,
            self.excluded,
            tuple(sorted(self.slots.items())),
            tuple((question, self.doctrine.reading(question)) for question in sorted(asked)),
        )

    def asks(self, act: str, before: str) -> str:
        """The question of law that decides what an act does to a unit in a state ("" if there is none)."""
        key = ("asks", act, before)
        if key not in self.memo:
            self.memo[key] = next(
                (
                    question.question
                    for question, _ in self.doctrine.applicable(self.subject)
                    for reading in question.readings
                    for effect in reading.effects
                    if effect.transition and before in effect.transition.get(act, {})
                ),
                "",
            )
        found: str = self.memo[key]
        return found

    def _reachable(self, rule: Node) -> Iterator[Node]:
        for node in nodes(rule):
            yield node
            if node.call:
                yield from self._reachable(self.law.procedure(node.call).rule)

    # -- record ------------------------------------------------------------------------------------------------------

    @cached_property
    def known(self) -> tuple[Act, ...]:
        """The acts that had become known, void ones included, of this matter and of those grouped with it."""
        acts = (a for m in self.group for a in self.record.acts.get(m, ()) if a.recorded_on <= self.known_as_of)
        return (*acts, *self.supposed)

    @cached_property
    def group(self) -> tuple[str, ...]:
        """The matters whose acts add up: this one, unless a reading lets all of its kind add up."""
        apart = not any(effect.group and effect.group.by == "none" for _, _, effect in self.effects)
        if apart:
            return (self.matter.id,)
        return tuple(m.id for m in self.record.matters.values() if m.kind == self.matter.kind)

    @cached_property
    def void(self) -> dict[str, Void]:
        """Acts removed from the start by a reading, by their id."""
        vetoed = {act.of_act for act in self.known if act.act == "veto"}
        removed: dict[str, Void] = {}
        for question, reading, effect in self.effects:
            if effect.disregard is None:
                continue
            rule = effect.disregard
            for act in self.known:
                if (
                    (not rule.matters or act.matter in rule.matters)
                    and (not rule.actors or act.actor in rule.actors)
                    and (not rule.acts or act.act in rule.acts)
                    and (rule.from_ is None or act.earliest >= rule.from_)
                    and (rule.to is None or (act.latest or act.earliest) <= rule.to)
                    and (rule.vetoed is None or (act.id in vetoed) == rule.vetoed)
                ):
                    removed[act.id] = Void(act, question, reading)
        return removed

    @cached_property
    def by_actor(self) -> dict[str, tuple[Act, ...]]:
        """Known acts by actor, void ones included."""
        found: dict[str, list[Act]] = {}
        for act in self.known:
            found.setdefault(act.actor, []).append(act)
        return {actor: tuple(acts) for actor, acts in found.items()}

    @cached_property
    def excluded(self) -> frozenset[str]:
        """Units that a reading takes out of numerator and denominator."""
        return frozenset(unit for _, _, effect in self.effects if effect.roster for unit in effect.roster.exclude)

    @cached_property
    def window(self) -> Window | None:
        """How long an act counts."""
        for _, _, effect in self.effects:
            if effect.window:
                years = self.doctrine.parameters.get(effect.window.parameter, effect.window.years)
                return Window(years, effect.window.as_stated)
        return None

    # -- clock -------------------------------------------------------------------------------------------------------

    @cached_property
    def extensions(self) -> tuple[tuple[Act, str], ...]:
        """Acts that moved the limit, each with the reading that voids it ("" if none does)."""
        void = next((f"{q}={r}" for q, r, e in self.effects if e.clock and e.clock.extension == "void"), "")
        return tuple((act, void) for act in self.known if act.act == "extend" and act.limit)

    @cached_property
    def dropped(self) -> str:
        """The reading by which the matter's limit does not bind, as ``question=reading`` ("" if none)."""
        for question, reading, effect in self.effects:
            clock = effect.clock
            if clock and clock.drop and clock.place == self.matter.clock_place and self.matter.clock_limit:
                return f"{question}={reading}"
        return ""

    def limit(self, day: date) -> date | None:
        """The last day on which acts count, as the law stood on a day (``None`` without a limit)."""
        limit = self.matter.clock_limit
        if limit is None or self.dropped or self.procedure.rule.clock is None:
            return None
        for act, void in self.extensions:
            if not void and act.limit and act.earliest <= min(day, limit):
                limit = max(limit, act.limit)
        return limit

    # -- positions ---------------------------------------------------------------------------------------------------

    def course(self, act: str, actor: str, test: Tally | None = None) -> Course:
        """What an actor's acts make of its position on one act over time."""
        key = (act, actor)
        if key not in self._courses:
            self._courses[key] = self._course(act, actor, test)
        return self._courses[key]

    def _course(self, act: str, actor: str, test: Tally | None) -> Course:
        table = self.table(act)
        own = [a for a in self.by_actor.get(actor, ()) if a.act in table]
        if not own:
            return Course()
        for done in own:
            if done.id not in self.void and test and (short := falls_short(done, test)):
                self.void[done.id] = Void(done, why=short)
        own = [a for a in own if a.id not in self.void]
        if self.supposed and (last := [a for a in own if a in self.supposed]):
            return self._course_of(act, [a for a in own if a not in last], table).then(last, table)
        return self._course_of(act, own, table)

    def _course_of(self, act: str, own: list[Act], table: Table) -> Course:
        window = self.window if act in self.tables else None
        key = (act, tuple(a.id for a in own), window, self._signature(act), self.known_as_of)
        if key not in self.shelf.courses:
            courses = [
                course_of([a for a in own if a.matter == matter], table, window, self.known_as_of)
                for matter in dict.fromkeys(a.matter for a in own)
            ]
            self.shelf.courses[key] = courses[0] if len(courses) == 1 else _either(courses)
        return self.shelf.courses[key]

    def _signature(self, act: str) -> Hashable:
        if act not in self._signatures:
            table = self.table(act)
            self._signatures[act] = tuple((done, tuple(sorted(moves.items()))) for done, moves in sorted(table.items()))
        return self._signatures[act]

    @cached_property
    def _signatures(self) -> dict[str, Hashable]:
        return {}

    @cached_property
    def _courses(self) -> dict[tuple[str, str], Course]:
        return {}

    def change_points(self, until: date) -> list[date]:
        """The days up to ``until`` on which anything could change: acts, expiries, entries, the clock."""
        days = {act.earliest for act in self.known} | {act.latest for act in self.known if act.latest}
        days |= {day for course in self._courses.values() for day in course.days}
        days.update(self.record.roster_days)
        begun = self.matter.proposed_on
        if begun:
            days |= {begun, begun + DAY}
        limits = {limit for day in (begun, until) if day and (limit := self.limit(day))}
        days |= limits | {limit + DAY for limit in limits if limit < LAST}
        first = max(d for d in (begun, self.procedure.in_force.from_, FIRST) if d)
        acted = min((act.earliest for act in self.known), default=first)
        return sorted({first} | {day for day in days if max(first, acted) <= day <= until} if first <= until else ())


def falls_short(act: Act, test: Tally) -> str:
    """Why an act's own votes do not meet the test of its body ("" if they do, or are not on file)."""
    if act.yes is None or act.no is None or test.threshold is None or test.base not in {"voting", "valid"}:
        return ""
    base = act.yes + act.no
    needed = votes_needed(test.threshold, base, strict=test.strict)
    return f"{act.yes} of {base} {test.base}, and {needed} were needed" if act.yes < needed else ""


def _either(courses: list[Course]) -> Course:
    """The position of an actor with several courses: given while any of them is."""
    days = tuple(sorted({day for course in courses for day in course.days}))
    order = (GIVEN, "uncertain", BARRED, "withdrawn", "refused", NONE)
    states = tuple(next(s for s in order if s in {c.on(day) for c in courses}) for day in days)
    return Course(days, states)
