"""Scoring: how a way of forecasting did on the matters whose outcome is known, each of them left out in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from assent.models.forecast.baserate import open_share
from assent.models.forecast.cure import Cohort, passing
from assent.models.forecast.score import difference, marks, overall

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assent.inquiries.forecast.reference_class import Reference
    from assent.models.forecast.history import History


class Score(Struct, frozen=True):
    """How a way of forecasting did; lower is better.

    Attributes
    ----------
    brier, baseline_brier
        Mean squared distance between the chance and what happened; of the base rate alone.
    difference, low, high
        The first minus the second, and its 90 % interval when the matters are drawn anew.
    log, baseline_log
        Mean of minus the logarithm of the chance that was given to what happened, in nats.
    events
        How many matters were forecast.
    landmarks
        At what ages, in days, each weighing the same within its matter; a matter is one.
    """

    brier: float
    baseline_brier: float
    difference: float
    low: float
    high: float
    log: float
    baseline_log: float
    events: int
    landmarks: tuple[int, ...]
    method: str


def score_of(histories: Sequence[History], reference: Reference) -> Score:
    """How the forecast and the base rate did on these matters."""
    settings = reference.fixed
    fits = {
        fold: Cohort([one for one in histories if one.fold != fold], settings.temper).fit()
        for fold in {one.fold for one in histories}
    }
    share = settings.model_share

    def base(one: History, others: Sequence[History], age: int, days: Sequence[int]) -> NDArray[np.float64]:
        del one
        return open_share(others, age, days)

    def blend(one: History, others: Sequence[History], age: int, days: Sequence[int]) -> NDArray[np.float64]:
        return share * passing(fits[one.fold], one, age, days) + (1 - share) * open_share(others, age, days)

    ours, theirs = (marks(histories, reference.landmarks, say) for say in (blend, base))
    apart = difference(ours, theirs, "brier")
    return Score(
        overall(ours, "brier"),
        overall(theirs, "brier"),
        apart.value,
        apart.low,
        apart.high,
        overall(ours, "log"),
        overall(theirs, "log"),
        len({one.id for one in ours}),
        reference.landmarks,
        "each left out in turn with those proposed on its day",
    )
