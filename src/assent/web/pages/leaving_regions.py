"""A map of regions that one can point at: each cell sets the two numbers of the map, and leads to what follows."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from assent.errors import QueryError
from assent.inquiries.standoff.ladder import fate
from assent.render.plots import percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assent.inquiries.standoff.parameters import Given
    from assent.inquiries.standoff.regions import Axis, Region, RegionMap
    from assent.web.address import Address

ACROSS, UP = 41, 21  # values of each number, so that a step is a short decimal
MOST = 900  # cells that can be pointed at; a finer map is drawn in full and pointed at in blocks
LEFT, RIGHT, TOP, BOTTOM = 8.0, 99.5, 1.5, 90.0  # of the plot, in percent of the drawing
MARKS = ("~x~", "~y~")  # stand for the two values in an address that is written once
TICKS = 5
SHADES = 3  # of one colour, for regions in which the wish fares alike for different reasons


class Place(NamedTuple):
    """A region in the legend, and a cell of it to go to."""

    letter: str
    look: str
    text: str
    share: str
    x: str
    y: str
    here: bool
    url: str


class Side(NamedTuple):
    """An axis, and the other numbers that could stand on it."""

    symbol: str
    label: str
    unit: str
    here: str
    others: tuple[tuple[str, str, str, bool], ...]


class Regions(NamedTuple):
    """The map, drawn, and in words."""

    parts: Markup
    label: str
    x: Side
    y: Side
    places: tuple[Place, ...]
    swap: str
    exact: int


def asked(given: Given, said: str, size: tuple[int, int] = (ACROSS, UP)) -> str:
    """The two numbers of a map with a range and steps for each, where the address gives none.

    Raises
    ------
    QueryError
        It names no two numbers.
    """
    sides = said.split(",") if said else list(given.map)
    if len(sides) != len(size):
        raise QueryError(f"{said!r} names no two numbers.", where="map", remedy="Write X,Y, as kF,kS.")
    return ",".join(_side(given, side, count) for side, count in zip(sides, size, strict=True))


def _side(given: Given, said: str, count: int) -> str:
    name = given.find(said.partition("=")[0].strip(), f"map {said.strip()}")
    if name not in given.spans:
        raise QueryError(
            f"{name} cannot be drawn on a map.", where="map", remedy=f"Take one of {', '.join(sorted(given.spans))}."
        )
    if "=" in said:
        span = said.partition("=")[2]
        return f"{name}={span}" if span.count(":") > 1 else f"{name}={span}:{count}"
    low, high = given.spans[name]
    return f"{name}={float(low):g}:{float(high):g}:{count}"


def short(given: Given, name: str) -> str:
    """What a number is called in an address: its symbol where that is plain, else its name."""
    symbol = given.parameters[name].symbol
    return symbol if symbol.isascii() else name


class Setting:
    """Where setting numbers leads: the same page with these numbers set, the others as they are.

    Parameters
    ----------
    ask
        The page.
    given
        The numbers as the library has them.
    defaults
        Name → the exact value without being set, as text.
    """

    def __init__(self, ask: Address, given: Given, defaults: Mapping[str, str]) -> None:
        self.ask, self.given, self.defaults = ask, given, defaults
        pairs = (said.partition("=")[::2] for said in ask.every("set"))
        self.held = {given.find(name.strip()): value.strip() for name, value in pairs}

    def said(self, **more: str) -> tuple[str, ...]:
        """What the address sets; ``more`` are numbers by name with ``_`` for ``-``."""
        values = {**self.held, **{name.replace("_", "-"): value for name, value in more.items()}}
        return tuple(
            f"{short(self.given, name)}={values[name]}"
            for name in self.given.parameters
            if name in values and values[name] != self.defaults.get(name)
        )

    def url(self, **more: str) -> str:
        """The page with numbers set."""
        return self.ask.url(set=self.said(**more))


def plain(value: float) -> str:
    """A number in an address: short, and the same one.

    Examples
    --------
    >>> plain(0.3), plain(1.0), plain(0.1 + 0.2)
    ('0.3', '1', '0.3')
    """
    return f"{value:.10g}"


def regions_of(found: RegionMap, setting: Setting, *, pointed: bool = True) -> Regions:
    """A map, drawn and in words.

    Parameters
    ----------
    pointed
        Whether its cells lead somewhere.
    """
    looks = _looks(found.regions)
    label = "; ".join(f"{region.letter}: {region.text}, {_part(region.share)}" for region in found.regions)
    return Regions(
        Markup("".join((_plot(found, looks, setting, pointed=pointed), *_letters(found), *_axes(found), _here(found)))),  # noqa: S704 - escaped there
        f"What happens over {found.x.label} (across) and {found.y.label} (up). {label}",
        _told(found.x, found.y, setting, across=True),
        _told(found.y, found.x, setting, across=False),
        tuple(_place(found, region, looks, setting) for region in found.regions),
        setting.ask.url(map=_sides(setting.given, found.y.parameter, found.x.parameter)) if _maps(setting.ask) else "",
        found.exact,
    )


def _maps(ask: Address) -> bool:
    return ask.kind == "standoff"


def _sides(given: Given, x: str, y: str) -> str:
    return "" if (x, y) == given.map else f"{short(given, x)},{short(given, y)}"


def _looks(found: tuple[Region, ...]) -> dict[str, str]:
    """Letter → class: a colour for how the wish fares, a shade for each way there."""
    seen: dict[str, int] = {}
    looks = {}
    for region in found:
        kind = fate(region.path).replace(" ", "-")
        at = seen[kind] = seen.get(kind, -1) + 1
        looks[region.letter] = f"w-{kind} w-{at % SHADES}"
    return looks


def _plot(found: RegionMap, looks: Mapping[str, str], setting: Setting, *, pointed: bool) -> str:
    across, up = len(found.x.values), len(found.y.values)
    drawn = []
    for row, letters in enumerate(found.rows):
        at = 0
        for letter, run in groupby(letters):
            wide = len(list(run))
            drawn.append(f'<rect class="{looks[letter]}" x="{at}" y="{up - 1 - row}" width="{wide}" height="1.02"/>')
            at += wide
    box = f'x="{percent(LEFT)}" y="{percent(TOP)}" width="{percent(RIGHT - LEFT)}" height="{percent(BOTTOM - TOP)}"'
    cells = "".join(_cells(found, setting)) if pointed else ""
    return (
        f'<svg {box} viewBox="0 0 {across} {up}" preserveAspectRatio="none" data-morph class="cells">'
        f'<g class="runs">{"".join(drawn)}</g>{cells}</svg>'
    )


def _cells(found: RegionMap, setting: Setting) -> list[str]:
    """What can be pointed at: each cell, or blocks of them where there are too many."""
    across, up = len(found.x.values), len(found.y.values)
    step = 1
    while -(-across // step) * -(-up // step) > MOST:
        step += 1
    texts = {region.letter: region.text for region in found.regions}
    mine = (found.x.parameter.replace("-", "_"), found.y.parameter.replace("-", "_"))
    home = (_nearest(found.x), _nearest(found.y))
    form = setting.url(**dict(zip(mine, MARKS, strict=True)))
    plains = [setting.defaults.get(axis.parameter) for axis in (found.x, found.y)]
    drawn = []
    for y in range(0, up, step):
        for x in range(0, across, step):
            mx, my = min(x + step // 2, across - 1), min(y + step // 2, up - 1)
            values = plain(found.x.values[mx]), plain(found.y.values[my])
            url = form.replace(MARKS[0], values[0]).replace(MARKS[1], values[1])
            if values[0] == plains[0] or values[1] == plains[1]:  # what need not be said is left out
                url = setting.url(**dict(zip(mine, values, strict=True)))
            says = f"{found.x.symbol} {values[0]}, {found.y.symbol} {values[1]}: {texts[found.rows[my][mx]]}"
            inside = (home[0] // step, home[1] // step) == (x // step, y // step)
            wide, high = min(step, across - x), min(step, up - y)
            drawn.append(
                f'<a id="g-{x}-{y}" class="u" href="{escape(url)}" tabindex="{0 if inside else -1}" data-x="{x}" '
                f'data-y="{-y}" aria-label="{escape(says)}">'
                f'<rect x="{x}" y="{up - y - high}" width="{wide}" height="{high}"/></a>'
            )
    return drawn


def _nearest(axis: Axis) -> int:
    return min(range(len(axis.values)), key=lambda at: abs(axis.values[at] - axis.here))


def _along(axis: Axis, value: float) -> float:
    """Where a value stands along its side, from 0 to 1; a value of the map stands in the middle of its cell."""
    count = len(axis.values)
    return (0.5 + (count - 1) * (value - axis.values[0]) / (axis.values[-1] - axis.values[0])) / count


def _x(found: RegionMap, value: float) -> str:
    return percent(LEFT + (RIGHT - LEFT) * _along(found.x, value))


def _y(found: RegionMap, value: float) -> str:
    return percent(BOTTOM - (BOTTOM - TOP) * _along(found.y, value))


def _letters(found: RegionMap) -> list[str]:
    drawn = []
    for region in found.regions:
        x, y = _middle(found, region.letter)
        place = f'x="{_x(found, found.x.values[x])}" y="{_y(found, found.y.values[y])}"'
        drawn.append(f'<text class="letter a-middle" {place} dy="6" aria-hidden="true">{escape(region.letter)}</text>')
    return drawn


def _middle(found: RegionMap, letter: str) -> tuple[int, int]:
    """The cell of a region nearest to its centre, so that its letter stands inside."""
    cells = [(x, y) for y, row in enumerate(found.rows) for x, sign in enumerate(row) if sign == letter]
    centre = (sum(x for x, _ in cells) / len(cells), sum(y for _, y in cells) / len(cells))
    return min(cells, key=lambda cell: (cell[0] - centre[0]) ** 2 + (cell[1] - centre[1]) ** 2)


def _axes(found: RegionMap) -> list[str]:
    right, low = percent(RIGHT - LEFT), percent(BOTTOM - TOP)
    drawn = [f'<rect class="frame" x="{percent(LEFT)}" y="{percent(TOP)}" width="{right}" height="{low}"/>']
    for tick in range(TICKS):
        part = tick / (TICKS - 1)
        across, up = (axis.values[0] + part * (axis.values[-1] - axis.values[0]) for axis in (found.x, found.y))
        anchor = "start" if not tick else "end" if tick == TICKS - 1 else "middle"
        place = f'x="{_x(found, across)}" y="{percent(BOTTOM)}" dy="17"'
        drawn.append(f'<text class="cur-tick a-{anchor}" {place}>{across:.3g}</text>')
        drawn.append(f'<text class="cur-tick a-end" x="{percent(LEFT - 1)}" y="{_y(found, up)}" dy="4">{up:.3g}</text>')
    return drawn


def _here(found: RegionMap) -> str:
    if any(not axis.values[0] <= axis.here <= axis.values[-1] for axis in (found.x, found.y)):
        return ""
    return (
        f'<svg class="diamond" x="{_x(found, found.x.here)}" y="{_y(found, found.y.here)}" width="1" height="1" '
        'overflow="visible" aria-hidden="true"><path d="M-9 0L0 -9L9 0L0 9Z"/></svg>'
    )


def _told(axis: Axis, other: Axis, setting: Setting, *, across: bool) -> Side:
    given = setting.given
    others = []
    for name in given.spans if _maps(setting.ask) else ():
        if name == other.parameter:
            continue
        sides = (name, other.parameter) if across else (other.parameter, name)
        p = given.parameters[name]
        others.append((p.symbol, p.label, setting.ask.url(map=_sides(given, *sides)), name == axis.parameter))
    return Side(axis.symbol, axis.label, axis.unit, plain(axis.here), tuple(others))


def _place(found: RegionMap, region: Region, looks: Mapping[str, str], setting: Setting) -> Place:
    x, y = _middle(found, region.letter)
    mine = {
        found.x.parameter.replace("-", "_"): plain(found.x.values[x]),
        found.y.parameter.replace("-", "_"): plain(found.y.values[y]),
    }
    return Place(
        region.letter,
        looks[region.letter],
        region.text,
        _part(region.share),
        _ends(region.x),
        _ends(region.y),
        region.here,
        setting.url(**mine),
    )


def _part(share: float) -> str:
    return f"{100 * share:.0f}\u00a0%" if share >= 0.005 else "under 1\u00a0%"


def _ends(ends: tuple[float, float]) -> str:
    low, high = ends
    return f"{low:.3g}" if low == high else f"{low:.3g} to {high:.3g}"
