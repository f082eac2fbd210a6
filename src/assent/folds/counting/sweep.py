"""Sweep: forward, the probability of every threshold; backward, how the whole moves with each of them.

Probabilities are carried as logarithms of both sides. The way back multiplies, on the path from the whole to a leaf,
the chances that the rest of each threshold leaves it to decide (Birnbaum's importance); its sum is over one path, as no
leaf is counted twice outside a diagram, and a diagram adds up its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assent.circuit.flat import TRUE
from assent.folds.counting import alike, contour, recursion
from assent.folds.counting.logs import Array, both, complement, log

if TYPE_CHECKING:
    from assent.folds.counting.schedule import Schedule, Step

EPSILON = 2.0**-53
DEPTH = 8  # roundings of a logarithm on its way
MANY = 300  # unequal members of one weight from which the contour is faster than the recursion


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


def _largest(logs: Array) -> float:
    return float(np.abs(logs[np.isfinite(logs)]).max(initial=0.0))


def sweep(plan: Schedule, lp: Array, lq: Array, *, slopes: bool = True) -> Swept:
    """Work out a schedule.

    Parameters
    ----------
    plan
        The schedule.
    lp, lq
        Classes by columns: logarithms of the probability of one member and of its complement.
    slopes
        Whether to work out how the whole moves with each member.
    """
    return _Sweep(plan, lp, lq, slopes=slopes).swept()


def at(plan: Schedule, p: Array, q: Array, *, slopes: bool = True) -> Swept:
    """The same, every member having the probability of the column."""
    size = len(plan.leaf)
    shape = size, len(p)
    return sweep(plan, np.broadcast_to(log(p), shape), np.broadcast_to(log(q), shape), slopes=slopes)


class _Sweep:
    def __init__(self, plan: Schedule, lp: Array, lq: Array, *, slopes: bool) -> None:
        self.plan, self.columns, self.slopes = plan, lp.shape[1], slopes
        self.lp, self.lq = np.empty((plan.slots, self.columns)), np.empty((plan.slots, self.columns))
        leaf = np.array(plan.leaf, dtype=int)
        used = leaf >= 0
        self.lp[leaf[used]], self.lq[leaf[used]] = lp[used], lq[used]
        self.inner: list[tuple[tuple[Step, ...], Array, Array | None]] = []
        self.methods: dict[str, None] = {}
        self.error = 8 * EPSILON
        self.doubts: dict[int, Array] = {}
        self.lost: Array | None = None

    def swept(self) -> Swept:
        for group in self.plan.groups:
            self._forward(group)
        roots = list(self.plan.roots)
        nothing = np.empty((0, self.columns))
        if roots[0] < 0:
            sure, never = np.zeros((1, self.columns)), np.full((1, self.columns), -np.inf)
            p, q = (sure, never) if roots[0] == TRUE else (never, sure)
            return Swept(p, q, nothing, nothing, nothing, 0.0, ("nothing is left to decide",))
        p, q = self.lp[roots], self.lq[roots]
        if not self.slopes:
            return Swept(p, q, nothing, nothing, nothing, self.error, tuple(self.methods))
        slopes = np.full_like(self.lp, -np.inf)
        signs = np.ones_like(self.lp)
        slopes[roots] = 0.0
        doubts = np.zeros_like(self.lp) if self.doubts else np.zeros((1, 1))
        for group, inner, sign in reversed(self.inner):
            for g, step in enumerate(group):
                below = [block.slot for block in step.blocks]
                slopes[below] = slopes[step.slot] + inner[:, g]
                against = np.array([[-1.0 if block.flipped else 1.0] for block in step.blocks])
                signs[below] = signs[step.slot] * against * (1.0 if sign is None else sign[:, g])
                if self.doubts:
                    doubts[below] = doubts[step.slot] + self.doubts.get(step.slot, 0.0)
        return Swept(p, q, slopes, signs, doubts, self.error, tuple(self.methods))

    def _forward(self, group: tuple[Step, ...]) -> None:
        """Work out steps of one kind at once: blocks, by steps, by columns."""
        first = group[0]
        slots = np.array([[b.slot for b in step.blocks] for step in group]).T
        against = np.array([[b.flipped for b in step.blocks] for step in group]).T[..., None]
        lp, lq = self.lp[slots], self.lq[slots]
        if against.any():
            lp, lq = np.where(against, lq, lp), np.where(against, lp, lq)
        self.lost = sign = None
        found: tuple[Array, Array, Array | None]
        if first.kind == "alike":
            found = self._alike(group, lp[0], lq[0])
        elif first.kind == "diagram":
            found, sign = self._diagram(first, lp[:, 0], lq[:, 0])
        else:
            flat = lp.reshape(len(lp), -1), lq.reshape(len(lq), -1)
            found = {"all": self._all, "any": self._any, "sum": self._sum}[first.kind](first, *flat)
        shape = len(group), self.columns
        places = [step.slot for step in group]
        self.lp[places], self.lq[places] = found[0].reshape(shape), found[1].reshape(shape)
        if self.slopes:
            assert found[2] is not None  # noqa: S101 - every kernel gives slopes when asked to
            self.inner.append((group, found[2].reshape(-1, *shape), sign))
            self._note(group, shape)

    def _note(self, group: tuple[Step, ...], shape: tuple[int, int]) -> None:
        """Keep what a kernel said its differences may have lost."""
        if self.lost is not None:
            lost = self.lost.reshape(-1, *shape)
            self.doubts.update({step.slot: lost[:, g] for g, step in enumerate(group)})

    def _alike(self, group: tuple[Step, ...], lp: Array, lq: Array) -> tuple[Array, Array, Array | None]:
        self.methods["closed form for alike members"] = None
        m, k = [step.blocks[0].count for step in group], [step.need for step in group]
        self.error += 8 * EPSILON * max(m)
        return *alike.tails(m, k, lp, lq), alike.pivots(m, k, lp, lq) if self.slopes else None

    def _all(self, step: Step, lp: Array, lq: Array) -> tuple[Array, Array, Array | None]:
        del lq
        self.methods["product"] = None
        count = np.array([b.count for b in step.blocks], dtype=float)[:, None]
        self.error += 4 * EPSILON * len(lp)
        whole = (count * lp).sum(axis=0)
        return whole, complement(whole), _others(count, lp) if self.slopes else None

    def _any(self, step: Step, lp: Array, lq: Array) -> tuple[Array, Array, Array | None]:
        unmet, met, slopes = self._all(step, lq, lp)
        return met, unmet, slopes

    def _sum(self, step: Step, lp: Array, lq: Array) -> tuple[Array, Array, Array | None]:
        size = len(step.blocks)
        if size >= MANY and {(b.weight, b.count) for b in step.blocks} == {(1, 1)}:
            ways = [contour.saddle(lp[:, c], lq[:, c], step.need) for c in range(lp.shape[1])]
            wide = [way for way in ways if way is not None]
            if len(wide) == len(ways):
                self.methods["contour quadrature"] = None
                self.error += 256 * EPSILON * size**0.5
                found = [
                    contour.run(lp[:, c], lq[:, c], step.need, way, pivots=self.slopes) for c, way in enumerate(wide)
                ]
                pivots = np.array([f[2] for f in found]).T if self.slopes else None
                return np.array([f[0] for f in found]), np.array([f[1] for f in found]), pivots
        self.methods["recursion over weights" if step.total > sum(b.count for b in step.blocks) else "recursion"] = None
        self.error += 8 * EPSILON * sum(b.count for b in step.blocks)
        moves = [recursion.Move(b.weight, b.count) for b in step.blocks]
        dual = step.total - step.need + 1
        against = dual < step.need
        sides = (lq, lp) if against else (lp, lq)
        out = recursion.run(moves, min(dual, step.need), *sides, pivots=self.slopes)
        if out.doubts is not None:
            self.lost = out.doubts
        return *((out.short, out.reach) if against else (out.reach, out.short)), out.pivots

    def _diagram(self, step: Step, lp: Array, lq: Array) -> tuple[tuple[Array, Array, Array], Array]:
        assert step.diagram is not None  # noqa: S101 - that is its kind
        self.methods[f"diagram of {step.diagram.states:,} states"] = None
        self.error += 8 * EPSILON * len(step.diagram.layers)
        met, unmet, slope, doubt = step.diagram.gradients(np.exp(lp), np.exp(lq))
        size = np.abs(slope)
        self.lost = np.divide(doubt, size, where=size > 0, out=np.zeros_like(size))
        return (*both(log(met), log(unmet)), log(size)), np.where(slope < 0, -1.0, 1.0)[:, None]


def _others(count: Array, lp: Array) -> Array:
    """The logarithm of the chance that all but one member of each block are met."""
    nil = np.isneginf(lp)
    held = np.where(nil, 0.0, lp)
    whole = (count * held).sum(axis=0)
    others = (count * nil).sum(axis=0) - nil
    return np.where(others > 0, -np.inf, whole - held)
