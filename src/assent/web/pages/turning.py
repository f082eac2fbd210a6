"""Turning: the questions of law of a matter as switches, those first on which its answer turns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assent.errors import QueryError, ReadingConflict
from assent.web.address import Address, Links
from assent.web.pages.setting import Stencil, environment, shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from markupsafe import Markup

    from assent.api import Library
    from assent.inquiries.matter.hinge import Ending, Hinge
    from assent.law.questions import Question, Reading

Said = tuple[tuple[str, str], ...]
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
    """The switches of a matter, as HTML: those on which its answer turns, the others, and all for two sets at once."""

    first: tuple[Markup, ...]
    others: tuple[Markup, ...]
    pairs: tuple[Markup, ...]
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
    plain = ask.changed(as_of=None, readings={}, against={}, yes=(), no=())
    hinge, lead, outcomes = _endings(library, plain, date.today())
    told = [name for name in held if name in library.questions]
    chosen = [name for name in told if name in ask.readings]
    first = [name for name in dict.fromkeys((*lead, *chosen)) if name in told]
    others = [name for name in told if name not in first]
    links = Links.of(ask, "readings"), Links.of(ask, "against")
    ways = shared(*links)
    said = tuple(ask.readings.items()), tuple(ask.against.items()), ask.window

    def drawn(macro: str, *names: str) -> tuple[Markup, ...]:
        return tuple(
            stencil.filled(ways)
            if stencil
            else _macro(macro)(_switch(ask, library, library.questions[name], links), ask)
            for name, stencil in zip(names, _stencils(macro, library, names, *said), strict=True)
        )

    return Turning(
        drawn("switch", *first),
        drawn("switch", *others),
        drawn("pair", *first, *others) if ask.against else (),
        hinge,
        outcomes,
        tuple(sorted(outcomes, key=lambda o: (len(o.ways), len(o.ways[0].readings)))),
    )


@lru_cache(maxsize=256)
def _endings(
    library: Library, plain: Address, today: date
) -> tuple[Hinge | None, tuple[str, ...], tuple[Outcome, ...]]:
    """What a matter turns on over the whole record: the same for every day shown, and whatever is supposed."""
    hinge = _hinge(library, plain.id, plain.known_as_of, today)
    if hinge is None:
        return None, (), ()
    lead = (*_weightiest(hinge), *(said.partition("=")[0] for said in hinge.untried))
    return hinge, lead, tuple(_outcome(plain, library, ending) for ending in hinge.outcomes)


def _weightiest(hinge: Hinge) -> list[str]:
    """The questions on which an answer turns, those first that have a say in most ways to an outcome."""
    ways = [way for ending in hinge.outcomes for way in ending.when]
    return sorted(hinge.turns_on, key=lambda name: (-sum(name in way for way in ways), name))


def switches(ask: Address, library: Library, names: Iterable[str]) -> tuple[Switch, ...]:
    """Questions of law as switches; names of others are left out."""
    links = Links.of(ask, "readings"), Links.of(ask, "against")
    return tuple(_switch(ask, library, library.questions[name], links) for name in names if name in library.questions)


@lru_cache(maxsize=256)
def _stencils(
    macro: str, library: Library, names: tuple[str, ...], held: Said, second: Said, window: int | None
) -> tuple[Stencil | None, ...]:
    return tuple(_stencil(macro, library, name, held, second, window) for name in names)


@lru_cache(maxsize=2048)
def _stencil(macro: str, library: Library, name: str, held: Said, second: Said, window: int | None) -> Stencil | None:
    """The HTML of a switch, to be filled with where its links lead; ``None`` if more of it is the page's own."""
    plain = Address(readings=dict(held), window=window, against=dict(second))
    made = _switch(plain, library, library.questions[name], (Stencil.links(), Stencil.links(1)))
    return Stencil(_macro(macro)(made, plain)) if made.years is None else None


def _macro(name: str) -> Callable[[Switch, Address], Markup]:
    macro: Callable[[Switch, Address], Markup] = getattr(environment.get_template("parts.html").module, name)
    return macro


def _switch(ask: Address, library: Library, question: Question, links: tuple[Links, Links]) -> Switch:
    to, beside = links
    name, _, number = ask.readings.get(question.question, question.default).partition(":")
    reading = question.reading(name)
    second = ask.against.get(question.question, question.default).partition(":")[0] if ask.against else ""
    first, other = _leads(ask, library, question)
    choices = tuple(
        Choice(
            r.id,
            r.title,
            r.standing,
            r.id == name,
            r.id == question.default,
            to.to(held),
            beside.to(against) if ask.against or r.id != name else "",
            r.id == second,
        )
        for r, held, against in zip(question.readings, first, other, strict=True)
    )
    years = None
    if reading.parameter:
        years = int(number) if number.isdigit() else ask.window or reading.parameter.years or YEARS
    about = " ".join(question.about.split())
    url = Address("question", question.question).url()
    return Switch(question.question, question.title, about, url, choices, years, name)


def _leads(ask: Address, library: Library, question: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How it is written that each reading of a question is held, in the first set and in the second.

    Where nothing is compared yet, the second set is the first with the reading held.
    """
    first, second = tuple(ask.readings.items()), tuple((ask.against or ask.readings).items())
    ways = _ways(library, question.question, first, ask.window), _ways(library, question.question, second, ask.window)
    return tuple(held for held, _ in ways[0]), tuple(against for _, against in ways[1])


@lru_cache(maxsize=4096)
def _ways(library: Library, name: str, before: Said, window: int | None) -> tuple[tuple[str, str], ...]:
    """How a set is written that holds a reading beside what was held before: as the first set, and as the second."""
    question, ways = library.questions[name], []
    for reading in question.readings:
        to = dict(_holding(library, name, reading.id, before, window))
        said = to.get(name, reading.id)  # a default is said aloud in the second set
        written = Address(readings=to), Address(against={**to, name: said})
        ways.append((written[0].query()[1:], written[1].query()[1:]))
    return tuple(ways)


def hold(ask: Address, library: Library, question: Question, reading: Reading) -> Address:
    """The same page with one reading more held, and without those that cannot be held beside it."""
    held = _holding(library, question.question, reading.id, tuple(ask.readings.items()), ask.window)
    return ask.changed(readings=dict(held))


@lru_cache(maxsize=4096)
def _holding(library: Library, name: str, chosen: str, before: Said, window: int | None) -> Said:
    question = library.questions[name]
    reading = question.reading(chosen)
    held = {**dict(before), name: chosen}
    if reading.parameter:
        held[name] = f"{chosen}:{reading.parameter.years or YEARS}"
    for other in [n for n in held if n != name]:
        asked = library.questions[other]
        needs = asked.required(asked.reading(held[other].partition(":")[0]))
        if needs.get(name, chosen) != chosen:
            del held[other]
    for needed, wanted in question.required(reading).items():
        if held.get(needed, library.questions[needed].default) != wanted:
            held[needed] = wanted
    if chosen == question.default:
        del held[name]
    try:
        library.doctrine(held, window)
    except ReadingConflict:
        held = {} if chosen == question.default else {name: held[name]}
    return tuple(held.items())


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
