"""The units of a counting question on the map and on equal tiles: how each is drawn, and where a click leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from assent.render.atlas import atlas
from assent.render.map import HIGH, WIDE, map_parts
from assent.render.tiles import size, tile_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assent.api import Library
    from assent.render.map import Mark


class Kind(NamedTuple):
    """A row of the legend: how units are drawn, in words, and how many of them are."""

    how: str
    said: str
    number: int


class Plot(NamedTuple):
    """A map and tiles of the same marks."""

    map: Markup
    map_size: str
    tiles: Markup
    tiles_size: str
    legend: tuple[Kind, ...]


def plot(library: Library, marks: Mapping[str, Mark], words: Mapping[str, str], key: str = "") -> Plot | None:
    """Units drawn on the map and on equal tiles; nothing where there is no geometry, or none of them is on it.

    Parameters
    ----------
    marks
        What is said of each unit.
    words
        Kind → words of the legend, in its order.
    key
        Begins every id, so that several may stand on a page; with it there are tiles alone.
    """
    found = atlas(library.place)
    if not found.outlines or not any(outline.unit in marks for outline in found.outlines):
        return None
    wide, high = size(found.tiles)
    kinds = [marks[o.unit].kind if o.unit in marks else "absent" for o in found.outlines]
    legend = tuple(Kind(how, said, kinds.count(how)) for how, said in words.items() if how in kinds)
    return Plot(
        Markup("" if key else map_parts(found.outlines, marks, "m")),  # noqa: S704 - escaped there
        f"0 0 {WIDE} {HIGH}",
        Markup(tile_parts(found.tiles, marks, f"{key}t")),  # noqa: S704 - escaped there
        f"-3 -3 {wide + 6} {high + 6}",
        legend,
    )
