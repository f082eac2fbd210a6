"""Quantal response: logit choice with errors, solved backwards.

At each node a move is chosen with odds that grow by the factor e^Λ for each unit that it is worth more. Every subgame
is played with errors too, so there is one equilibrium for each precision Λ, found in one pass (Signorino 1999;
McKelvey and Palfrey 1998).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from assent.models.standoff.tree import CHANCE, FEDERAL, chances, payoffs

if TYPE_CHECKING:
    from assent.models.standoff.parameters import Parameters
    from assent.models.standoff.tree import Pair, Tree


@dataclass(frozen=True, slots=True)
class Quantal:
    """A logit quantal response equilibrium.

    Attributes
    ----------
    precision
        Λ, per unit.
    values
        What each node is worth to the federal side and to the state, errors included.
    odds
        The probability of each move at each node, chance included; empty at an end.
    reach
        The probability of coming to each node.
    """

    tree: Tree
    precision: float
    values: tuple[Pair, ...]
    odds: tuple[tuple[float, ...], ...]
    reach: tuple[float, ...]

    def given(self, start: int, name: str) -> float:
        """The probability of passing a move of that name, once a node is reached."""
        held = {start: 1.0}
        total = 0.0
        for at in range(start, len(self.tree.nodes)):
            if at not in held:
                continue
            node = self.tree.nodes[at]
            for move, below, p in zip(node.moves, node.below, self.odds[at], strict=True):
                if move == name:
                    total += held[at] * p
                else:
                    held[below] = held[at] * p
        return total


def solve(tree: Tree, parameters: Parameters, precision: float) -> Quantal:
    """The logit equilibrium at one precision.

    Parameters
    ----------
    parameters
        The numbers; they are taken as floats.
    precision
        Λ: a difference of one unit multiplies the odds by e^Λ. Zero or more.

    Raises
    ------
    ValueError
        The precision is negative.
    """
    if not precision >= 0:
        raise ValueError("the precision of choice is zero or more")
    plain = parameters.floats()
    ends = payoffs(tree, plain)
    lots = chances(plain)
    size = len(tree.nodes)
    values: list[Pair] = [(0.0, 0.0)] * size
    odds: list[tuple[float, ...]] = [()] * size
    for at in range(size - 1, -1, -1):
        node = tree.nodes[at]
        end = ends[at]
        if end is not None:
            values[at] = (float(end[0]), float(end[1]))
            continue
        below = [values[child] for child in node.below]
        if node.player == CHANCE:
            share: tuple[float, ...] = lots[node.lottery]
        else:
            mine = 0 if node.player == FEDERAL else 1
            best = max(value[mine] for value in below)
            weights = [exp(precision * (value[mine] - best)) for value in below]
            total = sum(weights)
            share = tuple(weight / total for weight in weights)
        odds[at] = share
        values[at] = (
            sum(p * value[0] for p, value in zip(share, below, strict=True)),
            sum(p * value[1] for p, value in zip(share, below, strict=True)),
        )
    reach = [0.0] * size
    reach[0] = 1.0
    for at, node in enumerate(tree.nodes):
        for child, p in zip(node.below, odds[at], strict=True):
            reach[child] = reach[at] * p
    return Quantal(tree, precision, tuple(values), tuple(odds), tuple(reach))
