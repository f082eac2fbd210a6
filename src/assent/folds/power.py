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

from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from assent.circuit.flatten import flatten
from assent.folds.counting import minimal, shapley
from assent.folds.counting.beliefs import Runs
from assent.folds.counting.each import Each
from assent.folds.counting.exact import log10, quotient
from assent.folds.counting.integers import TooMuchWork, counted
from assent.folds.counting.logs import add_up, log
from assent.folds.counting.prepared import believed, prepared
from assent.folds.counting.schedule import schedule
from assent.folds.counting.sweep import at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
class Value(Each):
    """One member's power, which every other in a run of alike members has as well; ``value`` is absolute.

    Attributes
    ----------
    normalized
        The value as a share of the sum over all members.
    swings
        Coalitions of all others in which one member decides, exact; ``None`` where the index does not count them.
    """

    normalized: float
    swings: int | None


@dataclass(frozen=True)
class Power:
    """An index for everybody.

    Attributes
    ----------
    index
        Which.
    method
        How it was worked out.
    error_bound
        Bound on the relative error of a value; ``None`` where it is an exact fraction rounded once.
    total
        Sum of the values over all members.
    runs
        The members in runs of alike ones.
    absolute, log10, shares, swings
        For each run, what its ``Value`` says.
    """

    index: str
    method: str
    error_bound: float | None
    total: float
    runs: Runs = field(repr=False)
    absolute: Sequence[float] = field(repr=False)
    log10: Sequence[float] = field(repr=False)
    shares: Sequence[float] = field(repr=False)
    swings: Sequence[int] | None = field(repr=False)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """One for each run of alike leaves, in the order of the circuit."""
        swings = self.swings or (None,) * len(self.absolute)
        rows = zip(self.runs.each(), self.absolute, self.log10, self.shares, swings, strict=True)
        return tuple([Value(*row) for row in rows])

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
        return _birnbaum(node, probability)
    plan = schedule(flat)
    runs = Runs.of(flat)
    if index == "shapley-shubik":
        found = shapley.values(plan, flat)
        return _of_logs(runs, found.logs, index, found.method, found.error)
    if index in ("johnston", "deegan-packel", "holler"):
        shared = minimal.values(flat, plan, index)
        if shared.exact is not None:
            return _of_fractions(runs, [e.numerator for e in shared.exact], [e.denominator for e in shared.exact], None,
                                 index, shared.method)  # fmt: skip
        assert shared.logs is not None  # noqa: S101 - it is one or the other
        return _of_logs(runs, shared.logs, index, shared.method, shared.error)
    return _swings(flat, plan, runs, index)


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
    return counted(flat, schedule(flat), swings=False).winning


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


def _swings(flat: Flat, plan: Schedule, runs: Runs, index: str) -> Power:
    """Banzhaf and Coleman: swings over the coalitions there are, exact where that is feasible."""
    with suppress(TooMuchWork):
        ways = counted(flat, plan)
        below = {
            "banzhaf": 1 << max(flat.size - 1, 0),
            "coleman-initiate": ways.losing,
            "coleman-prevent": ways.winning,
        }[index]
        return _of_fractions(runs, ways.swings, [below] * len(ways.swings), ways.swings, index, EXACT)
    half = np.array([0.5])
    found = at(plan, half, half)
    logs, _ = found.of_runs(plan)
    if index != "banzhaf":
        logs = logs - log(np.array(2.0)) - (found.log_q if index == "coleman-initiate" else found.log_p)[0, 0]
    return _of_logs(runs, logs, index, ", ".join(found.methods), found.rounding(slopes=True))


def _birnbaum(node: Node, probability: Mapping[str, Belief]) -> Power:
    pattern, values = believed(probability)
    ready = prepared(node, pattern)
    column = np.array(values)[ready.chosen, None]
    with np.errstate(divide="ignore"):
        found = ready.sweep(np.log(column), np.log1p(-column), slopes=True)
    logs, _ = found.of_runs(ready.plan)
    runs = ready.believed(values)
    return _of_logs(runs, logs, "birnbaum", ", ".join(found.methods), found.rounding(slopes=True))


def _of_logs(runs: Runs, logs: Array, index: str, method: str, error: float | None) -> Power:
    members = np.array(runs.members, dtype=float)
    sums = add_up(logs + np.log(members)) if len(logs) else np.array(-np.inf)
    shares = np.exp(logs - sums) if np.isfinite(sums) else np.zeros(len(logs))
    with np.errstate(over="ignore"):
        values, total = np.exp(logs).tolist(), float(np.exp(sums))
    return Power(index, method, error, total, runs, values, (logs / np.log(10)).tolist(), shares.tolist(), None)


def _of_fractions(
    runs: Runs, above: Sequence[int], below: Sequence[int], swings: Sequence[int] | None, index: str, method: str
) -> Power:
    """Values that are exact fractions, each rounded once."""
    pairs = list(zip(above, below, strict=True))
    alike = set(pairs)
    once, tens = {pair: quotient(*pair) for pair in alike}, {pair: log10(*pair) for pair in alike}
    values, ten = [once[pair] for pair in pairs], [tens[pair] for pair in pairs]
    if len({b for _, b in alike}) == 1:
        whole = sum(map(int.__mul__, above, runs.members))
        parts = {a: quotient(a, whole) for a, _ in alike}
        total, shares = quotient(whole, below[0]), [parts[a] for a in above]
    else:
        total = sum([v * n for v, n in zip(values, runs.members, strict=True)])
        shares = [v / total if total else 0.0 for v in values]
    return Power(index, method, None, total, runs, values, ten, shares, swings)
