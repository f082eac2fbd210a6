"""The page of the record: every act with its source, filtered by a form, and the claims that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assent.render.texts import texts
from assent.web.inquiry import inquire
from assent.web.pages.modelled import called, page
from assent.web.pages.setting import days

if TYPE_CHECKING:
    from assent.api import Library
    from assent.inquiries.filed.acts import ActRow, Acts
    from assent.web.address import Address

ON_A_PAGE = 40


class Choice(NamedTuple):
    """A value of a filter, and how many acts it leaves."""

    value: str
    said: str
    number: int
    held: bool


class Shown(NamedTuple):
    """An act on the page: its row, its day in words, and where its matter stands."""

    row: ActRow
    when: str
    url: str


def record_page(ask: Address, library: Library) -> str:
    """The acts on file.

    Raises
    ------
    QueryError
        A name or a day is wrong.
    """
    found: Acts = inquire(library, ask)  # type: ignore[assignment]
    last = max(-(-found.total // ON_A_PAGE), 1)
    number = min(int(ask.option("page")), last)
    first = (number - 1) * ON_A_PAGE
    shown = found.acts[first : first + ON_A_PAGE]
    matter = ask.__class__("matter", "").changed
    names = {m.unit: m.name for ms in library.place.record.rosters.values() for m in ms}
    given: dict[str, object] = {n: ask.option(n) for n in ("matter", "state", "act", "since", "until")}
    given |= {"disputed": True} if ask.option("disputed") else {}
    return page(
        "record.html", ask, library, title="The record", method="acts", found=found, nav="record",
        drawn=bool(found.acts),
        python=called("acts", "", given), unit=texts(library.place).unit,
        shown=tuple(Shown(row, days(row.when), matter(id=row.matter).url()) for row in shown),
        matters=tuple(Choice(m, library.matters[m].title, n, m == found.matter) for m, n in found.matters.items()),
        states=tuple(Choice(s, names[s], n, s == found.state)
                     for s, n in sorted(found.states.items(), key=lambda pair: names[pair[0]])),
        acts=tuple(Choice(k, k.replace("-", " "), n, k == found.act) for k, n in sorted(found.kinds.items())),
        first=first + 1 if shown else 0, last_shown=first + len(shown), number=number, pages=last,
        before=ask.url(page=str(number - 1)) if number > 1 else "",
        after=ask.url(page=str(number + 1)) if number < last else "",
        contradictions=ask.__class__("contradictions").url(), plain=ask.__class__("record").url(),
    )  # fmt: skip
