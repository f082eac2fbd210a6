"""Compiled: a schedule as arrays of whole numbers, and its sweep by machine code."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, pairwise
from os import cpu_count
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assent.folds.counting.kernels import sweep as kernels
from assent.folds.counting.kernels.recursion import WIDEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.folds.counting.logs import Array
    from assent.folds.counting.schedule import Schedule, Step

Whole = NDArray[np.int64]
KINDS = {"all": kernels.ALL, "any": kernels.ANY, "alike": kernels.ALIKE, "diagram": kernels.DIAGRAM}
THREADS = min(4, cpu_count() or 1)
LEAST = 16  # columns for a thread of its own
MOST = 800  # children of very large weights: each may halve the numbers


class Program:
    """A schedule as the kernels take it.

    Parameters
    ----------
    plan
        The schedule; it is not decided.

    Attributes
    ----------
    fits
        Whether there are kernels for it: a crowd is left to the contour, which looks at each member a few times only.
    """

    def __init__(self, plan: Schedule) -> None:
        self.plan = plan
        steps = plan.steps
        kinds = list(map(_kind, steps))
        self.fits = not any(
            s.crowd or (kind == kernels.HEAVY and s.units > MOST) for s, kind in zip(steps, kinds, strict=True)
        )
        counts = np.array([len(step.below) for step in steps])
        self.steps = np.zeros((len(steps), 11), dtype=np.int64)
        self.steps[:, kernels.KIND] = kinds
        self.steps[:, kernels.SLOT] = [step.slot for step in steps]
        self.steps[:, kernels.NEED] = [step.need for step in steps]
        self.steps[:, kernels.STOP] = np.cumsum(counts)
        self.steps[:, kernels.START] = self.steps[:, kernels.STOP] - counts
        self.blocks = np.empty((int(counts.sum()), 4), dtype=np.int64)
        rows = [_sorted(step) if step.kind == "sum" else step[3:7] for step in steps]
        for place, row in enumerate(zip(*rows, strict=True)):
            self.blocks[:, place] = list(chain.from_iterable(row))
        self.graph = self._graph(steps)
        self.leaf = np.array(plan.leaf, dtype=np.int64)
        self.roots = np.array(plan.roots, dtype=np.int64)

    def _graph(self, steps: tuple[Step, ...]) -> tuple[Whole, Whole, Whole, Array]:
        """The diagrams, one after another."""
        layers: list[tuple[int, int, int]] = []
        low, high = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        ends = [np.empty(0)]
        states = closed = 0
        for row, step in zip(self.steps, steps, strict=True):
            if step.diagram is None:
                continue
            row[kernels.LAYERS], row[kernels.STATES], row[kernels.ENDS] = len(layers), states, closed
            here = 0
            for layer in step.diagram.layers:
                layers.append((layer.leaf, here, len(layer.low)))
                here += len(layer.low)
                low.append(layer.low)
                high.append(layer.high)
            ends.append(step.diagram.ends.astype(float))
            states, closed = states + here, closed + len(ends[-1])
            row[kernels.LAYERS_END], row[kernels.STATES_END], row[kernels.ENDS_END] = len(layers), states, closed
        table = np.array(layers, dtype=np.int64).reshape(-1, 3)
        return table, np.concatenate(low), np.concatenate(high), np.concatenate(ends)

    def run(self, lp: Array, lq: Array, *, slopes: bool) -> Ran | None:
        """Work out some columns; ``None`` where a threshold turns out too wide.

        Parameters
        ----------
        lp, lq
            Runs by columns: logarithms of the probability of one member and of its complement.
        """
        columns = lp.shape[1]
        parts = max(1, min(THREADS, columns // LEAST))
        cuts = [columns * part // parts for part in range(parts + 1)]
        spans = [slice(first, last) for first, last in pairwise(cuts)]
        if parts == 1:
            found = [self._part(lp, lq, slopes=slopes)]
        else:
            with ThreadPoolExecutor(parts) as pool:
                found = list(pool.map(lambda span: self._part(lp[:, span], lq[:, span], slopes=slopes), spans))
        done = [part for part in found if part is not None]
        if len(done) < parts:
            return None
        if parts == 1:
            return done[0]
        ends = np.concatenate([part.ends for part in done], axis=1)
        slots = [np.concatenate([part.slots[i] for part in done]) for i in range(3)]
        return Ran(ends, (slots[0], slots[1], slots[2]))

    def _part(self, lp: Array, lq: Array, *, slopes: bool) -> Ran | None:
        columns = lp.shape[1]
        ends = np.empty((2, columns, len(self.roots)))
        shape = columns if slopes else 0, self.plan.slots
        slots = np.empty(shape), np.empty(shape), np.empty(shape)
        own_p, own_q = np.ascontiguousarray(lp.T), np.ascontiguousarray(lq.T)
        done = kernels.columns(self.steps, self.blocks, self.graph, self.leaf, own_p, own_q, self.roots, ends, *slots)
        return Ran(ends, slots) if done else None


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of some columns.

    Attributes
    ----------
    ends
        Both logarithms, by columns, by roots.
    slots
        By columns, by slots: the logarithm of the slope, its sign, and what its relative error may be.
    """

    ends: Array
    slots: tuple[Array, Array, Array]


def _sorted(step: Step) -> tuple[Sequence[int], ...]:
    """The blocks of a step in order of weight."""
    if len(set(step.weights)) == 1:
        return step[3:7]
    order = sorted(range(len(step.weights)), key=step.weights.__getitem__)
    return tuple([[row[place] for place in order] for row in step[3:7]])


def _kind(step: Step) -> int:
    """The kernel for a step."""
    if step.kind != "sum":
        return KINDS[step.kind]
    bound, reach, width = min(step.need, step.total - step.need + 1), 0, 0
    for weight, count in sorted(zip(step.weights, step.counts, strict=True)):
        reach += weight * count
        width += min(bound, reach + 1)
    return kernels.HEAVY if width > WIDEST else kernels.SUM
