"""Sheet: a matter's answers on every day on which any changed, under every set of readings that can be held together.

It is worked out once and looked up after: what replays it needs no law of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from assent.circuit.case import Case, Shelf
from assent.circuit.evidence import Evidence
from assent.errors import QueryError
from assent.inquiries.matter.hinge import MOST_SETS, possible, touches
from assent.inquiries.matter.positions import positions
from assent.inquiries.matter.standing import standing
from assent.inquiries.matter.status import shown_readings
from assent.law.doctrine import Doctrine
from assent.values.dates import DAY

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.matter.standing import Standing
    from assent.law.questions import Question

ABSENT, NEVER = ".", -1
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Choice(Struct, frozen=True):
    """A reading of a question that is varied."""

    id: str
    title: str
    standing: str


class Asked(Struct, frozen=True):
    """A question that is varied; its first reading is its default."""

    id: str
    title: str
    readings: tuple[Choice, ...]


class Answer(Struct, frozen=True):
    """Where the matter stands. ``units`` has a letter for each unit: see ``Sheet.hows``."""

    stage: str
    completed_on: date | None
    count: int
    required: int
    of: int
    limit: date | None
    units: str


class Unit(Struct, frozen=True):
    """A unit that is counted at any time."""

    id: str
    name: str


class Sheet(Struct, frozen=True):
    """A matter's answers.

    Attributes
    ----------
    as_of, known_as_of
        The last day answered, and the day of knowledge.
    readings
        What is held beside the questions that are varied.
    questions
        Those that are varied.
    hows
        Letter → how a unit stands (``Position.how``); a full stop stands for one that is not counted on the day.
    days
        Days on which any answer changed.
    answers
        Every answer there is, each once.
    courses
        Every course of answers there is, each once: pairs of a day and an answer, by their places in ``days`` and
        ``answers``; an answer holds until the next.
    sets
        For each set of readings the place of its course, or -1 where it cannot be held together. The sets are in the
        order of the questions, the last one's readings changing fastest.
    """

    matter: str
    title: str
    as_of: date
    known_as_of: date
    readings: dict[str, str]
    questions: tuple[Asked, ...]
    units: tuple[Unit, ...]
    hows: dict[str, str]
    days: tuple[date, ...]
    answers: tuple[Answer, ...]
    courses: tuple[tuple[tuple[int, int], ...], ...]
    sets: tuple[int, ...]
    versions: dict[str, str]


class _Silent(dict[str, Evidence]):
    """Evidence that nobody reads: how a unit stands does not depend on the words for it."""

    def __missing__(self, leaf: str) -> Evidence:
        return Evidence("")


class _Book:
    """What is written down once and pointed to after."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.hows: dict[str, str] = {}
        self.courses: dict[tuple[tuple[date, _Said], ...], int] = {}

    def said(self, stands: Standing, case: Case) -> _Said:
        """An answer, with the letter of each unit."""
        units = []
        for unit in positions(stands, _Silent(), case):
            self.names.setdefault(unit.unit, unit.name)
            units.append((unit.unit, self.hows.setdefault(unit.how, LETTERS[len(self.hows)])))
        counted = (stands.count, stands.required, stands.of)
        return _Said(stands.stage, stands.completed_on, *counted, stands.limit, tuple(units))

    def course(self, case: Case, until: date) -> int:
        """The place of the course of a case's answers up to a day."""
        standing(case, until)  # so that the days on which an act expires are known
        course: list[tuple[date, _Said]] = []
        for day in _days(case, until):
            said = self.said(standing(case, day), case)
            if not course or course[-1][1] != said:
                course.append((day, said))
        return self.courses.setdefault(tuple(course), len(self.courses))


def _days(case: Case, until: date) -> list[date]:
    """The days from its first on which anything may change: the count, or whether silence is known to be one."""
    begun = case.matter.proposed_on or min((act.earliest for act in case.known), default=until)
    known = case.record.completeness.items()
    silent = {row.through + DAY for (matter, _), row in known if matter in case.group}
    return sorted({begun, *(day for day in (*case.change_points(until), *silent) if begun <= day <= until)})


