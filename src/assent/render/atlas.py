"""Atlas: a jurisdiction's outlines and tiles, and where a matter stands drawn on them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assent.errors import NotApplicable
from assent.law.library import nodes
from assent.render.map import Mark, Outline, map_file
from assent.render.texts import texts
from assent.render.tiles import Tile, tile_file

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.matter.status import Status

OUTLINES, TILES = "geometry/outlines.csv", "geometry/tiles.csv"


class Atlas(NamedTuple):
    """What there is to draw units on."""

    outlines: tuple[Outline, ...] = ()
    tiles: tuple[Tile, ...] = ()


def atlas(place: Jurisdiction) -> Atlas:
    """The outlines and tiles of a jurisdiction; none where it has no geometry.

    Raises
    ------
    RecordError
        A file of geometry is wrong.

    Examples
    --------
    >>> from assent import library
    >>> found = atlas(library().place)
    >>> len(found.outlines) == len(found.tiles) == 50
    True
    """
    return _atlas(place)


@lru_cache(maxsize=8)
def _atlas(place: Jurisdiction) -> Atlas:
    if not (place.root / OUTLINES).is_file():
        return Atlas()
    outlines = tuple(
        Outline(row["unit"], row["path"], float(row["label_x"]), float(row["label_y"]), float(row["radius"]))
        for row in place.rows(OUTLINES)
    )
    tiles = tuple(Tile(row["unit"], row["x"], row["y"]) for row in place.rows(TILES))
    return Atlas(outlines, tiles)


def counted_act(status: Status, place: Jurisdiction) -> str:
    """The act that is counted in a matter, as the texts name it: one that a unit has done which counts."""
    known = texts(place).legend
    done = (place.record.act_by_id[name].act for unit in status.units if unit.counts for name in unit.acts)
    return next((act for act in done if act in known), "") or _act_of(place, status.procedure)


@lru_cache(maxsize=64)
def _act_of(place: Jurisdiction, procedure: str) -> str:
    """The same by the law, where nobody has done it yet."""
    known, waiting = texts(place).legend, [procedure]
    while waiting:
        rule = place.law.procedure(waiting.pop(0)).rule
        found = next((node.units.act for node in nodes(rule) if node.units and node.units.act in known), "")
        if found:
            return found
        waiting += rule.calls()
    return ""


def svg(status: Status, place: Jurisdiction, view: str = "map") -> str:
    """Where a matter stands, as a drawing of its own.

    Parameters
    ----------
    status
        What is drawn.
    place
        Where it came from.
    view
        ``map``, or ``tiles``: equal ones.

    Raises
    ------
    NotApplicable
        No units are counted in it, or there is no geometry.

    Examples
    --------
    >>> from assent import library
    >>> us = library()
    >>> svg(us.status("us/amendment/era", as_of="1980-01-01"), us.place).count("<path") > 50
    True
    """
    found = atlas(place)
    if not status.units or not found.outlines:
        raise NotApplicable(f"There is nothing to draw on a map of {status.title} ({status.matter}).")
    told = texts(place).hows(counted_act(status, place))
    marks = {unit.unit: Mark(unit.unit, unit.how, unit.text, ring=bool(unit.supposed)) for unit in status.units}
    title = f"{status.title}: {status.count} of {status.of} on {status.as_of}, {status.required} needed"
    title += " (dashed: supposed, not on record)" if status.supposed else ""
    if view == "tiles":
        return tile_file(found.tiles, marks, title, told)
    return map_file(found.outlines, marks, title, told)
