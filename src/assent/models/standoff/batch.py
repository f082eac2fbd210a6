"""Batch: backward induction and logit choice over whole arrays of parameters at once, in floating point.

Where a comparison is closer than ``CLOSE`` the cell is marked, so that the caller can solve it exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from assent.models.standoff.induction import main
from assent.models.standoff.tree import CHANCE, FEDERAL, chances, group, payoffs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assent.models.standoff.parameters import Parameters
    from assent.models.standoff.tree import Pair, Tree

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

CLOSE = 1e-9  # units; a smaller difference between two moves may be a tie


@dataclass(frozen=True, slots=True)
class Solved:
    """Equilibria of an array of standoffs.

    Attributes
    ----------
    federal, state
        What each node is worth, nodes first.
    choice
        Which move is made at each node; -1 where nobody moves.
    outcome
        For each node the end to which it leads, along the branch that a story takes (see ``main``).
    close
        Where a comparison at any node was too close for floating point.
    """

    tree: Tree
    federal: Floats
    state: Floats
    choice: Places
    outcome: Places
    close: NDArray[np.bool_]


def solve(tree: Tree, parameters: Parameters, size: int) -> Solved:
    """Backward induction for arrays of ``size`` numbers (a single number stands for all of them)."""
    ends, odds = payoffs(tree, parameters), chances(parameters)
    shape = (len(tree.nodes), size)
    federal, state = np.zeros(shape), np.zeros(shape)
    choice = np.full(shape, -1, dtype=np.intp)
    outcome = np.zeros(shape, dtype=np.intp)
    close = np.zeros(size, dtype=bool)
    columns = np.arange(size)
    for at in range(len(tree.nodes) - 1, -1, -1):
        node = tree.nodes[at]
        end = ends[at]
        if end is not None:
            federal[at], state[at] = _floats(end)
            outcome[at] = at
        elif node.player == CHANCE:
            (one, other), (left, right) = (_floats(odds[node.lottery]), node.below)
            federal[at] = one * federal[left] + other * federal[right]
            state[at] = one * state[left] + other * state[right]
            outcome[at] = outcome[node.below[main(node.lottery)]]
        else:
            below = np.array(node.below)
            worth = (federal if node.player == FEDERAL else state)[below]
            best = worth.argmax(axis=0)
            taken = below[best]
            choice[at] = best
            federal[at], state[at] = federal[taken, columns], state[taken, columns]
            outcome[at] = outcome[taken, columns]
            close |= (worth >= worth.max(axis=0) - CLOSE).sum(axis=0) > 1
    return Solved(tree, federal, state, choice, outcome, close)


@dataclass(frozen=True, slots=True)
class Quantal:
    """Logit equilibria of an array of standoffs: the probability of each move at each node, and of reaching it."""

    tree: Tree
    odds: tuple[Floats, ...]
    reach: Floats

    def given(self, start: int, name: str) -> Floats:
        """The probability of passing a move of that name, once a node is reached."""
        held: dict[int, Floats] = {start: np.ones(self.reach.shape[1])}
        total = np.zeros(self.reach.shape[1])
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


def quantal(tree: Tree, parameters: Parameters, precision: Any, size: int) -> Quantal:
    """Logit equilibria for arrays of ``size`` numbers; the precision may be an array too."""
    ends, lots = payoffs(tree, parameters), chances(parameters)
    count = len(tree.nodes)
    federal, state = np.zeros((count, size)), np.zeros((count, size))
    odds: list[Floats] = [np.zeros((0, size))] * count
    for at in range(count - 1, -1, -1):
        node = tree.nodes[at]
        end = ends[at]
        if end is not None:
            federal[at], state[at] = _floats(end)
            continue
        below = list(node.below)
        if node.player == CHANCE:
            share = np.array([np.broadcast_to(p, size) for p in _floats(lots[node.lottery])])
        else:
            worth = (federal if node.player == FEDERAL else state)[below]
            share = np.exp(precision * (worth - worth.max(axis=0)))
            share /= share.sum(axis=0)
        odds[at] = share
        federal[at] = np.einsum("ij,ij->j", share, federal[below])
        state[at] = np.einsum("ij,ij->j", share, state[below])
    reach = np.zeros((count, size))
    reach[0] = 1.0
    for at, node in enumerate(tree.nodes):
        for child, p in zip(node.below, odds[at], strict=True):
            reach[child] = reach[at] * p
    return Quantal(tree, tuple(odds), reach)


def _floats(pair: Pair) -> Pair:
    """A pair as floats or arrays of floats."""
    one, other = pair
    return (
        one if isinstance(one, np.ndarray) else float(one),
        other if isinstance(other, np.ndarray) else float(other),
    )


def groups(tree: Tree) -> tuple[str, ...]:
    """The outcome that each end belongs to, by the place of the node; empty at nodes that are no ends."""
    return tuple(group(tree.nodes, at) if node.end else "" for at, node in enumerate(tree.nodes))
