"""Chance: the probability that a circuit is met, from what is believed of its members, and whose move matters most.

Members decide independently of each other, given the common factors there are (see ``Factors``), which are integrated
by quadrature, not sampled. A factor is one variable wherever it acts: the same people vote in every stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from assent.circuit.flat import FALSE, TRUE, Alike, flatten
from assent.folds.counting import common
from assent.folds.counting.beliefs import assign, resolve
from assent.folds.counting.factors import Factors
from assent.folds.counting.schedule import Block, Schedule, Step, schedule
from assent.folds.counting.sweep import sweep

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import ArrayLike

    from assent.circuit.nodes import Node
    from assent.folds.counting.beliefs import Belief
    from assent.folds.counting.logs import Array

COLUMNS = 512  # scenarios worked out at once: as many as stay in the cache

__all__ = ["Chance", "Factors", "Gradient", "Scenarios", "Tail", "at_least", "chance", "scenarios"]


@dataclass(frozen=True, slots=True)
class Gradient:
    """How the probability moves with that of one member, which so many alike members share.

    Attributes
    ----------
    id
        Leaf id of the first of them.
    probability
        What is believed of each.
    value
        Change of the whole per change of one member's probability; negative where more assent hurts.
    log10
        Decimal logarithm of its size.
    """

    id: str
    probability: float
    value: float
    members: int
    log10: float
    alike: Alike

    def ids(self) -> Iterator[str]:
        """The leaf id of each."""
        return self.alike.ids()


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely it is, under what was assumed.

    Attributes
    ----------
    probability, complement
        That the circuit is met, and that it is not; each accurate relative to itself. 0.0 below the smallest float.
    log10
        Decimal logarithm of the probability.
    gradients
        One for each class of alike leaves of whom the same is believed, in the order of the circuit.
    method
        How it was worked out.
    error_bound
        Bound on the relative error of the probability; ``None`` if nothing had to be worked out.
    log10_complement
        Decimal logarithm of the complement.
    """

    probability: float
    complement: float
    log10: float
    gradients: tuple[Gradient, ...]
    method: str
    error_bound: float | None
    log10_complement: float


@dataclass(frozen=True, slots=True)
class Scenarios:
    """The same for many scenarios at once: one entry for each."""

    probability: Array
    complement: Array
    log10: Array
    method: str


def chance(node: Node, probability: Mapping[str, Belief], factors: Factors | None = None) -> Chance:
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
    flat, p = resolve(flatten(node), probability)
    if factors is not None and factors.spread:
        found = common.integrate(flat, p, factors)
        return _chance(flat.classes, p, found.log_p, found.log_q, found.slopes, found.method, found.error)
    plan = schedule(flat, p)
    column = np.array(p)[:, None]
    with np.errstate(divide="ignore"):
        swept = sweep(plan, np.log(column), np.log1p(-column))
    slopes = [(-np.inf, 1.0) if s < 0 else (swept.slopes[s, 0], swept.signs[s, 0]) for s in plan.leaf]
    ends = float(swept.log_p[0, 0]), float(swept.log_q[0, 0])
    return _chance(flat.classes, p, *ends, slopes, ", ".join(swept.methods), swept.rounding() or None)


def scenarios(node: Node, probability: Mapping[str, ArrayLike | Sequence[tuple[int, ArrayLike]]]) -> Scenarios:
    """The probability that a circuit is met, in many scenarios at once; members are independent in each.

    Parameters
    ----------
    node
        The circuit.
    probability
        As for ``chance``, each probability being one number or one for each scenario.

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
    columns: list[Array] = []
    said: dict[str, Belief] = {}
    for key, belief in probability.items():
        pairs = _pairs(belief)
        if pairs:
            said[key] = [(n, _column(key, p, columns)) for n, p in pairs]
        else:
            said[key] = _column(key, cast("ArrayLike", belief), columns)
    flat, places = assign(flatten(node), said)
    lengths = {len(c) for c in columns} - {1}
    if len(lengths) > 1:
        raise ValueError(f"the scenarios are not as many everywhere: {', '.join(map(str, sorted(lengths)))}")
    size = lengths.pop() if lengths else 1
    plan = schedule(flat, places)
    table = np.array([np.broadcast_to(c, size) for c in columns]).reshape(len(columns), size)
    chosen = [int(place) for place in places]
    out = np.empty((2, size))
    methods: dict[str, None] = {}
    for at in range(0, size, COLUMNS):
        part = table[:, at : at + COLUMNS]
        with np.errstate(divide="ignore"):
            lp, lq = np.log(part), np.log1p(-part)
        swept = sweep(plan, lp[chosen], lq[chosen], slopes=False)
        out[0, at : at + COLUMNS], out[1, at : at + COLUMNS] = swept.log_p[0], swept.log_q[0]
        methods.update(dict.fromkeys(swept.methods))
    return Scenarios(np.exp(out[0]), np.exp(out[1]), out[0] / np.log(10), ", ".join(methods))


@dataclass(frozen=True, slots=True)
class Tail:
    """At least so many of many unequal members: probability, complement, decimal logarithms, gradients in order."""

    probability: float
    complement: float
    log10: float
    log10_complement: float
    gradients: Array
    method: str
    error_bound: float


def at_least(need: int, probability: ArrayLike) -> Tail:
    """The probability that at least so many of unequal members say yes, with all gradients, as arrays.

    Parameters
    ----------
    need
        How many have to.
    probability
        One for each member.

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
    size = len(columns[0])
    members = range(size)
    plan = Schedule(0, (TRUE if need <= 0 else FALSE,), (), ())
    if 0 < need <= size:
        step = Step(size, "sum", need, tuple(Block(i, 1, 1) for i in members), None, 1)
        plan = Schedule(size + 1, (size,), tuple(members), ((step,),))
    with np.errstate(divide="ignore"):
        swept = sweep(plan, np.log(columns[0])[:, None], np.log1p(-columns[0])[:, None])
    gradients = np.exp(swept.slopes[:size, 0]) if swept.slopes.size else np.zeros(size)
    p, q, ten = float(swept.log_p[0, 0]), float(swept.log_q[0, 0]), float(np.log(10))
    return Tail(
        float(np.exp(p)), float(np.exp(q)), p / ten, q / ten, gradients, ", ".join(swept.methods), swept.rounding()
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
    wrong = ~((column >= 0) & (column <= 1))
    if column.ndim != 1 or wrong.any():
        what = f"{column[wrong][0]!r}" if wrong.any() else f"a table of {column.ndim} dimensions"
        raise ValueError(f"{key}: {what} is no probability; it must be from 0 to 1")
    columns.append(column)
    return len(columns) - 1


def _chance(
    classes: Sequence[Alike],
    p: Sequence[float],
    log_p: float,
    log_q: float,
    slopes: Sequence[tuple[float, float]],
    method: str,
    error: float | None,
) -> Chance:
    ten = float(np.log(10))
    gradients = tuple(
        Gradient(c.id, b, float(sign * np.exp(size)), c.members, float(size) / ten, c)
        for c, b, (size, sign) in zip(classes, p, slopes, strict=True)
    )
    return Chance(float(np.exp(log_p)), float(np.exp(log_q)), log_p / ten, gradients, method, error, log_q / ten)
