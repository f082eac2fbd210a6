"""A map: outlines in, SVG out. It knows no country, and no more of a unit than what a mark says.

On a page the marks are classes that a style sheet paints and each unit is a link; in a file of its own each unit is
painted where it stands. Labels that have no room stand beside the map as callouts.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from assent.render.palette import LIGHT, STRIPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WIDE, HIGH = 975, 610
ROOM = 12.0  # a label of two letters needs a circle of this radius
ACROSS, DOWN, APART = 36, 20, 23
EDGE = WIDE - 30
TITLE, LONG_TITLE = 76, 90  # letters of a title in one line, and in one of two
OUTLINED = 10  # outlines are in tenths; what fills them is drawn as many times larger


class Outline(NamedTuple):
    """A unit as it is drawn: its path in tenths, where its label stands, and the room there."""

    unit: str
    path: str
    x: float
    y: float
    radius: float


class Mark(NamedTuple):
    """What a map says of a unit.

    Attributes
    ----------
    kind
        A key of the palette.
    said
        One sentence, for those who do not see the colour.
    href
        Where a click leads; empty for nowhere.
    ring
        Drawn apart from the rest: something is only supposed of it, or it differs from what it is compared with.
    """

    unit: str
    kind: str
    said: str
    href: str = ""
    ring: bool = False


class Frame(NamedTuple):
    """What no mark of a unit changes: the HTML before its kind, between its link and what is said of it, and after."""

    unit: str
    before: str
    between: str
    after: str


def map_parts(outlines: Sequence[Outline], marks: Mapping[str, Mark], key: str = "m") -> str:
    """The inside of the map on a page: a link for each unit, then its rings and the lines of its callouts.

    ``key`` begins every id, so that two maps may stand on a page.

    Examples
    --------
    >>> square = Outline("AA", "M0 0h900v900h-900z", 45, 45, 40)
    >>> print(map_parts([square], {"AA": Mark("AA", "yes", "AA: ratified.", "/next")}).split(">")[0])
    <g class="units"
    """
    rings = "".join(
        f'<path transform="scale(.1)" d="{o.path}"/>' for o in outlines if (mark := marks.get(o.unit)) and mark.ring
    )
    return f'<g class="units">{linked(_frames(tuple(outlines), key), marks)}</g><g class="rings">{rings}</g>'


def linked(frames: Iterable[Frame], marks: Mapping[str, Mark]) -> str:
    """Units in their frames, each a link where its mark leads somewhere."""
    parts = []
    for frame in frames:
        mark = marks.get(frame.unit) or Mark(frame.unit, "absent", frame.unit)
        ring = " ring" if mark.ring else ""
        link = f' href="{escape(mark.href)}"' if mark.href else ' role="img"'
        parts.append(f'{frame.before}{mark.kind}{ring}"{link}{frame.between}{_said(mark.said)}{frame.after}')
    return "".join(parts)


@lru_cache(maxsize=4096)
def _said(text: str) -> str:
    """A sentence, escaped; the same is said of a unit on the map and on the tiles, and on most days."""
    return escape(text)


@lru_cache(maxsize=64)
def _frames(outlines: tuple[Outline, ...], key: str) -> tuple[Frame, ...]:
    callouts = _callouts(outlines)
    return tuple(_frame(outline, key, callouts.get(outline.unit)) for outline in outlines)


def _frame(outline: Outline, key: str, at: tuple[float, float] | None) -> Frame:
    path = f'<path transform="scale(.1)" d="{outline.path}"/>'
    if at is None:
        label = f'<text x="{outline.x:g}" y="{outline.y + 4:g}">{escape(outline.unit)}</text>'
    else:
        x, y = at
        label = (
            f'<path class="lead" d="M{outline.x:g} {outline.y:g}L{x - ACROSS / 2:g} {y:g}"/>'
            f'<rect x="{x - ACROSS / 2:g}" y="{y - DOWN / 2:g}" width="{ACROSS}" height="{DOWN}" rx="4"/>'
            f'<text x="{x:g}" y="{y + 4:g}">{escape(outline.unit)}</text>'
        )
    place = f'data-x="{outline.x:.0f}" data-y="{outline.y:.0f}"'
    return Frame(
        outline.unit, f'<a id="{key}-{outline.unit}" class="u k-', f' {place} aria-label="', f'">{path}{label}</a>'
    )


def map_file(outlines: Sequence[Outline], marks: Mapping[str, Mark], title: str, told: Mapping[str, str]) -> str:
    """The map as a file of its own, with its title and a legend of the kinds that occur.

    Parameters
    ----------
    outlines, marks
        As on a page.
    title
        What the map shows.
    told
        Kind → words of the legend.
    """
    shown = _shown(outlines, marks, told)
    rows = -(-len(shown) // 3)
    high = HIGH + 44 + 26 * rows + 10
    callouts = _callouts(outlines)
    out = [*head(title, WIDE, high), '<g transform="translate(0 34)">']
    out += [_painted(outline, marks.get(outline.unit), callouts.get(outline.unit)) for outline in outlines]
    out += [
        f'<path transform="scale(.1)" d="{o.path}" fill="none" stroke="#1c2130" stroke-width="26" '
        f'stroke-dasharray="45 32"/>'
        for o in outlines
        if (mark := marks.get(o.unit)) and mark.ring
    ]
    out.append("</g>")
    out += legend(shown, told, HIGH + 52)
    return "\n".join([*out, "</svg>", ""])


def head(title: str, wide: float, high: float) -> list[str]:
    """How a file of its own begins: its size, its title and its ground."""
    size = f'viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" height="{high:g}"'
    font = 'font-family="system-ui, Segoe UI, DejaVu Sans, sans-serif"'
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title" {font}>',
        f'<title id="title">{escape(title)}</title>',
        stripes(),
        f'<rect width="{wide:g}" height="{high:g}" fill="#ffffff"/>',
        *_title(title),
    ]


def _title(title: str) -> list[str]:
    """A title in one line, or smaller in two."""
    lines = [title] if len(title) <= TITLE else wrap(title, LONG_TITLE)[:2]
    size, y = (18, 28) if len(lines) == 1 else (15, 17)
    return [
        f'<text x="16" y="{y + at * 17}" font-size="{size}" font-weight="600" fill="#1c2130">{escape(line)}</text>'
        for at, line in enumerate(lines)
    ]


def _shown(outlines: Iterable[Outline], marks: Mapping[str, Mark], told: Mapping[str, str]) -> list[str]:
    kinds = {marks[o.unit].kind if o.unit in marks else "absent" for o in outlines}
    return [kind for kind in told if kind in kinds]


def stripes() -> str:
    """The patterns of the kinds that are striped: for what is drawn to scale, and for outlines, drawn tenfold."""
    return "<defs>" + "".join(
        f'<pattern id="stripe{size}-{kind}" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45) scale({size})"><rect width="7" height="7" fill="{LIGHT[kind].fill}"/>'
        f'<rect width="2" height="7" fill="{line}"/></pattern>'
        for kind, line in STRIPES.items() for size in (1, OUTLINED)
    ) + "</defs>"  # fmt: skip


def fill(kind: str, size: int = 1) -> str:
    """What a kind is painted with in a file of its own."""
    return f"url(#stripe{size}-{kind})" if kind in STRIPES else LIGHT[kind].fill


def legend(shown: Iterable[str], told: Mapping[str, str], top: float) -> list[str]:
    """The kinds that occur, three in a row."""
    out = []
    for at, kind in enumerate(shown):
        x, y = 16 + (at % 3) * 318, top + (at // 3) * 26
        out.append(
            f'<rect x="{x}" y="{y}" width="14" height="14" rx="2" fill="{fill(kind)}" stroke="#5a5f6e"/>'
            f'<text x="{x + 22}" y="{y + 12}" font-size="14" fill="#1c2130">{escape(told[kind])}</text>'
        )
    return out


def _painted(outline: Outline, mark: Mark | None, at: tuple[float, float] | None) -> str:
    kind = mark.kind if mark else "absent"
    ink = LIGHT[kind].ink
    path = (
        f'<path transform="scale(.1)" d="{outline.path}" fill="{fill(kind, OUTLINED)}" '
        f'stroke="#ffffff" stroke-width="9">'
        f"<title>{escape(mark.said if mark else outline.unit)}</title></path>"
    )
    x, y = at or (outline.x, outline.y)
    lead = ""
    if at:
        lead = (
            f'<path d="M{outline.x:g} {outline.y:g}L{x - ACROSS / 2:g} {y:g}" stroke="#8c909c" fill="none"/>'
            f'<rect x="{x - ACROSS / 2:g}" y="{y - DOWN / 2:g}" width="{ACROSS}" height="{DOWN}" rx="4" '
            f'fill="{fill(kind)}" stroke="#8c909c"/>'
        )
    halo = f' stroke="{LIGHT[kind].fill}" stroke-width="3" paint-order="stroke"' if kind in STRIPES else ""
    return (
        f"{path}{lead}"
        f'<text x="{x:g}" y="{y + 4:g}" font-size="12" font-weight="600" text-anchor="middle" fill="{ink}"{halo}>'
        f"{escape(outline.unit)}</text>"
    )


def _callouts(outlines: Iterable[Outline]) -> dict[str, tuple[float, float]]:
    """Where the labels stand that have no room in their outlines: to the right, clear of each other.

    Those of the right half stand in a column at the edge, as near to their unit as the order from top to bottom lets
    them; the others stand beside their unit.
    """
    small = sorted((o for o in outlines if o.radius < ROOM), key=lambda o: o.y)
    column = [o for o in small if o.x > WIDE / 2]
    places = {o.unit: (o.x + 34, o.y - 26) for o in small if o not in column}
    upper = [o for o in column if o.y < HIGH * 0.26]
    for at, outline in enumerate(upper):
        places[outline.unit] = (outline.x - 52 + 26 * at, outline.y - 84 + 6 * at)
    lower = [o for o in column if o not in upper]
    y = 0.0
    for outline in lower:
        y = max(outline.y + 4, y + APART)
        places[outline.unit] = (EDGE, y)
    return places
