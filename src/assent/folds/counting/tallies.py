"""Tallies: how many units meet each count, given the shifts, added up within regions and then over them.

A tally is an array with one axis for each count and a last one for the shifts. An axis holds what has moved so far, of
the units met or of those not met, whichever takes fewer to settle the count; its last place is "settled".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assent.folds.counting.factors import Grid
    from assent.folds.counting.logs import Array
    from assent.folds.counting.sections import Count, Part, Sections

MOST_WORK = 3_000_000_000  # multiplications


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
        if self._work() > MOST_WORK:
            raise ValueError(
                f"{len(counts)} counts of units share their factors; together they have too many outcomes. "
                "Give the nation's factor only"
            )
        self.inner: list[list[Array]] = []
        self.outer: list[Array] = []
        self.averaged: list[Array] = []
        for area in areas:
            states = [self._start(len(grid.region))]
            for unit in area:
                chances = self._chances(unit)
                states.append(
                    sum(
                        (chance * self._move(states[-1], unit, pattern) for pattern, chance in enumerate(chances)),
                        np.zeros_like(states[-1]),
                    )
                )
            self.inner.append(states)
            self.averaged.append(states[-1] @ grid.over_region.T)
            here = self.averaged[-1]
            self.outer.append(self._joined(self.outer[-1], here) if self.outer else here)
        if not areas:
            self.outer.append(self._start(len(grid.nation)))
        self.patterns = np.array([self._pattern(self.outer[-1], p) for p in range(2 ** len(counts))])

    def _work(self) -> int:
        cells = int(np.prod([b + 1 for b in self.bounds]))
        within = sum(2 ** len(unit.parts) for area in self.areas for unit in area) * len(self.grid.region)
        over = sum(min(cells, (len(area) + 1) ** len(self.bounds)) for area in self.areas[1:]) * len(self.grid.nation)
        return int(cells * (within + over))

    def _start(self, columns: int) -> Array:
        start = np.zeros((*(b + 1 for b in self.bounds), columns))
        start[(0,) * len(self.bounds)] = 1.0
        return start

    def _chances(self, unit: Unit) -> list[Array]:
        """The chance of each pattern of a unit's parts moving, over its own shift, at each shift of its region."""
        size = len(unit.parts)
        found = []
        for pattern in range(2**size):
            chance = np.ones(len(self.grid.state))
            for bit, (number, part) in enumerate(unit.parts):
                chance = chance * self._side(number, part, moving=bool(pattern >> bit & 1))
            found.append(self.grid.over_state @ chance)
        return found

    def _side(self, number: int, part: Part, *, moving: bool) -> Array:
        """The chance that a part moves its count, or does not: met or not met, at each shift of its unit."""
        met = moving != (part.flipped != self.against[number])
        side: Array = self.met[0 if met else 1, part.place]
        return side

    def _move(self, tally: Array, unit: Unit, pattern: int) -> Array:
        for bit, (number, part) in enumerate(unit.parts):
            if pattern >> bit & 1:
                tally = _up(tally, number, part.weight)
        return tally

    def _joined(self, first: Array, second: Array) -> Array:
        """The tally of two sets of units together."""
        out = np.zeros_like(first)
        for place in np.argwhere(second.max(axis=-1) > 0):
            moved = first
            for axis, by in enumerate(place):
                moved = _up(moved, axis, int(by))
            out += moved * second[tuple(place)]
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
            for place in np.argwhere(averaged.max(axis=-1) > 0):
                moved = outer
                for axis, by in enumerate(place):
                    moved = _down(moved, axis, int(by))
                inner[tuple(place)] = (moved * self.outer[at - 1]).reshape(-1, moved.shape[-1]).sum(axis=0)
                before += moved * averaged[tuple(place)]
            outer = before
            self._within(at, inner @ self.grid.over_region, out)
        if self.areas:
            self._within(0, outer @ self.grid.over_region, out)
        return out

    def _within(self, at: int, pull: Array, out: Array) -> None:
        """The same within one region."""
        for unit, state in reversed(list(zip(self.areas[at], self.inner[at], strict=False))):
            chances = self._chances(unit)
            before = np.zeros_like(pull)
            pulls = []
            for pattern, chance in enumerate(chances):
                moved = pull
                for bit, (number, part) in enumerate(unit.parts):
                    if pattern >> bit & 1:
                        moved = _down(moved, number, part.weight)
                pulls.append((moved * state).reshape(-1, moved.shape[-1]).sum(axis=0) @ self.grid.over_state)
                before += moved * chance
            self._parts(unit, pulls, out)
            pull = before

    def _parts(self, unit: Unit, pulls: Sequence[Array], out: Array) -> None:
        for bit, (number, part) in enumerate(unit.parts):
            sign = -1.0 if part.flipped != self.against[number] else 1.0
            for pattern, pull in enumerate(pulls):
                others = np.ones(len(self.grid.state))
                for other, (count, piece) in enumerate(unit.parts):
                    if other != bit:
                        others = others * self._side(count, piece, moving=bool(pattern >> other & 1))
                out[part.place] += (sign if pattern >> bit & 1 else -sign) * others * pull


def _up(tally: Array, axis: int, by: int) -> Array:
    """A tally moved along one axis; what goes beyond the end is settled."""
    if not by:
        return tally
    view = np.moveaxis(tally, axis, 0)
    last = len(view) - 1
    out = np.zeros_like(view)
    if by < last:
        out[by:last] = view[: last - by]
    out[last] = view[max(0, last - by) :].sum(axis=0)
    return np.moveaxis(out, 0, axis)


def _down(pull: Array, axis: int, by: int) -> Array:
    """The other way: for each place, what is found where it moves to."""
    if not by:
        return pull
    last = pull.shape[axis] - 1
    found: Array = np.take(pull, np.minimum(np.arange(last + 1) + by, last), axis=axis)
    return found
