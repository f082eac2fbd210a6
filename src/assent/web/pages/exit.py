"""The page on how a state could leave: what may be done, who stops it, how likely it is, and what if nobody asks."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from assent.inquiries.standoff.parameters import given_of
from assent.render.texts import texts
from assent.web.address import Address
from assent.web.pages.counting import hidden
from assent.web.pages.leaving import Authority, choose_page, cited, states_of
from assent.web.pages.leaving_numbers import defaults_of
from assent.web.pages.leaving_odds import odds_of
from assent.web.pages.leaving_paths import blocks_of, ways_of
from assent.web.pages.leaving_regions import Setting, asked, regions_of
from assent.web.pages.setting import environment
from assent.web.pages.share import share
from assent.web.pages.turning import switches

if TYPE_CHECKING:
    from assent.api import Library
    from assent.inquiries.exit.exit import Exit
    from assent.inquiries.standoff.standoff import Standoff
    from assent.web.pages.leaving_regions import Regions
    from assent.web.pages.turning import Switch

MAP, DRAWS = (26, 16), 200  # the map here is coarser than on its own page, and nothing of the draws is shown
SECTIONS = (
    ("paths", "The ways out"),
    ("law", "What the law leaves open"),
    ("stops", "Who can stop it"),
    ("odds", "How likely it is"),
    ("own", "The state’s own steps"),
    ("polls", "What people were asked"),
    ("unasked", "Without asking"),
    ("before", "What happened before"),
    ("evidence", "With consent and without"),
    ("claims", "What is claimed"),
)
VERDICTS = {
    "right": ("Right", "adopted"),
    "incomplete": ("Incomplete", "pending"),
    "contested": ("Contested", "pending"),
    "wrong": ("Wrong", "failed"),
    "blank-filled": ("Left blank", "pending"),
}


class Section(NamedTuple):
    """A part of the page: its id, its title, and its place in the table of contents."""

    id: str
    title: str


class Told(NamedTuple):
    """Something on file with its authorities."""

    item: Any
    cites: tuple[Authority, ...]


class Unasked(NamedTuple):
    """The standoff on this page: what follows with the numbers set, its map, and the page with the whole."""

    found: Standoff
    regions: Regions
    url: str
    changed: bool
    reset: str
    measured: tuple[str, ...]
    assumed: int


class Beside(NamedTuple):
    """A path under the readings held and under a second set."""

    at: int
    title: str
    one: bool
    other: bool


def exit_page(ask: Address, library: Library) -> str:
    """How a state could leave; without one, the states to choose from.

    Raises
    ------
    QueryError
        It cannot be answered as asked.
    """
    if not ask.id:
        return choose_page(ask, library)
    found = _exit(library, ask.id, *_days(ask), tuple(ask.readings.items()), ask.window)
    said = texts(library.place)
    ways = ways_of(ask, library, found)
    unasked = _unasked(ask, library, found)
    first, others = _switches(ask, library, found)
    context = {
        "kind": "exit",
        "ask": ask,
        "found": found,
        "unit": said.unit,
        "sections": tuple(Section(*one) for one in SECTIONS if _shown(one[0], found, unasked=unasked is not None)),
        "ways": ways,
        "here": sum(way.here for way in ways),
        "some": sum(way.lawful == "contested" for way in ways),
        "sure": sum(way.lawful == "yes" for way in ways),
        "begun": sum(way.stage != "not begun" for way in ways),
        "first": first,
        "others": others,
        "beside": _beside(ask, library, found),
        "close": ask.url(against={}),
        "blocks": blocks_of(library, found, said.unit.one),
        "odds": odds_of(ask, library, found),
        "states": states_of(ask, library, "s"),
        "steps": tuple(Told(step, cited(library, step.cite)) for step in found.state_side.steps),
        "upstream": tuple((Told(one, cited(library, one.cite)), _upstream(one, ask)) for one in found.upstream),
        "side_cases": cited(library, found.state_side.cases),
        "side_measures": cited(library, found.state_side.measures),
        "unasked": unasked,
        "precedents": tuple(Told(one, cited(library, one.cite)) for one in found.precedents),
        "claims": tuple(Told(one, cited(library, one.cite)) for one in found.claims),
        "verdicts": VERDICTS,
        "counted": Counter(claim.verdict for claim in found.claims),
        "evidence_cites": cited(library, found.evidence.cite),
        "hidden": hidden,
        "share": share(
            ask.changed(view="", options={}),
            title=f"How {found.name} could leave",
            method="exit",
            command=found.reproduce,
            versions=found.versions,
        ),
        "plain": {
            "defiance": Address("defiance", options={"state": (ask.id,)}).url(),
            "today": ask.url(as_of=None, known_as_of=None),
            "reset": Address("exit", ask.id).url(),
            "record": Address("record").url(),
        },
    }
    return environment.get_template("exit.html").render(context)


def _days(ask: Address) -> tuple[date, date]:
    return ask.as_of or date.today(), ask.known_as_of or date.today()


def _shown(section: str, found: Exit, *, unasked: bool) -> bool:
    """Whether there is anything to say in a section."""
    has = {
        "polls": bool(found.polls),
        "unasked": unasked,
        "before": bool(found.precedents),
        "claims": bool(found.claims),
    }
    return has.get(section, True)


@lru_cache(maxsize=128)
def _exit(
    library: Library,
    state: str,
    as_of: date,
    known_as_of: date,
    readings: tuple[tuple[str, str], ...],
    window: int | None,
) -> Exit:
    return library.exit(state, as_of, known_as_of, dict(readings), window)


def _switches(ask: Address, library: Library, found: Exit) -> tuple[tuple[Switch, ...], tuple[Switch, ...]]:
    """The questions on which it turns which paths are lawful, and the others that were asked."""
    turning = [q for path in found.paths for term in path.lawful_under for q in term]
    first = tuple(dict.fromkeys(turning))
    others = tuple(q for q in found.readings if q not in first)
    return switches(ask, library, first), switches(ask, library, others)


def _beside(ask: Address, library: Library, found: Exit) -> tuple[Beside, ...]:
    if not ask.against:
        return ()
    theirs = _exit(library, ask.id, *_days(ask), tuple(ask.against.items()), ask.window)
    return tuple(
        Beside(at, one.title, one.lawful_here, other.lawful_here)
        for at, (one, other) in enumerate(zip(found.paths, theirs.paths, strict=True), 1)
    )


def _upstream(one: Any, ask: Address) -> str:
    return Address(one.stage, ask.id, ask.as_of).url()


def _unasked(ask: Address, library: Library, found: Exit) -> Unasked | None:
    if found.without_asking is None:
        return None
    given = given_of(library.place)
    setting = Setting(ask, given, defaults_of(library))
    solved = _standoff(library, ask.id, setting.said(), asked(given, "", MAP), _days(ask)[0])
    return Unasked(
        solved,
        regions_of(solved.map, setting, pointed=not ask.embed),
        Address("standoff", ask.id, ask.as_of, options={"set": setting.said()}).url(),
        bool(setting.said()),
        ask.url(set=()),
        found.without_asking.measured,
        found.without_asking.assumed,
    )


@lru_cache(maxsize=256)
def _standoff(library: Library, state: str, said: tuple[str, ...], drawn: str, as_of: date) -> Standoff:
    from assent.inquiries.standoff.standoff import Ask

    return library.standoff(state, said, ask=Ask(map=drawn, draws=DRAWS), as_of=as_of)
