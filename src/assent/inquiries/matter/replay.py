"""Replay: does the law on file give the official outcome of every matter on file, date for date?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.circuit.case import Case, Shelf
from assent.inquiries.matter.standing import FAILED, standing
from assent.inquiries.reproduce import command

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.doctrine import Doctrine
    from assent.record.acts import Matter


class Outcome(Struct, frozen=True):
    """A stage and the day of completion, if any."""

    stage: str
    completed_on: date | None


class Row(Struct, frozen=True):
    """One matter's replay.

    Attributes
    ----------
    known_as_of
        The day on which the matter was certified (else the day asked for): it is replayed as of, and as known on,
        that day.
    rests_on
        Readings, other than those chosen, under any one of which alone the outcome would have been another:
        ``question=reading`` → that outcome.
    """

    matter: str
    title: str
    known_as_of: date
    expected: Outcome
    got: Outcome
    agrees: bool
    rests_on: dict[str, Outcome]
    note: str
    source: str


class Replay(Struct, frozen=True):
    """Every matter on file against its official outcome."""

    jurisdiction: str
    as_of: date
    cases: int
    agree: int
    rows: tuple[Row, ...]
    versions: dict[str, str]
    reproduce: str


def replay(place: Jurisdiction, doctrine: Doctrine, as_of: date, known_as_of: date | None = None) -> Replay:
    """Every matter on file against its official outcome, as known on its certification day.

    Parameters
    ----------
    as_of
        The day on which matters without a certification day are evaluated; matters decided later are left out.
    known_as_of
        If given, every matter is evaluated as known on this day instead.
    """
    rows = tuple(
        _row(place, matter, doctrine, as_of, known_as_of)
        for matter in place.record.matters.values()
        if matter.official_stage and _decided_by(place, matter, as_of)
    )
    return Replay(
        place.name,
        as_of,
        len(rows),
        sum(row.agrees for row in rows),
        rows,
        place.versions,
        command("replay", place.name, as_of=as_of, known_as_of=known_as_of, doctrine=doctrine),
    )


def _decided_by(place: Jurisdiction, matter: Matter, as_of: date) -> bool:
    """Whether the official outcome was there to be compared with by a day."""
    days = [matter.proposed_on, matter.known_on, matter.official_completed_on, matter.clock_limit]
    if matter.official_stage == FAILED:
        days += [act.earliest for act in place.record.acts.get(matter.id, ())]
    return all(day is None or day <= as_of for day in days)


def _row(place: Jurisdiction, matter: Matter, doctrine: Doctrine, as_of: date, known_as_of: date | None) -> Row:
    day = min(matter.known_on or as_of, as_of)
    known = known_as_of or day
    shelf = Shelf()

    def outcome(held: Doctrine) -> Outcome:
        return Outcome(*standing(Case(place.law, place.record, matter, held, known, shelf), day).outcome)

    got = outcome(doctrine)
    expected = Outcome(matter.official_stage, matter.official_completed_on)
    case = Case(place.law, place.record, matter, doctrine, known, shelf)
    rests: dict[str, Outcome] = {}
    for question, chosen in doctrine.applicable(case.subject):
        for reading in question.readings:
            if reading.id == chosen.id or not (doctrine.can_hold(reading) and doctrine.in_force(question, reading)):
                continue
            if (other := outcome(doctrine.with_(question.question, reading.id))) != got:
                rests[f"{question.question}={reading.id}"] = other
    return Row(
        matter.id,
        matter.title,
        known,
        expected,
        got,
        got == expected,
        rests,
        matter.official_note,
        matter.source,
    )
