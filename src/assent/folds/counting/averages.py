"""Averages: slopes at many points added up to an integral, with what rounding can have made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assent.folds.counting.logs import add_up
from assent.folds.counting.sweep import DEPTH, EPSILON

if TYPE_CHECKING:
    from assent.folds.counting.logs import Array
    from assent.folds.counting.sweep import Swept


@dataclass(frozen=True, slots=True)
class Average:
    """By slot, logarithms of the integrals and the share of each point in them; a bound on what rounding can do."""

    logs: Array
    shares: Array
    rounding: float


def average(found: Swept, weights: Array) -> Average:
    """The slopes of a sweep, averaged over its columns.

    A point counts in the error as in the integral: the logarithm of its slope is off by its size, the slope by what is
    doubted of it.

    Parameters
    ----------
    weights
        The logarithm of the weight of each column.
    """
    parts = found.slopes + weights
    logs = add_up(parts, axis=1)
    with np.errstate(invalid="ignore"):
        shares = np.where(np.isfinite(parts), np.exp(parts - logs[:, None]), 0.0)
    sizes = np.where(shares > 0, np.abs(found.slopes), 0.0)
    lost = (shares * (DEPTH * EPSILON * sizes + found.doubts)).sum(axis=1)
    most = float(lost[np.isfinite(logs)].max(initial=0.0))
    return Average(logs, shares, found.error + most + 8 * EPSILON * len(weights) ** 0.5)
