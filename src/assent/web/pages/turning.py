"""Turning: the questions of law of a matter as switches, those first on which its answer turns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assent.errors import QueryError, ReadingConflict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assent.api import Library
    from assent.inquiries.matter.hinge import Ending, Hinge
    from assent.law.questions import Question, Reading
    from assent.web.address import Address

MOST_TOLD = 4  # outcomes in one sentence
YEARS = 15  # where a reading takes a number of years and has none of its own: a place to start, said to be one


@dataclass(frozen=True, slots=True)
class Choice:
    """A reading as a switch: what it says, whether it is held, and where a click leads.

    ``beside`` leads to a second set of readings that holds it, and ``second`` says whether that set does already.
    """

    id: str
    title: str
    standing: str
    held: bool
    default: bool
    url: str
    beside: str
    second: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """A question of law and its readings; the one held, and ``years`` where it takes a number."""

    id: str
    title: str
    about: str
    url: str
    choices: tuple[Choice, ...]
    years: int | None = None
    held: str = ""

    @property
    def apart(self) -> bool:
        """Whether two sets that are compared answer it differently."""
        return any(choice.second and not choice.held for choice in self.choices)


class Turning(NamedTuple):
    """The switches of a matter: those on which its answer turns, and the others."""

    first: tuple[Switch, ...]
    others: tuple[Switch, ...]
    hinge: Hinge | None
    outcomes: tuple[Outcome, ...]
    sentence: tuple[Outcome, ...]

    @property
    def brief(self) -> bool:
        """Whether the outcomes can be told in one sentence."""
        lead = [len(outcome.ways[0].readings) for outcome in self.sentence[:-1]]
        return len(self.outcomes) <= MOST_TOLD and sum(lead) <= 2 * MOST_TOLD


class Way(NamedTuple):
    """Readings that force an outcome: each as question, reading and its words; and where they are held."""

    readings: tuple[tuple[str, str, str], ...]
    url: str


class Outcome(NamedTuple):
    """An outcome, and the ways to it."""

    stage: str
    completed_on: date | None
    sets: int
    ways: tuple[Way, ...]


def turning(ask: Address, library: Library, held: Mapping[str, str]) -> Turning:
    """The switches of a matter.

    Parameters
    ----------
    ask
        The page; every switch leads to the same page with another reading.
    library
        Where the law is.
    held
        The readings under which the answer was given.
    """
    hinge = whole_hinge(library, ask.id, ask.known_as_of)
    told = [name for name in held if name in library.questions]
    first = [] if hinge is None else [*_weightiest(hinge), *(said.partition("=")[0] for said in hinge.untried)]
    first += [name for name in told if name in ask.readings and name not in first]
    switches = {name: switch(ask, library, library.questions[name]) for name in told}
    outcomes = tuple(_outcome(ask, library, ending) for ending in hinge.outcomes) if hinge else ()
    return Turning(
        tuple(switches[name] for name in dict.fromkeys(first) if name in switches),
        tuple(switches[name] for name in told if name not in first),
        hinge,
        outcomes,
        tuple(sorted(outcomes, key=lambda o: (len(o.ways), len(o.ways[0].readings)))),
    )


def _weightiest(hinge: Hinge) -> list[str]:
    """The questions on which an answer turns, those first that have a say in most ways to an outcome."""
    ways = [way for ending in hinge.outcomes for way in ending.when]
    return sorted(hinge.turns_on, key=lambda name: (-sum(name in way for way in ways), name))


def switch(ask: Address, library: Library, question: Question) -> Switch:
    """A question of law as a switch."""
    held = ask.readings.get(question.question, question.default)
    name, _, number = held.partition(":")
    reading = question.reading(name)
    second = ask.against.get(question.question, question.default).partition(":")[0] if ask.against else ""
    choices = []
    for r in question.readings:
        to = hold(ask, library, question, r)
        other = hold(ask.changed(readings=ask.against), library, question, r) if ask.against else to
        said = other.readings.get(question.question, r.id)  # a default is said aloud in the second set
        compared = bool(ask.against) or r.id != name
        beside = ask.url(against={**other.readings, question.question: said}) if compared else ""
        default = r.id == question.default
        choices.append(Choice(r.id, r.title, r.standing, r.id == name, default, to.url(), beside, r.id == second))
    years = None
    if reading.parameter:
        years = int(number) if number.isdigit() else ask.window or reading.parameter.years or YEARS
    about = " ".join(question.about.split())
    url = ask.__class__("question", question.question).url()
    return Switch(question.question, question.title, about, url, tuple(choices), years, name)


def hold(ask: Address, library: Library, question: Question, reading: Reading) -> Address:
    """The same page with one reading more held, and without those that cannot be held beside it."""
    name = question.question
    held = {**ask.readings, name: reading.id}
    if reading.parameter:
        held[name] = f"{reading.id}:{reading.parameter.years or YEARS}"
    for other in [n for n in held if n != name]:
        asked = library.questions[other]
        needs = asked.required(asked.reading(held[other].partition(":")[0]))
        if needs.get(name, reading.id) != reading.id:
            del held[other]
    for needed, wanted in question.required(reading).items():
        if held.get(needed, library.questions[needed].default) != wanted:
            held[needed] = wanted
    if reading.id == question.default:
        del held[name]
    try:
        library.doctrine(held, ask.window)
    except ReadingConflict:
        held = {} if reading.id == question.default else {name: held[name]}
    return ask.changed(readings=held)


def _outcome(ask: Address, library: Library, ending: Ending) -> Outcome:
    ways = []
    for when in ending.when:
        named = tuple((q, r, library.questions[q].reading(r).title) for q, r in when.items())
        held = {}
        for q, r in when.items():
            reading = library.questions[q].reading(r)
            if r != library.questions[q].default:
                held[q] = f"{r}:{reading.parameter.years or YEARS}" if reading.parameter else r
        ways.append(Way(named, ask.url(readings=held, as_of=None, against={}, yes=(), no=())))
    return Outcome(ending.stage, ending.completed_on, ending.sets, tuple(ways))


def whole_hinge(library: Library, matter: str, known_as_of: date | None) -> Hinge | None:
    """The hinge over the whole record: as of today, as known on a day, without anything supposed.

    It is the same for every day shown, so that the switches of a page keep their places; ``None`` where there are too
    many sets of readings, or the matter was not yet known.
    """
    return _hinge(library, matter, known_as_of, date.today())


@lru_cache(maxsize=256)
def _hinge(library: Library, matter: str, known_as_of: date | None, today: date) -> Hinge | None:
    try:
        return library.hinge(matter, today, known_as_of or today)
    except QueryError:
        return None
