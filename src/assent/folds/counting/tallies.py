"""Tallies: how many units meet each count, given the shifts, added up within regions and then over them.

A tally is an array with one axis for each count and a last one for the shifts. An axis holds what has moved so far, of
the units met or of those not met, whichever takes fewer to settle the count; its last place is "settled". Shifts are
taken a few at a time, so that a tally stays in the cache; on the way back the way there is gone again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from assent.folds.counting.factors import Grid
    from assent.folds.counting.logs import Array
    from assent.folds.counting.sections import Count, Part, Sections

Whole = NDArray[np.int64]
MOST_WORK = 6_000_000_000  # multiplications
BLOCK = 1 << 17  # numbers of a tally that are worked on at once


@dataclass(frozen=True, slots=True)
class Unit:
    """The parts of one unit, by the count they belong to."""

    name: str
    parts: tuple[tuple[int, Part], ...]


def regions(pieces: Sections, where: Mapping[str, str]) -> tuple[tuple[Unit, ...], ...]:
    """The units of each region; of all of them together where regions have nothing in common."""
    units: dict[str, list[tuple[int, Part]]] = {}
    for number, count in enumerate(pieces.counts):
        for part in count.parts:
            units.setdefault(part.unit, []).append((number, part))
    found: dict[str, list[Unit]] = {}
    for name, parts in units.items():
        found.setdefault(where.get(name, ""), []).append(Unit(name, tuple(parts)))
    return tuple(tuple(r) for r in found.values())


class Tally:
    """The tally of a circuit on one grid.

    Parameters
    ----------
    areas
        The units of each region.
    counts
        The thresholds over parts.
    grid
        The shifts.
    met
        The chance that each part is met, and that it is not, at each shift of its unit.

    Attributes
    ----------
    patterns
        Patterns by shifts of the nation: the chance that exactly those counts are met; count ``c`` is bit ``c``.
    """

    def __init__(self, areas: Sequence[Sequence[Unit]], counts: Sequence[Count], grid: Grid, met: Array) -> None:
        self.areas, self.counts, self.grid, self.met = areas, counts, grid, met
        duals = [c.total - c.need + 1 for c in counts]
        self.against = [d < c.need for c, d in zip(counts, duals, strict=True)]
        self.bounds = [min(c.need, d) for c, d in zip(counts, duals, strict=True)]
        self.shape = tuple(b + 1 for b in self.bounds)
        if self._work() > MOST_WORK:
            raise ValueError(
                f"{len(counts)} counts of units share their factors; together they have too many outcomes. "
                "Give the nation's factor only"
            )
        self.chances = {unit: self._chances(unit) for area in areas for unit in area}
        self.outer: list[Array] = []
        self.averaged: list[Array] = []
        for area in areas:
            within = np.empty((*self.shape, len(grid.region)))
            for columns in self._blocks():
                within[..., columns] = self._states(area, columns)[-1]
            here = grid.averaged(within, grid.over_region)
            self.averaged.append(here)
            self.outer.append(self._joined(self.outer[-1], here) if self.outer else here)
        if not areas:
            self.outer.append(self._start(len(grid.nation)))
        self.patterns = np.array([self._pattern(self.outer[-1], p) for p in range(2 ** len(counts))])

    def _work(self) -> int:
        cells = int(np.prod(self.shape))
        within = sum(2 ** len(unit.parts) for area in self.areas for unit in area) * len(self.grid.region)
        over = sum(min(cells, (len(area) + 1) ** len(self.bounds)) for area in self.areas[1:]) * len(self.grid.nation)
        return int(cells * (within + over))

    def _blocks(self) -> Iterator[slice]:
        """The shifts of a region, as many at once as fit."""
        size, step = len(self.grid.region), max(8, BLOCK // int(np.prod(self.shape)))
        return (slice(at, min(at + step, size)) for at in range(0, size, step))

    def _start(self, columns: int) -> Array:
        start = np.zeros((*self.shape, columns))
        start[(0,) * len(self.bounds)] = 1.0
        return start

    def _states(self, area: Sequence[Unit], columns: slice) -> list[Array]:
        """The tallies within a region, unit by unit."""
        states = [self._start(columns.stop - columns.start)]
        for unit in area:
            states.append(_moved(states[-1], unit, self.chances[unit][:, columns]))
        return states

    def _chances(self, unit: Unit) -> Array:
        """The chance of each pattern of a unit's parts moving, over its own shift, at each shift of its region."""
        chances = np.ones((1, len(self.grid.state)))
        for number, part in unit.parts:
            stay, move = (self._side(number, part, moving=moving) for moving in (False, True))
            chances = np.concatenate([chances * stay, chances * move])
        return self.grid.averaged(chances, self.grid.over_state)

    def _side(self, number: int, part: Part, *, moving: bool) -> Array:
        """The chance that a part moves its count, or does not: met or not met, at each shift of its unit."""
        met = moving != (part.flipped != self.against[number])
        side: Array = self.met[0 if met else 1, part.place]
        return side

    def _joined(self, first: Array, second: Array) -> Array:
        """The tally of two sets of units together."""
        out, spare = np.zeros_like(first), np.empty_like(first)
        for place, moved in _walk(first, second, _up):
            np.multiply(moved, second[place], out=spare)
            _move_in(out, spare, len(place) - 1, place[-1])
        return out

    def _cells(self, pattern: int) -> tuple[slice | int, ...]:
        """The cells in which exactly the counts of a pattern are met."""
        cells: list[slice | int] = []
        for number, bound in enumerate(self.bounds):
            settled = bool(pattern >> number & 1) != self.against[number]
            cells.append(bound if settled else slice(0, bound))
        return tuple(cells)

    def _pattern(self, tally: Array, pattern: int) -> Array:
        part = tally[self._cells(pattern)]
        total: Array = part.reshape(-1, part.shape[-1]).sum(axis=0)
        return total

    def back(self, pull: Array) -> Array:
        """How a weighted sum over the patterns moves with the chance of each part being met at each shift.

        Parameters
        ----------
        pull
            Patterns by shifts of the nation: what each pattern counts.

        Returns
        -------
        array
            Parts by shifts of a state.
        """
        out = np.zeros(self.met.shape[1:])
        outer = np.empty_like(self.outer[-1])
        for pattern in range(2 ** len(self.counts)):
            outer[self._cells(pattern)] = pull[pattern]
        for at in range(len(self.areas) - 1, 0, -1):
            inner, before = np.zeros_like(outer), np.zeros_like(outer)
            averaged = self.averaged[at]
            spare = np.empty_like(outer)
            for place, part in _walk(outer, averaged, _down):
                moved = _down(part, len(place) - 1, place[-1])
                inner[place] = np.einsum("xl,xl->l", _rows(moved), _rows(self.outer[at - 1]))
                np.multiply(moved, averaged[place], out=spare)
                before += spare
            outer = before
            self._within(self.areas[at], self.grid.spread(inner, self.grid.over_region), out)
        if self.areas:
            self._within(self.areas[0], self.grid.spread(outer, self.grid.over_region), out)
        return out

    def _within(self, area: Sequence[Unit], pull: Array, out: Array) -> None:
        """The same within one region."""
        pulls = {unit: np.empty_like(self.chances[unit]) for unit in area}
        for columns in self._blocks():
            here, states = pull[..., columns], self._states(area, columns)[:-1]
            for unit, state in zip(reversed(area), reversed(states), strict=True):
                before = np.zeros_like(here)
                for pattern, (chance, moved) in enumerate(
                    zip(self.chances[unit][:, columns], _downs(here, unit), strict=True)
                ):
                    pulls[unit][pattern, columns] = np.einsum("xl,xl->l", _rows(moved), _rows(state))
                    before += moved * chance
                here = before
        for unit in area:
            self._parts(unit, self.grid.spread(pulls[unit], self.grid.over_state), out)

    def _parts(self, unit: Unit, pulls: Array, out: Array) -> None:
        for bit, (number, part) in enumerate(unit.parts):
            sign = -1.0 if part.flipped != self.against[number] else 1.0
            for pattern, pull in enumerate(pulls):
                others = np.ones(len(self.grid.state))
                for other, (count, piece) in enumerate(unit.parts):
                    if other != bit:
                        others = others * self._side(count, piece, moving=bool(pattern >> other & 1))
                out[part.place] += (sign if pattern >> bit & 1 else -sign) * others * pull


