"""Factors: what members have in common, as normal shifts of their log-odds.

A member's log-odds are those believed of it, plus a shift for the nation, one for its region and one for its state,
each normal around zero. Given the shifts members are independent; a shift is the same in every stage.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from assent.folds.counting.logs import Array


@dataclass(frozen=True, slots=True)
class Factors:
    """Standard deviations of the shifts, in log-odds, and which unit belongs to which region.

    Attributes
    ----------
    nation, region, state
        Standard deviations; zero where there is no such factor.
    regions
        Unit (``CA``) → region. Units that are not listed share the nation's shift only, as national bodies do.

    Raises
    ------
    ValueError
        A standard deviation is negative or no number, or there is a factor of regions or states but no unit has one.
    """

    nation: float = 0.0
    region: float = 0.0
    state: float = 0.0
    regions: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, value in (("nation", self.nation), ("region", self.region), ("state", self.state)):
            if not 0.0 <= value < np.inf:
                raise ValueError(f"{name}: {value!r} is no standard deviation; it must be a number from 0 up")
        if (self.region or self.state) and not self.regions:
            raise ValueError("a factor of regions or states needs to know which units there are: give `regions`")

    @property
    def spread(self) -> float:
        """The standard deviations together; zero if there is nothing in common."""
        return self.nation + self.region + self.state

    def unit(self, leaf: str) -> str:
        """The unit a leaf belongs to; empty for national bodies."""
        name = leaf.partition(":")[2].partition("/")[0]
        return name if name in self.regions else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Evenly spaced shifts for each level, and the weights that take one level's to the one above.

    Attributes
    ----------
    nation, region, state
        Total shift of a national body, of a region, of a state.
    over_nation
        Weight of each shift of the nation.
    over_region, over_state
        Rows: shifts of the level above; columns: shifts of this level; each row sums to one. ``None`` where this level
        has no shift of its own.
    """

    nation: Array
    region: Array
    state: Array
    over_nation: Array
    over_region: Array | None
    over_state: Array | None

    @classmethod
    def of(cls, factors: Factors, step: float, extent: float) -> Grid:
        """The grid of a step, each factor out to so many standard deviations."""
        bells = [_bell(sd, step, extent) for sd in (factors.nation, factors.region, factors.state)]
        reach = np.cumsum([len(b) // 2 for b in bells])
        nation, region, state = (np.arange(-r, r + 1) * step for r in reach)
        return cls(nation, region, state, bells[0], _rows(bells[1], len(nation)), _rows(bells[2], len(region)))

    def at(self, columns: NDArray[np.int64]) -> Grid:
        """The grid at some shifts of the nation only, with the shifts of regions that lead there; states keep all."""
        regions, used = self.over_region, columns
        if regions is not None:
            used = np.flatnonzero(regions[columns].any(axis=0))
            regions = regions[np.ix_(columns, used)]
        states = np.eye(len(self.state))[used] if self.over_state is None else self.over_state[used]
        return Grid(self.nation[columns], self.region[used], self.state, self.over_nation[columns], regions, states)

    @staticmethod
    def averaged(values: Array, over: Array | None) -> Array:
        """Values at the shifts of a level, averaged over them at each shift of the level above."""
        return values if over is None else values @ over.T

    @staticmethod
    def spread(values: Array, over: Array | None) -> Array:
        """The other way: what values at the shifts of a level come to at those of the level below."""
        return values if over is None else values @ over


def _bell(deviation: float, step: float, extent: float) -> Array:
    """Normal weights on the grid, which add up to one."""
    if not deviation:
        return np.ones(1)
    reach = int(np.ceil(extent * deviation / step))
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step / deviation) ** 2)
    weights: Array = bell / bell.sum()
    return weights


def _rows(bell: Array, count: int) -> Array | None:
    if len(bell) == 1:
        return None
    rows = np.zeros((count, count + len(bell) - 1))
    for row in range(count):
        rows[row, row : row + len(bell)] = bell
    return rows


def shifted(p: Array, shifts: Array) -> tuple[Array, Array, Array]:
    """Probabilities after a shift of their log-odds: logarithms of them, of their complements, and of their slopes.

    The slope is that of the shifted probability with the probability believed.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = np.log(p)[:, None], np.log1p(-p)[:, None]
        odds = low - high + shifts
        lp, lq = -np.logaddexp(0.0, -odds), -np.logaddexp(0.0, odds)
        slope = lp + lq - low - high
    return lp, lq, np.where(np.isneginf(low), shifts, np.where(np.isneginf(high), -shifts, slope))
