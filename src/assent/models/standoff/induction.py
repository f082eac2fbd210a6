"""Induction: the game solved backwards, each side doing what is best for it at every node; ties are told.

With whole numbers and fractions as parameters every comparison is exact. A tie goes to the move that stands first in
the tree, which is the milder one; the other equilibria are listed beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING

from assent.models.standoff.tree import CHANCE, FEDERAL, chances, payoffs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assent.models.standoff.parameters import Parameters
    from assent.models.standoff.tree import Pair, Tree

MOST = 64  # equilibrium outcomes that are listed


@dataclass(frozen=True, slots=True)
class Solved:
    """A subgame perfect equilibrium.

    Attributes
    ----------
    values
        What each node is worth to the federal side and to the state.
    choice
        Which move is made at each node of a player; -1 elsewhere.
    ties
        The nodes at which several moves are best, with the places of those moves.
    """

    tree: Tree
    values: tuple[Pair, ...]
    choice: tuple[int, ...]
    ties: dict[int, tuple[int, ...]]

    def path(self, start: int = 0) -> tuple[int, ...]:
        """The nodes passed from one on, chance taking the branch of ``main``."""
        passed = [start]
        while self.tree.nodes[passed[-1]].below:
            at = passed[-1]
            node = self.tree.nodes[at]
            passed.append(node.below[main(node.lottery) if node.player == CHANCE else self.choice[at]])
        return tuple(passed)


def main(lottery: str) -> int:
    """The branch of a lottery along which a story is told: what the lottery was expected to bring.

    A petition is told by its failing, a ruling by its being for the federal side, a use of force as itself.
    """
    return {"lawful": 1, "ruling": 1, "force": 0}[lottery]


def solve(tree: Tree, parameters: Parameters) -> Solved:
    """The game solved backwards.

    Parameters
    ----------
    tree
        The moves.
    parameters
        The numbers; exact ones make the solution exact.
    """
    ends = payoffs(tree, parameters)
    odds = chances(parameters)
    values: list[Pair] = [(0, 0)] * len(tree.nodes)
    choice = [-1] * len(tree.nodes)
    ties = {}
    for at in range(len(tree.nodes) - 1, -1, -1):
        node = tree.nodes[at]
        end = ends[at]
        if end is not None:
            values[at] = end
        elif node.player == CHANCE:
            (one, other), (left, right) = odds[node.lottery], node.below
            values[at] = (
                one * values[left][0] + other * values[right][0],
                one * values[left][1] + other * values[right][1],
            )
        else:
            mine = 0 if node.player == FEDERAL else 1
            worth = [values[below][mine] for below in node.below]
            best = max(worth)
            choice[at] = worth.index(best)
            values[at] = values[node.below[choice[at]]]
            if worth.count(best) > 1:
                ties[at] = tuple(move for move, value in enumerate(worth) if value == best)
    return Solved(tree, tuple(values), tuple(choice), ties)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one equilibrium leads to from a node on: the nodes passed, and what it is worth."""

    passed: tuple[int, ...]
    value: Pair


def outcomes(tree: Tree, parameters: Parameters, start: int = 0) -> tuple[Outcome, ...]:
    """The outcomes of all subgame perfect equilibria in pure strategies, each once; at most 64.

    There is more than one only where somebody is indifferent.
    """
    ends = payoffs(tree, parameters)
    odds = chances(parameters)
    found: dict[int, tuple[Outcome, ...]] = {}
    for at in range(len(tree.nodes) - 1, start - 1, -1):
        node = tree.nodes[at]
        end = ends[at]
        if end is not None:
            found[at] = (Outcome((at,), end),)
            continue
        below = [found[child] for child in node.below]
        each: Iterator[Outcome] = (
            made
            for ways in islice(product(*below), MOST * MOST)
            for made in (
                (_chance(at, node.lottery, odds[node.lottery], ways),)
                if node.player == CHANCE
                else _best(at, 0 if node.player == FEDERAL else 1, ways)
            )
        )
        found[at] = tuple({(way.passed, way.value): way for way in each}.values())[:MOST]
    return found[start]


def _chance(at: int, lottery: str, odds: Pair, ways: tuple[Outcome, ...]) -> Outcome:
    left, right = ways
    value = tuple(odds[0] * one + odds[1] * other for one, other in zip(left.value, right.value, strict=True))
    return Outcome((at, *ways[main(lottery)].passed), (value[0], value[1]))


def _best(at: int, mine: int, ways: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    best = max(way.value[mine] for way in ways)
    return tuple(Outcome((at, *way.passed), way.value) for way in ways if way.value[mine] == best)
