"""Turns: the values of one parameter at which the outcome changes, all others held, as exact fractions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from assent.models.standoff.batch import solve as solve_all
from assent.models.standoff.induction import solve
from assent.models.standoff.tree import group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assent.models.standoff.parameters import Parameters
    from assent.models.standoff.tree import Tree

STEPS = 240
HALVINGS = 60
LARGEST = 10**9  # of a denominator that is tried for an exact value


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of the outcome.

    Attributes
    ----------
    name
        The parameter.
    at
        Where it changes.
    exact
        Whether somebody is exactly indifferent there (else it is known to about 1e-12).
    below, above
        The outcome from the start and once the state defies, on each side.
    """

    name: str
    at: Fraction
    exact: bool
    below: tuple[str, str]
    above: tuple[str, str]


def turns(tree: Tree, parameters: Parameters, spans: dict[str, tuple[Fraction, Fraction]]) -> tuple[Turn, ...]:
    """Where the outcome changes as each parameter moves through its span.

    Each span is searched in 240 steps; two changes within one step are missed. All payoffs are linear in each
    parameter, so the values are fractions, which are recovered and checked by an exact solution.

    Parameters
    ----------
    parameters
        Exact numbers.
    spans
        Field of ``Parameters`` → its least and greatest value.
    """
    plain = parameters.floats()
    names = list(spans)
    lows = np.array([float(spans[name][0]) for name in names])
    highs = np.array([float(spans[name][1]) for name in names])
    grid = lows[:, None] + (highs - lows)[:, None] * np.linspace(0, 1, STEPS + 1)
    found = _outcomes(tree, plain, [name for name in names for _ in range(STEPS + 1)], grid.ravel())
    found = found.reshape(len(names), STEPS + 1, 2)
    rows, columns = np.nonzero((found[:, 1:] != found[:, :-1]).any(axis=2))
    if not len(rows):
        return ()
    which = [names[row] for row in rows]
    low, high = grid[rows, columns], grid[rows, columns + 1]
    start = found[rows, columns]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        same = (_outcomes(tree, plain, which, middle) == start).all(axis=1)
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return tuple(
        _turn(tree, parameters, name, (float(one), float(other)), spans[name])
        for name, one, other in zip(which, low, high, strict=True)
    )


def _outcomes(tree: Tree, plain: Parameters, which: Sequence[str], values: NDArray[np.float64]) -> NDArray[np.intp]:
    """The two outcomes where the n-th standoff has the n-th value in the n-th parameter."""
    changed = {}
    for name in dict.fromkeys(which):
        held = np.full(len(values), float(getattr(plain, name)))
        mine = np.array([other == name for other in which])
        held[mine] = values[mine]
        changed[name] = held
    found = solve_all(tree, plain.having(**changed), len(values))
    return np.stack([found.outcome[0], found.outcome[tree.place("defy")]], axis=1)


def _turn(
    tree: Tree, parameters: Parameters, name: str, near: tuple[float, float], span: tuple[Fraction, Fraction]
) -> Turn:
    middle = Fraction(near[0]) + (Fraction(near[1]) - Fraction(near[0])) / 2
    step = (span[1] - span[0]) / (STEPS * 1000)
    at, exact = middle, False
    size = 10
    while size <= LARGEST:
        tried = middle.limit_denominator(size)
        if abs(tried - middle) < Fraction(1, 10**11) and solve(tree, parameters.having(**{name: tried})).ties:
            at, exact = tried, True
            break
        size *= 10
    below = _told(tree, parameters.having(**{name: max(at - step, span[0])}))
    above = _told(tree, parameters.having(**{name: min(at + step, span[1])}))
    return Turn(name, at, exact, below, above)


def _told(tree: Tree, parameters: Parameters) -> tuple[str, str]:
    found = solve(tree, parameters)
    ends = [group(tree.nodes, found.path(start)[-1]) for start in (0, tree.place("defy"))]
    return ends[0], ends[1]
