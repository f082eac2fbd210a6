"""Common: the probability of a circuit whose members share factors, integrated level by level.

Given the nation's shift regions are independent; given a region's, its states; given a state's, its members. So the
chances of a state's parts are averaged over its shift, the numbers of states that meet them are added up within the
region and averaged over its shift, then added up over regions and averaged over the nation's. Averages are sums over
an even grid, exponentially accurate for smooth functions; the grid is halved until two results agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from typing import TYPE_CHECKING

import numpy as np

from assent.folds.counting import tallies
from assent.folds.counting.beliefs import Runs
from assent.folds.counting.factors import Grid, shifted
from assent.folds.counting.logs import log
from assent.folds.counting.schedule import schedule
from assent.folds.counting.sections import sections
from assent.folds.counting.sweep import EPSILON, sweep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.circuit.flat import Flat
    from assent.folds.counting.factors import Factors
    from assent.folds.counting.logs import Array
    from assent.folds.counting.sections import Sections

STEP = 0.6  # of the smallest standard deviation: its own sum over the grid is then exact to the last digit
EXTENT = 9.0
WIDEST = 40.0
AGREE = 1e-12
HALVINGS = 4
MOST_SHIFTS = 1_000  # on either side, before the grid is halved


@dataclass(frozen=True, slots=True)
class Integrated:
    """Logarithms of the probability, of its complement and of each class's slope, with its sign."""

    log_p: float
    log_q: float
    logs: Array
    signs: Array
    method: str
    error: float


def integrate(flat: Flat, p: Sequence[float], factors: Factors) -> Integrated:
    """The probability of a circuit over all shifts.

    Parameters
    ----------
    flat
        The circuit.
    p
        For each class, the probability of one member where every shift is zero.
    factors
        What is shared.

    Raises
    ------
    ValueError
        The circuit does not come apart by units, or the factors are too narrow for its size.
    """
    if flat.root < 0:
        ends = (0.0, -np.inf) if flat.root == -1 else (-np.inf, 0.0)
        return Integrated(*ends, np.full(len(p), -np.inf), np.ones(len(p)), "nothing is left to decide", 0.0)
    model = _Model(flat, np.array(p), factors)
    deviations = [sd for sd in (factors.nation, factors.region, factors.state) if sd]
    step, extent = STEP * min(deviations), EXTENT
    if extent * sum(deviations) / step > MOST_SHIFTS:
        raise ValueError(
            f"the narrowest factor has a standard deviation of {min(deviations)}, too little beside {max(deviations)} "
            "to be integrated on one grid; leave it out, or make it larger"
        )
    before = model.ends(step, extent, slopes=False)
    for _ in range(HALVINGS):
        step /= 2
        found = model.ends(step, extent)
        wanted = min(WIDEST, sqrt(-2 * np.log(1e-14 * max(min(found), 1e-300))))
        if wanted > extent:
            extent = wanted
            found = model.ends(step, extent)
        apart = max(abs(a - b) / a if a else 0.0 for a, b in zip(found, before, strict=True))
        before = found
        if apart <= AGREE:
            break
    error = apart + 3 * erfc(extent / sqrt(2)) / max(min(found), 1e-300) + 64 * EPSILON * sqrt(flat.size)
    grid = model.grid
    said = f"factors integrated on a grid of {len(grid.nation)} × {len(grid.region)} × {len(grid.state)} shifts"
    p_log, q_log = (float(log(np.array(end))) for end in found)
    slopes = model.slopes()
    return Integrated(p_log, q_log, log(np.abs(slopes)), np.where(slopes < 0, -1.0, 1.0), said, error)


class _Model:
    """A circuit under factors, on one grid at a time."""

    def __init__(self, flat: Flat, p: Array, factors: Factors) -> None:
        self.flat, self.p, self.factors = flat, p, factors
        units = [factors.unit(c.id) for c in flat.classes] if factors.region or factors.state else [""] * len(p)
        self.parts: Sections = sections(flat, units)
        apart = Runs.of(flat, range(len(p)))
        self.inside = schedule(flat, apart, self.parts.nodes) if self.parts.nodes else None
        self.outside = schedule(self.parts.rest, Runs.of(self.parts.rest, range(len(self.parts.rest.classes))))
        self.national = np.array([at for at, own in enumerate(self.parts.rest_of) if own >= 0], dtype=int)
        self.regions = tallies.regions(self.parts, factors.regions if factors.region else {})
        self.grid = Grid.of(factors, 1.0, 1.0)

    def ends(self, step: float, extent: float, *, slopes: bool = True) -> tuple[float, float]:
        """Probability and complement on a grid."""
        self.grid = grid = Grid.of(self.factors, step, extent)
        met = np.empty((0, len(grid.state)))
        if self.inside is not None:
            lp, lq, self.leaf_slopes = shifted(self.p, grid.state)
            self.deep = sweep(self.inside, lp, lq, slopes=slopes)
            met = np.exp(np.array([self.deep.log_p, self.deep.log_q]))
        self.tally = tallies.Tally(self.regions, self.parts.counts, grid, met)
        self.met, self.unmet, self.rest_slopes = self._outside()
        self.weights = self.tally.patterns * grid.over_nation
        return float((self.weights * self.met).sum()), float((self.weights * self.unmet).sum())

    def _outside(self) -> tuple[Array, Array, Array]:
        """The rest of the circuit given each pattern of counts that are met: patterns by shifts of the nation."""
        size, columns = len(self.parts.counts), len(self.grid.nation)
        own = [self.parts.rest_of[at] for at in self.national]
        lp, lq, slope = shifted(self.p[own], self.grid.nation)
        shape = len(self.parts.rest.classes), 2**size, columns
        whole_p, whole_q = np.zeros(shape), np.zeros(shape)
        whole_p[self.national], whole_q[self.national] = lp[:, None], lq[:, None]
        for at, which in enumerate(self.parts.rest_of):
            if which < 0:
                yes = (np.arange(2**size) >> (-1 - which) & 1).astype(bool)[:, None]
                whole_p[at], whole_q[at] = np.where(yes, 0.0, -np.inf), np.where(yes, -np.inf, 0.0)
        found = sweep(self.outside, whole_p.reshape(shape[0], -1), whole_q.reshape(shape[0], -1))
        slots = [self.outside.leaf[at] for at in self.national]
        moves = np.zeros((len(slots), 2**size, columns))
        for row, slot in enumerate(slots):
            if slot >= 0:
                size_of = np.exp(found.slopes[slot].reshape(shape[1:]) + slope[row])
                moves[row] = found.signs[slot].reshape(shape[1:]) * size_of
        return np.exp(found.log_p).reshape(shape[1:]), np.exp(found.log_q).reshape(shape[1:]), moves

    def slopes(self) -> Array:
        """For each class, how the whole moves with one member."""
        values = np.zeros(len(self.p))
        for row, at in enumerate(self.national):
            values[self.parts.rest_of[at]] = (self.rest_slopes[row] * self.weights).sum()
        if self.inside is not None:
            pull = self.tally.back(self.met * self.grid.over_nation)
            for number, (slot, part) in enumerate(zip(self.inside.leaf, self.parts.part_of, strict=True)):
                if slot >= 0 and part >= 0:
                    own = np.exp(self.deep.slopes[slot] + self.leaf_slopes[number]) * self.deep.signs[slot]
                    values[number] = (own * pull[part]).sum()
        return values
