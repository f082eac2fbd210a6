"""Bump: Shapley–Shubik of one large weighted vote, by an even grid over the log-odds of the shared probability.

Each node takes long there, and the chance of deciding is a bump that is the narrower the more members there are:
Gauss–Legendre nodes spread over all probabilities are as many as half the members before they are exact. Over log-odds
the bump falls off like a normal density on either side, so an even grid over it is exponentially accurate (see
``contour``), with some forty points for any number of members. Every second point alone says how accurate it is. Where
the bump ends is known beforehand from the bound of H. Chernoff (1952).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from assent.folds.counting.averages import average
from assent.folds.counting.logs import add_up
from assent.folds.counting.recursion import Move, faintness
from assent.folds.counting.sweep import at

if TYPE_CHECKING:
    from assent.folds.counting.logs import Array
    from assent.folds.counting.schedule import Schedule

FAINT = 45.0  # exponents: beyond that the bump adds less than 3e-20
SPACING = 0.55  # standard deviations between two points
WIDEST, FINE = 40.0, 1_601  # log-odds that are looked at, and points at which the end is looked for
SAFE = 100.0  # halving the step squares the error, but for so much


@dataclass(frozen=True, slots=True)
class Over:
    """By slot, logarithms of the integrals; points taken; what the grid leaves of the relative error, and rounding."""

    logs: Array
    points: int
    left: float
    rounding: float


def over(plan: Schedule, most: int) -> Over | None:
    """The chance of deciding, averaged over the shared probability, for each slot of a schedule of one weighted vote.

    Parameters
    ----------
    plan
        One step of kind ``sum``.
    most
        How many points are worth their time.

    Returns
    -------
    Over or None
        ``None`` where it would take more: where few have most of the weight, and the bump is broad or has no end.
    """
    (step,) = plan.steps
    moves = [Move(weight, many) for weight, many in zip(step.weights, step.counts, strict=True)]
    top = max(step.weights)
    if step.need <= top or step.total - step.need < top:
        return None
    wide = np.linspace(-WIDEST, WIDEST, FINE)
    mean = step.total / (1.0 + np.exp(-wide))
    below, above = (_faint(moves, bound, wide) for bound in (step.need - top, step.need + top))
    inside = wide[~((below > FAINT) & (mean < step.need)) & ~((above > FAINT) & (mean > step.need))]
    if inside[0] == wide[0] or inside[-1] == wide[-1]:
        return None
    low, high = float(inside[0]), float(inside[-1])
    middle = min(max(0.0, low), high)
    share = 1.0 / (1.0 + np.exp(-middle))
    sizes, counts = np.array(step.weights, dtype=float), np.array(step.counts, dtype=float)
    narrow = float(np.sqrt((counts * sizes**2).sum())) / step.total / np.sqrt(share * (1 - share))
    size = ceil((high - low) / (SPACING * narrow)) // 2 * 2 + 3
    if size > most:
        return None
    points = np.linspace(low, high, size)
    p, q = 1.0 / (1.0 + np.exp(-points)), 1.0 / (1.0 + np.exp(points))
    found = at(plan, p, q)
    weights = np.log(p * q * (points[1] - points[0]))
    whole = average(found, weights)
    logs, half = whole.logs, add_up(found.slopes[:, ::2] + weights[::2], axis=1) + np.log(2.0)
    some = np.isfinite(logs)
    some[plan.root] = False  # it is no member: it does not decide, it is decided
    apart = float(np.abs(np.expm1(half[some] - logs[some])).max(initial=0.0))
    return Over(logs, size, min(apart, SAFE * apart**2), whole.rounding)


def _faint(moves: list[Move], bound: int, odds: Array) -> Array:
    """How rare it is, as an exponent, that a bound far from the mean is come to, times the weight of the point."""
    shape = len(moves), len(odds)
    la, lb = (np.broadcast_to(-np.logaddexp(0.0, sign * odds), shape) for sign in (-1.0, 1.0))
    rare = faintness(moves, bound, la, lb)
    return np.where(rare > 0, rare - la[0] - lb[0], 0.0)
