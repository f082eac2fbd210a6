"""The board: the map, tiles and list of a matter, each unit a link to the next thing one may suppose of it."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from assent.render.atlas import atlas, counted_act
from assent.render.map import HIGH, WIDE, Mark, map_parts
from assent.render.texts import texts
from assent.render.tiles import size, tile_parts
from assent.web.address import Address, Links
from assent.web.pages.setting import Stencil, shared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assent.api import Library
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.matter.positions import Position
    from assent.inquiries.matter.status import Status

FIRST, LAST = ("yes", "yes-despite"), ("barred", "no", "void", "late", "expired", "withdrew", "uncertain", "after")


class Kind(NamedTuple):
    """A row of the legend: how units stand, in words, and how many of them do."""

    how: str
    said: str
    number: int


class Part(NamedTuple):
    """A part of the meter: where it begins and how long it is, in units."""

    how: str
    start: int
    size: int


class Row(NamedTuple):
    """A row of the list: a unit, how it stands, and where one may go from it."""

    unit: str
    name: str
    how: str
    said: str
    text: str
    supposed: str
    counts: bool
    links: tuple[tuple[str, str], ...]


class Stand(NamedTuple):
    """What is drawn of a unit's position."""

    unit: str
    name: str
    how: str
    supposed: str
    could: tuple[str, ...]


_STANDS = attrgetter(*Stand._fields)


class Board(NamedTuple):
    """What the views of a matter need."""

    map: Markup
    map_size: str
    tiles: Markup
    tiles_size: str
    rows: tuple[Row, ...]
    legend: tuple[Kind, ...]
    meter: tuple[Part, ...]
    act: str


def board(
    ask: Address, library: Library, status: Status, key: str = "", differs: frozenset[str] = frozenset()
) -> Board:
    """The board of a status.

    Parameters
    ----------
    ask
        The page; every unit leads to the same page with one supposition more or less.
    library, status
        What is drawn.
    key
        Begins every id, so that several boards may stand on a page.
    differs
        Units drawn apart because they stand otherwise elsewhere; without it those of which something is supposed.
    """
    act = counted_act(status, library.place)
    hows = texts(library.place).hows(act)
    found, links = atlas(library.place), Supposing(ask)
    wide, high = size(found.tiles) if found.tiles else (0, 0)
    kinds: Counter[str] = Counter(p.how for p in status.units)
    if found.outlines and len(status.units) < len(found.outlines):
        kinds["absent"] = len(found.outlines) - len(status.units)
    legend = tuple(Kind(how, said, kinds[how]) for how, said in hows.items() if how in kinds)
    drawn = [Markup(), Markup()]
    if status.units and found.outlines:
        stencils = _drawn(library.place, act, tuple(map(_STANDS, status.units)), ask.yes, ask.no, key, differs)
        drawn = [stencil.filled(shared(links.links)) for stencil in stencils]
    return Board(
        drawn[0],
        f"0 0 {WIDE} {HIGH}",
        drawn[1],
        f"-3 -3 {wide + 6} {high + 6}",
        tuple(_row(links, p, hows) for p in sorted(status.units, key=lambda p: p.name))
        if ask.view == "list" and not key
        else (),
        legend,
        tuple(_meter(kinds, status.of)),
        act,
    )


class Supposing:
    """Where a supposition more or less leads, for every unit of a page.

    Examples
    --------
    >>> from assent.web.address import Address
    >>> Supposing(Address("matter", "us/amendment/era", yes=("FL",), view="tiles")).url("TX", "no")
    '/us/amendment/era?yes=FL&no=TX&view=tiles'
    """

    def __init__(self, ask: Address, links: Links | None = None) -> None:
        self.said = (("yes", sorted(ask.yes)), ("no", sorted(ask.no)))
        self.links = Links.of(ask, "yes", "no") if links is None else links

    def url(self, unit: str, says: str) -> str:
        """The page with one thing supposed of a unit, or nothing."""
        parts = []
        for kind, said in self.said:
            units = [one for one in said if one != unit]
            if kind == says:
                units = sorted([*units, unit])
            if units:
                parts.append(f"{kind}={','.join(units)}")
        return self.links.to("&".join(parts))

    def next(self, position: Position | Stand) -> str:
        """What a click supposes next of a unit; empty for the record alone."""
        order = ("", *position.could)
        at = order.index(position.supposed) if position.supposed in order else 0
        return order[(at + 1) % len(order)]


@lru_cache(maxsize=128)
def _drawn(
    place: Jurisdiction,
    act: str,
    stands: tuple[tuple[Any, ...], ...],
    yes: tuple[str, ...],
    no: tuple[str, ...],
    key: str,
    differs: frozenset[str],
) -> tuple[Stencil, Stencil]:
    """Map and tiles of units that stand so: the same on every day until one stands otherwise."""
    found, hows = atlas(place), texts(place).hows(act)
    links = Supposing(Address(yes=yes, no=no), Stencil.links())
    marks = {one[0]: _mark(links, Stand(*one), hows, differs=differs, linked=not key) for one in stands}
    drawn = "" if key else map_parts(found.outlines, marks)
    return Stencil(drawn), Stencil(tile_parts(found.tiles, marks, f"{key}t"))


def _mark(links: Supposing, position: Stand, hows: Mapping[str, str], *, differs: frozenset[str], linked: bool) -> Mark:
    said = f"{position.name}: {hows[position.how]}."
    if position.supposed:
        said += f" You suppose {position.supposed}."
    ring = position.unit in differs if differs else bool(position.supposed)
    if not linked or not (position.could or position.supposed):
        return Mark(position.unit, position.how, said, ring=ring)
    says = links.next(position)
    hint = f"Suppose {says}" if says else "Back to the record"
    return Mark(position.unit, position.how, f"{said} {hint}", links.url(position.unit, says), ring)


def _row(supposing: Supposing, position: Position, hows: Mapping[str, str]) -> Row:
    links = [(says, supposing.url(position.unit, says)) for says in position.could if says != position.supposed]
    if position.supposed:
        links.append(("", supposing.url(position.unit, "")))
    return Row(
        position.unit,
        position.name,
        position.how,
        hows[position.how],
        position.text.partition(": ")[2] or position.text,
        position.supposed,
        position.counts,
        tuple(links),
    )


def _meter(kinds: Counter[str], of: int) -> list[Part]:
    """How the units stand, as parts of a bar: those that count from the left, those that said something else last."""
    parts, start = [], 0
    middle = [how for how in kinds if how not in (*FIRST, *LAST, "absent", "excluded")]
    for how in (*FIRST, *middle, *reversed(LAST)):
        number = kinds[how]
        if number and start < of:
            parts.append(Part(how, start, min(number, of - start)))
            start += number
    return parts
