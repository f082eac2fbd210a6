"""The Python door: the same questions as on the command line, with frozen results.

Each function asks the library that its matter's id names; ``library`` gives one to keep, which may stand in any folder.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from assent.inquiries.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from assent.inquiries.exit import Exit
    from assent.inquiries.hinge import Hinge
    from assent.inquiries.library import Day
    from assent.inquiries.replay import Replay
    from assent.inquiries.show import QuestionShown, Shown
    from assent.inquiries.status import Status
    from assent.inquiries.timeline import Timeline
    from assent.inquiries.why import Why
    from assent.render.page import Page

__all__ = [
    "Library",
    "because",
    "exit",
    "hinge",
    "html",
    "json",
    "library",
    "mermaid",
    "page",
    "replay",
    "schema",
    "show",
    "status",
    "svg",
    "text",
    "timeline",
    "warnings",
]


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
    return library(matter).status(matter, as_of, known_as_of, readings, window)


def because(
    matter: str,
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
) -> Why:
    """Why a matter stands where it stands: ``Library.because`` of the library its id names."""
    return library(matter).because(matter, as_of, known_as_of, readings, window)


def timeline(
    matter: str,
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
) -> Timeline:
    """When the answer changed: ``Library.timeline`` of the library its id names."""
    return library(matter).timeline(matter, as_of, known_as_of, readings, window)


def hinge(
    matter: str,
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
) -> Hinge:
    """On which questions of law the answer turns: ``Library.hinge`` of the library its id names."""
    return library(matter).hinge(matter, as_of, known_as_of, readings, window)


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
