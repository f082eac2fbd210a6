"""History: what became of one proposal, day by day, as far as it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """What became of one proposal. Days are counted from the proposal, which is day 0.

    Attributes
    ----------
    fold
        Proposals that are left out together share it.
    begun
        The day of the proposal.
    spans
        For each yes the day it was given and the day it was taken back (``None`` if it never was).
    terms
        From each day on: how many were needed, of how many there were; in order, the first on day 0.
    done
        The day on which it was complete; ``None`` if it is not known ever to have been.
    closed
        The last day on which it could be; ``None`` where nothing ended it.
    horizon
        The last day of the time that is forecast.
    seen
        The last day on which it was looked at.
    clock
        Time that had passed by the end of each day.
    """

    id: str
    fold: str
    begun: date
    spans: tuple[tuple[int, int | None], ...]
    terms: tuple[tuple[int, int, int], ...]
    done: int | None
    closed: int | None
    horizon: int
    seen: int
    clock: NDArray[np.float64]

    def given(self, day: int) -> list[int]:
        """The days on which each yes was given that stood at the end of a day."""
        return sorted(since for since, until in self.spans if since <= day and (until is None or until > day))

    def needed(self, day: int) -> tuple[int, int]:
        """How many were needed at the end of a day, of how many."""
        _, need, of = max((row for row in self.terms if row[0] <= day), key=lambda row: row[0])
        return need, of

    def pending(self, day: int) -> bool:
        """Whether it was still open at the end of a day."""
        return self.done is None or self.done > day

    @property
    def in_time(self) -> bool:
        """Whether it was complete within the time that is forecast."""
        return self.done is not None and self.done <= self.horizon

    @property
    def watched(self) -> int:
        """The last day that says anything of how units decide: until completion, the horizon, or the last look."""
        ends = (self.done, self.closed, self.horizon, self.seen)
        return min(day for day in ends if day is not None)
