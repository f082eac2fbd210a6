"""What is tallied for a drawing: matters as they stand, and one matter after the other as each reading has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.errors import NotApplicable
from assent.render.tallies import Group, Tally
from assent.render.texts import texts
from assent.web.address import Address
from assent.web.pages.question import turning_on
from assent.web.pages.turning import hold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assent.api import Library
    from assent.inquiries.filed.listing import Matters


def by_kind(library: Library, found: Matters) -> Iterator[Group]:
    """The matters of a list as they stand today under the default readings, by kind.

    A kind that one or two decide is folded: its bars would be empty or full.
    """
    said = texts(library.place)
    for kind in dict.fromkeys(row.kind for row in found.matters):
        rows = (row for row in found.matters if row.kind == kind)
        tallies = tuple(Tally.of_status(row.title, library.status(row.id)) for row in rows)
        yield Group(said.kind(kind).many, tallies, folded=not any(one.counted for one in tallies))


def by_reading(library: Library, name: str) -> Iterator[Group]:
    """The matters whose answer turns on a question, each as every reading of it has it.

    Raises
    ------
    NotApplicable
        There is none.
    """
    question = library.questions[name]
    turns = [matter for matter in library.matters if name in turning_on(library, matter)]
    if not turns:
        raise NotApplicable(f"No matter on file turns on {name}.")
    for matter in turns:
        tallies = []
        for reading in question.readings:
            held = hold(Address("matter", matter), library, question, reading).readings
            beside = [f"{other}={said}" for other, said in held.items() if other != name]
            title = f"{reading.title} (default)" if reading.id == question.default else reading.title
            title = f"{title} (with {', '.join(beside)})" if beside else title
            tallies.append(Tally.of_status(title, library.status(matter, readings=held)))
        yield Group(library.matters[matter].title, tuple(tallies))
