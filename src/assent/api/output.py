"""Output: what becomes of a result, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.api.libraries import library as shipped

if TYPE_CHECKING:
    from assent.inquiries.filed.show import QuestionShown, Shown
    from assent.inquiries.library import Library
    from assent.render.page import Page


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
    >>> from assent.api import status
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
    >>> from assent.api import show
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

    place = library or shipped()
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
