"""Integers: how many coalitions win, and in how many each member decides, as exact whole numbers of any length.

The sweep of probabilities with ways in place of chances: a node can be met in so many ways and not be met in so many.
Arrays hold Python's integers where 64 bits would not do.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assent.circuit.flat import Flat
    from assent.folds.counting.schedule import Schedule, Step

MOST_WORK = 40_000_000  # additions of whole numbers
SMALL = 62  # bits that sums of 64-bit numbers may have


@dataclass(frozen=True, slots=True)
class Counted:
    """Winning coalitions, losing ones, and for each class the coalitions of all others in which one member decides."""

    winning: int
    losing: int
    swings: tuple[int, ...]


def feasible(plan: Schedule) -> bool:
    """Whether exact counting is a matter of seconds at most."""
    return sum(_work(step) for step in plan.steps) <= MOST_WORK


def _work(step: Step) -> int:
    if step.diagram is not None:
        return 8 * step.diagram.states
    if step.kind != "sum":
        return step.total
    bits = sum(b.count for b in step.blocks)
    return len(step.blocks) * min(step.need, step.total - step.need + 1) * (1 if bits <= SMALL else 8 + bits // 64)


def counted(flat: Flat, plan: Schedule) -> Counted:
    """Count exactly.

    Raises
    ------
    ValueError
        The weights are too many and too large to count one by one.
    """
    if not feasible(plan):
        raise ValueError("the weights are too many and too large for exact counts; the values are in floating point")
    if plan.root < 0:
        whole = 2**flat.size
        ways = (whole, 0) if flat.root == -1 else (0, whole)
        return Counted(ways[0], ways[1], (0,) * len(flat.classes))
    yes, no = [1] * plan.slots, [1] * plan.slots
    inner: dict[int, list[int]] = {}
    for step in plan.steps:
        yes[step.slot], no[step.slot], inner[step.slot] = _count(step, yes, no)
    slopes = [0] * plan.slots
    idle = sum(c.members for c, slot in zip(flat.classes, plan.leaf, strict=True) if slot < 0)
    slopes[plan.root] = 1 << idle
    for step in reversed(plan.steps):
        for block, pivot in zip(step.blocks, inner[step.slot], strict=True):
            slopes[block.slot] = slopes[step.slot] * pivot
    root = plan.root
    found = tuple(slopes[slot] if slot >= 0 else 0 for slot in plan.leaf)
    return Counted(yes[root] << idle, no[root] << idle, found)


def _count(step: Step, yes: list[int], no: list[int]) -> tuple[int, int, list[int]]:
    """Ways to be met, not to be met, and for each block the ways of all others in which one of it decides."""
    if step.diagram is not None:
        return step.diagram.count([yes[b.slot] for b in step.blocks], [no[b.slot] for b in step.blocks])
    pairs = [(no[b.slot], yes[b.slot]) if b.flipped else (yes[b.slot], no[b.slot]) for b in step.blocks]
    whole = 1
    for (y, n), block in zip(pairs, step.blocks, strict=True):
        whole *= (y + n) ** block.count
    if step.kind == "alike":
        ((y, n),), m, k = pairs, step.blocks[0].count, step.need
        tail = min((k, m + 1), (0, k), key=lambda r: r[1] - r[0])
        some = _binomial(m, *tail, y, n)
        pivot = comb(m - 1, k - 1) * y ** (k - 1) * n ** (m - k)
        return (some, whole - some, [pivot]) if tail[0] else (whole - some, some, [pivot])
    dual = step.total - step.need + 1
    if dual < step.need:
        short, pivots = _sums(step, dual, [(n, y) for y, n in pairs])
        return short, whole - short, pivots
    short, pivots = _sums(step, step.need, pairs)
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


def _sums(step: Step, bound: int, pairs: list[tuple[int, int]]) -> tuple[int, list[int]]:
    """Ways in which what moves stays below a bound, and pivots."""
    bits = sum(b.count * (y + n).bit_length() for b, (y, n) in zip(step.blocks, pairs, strict=True))
    kind = np.int64 if bits <= SMALL else object
    states = [_unit(kind)]
    numbers = [_numbers(b.count, a, s, kind) for b, (a, s) in zip(step.blocks, pairs, strict=True)]
    for block, ways in zip(step.blocks, numbers, strict=True):
        states.append(_add(states[-1], ways, block.weight, bound))
    short = int(states.pop().sum())
    ahead, found = _unit(kind), []
    for block, ways, (a, s) in reversed(list(zip(step.blocks, numbers, pairs, strict=True))):
        others = _add(ahead, _numbers(block.count - 1, a, s, kind), block.weight, bound) if block.count > 1 else ahead
        before = states.pop()
        # others[y] meets before[x] where bound - weight <= x + y < bound
        summed = np.zeros(bound + 1, dtype=kind)
        np.cumsum(others, out=summed[1 : len(others) + 1])
        summed[len(others) + 1 :] = summed[len(others)]
        top = bound - np.arange(len(before))
        span = summed[top] - summed[np.maximum(top - block.weight, 0)]
        found.append(int((before * span).sum()))
        ahead = _add(ahead, ways, block.weight, bound)
    return short, found[::-1]


def _unit(kind: Any) -> NDArray[Any]:
    return np.array([1], dtype=kind)


def _numbers(count: int, a: int, s: int, kind: Any) -> NDArray[Any]:
    return np.array([comb(count, j) * a**j * s ** (count - j) for j in range(count + 1)], dtype=kind)


def _add(state: NDArray[Any], ways: NDArray[Any], weight: int, bound: int) -> NDArray[Any]:
    """The sums below a bound after so many more of one weight."""
    size = min(bound, len(state) + weight * (len(ways) - 1))
    out = np.zeros(size, dtype=state.dtype)
    if len(ways) <= len(state):
        for j, way in enumerate(ways[: (size - 1) // weight + 1]):
            part = state[: size - j * weight]
            out[j * weight : j * weight + len(part)] += part if way == 1 else way * part
    else:
        for x, here in enumerate(state[:size]):
            part = out[x::weight][: len(ways)]
            part += here * ways[: len(part)]
    return out
