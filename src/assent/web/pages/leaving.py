"""What the pages on leaving share: authorities as links, the states to choose from, numbers as people read them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assent.errors import AssentError
from assent.inquiries.standoff.breakeven import number
from assent.inquiries.states import find_state
from assent.law.citations import Cite
from assent.render.map import Mark
from assent.render.standoff import signed
from assent.render.texts import texts
from assent.web.address import Address
from assent.web.pages.plotted import plot
from assent.web.pages.setting import environment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assent.api import Library
    from assent.web.pages.plotted import Plot

LEAST, PLAIN = 0.00005, 0.1  # shares of a hundred below these are told as "under", or with more digits
HERE, ELSE = "yes", "none"


class Authority(NamedTuple):
    """An authority as a link: short, and in full."""

    url: str
    short: str
    full: str


class Near(NamedTuple):
    """A state to choose: its code, its name, and its page."""

    code: str
    name: str
    url: str
    here: bool


class States(NamedTuple):
    """The states to choose from, as a map, tiles and a list."""

    drawn: Plot | None
    rows: tuple[Near, ...]


def cited(library: Library, cites: Iterable[str]) -> tuple[Authority, ...]:
    """Authorities, each once, as links to what is on file of them."""
    return tuple(_authority(library, cite) for cite in dict.fromkeys(cites))


@lru_cache(maxsize=4096)
def _authority(library: Library, cite: str) -> Authority:
    name, _, at = cite.partition(", ")
    authority = library.place.law.authority(name)
    year = f" ({authority.year})" if authority.year and str(authority.year) not in authority.title else ""
    where = f", {at}" if at else ""
    full = f"{library.place.law.cited(Cite(name, at))} [{authority.standing}]"
    return Authority(Address("cite", name).url(), f"{authority.title}{year}{where}", full)


def states_of(ask: Address, library: Library, key: str = "") -> States:
    """The states that one may ask about, each a link to the same page about it.

    What was asked of the law and the days stays; what was believed or set stays too.
    """
    day = ask.as_of or date.today()
    roster = library.place.record.roster(library.place.profile.states, day)
    rows = tuple(
        Near(m.unit, m.name, ask.changed(id=m.unit).url(), m.unit == ask.id)
        for m in sorted(roster, key=lambda member: member.name)
    )
    marks = {
        row.code: Mark(row.code, HERE if row.here else ELSE, row.name, "" if row.here else row.url, ring=row.here)
        for row in rows
    }
    return States(plot(library, marks, {}, key), rows)


def name_of(library: Library, state: str, day: date) -> str:
    """A state's name, or the code where it was none that day."""
    try:
        return find_state(library.place, state, day)[1]
    except AssentError:
        return state


def choose_page(ask: Address, library: Library) -> str:
    """The page on leaving before a state is chosen."""
    said = texts(library.place)
    ways = [p for p in library.place.law.procedures.values() if p.lawful is not None]
    return environment.get_template("leaving.html").render(
        kind="exit",
        ask=ask,
        unit=said.unit,
        states=states_of(ask, library),
        says=said.leaving.says if said.leaving else "",
        ways=tuple((p.title, " ".join(p.about.split()), Address("law", p.procedure).url()) for p in ways),
        versions=library.place.versions,
    )


def hundred(share: float) -> str:
    r"""A share as so many in a hundred.

    Examples
    --------
    >>> hundred(0.0436), hundred(0.5), hundred(0.00001), hundred(0.0), hundred(0.0004)
    ('4.4\xa0%', '50\xa0%', 'under 0.01\xa0%', '0\xa0%', '0.04\xa0%')
    """
    if 0 < share < LEAST:
        return "under 0.01\u00a0%"
    of = 100 * share
    said = f"{of:.2g}" if 0 < of < PLAIN else f"{of:.1f}".rstrip("0").rstrip(".")
    return f"{said}\u00a0%"


environment.filters |= {"hundred": hundred, "number": number, "signed": signed}
