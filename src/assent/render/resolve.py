"""A standoff with private types, on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.inquiries.standoff.breakeven import number
from assent.render.page import Block, Heading, Para, Table, quiet, say

if TYPE_CHECKING:
    from assent.inquiries.standoff.resolve import Resolve
    from assent.render.page import Line

LEAST, TINY = 5e-4, 1e-16


def resolve_blocks(found: Resolve, name: str) -> list[Block]:
    """The types, what they do, and what the other side believes."""
    kinds = "; ".join(
        f"a {k.name} {k.side} side, prior {number(k.prior)}, force costs it {number(k.force_cost)}"
        for k in found.types
        if k.prior < 1
    )
    goes = f"{name} goes ahead with probability {_told(found.defies)}"
    then = f"; if it does, force is used, at once or later, with probability {_told(found.force)}."
    limit = (
        f"the limit without errors (followed to Λ = {found.precision:,.0f})"
        if found.sequential
        else f"at Λ = {found.precision:g}"
    )
    moves = list(next(iter(found.responses.values()), {}))
    rows = tuple((say(kind), *(say(_told(odds[move])) for move in moves)) for kind, odds in found.responses.items())
    blocks: list[Block] = [
        Heading("If only each side knows its own resolve"),
        Para(say(f"Types: {kinds or 'one of each side, so nothing is private'}.")),
        Para(say(goes + then)),
        Table(("Once defied", *moves), rows, frozenset(range(1, len(moves) + 1))),
        *_beliefs(found),
    ]
    if found.bluff:
        blocks.append(Para(say(found.bluff.text)))
    told = (
        f"{limit[0].upper()}{limit[1:]}, over {found.information_sets} information sets; equations met to "
        f"{found.residual:.0e}, and no type could gain more than {max(found.regret, TINY):.0e} units by another move."
    )
    return [*blocks, Para(say(quiet(told)))]


def _beliefs(found: Resolve) -> list[Block]:
    """What a side thinks of the other when its turn comes, and what it does then."""
    rows: list[tuple[Line, ...]] = []
    for play in found.play:
        if not play.believes or not play.node:
            continue
        believed = ", ".join(f"{kind} {_told(p)}" for kind, p in play.believes.items())
        does = ", ".join(f"{move} {_told(p)}" for move, p in play.moves.items() if p >= LEAST)
        rows.append((say(play.node), say(play.kind if len(found.types) > 3 else play.side), say(believed), say(does)))
    if not rows:
        return []
    return [Table(("After", "Who", "Believes", "Does"), tuple(rows), frozenset(), frozenset({0, 2, 3}))]


def _told(p: float) -> str:
    return "0" if p < LEAST else f"{p:.3g}" if p < 1 - LEAST else "1"
