"""The page on a question of law: its readings, who holds them on what authority, and the matters that it decides."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from assent.errors import AssentError
from assent.inquiries.filed.show import QuestionShown
from assent.web.inquiry import inquire
from assent.web.pages.modelled import called, page
from assent.web.pages.turning import switches, whole_hinge

if TYPE_CHECKING:
    from assent.api import Library
    from assent.web.address import Address


_AT_WORK = Lock()  # so that two threads do not work out the same matter side by side


class Decided(NamedTuple):
    """A matter whose answer turns on the question, and where two of its readings stand side by side."""

    id: str
    title: str
    url: str
    beside: str


def question_page(ask: Address, library: Library) -> str:
    """A question of law.

    Raises
    ------
    QueryError
        A day is wrong.
    """
    found = inquire(library, ask)
    assert isinstance(found, QuestionShown)  # noqa: S101 - an address of this kind names a question
    at = ask.__class__
    turns = [m for m in library.matters if ask.id in turning_on(library, m)]
    return page(
        "question.html", ask, library, title=found.title, method="show", found=found, nav="law",
        drawn=bool(turns),
        python=called("show", ask.id, {}), index=at("law").url(),
        decides=tuple(_decided(at("matter", m), library, ask.id) for m in turns),
        require=tuple((q, r, at("question", q).url()) for q, r in found.require.items()),
    )  # fmt: skip


def _decided(matter: Address, library: Library, question: str) -> Decided:
    choices = switches(matter, library, (question,))[0].choices
    beside = next((f"{choice.beside}#beside" for choice in choices if choice.beside), "")
    return Decided(matter.id, library.matters[matter.id].title, f"{matter.url()}#q-{question}", beside)


def turning_on(library: Library, matter: str) -> frozenset[str]:
    """The questions on which a matter's answer turns, as its page says; worked out once, whoever asks."""
    with _AT_WORK:
        return _turning(library, matter, date.today())


@lru_cache(maxsize=1024)
def _turning(library: Library, matter: str, day: date) -> frozenset[str]:
    """The questions on which a matter's answer turns, on its whole record."""
    del day
    try:
        found = whole_hinge(library, matter, None)
    except AssentError:
        return frozenset()
    return frozenset(getattr(found, "turns_on", ()) or ())
