"""A page: headings, sentences, trees and tables, each piece of text with the role it plays.

A role says what a piece of text *is* (an act that counts, a quiet aside, a command), never what it looks like; the
writers decide that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Role = Literal["", "pass", "fail", "open", "strong", "quiet", "code", "heading"]


class Span(NamedTuple):
    """A piece of text and its role."""

    text: str
    role: Role = ""


Line = tuple[Span, ...]
Said = str | Span | Line


def say(*parts: Said) -> Line:
    """One line of pieces; plain strings have no role.

    Examples
    --------
    >>> say("35 of ", strong("50"))
    (Span(text='35 of ', role=''), Span(text='50', role='strong'))
    """
    line: list[Span] = []
    for part in parts:
        if isinstance(part, str):
            line.append(Span(part))
        elif isinstance(part, Span):
            line.append(part)
        else:
            line.extend(part)
    return tuple(span for span in line if span.text)


def strong(text: str) -> Span:
    """Text that a reader should not miss."""
    return Span(text, "strong")


def quiet(text: str) -> Span:
    """An aside."""
    return Span(text, "quiet")


def code(text: str) -> Span:
    """Text to be typed, or an id that can be."""
    return Span(text, "code")


def plain(line: Line) -> str:
    """A line's text alone."""
    return "".join(span.text for span in line)


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part of the page."""

    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A sentence or more, set ``indent`` columns in."""

    line: Line
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Typed:
    """A command to be typed: never broken into lines."""

    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How many of how many, drawn, with a tick where enough begins."""

    count: int
    required: int
    of: int
    before: Line
    after: Line
    role: Role = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of a tree."""

    line: Line
    below: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """Branches under each other."""

    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A term and what is said of it."""

    term: Line
    line: Line


@dataclass(frozen=True, slots=True)
class Items:
    """Terms in one column, what is said of each in the next.

    ``widest`` is the widest term that still has its text beside it; after a wider one the text begins on the next line.
    """

    items: tuple[Item, ...]
    indent: int = 0
    widest: int = 28


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head. Columns named in ``right`` are set flush right; those in ``wrap`` give way first."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    right: frozenset[int] = frozenset()
    wrap: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Picture:
    """Lines that are a picture: each letter keeps its place. ``told`` says it to those who do not see it."""

    rows: tuple[Line, ...]
    told: str


Block = Heading | Para | Typed | Bar | Tree | Items | Table | Picture


@dataclass(frozen=True, slots=True)
class Page:
    """Blocks in order; ``title`` names the page where the medium wants a name."""

    title: str
    blocks: tuple[Block, ...]
