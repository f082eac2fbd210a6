"""Regions: what happens over two parameters, all others held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assent.models.standoff.batch import solve as solve_all
from assent.models.standoff.induction import solve
from assent.models.standoff.tree import group

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from assent.models.standoff.parameters import Parameters
    from assent.models.standoff.tree import Tree


@dataclass(frozen=True, slots=True)
class Regions:
    """What happens at every pair of values.

    Attributes
    ----------
    path, defied
        Rows by the second parameter, columns by the first: the outcome from the start, and once the state defies.
    exact
        How many cells were solved again in fractions, a comparison having been too close for floating point.
    """

    path: tuple[tuple[str, ...], ...]
    defied: tuple[tuple[str, ...], ...]
    exact: int


def regions(
    tree: Tree, parameters: Parameters, x: tuple[str, Sequence[Fraction]], y: tuple[str, Sequence[Fraction]]
) -> Regions:
    """What happens over a grid of two parameters.

    Parameters
    ----------
    parameters
        Exact numbers.
    x, y
        The name of a field of ``Parameters`` and its values, which may be any that the field allows.
    """
    (across, columns), (up, rows) = x, y
    wide, high = len(columns), len(rows)
    left = np.tile(np.array([float(value) for value in columns]), high)
    right = np.repeat(np.array([float(value) for value in rows]), wide)
    found = solve_all(tree, parameters.floats().having(**{across: left, up: right}), wide * high)
    defied = tree.place("defy")
    names = [group(tree.nodes, at) if node.end else "" for at, node in enumerate(tree.nodes)]
    ends = [[names[at] for at in found.outcome[start]] for start in (0, defied)]
    close = np.flatnonzero(found.close).tolist()
    for cell in close:
        again = solve(tree, parameters.having(**{across: columns[cell % wide], up: rows[cell // wide]}))
        for told, start in zip(ends, (0, defied), strict=True):
            told[cell] = names[again.path(start)[-1]]
    path, then = (tuple(tuple(told[row * wide : (row + 1) * wide]) for row in range(high)) for told in ends)
    return Regions(path, then, len(close))
