"""Places: tallies as arrays, an axis for each count and a last one for the shifts, and what moves along the axes."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable

    from assent.folds.counting.logs import Array
    from assent.folds.counting.sections import Part


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


def filled(tally: Array) -> list[tuple[int, ...]]:
    """The places at which a tally has something at some shift."""
    return list(map(tuple, np.argwhere(tally.max(axis=-1) > 0).tolist()))


def box(place: tuple[int, ...], shape: tuple[int, ...]) -> tuple[slice, ...]:
    """Where a tally of a shape stands in a larger one when it is moved by a place."""
    return tuple(slice(by, by + size) for by, size in zip(place, shape, strict=False))


def flat(tally: Array) -> Array:
    """The places one after another."""
    return tally.reshape(-1, tally.shape[-1])


def slot(axis: int, place: int | slice) -> tuple[int | slice, ...]:
    """Where an axis is at a place."""
    return (*(slice(None),) * axis, place)
