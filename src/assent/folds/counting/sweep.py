"""Sweep: forward, the probability of every threshold; backward, how the whole moves with each of them.

Probabilities are carried as logarithms of both sides. The way back multiplies, on the path from the whole to a leaf,
the chances that the rest of each threshold leaves it to decide (Birnbaum's importance); its sum is over one path, as no
leaf is counted twice outside a diagram, and a diagram adds up its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from assent.circuit.flat import FALSE, TRUE
from assent.folds.counting import alike, contour, recursion, switch
from assent.folds.counting.logs import Array, both, complement, log
from assent.folds.counting.schedule import MANY, Schedule, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assent.folds.counting.compiled import Program
    from assent.folds.counting.diagram import Diagram

EPSILON = 2.0**-53
DEPTH = 8  # roundings of a logarithm on its way


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep finds, by columns.

    Attributes
    ----------
    log_p, log_q
        Roots by columns: logarithms of the probability and of its complement.
    slopes
        Slots by columns: the logarithm of how the probability moves with one member; empty if not asked for.
    signs
        Slots by columns: 1, or -1 where more assent lowers the probability.
    doubts
        Slots by columns, or one for all: what the relative error of a slope may be beyond ``error``.
    error
        Bound on the relative error that rounding can make, but for that of the logarithms (see ``rounding``).
    methods
        The kernels used.
    """

    log_p: Array
    log_q: Array
    slopes: Array
    signs: Array
    doubts: Array
    error: float
    methods: tuple[str, ...]

    def rounding(self, *, slopes: bool = False) -> float:
        """Bound on the relative error of the first column: a logarithm of size s is off by some parts in 2**53 of s."""
        ends = np.concatenate([self.log_p[:, 0], self.log_q[:, 0]])
        if not slopes or not self.slopes.size:
            return self.error + DEPTH * EPSILON * _largest(ends)
        some = np.isfinite(self.slopes[:, 0])
        doubt = float(np.broadcast_to(self.doubts[:, 0], some.shape)[some].max(initial=0.0))
        return self.error + DEPTH * EPSILON * _largest(np.concatenate([ends, self.slopes[:, 0]])) + doubt

    def of_runs(self, plan: Schedule) -> tuple[Array, Array]:
        """For each run of leaves, the logarithm of the slope with one member and its sign, in the first column."""
        if not self.slopes.size:
            return np.full(len(plan.leaf), -np.inf), np.ones(len(plan.leaf))
        leaf = np.array(plan.leaf, dtype=int)
        return np.where(leaf < 0, -np.inf, self.slopes[leaf, 0]), np.where(leaf < 0, 1.0, self.signs[leaf, 0])


def _largest(logs: Array) -> float:
    return float(np.abs(logs[np.isfinite(logs)]).max(initial=0.0))


def sweep(plan: Schedule, lp: Array, lq: Array, *, slopes: bool = True) -> Swept:
    """Work out a schedule.

    Parameters
    ----------
    plan
        The schedule.
    lp, lq
        Runs by columns: logarithms of the probability of one member and of its complement.
    slopes
        Whether to work out how the whole moves with each member.
    """
    return sweeper(plan)(lp, lq, slopes)


def sweeper(plan: Schedule) -> Callable[[Array, Array, bool], Swept]:
    """The same for more than one set of columns."""
    if plan.root >= 0 and switch.on():
        from assent.folds.counting.compiled import Program

        program = Program(plan)
        if program.fits:
            return lambda lp, lq, slopes: _compiled(program, lp, lq, slopes=slopes)
    return lambda lp, lq, slopes: _Sweep(plan, lp, lq, slopes=slopes).swept()


def _compiled(program: Program, lp: Array, lq: Array, *, slopes: bool) -> Swept:
    ran = program.run(lp, lq, slopes=slopes)
    if ran is None:
        return _Sweep(program.plan, lp, lq, slopes=slopes).swept()
    own, signs, doubts = (array.T for array in ran.slots)
    ways = [_how(steps, contour=False) for steps in program.plan.groups]
    return Swept(ran.ends[0].T, ran.ends[1].T, own, signs, doubts, *_together(ways, "compiled"))


def _together(ways: Sequence[tuple[str, float]], *more: str) -> tuple[float, tuple[str, ...]]:
    """The error of all together, and each method once."""
    return 8 * EPSILON + sum(error for _, error in ways), tuple(dict.fromkeys([*(method for method, _ in ways), *more]))


