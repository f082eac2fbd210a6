"""The page on a procedure: plain words beside its diagram and citations; and the index of procedures and questions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from assent.inquiries.filed.show import Shown
from assent.render.diagram import svg
from assent.render.texts import texts
from assent.web.inquiry import inquire
from assent.web.pages.counting import QUESTIONS, needs
from assent.web.pages.modelled import called, page

if TYPE_CHECKING:
    from datetime import date

    from assent.api import Library
    from assent.web.address import Address


_BOX = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')


class Entry(NamedTuple):
    """A line of an index."""

    id: str
    title: str
    about: str
    url: str


class Group(NamedTuple):
    """Procedures that begin with the same step of their ids."""

    title: str
    entries: tuple[Entry, ...]


class Asked(NamedTuple):
    """A counting question about a procedure."""

    label: str
    says: str
    url: str


def law_page(ask: Address, library: Library) -> str:
    """A procedure, or the index.

    Raises
    ------
    QueryError
        A reading or a day is wrong.
    """
    if not ask.id:
        return _index(ask, library)
    found = inquire(library, ask)
    assert isinstance(found, Shown)  # noqa: S101 - an address of this kind names a procedure
    at = ask.__class__
    return page(
        "law.html", ask, library, title=found.title, method="show", found=found, nav="law",
        python=called("show", ask.id, {"as_of": ask.as_of or ""}),
        drawing=ask.file("svg"), size=_size(found), counting=tuple(_counting(ask, library, found.as_of)),
        questions=tuple((library.questions[q.id], at("question", q.id).url()) for q in found.questions),
        matters=tuple((library.matters[m].title, at("matter", m).url()) for m in found.matters),
        lawful=tuple(" and ".join(f"{q}={r}" for q, r in term.items()) for term in found.lawful or ()),
        unit=texts(library.place).unit, index=at("law").url(),
    )  # fmt: skip


def _size(found: Shown) -> tuple[str, str]:
    """How wide and high the diagram is, in pixels, so that its letters are as large as those of the page."""
    seen = _BOX.search(svg(found))
    return (seen[1], seen[2]) if seen else ("", "")


def _counting(ask: Address, library: Library, day: date) -> list[Asked]:
    """The counting questions, where the members of the procedure can be counted."""
    if needs(library, ask.id, day, ()) is None:
        return []
    return [Asked(label, says, ask.__class__(kind, ask.id).url()) for kind, (label, says) in QUESTIONS.items()]


def _index(ask: Address, library: Library) -> str:
    said = texts(library.place)
    found = library.list_procedures()
    groups: dict[str, list[Entry]] = {}
    for row in found.procedures:
        head = row.id.split("/")[1]
        groups.setdefault(head, []).append(Entry(row.id, row.title, row.about, ask.__class__("law", row.id).url()))
    questions = tuple(
        Entry(q.question, q.title, f"{len(q.readings)} readings", ask.__class__("question", q.question).url())
        for q in library.questions.values()
    )
    return page(
        "laws.html", ask, library, title="The law in plain words", method="list_procedures", found=found, nav="law",
        python=called("list_procedures", "", {}),
        groups=tuple(Group(said.procedure(head), tuple(entries)) for head, entries in groups.items()),
        questions=questions,
    )  # fmt: skip
