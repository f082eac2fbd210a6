"""Equal tiles: one for each unit, roughly where it lies. Where each counts once, the truer picture."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from assent.render.map import Frame, fill, head, legend, linked
from assent.render.palette import LIGHT, STRIPES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assent.render.map import Mark

SIDE, GAP = 44, 4
STEP = SIDE + GAP


class Tile(NamedTuple):
    """A unit's column and row."""

    unit: str
    x: int
    y: int


def size(tiles: Sequence[Tile]) -> tuple[int, int]:
    """How wide and high the tiles are together.

    Examples
    --------
    >>> size([Tile("AA", 0, 0), Tile("BB", 1, 2)])
    (92, 140)
    """
    wide = max(tile.x for tile in tiles) + 1
    high = max(tile.y for tile in tiles) + 1
    return wide * STEP - GAP, high * STEP - GAP


def tile_parts(tiles: Sequence[Tile], marks: Mapping[str, Mark], key: str = "t") -> str:
    """The inside of the tiles on a page: a link for each unit.

    Examples
    --------
    >>> "k-absent" in tile_parts([Tile("AA", 0, 0)], {})
    True
    """
    return linked(_frames(tuple(tiles), key), marks)


@lru_cache(maxsize=64)
def _frames(tiles: tuple[Tile, ...], key: str) -> tuple[Frame, ...]:
    return tuple(_frame(tile, key) for tile in tiles)


def _frame(tile: Tile, key: str) -> Frame:
    x, y = tile.x * STEP, tile.y * STEP
    return Frame(
        tile.unit,
        f'<a id="{key}-{tile.unit}" class="u k-',
        f' data-x="{x}" data-y="{y}" aria-label="',
        f'"><rect x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" rx="4"/>'
        f'<text x="{x + SIDE / 2:g}" y="{y + SIDE / 2 + 5:g}">{escape(tile.unit)}</text></a>',
    )


def tile_file(tiles: Sequence[Tile], marks: Mapping[str, Mark], title: str, told: Mapping[str, str]) -> str:
    """The tiles as a file of their own, with a title and a legend. Parameters as for ``map_file``."""
    wide, high = size(tiles)
    kinds = {marks[t.unit].kind if t.unit in marks else "absent" for t in tiles}
    shown = [kind for kind in told if kind in kinds]
    width, tall = max(wide + 32, 975), high + 80 + 26 * -(-len(shown) // 3)
    out = [
        *head(title, width, tall),
        f'<g transform="translate({(width - wide) / 2:g} 48)">',
        *(_painted(tile, marks.get(tile.unit)) for tile in tiles),
        "</g>",
        *legend(shown, told, high + 66),
    ]
    return "\n".join([*out, "</svg>", ""])


def _painted(tile: Tile, mark: Mark | None) -> str:
    x, y = tile.x * STEP, tile.y * STEP
    kind = mark.kind if mark else "absent"
    edge = ' stroke="#1c2130" stroke-width="3" stroke-dasharray="5 4"' if mark and mark.ring else ""
    halo = f' stroke="{LIGHT[kind].fill}" stroke-width="3" paint-order="stroke"' if kind in STRIPES else ""
    return (
        f'<rect x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" rx="4" fill="{fill(kind)}"{edge}>'
        f"<title>{escape(mark.said if mark else tile.unit)}</title></rect>"
        f'<text x="{x + SIDE / 2:g}" y="{y + SIDE / 2 + 5:g}" font-size="14" font-weight="600" text-anchor="middle" '
        f'fill="{LIGHT[kind].ink}"{halo}>{escape(tile.unit)}</text>'
    )