def at(plan: Schedule, p: Array, q: Array, *, slopes: bool = True) -> Swept:
    """The same, every member having the probability of the column."""
    size = len(plan.leaf)
    shape = size, len(p)
    return sweep(plan, np.broadcast_to(log(p), shape), np.broadcast_to(log(q), shape), slopes=slopes)


@dataclass(frozen=True, slots=True)
class Met:
    """What a kernel finds of steps of one kind.

    Attributes
    ----------
    lp, lq
        Logarithms of the chance of being met, and of not.
    inner
        For each block, of the chance that one of it decides; ``None`` if not asked for.
    contour
        Whether the integral was used.
    lost
        For each block, what the relative error of ``inner`` may be beyond rounding.
    sign
        For each block, -1 where one of it that is met lowers the chance.
    """

    lp: Array
    lq: Array
    inner: Array | None
    contour: bool = False
    lost: Array | None = None
    sign: Array | None = None


def at_least(need: int, p: Array, *, slopes: bool = True) -> Swept:
    """At least so many of unequal members, of one column: each is a slot of its own, in order."""
    size = len(p)
    if size >= MANY and 1 < need < size:
        column = contour.Column(contour.members(p), size, need)
        if column.saddle is not None:
            met, unmet = column.ends()
            own = column.pivots()[:, None] if slopes else np.empty((0, 1))
            ends = np.array([[met]]), np.array([[unmet]])
            return Swept(*ends, own, np.ones((1, 1)), np.zeros((1, 1)), *_together([_contour(size)]))
    plan = Schedule(0, (TRUE if need <= 0 else FALSE,), (-1,) * size, ())
    if 0 < need <= size:
        kind = "all" if need == size else "any" if need == 1 else "sum"
        step = Step(size, kind, need, tuple(range(size)), (1,) * size, (1,) * size, (False,) * size)
        plan = Schedule(size + 1, (size,), step.below, ((step,),))
    with np.errstate(divide="ignore"):
        lp, lq = np.log(p), np.log1p(-p)
    swept = sweep(plan, lp[:, None], lq[:, None], slopes=slopes)
    if not slopes:
        return swept
    own, signs = swept.of_runs(plan)
    return replace(swept, slopes=own[:, None], signs=signs[:, None])


class _Group:
    """Steps that are worked out at once, as arrays: blocks by steps, by columns."""

    def __init__(self, steps: tuple[Step, ...], lp: Array, lq: Array, *, slopes: bool) -> None:
        self.slots = np.array([step.slot for step in steps])
        self.below = np.array([step.below for step in steps]).T
        own_p, own_q = lp[self.below], lq[self.below]
        against = np.array([step.against for step in steps]).T[..., None]
        self.ways: Array | float = 1.0
        if against.any():
            own_p, own_q = np.where(against, own_q, own_p), np.where(against, own_p, own_q)
            self.ways = np.where(against, -1.0, 1.0)
        self.met = kernel(steps, own_p, own_q, slopes=slopes)
        shape = len(steps), lp.shape[1]
        lp[self.slots], lq[self.slots] = self.met.lp.reshape(shape), self.met.lq.reshape(shape)

    def back(self, slopes: Array, signs: Array, doubts: Array) -> None:
        """From the thresholds to what they count."""
        shape = self.below.shape + slopes.shape[1:]
        met = self.met
        assert met.inner is not None  # noqa: S101 - every kernel gives slopes when asked to
        slopes[self.below] = slopes[self.slots] + met.inner.reshape(shape)
        signs[self.below] = signs[self.slots] * self.ways * (1.0 if met.sign is None else met.sign.reshape(shape))
        if len(doubts) == len(slopes):
            doubts[self.below] = doubts[self.slots] + (0.0 if met.lost is None else met.lost.reshape(shape))