class Tallies:
    """The tally of a circuit, at each shift of the nation over the counts that are open there.

    Where all but a tiny share of what can happen settles a count, or leaves it unsettled, the others are tallied
    without it; less than that share is neglected.

    Parameters
    ----------
    areas, counts, grid, met
        As for ``Tally``.
    tiny
        The share; 0 for none.

    Attributes
    ----------
    patterns
        As of ``Tally``.
    """

    def __init__(
        self, areas: Sequence[Sequence[Unit]], counts: Sequence[Count], grid: Grid, met: Array, tiny: float
    ) -> None:
        self.shape, size = met.shape[1:], len(grid.nation)
        self.pieces: list[tuple[Whole, Whole, Tally]] = []
        if len(counts) < 2 or not tiny:
            tally = Tally(areas, counts, grid, met)
            self.patterns = tally.patterns
            self.pieces.append((np.arange(len(self.patterns)), np.arange(size), tally))
            return
        self.patterns = np.zeros((2 ** len(counts), size))
        alone = [Tally(_with(areas, (c,)), (count,), grid, met).patterns for c, count in enumerate(counts)]
        groups: dict[tuple[tuple[int, ...], int], list[int]] = {}
        for column in range(size):
            ends = [(float(one[0, column]), float(one[1, column])) for one in alone]
            open_ = tuple([c for c, pair in enumerate(ends) if min(pair) > tiny])
            known = sum(1 << c for c, (no, yes) in enumerate(ends) if c not in open_ and yes > no)
            groups.setdefault((open_, known), []).append(column)
        for (open_, known), places in groups.items():
            columns = np.array(places)
            if not open_:
                self.patterns[known, columns] = 1.0
                continue
            tally = Tally(_with(areas, open_), [counts[c] for c in open_], grid.at(columns), met)
            bits = [1 << c for c in open_]
            rows = np.array(
                [known | sum(b for bit, b in enumerate(bits) if p >> bit & 1) for p in range(1 << len(bits))]
            )
            self.patterns[np.ix_(rows, columns)] = tally.patterns
            self.pieces.append((rows, columns, tally))

    def back(self, pull: Array) -> Array:
        """As of ``Tally``."""
        out = np.zeros(self.shape)
        for rows, columns, tally in self.pieces:
            out += tally.back(pull[np.ix_(rows, columns)])
        return out


