"""Chance: the probability that a circuit is met, from what is believed of its members, and whose move matters most.

Members decide independently of each other, given the common factors there are (see ``Factors``), which are integrated
by quadrature, not sampled. A factor is one variable wherever it acts: the same people vote in every stage.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import exp
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from assent.folds.counting import common
from assent.folds.counting.curve import curve
from assent.folds.counting.each import Each
from assent.folds.counting.factors import Factors
from assent.folds.counting.prepared import believed, prepared
from assent.folds.counting.sweep import at_least as enough

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike

    from assent.circuit.nodes import Node
    from assent.folds.counting.beliefs import Belief, Runs
    from assent.folds.counting.logs import Array

COLUMNS = 512  # scenarios worked out at once: as many as stay in the cache
TEN = float(np.log(10))
NOTHING = np.empty(0)
NEAR = 1e-7  # relative: what a curve may be off where it is drawn

__all__ = ["Chance", "Factors", "Gradient", "Scenarios", "Tail", "along", "at_least", "chance", "scenarios"]


@dataclass(frozen=True, slots=True)
class Gradient(Each):
    """How the probability moves with that of one member, and with that of every other in a run of alike members.

    ``value`` is the change of the whole per change of one member's probability, negative where more assent hurts;
    ``log10`` the decimal logarithm of its size.

    Attributes
    ----------
    probability
        What is believed of each.
    """

    probability: float


@dataclass(frozen=True)
class Chance:
    """How likely it is, under what was assumed.

    Attributes
    ----------
    probability, complement
        That the circuit is met, and that it is not; each accurate relative to itself. 0.0 below the smallest float.
    log10, log10_complement
        Their decimal logarithms.
    method
        How it was worked out.
    error_bound
        Bound on the relative error of the probability; ``None`` if nothing had to be worked out.
    runs
        The members in runs of whom the same is believed.
    slopes, logs
        For each run, how the whole moves with one member, and the natural logarithm of the size of that.
    """

    probability: float
    complement: float
    log10: float
    log10_complement: float
    method: str
    error_bound: float | None
    runs: Runs = field(repr=False)
    slopes: Array = field(repr=False)
    logs: Array = field(repr=False)

    @cached_property
    def gradients(self) -> tuple[Gradient, ...]:
        """One for each run of alike members of whom the same is believed, in the order of the circuit; if asked for."""
        if len(self.slopes) < len(self.runs.members):
            return ()
        rows = zip(self.runs.each(), self.slopes.tolist(), (self.logs / TEN).tolist(), self.runs.belief, strict=True)
        return tuple([Gradient(*row) for row in rows])


@dataclass(frozen=True, slots=True)
class Scenarios:
    """The same for many scenarios at once: one entry for each."""

    probability: Array
    complement: Array
    log10: Array
    method: str


def chance(
    node: Node, probability: Mapping[str, Belief], factors: Factors | None = None, *, gradients: bool = True
) -> Chance:
    """The probability that a circuit is met.

    Parameters
    ----------
    node
        The circuit.
    probability
        Leaf id, actor, body, unit, act or ``*`` → probability (for a body, also pairs of a number of members and their
        probability); the nearest word counts. With factors it is the probability where every factor is at its centre.
    factors
        What members have in common; independent of each other if left out.
    gradients
        Whether to work out how it moves with each member, too.

    Raises
    ------
    ValueError
        A probability is wrong, missing or names nobody; or the factors cannot be integrated over this circuit.

    Examples
    --------
    >>> from assent.circuit.nodes import Gate
    >>> court = Gate("court", "", 2, act="vote", body="court", members=3)
    >>> found = chance(court, {"court": 0.5})
    >>> round(found.probability, 12), [(g.id, g.members, round(g.value, 12)) for g in found.gradients]
    (0.5, [('vote:court/1', 3, 0.5)])
    """
    pattern, values = believed(probability)
    ready = prepared(node, pattern)
    runs = ready.believed(values)
    if factors is not None and factors.spread:
        found = common.integrate(ready.divided, runs.belief, factors)
        return _chance(runs, found.log_p, found.log_q, found.logs, found.signs, found.method, found.error)
    column = np.array(values)[ready.chosen, None]
    with np.errstate(divide="ignore"):
        swept = ready.sweep(np.log(column), np.log1p(-column), slopes=gradients)
    logs, signs = swept.of_runs(ready.plan) if gradients else (NOTHING, NOTHING)
    ends = float(swept.log_p[0, 0]), float(swept.log_q[0, 0])
    return _chance(runs, *ends, logs, signs, ", ".join(swept.methods), swept.rounding() or None)


def scenarios(
    node: Node,
    probability: Mapping[str, ArrayLike | Sequence[tuple[int, ArrayLike]]],
    factors: Factors | None = None,
) -> Scenarios:
    """The probability that a circuit is met, in many scenarios at once.

    Parameters
    ----------
    node
        The circuit.
    probability
        As for ``chance``, each probability being one number or one for each scenario.
    factors
        What members have in common in every scenario; then both ends are good to a millionth of themselves.

    Raises
    ------
    ValueError
        As for ``chance``, or the scenarios are not as many everywhere.

    Examples
    --------
    >>> from assent.circuit.nodes import Gate
    >>> court = Gate("court", "", 2, act="vote", body="court", members=3)
    >>> scenarios(court, {"court": [0.0, 0.5, 1.0]}).probability.round(12).tolist()
    [0.0, 0.5, 1.0]
    """
    return _scenarios(*_ends(node, probability, factors))


def _ends(
    node: Node, probability: Mapping[str, ArrayLike | Sequence[tuple[int, ArrayLike]]], factors: Factors | None
) -> tuple[Array, dict[str, None]]:
    """Logarithms of the probability and of its complement in each scenario, and how they were worked out."""
    columns: list[Array] = []
    pattern: list[tuple[str, Any]] = []
    for key, belief in probability.items():
        pairs = _pairs(belief)
        if pairs:
            pattern.append((key, tuple([(n, _column(key, p, columns)) for n, p in pairs])))
        else:
            pattern.append((key, _column(key, cast("ArrayLike", belief), columns)))
    ready = prepared(node, tuple(pattern))
    lengths = {len(c) for c in columns} - {1}
    if len(lengths) > 1:
        raise ValueError(f"the scenarios are not as many everywhere: {', '.join(map(str, sorted(lengths)))}")
    size = lengths.pop() if lengths else 1
    table = np.array([np.broadcast_to(c, size) for c in columns]).reshape(len(columns), size)
    out = np.empty((2, size))
    methods: dict[str, None] = {}
    if factors is not None and factors.spread:
        for at in range(size):
            out[0, at], out[1, at], said_so = common.ends(ready.divided, table[ready.chosen, at].tolist(), factors)
            methods[said_so] = None
        return out, methods
    for at in range(0, size, COLUMNS):
        part = table[:, at : at + COLUMNS]
        with np.errstate(divide="ignore"):
            lp, lq = np.log(part), np.log1p(-part)
        swept = ready.sweep(lp[ready.chosen], lq[ready.chosen], slopes=False)
        out[0, at : at + COLUMNS], out[1, at : at + COLUMNS] = swept.log_p[0], swept.log_q[0]
        methods.update(dict.fromkeys(swept.methods))
    return out, methods


def along(
    node: Node,
    probability: Mapping[str, float | Sequence[tuple[int, float | None]] | None],
    values: Sequence[float],
    factors: Factors | None = None,
) -> Scenarios:
    """The probability that a circuit is met along a curve: at many values of one belief, all others as they are.

    With factors, which take long at each value, they are worked out at a few and the rest is drawn through them.

    Parameters
    ----------
    node
        The circuit.
    probability
        As for ``chance``; ``None`` where the curve's value is believed.
    values
        The values of that belief.
    factors
        As for ``scenarios``.

    Raises
    ------
    ValueError
        As for ``chance``.

    Examples
    --------
    >>> from assent.circuit.nodes import Gate
    >>> court = Gate("court", "", 2, act="vote", body="court", members=3)
    >>> along(court, {"court": None}, [0.0, 0.5, 1.0]).probability.round(12).tolist()
    [0.0, 0.5, 1.0]
    """
    methods: dict[str, None] = {}

    def logs(column: Array) -> Array:
        said: dict[str, Any] = {
            key: [(n, column if p is None else p) for n, p in belief]
            if isinstance(belief, (list, tuple))
            else (column if belief is None else belief)
            for key, belief in probability.items()
        }
        found, how = _ends(node, said, factors)
        methods.update(how)
        return np.broadcast_to(found, (2, len(column)))

    column = np.array(values, dtype=float)
    if factors is None or not factors.spread:
        return _scenarios(logs(column), methods)
    out = np.empty((2, len(column)))
    inner = (column > 0.0) & (column < 1.0)  # between certainties, where log-odds are numbers
    if inner.any():
        odds = np.log(column[inner]) - np.log1p(-column[inner])
        out[:, inner] = curve(odds, lambda at: logs(1 / (1 + np.exp(-at))), NEAR)
    if not inner.all():
        out[:, ~inner] = logs(column[~inner])
    return _scenarios(out, methods)


def _scenarios(logs: Array, methods: Mapping[str, None]) -> Scenarios:
    return Scenarios(np.exp(logs[0]), np.exp(logs[1]), logs[0] / TEN, ", ".join(methods))


@dataclass(frozen=True, slots=True)
class Tail:
    """At least so many of many unequal members: probability, complement, decimal logarithms, gradients in order.

    Without gradients asked for, there are none.
    """

    probability: float
    complement: float
    log10: float
    log10_complement: float
    gradients: Array
    method: str
    error_bound: float


def at_least(need: int, probability: ArrayLike, *, gradients: bool = True) -> Tail:
    """The probability that at least so many of unequal members say yes, with all gradients, as arrays.

    Parameters
    ----------
    need
        How many have to.
    probability
        One for each member.
    gradients
        Whether to work out how it moves with each member, too.

    Raises
    ------
    ValueError
        A probability is not from 0 to 1.

    Examples
    --------
    >>> at_least(2, [0.5, 0.5, 0.5]).gradients.tolist()
    [0.5, 0.5, 0.5]
    """
    columns: list[Array] = []
    _column("member", probability, columns)
    swept = enough(need, columns[0], slopes=gradients)
    p, q = float(swept.log_p[0, 0]), float(swept.log_q[0, 0])
    slopes = np.exp(swept.slopes[:, 0])
    return Tail(
        float(np.exp(p)), float(np.exp(q)), p / TEN, q / TEN, slopes, ", ".join(swept.methods), swept.rounding()
    )


def _pairs(belief: object) -> list[tuple[int, ArrayLike]]:
    """Numbers of members with their probabilities; empty if that is not what it is."""
    if not isinstance(belief, (list, tuple)):
        return []
    pairs = [part for part in belief if isinstance(part, tuple) and len(part) == 2]
    return [(int(n), p) for n, p in pairs] if len(pairs) == len(belief) else []


def _column(key: str, values: ArrayLike, columns: list[Array]) -> int:
    """Note the scenarios of one key; their place in the list."""
    column = np.atleast_1d(np.asarray(values, dtype=float))
    if column.ndim != 1 or not (column.min(initial=0.0) >= 0 and column.max(initial=1.0) <= 1):  # a NaN is neither
        wrong = ~((column >= 0) & (column <= 1))
        what = f"{column[wrong][0]!r}" if wrong.any() else f"a table of {column.ndim} dimensions"
        raise ValueError(f"{key}: {what} is no probability; it must be from 0 to 1")
    columns.append(column)
    return len(columns) - 1


def _chance(
    runs: Runs, log_p: float, log_q: float, logs: Array, signs: Array, method: str, error: float | None
) -> Chance:
    slopes = signs * np.exp(logs) if len(logs) else logs
    return Chance(exp(log_p), exp(log_q), log_p / TEN, log_q / TEN, method, error, runs, slopes, logs)
