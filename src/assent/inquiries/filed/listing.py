"""Listings: the matters, the procedures, the questions of law and the authorities on file."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import UnknownName
from assent.inquiries.filed.wording import flat
from assent.inquiries.reproduce import command
from assent.law.citations import Authority, as_cite, told
from assent.law.library import nodes
from assent.law.questions import Applies, Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.citations import Cite
    from assent.record.acts import Matter


class MatterRow(Struct, frozen=True):
    """A matter on file. ``stage`` and ``completed_on`` are the official outcome, not a computed one."""

    id: str
    kind: str
    title: str
    procedure: str
    proposed_on: date | None
    stage: str
    completed_on: date | None
    source: str


class Matters(Struct, frozen=True):
    """The matters on file."""

    jurisdiction: str
    matters: tuple[MatterRow, ...]
    versions: dict[str, str]
    reproduce: str


class ProcedureRow(Struct, frozen=True):
    """A procedure on file: what it is about, when it is in force, and how many matters are decided by it."""

    id: str
    title: str
    about: str
    in_force: Interval
    matters: int
    cite: tuple[str, ...]


class Procedures(Struct, frozen=True):
    """The procedures on file."""

    jurisdiction: str
    procedures: tuple[ProcedureRow, ...]
    versions: dict[str, str]
    reproduce: str


class ReadingRow(Struct, frozen=True):
    """A reading: its words, whether it is the default, and its standing."""

    id: str
    title: str
    standing: str
    default: bool


class QuestionRow(Struct, frozen=True):
    """A question of law and its readings."""

    id: str
    title: str
    applies_to: Applies
    require: dict[str, str]
    readings: tuple[ReadingRow, ...]


class Questions(Struct, frozen=True):
    """The questions of law on file."""

    jurisdiction: str
    questions: tuple[QuestionRow, ...]
    versions: dict[str, str]
    reproduce: str


class Cited(Struct, frozen=True):
    """An authority in full, and who on file relies on it.

    Attributes
    ----------
    as_cited
        As a reader sees it.
    cited_by
        Procedures and readings that cite it, as ``procedure us/…`` or ``rescission=void``; ``against rescission=void``
        where it speaks against the reading.
    """

    authority: Authority
    as_cited: str
    cited_by: tuple[str, ...]
    versions: dict[str, str]
    reproduce: str


def matters(place: Jurisdiction, kind: str = "") -> Matters:
    """The matters on file, of one kind or of all.

    Raises
    ------
    UnknownName
        No matter is of that kind.
    """
    known = {m.kind for m in place.record.matters.values()}
    if kind and kind not in known:
        raise UnknownName("kind of matter", kind, known, where="--kind")
    rows = tuple(_row(m) for m in place.record.matters.values() if not kind or m.kind == kind)
    words = ("--kind", kind) if kind else ()
    return Matters(place.name, rows, place.versions, command("matters", *words))


def _row(m: Matter) -> MatterRow:
    return MatterRow(
        m.id, m.kind, m.title, m.procedure, m.proposed_on, m.official_stage, m.official_completed_on, m.source
    )


def procedures(place: Jurisdiction) -> Procedures:
    """The procedures on file, each with what it is about."""
    decided = Counter(matter.procedure for matter in place.record.matters.values())
    rows = tuple(
        ProcedureRow(p.procedure, p.title, flat(p.about), p.in_force, decided[p.procedure], told(p.cite))
        for p in place.law.procedures.values()
    )
    return Procedures(place.name, rows, place.versions, command("procedures"))


def questions(place: Jurisdiction) -> Questions:
    """The questions of law on file, each with its readings."""
    rows = tuple(
        QuestionRow(
            q.question,
            q.title,
            q.applies_to,
            q.require,
            tuple(ReadingRow(r.id, r.title, r.standing, r.id == q.default) for r in q.readings),
        )
        for q in place.law.questions.values()
    )
    return Questions(place.name, rows, place.versions, command("questions"))


def cited(place: Jurisdiction, name: str) -> Cited:
    """An authority in full.

    Raises
    ------
    UnknownName
        There is none of that id.
    """
    if name not in place.law.authorities:
        raise UnknownName("authority on file", name, place.law.authorities)
    authority = place.law.authorities[name]
    users = tuple(dict.fromkeys(said for said, cite in _citations(place) if as_cite(cite).authority == name))
    return Cited(authority, place.law.cited(name), users, place.versions, command("cite", name))


def _citations(place: Jurisdiction) -> Iterator[tuple[str, str | Cite]]:
    for procedure in place.law.procedures.values():
        below: Iterable[str | Cite] = (c for node in nodes(procedure.rule) for c in node.cite)
        for cite in (*procedure.cite, *below):
            yield f"procedure {procedure.procedure}", cite
    for question in place.law.questions.values():
        for reading in question.readings:
            said = f"{question.question}={reading.id}"
            yield from ((said, cite) for cite in reading.authorities)
            yield from ((f"against {said}", cite) for cite in reading.against)
