"""Score: how well a way of forecasting did on the proposals whose answer is known, each of them left out in turn.

A proposal is forecast at each landmark, an age at which it was still open; its score is the mean over those landmarks,
and the score of a way of forecasting is the mean over proposals, each weighing one. Lower is better.

References
----------
Brier (1950); Good (1952) for the logarithmic score; Matheson and Winkler (1976) for the continuous ranked probability
score; Gneiting and Raftery (2007) on all three.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from assent.models.forecast.history import History

    Floats = NDArray[np.float64]

NEAREST = 1e-9  # a probability nearer to 0 or 1 is scored as this near, so that the logarithmic score is finite
WEEK = 7
KINDS = ("brier", "log", "crps")


class Forecaster(Protocol):
    """A way of forecasting: the chance of completion by the end of each of some days, from others, as of an age."""

    def __call__(self, one: History, others: Sequence[History], age: int, days: Sequence[int], /) -> Floats:
        """Say it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One proposal at one landmark: the forecast, what happened, and what that scores.

    Attributes
    ----------
    chance
        That it would be complete by the horizon.
    crps
        In days; not a number where it was not asked for.
    """

    id: str
    fold: str
    landmark: int
    chance: float
    happened: bool
    brier: float
    log: float
    crps: float


def marks(histories: Sequence[History], landmarks: Iterable[int], say: Forecaster, *, days: bool = False) -> list[Mark]:
    """The forecast of each proposal at each landmark at which it was open, from those outside its fold.

    Parameters
    ----------
    days
        Also by the day: the continuous ranked probability score from the landmark to the horizon.
    """
    ages = sorted(set(landmarks))
    found = []
    for one in histories:
        others = [other for other in histories if other.fold != one.fold]
        for age in (age for age in ages if age < one.horizon and one.pending(age)):
            asked = [*range(age, one.horizon, WEEK), one.horizon] if days else [one.horizon]
            said = say(one, others, age, asked)
            found.append(mark(one, age, asked, said, days=days))
    return found


def mark(one: History, age: int, asked: Sequence[int], said: Floats, *, days: bool) -> Mark:
    """What a forecast scores."""
    chance = float(said[-1])
    held = min(max(chance, NEAREST), 1 - NEAREST)
    happened = one.in_time
    return Mark(
        one.id,
        one.fold,
        age,
        chance,
        happened,
        (chance - happened) ** 2,
        -log(held if happened else 1 - held),
        _ranked(one, age, asked, said) if days else float("nan"),
    )


def _ranked(one: History, age: int, asked: Sequence[int], said: Floats) -> float:
    """The squared distance to what happened, summed over the days; between the days asked for, the line."""
    each = np.arange(age, one.horizon)
    passed = each >= one.done if one.done is not None else np.zeros(each.size, dtype=bool)
    return float(((np.interp(each, asked, said) - passed) ** 2).sum())


def by_proposal(found: Iterable[Mark], kind: str) -> dict[str, float]:
    """The mean score of each proposal over its landmarks."""
    each: dict[str, list[float]] = {}
    for one in found:
        each.setdefault(one.id, []).append(getattr(one, kind))
    return {name: sum(scores) / len(scores) for name, scores in each.items()}


def overall(found: Iterable[Mark], kind: str) -> float:
    """The mean over proposals of their mean scores."""
    each = by_proposal(found, kind)
    return sum(each.values()) / len(each)


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much one way of forecasting differs from another, and the 90 % interval when folds are drawn anew."""

    value: float
    low: float
    high: float


def difference(one: Sequence[Mark], other: Sequence[Mark], kind: str, draws: int = 20_000) -> Difference:
    """Score of one way minus that of another (below zero: the first is better), drawn by fold from a fixed seed."""
    first, second = by_proposal(one, kind), by_proposal(other, kind)
    folds: dict[str, list[float]] = {}
    for name, fold in {mark.id: mark.fold for mark in one}.items():
        folds.setdefault(fold, []).append(first[name] - second[name])
    sums, sizes = np.array([sum(part) for part in folds.values()]), np.array([len(part) for part in folds.values()])
    places = np.random.default_rng(0).integers(0, sums.size, (draws, sums.size))
    low, high = np.quantile(sums[places].sum(axis=1) / sizes[places].sum(axis=1), [0.05, 0.95])
    return Difference(float(sums.sum() / sizes.sum()), float(low), float(high))
