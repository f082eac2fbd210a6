"""Places: tallies as arrays, an axis for each count and a last one for the shifts, and what moves along the axes.

Two tallies are added up line by line along the first axis: a line of one, as a matrix with its numbers on diagonals, by
all lines of the other. Every sum is of terms that are not negative.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import as_strided

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from assent.folds.counting.logs import Array
    from assent.folds.counting.sections import Part

SHIFTS = 8  # at once, so that what is worked on stays in the cache


@dataclass(frozen=True, slots=True)
class Unit:
    """The parts of one unit, by the count they belong to."""

    name: str
    parts: tuple[tuple[int, Part], ...]


class Room:
    """Arrays to work in, each made once: a large one that is new is fetched from the system, page by page."""

    def __init__(self) -> None:
        self.held: dict[Hashable, Array] = {}

    def take(self, name: Hashable, shape: tuple[int, ...]) -> Array:
        """An array of a shape, with anything in it; the one of that name before is gone."""
        size = prod(shape)
        if name not in self.held or self.held[name].size < size:
            self.held[name] = np.empty(size)
        return self.held[name][:size].reshape(shape)


def move(state: Array, unit: Unit, chances: Array, parts: list[Array], spare: Array) -> None:
    """The tally with one more unit, into the first of the parts.

    The first of a unit's parts moves or not, in each pattern of the others, and so on.
    """
    (number, part), *rest = unit.parts
    inside = tuple(slice(0, size) for size in state.shape)
    for made, stay, move in zip(parts, chances[::2], chances[1::2], strict=True):
        made[...] = 0.0
        np.multiply(state, stay, out=made[inside])
        move_in(made, np.multiply(state, move, out=spare), number, part.weight)
    for number, part in rest:
        for stayed, moved in zip(parts[::2], parts[1::2], strict=True):
            move_in(stayed, moved, number, part.weight)
        parts = parts[::2]


def move_in(out: Array, tally: Array, axis: int, by: int) -> None:
    """Add a tally moved along one axis; what goes beyond the end is settled."""
    inside = [slice(0, size) for size in tally.shape]
    kept = max(0, min(tally.shape[axis], out.shape[axis] - by))
    before, after = tuple(inside[:axis]), tuple(inside[axis + 1 :])
    if kept:
        out[(*before, slice(by, by + kept), *after)] += tally[(*before, slice(0, kept))]
    settled = out[(*before, slice(-1, None), *after)]
    for place in range(kept, tally.shape[axis]):
        settled += tally[(*before, slice(place, place + 1))]


def down(pull: Array, unit: Unit, pattern: int, shape: tuple[int, ...]) -> Array:
    """The other way: for each place of a tally, what is found where it moves to in a pattern of a unit's parts."""
    by = [0] * (len(shape) - 1)
    for bit, (number, part) in enumerate(unit.parts):
        by[number] += part.weight if pattern >> bit & 1 else 0
    found = pull
    for axis, move in enumerate(by):
        last = pull.shape[axis] - 1
        if move + shape[axis] - 1 <= last:
            found = found[slot(axis, slice(move, move + shape[axis]))]
        else:
            found = np.take(found, np.minimum(np.arange(shape[axis]) + move, last), axis=axis)
    return found


def joined(first: Array, second: Array) -> Array:
    """The tally of two sets of units together.

    Examples
    --------
    >>> coin = np.array([[0.5], [0.5]])
    >>> joined(coin, coin)[:, 0].tolist()
    [0.25, 0.5, 0.25]
    """
    shape = [a + b - 1 for a, b in zip(first.shape[:-1], second.shape[:-1], strict=True)]
    out = np.zeros((first.shape[-1], *shape))
    for lines in _lines(first, second):
        here = out[lines.shifts]
        made = np.empty((*here.shape[:2], lines.first.shape[2]))
        for place in lines.each():
            here[lines.box(place)] += np.matmul(lines.table, lines.first, out=made).reshape(lines.shape)
    return np.moveaxis(out, 0, -1)


def parted(pull: Array, first: Array, second: Array) -> tuple[Array, Array]:
    """How a weighted sum over the tally of both moves with each of two tallies.

    Parameters
    ----------
    pull
        The weight of each place of the tally of both.
    """
    pulls = np.ascontiguousarray(np.moveaxis(pull, -1, 0))
    before, inner = (np.zeros((tally.shape[-1], *tally.shape[:-1])) for tally in (first, second))
    for lines in _lines(first, second):
        here, ahead = pulls[lines.shifts], before[lines.shifts].reshape(lines.first.shape)
        for place in lines.each():
            moved = here[lines.box(place)].reshape(*here.shape[:2], -1)
            ahead += lines.table.transpose(0, 2, 1) @ moved
            crossed = moved @ lines.first.transpose(0, 2, 1)
            a, b, c = crossed.strides
            along = as_strided(crossed, (len(crossed), len(second), len(first)), (a, b, b + c))
            where: tuple[int | slice, ...] = (lines.shifts, slice(None), *place)
            inner[where] = along.sum(axis=2)
    return np.moveaxis(before, 0, -1), np.moveaxis(inner, 0, -1)


@dataclass(slots=True)
class _Lines:
    """Two tallies at a few shifts, the shifts first.

    Attributes
    ----------
    first
        Lines of the one side by side: shifts by first axis by lines.
    shape
        Of what comes of one line of the other: shifts, first axis, and the other axes of the one.
    table
        The line of the other at a place, each time one place further down.
    """

    shifts: slice
    first: Array
    shape: tuple[int, ...]
    second: Array
    table: Array

    def each(self) -> Iterator[tuple[int, ...]]:
        """The places of lines of the other that hold something, each while its table is up."""
        size, n = self.second.shape[1], self.first.shape[1]
        held = np.zeros((len(self.second), size + 2 * n - 2))
        a, b = held.strides
        shifted = as_strided(held[:, n - 1 :], self.table.shape, (a, b, -b))
        for place in np.ndindex(self.second.shape[2:]):
            line = self.second[(..., *place)]
            if line.any():
                held[:, n - 1 : n - 1 + size] = line
                self.table[...] = shifted
                yield place

    def box(self, place: tuple[int, ...]) -> tuple[slice, ...]:
        """Where the one stands on the other axes when it is moved by a place."""
        return (
            slice(None),
            slice(None),
            *(slice(by, by + size) for by, size in zip(place, self.shape[2:], strict=True)),
        )


def _lines(first: Array, second: Array) -> Iterator[_Lines]:
    one, other = (np.ascontiguousarray(np.moveaxis(tally, -1, 0)) for tally in (first, second))
    for at in range(0, len(one), SHIFTS):
        shifts = slice(at, min(at + SHIFTS, len(one)))
        few, n = one[shifts], first.shape[0]
        shape = len(few), n + second.shape[0] - 1, *few.shape[2:]
        yield _Lines(shifts, few.reshape(len(few), n, -1), shape, other[shifts], np.empty((*shape[:2], n)))


def flat(tally: Array) -> Array:
    """The places one after another."""
    return tally.reshape(-1, tally.shape[-1])


def slot(axis: int, place: int | slice) -> tuple[int | slice, ...]:
    """Where an axis is at a place."""
    return (*(slice(None),) * axis, place)
