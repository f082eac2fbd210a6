"""Branches: the tree of a standoff as data, each node with its payoffs, its probabilities and what is chosen there."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.inquiries.standoff.story import FEDERAL, Step, told

if TYPE_CHECKING:
    from collections.abc import Collection

    from assent.models.standoff.induction import Solved
    from assent.models.standoff.quantal import Quantal
    from assent.models.standoff.tree import Pair

RULING = "ruling"
UNITS = {"federal": "federal units", "state": "state units", "chance": ""}


class Payoffs(Struct, frozen=True):
    """What something is worth to both sides, against the status quo, each in its own unit."""

    federal: float
    state: float


class Branch(Struct, frozen=True):
    """A node of the tree.

    Attributes
    ----------
    id, parent
        The moves that lead to it, and to the node before it; the start is empty and has no parent.
    move
        The last of these moves.
    by
        Who made it: ``state``, ``federal`` or ``chance``; empty at the start.
    text
        The move in a sentence.
    player
        Who moves here; empty at an end.
    payoffs
        What the node is worth if everybody does what is best from here on.
    chosen
        Whether the one who came to the node before would choose this move (true of every branch of a lottery).
    probability
        Of a lottery's branch.
    odds
        The probability of the move with errors, in the order of the precisions of the result.
    footing
        The move whose footing in law it has (``footing`` of the result); empty where it has none.
    """

    id: str
    parent: str | None
    move: str
    by: str
    text: str
    player: str
    payoffs: Payoffs
    chosen: bool
    probability: float | None
    odds: tuple[float, ...]
    footing: str


class Tie(Struct, frozen=True):
    """A node at which several moves are equally good for the one who moves."""

    node: str
    who: str
    moves: tuple[str, ...]
    text: str


def branches_of(found: Solved, erring: tuple[Quantal, ...], state: str, laws: Collection[str]) -> tuple[Branch, ...]:
    """The whole tree, each node before those below it.

    Parameters
    ----------
    laws
        The moves whose footing in law is known.
    """
    nodes = found.tree.nodes
    made = [Branch("", None, "", "", "", nodes[0].player, payoffs(found, 0), True, None, (), "")]  # noqa: FBT003
    for at, node in enumerate(nodes):
        for place, below in enumerate(node.below):
            lot = node.player == "chance"
            made.append(
                Branch(
                    nodes[below].id,
                    node.id,
                    node.moves[place],
                    node.player,
                    told(node, node.moves[place], state),
                    nodes[below].player,
                    payoffs(found, below),
                    lot or found.choice[at] == place,
                    erring[0].odds[at][place] if lot else None,
                    tuple(one.odds[at][place] for one in erring),
                    law if (law := node.lottery if node.lottery == RULING else node.moves[place]) in laws else "",
                )
            )
    order = {node.id: at for at, node in enumerate(nodes)}
    return tuple(sorted(made, key=lambda branch: order[branch.id]))


def payoffs(found: Solved, at: int) -> Payoffs:
    """What a node is worth to both sides."""
    federal, state = found.values[at]
    return Payoffs(float(federal), float(state))


def path_of(found: Solved, chances: dict[str, Pair], start: int, state: str) -> tuple[Step, ...]:
    """The moves from a node on, along the branch of each lottery that a story takes; a use of force is left open.

    Parameters
    ----------
    chances
        Lottery → the chances of its two outcomes.
    """
    steps = []
    passed = found.path(start)
    for at, below in pairwise(passed):
        node = found.tree.nodes[at]
        place = node.below.index(below)
        move = node.moves[place]
        if node.lottery == "force":
            break
        lot = node.player == "chance"
        steps.append(
            Step(
                node.id,
                node.player,
                move,
                told(node, move, state),
                float(chances[node.lottery][place]) if lot else None,
                None if lot else _margin(found, at),
                UNITS[node.player],
            )
        )
    return tuple(steps)


def _margin(found: Solved, at: int) -> float:
    """How much better the chosen move is than the next best; 0 at a tie."""
    node = found.tree.nodes[at]
    mine = 0 if node.player == "federal" else 1
    worth = sorted((found.values[below][mine] for below in node.below), reverse=True)
    return float(worth[0] - worth[1]) if len(worth) > 1 else 0.0


def ties_of(found: Solved, state: str) -> tuple[Tie, ...]:
    """The ties there are."""
    made = []
    for at, moves in sorted(found.ties.items()):
        node = found.tree.nodes[at]
        names = tuple(node.moves[move] for move in moves)
        who = state if node.player == "state" else FEDERAL
        where = f" at {node.id}" if node.id else " at the start"
        made.append(Tie(node.id, node.player, names, f"{who} does not care{where} between {' and '.join(names)}"))
    return tuple(made)