def _with(areas: Sequence[Sequence[Unit]], counts: Sequence[int]) -> list[list[Unit]]:
    """The units as far as they have parts in some counts, which are numbered anew."""
    found = [
        [Unit(u.name, tuple([(counts.index(c), part) for c, part in u.parts if c in counts])) for u in area]
        for area in areas
    ]
    kept = [[unit for unit in area if unit.parts] for area in found]
    return [area for area in kept if area]


def _rows(tally: Array) -> Array:
    return tally.reshape(-1, tally.shape[-1])


def _walk(
    tally: Array, other: Array, move: Callable[[Array, int, int], Array]
) -> Iterator[tuple[tuple[int, ...], Array]]:
    """Each place where the other tally has something, and the tally moved there along all axes but the last."""
    last = other.ndim - 2
    parts, before = [tally] * (last + 1), (0,) * last
    for place in map(tuple, np.argwhere(other.max(axis=-1) > 0).tolist()):
        other_way = False
        for axis in range(last):
            other_way = other_way or place[axis] != before[axis]
            if other_way:
                parts[axis + 1] = move(parts[axis], axis, place[axis])
        yield place, parts[last]
        before = place[:last]


def _moved(state: Array, unit: Unit, chances: Array) -> Array:
    """The tally with one more unit: its first part moves or not, in each pattern of the others, and so on."""
    (number, part), *rest = unit.parts
    parts = [state * stay for stay in chances[::2]]
    spare = np.empty_like(state)
    for made, move in zip(parts, chances[1::2], strict=True):
        np.multiply(state, move, out=spare)
        _move_in(made, spare, number, part.weight)
    for number, part in rest:
        for stayed, moved in zip(parts[::2], parts[1::2], strict=True):
            _move_in(stayed, moved, number, part.weight)
        parts = parts[::2]
    found: Array = parts[0]
    return found


def _move_in(out: Array, tally: Array, axis: int, by: int) -> None:
    """Add a tally moved along one axis; what goes beyond the end is settled."""
    into, view = np.moveaxis(out, axis, 0), np.moveaxis(tally, axis, 0)
    last = len(view) - 1
    if 0 < by < last:
        into[by:last] += view[: last - by]
    elif not by:
        into[:last] += view[:last]
    into[last] += view[max(0, last - by) :].sum(axis=0)


def _downs(pull: Array, unit: Unit) -> list[Array]:
    """The other way: for each pattern, what is found where it moves to."""
    found = [pull]
    for number, part in unit.parts:
        found += [_down(here, number, part.weight) for here in found]
    return found


def _up(tally: Array, axis: int, by: int) -> Array:
    """A tally moved along one axis; what goes beyond the end is settled."""
    if not by:
        return tally
    view = np.moveaxis(tally, axis, 0)
    last = len(view) - 1
    out = np.empty_like(tally)
    into = np.moveaxis(out, axis, 0)
    into[:by] = 0.0
    into[by:last] = view[: max(0, last - by)]
    into[last] = view[max(0, last - by) :].sum(axis=0)
    return out


def _down(pull: Array, axis: int, by: int) -> Array:
    """The other way: for each place, what is found where it moves to."""
    if not by:
        return pull
    last = pull.shape[axis] - 1
    found: Array = np.take(pull, np.minimum(np.arange(last + 1) + by, last), axis=axis)
    return found