@dataclass(frozen=True, slots=True)
class _Said:
    """An answer, with the letter of each unit that is counted."""

    stage: str
    completed_on: date | None
    count: int
    required: int
    of: int
    limit: date | None
    units: tuple[tuple[str, str], ...]


def sheet(place: Jurisdiction, matter: str, doctrine: Doctrine, as_of: date, known_as_of: date) -> Sheet:
    """A matter's answers up to a day, as known on a day; readings chosen are held, all others that bear on it varied.

    Raises
    ------
    UnknownName
        No such matter.
    NotApplicable
        It had not been proposed by ``as_of``.
    QueryError
        There are too many sets of readings; hold some.

    Examples
    --------
    >>> from assent import library
    >>> us = library()
    >>> found = sheet(us.place, "us/amendment/26", us.doctrine(), date(1980, 1, 1), date(1980, 1, 1))
    >>> len(found.sets), found.answers[found.courses[found.sets[0]][-1][1]].completed_on
    (12, datetime.date(1971, 7, 1))
    """
    shelf, book = Shelf(), _Book()
    case = place.cases.case(matter, doctrine, known_as_of)
    standing(case, as_of)
    asked = [q for q, _ in doctrine.applicable(case.subject) if q.question not in doctrine.chosen and touches(case, q)]
    questions = tuple(_asked(question, doctrine) for question in asked)
    total = prod(len(question.readings) for question in questions)
    if total > MOST_SETS:
        remedy = "Hold some questions with --reading QUESTION=READING."
        raise QueryError(f"There are {total:,} sets of readings.", where="sheet", remedy=remedy)
    sets: list[int] = []
    for choice in product(*(question.readings for question in questions)):
        named = zip(questions, choice, strict=True)
        chosen = {**doctrine.chosen, **{question.id: reading.id for question, reading in named}}
        if possible(place, chosen):
            held = Doctrine(place.law, chosen, doctrine.parameters)
            one = Case(place.law, place.record, case.matter, held, known_as_of, shelf)
            sets.append(book.course(one, as_of))
        else:
            sets.append(NEVER)
    rest = {q: r for q, r in shown_readings(case, doctrine).items() if q not in {question.id for question in questions}}
    return _bound(book, sets, Sheet(
        matter, case.matter.title, as_of, known_as_of, rest, questions, (), {}, (), (), (), (), place.versions
    ))  # fmt: skip


def _asked(question: Question, doctrine: Doctrine) -> Asked:
    """A question with the readings that can be held, its default first."""
    held = [r for r in question.readings if doctrine.can_hold(r)]
    held.sort(key=lambda reading: reading.id != question.default)
    return Asked(question.question, question.title, tuple(Choice(r.id, r.title, r.standing) for r in held))


def _bound(book: _Book, sets: list[int], empty: Sheet) -> Sheet:
    """A sheet of what is written in the book: days, answers and units by their places."""
    order = sorted(book.names)
    days = sorted({day for course in book.courses for day, _ in course})
    said = list(dict.fromkeys(said for course in book.courses for _, said in course))
    day_at, said_at = {day: at for at, day in enumerate(days)}, {one: at for at, one in enumerate(said)}
    return replace(
        empty,
        units=tuple(Unit(unit, book.names[unit]) for unit in order),
        hows={letter: how for how, letter in book.hows.items()},
        days=tuple(days),
        answers=tuple(_answer(one, order) for one in said),
        courses=tuple(tuple((day_at[day], said_at[one]) for day, one in course) for course in book.courses),
        sets=tuple(sets),
    )


def _answer(said: _Said, order: list[str]) -> Answer:
    held = dict(said.units)
    letters = "".join(held.get(unit, ABSENT) for unit in order)
    return Answer(said.stage, said.completed_on, said.count, said.required, said.of, said.limit, letters)
