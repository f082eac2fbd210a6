"""Decisive: Johnston and Deegan–Packel in compounds of unweighted votes of any size.

Mark every member whom a coalition cannot lose with a variable of its own. The sum over all coalitions of the products
of their marks is a polynomial with one factor for each part of the circuit: where exactly as many are met as are
needed, none of them can be lost, and where more are, all can. A member's slope along the diagonal is the sum of z^(c-1)
over the coalitions that cannot lose it, of whom c cannot be lost; its integral from 0 to 1 is the sum of 1/c: Johnston.
With nobody beyond those who are needed the coalitions are the minimal ones: Deegan–Packel.

All terms are positive, and carried as logarithms. The integrals are Gauss–Legendre sums, as Owen's is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assent.folds.counting.logs import add_up
from assent.folds.counting.quadrature import legendre
from assent.folds.counting.sweep import DEPTH, EPSILON, kernel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.folds.counting.logs import Array
    from assent.folds.counting.schedule import Schedule, Step

FIRST = 128  # nodes; then twice as many, until two results agree
AGREE = 1e-12
HALF = float(np.log(0.5))


@dataclass(frozen=True, slots=True)
class Decided:
    """Logarithm of the value of one member of each run, how many nodes it took, and a bound on its relative error."""

    logs: Array
    nodes: int
    error: float


def applies(plan: Schedule) -> bool:
    """Whether a circuit is a compound of unweighted votes whose parts are independent."""
    return plan.root >= 0 and all(
        step.diagram is None and not any(step.against) and (step.kind != "sum" or set(step.weights) == {1})
        for step in plan.steps
    )


def values(plan: Schedule, members: Sequence[int], index: str) -> Decided:
    """The index of one member of each run.

    Parameters
    ----------
    plan
        A schedule to which this ``applies``.
    members
        How many there are in each run.
    index
        ``johnston``, as a number of coalitions, or ``deegan-packel``, as a share of the minimal ones.
    """
    marks = _Marks(plan, minimal=index == "deegan-packel")
    used = sum(n for n, slot in zip(members, plan.leaf, strict=True) if slot >= 0)
    exact, count = used // 2 + 1, FIRST
    before: Array | None = None
    while True:
        count = min(count, exact)
        nodes, rest, weights = legendre(count)
        parts = marks.slopes(np.where(nodes < rest, np.log(nodes), np.log1p(-rest))) + np.log(weights)
        logs = add_up(parts, axis=1)
        apart = float(np.abs(np.expm1(before - logs)).max()) if before is not None else 1.0
        if count == exact or apart <= AGREE:
            break
        before, count = logs, 2 * count
    rounding = DEPTH * EPSILON * (marks.largest + 8 * len(plan.groups)) + 8 * EPSILON * count**0.5
    leaf = np.array(plan.leaf)
    scale = -marks.all if index == "deegan-packel" else sum(members) * -HALF
    found = np.where(leaf < 0, -np.inf, logs[leaf] + scale)
    return Decided(found, count, rounding if count == exact else rounding + apart)


class _Marks:
    """The polynomial of a circuit on its diagonal.

    Attributes
    ----------
    all
        Its logarithm at one.
    largest
        The largest logarithm on the way.
    """

    def __init__(self, plan: Schedule, *, minimal: bool) -> None:
        self.plan = plan
        self.half = 0.0 if minimal else HALF
        self.unmet = np.zeros(plan.slots)
        self.more = np.full(plan.slots, -np.inf)
        self.largest = 0.0
        if not minimal:
            self._chances()
        self.all = float(self._forward(np.zeros(1))[0][plan.root, 0])

    def _chances(self) -> None:
        """At one half, the chance that each part is not met, and that more of its children are met than it needs."""
        met = np.full(self.plan.slots, HALF)
        self.unmet[:] = HALF
        for step in self.plan.steps:
            lp, lq = met[list(step.below)][:, None, None], self.unmet[list(step.below)][:, None, None]
            found = kernel((step,))(lp, lq, slopes=False)
            met[step.slot], self.unmet[step.slot] = found.lp.item(), found.lq.item()
            if step.need < step.units and step.kind != "all":
                self.more[step.slot] = kernel((_more(step),))(lp, lq, slopes=False).lp.item()

    def slopes(self, z: Array) -> Array:
        """Logarithms, slots by columns: how the polynomial moves with one member, every mark being ``exp(z)``."""
        _, pivots = self._forward(z)
        found = np.full((self.plan.slots, len(z)), -np.inf)
        found[self.plan.root] = self.half
        for steps, pivot in zip(reversed(self.plan.groups), reversed(pivots), strict=True):
            below, slots = np.array([s.below for s in steps]).T, np.array([s.slot for s in steps])
            found[below] = found[slots] + pivot
        self.largest = max(self.largest, float(np.abs(found[np.isfinite(found)]).max(initial=0.0)))
        return found

    def _forward(self, z: Array) -> tuple[Array, list[Array]]:
        """The polynomials of all parts, and for each group of steps how they move with those of their children."""
        own = np.empty((self.plan.slots, len(z)))
        own[:] = z + self.half
        pivots = []
        for steps in self.plan.groups:
            below = np.array([s.below for s in steps]).T
            count = np.array([s.counts for s in steps], dtype=float).T[..., None]
            need = np.array([s.need if s.kind != "all" else s.units for s in steps], dtype=float)[:, None]
            yes, no = own[below], np.broadcast_to(self.unmet[below][..., None], (*below.shape, len(z)))
            lp, lq = -np.logaddexp(0.0, no - yes), -np.logaddexp(0.0, yes - no)
            inner = kernel(steps)(lp, lq, slopes=True).inner
            assert inner is not None  # noqa: S101 - it was asked for
            scale = yes - lp
            pivot = inner.reshape(scale.shape) + (count * scale).sum(axis=0) - scale
            exactly = add_up(np.log(count) + yes + pivot) - np.log(need)
            slots = [s.slot for s in steps]
            own[slots] = np.logaddexp(exactly, self.more[slots][:, None])
            pivots.append(pivot)
        self.largest = max(self.largest, float(np.abs(own).max(initial=0.0)))
        return own, pivots


def _more(step: Step) -> Step:
    """The same with one more to be met."""
    need = step.need + 1
    kind = "all" if need == step.units else "alike" if len(step.below) == 1 else "sum"
    return step._replace(need=need, kind=kind)
