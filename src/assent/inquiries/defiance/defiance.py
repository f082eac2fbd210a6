"""Defiance: the record of state law against federal law, by state and year, and what the federal side did about it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import UnknownName
from assent.inquiries.defiance.state_laws import Living, Reckoning, Scope, StateRow, Year, interval
from assent.inquiries.filed.wording import flat
from assent.inquiries.reproduce import command
from assent.inquiries.standoff.ladder import Placed, Rung, extrapolation, ladder_of, placed
from assent.inquiries.states import find_state
from assent.law.citations import Cite, told
from assent.law.loading import convert, read_yaml

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.doctrine import Doctrine

FOLDER = "defiance"
BY = ("state", "year")


class Posture(Struct, frozen=True):
    """What the federal side did. ``stance``: enforce, tolerate, loosen or mixed."""

    id: str
    date: date
    by: str
    stance: str
    title: str
    what: str
    cite: tuple[str, ...]


class Said(Struct, frozen=True):
    """What courts have said, and whom it helps: federal, state or neither."""

    says_for: str
    what: str
    cite: tuple[str, ...]


class Act(Struct, frozen=True):
    """A dated act of an episode, by state, federal side or court."""

    date: date
    by: str
    what: str
    cite: tuple[str, ...]


class Episode(Struct, frozen=True):
    """Earlier or other defiance: what was done, how the federal side answered, how it ended, and what it shows."""

    id: str
    title: str
    state: str
    about: str
    acts: tuple[Act, ...]
    answered: str
    ended: str
    shows: str


class Ladder(Struct, frozen=True):
    """Where this defiance and leaving stand on the stake ladder of the standoff, at its defaults.

    Attributes
    ----------
    numbers
        The parameters by symbol, each with its value and standing.
    says
        What the ladder says of the two; ``lesson`` is what that means for this record.
    """

    rungs: tuple[Rung, ...]
    placed: tuple[Placed, ...]
    says: str
    lesson: str
    numbers: dict[str, str]
    method: str
    more: str


class Defiance(Struct, frozen=True):
    """The record of defiance on a day.

    Attributes
    ----------
    state
        The state asked about; empty for all.
    against
        The federal law that is defied.
    living
        How it stands on the day.
    people
        Whose people are counted, and how.
    answered
        The federal answer so far.
    complete_through
        The day through which the states' laws are on file.
    """

    subject: str
    title: str
    about: str
    against: tuple[str, ...]
    state: str
    name: str
    by: str
    as_of: date
    complete_through: date
    kinds: dict[str, str]
    people: str
    living: tuple[Living, ...]
    states: tuple[StateRow, ...]
    by_year: tuple[Year, ...]
    postures: tuple[Posture, ...]
    cases: tuple[Said, ...]
    episodes: tuple[Episode, ...]
    answered: str
    ladder: Ladder
    readings: dict[str, str]
    notes: tuple[str, ...]
    versions: dict[str, str]
    reproduce: str


class _Posture(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    date: date
    by: str
    stance: str
    title: str
    what: str
    cite: tuple[str | Cite, ...]


class _Said(Struct, frozen=True, forbid_unknown_fields=True):
    says_for: str
    what: str
    cite: tuple[str | Cite, ...]


class _Act(Struct, frozen=True, forbid_unknown_fields=True):
    date: date
    by: str
    what: str
    cite: tuple[str | Cite, ...]


class _Episode(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    title: str
    about: str
    acts: tuple[_Act, ...]
    answered: str
    ended: str
    shows: str
    state: str = ""


class _People(Struct, frozen=True, forbid_unknown_fields=True):
    file: str
    about: str


class _Record(Struct, frozen=True, forbid_unknown_fields=True):
    subject: str
    title: str
    about: str
    against: tuple[str | Cite, ...]
    laws: str
    complete_through: date
    kinds: dict[str, str]
    counted: tuple[str, ...]
    people: _People
    disagreements: tuple[str, ...]
    postures: tuple[_Posture, ...]
    court: tuple[_Said, ...]
    episodes: tuple[_Episode, ...]
    answered: str
    lesson: str


def defiance(place: Jurisdiction, state: str, by: str, doctrine: Doctrine, as_of: date) -> Defiance:
    """The record of state law against federal law on a day.

    Parameters
    ----------
    state
        Code or name of one state; empty for all.
    by
        ``state`` or ``year``: which table leads.

    Raises
    ------
    UnknownName
        No such state, or neither ``state`` nor ``year``.
    NotApplicable
        It is no state, or was none on that day.
    """
    if by not in BY:
        raise UnknownName("way to list the record", by, BY, where="--by")
    code, name = find_state(place, state, as_of) if state else ("", "")
    file = place.root / FOLDER / "record.yaml"
    record = convert(read_yaml(file), _Record, file)
    scope = Scope(record.laws, record.people.file, record.kinds, record.counted, record.complete_through)
    reckoning = Reckoning(place, FOLDER, scope)
    words = (*((code,) if code else ()), *(("--by", by) if by != BY[0] else ()))
    asked = {q.question for q in place.law.questions.values() if FOLDER in q.applies_to.kinds} | set(doctrine.chosen)
    return Defiance(
        record.subject,
        record.title,
        flat(record.about),
        told(record.against),
        code,
        name,
        by,
        as_of,
        record.complete_through,
        record.kinds,
        flat(record.people.about),
        reckoning.living(as_of),
        tuple(row for row in reckoning.states(as_of) if not code or row.state == code),
        reckoning.years(as_of, tuple((p.date, p.title) for p in record.postures)),
        tuple(
            Posture(p.id, p.date, p.by, p.stance, p.title, flat(p.what), told(p.cite))
            for p in sorted(record.postures, key=lambda p: p.date)
            if p.date <= as_of
        ),
        _said(place, record, as_of),
        tuple(_episode(e, as_of) for e in record.episodes if any(a.date <= as_of for a in e.acts)),
        flat(record.answered),
        _ladder(place, record),
        {q: doctrine.reading(q) for q in sorted(asked)},
        _notes(record, reckoning, as_of),
        place.versions,
        command("defiance", *words, as_of=as_of, doctrine=doctrine),
    )


def _said(place: Jurisdiction, record: _Record, day: date) -> tuple[Said, ...]:
    """What had been said by the year of a day: its first authority has to be there, and no later one is shown."""
    found = []
    for said in record.court:
        there = [cite for cite in said.cite if (place.law.authority(cite).year or 0) <= day.year]
        if there[:1] == list(said.cite[:1]):
            found.append(Said(said.says_for, flat(said.what), told(there)))
    return tuple(found)


def _ladder(place: Jurisdiction, record: _Record) -> Ladder:
    from assent.inquiries.standoff.parameters import given_of
    from assent.models.standoff.tree import tree_of

    given, tree = given_of(place), tree_of()
    rungs, known = ladder_of(tree, given), placed(tree, given)
    numbers = {
        held.symbol: f"{held.value:g} ({held.standing})"
        for held in given.parameters.values()
        if held.use == "game" and isinstance(held.value, float) and held.name != "stake"
    }
    return Ladder(
        rungs,
        known,
        extrapolation(rungs, known),
        flat(record.lesson),
        numbers,
        "subgame perfection, exact, for ordinary defiance at every stake",
        "assent standoff",
    )


def _episode(episode: _Episode, as_of: date) -> Episode:
    acts = tuple(
        Act(a.date, a.by, flat(a.what), told(a.cite))
        for a in sorted(episode.acts, key=lambda a: a.date)
        if a.date <= as_of
    )
    return Episode(
        episode.id,
        episode.title,
        episode.state,
        flat(episode.about),
        acts,
        flat(episode.answered),
        flat(episode.ended),
        flat(episode.shows),
    )


def _notes(record: _Record, reckoning: Reckoning, as_of: date) -> tuple[str, ...]:
    notes = [f"People: {flat(record.people.about)}."]
    waiting = [row for row in reckoning.laws if interval(row)[0] <= as_of < interval(row)[1]]
    if waiting:
        named = ", ".join(f"{row['state']} ({row['kind']})" for row in waiting)
        notes.append(f"Adopted in that year or month, the day not being on file, and not counted: {named}.")
    if as_of > record.complete_through:
        notes.append(f"What states did after {record.complete_through} is not on file.")
    if not any(interval(row)[0] <= as_of for row in reckoning.laws):
        notes.append("The texts tell the record as it is on file, not as it stood on that day.")
    notes += [flat(said) for said in record.disagreements]
    notes.append("A law counts from the day it was adopted; from when adults may possess it is told where on file.")
    return tuple(notes)
