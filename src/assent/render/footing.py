"""What each move of a standoff rests on in law, as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.page import Block, Branch, Heading, Para, Tree, code, quiet, say, strong

if TYPE_CHECKING:
    from assent.inquiries.standoff.footing import Footing
    from assent.render.words import Sources

SHORT = ("defy", "tolerate", "negotiate", "litigate", "sanction", "force")


def footing_blocks(found: tuple[Footing, ...], sources: Sources, *, full: bool) -> list[Block]:
    """The law beside the branches: what each move needs and who can stop it."""
    if not found:
        return []
    shown = [move for move in found if full or move.move in SHORT]
    blocks: list[Block] = [
        Heading("What each move rests on in law"),
        Tree(tuple(_move(move, sources, full=full) for move in shown)),
    ]
    if len(shown) < len(found):
        blocks.append(Para(say(quiet("--full adds the other moves, every need, and the procedures step by step."))))
    return blocks


def _move(move: Footing, sources: Sources, *, full: bool) -> Branch:
    below = [Branch(say(need)) for need in (move.needs if full else move.needs[:1])]
    stops = move.who_can_stop
    if full:
        below += [
            Branch(say(quiet("can be stopped by "), stop.who, f": {stop.how}", sources.mark(stop.cite)))
            for stop in stops
        ]
    elif stops:
        below.append(Branch(say(quiet("can be stopped by "), "; ".join(stop.who for stop in stops))))
    if move.unsettled:
        asked = "; ".join(f"{u.title} Held: {u.reading} ({u.standing})" for u in move.unsettled)
        below.append(Branch(say(quiet("unsettled: "), asked)))
    if full:
        below += [Branch(say(quiet("by "), way.title, " ", code(way.procedure))) for way in move.procedure]
    return Branch(say(strong(move.move), f": {move.title}.", sources.mark(move.cite)), tuple(below))
