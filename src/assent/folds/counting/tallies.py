"""Tallies: how many units meet each count, given the shifts, added up within regions and then over them.

A tally is an array with one axis for each count and a last one for the shifts. An axis holds what has moved so far, of
the units met or of those not met, whichever takes fewer to settle the count; it ends where they can be no more, or
where the count is settled. Units are tallied in two halves, which are not added up: whether they settle a count
together is seen from the sums of one beyond each place of the other. Shifts are taken a few at a time, so that a tally
stays in the cache; on the way back the way there is gone again.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assent.folds.counting import places
from assent.folds.counting.places import Room, Unit, slot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assent.folds.counting.factors import Grid
    from assent.folds.counting.logs import Array
    from assent.folds.counting.sections import Count, Part, Sections

Whole = NDArray[np.int64]
MOST_WORK = 6_000_000_000  # multiplications
KEPT = 4_000_000  # numbers of the way there that are kept for the way back
BLOCK = 1 << 17  # numbers of a tally that are worked on at once


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
        self.counts, self.grid, self.met = counts, grid, met
        self.halves = _halves(areas, apart=grid.over_region is not None)
        duals = [c.total - c.need + 1 for c in counts]
        self.against = [d < c.need for c, d in zip(counts, duals, strict=True)]
        self.bounds = [min(c.need, d) for c, d in zip(counts, duals, strict=True)]
        if self._work() > MOST_WORK:
            raise ValueError(
                f"{len(counts)} counts of units share their factors; together they have too many outcomes. "
                "Give the nation's factor only"
            )
        self.room = Room()
        self.kept: dict[tuple[int, int], list[Array]] = {}
        self.chances = {unit: self._chances(unit) for half in self.halves for area in half for unit in area}
        self.averaged = [[grid.averaged(self._within(area), grid.over_region) for area in half] for half in self.halves]
        self.chains = list(map(self._chain, self.averaged))
        one, other = (chain[-1] for chain in self.chains)
        beyond = self._beyond(other, one.shape)
        self.patterns = np.array([np.einsum("xl,xl->l", places.flat(one), places.flat(part)) for part in beyond])

    def _sizes(self, units: Sequence[Unit]) -> list[tuple[int, ...]]:
        """How many places each axis has, for what the first units can move: none of them, the first, the first two."""
        reach = [0] * len(self.bounds)
        sizes = [(1,) * len(reach)]
        for unit in units:
            for number, part in unit.parts:
                reach[number] = min(self.bounds[number], reach[number] + part.weight)
            sizes.append(tuple([most + 1 for most in reach]))
        return sizes

    def _work(self) -> int:
        within = over = 0
        for half in self.halves:
            reach = 0
            for at, area in enumerate(half):
                size = prod(self._sizes(area)[-1])
                within += size * sum(2 ** len(unit.parts) for unit in area)
                over += size * reach
                reach = prod(self._sizes([unit for one in half[: at + 1] for unit in one])[-1])
        return within * len(self.grid.region) + over * len(self.grid.nation)

    def _blocks(self, area: Sequence[Unit]) -> Iterator[slice]:
        """The shifts of a region, as many at once as fit."""
        size, step = len(self.grid.region), max(8, BLOCK // prod(self._sizes(area)[-1]))
        return (slice(at, min(at + step, size)) for at in range(0, size, step))

    def _within(self, area: Sequence[Unit]) -> Array:
        """The tally of a region at each of its shifts."""
        sizes = self._sizes(area)
        found = np.empty((*sizes[-1], len(self.grid.region)))
        keep = sum(map(prod, sizes)) * len(self.grid.region) <= KEPT
        for columns in self._blocks(area):
            states = self._states(area, columns, keep=keep)
            found[..., columns] = states[-1]
            if keep:
                self.kept[id(area), columns.start] = states
        return found

    def _states(self, area: Sequence[Unit], columns: slice, *, keep: bool) -> list[Array]:
        """The tallies within a region, unit by unit; without ``keep`` only the last is to be relied on."""
        width = columns.stop - columns.start
        states = [np.ones((1,) * len(self.bounds) + (width,))]
        for number, (unit, size) in enumerate(zip(area, self._sizes(area)[1:], strict=True)):
            out = np.empty((*size, width)) if keep else self.room.take(("state", number % 2), (*size, width))
            chances = self.chances[unit][:, columns]
            parts = [out, *(self.room.take(("part", part), out.shape) for part in range(1, len(chances) // 2))]
            places.move(states[-1], unit, chances, parts, self.room.take("spare", states[-1].shape))
            states.append(out)
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

    def _chain(self, tallies: Sequence[Array]) -> list[Array]:
        """The tally of the first region, of the first two together, and so on."""
        chain = [*tallies[:1]] or [np.ones((1,) * len(self.bounds) + (len(self.grid.nation),))]
        for here in tallies[1:]:
            out = places.joined(chain[-1], here)
            for axis, bound in enumerate(self.bounds):
                if out.shape[axis] > bound + 1:  # what goes beyond settles it as well
                    settled = out[slot(axis, slice(bound, None))].sum(axis=axis, keepdims=True)
                    out = np.concatenate([out[slot(axis, slice(bound))], settled], axis=axis)
            chain.append(out)
        return chain

    def _beyond(self, tally: Array, shape: tuple[int, ...]) -> list[Array]:
        """For each pattern and each place of a tally of a shape, the chance that another one brings it there."""
        found = [tally]
        for axis, bound in enumerate(self.bounds):
            short, reach = [], []
            for number, part in enumerate(found):
                size = *part.shape[:axis], shape[axis], *part.shape[axis + 1 :]
                less, more = (self.room.take(("beyond", axis, side, number), size) for side in (0, 1))
                own, far = part.shape[axis], shape[axis] - 1
                less[slot(axis, far)] = part[slot(axis, slice(0, max(0, bound - far)))].sum(axis=axis)
                more[slot(axis, 0)] = part[slot(axis, slice(bound, None))].sum(axis=axis)
                for place in range(1, shape[axis]):  # the one before, and what is met from this place on
                    more[slot(axis, place)] = more[slot(axis, place - 1)]
                    less[slot(axis, far - place)] = less[slot(axis, far - place + 1)]
                    if bound - place < own:
                        more[slot(axis, place)] += part[slot(axis, bound - place)]
                    if bound - far + place - 1 < own:
                        less[slot(axis, far - place)] += part[slot(axis, bound - far + place - 1)]
                short.append(less)
                reach.append(more)
            found = [*reach, *short] if self.against[axis] else [*short, *reach]
        return found

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
        ends = [chain[-1] for chain in self.chains]
        for half, averaged, chain, beside in zip(self.halves, self.averaged, self.chains, reversed(ends), strict=True):
            if not half:
                continue
            beyond = self._beyond(beside, chain[-1].shape)
            here = sum((p * part for p, part in zip(pull, beyond, strict=True)), np.zeros(1))
            for at in range(len(half) - 1, 0, -1):
                first, second = chain[at - 1], averaged[at]
                more = [(0, a + b - 1 - n) for a, b, n in zip(first.shape, second.shape, here.shape[:-1], strict=False)]
                here, inner = places.parted(np.pad(here, [*more, (0, 0)], mode="edge"), first, second)
                self._back_within(half[at], self.grid.spread(inner, self.grid.over_region), out)
            self._back_within(half[0], self.grid.spread(here, self.grid.over_region), out)
        return out

    def _back_within(self, area: Sequence[Unit], pull: Array, out: Array) -> None:
        """The same within one region."""
        pulls = {unit: np.empty_like(self.chances[unit]) for unit in area}
        for columns in self._blocks(area):
            states = self.kept.get((id(area), columns.start)) or self._states(area, columns, keep=True)
            here = np.ascontiguousarray(pull[..., columns])
            for number in range(len(area) - 1, -1, -1):
                unit, state = area[number], states[number]
                before = self.room.take(("pull", number % 2), state.shape)
                spare = self.room.take("spare", state.shape)
                before[...] = 0.0
                every = np.ones(state.size // state.shape[-1])
                for pattern in range(2 ** len(unit.parts)):
                    moved = places.down(here, unit, pattern, state.shape)
                    pulls[unit][pattern, columns] = every @ places.flat(np.multiply(moved, state, out=spare))
                    before += np.multiply(moved, self.chances[unit][pattern, columns], out=spare)
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
        alone = singly(areas, counts, grid, met)
        groups: dict[tuple[tuple[int, ...], int], list[int]] = {}
        for column in range(size):
            ends = [(float(one[0, column]), float(one[1, column])) for one in alone]
            open_ = tuple([c for c, pair in enumerate(ends) if min(pair) * grid.over_nation[column] > tiny])
            known = sum(1 << c for c, (no, yes) in enumerate(ends) if c not in open_ and yes > no)
            groups.setdefault((open_, known), []).append(column)
        for (open_, known), taken in groups.items():
            columns = np.array(taken)
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


def singly(areas: Sequence[Sequence[Unit]], counts: Sequence[Count], grid: Grid, met: Array) -> list[Array]:
    """Each count by itself, as the patterns of a tally of its own."""
    return [Tally(_with(areas, (c,)), (count,), grid, met).patterns for c, count in enumerate(counts)]


def _with(areas: Sequence[Sequence[Unit]], counts: Sequence[int]) -> list[list[Unit]]:
    """The units as far as they have parts in some counts, which are numbered anew."""
    found = [
        [Unit(u.name, tuple([(counts.index(c), part) for c, part in u.parts if c in counts])) for u in area]
        for area in areas
    ]
    kept = [[unit for unit in area if unit.parts] for area in found]
    return [area for area in kept if area]


def _halves(areas: Sequence[Sequence[Unit]], *, apart: bool) -> tuple[list[Sequence[Unit]], list[Sequence[Unit]]]:
    """Regions in two halves of about as many units; where regions share nothing, every other unit."""
    if not apart:
        units = [unit for area in areas for unit in area]
        return [half for half in (units[::2],) if half], [half for half in (units[1::2],) if half]
    halves: tuple[list[Sequence[Unit]], list[Sequence[Unit]]] = ([], [])
    for area in sorted(areas, key=len, reverse=True):
        min(halves, key=lambda half: sum(map(len, half))).append(area)
    return halves
