"""The Python door: the same questions as on the command line, with frozen results.

Each function asks the library that its matter's id names; ``library`` gives one to keep, which may stand in any folder.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assent.inquiries.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from assent.inquiries.chance import Chance
    from assent.inquiries.coalitions import Coalitions
    from assent.inquiries.counting import Believed
    from assent.inquiries.exit import Exit
    from assent.inquiries.hinge import Hinge
    from assent.inquiries.library import Day
    from assent.inquiries.plan import Ask, Plan
    from assent.inquiries.power import Power
    from assent.inquiries.replay import Replay
    from assent.inquiries.scenario import Scenario
    from assent.inquiries.show import QuestionShown, Shown
    from assent.inquiries.status import Status
    from assent.inquiries.timeline import Timeline
    from assent.inquiries.votes import Votes
    from assent.inquiries.why import Why
    from assent.render.page import Page

__all__ = [
    "Ask",
    "Library",
    "Votes",
    "because",
    "chance",
    "coalitions",
    "exit",
    "hinge",
    "html",
    "json",
    "library",
    "mermaid",
    "page",
    "plan",
    "power",
    "replay",
    "scenario",
    "schema",
    "show",
    "status",
    "svg",
    "text",
    "timeline",
    "votes",
    "warnings",
]


def __getattr__(name: str) -> Any:
    """Types of the counting questions, imported when they are first asked for."""
    homes = {"Ask": "assent.inquiries.plan", "Votes": "assent.inquiries.votes"}
    if name not in homes:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(homes[name]), name)


@lru_cache(maxsize=8)
def library(name: str = "", path: str | Path | None = None) -> Library:
    """The library of a jurisdiction, read once.

    Examples
    --------
    >>> library().name
    'us'
    """
    return Library(name, path)


def status(
    matter: str,
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
) -> Status:
    """Where a matter stands, and why: ``Library.status`` of the library its id names.

    Examples
    --------
    >>> status("us/amendment/era", as_of="2020-01-27", readings={"deadline": "not-binding"}).completed_on
    datetime.date(2020, 1, 27)
    """
    return Library.of(matter).status(matter, as_of, known_as_of, readings, window)


def because(
    matter: str,
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
) -> Why:
    """Why a matter stands where it stands: ``Library.because`` of the library its id names."""
    return Library.of(matter).because(matter, as_of, known_as_of, readings, window)


def timeline(
    matter: str,
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
) -> Timeline:
    """When the answer changed: ``Library.timeline`` of the library its id names."""
    return Library.of(matter).timeline(matter, as_of, known_as_of, readings, window)


def hinge(
    matter: str,
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
) -> Hinge:
    """On which questions of law the answer turns: ``Library.hinge`` of the library its id names."""
    return Library.of(matter).hinge(matter, as_of, known_as_of, readings, window)


def replay(
    jurisdiction: str = "",
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
) -> Replay:
    """Whether the law on file gives the official outcome of every matter: ``Library.replay``."""
    return library(jurisdiction).replay(as_of, known_as_of, readings, window)


def exit(  # noqa: A001 - the word of the domain; Python's own `exit` is for the prompt
    state: str,
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
) -> Exit:
    """How a state could leave: ``Library.exit``.

    Examples
    --------
    >>> exit("California").state
    'CA'
    """
    return library().exit(state, as_of, known_as_of, readings, window)


def show(
    name: str, as_of: Day = None, readings: Mapping[str, str] | Iterable[str] | None = None
) -> Shown | QuestionShown:
    """A procedure, or a question of law, in plain words: ``Library.show``."""
    return library(name if "/" in name else "").show(name, as_of, readings)


def votes(
    file: str | Path, quota: str | float, quota2: str | float | None = None, block_at_least: int | None = None
) -> Votes:
    """A typed vote, to ask about in place of a procedure: ``member, weight[, weight2][, veto]`` and columns of groups.

    Parameters
    ----------
    file
        A CSV file.
    quota
        What the weights must reach: ``270``, ``2/3``, ``65%``, ``>1/2``.
    quota2
        The same of the second weights, both being needed.
    block_at_least
        A blocking minority needs at least so many members.

    Raises
    ------
    QueryError
        A row or the rule is wrong, with file, line, value and remedy.
    """
    from pathlib import Path

    from assent.inquiries.votes import read_votes

    return read_votes(Path(file), quota, quota2, block_at_least)


def scenario(
    p: Iterable[str] | float | Mapping[str, float] = (),
    file: str | Path | None = None,
    factors: Iterable[str] | Mapping[str, float] = (),
) -> Scenario:
    """What is believed: from options as on the command line, a mapping, a file, or several of them.

    Raises
    ------
    QueryError
        Something in it is wrong.

    Examples
    --------
    >>> scenario({"*": 0.6}, factors={"nation": 0.3}).factors
    {'nation': 0.3}
    """
    from assent.inquiries.scenario import read_scenario

    return read_scenario(p, file, factors)


def power(
    procedure: str | Votes, index: str = "banzhaf", by: str = "", scenario: Believed = None, **more: Any
) -> Power:
    """Who weighs how much: ``Library.power`` of the library the procedure names; ``more`` is passed on to it.

    Examples
    --------
    >>> power("us/article-v/propose").values[0].id
    'us/house'
    """
    return _of(procedure).power(procedure, index, by, scenario, **more)


def chance(procedure: str | Votes, scenario: Believed = None, **more: Any) -> Chance:
    """How likely it is, under what is believed: ``Library.chance``; ``more`` is passed on to it.

    Examples
    --------
    >>> chance("us/article-v/propose", {"body:us/house": 1, "body:us/senate": 0.5}).gradients[0].id
    'us/senate'
    """
    return _of(procedure).chance(procedure, scenario, **more)


def coalitions(procedure: str | Votes, member: str = "", **more: Any) -> Coalitions:
    """Which coalitions there are: ``Library.coalitions``; ``more`` is passed on to it."""
    return _of(procedure).coalitions(procedure, member, **more)


def plan(procedure: str | Votes = "", goal: str = "pass", ask: Ask | None = None, **more: Any) -> Plan:
    """The cheapest way to pass or to block: ``Library.plan``; ``more`` is passed on to it."""
    return _of(procedure or more.get("matter", "")).plan(procedure, goal, ask, **more)


def _of(procedure: str | Votes) -> Library:
    return library(procedure) if isinstance(procedure, str) else library()


def text(result: object, *, width: int = 80, full: bool = False, library: Library | None = None) -> str:
    """A result as a person reads it.

    Parameters
    ----------
    result
        What any question gave.
    width
        Columns.
    full
        Every act and every row, where the page folds them otherwise.
    library
        Where the result came from, if it is not the library that ships.

    Raises
    ------
    TypeError
        It is no result of Assent.

    Examples
    --------
    >>> print(text(status("us/articles", as_of="1781-03-01")).splitlines()[0])
    The Articles of Confederation was complete on 1781-03-01. us/articles
    """
    from assent.render.text import text

    return text(page(result, full=full, library=library), width)


def html(result: object, *, full: bool = False, library: Library | None = None) -> str:
    """A result as a fragment of HTML, for a notebook or a page of your own. Parameters as for ``text``."""
    from assent.render.html import html

    return html(page(result, full=full, library=library))


def json(result: object) -> str:
    """A result as JSON: every field under its own name."""
    from assent.render.json import json

    return json(result)


def svg(shown: Shown | QuestionShown) -> str:
    """A procedure as a drawing.

    Raises
    ------
    NotApplicable
        A question of law has no stages to draw.

    Examples
    --------
    >>> svg(show("us/article-v"))[:4]
    '<svg'
    """
    from assent.render.diagram import svg

    return svg(shown)


def mermaid(shown: Shown | QuestionShown) -> str:
    """A procedure as Mermaid text.

    Raises
    ------
    NotApplicable
        A question of law has no stages to draw.
    """
    from assent.render.mermaid import mermaid

    return mermaid(shown)


def page(result: object, *, full: bool = False, library: Library | None = None) -> Page:
    """A result as a page, which every writer sets. Parameters as for ``text``."""
    from assent.render.pages import page_of

    place = library or _shipped()
    return page_of(result, place.place, full=full)


def warnings(result: object) -> tuple[str, ...]:
    """What a reader should know before trusting a result: readings that were chosen and do nothing here."""
    from assent.render.words import chosen_in

    chosen = chosen_in(str(getattr(result, "reproduce", "")))
    said: tuple[str, ...] = getattr(result, "notes", ())
    return tuple(note for note in said if note.partition("=")[0] in chosen)


def schema(kind: str = "procedure") -> str:
    """The JSON Schema of a kind of law file: ``procedure``, ``question`` or ``authorities``.

    Raises
    ------
    UnknownName
        There is no such kind.

    Examples
    --------
    >>> '"$ref": "#/$defs/Question"' in schema("question")
    True
    """
    from assent.render.schema import schema_of

    return json(schema_of(kind))


def _shipped() -> Library:
    return library()
