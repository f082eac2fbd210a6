"""Branch: the logit equilibria of a game with private types, followed from full error to none.

The equilibria of all precisions Λ form a curve that begins where every move is equally likely. It is followed in
logarithms of probabilities by arc length (predictor and corrector), past turns in Λ if there are any. Where it leads as
Λ grows is a sequential equilibrium (McKelvey and Palfrey 1998; Turocy 2010).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assent.models.standoff.private import Private

    Floats = NDArray[np.float64]

FIRST, GROW, SHRINK, LEAST = 0.05, 1.5, 0.5, 1e-9
CORRECTIONS, EASY = 8, 3
MOST_STEPS = 800
LIMIT, ENOUGH = 1e6, 1e4  # the precision at which the curve has arrived, and beyond which it may end early
TIGHT = 1e-10  # the residual, in units, below which a point is on the curve
SHARP = 0.8  # the least cosine between the directions before and after a step
FAR = 0.4  # the most that a correction may move: further away another part of the curve could be taken for this one
NOISE = 1e-15  # of a logarithm, relative to its size: what rounding leaves


@dataclass(frozen=True, slots=True)
class Point:
    """A logit equilibrium.

    Attributes
    ----------
    logs
        The logarithm of the probability of each move of each agent.
    residual
        By how much the equations of the equilibrium fail, in units.
    regret
        The most that an agent could gain, given that it is come to, by another move, in units.
    steps
        How many steps the curve took.
    """

    precision: float
    logs: Floats
    residual: float
    regret: float
    steps: int


def follow(game: Private, precision: float | None = None) -> Point:
    """The equilibrium at a precision, reached along the curve that begins with full error.

    Parameters
    ----------
    precision
        Λ; zero or more. Without one the curve is followed until next to nothing is left of errors: to a million, or as
        far beyond ten thousand as rounding lets it be followed.

    Raises
    ------
    ValueError
        The precision is negative.
    ArithmeticError
        The curve could not be followed so far.
    """
    wanted = LIMIT if precision is None else precision
    if not wanted >= 0:
        raise ValueError("the precision of choice is zero or more")
    moves = np.bincount(game.agent_of)[game.agent_of]
    at, direction = np.append(-np.log(moves), 0.0), np.append(np.zeros(game.size), 1.0)
    direction = _tangent(game, at, direction)
    step = FIRST
    for steps in range(1, MOST_STEPS + 1):
        try:
            ahead, onward, eased, step = _ahead(game, at, direction, step)
        except ArithmeticError:
            if precision is None and at[-1] >= ENOUGH:
                return _land(game, at, float(at[-1]), steps)
            raise
        if ahead[-1] >= wanted:
            share = (wanted - at[-1]) / (ahead[-1] - at[-1])
            return _land(game, at + share * (ahead - at), wanted, steps)
        at, direction = ahead, onward
        step *= GROW if eased <= EASY else 1.0
    if precision is None and at[-1] >= ENOUGH:
        return _land(game, at, float(at[-1]), MOST_STEPS)
    raise ArithmeticError(f"the curve of equilibria was given up at a precision of {at[-1]:g}")


def _ahead(game: Private, at: Floats, direction: Floats, step: float) -> tuple[Floats, Floats, int, float]:
    """A further point of the curve, the direction there, how many corrections it took, and how far the step was.

    A step after which the curve turns sharply is taken again at half its length, so that it stays on this curve.
    """
    while step >= LEAST:
        found, eased = _correct(game, at + step * direction, direction)
        if found is not None:
            onward = _tangent(game, found, direction)
            if onward @ direction >= SHARP:
                return found, onward, eased, step
        step *= SHRINK
    raise ArithmeticError(f"the curve of equilibria could not be followed past a precision of {at[-1]:g}")


def _equations(game: Private, at: Floats) -> tuple[Floats, Floats]:
    """By how much a point fails to be on the curve, in units, and the slopes; the last column is that of Λ.

    Each agent's first move stands for the sum of its probabilities; the others compare themselves with it.
    """
    logs, precision = at[:-1], at[-1]
    worth, slope = game.values(logs)
    first = game.first[game.agent_of]
    scale = 1 / (1 + abs(precision))
    every = np.arange(game.size)
    failed = scale * (logs - logs[first]) - scale * precision * (worth - worth[first])
    rows = np.empty((game.size, game.size + 1))
    rows[:, :-1] = -scale * precision * (slope - slope[first])
    rows[every, every] += scale
    rows[every, first] -= scale
    rows[:, -1] = -scale * (worth - worth[first])
    odds = np.exp(logs)
    rows[game.first] = 0.0
    rows[first, every] = odds
    failed[game.first] = np.add.reduceat(odds, game.first) - 1
    return failed, rows


def _tangent(game: Private, at: Floats, before: Floats) -> Floats:
    """The direction of the curve that goes on from the one before."""
    _, rows = _equations(game, at)
    found = _solved(np.vstack([rows, before]), np.append(np.zeros(game.size), 1.0))
    if not np.isfinite(found).all():
        raise ArithmeticError(f"the curve of equilibria has no direction at a precision of {at[-1]:g}")
    return np.asarray(found / np.linalg.norm(found))


def _correct(game: Private, start: Floats, direction: Floats) -> tuple[Floats | None, int]:
    """Back to the curve, at right angles to the direction, and no further; how many corrections it took."""
    at = start
    largest = np.abs(game.worth).max()
    for tried in range(CORRECTIONS + 1):
        with np.errstate(all="ignore"):
            # Where Λ is 0 there is one equilibrium, where the curve begins: it never comes back to it.
            if not (np.linalg.norm(at - start) <= FAR and at[-1] >= 0):
                return None, tried
            failed, rows = _equations(game, at)
            if np.abs(failed).max() <= TIGHT + NOISE * np.abs(at[:-1]).max() * largest:
                return at, tried
            at = at + _solved(np.vstack([rows, direction]), np.append(-failed, 0.0))
    return None, CORRECTIONS


def _solved(rows: Floats, wanted: Floats) -> Floats:
    """Linear equations; where they are singular the answer is no number, so that whoever asked takes a shorter step."""
    try:
        return np.asarray(np.linalg.solve(rows, wanted))
    except np.linalg.LinAlgError:
        return np.full(len(wanted), np.nan)


def _land(game: Private, near: Floats, precision: float, steps: int) -> Point:
    """The point at exactly the precision wanted."""
    at = np.append(near[:-1], precision)
    failed, rows = _equations(game, at)
    for _ in range(4 * CORRECTIONS):
        trial = np.append(at[:-1] + _solved(rows[:, :-1], -failed), precision)
        with np.errstate(all="ignore"):
            tried, after = _equations(game, trial)
        if not np.abs(tried).max() < np.abs(failed).max():
            break
        at, failed, rows = trial, tried, after
    worth, _ = game.values(at[:-1])
    held = np.add.reduceat(np.exp(at[:-1]) * worth, game.first)
    regret = float((np.maximum.reduceat(worth, game.first) - held).max())
    return Point(precision, at[:-1], float(np.abs(failed).max()), max(regret, 0.0), steps)
