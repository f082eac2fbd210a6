"""A case: one matter under one doctrine, as known on one day.

What law and record come to, before any question is asked.

Order of evaluation: know → roster → disregard → transition → window → group → (test → clock → latch, in the inquiries).
"""

from __future__ import annotations

from bisect import bisect_right
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from assent.circuit.courses import GIVEN, NONE, Course, Done, Window, course_of, either
from assent.circuit.void import Void, disregarded, falls_short
from assent.errors import LawError, ReadingConflict
from assent.law.doctrine import Subject
from assent.law.library import nodes
from assent.values.dates import DAY, FIRST, LAST

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator
    from datetime import date

    from assent.law.doctrine import Doctrine
    from assent.law.library import Law
    from assent.law.procedures import Procedure
    from assent.law.questions import Effect, Question, Reading
    from assent.law.rules import Node, Tally
    from assent.record.acts import Act, Completeness, Matter
    from assent.record.record import Record

Table = dict[str, dict[str, str]]
Kept = TypeVar("Kept")


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
    on_record
        The same case without what is supposed, where it was made from one.

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
        self.on_record: Case | None = None
        subject = Subject(matter.id, matter.kind, matter.procedure, matter.proposed_on)
        self.effects: list[tuple[str, str, Effect]] = list(doctrine.effects(subject))
        self.subject = subject

    def supposing(self, acts: tuple[Act, ...]) -> Case:
        """The same case with acts that nobody has done: what the law says of it is the same."""
        found = copy(self)
        for name in ("known", "void", "by_actor", "_courses", "_days", "_done", "_memo"):
            found.__dict__.pop(name, None)
        found.supposed, found.on_record = acts, self
        return found

    def of(self, actor: str) -> Case:
        """The case in which an actor did what it did: that on record, unless something is supposed of it."""
        return self if self.on_record is None or actor in self._supposed_of else self.on_record

    @property
    def bare(self) -> Case:
        """The case without what is supposed."""
        return self if self.on_record is None else self.on_record

    @cached_property
    def _supposed_of(self) -> frozenset[str]:
        return frozenset(act.actor for act in self.supposed)

    def kept(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What was worked out about the case and does not change with the day asked for, under its name."""
        try:
            found: Kept = self._memo[key]
        except KeyError:
            found = self._memo[key] = make()
        return found

    @cached_property
    def _memo(self) -> dict[Hashable, Any]:
        return {}

    # -- law ---------------------------------------------------------------------------------------------------------

    @cached_property
    def applicable(self) -> tuple[tuple[Question, Reading], ...]:
        """The questions of law that apply to the matter, each with the reading held."""
        return tuple(self.doctrine.applicable(self.subject))

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
        asked = (
            question.question
            for question, _ in self.applicable
            for reading in question.readings
            for effect in reading.effects
            if effect.transition and before in effect.transition.get(act, {})
        )
        return self.kept(("asks", act, before), lambda: next(asked, ""))

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
        return disregarded(self.known, self.effects)

    @cached_property
    def by_actor(self) -> dict[str, tuple[Act, ...]]:
        """Known acts by actor, void ones included."""
        found: dict[str, list[Act]] = {}
        for act in self.known:
            found.setdefault(act.actor, []).append(act)
        return {actor: tuple(acts) for actor, acts in found.items()}

    def acted(self, day: date) -> int:
        """How many of the known acts were done by a day: between two days with the same number nobody acted."""
        return bisect_right(self._days, day)

    @cached_property
    def _days(self) -> list[date]:
        return sorted(act.earliest for act in self.known)

    def done(self, act: str, actor: str) -> Done:
        """An actor's known acts that bear on an act, void ones included."""
        found = self._done.get((act, actor))
        if found is None:
            table = self.table(act)
            acts = tuple(done for done in self.by_actor.get(actor, ()) if done.act in table)
            found = self._done[act, actor] = Done(acts, sorted(done.earliest for done in acts))
        return found

    @cached_property
    def _done(self) -> dict[tuple[str, str], Done]:
        return {}

    def complete(self, act: str, day: date) -> bool:
        """Whether the record is known to hold every act of a kind up to a day, on each of the matters that add up."""
        rows = self.completeness(act)
        return len(rows) == len(self.group) and all(row.through >= day for row in rows)

    def completeness(self, act: str) -> tuple[Completeness, ...]:
        """What is on file about how far the record of an act is complete, on each of the matters that add up."""
        rows = self.record.completeness
        return self.kept(("completeness", act), lambda: tuple(rows[m, act] for m in self.group if (m, act) in rows))

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
        table, acts = self.table(act), self.done(act, actor).acts
        if not acts:
            return Course()
        for done in acts:
            if done.id not in self.void and test and (short := falls_short(done, test)):
                self.void[done.id] = Void(done, why=short)
        own = [a for a in acts if a.id not in self.void]
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
            self.shelf.courses[key] = courses[0] if len(courses) == 1 else either(courses)
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
