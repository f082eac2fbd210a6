"""Draws: what follows from ranges instead of single numbers, and which of the numbers drives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assent.models.standoff.batch import quantal, solve
from assent.models.standoff.tree import group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from assent.models.standoff.parameters import Parameters
    from assent.models.standoff.tree import Tree

    Floats = NDArray[np.float64]

PRECISION = "precision"
BINS = 20
DEFIES, FORCE = "defies", "force"


class Range(NamedTuple):
    """What a number may be: from ``low`` to ``high``, evenly or (``even`` false) evenly in its logarithm."""

    low: float
    high: float
    even: bool = True


@dataclass(frozen=True, slots=True)
class Predicted:
    """What follows from draws out of ranges.

    Attributes
    ----------
    values
        The numbers drawn, by name.
    path, defied
        Outcome of the exact solution → the share of draws with it: from the start, and once the state defies.
    chances
        What may happen → its probability with errors in each draw: ``defies``; each response of the federal side and
        ``force`` at any time, these given that the state defies.
    """

    values: dict[str, Floats]
    path: dict[str, float]
    defied: dict[str, float]
    chances: dict[str, Floats]


def draw(ranges: Mapping[str, Range], count: int, seed: int) -> dict[str, Floats]:
    """Numbers out of ranges, each independent of the others.

    Each range is cut into as many parts as there are draws, and each part gives one (Latin hypercube).
    """
    dice = np.random.default_rng(seed)
    found = {}
    for name, (low, high, even) in ranges.items():
        share = (dice.permutation(count) + dice.random(count)) / count
        found[name] = low + (high - low) * share if even else low * (high / low) ** share
    return found


def predict(
    tree: Tree, parameters: Parameters, precision: float, ranges: Mapping[str, Range], count: int, seed: int
) -> Predicted:
    """What follows from ranges; numbers without one are held.

    Parameters
    ----------
    precision
        Λ, where ``ranges`` has none.
    ranges
        By field of ``Parameters``, and ``precision``.
    count, seed
        How many draws, and what they begin with.
    """
    values = draw(ranges, count, seed)
    held = parameters.floats().having(**{name: drawn for name, drawn in values.items() if name != PRECISION})
    start, defied = 0, tree.place("defy")
    exact = solve(tree, held, count)
    erring = quantal(tree, held, values.get(PRECISION, precision), count)
    shares = [_shares(tree, exact.outcome[at]) for at in (start, defied)]
    chances = {DEFIES: erring.odds[start][tree.nodes[start].moves.index("defy")]}
    responses = tree.nodes[defied].moves
    chances |= {name: erring.odds[defied][at] for at, name in enumerate(responses) if name != FORCE}
    chances[FORCE] = erring.given(defied, FORCE)
    return Predicted(values, shares[0], shares[1], chances)


def _shares(tree: Tree, ends: NDArray[np.intp]) -> dict[str, float]:
    found: dict[str, float] = {}
    for at, count in zip(*np.unique(ends, return_counts=True), strict=True):
        name = group(tree.nodes, int(at))
        found[name] = found.get(name, 0.0) + float(count) / len(ends)
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def driven(result: Floats, values: Floats) -> float:
    """The share of the variance of a result that one of the numbers explains alone (its first-order index).

    The draws are cut into 20 parts by that number; the means of the parts vary by so much of the whole variance. What
    pure chance would give, 19 in the number of draws, is taken off.
    """
    whole = float(result.var())
    if whole <= 0:
        return 0.0
    parts = np.array_split(result[np.argsort(values, kind="stable")], BINS)
    between = float(np.average([(part.mean() - result.mean()) ** 2 for part in parts], weights=list(map(len, parts))))
    noise = (BINS - 1) / len(result)
    return max(0.0, (between / whole - noise) / (1 - noise))
