"""Integers: how many coalitions win, and in how many each member decides, as exact whole numbers of any length.

The sweep of probabilities with ways in place of chances: a node can be met in so many ways and not be met in so many.
A threshold's ways are the coefficients of a product of polynomials, one factor for each child. To leave one child out,
the product is divided by its factor: for the sum of some coefficients, that is an alternating sum at steps of its
weight. Members of one vote have factors 1 + x^w, and their product is worked out modulo several numbers, in 64
bits each; what else there is, in Python's integers.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from math import comb, gcd, prod
from os import cpu_count
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assent.circuit.flat import TRUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.circuit.flat import Flat
    from assent.folds.counting.schedule import Schedule, Step

Whole = NDArray[np.int64]
MOST_WORK = 40_000_000  # additions of Python's integers; 64-bit ones count a twentieth
LIGHT = 20
SMALL = 62  # bits that sums of 64-bit numbers may have
BITS = 50  # of a modulus: a residue can be doubled a dozen times before it has to be reduced
DOUBLINGS = 12
CHUNK = 4096  # residues that can be added up before they have to be reduced
SEVERAL = 4_000_000  # additions from which moduli are worked out on as many threads as there are processors
THREADS = min(4, cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Counted:
    """Winning coalitions, losing ones, and for each class the coalitions of all others in which one member decides."""

    winning: int
    losing: int
    swings: tuple[int, ...]


def feasible(plan: Schedule) -> bool:
    """Whether exact counting is a matter of seconds at most."""
    return sum(map(_work, plan.steps)) <= MOST_WORK


def _work(step: Step) -> int:
    if step.diagram is not None:
        return 8 * step.diagram.states
    if step.kind != "sum":
        return step.total
    bound = min(step.need, step.total - step.need + 1)
    if step.depth == 1:
        return sum(_sizes(step, bound)) * len(_moduli(step.units)) // LIGHT
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
    ValueError
        The weights are too many and too large to count one by one.
    """
    if not feasible(plan):
        raise ValueError("the weights are too many and too large for exact counts; the values are in floating point")
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


# ── members of one vote ─────────────────────────────────────────────────────────────────────────────────────────────


def _votes(step: Step, bound: int, *, swings: bool) -> tuple[int, list[int]]:
    """Ways in which members stay below a bound, and those of all others in which one decides."""
    moduli = _moduli(step.units)
    children = sorted(zip(step.weights, step.counts, strict=True))
    weights = list(dict.fromkeys(step.weights)) if swings else []
    if len(moduli) * sum(_sizes(step, bound)) > SEVERAL:
        with ThreadPoolExecutor(THREADS) as pool:
            rows = list(pool.map(lambda modulus: _residues(children, bound, weights, modulus), moduli))
    else:
        rows = [_residues(children, bound, weights, modulus) for modulus in moduli]
    short, *found = _together(rows, moduli)
    of = dict(zip(weights, found, strict=True))
    return short, [of[weight] for weight in step.weights] if swings else []


@lru_cache(maxsize=64)
def _moduli(units: int) -> tuple[int, ...]:
    """Numbers without common divisors, whose product exceeds the coalitions of so many; one where 64 bits are enough.

    Examples
    --------
    >>> _moduli(62) == (1 << 64,), len(_moduli(190))
    (True, 4)
    """
    if units <= SMALL:
        return (1 << 64,)
    found: list[int] = []
    here = 1 << BITS
    while prod(found) >> units == 0:
        here -= 1
        if all(gcd(here, other) == 1 for other in found):
            found.append(here)
    return tuple(found)


def _residues(children: Sequence[tuple[int, int]], bound: int, weights: Sequence[int], modulus: int) -> list[int]:
    """Ways to stay below a bound, and for each weight those of all others to come within it of the bound."""
    small = modulus >> BITS == 0
    state: Whole = np.ones(1, dtype=np.int64)
    doubled = 0
    for weight, many in children:
        for _ in range(many):
            size, here = min(bound, len(state) + weight), len(state)
            after = np.empty(size, dtype=np.int64)
            after[:here] = state
            after[here:] = 0
            if size > weight:
                after[weight:] += state[: size - weight]
            state, doubled = after, doubled + 1
            if small and doubled == DOUBLINGS:
                state %= modulus
                doubled = 0
    short = _running(state, modulus) if small else np.cumsum(state)
    found = [int(short[-1])]
    for weight in weights:
        steps = short[::-weight]  # short(t) = others(t) + others(t - weight): an alternating sum
        found.append((2 * (_sum(steps[::2], modulus) - _sum(steps[1::2], modulus)) - found[0]) % modulus)
    return found


def _running(values: Whole, modulus: int) -> Whole:
    """Sums of the values up to each place, modulo a number."""
    values = values % modulus
    if len(values) <= CHUNK:
        return np.cumsum(values) % modulus
    rows = -(-len(values) // CHUNK)
    table = np.zeros((rows, CHUNK), dtype=np.int64)
    table.reshape(-1)[: len(values)] = values
    np.cumsum(table, axis=1, out=table)
    table %= modulus
    table[1:] += _running(table[:-1, -1], modulus)[:, None]
    table %= modulus
    return table.reshape(-1)[: len(values)]


def _sum(values: Whole, modulus: int) -> int:
    """The sum of residues, or of numbers of 64 bits; what does not fit is lost, which does not matter to either."""
    if modulus >> BITS or len(values) <= CHUNK:
        return int(values.sum()) % modulus
    whole = len(values) // CHUNK * CHUNK
    rows = values[:whole].reshape(-1, CHUNK).sum(axis=1) % modulus
    return (_sum(rows, modulus) + _sum(values[whole:], modulus)) % modulus


def _together(rows: Sequence[Sequence[int]], moduli: Sequence[int]) -> list[int]:
    """Whole numbers from their residues (the Chinese remainder theorem)."""
    whole = prod(moduli)
    units = [whole // m * pow(whole // m, -1, m) for m in moduli]
    return [sum(map(int.__mul__, residues, units)) % whole for residues in zip(*rows, strict=True)]
