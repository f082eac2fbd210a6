"""Minimal: the indices that look inside a coalition: Johnston, Deegan–Packel, Holler.

Coalitions are taken together that have as many of each kind of alike leaves. Where even these are too many, a circuit
whose leaves can be ranked is followed leaf by leaf (see ``ranked``, and ``ranks`` for more of them); a compound of
unweighted votes is counted part by part (see ``decisive``); and Holler's numbers are those of minimal winning
coalitions with and without a member.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from math import comb, prod
from typing import TYPE_CHECKING

import numpy as np

from assent.folds.counting import decisive, ranked, ranks
from assent.folds.counting.diagram import LARGEST
from assent.folds.game import of_flat
from assent.folds.winning import Winning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assent.circuit.flat import Flat
    from assent.folds.counting.logs import Array
    from assent.folds.counting.schedule import Schedule

MOST_KINDS_OF_COALITION = 2**20


@dataclass(frozen=True, slots=True)
class Shared:
    """The value of one member of each class: exact fractions, or logarithms with a bound on the relative error."""

    method: str
    exact: list[Fraction] | None = None
    logs: Array | None = None
    error: float | None = None


def values(flat: Flat, plan: Schedule, index: str) -> Shared:
    """The index of one member of each class.

    Raises
    ------
    ValueError
        The circuit is too large for it.
    """
    pools = _pools(flat, plan)
    if not pools:
        return Shared("nothing is left to decide", [Fraction(0)] * len(flat.classes))
    kinds = prod(1 + sum(flat.classes[c].members for c in pool) for pool in pools)
    if kinds > MOST_KINDS_OF_COALITION:
        exact = ranked.values(flat, flat.reached(), index)
        if exact is not None:
            return Shared("exact integers, a diagram of ranked leaves", exact)
        if index == "holler":
            return _counted(flat)
        if decisive.applies(plan):
            found = decisive.values(plan, [c.members for c in flat.classes], index)
            return Shared(f"generating function, Gauss–Legendre, {found.nodes} nodes", None, found.logs, found.error)
        along = _along(flat, index)
        if along is not None:
            return along
        raise ValueError(
            f"{index} looks inside every coalition; the {flat.size:,} members of this circuit form "
            f"10^{len(str(kinds)) - 1} kinds of them, of which {MOST_KINDS_OF_COALITION:,} can be looked at, and its "
            "votes have large weights or share members, so that they cannot be taken one by one"
        )
    return _by_kind(flat, pools, index)


def _along(flat: Flat, index: str) -> Shared | None:
    """By a diagram of ranked leaves with more of them than whole numbers of 64 bits count."""
    gates = flat.reached()
    inputs = ranked.inputs_of(flat, gates)
    members = sum(flat.classes[i].members for i in inputs)
    with suppress(ValueError):  # too many states
        diagram = ranked.ordered(*ranked.placed(flat, gates)) if members <= ranks.MOST_LEAVES else None
        if diagram is not None and ranks.fits(diagram):
            found, error = ranks.values(diagram, index)
            scale = (flat.size - members) * np.log(2.0) if index == "johnston" else 0.0
            logs = np.full(len(flat.classes), -np.inf)
            logs[[inputs[leaf] for leaf in found]] = np.array(list(found.values())) + scale
            said = f"generating function over a diagram of ranked leaves, Gauss–Legendre, {ranks.nodes(diagram)} nodes"
            return Shared(said, None, logs, error)
    return None


def _counted(flat: Flat) -> Shared:
    """Holler: the minimal winning coalitions with a member."""
    game = of_flat(flat)
    winning = Winning(game)
    known = {c: Fraction(winning.minimal(c)) for c in range(len(game.classes))}
    found = [known.get(game.place.get(next(alike.ids()), -1), Fraction(0)) for alike in flat.classes]
    return Shared("exact integers, part by part", found)


def _pools(flat: Flat, plan: Schedule) -> list[list[int]]:
    """Classes whose members are all alike, together; those that decide nothing are left out."""
    if flat.root < 0:
        return []
    parents: dict[int, list[int]] = {}
    for number in flat.reached():
        for child in flat.gate(number).children:
            parents.setdefault(child.node, []).append(number)
    pools: dict[tuple[int, ...], list[int]] = {}
    for number, slot in enumerate(plan.leaf):
        if slot >= 0:
            pools.setdefault((slot, *parents.get(number, ())), []).append(number)
    return list(pools.values())


def _by_kind(flat: Flat, pools: Sequence[Sequence[int]], index: str) -> Shared:
    """Every kind of coalition: as many of each pool."""
    sizes = [sum(flat.classes[c].members for c in pool) for pool in pools]
    met = _met(flat, pools, sizes)
    critical = []
    for axis in range(len(pools)):
        deciding = np.zeros_like(met)
        upper, lower = [slice(None)] * len(pools), [slice(None)] * len(pools)
        upper[axis], lower[axis] = slice(1, None), slice(None, -1)
        deciding[tuple(upper)] = met[tuple(upper)] & ~met[tuple(lower)]
        critical.append(deciding)
    vulnerable = np.logical_or.reduce(critical)
    rows = np.argwhere(vulnerable)
    deciding = np.array([c[vulnerable] for c in critical]).T.reshape(len(rows), len(pools))
    if index != "johnston":
        least = (deciding | (rows == 0)).all(axis=1)
        rows, deciding = rows[least], deciding[least]
    number = (rows * deciding).sum(axis=1)
    ways = _ways(rows, sizes) * (1 << (flat.size - sum(sizes) if index == "johnston" else 0))
    found = [Fraction(0)] * len(flat.classes)
    for axis, pool in enumerate(pools):
        held = deciding[:, axis]
        each: Fraction = Fraction(0)
        for count in np.unique(number[held]).tolist():
            which = held & (number == count)
            whole = sum((w * r for w, r in zip(ways[which], rows[which, axis].tolist(), strict=True)), 0)
            each += Fraction(int(whole), count if index != "holler" else 1)
        for c in pool:
            found[c] = each / sizes[axis]
    every = int(sum(ways, 0))
    if index == "deegan-packel" and every:
        found = [f / every for f in found]
    return Shared("exact integers, every kind of coalition", found)


def _ways(rows: NDArray[np.int64], sizes: Sequence[int]) -> NDArray[np.object_]:
    """How many coalitions there are of each kind."""
    ways = np.ones(len(rows), dtype=object)
    for axis, size in enumerate(sizes):
        if size > 1:
            ways *= np.array([comb(size, j) for j in range(size + 1)], dtype=object)[rows[:, axis]]
    return ways


def _met(flat: Flat, pools: Sequence[Sequence[int]], sizes: Sequence[int]) -> NDArray[np.bool_]:
    """Whether the circuit is met by each kind of coalition: one axis for each pool."""
    large = any(
        sum(c.weight * flat.members(c.node) for c in g.children) > LARGEST for g in map(flat.gate, flat.reached())
    )
    kind = object if large else np.int64
    counts: dict[int, NDArray[np.int64]] = {}
    for axis, (pool, size) in enumerate(zip(pools, sizes, strict=True)):
        shape = [1] * len(pools)
        shape[axis] = size + 1
        counts[pool[0]] = np.arange(size + 1, dtype=kind).reshape(shape)
        for other in pool[1:]:  # the whole pool is counted at its first class; they stand under one threshold
            counts[other] = np.zeros([1] * len(pools), dtype=kind)
    for node in flat.reached():
        gate = flat.gate(node)
        reached: NDArray[np.int64] = np.zeros([1] * len(pools), dtype=kind)
        for child in gate.children:
            reached = reached + child.weight * counts[child.node]
        counts[node] = (reached >= gate.need).astype(kind)
    whole = counts[flat.root] > 0
    return np.broadcast_to(whole, [s + 1 for s in sizes]).copy()
