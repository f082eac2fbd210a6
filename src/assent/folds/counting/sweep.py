"""Sweep: forward, the probability of every threshold; backward, how the whole moves with each of them.

Probabilities are carried as logarithms of both sides. The way back multiplies, on the path from the whole to a leaf,
the chances that the rest of each threshold leaves it to decide (Birnbaum's importance); its sum is over one path, as no
leaf is counted twice outside a diagram, and a diagram adds up its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from math import inf
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assent.circuit.flat import FALSE, TRUE
from assent.folds.counting import alike, contour, product, recursion, switch
from assent.folds.counting.logs import Array, both, complement, log
from assent.folds.counting.schedule import MANY, Schedule, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assent.folds.counting.compiled import Program
    from assent.folds.counting.diagram import Diagram

EPSILON = 2.0**-53
KEPT = 8  # schedules
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
        logs: list[float] = [*self.log_p[:, 0].tolist(), *self.log_q[:, 0].tolist()]
        largest = max([-log for log in logs if log > -inf], default=0.0)
        doubt = 0.0
        if slopes and self.slopes.size:
            some = np.isfinite(self.slopes[:, 0])
            largest = max(largest, float(np.abs(self.slopes[some, 0]).max(initial=0.0)))
            doubt = float(np.broadcast_to(self.doubts[:, 0], some.shape)[some].max(initial=0.0))
        return self.error + DEPTH * EPSILON * abs(largest) + doubt

    def of_runs(self, plan: Schedule) -> tuple[Array, Array]:
        """For each run of leaves, the logarithm of the slope with one member and its sign, in the first column."""
        if not self.slopes.size:
            return np.full(len(plan.leaf), -np.inf), np.ones(len(plan.leaf))
        leaf = plan.places
        return np.where(leaf < 0, -np.inf, self.slopes[leaf, 0]), np.where(leaf < 0, 1.0, self.signs[leaf, 0])


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
    return sweeper(plan)(lp, lq, slopes=slopes)


def sweeper(plan: Schedule) -> Sweeper:
    """The same for more than one set of columns; kept."""
    return _sweeper(plan, switch.on())


@lru_cache(maxsize=KEPT)
def _sweeper(plan: Schedule, compiled: bool) -> Sweeper:  # noqa: FBT001 - part of the key
    if plan.root >= 0 and compiled:
        from assent.folds.counting.compiled import Program

        program = Program(plan)
        if program.fits:
            return partial(_compiled, program)
    return _Sweep(plan)


def _compiled(program: Program, lp: Array, lq: Array, *, slopes: bool) -> Swept:
    ran = program.run(lp, lq, slopes=slopes)
    if ran is None:
        return _Sweep(program.plan)(lp, lq, slopes=slopes)
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


class Sweeper(Protocol):
    """A schedule, ready for columns of numbers: see ``sweep``."""

    def __call__(self, lp: Array, lq: Array, *, slopes: bool) -> Swept:
        """Work it out."""
        ...


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


class Kernel(Protocol):
    """How steps of one kind are worked out: from logarithms of what they count, blocks by steps by columns."""

    def __call__(self, lp: Array, lq: Array, *, slopes: bool) -> Met:
        """Work them out."""
        ...


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

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self.slots = np.array([step.slot for step in steps])
        self.below = np.array([step.below for step in steps]).T
        against = np.array([step.against for step in steps]).T[..., None]
        self.against = against if against.any() else None
        self.kernel = kernel(steps)
        self.steps = steps

    @cached_property
    def way(self) -> tuple[str, float]:
        """How they are worked out, and the error of that."""
        return _how(self.steps, contour=False)

    @cached_property
    def crowd(self) -> tuple[str, float]:
        """The same by the contour."""
        return _how(self.steps, contour=True)

    def ahead(self, ends: Array, *, slopes: bool) -> Met:
        """From what the thresholds count to them: both logarithms, by slots, by columns."""
        own_p, own_q = ends[:, self.below]
        if self.against is not None:
            own_p, own_q = np.where(self.against, own_q, own_p), np.where(self.against, own_p, own_q)
        met = self.kernel(own_p, own_q, slopes=slopes)
        shape = len(self.slots), ends.shape[2]
        ends[0, self.slots], ends[1, self.slots] = met.lp.reshape(shape), met.lq.reshape(shape)
        return met

    def back(self, met: Met, slopes: Array, signs: Array, doubts: Array) -> None:
        """From the thresholds to what they count."""
        shape = self.below.shape + slopes.shape[1:]
        assert met.inner is not None  # noqa: S101 - every kernel gives slopes when asked to
        slopes[self.below] = slopes[self.slots] + met.inner.reshape(shape)
        ways = 1.0 if self.against is None else np.where(self.against, -1.0, 1.0)
        signs[self.below] = signs[self.slots] * ways * (1.0 if met.sign is None else met.sign.reshape(shape))
        if len(doubts) == len(slopes):
            doubts[self.below] = doubts[self.slots] + (0.0 if met.lost is None else met.lost.reshape(shape))


class _Sweep:
    """A schedule as arrays."""

    def __init__(self, plan: Schedule) -> None:
        self.plan, self.roots = plan, np.array(plan.roots)
        self.used: slice | NDArray[np.intp] = slice(None)
        if plan.places.min(initial=0) < 0:
            self.used = np.flatnonzero(plan.places >= 0)
        self.leaf = plan.places[self.used]
        self.groups = list(map(_Group, plan.groups))

    def __call__(self, lp: Array, lq: Array, *, slopes: bool) -> Swept:
        columns = lp.shape[1]
        nothing = lp[:0]
        if self.plan.root < 0:
            sure, never = np.zeros((1, columns)), np.full((1, columns), -np.inf)
            p, q = (sure, never) if self.roots[0] == TRUE else (never, sure)
            return Swept(p, q, nothing, nothing, nothing, 0.0, ("nothing is left to decide",))
        held = np.empty((2, self.plan.slots, columns))
        held[0, self.leaf], held[1, self.leaf] = lp[self.used], lq[self.used]
        met = [group.ahead(held, slopes=slopes) for group in self.groups]
        ways = [group.crowd if found.contour else group.way for group, found in zip(self.groups, met, strict=True)]
        error, methods = _together(ways)
        ends = held[0, self.roots], held[1, self.roots]
        if not slopes:
            return Swept(*ends, nothing, nothing, nothing, error, methods)
        own, signs = np.full_like(held[0], -np.inf), np.ones_like(held[0])
        doubts = np.zeros_like(own) if any(found.lost is not None for found in met) else np.zeros((1, 1))
        own[self.roots] = 0.0
        for group, found in zip(reversed(self.groups), reversed(met), strict=True):
            group.back(found, own, signs, doubts)
        return Swept(*ends, own, signs, doubts, error, methods)


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
    return "recursion over weights" if first.total > units else "generating function", 8 * EPSILON * units


def _contour(size: int) -> tuple[str, float]:
    return "contour quadrature", 256 * EPSILON * size**0.5


def kernel(steps: tuple[Step, ...]) -> Kernel:
    """How steps of one kind are worked out together."""
    first = steps[0]
    if first.kind == "alike":
        bodies = alike.Bodies([step.counts[0] for step in steps], [step.need for step in steps])
        return partial(_bodies, bodies)
    if first.diagram is not None:
        return partial(_diagram, first.diagram)
    if first.kind == "sum":
        return _Sum(first)
    return partial(_product, np.array(first.counts, dtype=float)[:, None], first.kind)


def _bodies(held: alike.Bodies, lp: Array, lq: Array, *, slopes: bool) -> Met:
    return Met(*held.tails(lp[0], lq[0]), held.pivots(lp[0], lq[0]) if slopes else None)


def _product(count: Array, kind: str, lp: Array, lq: Array, *, slopes: bool) -> Met:
    own = _flat(lp if kind == "all" else lq)
    together = (count * own).sum(axis=0)
    rest, inner = complement(together), _others(count, own) if slopes else None
    return Met(together, rest, inner) if kind == "all" else Met(rest, together, inner)


class _Sum:
    """Children that are not alike: by the contour if they are a crowd, two by two if they count one, or one by one."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.counts = np.array(step.counts)
        self.one = set(step.weights) == {1}
        self.first = np.cumsum(self.counts) - self.counts

    @cached_property
    def units(self) -> int:
        """How many children there are."""
        return self.step.units

    @cached_property
    def dual(self) -> int:
        """What those who are not met have to weigh to stop it."""
        return self.step.total - self.step.need + 1

    @cached_property
    def moves(self) -> list[recursion.Move]:
        """The children, for the recursion."""
        return [recursion.Move(w, n) for w, n in zip(self.step.weights, self.step.counts, strict=True)]

    def __call__(self, lp: Array, lq: Array, *, slopes: bool) -> Met:
        lp, lq, step = _flat(lp), _flat(lq), self.step
        if step.crowd:
            found = contour.run(lp, lq, step.need, pivots=slopes)
            if found is not None:
                return Met(*found, contour=True)
        if self.one and product.fits(self.units, self.counts, lp, lq):
            each = lp.repeat(self.counts, axis=0), lq.repeat(self.counts, axis=0)
            short, reach, pivots = product.run(*each, step.need, pivots=slopes)
            return Met(reach, short, None if pivots is None else pivots[self.first])
        sides = (lq, lp) if self.dual < step.need else (lp, lq)
        out = recursion.run(self.moves, min(self.dual, step.need), *sides, pivots=slopes)
        ends = (out.short, out.reach) if self.dual < step.need else (out.reach, out.short)
        return Met(*ends, out.pivots, lost=out.doubts)


def _diagram(held: Diagram, lp: Array, lq: Array, *, slopes: bool) -> Met:
    del slopes  # they are found in any case
    met, unmet, slope, doubt = held.gradients(np.exp(lp[:, 0]), np.exp(lq[:, 0]))
    size = np.abs(slope)
    lost = np.divide(doubt, size, where=size > 0, out=np.zeros_like(size))
    return Met(*both(log(met), log(unmet)), log(size), lost=lost, sign=np.where(slope < 0, -1.0, 1.0))


def _flat(logs: Array) -> Array:
    """Blocks by all there is of each."""
    return logs.reshape(len(logs), -1)


def _others(count: Array, lp: Array) -> Array:
    """The logarithm of the chance that all but one member of each block are met."""
    nil = np.isneginf(lp)
    held = np.where(nil, 0.0, lp)
    whole = (count * held).sum(axis=0)
    others = (count * nil).sum(axis=0) - nil
    return np.where(others > 0, -np.inf, whole - held)
