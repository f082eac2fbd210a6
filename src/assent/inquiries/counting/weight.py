"""Weight: how a path's power is shared between its bodies, and what of it is the asking state's."""

from __future__ import annotations

from math import fsum, log10
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import AssentError

if TYPE_CHECKING:
    from datetime import date

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.doctrine import Doctrine

INDEX = "banzhaf"


class Part(Struct, frozen=True):
    """A body's members, and their share of all power."""

    id: str
    label: str
    members: int
    share: float


class Weight(Struct, frozen=True):
    """Who weighs how much on a path, by the Banzhaf index.

    Attributes
    ----------
    log10_winning, log10_share
        Decimal logarithms of how many coalitions win, and of their share of all.
    state_share
        What the asking state's members weigh together, in its own bodies and in those of the whole.
    reason
        Why there are no numbers, where there are none.
    """

    index: str
    members: int
    log10_winning: float | None
    log10_share: float | None
    bodies: tuple[Part, ...]
    state_share: float | None
    reason: str = ""


def weight_of(place: Jurisdiction, procedure: str, doctrine: Doctrine, day: date, state: str) -> Weight:
    """Who weighs how much on a path; no numbers, and why, where its members cannot be counted."""
    from assent.inquiries.counting.expansion import game_of_procedure
    from assent.inquiries.counting.power import group_of
    from assent.inquiries.counting.refusal import counting

    try:
        game = game_of_procedure(place, procedure, doctrine, day, state)
        with counting():
            from assent.folds.power import count_winning, power

            found, winning = power(game.node, INDEX), count_winning(game.node)
    except AssentError as err:
        return Weight(INDEX, 0, None, None, (), None, err.what.removeprefix(f"{procedure}: "))
    shares: dict[str, list[float]] = {}
    members: dict[str, int] = {}
    own = []
    for value in found.values:
        seat, cells = game.spans(value.alike)
        shares.setdefault(seat.body, []).append(value.normalized * value.members)
        members[seat.body] = members.get(seat.body, 0) + value.members
        own += [value.normalized * n for cell, n in cells if group_of(game, seat, cell, "state") == state]
    bodies = [Part(body, game.named(body), members[body], fsum(parts)) for body, parts in shares.items()]
    shift = max(winning.bit_length() - 64, 0)
    ten = log10(winning >> shift) + shift * log10(2) if winning else None
    return Weight(
        INDEX,
        game.size,
        ten,
        None if ten is None else ten - game.size * log10(2),
        tuple(sorted(bodies, key=lambda part: -part.share)),
        fsum(own),
    )
