"""Stands: how far a path has been walked, and how many legislatures have applied, under each reading."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.inquiries.matter.standing import standing
from assent.law.doctrine import Doctrine, Subject, applies

if TYPE_CHECKING:
    from datetime import date

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.procedures import Procedure
    from assent.law.questions import Question
    from assent.record.acts import Matter

APPLICATION = "application"
EXIT = "exit"


class Count(Struct, frozen=True):
    """Applications counted under one set of readings.

    Attributes
    ----------
    readings
        The readings by which it was counted.
    count
        States that count; a lower bound, since the file is not known to be complete.
    """

    subject: str
    title: str
    readings: dict[str, str]
    count: int
    required: int
    of: int


class Applications(Struct, frozen=True):
    """Applications for a convention: on leaving, and on every subject under each reading that changes the count.

    Attributes
    ----------
    on_exit
        Applications on a state's leaving that are on file.
    complete
        Whether the file is known to hold every application.
    """

    on_exit: int
    counts: tuple[Count, ...]
    complete: bool
    incompleteness: str


class Stands(Struct, frozen=True):
    """How far a path has been walked.

    Attributes
    ----------
    stage
        ``not begun`` when nothing on file has been proposed, enacted or done on it, else the stage of the matter on
        file.
    matters
        Matters on file that were decided by this path.
    """

    stage: str
    text: str
    matters: tuple[str, ...] = ()
    applications: tuple[Count, ...] = ()


def applications_of(place: Jurisdiction, doctrine: Doctrine, as_of: date, known_as_of: date) -> Applications:
    """How many states' applications count, by subject and under each reading of how they add up."""
    matters = [m for m in place.record.matters.values() if m.kind == APPLICATION]
    counts: list[Count] = []
    for matter in matters:
        seen: dict[frozenset[tuple[str, str]], int] = {}
        for held in _ways(doctrine, matter):
            case = place.cases.case(matter.id, held, known_as_of)
            stands = standing(case, as_of)
            said = {q.question: r.id for q, r in held.applicable(case.subject) if _about_adding_up(q)}
            moved = frozenset((q, r) for q, r in said.items() if doctrine.reading(q) != r)
            seen[moved] = stands.count
            if moved and any(seen.get(moved - {one}) == stands.count for one in moved):
                continue  # one of these readings changes nothing here
            subject = matter.title.rpartition(": ")[2].partition(" (")[0]
            counts.append(Count(matter.subject, subject, said, stands.count, stands.required, stands.of))
    on_file = sum(len(place.record.acts.get(m.id, ())) for m in matters)
    complete = bool(matters) and all((m.id, "apply") in place.record.completeness for m in matters)
    text = "" if complete else (
        f"The file holds {on_file} acts on {len(matters)} subjects and is "
        "not complete: every count of applications is a lower bound, and a subject that is not on file is not recorded."
    )  # fmt: skip
    on_exit = sum(1 for m in matters if m.subject == EXIT)
    return Applications(on_exit, _distinct(counts), complete, text)


def _distinct(counts: list[Count]) -> tuple[Count, ...]:
    """Counts that add every subject up are the same for each subject; one of them is told."""
    kept: list[Count] = []
    seen: set[tuple[object, ...]] = set()
    for count in counts:
        together = "any-subject" in count.readings.values()
        key = (None if together else count.subject, tuple(sorted(count.readings.items())))
        if key not in seen:
            seen.add(key)
            kept.append(
                Count("any", "Any subject", count.readings, count.count, count.required, count.of)
                if together
                else count
            )
    return tuple(kept)


def _about_adding_up(question: Question) -> bool:
    return question.applies_to.kinds == (APPLICATION,)


def _ways(doctrine: Doctrine, matter: Matter) -> list[Doctrine]:
    """The doctrine, and every other choice of the readings that are about applications alone, fewest changes first."""
    subject = Subject(matter.id, matter.kind, matter.procedure, matter.proposed_on)
    asked = [q for q in doctrine.law.questions.values() if _about_adding_up(q) and applies(q, subject)]
    options = [[r.id for r in q.readings if doctrine.can_hold(r)] for q in asked]
    ways = []
    for choice in product(*options):
        held = doctrine
        for question, reading in zip(asked, choice, strict=True):
            if doctrine.reading(question.question) != reading:
                held = held.with_(question.question, reading)
        ways.append(held)
    return sorted(ways, key=lambda way: len(set(way.chosen.items()) - set(doctrine.chosen.items())))


def stands_of(place: Jurisdiction, procedure: Procedure, counted: Applications) -> Stands:
    """How far a path has been walked by anybody on file."""
    called = {procedure.procedure, *procedure.rule.calls()}
    reached = set(called)
    while called:
        called = {c for name in called for c in place.law.procedure(name).rule.calls()} - reached
        reached |= called
    taken = tuple(m.id for m in place.record.matters.values() if m.kind == EXIT and m.procedure == procedure.procedure)
    if taken:
        return Stands("on file", f"On file: {', '.join(taken)}.", taken)
    calls = any(m.procedure in reached for m in place.record.matters.values() if m.kind == APPLICATION)
    if calls:
        return Stands(
            "not begun",
            f"Nothing is on file: {counted.on_exit} applications on leaving. {counted.incompleteness}".strip(),
            (),
            counted.counts,
        )
    return Stands("not begun", "Nothing is on file: no text has been proposed, and nobody has acted on it.")
