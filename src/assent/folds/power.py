"""Power: how much each member weighs in a circuit, by eight indices.

================= ====================================================================================================
banzhaf           chance of deciding when everybody else tosses a coin (Penrose 1946, Banzhaf 1965)
shapley-shubik    chance of deciding when members come round in random order (Shapley and Shubik 1954)
birnbaum          chance of deciding under given probabilities (Birnbaum 1969)
coleman-initiate  share of the losing coalitions that the member can make win (Coleman 1971)
coleman-prevent   share of the winning coalitions that the member can make lose (Coleman 1971)
johnston          each coalition's weight shared by the members it cannot lose (Johnston 1978)
deegan-packel     the same over minimal winning coalitions (Deegan and Packel 1978)
holler            minimal winning coalitions a member belongs to (Holler 1982)
================= ====================================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from assent.circuit.flat import Alike, flatten
from assent.folds.counting import minimal, shapley
from assent.folds.counting.beliefs import resolve
from assent.folds.counting.exact import log10, quotient
from assent.folds.counting.integers import counted, feasible
from assent.folds.counting.logs import add_up, log
from assent.folds.counting.schedule import schedule
from assent.folds.counting.sweep import at, sweep

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assent.circuit.flat import Flat
    from assent.circuit.nodes import Node
    from assent.folds.counting.beliefs import Belief
    from assent.folds.counting.logs import Array
    from assent.folds.counting.schedule import Schedule

Index = Literal[
    "banzhaf",
    "shapley-shubik",
    "birnbaum",
    "coleman-initiate",
    "coleman-prevent",
    "johnston",
    "deegan-packel",
    "holler",
]
INDICES: tuple[str, ...] = get_args(Index)
EXACT = "exact integers"


@dataclass(frozen=True, slots=True)
class Value:
    """One member's power, which so many alike members share.

    Attributes
    ----------
    id
        Leaf id of the first of them.
    value
        The index of one member, absolute; 0.0 where it is below the smallest float (see ``log10``).
    normalized
        The value as a share of the sum over all members.
    swings
        Coalitions of all others in which one member decides, exact; ``None`` where the index does not count them.
    members
        How many there are.
    log10
        Decimal logarithm of the value.
    """

    id: str
    value: float
    normalized: float
    swings: int | None
    members: int
    log10: float
    alike: Alike

    def ids(self) -> Iterator[str]:
        """The leaf id of each."""
        return self.alike.ids()


@dataclass(frozen=True, slots=True)
class Power:
    """An index for everybody.

    Attributes
    ----------
    values
        One for each class of alike leaves, in the order of the circuit.
    method
        How it was worked out.
    error_bound
        Bound on the relative error of a value; ``None`` where it is an exact fraction rounded once.
    total
        Sum of the values over all members.
    """

    values: tuple[Value, ...]
    index: str
    method: str
    error_bound: float | None
    total: float

    def of(self, leaf: str) -> Value:
        """The value of one leaf."""
        for value in self.values:
            if value.id == leaf or leaf in value.ids():
                return value
        raise ValueError(f"{leaf!r} is no leaf of this circuit")


def power(node: Node, index: str, probability: Mapping[str, Belief] | None = None) -> Power:
    """How much each member weighs.

    Parameters
    ----------
    node
        A circuit without exceptions.
    index
        One of ``INDICES``.
    probability
        For ``birnbaum``: see ``assent.folds.counting.beliefs``.

    Raises
    ------
    ValueError
        The circuit is not monotone, the index is not known or out of reach for it, or a probability is wrong.

    Examples
    --------
    >>> from assent.circuit.nodes import Gate, Leaf
    >>> firm = Gate("firm", "", 51, tuple(Leaf("vote", a) for a in "abc"), weights=(50, 49, 1))
    >>> [(v.id, v.swings, v.value) for v in power(firm, "banzhaf").values]
    [('vote:a', 3, 0.75), ('vote:b', 1, 0.25), ('vote:c', 1, 0.25)]
    >>> [round(v.value, 12) for v in power(firm, "shapley-shubik").values]
    [0.666666666667, 0.166666666667, 0.166666666667]
    """
    if index not in INDICES:
        raise ValueError(f"{index!r} is no index of power; valid: {', '.join(INDICES)}")
    flat = monotone(node)
    if index == "birnbaum":
        if probability is None:
            raise ValueError("birnbaum asks for probabilities; banzhaf is birnbaum at one half")
        return _birnbaum(flat, probability)
    plan = schedule(flat)
    if index == "shapley-shubik":
        found = shapley.values(plan, flat)
        return _of_logs(flat, found.logs, index, found.method, found.error)
    if index in ("johnston", "deegan-packel", "holler"):
        shared = minimal.values(flat, plan, index)
        if shared.exact is not None:
            return _of_fractions(flat, [e.numerator for e in shared.exact], [e.denominator for e in shared.exact], None,
                                 index, shared.method)  # fmt: skip
        assert shared.logs is not None  # noqa: S101 - it is one or the other
        return _of_logs(flat, shared.logs, index, shared.method, shared.error)
    return _swings(flat, plan, index)


def swings(node: Node) -> dict[str, int]:
    """Coalitions of all others in which one member decides, exact; by the first leaf id of each class.

    Raises
    ------
    ValueError
        The circuit is not monotone, or exact counts are out of reach.
    """
    flat = monotone(node)
    return {c.id: n for c, n in zip(flat.classes, counted(flat, schedule(flat)).swings, strict=True)}


def count_winning(node: Node) -> int:
    """How many coalitions win: sets of leaves with which the circuit is met, exact.

    Raises
    ------
    ValueError
        Exact counts are out of reach.

    Examples
    --------
    >>> from assent.circuit.nodes import Gate
    >>> count_winning(Gate("g", "", 2, act="vote", body="court", members=3))
    4
    """
    flat = flatten(node)
    return counted(flat, schedule(flat)).winning


def monotone(node: Node) -> Flat:
    """The circuit in numbers, if more assent never hurts.

    Raises
    ------
    ValueError
        It has a part that is not monotone.
    """
    flat = flatten(node)
    if flat.exceptions:
        raise ValueError(
            f"{', '.join(flat.exceptions)}: an exception is not monotone (more assent can turn the whole from met to "
            "not met); power is defined for monotone circuits only"
        )
    return flat


def _swings(flat: Flat, plan: Schedule, index: str) -> Power:
    """Banzhaf and Coleman: swings over the coalitions there are, exact where that is feasible."""
    if feasible(plan):
        ways = counted(flat, plan)
        below = {
            "banzhaf": 1 << max(flat.size - 1, 0),
            "coleman-initiate": ways.losing,
            "coleman-prevent": ways.winning,
        }[index]
        return _of_fractions(flat, ways.swings, [below] * len(ways.swings), ways.swings, index, EXACT)
    half = np.array([0.5])
    found = at(plan, half, half)
    logs = _by_class(plan, found.slopes)
    if index != "banzhaf":
        logs = logs - log(np.array(2.0)) - (found.log_q if index == "coleman-initiate" else found.log_p)[0, 0]
    return _of_logs(flat, logs, index, ", ".join(found.methods), found.rounding(slopes=True))


def _birnbaum(flat: Flat, probability: Mapping[str, Belief]) -> Power:
    divided, p = resolve(flat, probability)
    plan = schedule(divided, p)
    column = np.array(p)[:, None]
    with np.errstate(divide="ignore"):
        found = sweep(plan, np.log(column), np.log1p(-column))
    logs = _by_class(plan, found.slopes)
    return _of_logs(divided, logs, "birnbaum", ", ".join(found.methods), found.rounding(slopes=True))


def _by_class(plan: Schedule, slots: Array) -> Array:
    return np.array([slots[slot, 0] if slot >= 0 else -np.inf for slot in plan.leaf])


def _of_logs(flat: Flat, logs: Array, index: str, method: str, error: float | None) -> Power:
    members = np.array([c.members for c in flat.classes], dtype=float)
    sums = add_up(logs + np.log(members)) if len(logs) else np.array(-np.inf)
    shares = np.exp(logs - sums) if np.isfinite(sums) else np.zeros(len(logs))
    values = tuple(
        Value(c.id, float(np.exp(v)), float(s), None, c.members, float(v / np.log(10)), c)
        for c, v, s in zip(flat.classes, logs, shares, strict=True)
    )
    return Power(values, index, method, error, float(np.exp(sums)))


def _of_fractions(
    flat: Flat, above: Sequence[int], below: Sequence[int], counts: Sequence[int] | None, index: str, method: str
) -> Power:
    """Values that are exact fractions, each rounded once."""
    same = len(set(below)) == 1
    whole = sum(a * c.members for a, c in zip(above, flat.classes, strict=True)) if same else 0
    rough = [quotient(a, b) for a, b in zip(above, below, strict=True)]
    total = quotient(whole, below[0]) if same else sum(r * c.members for r, c in zip(rough, flat.classes, strict=True))
    values = []
    for place, alike in enumerate(flat.classes):
        a, b, value = above[place], below[place], rough[place]
        share = quotient(a, whole) if same and whole else value / total if total else 0.0
        swing = counts[place] if counts is not None else None
        values.append(Value(alike.id, value, share, swing, alike.members, log10(a, b), alike))
    return Power(tuple(values), index, method, None, total)
