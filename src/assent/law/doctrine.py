"""A doctrine: one reading chosen for every question of law, and what they do together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assent.errors import QueryError, ReadingConflict, UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from assent.law.library import Law
    from assent.law.questions import Effect, Question, Reading

LONGEST_WINDOW = 1000


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question looks at to see whether it applies: a matter's id, kind, procedure and proposal."""

    id: str
    kind: str
    procedure: str
    proposed_on: date | None


@dataclass(frozen=True, slots=True)
class Doctrine:
    """A set of readings, one for each question; defaults where nothing was chosen.

    Attributes
    ----------
    chosen
        Question → reading, only what differs from "not said".
    parameters
        Number given with a reading, by the parameter's name (``window``: years).
    """

    law: Law
    chosen: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, int] = field(default_factory=dict)

    def reading(self, question: str) -> str:
        """The reading chosen for a question, or its default."""
        return self.chosen.get(question) or self.law.question(question).default

    def applicable(self, subject: Subject) -> Iterator[tuple[Question, Reading]]:
        """The questions that apply to a matter, each with the reading chosen."""
        for question in self.law.questions.values():
            if applies(question, subject):
                yield question, question.reading(self.reading(question.question))

    def effects(self, subject: Subject) -> Iterator[tuple[str, str, Effect]]:
        """What the readings do to a matter: question, reading and effect, in the order of the questions.

        A reading whose question requires another reading that is not chosen does nothing.
        """
        for question, reading in self.applicable(subject):
            if self.in_force(question, reading):
                for effect in reading.effects:
                    yield question.question, reading.id, effect

    def in_force(self, question: Question, reading: Reading) -> bool:
        """Whether everything that a reading requires is held."""
        return all(self.reading(name) == wanted for name, wanted in question.required(reading).items())

    def can_hold(self, reading: Reading) -> bool:
        """Whether a reading can be computed: one that takes a number needs one, chosen or its own."""
        window = reading.parameter
        return window is None or window.years is not None or window.parameter in self.parameters

    def with_(self, question: str, reading: str) -> Doctrine:
        """The same doctrine with another reading of one question."""
        return Doctrine(self.law, {**self.chosen, question: reading}, self.parameters)


def applies(question: Question, subject: Subject) -> bool:
    """Whether a question of law is about a matter."""
    to = question.applies_to
    return (
        (not to.kinds or subject.kind in to.kinds)
        and (not to.matters or subject.id in to.matters)
        and (not to.procedures or any(subject.procedure == p for p in to.procedures))
        and (to.proposed is None or to.proposed.holds(subject.proposed_on))
    )


def read_doctrine(law: Law, given: Iterable[str], window: int | None = None) -> Doctrine:
    """A doctrine from texts as ``rescission=effective`` or ``contemporaneity=required:10``.

    A reading that makes sense only under another (its question's ``require``) brings that one along.

    Parameters
    ----------
    law
        The law on file.
    given
        ``QUESTION=READING`` each, with ``:NUMBER`` where the reading takes one (a bare number picks that reading).
    window
        Years for the readings that take a number and are given none of their own.

    Raises
    ------
    UnknownName
        No such question or reading.
    ReadingConflict
        Two readings of one question, or a required reading contradicted.
    """
    chosen: dict[str, str] = {}
    parameters: dict[str, int] = {}
    common = None if window is None else _years(window, "--window")
    for text in given:
        name, equals, said = text.partition("=")
        if not equals:
            raise QueryError(
                f"{text!r} is no reading.",
                where="--reading",
                remedy="Write QUESTION=READING, as rescission=effective.",
            )
        question = law.question(name.strip())
        reading, years = _reading(question, said.strip(), common)
        if chosen.get(question.question, reading.id) != reading.id:
            raise ReadingConflict(
                f"{question.question} is given two readings: {chosen[question.question]} and {reading.id}.",
                where="--reading",
                remedy="Keep one.",
            )
        chosen[question.question] = reading.id
        if years is not None and reading.parameter:
            parameters[reading.parameter.parameter] = _years(years, f"--reading {text}")
        elif common is not None and reading.parameter:
            parameters[reading.parameter.parameter] = common
    if common is not None:
        taking = [r.parameter for q in law.questions.values() for r in q.readings if r.parameter]
        for parameter in taking:
            parameters.setdefault(parameter.parameter, common)
    _bring_along(law, chosen)
    return Doctrine(law, chosen, parameters)


def _reading(question: Question, said: str, common: int | None) -> tuple[Reading, str | None]:
    name, colon, number = said.partition(":")
    numeric = [r for r in question.readings if r.parameter]
    if not colon and name.isdigit() and len(numeric) == 1:
        return numeric[0], name
    try:
        reading = question.reading(name)
    except KeyError:
        known = (r.id for r in question.readings)
        raise UnknownName(f"reading of {question.question}", name, known, where="--reading") from None
    if colon and not reading.parameter:
        raise QueryError(
            f"The reading {name} of {question.question} takes no number.",
            where="--reading",
            remedy=f"Write {question.question}={name}.",
        )
    if reading.parameter and not colon and reading.parameter.years is None and common is None:
        raise QueryError(
            f"The reading {name} of {question.question} needs a number of years.",
            where="--reading",
            remedy=f"Write {question.question}={name}:20, for example.",
        )
    return reading, number if colon else None


def _years(given: str | int, where: str) -> int:
    text = str(given)
    if not text.isdigit() or not 1 <= int(text) <= LONGEST_WINDOW:
        raise QueryError(
            f"{text!r} is no number of years.",
            where=where,
            remedy=f"Give a whole number from 1 to {LONGEST_WINDOW}.",
        )
    return int(text)


def _bring_along(law: Law, chosen: dict[str, str]) -> None:
    """Hold what the readings chosen require; a default gives way where something else is chosen."""
    for name in list(chosen):
        question = law.question(name)
        for needed, wanted in question.required(question.reading(chosen[name])).items():
            if chosen.setdefault(needed, wanted) != wanted and chosen[name] != question.default:
                raise ReadingConflict(
                    f"{name}={chosen[name]} makes sense only with {needed}={wanted}; "
                    f"{needed}={chosen[needed]} is chosen.",
                    where="--reading",
                    remedy=f"Choose {needed}={wanted}, or leave {name} out.",
                )
