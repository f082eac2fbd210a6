"""Blend: the fitted model and the base rate averaged, and how far the average moves when the others are drawn anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assent.models.forecast.baserate import open_share
from assent.models.forecast.cure import Cohort, Grid, passing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assent.models.forecast.cure import Cure
    from assent.models.forecast.history import History

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Settings:
    """What is fixed beforehand and never fitted.

    Attributes
    ----------
    temper
        The power to which the likelihood is raised.
    model_share
        The weight of the fitted model in the average; the base rate has the rest.
    """

    temper: float = 0.5
    model_share: float = 0.5


@dataclass(frozen=True, slots=True)
class Ahead:
    """A forecast, as probabilities of completion by the end of each of some days.

    Attributes
    ----------
    blend, model, base
        The average, and what it is the average of.
    low, high
        The 90 % range of the average on the last day when the others are drawn anew; the average itself if they are
        not.
    error
        By how much the average on the last day changes when the sums are refined fourfold.
    cure
        The fitted model.
    """

    blend: Floats
    model: Floats
    base: Floats
    low: float
    high: float
    error: float
    cure: Cure


def forecast(
    one: History, others: Sequence[History], age: int, days: Sequence[int], settings: Settings, draws: int = 0
) -> Ahead:
    """The chance that a proposal is complete by the end of each of some days.

    Parameters
    ----------
    one
        The proposal; nothing after the age is looked at.
    others
        What it is forecast from.
    age
        The day as of which it is forecast.
    days
        In order, none before the age.
    draws
        How often to draw the others anew, by fold, from a fixed seed.
    """
    cohort = Cohort(others, settings.temper)
    cure = cohort.fit()
    model, base = passing(cure, one, age, days), open_share(others, age, days)
    share = settings.model_share
    blend = share * model + (1 - share) * base
    last = [days[-1]]
    fine = Grid(Grid().step / 4)
    again = Cohort(others, settings.temper, fine).fit()
    error = share * abs(float(passing(again, one, age, last, fine)[0] - model[-1]))
    drawn = [
        share * float(passing(cohort.fit(weights), one, age, last)[0])
        + (1 - share) * float(open_share(others, age, last, weights.tolist())[0])
        for weights in _redrawn(others, draws)
    ]
    low, high = np.quantile(drawn, [0.05, 0.95]) if drawn else (blend[-1], blend[-1])
    return Ahead(blend, model, base, float(low), float(high), error, cure)


def _redrawn(others: Sequence[History], draws: int) -> list[Floats]:
    """How often each of the others counts in each draw of as many folds as there are."""
    folds = sorted({one.fold for one in others})
    places = np.array([folds.index(one.fold) for one in others])
    counts = np.random.default_rng(0).multinomial(len(folds), [1 / len(folds)] * len(folds), size=draws)
    return [np.asarray(row[places], dtype=np.float64) for row in counts]
