"""Shapley–Shubik: the chance of deciding, averaged over a probability that everybody shares (G. Owen 1972).

The integrand is a polynomial of degree below the number of members, so half as many Gauss–Legendre nodes are exact.
With fewer, the number is doubled until two results agree; the values must add up to one in any case. A large weighted
vote, of which a node takes long, is integrated where it is open only (see ``bump``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assent.folds.counting.averages import average
from assent.folds.counting.bump import over
from assent.folds.counting.quadrature import legendre
from assent.folds.counting.recursion import KEEP
from assent.folds.counting.sweep import EPSILON, at

if TYPE_CHECKING:
    from assent.circuit.flat import Flat
    from assent.folds.counting.logs import Array
    from assent.folds.counting.schedule import Schedule

DIRECT = 130  # nodes up to which the exact number of them is taken at once
SPARE = 48  # the same where a node takes long
AGREE = 2e-13
ENOUGH = 2e-11
LAST = 4


@dataclass(frozen=True, slots=True)
class Found:
    """Logarithm of the value of one member of each class, how it was found, and a bound on its relative error."""

    logs: Array
    method: str
    error: float | None


def values(plan: Schedule, flat: Flat) -> Found:
    """Shapley–Shubik for one member of each class."""
    members = np.array([c.members if s >= 0 else 0 for c, s in zip(flat.classes, plan.leaf, strict=True)], dtype=float)
    if plan.root < 0:
        return Found(np.full(len(members), -np.inf), "nothing is left to decide", None)
    leaf = np.array(plan.leaf)
    exact = max(1, (int(members.sum()) + 1) // 2)
    slow = _slow(plan)
    if slow and len(plan.steps) == 1:
        bump = over(plan, SPARE)
        if bump is not None and bump.left <= ENOUGH:
            logs = np.where(members > 0, bump.logs[leaf], -np.inf)
            error = max(abs(float((np.exp(logs) * members).sum()) - 1.0), bump.left + bump.rounding)
            return Found(logs, f"even grid over log-odds, {bump.points} points (agreeing with every second)", error)
    before: _Integral | None = None
    for count in _counts(exact, slow=slow):
        result = _integral(plan, count)
        logs = np.where(members > 0, result.logs[leaf], -np.inf)
        error = max(abs(float((np.exp(logs) * members).sum()) - 1.0), result.rounding)
        if count == exact:
            break
        some = np.isfinite(result.logs)
        apart = 1.0
        if before is not None:
            apart = float(np.abs(np.expm1(before.logs[some] - result.logs[some])).max(initial=0.0))
        if apart <= AGREE:
            return Found(logs, f"Gauss–Legendre, {count} nodes (agreeing with {count // 2})", max(error, apart))
        if slow and result.tail <= ENOUGH:
            said = f"Gauss–Legendre, {count} nodes (the integrand's own series ends there)"
            return Found(logs, said, max(error, result.tail))
        before = result
    return Found(logs, f"Gauss–Legendre, {exact} nodes (exact degree)", error)


def _counts(exact: int, *, slow: bool) -> list[int]:
    """Numbers of nodes to try, the last of them exact."""
    counts = [] if exact <= (SPARE if slow else DIRECT) else [SPARE if slow else DIRECT]
    while counts and not slow and 2 * counts[-1] < exact:
        counts.append(2 * counts[-1])
    return [*counts, exact]


def _slow(plan: Schedule) -> bool:
    """Whether a node takes so long that none should be spent on a check."""
    return any(s.kind == "sum" and len(s.below) * min(s.need, s.total - s.need + 1) > KEEP for s in plan.steps)


@dataclass(frozen=True, slots=True)
class _Integral:
    """By slot, logarithms of the integrals; what rounding can do to them; and how far the integrand's series goes on.

    ``tail`` is the largest Legendre coefficient, as a share of the integral, to be expected half as far again as the
    nodes can tell, if they go on falling as they do over the second half of the nodes. The quadrature is exact up to
    twice the number of nodes, so this is an upper estimate of what it leaves out.
    """

    logs: Array
    rounding: float
    tail: float


def _integral(plan: Schedule, count: int) -> _Integral:
    nodes, rest, weights = legendre(count)
    whole = average(at(plan, nodes, rest), np.log(weights))
    tail = 1.0
    if count > 4 * LAST:
        shares = whole.shares[np.isfinite(whole.logs)]
        end, middle = (_highest(shares, nodes, k) for k in (count, count // 2))
        tail = float((end * np.minimum(end / middle, 1.0)).max(initial=0.0))
    return _Integral(whole.logs, whole.rounding, tail)


def _highest(share: Array, nodes: Array, count: int) -> Array:
    """The largest of the Legendre coefficients just below a degree."""
    high = np.array([(2 * k + 1) * _legendre(k, 2 * nodes - 1) for k in range(count - LAST, count)])
    found: Array = np.maximum(np.abs(share @ high.T).max(axis=1), EPSILON)
    return found


def _legendre(degree: int, x: Array) -> Array:
    before, value = np.zeros_like(x), np.ones_like(x)
    for j in range(1, degree + 1):
        before, value = value, ((2 * j - 1) * x * value - (j - 1) * before) / j
    return value