class _Sweep:
    def __init__(self, plan: Schedule, lp: Array, lq: Array, *, slopes: bool) -> None:
        self.plan, self.columns, self.slopes = plan, lp.shape[1], slopes
        self.lp, self.lq = np.empty((plan.slots, self.columns)), np.empty((plan.slots, self.columns))
        leaf = np.array(plan.leaf, dtype=int)
        used = leaf >= 0
        self.lp[leaf[used]], self.lq[leaf[used]] = lp[used], lq[used]

    def swept(self) -> Swept:
        roots, nothing = list(self.plan.roots), np.empty((0, self.columns))
        if roots[0] < 0:
            sure, never = np.zeros((1, self.columns)), np.full((1, self.columns), -np.inf)
            p, q = (sure, never) if roots[0] == TRUE else (never, sure)
            return Swept(p, q, nothing, nothing, nothing, 0.0, ("nothing is left to decide",))
        groups = [_Group(steps, self.lp, self.lq, slopes=self.slopes) for steps in self.plan.groups]
        ways = [_how(steps, contour=g.met.contour) for steps, g in zip(self.plan.groups, groups, strict=True)]
        error, methods = _together(ways)
        p, q = self.lp[roots], self.lq[roots]
        if not self.slopes:
            return Swept(p, q, nothing, nothing, nothing, error, methods)
        slopes, signs = np.full_like(self.lp, -np.inf), np.ones_like(self.lp)
        doubts = np.zeros_like(self.lp) if any(g.met.lost is not None for g in groups) else np.zeros((1, 1))
        slopes[roots] = 0.0
        for group in reversed(groups):
            group.back(slopes, signs, doubts)
        return Swept(p, q, slopes, signs, doubts, error, methods)


def _how(steps: tuple[Step, ...], *, contour: bool) -> tuple[str, float]:
    """How steps of one kind are worked out, and a bound on the relative error of that."""
    first = steps[0]
    size = len(first.below)
    if first.diagram is not None:
        return f"diagram of {first.diagram.states:,} states", 8 * EPSILON * len(first.diagram.layers)
    if first.kind == "alike":
        return "closed form for alike members", 8 * EPSILON * max(step.counts[0] for step in steps)
    if first.kind != "sum":
        return "product", 4 * EPSILON * size
    if contour:
        return _contour(size)
    units = first.units
    return "recursion over weights" if first.total > units else "recursion", 8 * EPSILON * units


def _contour(size: int) -> tuple[str, float]:
    return "contour quadrature", 256 * EPSILON * size**0.5


def kernel(steps: tuple[Step, ...], lp: Array, lq: Array, *, slopes: bool) -> Met:
    """Steps of one kind, by the kernel for it; blocks by steps, by columns."""
    first = steps[0]
    if first.kind == "alike":
        m, k = [step.counts[0] for step in steps], [step.need for step in steps]
        return Met(*alike.tails(m, k, lp[0], lq[0]), alike.pivots(m, k, lp[0], lq[0]) if slopes else None)
    if first.diagram is not None:
        return _diagram(first.diagram, lp[:, 0], lq[:, 0])
    flat = lp.reshape(len(lp), -1), lq.reshape(len(lq), -1)
    if first.kind == "sum":
        return _sum(first, *flat, slopes=slopes)
    own = flat[0] if first.kind == "all" else flat[1]
    count = np.array(first.counts, dtype=float)[:, None]
    together = (count * own).sum(axis=0)
    rest, inner = complement(together), _others(count, own) if slopes else None
    return Met(together, rest, inner) if first.kind == "all" else Met(rest, together, inner)


def _sum(step: Step, lp: Array, lq: Array, *, slopes: bool) -> Met:
    if step.crowd:
        found = contour.run(lp, lq, step.need, pivots=slopes)
        if found is not None:
            return Met(*found, contour=True)
    moves = [recursion.Move(w, n) for w, n in zip(step.weights, step.counts, strict=True)]
    dual = step.total - step.need + 1
    sides = (lq, lp) if dual < step.need else (lp, lq)
    out = recursion.run(moves, min(dual, step.need), *sides, pivots=slopes)
    ends = (out.short, out.reach) if dual < step.need else (out.reach, out.short)
    return Met(*ends, out.pivots, lost=out.doubts)


def _diagram(held: Diagram, lp: Array, lq: Array) -> Met:
    met, unmet, slope, doubt = held.gradients(np.exp(lp), np.exp(lq))
    size = np.abs(slope)
    lost = np.divide(doubt, size, where=size > 0, out=np.zeros_like(size))
    return Met(*both(log(met), log(unmet)), log(size), lost=lost, sign=np.where(slope < 0, -1.0, 1.0))


def _others(count: Array, lp: Array) -> Array:
    """The logarithm of the chance that all but one member of each block are met."""
    nil = np.isneginf(lp)
    held = np.where(nil, 0.0, lp)
    whole = (count * held).sum(axis=0)
    others = (count * nil).sum(axis=0) - nil
    return np.where(others > 0, -np.inf, whole - held)
