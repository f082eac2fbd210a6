"""Integers: how many coalitions win, and in how many each member decides, as exact whole numbers of any length.

The sweep of probabilities with ways in place of chances: a node can be met in so many ways and not be met in so many.
A threshold's ways are the coefficients of a product of polynomials, one factor for each child. To leave one child out,
the product is divided by its factor: for the sum of some coefficients, that is an alternating sum at steps of its
weight. Members of one vote have factors 1 + x^w, and their product is worked out by residues; what else there is, in
Python's integers.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, prod
from typing import TYPE_CHECKING

import numpy as np

from assent.circuit.flat import TRUE
from assent.folds.counting.residues import SMALL, Sums, by_residues, moduli, packed, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assent.circuit.flat import Flat
    from assent.folds.counting.schedule import Schedule, Step

MOST_WORK = 40_000_000  # additions of Python's integers; 64-bit ones count a twentieth
LIGHT = 20
SHORT = 2_000  # sums that are counted in one long number


@dataclass(frozen=True, slots=True)
class Counted:
    """Winning coalitions, losing ones, and for each class the coalitions of all others in which one member decides."""

    winning: int
    losing: int
    swings: tuple[int, ...]


class TooMuchWork(ValueError):
    """Exact counting would take too long."""


def feasible(plan: Schedule) -> bool:
    """Whether exact counting is a matter of seconds at most."""
    return any(sum(work(step) for step in plan.steps) <= MOST_WORK for work in (_most_work, _work))


def _most_work(step: Step) -> int:
    """Bound on the work of a step, seen at once."""
    light = step.kind == "sum" and step.depth == 1 and step.diagram is None
    return step.units * step.need * len(moduli(step.units)) // LIGHT + 1 if light else _work(step)


def _work(step: Step) -> int:
    if step.diagram is not None:
        return 8 * step.diagram.states
    if step.kind != "sum":
        return step.units
    bound = min(step.need, step.total - step.need + 1)
    if step.depth == 1:
        return sum(_sizes(step, bound)) * len(moduli(step.units)) // LIGHT
    return len(step.below) * bound * (8 + step.units // 64)


def _sizes(step: Step, bound: int) -> list[int]:
    """How many sums there are below a bound after each child, light ones first."""
    found, reach = [], 0
    for weight, count in sorted(zip(step.weights, step.counts, strict=True)):
        for _ in range(count):
            reach += weight
            found.append(min(reach + 1, bound))
    return found


def counted(flat: Flat, plan: Schedule, *, swings: bool = True) -> Counted:
    """Count exactly.

    Parameters
    ----------
    swings
        Whether to count those as well.

    Raises
    ------
    TooMuchWork
        The weights are too many and too large to count one by one.
    """
    if not feasible(plan):
        raise TooMuchWork("the weights are too many and too large to be counted exactly")
    if plan.root < 0:
        ways = (1 << flat.size, 0) if flat.root == TRUE else (0, 1 << flat.size)
        return Counted(*ways, (0,) * len(plan.leaf))
    yes, no = [1] * plan.slots, [1] * plan.slots
    inner: list[tuple[Step, Sequence[int]]] = []
    for step in plan.steps:
        yes[step.slot], no[step.slot], pivots = count(step, yes, no, swings=swings)
        inner.append((step, pivots))
    idle = sum(c.members for c, slot in zip(flat.classes, plan.leaf, strict=True) if slot < 0)
    found: tuple[int, ...] = ()
    if swings:
        slopes = [0] * plan.slots
        slopes[plan.root] = 1 << idle
        for step, pivots in reversed(inner):
            for slot, pivot in zip(step.below, pivots, strict=True):
                slopes[slot] = slopes[step.slot] * pivot
        found = tuple([slopes[slot] if slot >= 0 else 0 for slot in plan.leaf])
    return Counted(yes[plan.root] << idle, no[plan.root] << idle, found)


def count(step: Step, yes: Sequence[int], no: Sequence[int], *, swings: bool = True) -> tuple[int, int, Sequence[int]]:
    """Ways to be met, not to be met, and for each block the ways of all others in which one of it decides.

    Parameters
    ----------
    yes, no
        For each slot, in how many ways it is met, and not.
    """
    if step.diagram is not None:
        return step.diagram.count([yes[slot] for slot in step.below], [no[slot] for slot in step.below])
    pairs = [(no[s], yes[s]) if f else (yes[s], no[s]) for s, f in zip(step.below, step.against, strict=True)]
    whole = prod([(y + n) ** many for (y, n), many in zip(pairs, step.counts, strict=True)])
    if step.kind == "alike":
        ((y, n),), (m,), k = pairs, step.counts, step.need
        tail = min((k, m + 1), (0, k), key=lambda r: r[1] - r[0])
        some = _binomial(m, *tail, y, n)
        pivot = (comb(m - 1, k - 1) * y ** (k - 1) * n ** (m - k),) if swings else ()
        return (some, whole - some, pivot) if tail[0] else (whole - some, some, pivot)
    dual = step.total - step.need + 1
    if dual < step.need:
        short, pivots = _sums(step, dual, [(n, y) for y, n in pairs], swings=swings)
        return short, whole - short, pivots
    short, pivots = _sums(step, step.need, pairs, swings=swings)
    return whole - short, short, pivots


def _binomial(m: int, low: int, high: int, y: int, n: int) -> int:
    """The ways in which at least ``low`` and fewer than ``high`` of m alike are met."""
    if y == n == 1:
        term = total = comb(m, low)
        for j in range(low, high - 1):
            term = term * (m - j) // (j + 1)
            total += term
        return total
    return sum(comb(m, j) * y**j * n ** (m - j) for j in range(low, high))


def _sums(step: Step, bound: int, pairs: list[tuple[int, int]], *, swings: bool) -> tuple[int, list[int]]:
    """Ways in which what moves stays below a bound, and pivots."""
    if set(pairs) == {(1, 1)}:
        return _votes(step, bound, swings=swings)
    state = np.array([1], dtype=object)
    for weight, many, (a, s) in zip(step.weights, step.counts, pairs, strict=True):
        state = _add(state, [comb(many, j) * a**j * s ** (many - j) for j in range(many + 1)], weight, bound)
    short = np.cumsum(state).tolist()
    found = [_pivot(short, bound, weight, *pair) for weight, pair in zip(step.weights, pairs, strict=True)]
    return short[-1], found if swings else []


def _pivot(short: list[int], bound: int, weight: int, a: int, s: int) -> int:
    """Ways of the others to come within a weight of the bound, from the ways of all to stay below each sum.

    All stay below a sum if one does not move and the others stay below it, or it does and they stay below it by its
    weight: short(t) = s others(t) + a others(t - weight).
    """
    others = before = 0
    for at in range((bound - 1) % weight, bound, weight):
        before, others = others, (short[at] - a * others) // s
    return others - before


def _add(state: NDArray[np.object_], ways: Sequence[int], weight: int, bound: int) -> NDArray[np.object_]:
    """The sums below a bound after so many more of one weight."""
    size = min(bound, len(state) + weight * (len(ways) - 1))
    out = np.zeros(size, dtype=object)
    if len(ways) <= len(state):
        for j, way in enumerate(ways[: (size - 1) // weight + 1]):
            part = state[: size - j * weight]
            out[j * weight : j * weight + len(part)] += part if way == 1 else way * part
    else:
        row = np.array(ways, dtype=object)
        for x, here in enumerate(state[:size]):
            part = out[x::weight][: len(row)]
            part += here * row[: len(part)]
    return out


def _alternating(short: list[int], weight: int) -> int:
    """Ways of all others to come within a weight of the bound: short(t) = others(t) + others(t - weight)."""
    steps = short[::-weight]
    return 2 * (sum(steps[::2]) - sum(steps[1::2])) - short[-1]


def _votes(step: Step, bound: int, *, swings: bool) -> tuple[int, list[int]]:
    """Members of one vote: ways in which they stay below a bound, and those of all others in which one decides."""
    children = sorted(zip(step.weights, step.counts, strict=True))
    weights = list(dict.fromkeys(step.weights)) if swings else []
    if bound <= SHORT and step.units <= SMALL:
        ways = packed(children, bound)
        return ways[-1], [_alternating(ways, weight) for weight in step.weights] if swings else []

    def count(modulus: int) -> list[int]:
        sums = Sums(bound, modulus)
        for weight, many in children:
            for _ in range(many):
                sums.add(weight)
        short = sums.running()
        found = [int(short[-1])]
        for weight in weights:
            steps = short[::-weight]  # short(t) = others(t) + others(t - weight): an alternating sum
            found.append((2 * (total(steps[::2], modulus) - total(steps[1::2], modulus)) - found[0]) % modulus)
        return found

    short, *found = by_residues(step.units, sum(_sizes(step, bound)), count)
    of = dict(zip(weights, found, strict=True))
    return short, [of[weight] for weight in step.weights] if swings else []
