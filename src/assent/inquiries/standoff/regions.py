"""Regions: what happens in a standoff over two of its parameters, as cells, regions and letters."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import QueryError
from assent.inquiries.standoff.story import brief, letter

if TYPE_CHECKING:
    from assent.inquiries.standoff.parameters import Given
    from assent.models.standoff.tree import Tree

ACROSS, UP, MOST = 50, 16, 10_000
SPARE = "ABDEGHIJKLMOQRSUVWZ"


class Axis(Struct, frozen=True):
    """A side of a map: a parameter, its values, and where the standoff asked about lies."""

    parameter: str
    symbol: str
    label: str
    unit: str
    values: tuple[float, ...]
    here: float


class Region(Struct, frozen=True):
    """Cells in which the same happens.

    Attributes
    ----------
    letter
        Its sign on the map: a small letter where the state does not defy, a digit for a share that is accepted.
    path, defied
        The outcome, by the moves that lead there: from the start, and once the state defies.
    text
        The same in words.
    share
        Of all cells.
    x, y
        The least and the greatest value of each parameter in it.
    here
        Whether the standoff asked about lies in it.
    """

    letter: str
    path: str
    defied: str
    text: str
    share: float
    x: tuple[float, float]
    y: tuple[float, float]
    here: bool


class RegionMap(Struct, frozen=True):
    """What happens over two parameters, all others held.

    Attributes
    ----------
    rows
        One text of letters for each value of ``y``, the least first; one letter for each value of ``x``.
    exact
        Cells in which a comparison was too close for floating point, and which were solved again in fractions.
    """

    x: Axis
    y: Axis
    rows: tuple[str, ...]
    regions: tuple[Region, ...]
    exact: int
    asked: str


def map_of(tree: Tree, given: Given, asked: str = "") -> RegionMap:
    """The map over two parameters.

    Parameters
    ----------
    asked
        ``X,Y``; each may have a range and a number of values: ``kF=0:2:50,kS=0:1:16``. The library's choice if empty.

    Raises
    ------
    QueryError
        It names no two parameters that can be drawn, or a range that is none.
    """
    from assent.models.standoff.regions import regions

    sides = asked.split(",") if asked else list(given.map)
    if len(sides) != 2:
        raise QueryError(f"{asked!r} names no two parameters.", where="--map", remedy="Write X,Y, as kF,kS.")
    (x, columns), (y, rows) = _axis(given, sides[0], ACROSS), _axis(given, sides[1], UP)
    if x == y:
        raise QueryError(f"{x} stands on both sides of the map.", where="--map", remedy="Name two parameters.")
    if len(columns) * len(rows) > MOST:
        raise QueryError(
            f"The map would have {len(columns) * len(rows):,} cells.",
            where="--map",
            remedy=f"Ask for {MOST:,} at most.",
        )
    found = regions(tree, given.numbers, (_field(x), columns), (_field(y), rows))
    cells = [list(zip(path, defied, strict=True)) for path, defied in zip(found.path, found.defied, strict=True)]
    letters = _letters(cells)
    here = (_nearest(columns, given.fraction(x)), _nearest(rows, given.fraction(y)))
    held = tuple(_region(pair, sign, cells, (columns, rows), here) for pair, sign in letters.items())
    return RegionMap(
        _told(given, x, columns),
        _told(given, y, rows),
        tuple("".join(letters[pair] for pair in row) for row in cells),
        tuple(sorted(held, key=lambda region: -region.share)),
        found.exact,
        ",".join((_said(x, columns), _said(y, rows))) if asked else "",
    )


def _axis(given: Given, said: str, count: int) -> tuple[str, list[Fraction]]:
    name, equals, span = said.partition("=")
    where = f"--map {said.strip()}"
    known = given.find(name.strip(), where)
    if known not in given.spans:
        raise QueryError(
            f"{known} cannot be drawn on a map.", where=where, remedy=f"Take one of {', '.join(sorted(given.spans))}."
        )
    low, high = given.spans[known]
    if equals:
        parts = span.split(":")
        steps = parts[2].strip() if len(parts) == 3 else str(count)
        if len(parts) not in {2, 3} or not steps.isdecimal() or not 2 <= int(steps) <= MOST:
            raise QueryError(
                f"{span!r} is no range.", where=where, remedy="Write NAME=LOW:HIGH, or NAME=LOW:HIGH:STEPS."
            )
        low, high = given.number(known, parts[0], where), given.number(known, parts[1], where)
        count = int(steps)
    if not low < high:
        raise QueryError(f"{span!r} is no range.", where=where, remedy="Go from low to high.")
    return known, [low + (high - low) * Fraction(at, count - 1) for at in range(count)]


def _letters(cells: list[list[tuple[str, str]]]) -> dict[tuple[str, str], str]:
    """What happens → its letter, each letter once."""
    found: dict[tuple[str, str], str] = {}
    spare = iter(SPARE)
    for pair in dict.fromkeys(pair for row in cells for pair in row):
        wanted = letter(*pair)
        found[pair] = next(spare) if wanted in found.values() else wanted
    return found


def _region(
    pair: tuple[str, str],
    sign: str,
    cells: list[list[tuple[str, str]]],
    axes: tuple[list[Fraction], list[Fraction]],
    here: tuple[int, int],
) -> Region:
    columns, rows = axes
    places = [(x, y) for y, row in enumerate(cells) for x, cell in enumerate(row) if cell == pair]
    across, up = [x for x, _ in places], [y for _, y in places]
    return Region(
        sign,
        *pair,
        words(*pair),
        len(places) / (len(columns) * len(rows)),
        (float(columns[min(across)]), float(columns[max(across)])),
        (float(rows[min(up)]), float(rows[max(up)])),
        here in places,
    )


def words(path: str, defied: str) -> str:
    """What happens, in words."""
    if path.startswith("defy"):
        return f"goes ahead: {brief(path)}"
    return f"{brief(path)}; if it went ahead: {brief(defied)}"


def _told(given: Given, name: str, values: list[Fraction]) -> Axis:
    parameter = given.parameters[name]
    here = float(given.fraction(name))
    return Axis(name, parameter.symbol, parameter.label, parameter.unit, tuple(float(v) for v in values), here)


def _said(name: str, values: list[Fraction]) -> str:
    return f"{name}={float(values[0]):g}:{float(values[-1]):g}:{len(values)}"


def _nearest(values: list[Fraction], value: Fraction) -> int:
    """The place of the nearest value; -1 where the map does not reach."""
    if not values[0] <= value <= values[-1]:
        return -1
    return min(range(len(values)), key=lambda at: abs(values[at] - value))


def _field(name: str) -> str:
    return name.replace("-", "_")
