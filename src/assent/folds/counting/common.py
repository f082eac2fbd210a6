"""Common: the probability of a circuit whose members share factors, integrated level by level.

Given the nation's shift regions are independent; given a region's, its states; given a state's, its members. So the
chances of a state's parts are averaged over its shift, the numbers of states that meet them are added up within the
region and averaged over its shift, then added up over regions and averaged over the nation's. Averages are sums over
an even grid, exponentially accurate for smooth functions: halving the step squares the error. The grid is made finer
until what that leaves of the difference between two results is nothing, and only as much as it has to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from typing import TYPE_CHECKING, NamedTuple

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

STEP = 1.2  # of the smallest standard deviation, to begin with
TURN = 3.4  # log-odds by the root of the members of the largest body, to begin with: within so many it turns
WIDEST = 40.0
MARGIN = 0.25  # so that the next grid, whose ends differ by a little, does not have to grow again
SAFE = 200.0
CLOSE = 0.05  # a difference that says how the next ones fall
ROOM = 1e3  # more than what may be neglected may be, too, while it is guessed
GRIDS = 6
LEAST, MOST = 1.25, 2.0  # what a step is divided by
DOUBT = 0.25  # of the power that two differences show
MOST_SHIFTS = 1_000  # on either side, before the grid is made finer


class Aim(NamedTuple):
    """How close a result has to come, relative to the smaller end.

    Attributes
    ----------
    agree
        What two grids may leave of the error.
    tiny
        What may be neglected at a shift.
    beyond
        What may lie beyond the grid.
    extent
        Of the grid to begin with, in standard deviations.
    """

    agree: float
    tiny: float
    beyond: float
    extent: float


FULL = Aim(1e-11, 1e-22, 1e-14, 9.0)
DRAWN = Aim(1e-6, 1e-12, 1e-9, 6.5)


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
        return Integrated(*_decided(flat), np.full(len(p), -np.inf), np.ones(len(p)), "nothing is left to decide", 0.0)
    model = _Model(flat, np.array(p), factors, FULL)
    found, left, extent = _settled(model)
    error = left + 3 * erfc(extent / sqrt(2)) / max(min(found), 1e-300) + 64 * EPSILON * sqrt(flat.size)
    p_log, q_log = (float(log(np.array(end))) for end in found)
    slopes = model.slopes()
    return Integrated(p_log, q_log, log(np.abs(slopes)), np.where(slopes < 0, -1.0, 1.0), model.said, error)


def ends(flat: Flat, p: Sequence[float], factors: Factors) -> tuple[float, float, str]:
    """Logarithms of the probability and of its complement, to a millionth of each, and how they were worked out.

    A drawing needs no more; it takes a third of the time. Parameters and errors as for ``integrate``.
    """
    if flat.root < 0:
        return *_decided(flat), "nothing is left to decide"
    model = _Model(flat, np.array(p), factors, DRAWN)
    found, _, _ = _settled(model)
    p_log, q_log = (float(log(np.array(end))) for end in found)
    return p_log, q_log, model.said


def _decided(flat: Flat) -> tuple[float, float]:
    return (0.0, -np.inf) if flat.root == -1 else (-np.inf, 0.0)


def _settled(model: _Model) -> tuple[tuple[float, float], float, float]:
    """Both ends on a grid that is fine enough, what is left of the error, and how far the grid goes."""
    factors, aim = model.factors, model.aim
    deviations = [sd for sd in (factors.nation, factors.region, factors.state) if sd]
    step, extent = min(STEP * min(deviations), model.turn), aim.extent
    if extent * sum(deviations) / step > MOST_SHIFTS:
        raise ValueError(
            f"the narrowest factor has a standard deviation of {min(deviations)}, too little beside {max(deviations)} "
            "to be integrated on one grid; leave it out, or make it larger"
        )
    before, steps = model.ends(step, extent), _Steps(aim.agree)
    for _ in range(GRIDS):
        step /= steps.ratio
        extent = _reach(before, extent, aim)
        found = model.ends(step, extent)
        if _reach(found, extent, aim) > extent:
            extent = _reach(found, extent, aim)
            found = model.ends(step, extent)
        steps.see(max(abs(a - b) / a if a else 0.0 for a, b in zip(found, before, strict=True)))
        if steps.left <= aim.agree:
            break
        before = found
    return found, steps.left, extent


def _reach(ends: tuple[float, float], extent: float, aim: Aim) -> float:
    """How far a grid has to go so that little of the smaller end lies beyond it; as far as before if that does."""
    wanted = min(WIDEST, sqrt(-2 * np.log(aim.beyond * max(min(ends), 1e-300))))
    return wanted + MARGIN if wanted > extent else extent


@dataclass(slots=True)
class _Steps:
    """How the error falls from grid to grid, what is left of it, and how much finer the next grid has to be.

    The logarithm of the error grows with a power of the fineness: with the first for a function with poles near the
    axis, with the second under a bell alone. Which it is, is seen in the differences between grids themselves, once
    they are small enough to follow either. One difference alone tells nothing: it may be small by luck, where a turn
    happens to lie well between two shifts.

    Attributes
    ----------
    agree
        What may be left.
    ratio
        What the step is divided by for the next grid.
    power
        The power that was seen.
    apart
        The last difference between two grids, which is the error of the coarser one.
    left
        A bound on the error of the finer one.
    """

    agree: float
    ratio: float = MOST
    power: float = 1.0
    apart: float = 1.0
    left: float = 1.0
    taken: float = MOST

    def see(self, apart: float) -> None:
        """Take in what a grid differs by from the one before."""
        told = 0.0 < apart < 1.0 and self.apart < CLOSE
        if told and apart < self.apart:
            seen = np.log(np.log(apart) / np.log(self.apart)) / np.log(self.taken)
            self.power = min(max(float(seen) - DOUBT, 1.0), 2.0)
        self.apart, self.taken = apart, self.ratio
        if not 0.0 < apart < 1.0:
            self.left, self.ratio = apart, MOST
            return
        likely = apart ** (self.ratio**self.power)
        self.left = min(apart, SAFE * likely) if told else apart
        wanted = np.log(self.agree / SAFE**2) / np.log(max(likely, 1e-300))
        self.ratio = min(max(float(wanted) ** (1 / self.power), LEAST), MOST)


class _Model:
    """A circuit under factors, on one grid at a time."""

    def __init__(self, flat: Flat, p: Array, factors: Factors, aim: Aim) -> None:
        self.flat, self.p, self.factors, self.aim = flat, p, factors, aim
        units = [factors.unit(c.id) for c in flat.classes] if factors.region or factors.state else [""] * len(p)
        self.lone = np.zeros(len(p), dtype=bool)
        if factors.state and not factors.region:
            units = self._alone(units)
        self.parts: Sections = sections(flat, units)
        apart = Runs.of(flat, range(len(p)))
        self.inside = schedule(flat, apart, self.parts.nodes) if self.parts.nodes else None
        self.outside = schedule(self.parts.rest, Runs.of(self.parts.rest, self._alike()))
        self.national = np.array([at for at, own in enumerate(self.parts.rest_of) if own >= 0], dtype=int)
        self.own = np.array([self.parts.rest_of[at] for at in self.national], dtype=int)
        self.regions = tallies.regions(self.parts, factors.regions if factors.region else {})
        self.grid = Grid.of(factors, 1.0, 1.0)
        self.turn = TURN / sqrt(max(c.members for c in flat.classes))
        self.tiny = 0.0

    def _alone(self, units: list[str]) -> list[str]:
        """A unit of one member has no part that shares its shift, which can be averaged over at once."""
        members: dict[str, int] = {}
        for unit, alike in zip(units, self.flat.classes, strict=True):
            members[unit] = members.get(unit, 0) + alike.members
        self.lone[:] = [bool(unit) and members[unit] == 1 for unit in units]
        return ["" if lone else unit for unit, lone in zip(units, self.lone, strict=True)]

    def _alike(self) -> list[int]:
        """A number for each class outside the units, the same where each shift of the nation makes them the same."""
        numbers: dict[tuple[float, ...], int] = {}
        keys = ((self.p[own], self.lone[own]) if own >= 0 else (own,) for own in self.parts.rest_of)
        return [numbers.setdefault(tuple(map(float, key)), len(numbers)) for key in keys]

    @property
    def said(self) -> str:
        """How it was worked out, on the last grid."""
        shifts = " × ".join(str(len(level)) for level in (self.grid.nation, self.grid.region, self.grid.state))
        return f"factors integrated on a grid of {shifts} shifts"

    def ends(self, step: float, extent: float) -> tuple[float, float]:
        """Probability and complement on a grid."""
        self.grid = grid = Grid.of(self.factors, step, extent)
        met = np.empty((2, 0, len(grid.state)))
        if self.inside is not None:
            deep = sweep(self.inside, *shifted(self.p, grid.state)[:2], slopes=False)
            met = np.exp(np.array([deep.log_p, deep.log_q]))
        yes, no, _ = self._outside(slopes=False)
        if len(self.parts.counts) > 1 and not self.tiny:
            self.tiny = self.aim.tiny * min(self._apart(met, yes, no))
        while True:
            self.tally = tallies.Tallies(self.regions, self.parts.counts, grid, met, self.tiny)
            self.weights = self.tally.patterns * grid.over_nation
            ends = float((self.weights * yes).sum()), float((self.weights * no).sum())
            before, self.tiny = self.tiny, self.aim.tiny * min(ends)
            if before <= ROOM * self.tiny:
                break
        return ends

    def _apart(self, met: Array, yes: Array, no: Array) -> tuple[float, float]:
        """What both ends would be if the counts had nothing in common but the nation's shift: for their size only."""
        patterns = np.ones((1, len(self.grid.nation)))
        for unmet, reached in tallies.singly(self.regions, self.parts.counts, self.grid, met):
            patterns = np.concatenate([patterns * unmet, patterns * reached])
        weights = patterns * self.grid.over_nation
        return float((weights * yes).sum()), float((weights * no).sum())

    def slopes(self) -> Array:
        """For each class, how the whole moves with one member, on the last grid."""
        values = np.zeros(len(self.p))
        yes, _, moves = self._outside(slopes=True)
        values[self.own] = (moves * self.weights).sum(axis=(1, 2))
        if self.inside is not None:
            lp, lq, slope = shifted(self.p, self.grid.state)
            deep = sweep(self.inside, lp, lq)
            pull = self.tally.back(yes * self.grid.over_nation)
            for number, (slot, part) in enumerate(zip(self.inside.leaf, self.parts.part_of, strict=True)):
                if slot >= 0 and part >= 0:
                    own = np.exp(deep.slopes[slot] + slope[number]) * deep.signs[slot]
                    values[number] = (own * pull[part]).sum()
        return values

    def _outside(self, *, slopes: bool) -> tuple[Array, Array, Array]:
        """The rest of the circuit given each pattern of counts that are met: patterns by shifts of the nation.

        The chance that it is met, and that it is not; and if asked for, how it moves with each national class.
        """
        size, columns = len(self.parts.counts), len(self.grid.nation)
        lp, lq, slope = self._nation()
        shape = len(self.parts.rest.classes), 2**size, columns
        whole_p, whole_q = np.zeros(shape), np.zeros(shape)
        whole_p[self.national], whole_q[self.national] = lp[:, None], lq[:, None]
        for at, which in enumerate(self.parts.rest_of):
            if which < 0:
                yes = (np.arange(2**size) >> (-1 - which) & 1).astype(bool)[:, None]
                whole_p[at], whole_q[at] = np.where(yes, 0.0, -np.inf), np.where(yes, -np.inf, 0.0)
        found = sweep(self.outside, whole_p.reshape(shape[0], -1), whole_q.reshape(shape[0], -1), slopes=slopes)
        moves = np.zeros((len(self.national), 2**size, columns))
        for row, at in enumerate(self.national if slopes else ()):
            slot = self.outside.leaf[at]
            if slot >= 0:
                moved = np.exp(found.slopes[slot].reshape(shape[1:]) + slope[row])
                moves[row] = found.signs[slot].reshape(shape[1:]) * moved
        return np.exp(found.log_p).reshape(shape[1:]), np.exp(found.log_q).reshape(shape[1:]), moves

    def _nation(self) -> tuple[Array, Array, Array]:
        """National classes at each shift of the nation: logarithms of the chance, its complement and its slope."""
        lp, lq, slope = shifted(self.p[self.own], self.grid.nation)
        lone = self.lone[self.own]
        if lone.any():
            for held, own in zip((lp, lq, slope), shifted(self.p[self.own[lone]], self.grid.state), strict=True):
                held[lone] = log(self.grid.averaged(np.exp(own), self.grid.over_state))
        return lp, lq, slope
