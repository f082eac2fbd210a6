"""Takes: who is in a coalition, as a reader is told: so many of a body, or of members who are alike."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assent.folds.game import Take
    from assent.inquiries.counting.game import Game, Seat

FEW = 3


class Taken(Struct, frozen=True):
    """So many members, of whom it does not matter which.

    Attributes
    ----------
    id
        The body; the actor where it stands alone; the first of them where they are of several bodies.
    members, of
        How many are taken, and how many there are to choose from.
    state
        The state they belong to, if to one.
    among
        Whom to choose from, where they are not one whole body.
    group
        What those have in common, as far as it is on file: their party, or their state.
    """

    id: str
    label: str
    members: int
    of: int
    state: str = ""
    among: tuple[str, ...] = ()
    group: str = ""


def taken_of(game: Game, takes: Iterable[Take]) -> tuple[Taken, ...]:
    """Who is in a coalition, in the order of the circuit."""
    order = {seat.stem: at for at, seat in enumerate(game.seats)}
    found = [_taken(game, take) for take in takes]
    return tuple(taken for _, taken in sorted(found, key=lambda pair: order.get(pair[0], len(order))))


def _taken(game: Game, take: Take) -> tuple[str, Taken]:
    stems = dict.fromkeys(stem_of(game, leaf) for leaf in take.ids)
    first = next(iter(stems))
    seat = game.of_stem[first]
    label = game.named(seat.actor) or ("" if seat.label == seat.actor else seat.label)
    if len(stems) > 1:
        states = {game.of_stem[stem].unit for stem in stems}
        among = tuple(game.shown(leaf) for leaf in take.ids)
        return first, Taken(
            game.shown(take.ids[0]), "", take.count, len(take.ids), states.pop() if len(states) == 1 else "", among
        )
    if seat.lone:
        return first, Taken(game.shown(seat.stem), label, take.count, 1, seat.unit)
    among = () if len(take.ids) == seat.members else tuple(game.shown(leaf) for leaf in take.ids)
    group = _group(seat, take.ids) if among else ""
    return first, Taken(game.shown(seat.stem), label, take.count, len(take.ids), seat.unit, among, group)


def _group(seat: Seat, ids: Iterable[str]) -> str:
    """The parties, or else the states, that some members of a body are of, if they are few."""
    numbers = [int(leaf.rpartition("/")[2]) for leaf in ids]
    ends = list(accumulate(cell.members for cell in seat.cells))
    cells = [seat.cells[bisect_left(ends, number)] for number in numbers] if ends else []
    for names in (dict.fromkeys(cell.party for cell in cells), dict.fromkeys(cell.state for cell in cells)):
        if 0 < len(names) <= FEW and "" not in names:
            return ", ".join(names)
    return ""


def stem_of(game: Game, leaf: str) -> str:
    """The stem of the seat a leaf is of."""
    return leaf if leaf in game.of_stem else leaf.rpartition("/")[0]
