"""How well ratification can be forecast: every way of doing it, scored by leaving each amendment out in turn.

    python benchmarks/forecast.py [--write]

Prints Markdown tables, whoever wins; with --write they go into docs/forecast.md, between its two markers. Scores are
means over amendments, each weighing one, of means over the landmarks at which it was still open; lower is better. The
interval is that of the difference to the base rate when amendments are drawn anew, those of one day together.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assent.inquiries.forecast.reference_class import ReferenceClass
from assent.inquiries.library import Library
from assent.models.forecast.baserate import open_share
from assent.models.forecast.clock import YEAR, plain_clock, sitting_clock
from assent.models.forecast.cure import Cohort, passing
from assent.models.forecast.score import difference, mark, marks, overall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.models.forecast.history import History
    from assent.models.forecast.score import Mark

    Histories = tuple[History, ...]

PAGE = Path(__file__).resolve().parents[1] / "docs" / "forecast.md"
OPENS, CLOSES = "<!-- scores: benchmarks/forecast.py --write -->", "<!-- end of scores -->"


@dataclass(frozen=True)
class Way:
    """A way of forecasting: the model's temper and weight, and the prior of the base rate."""

    temper: float = 0.5
    share: float = 0.5
    prior: float = 0.5

    def __call__(self, one: History, others: Sequence[History], age: int, days: Sequence[int]) -> np.ndarray:
        """The chance of completion by the end of each day."""
        base = open_share(others, age, days, prior=self.prior) if self.share < 1 else 0.0
        if not self.share:
            return base
        key = (self.temper, tuple(id(other) for other in others))
        if key not in FITS:
            FITS[key] = (Cohort(others, self.temper).fit(), others)
        return self.share * passing(FITS[key][0], one, age, days) + (1 - self.share) * base


FITS: dict = {}  # the others are kept with the fit, so that their ids stay theirs


def everyone(one: History, others: Sequence[History], age: int, days: Sequence[int]) -> np.ndarray:
    """The share of all others that were complete by then, whatever had happened at this age."""
    del one, age
    return open_share(others, -1, days)


def even(one: History, others: Sequence[History], age: int, days: Sequence[int]) -> np.ndarray:
    """Even odds."""
    del one, others, age
    return np.full(len(days), 0.5)


@dataclass(frozen=True)
class Row:
    """A line of a table."""

    name: str
    ours: list[Mark]
    base: list[Mark]

    def cells(self) -> list[str]:
        """Name, scores, and the difference to the base rate on the same amendments and landmarks."""
        scores = [overall(self.ours, "brier"), overall(self.ours, "log"), overall(self.ours, "crps")]
        apart = difference(self.ours, self.base, "brier")
        shown = [f"{scores[0]:.4f}", f"{scores[1]:.4f}", f"{scores[2]:.0f}", f"{overall(self.base, 'brier'):.4f}"]
        if apart.value == apart.low == apart.high == 0:
            return [self.name, *shown, "–", "–"]
        return [self.name, *shown, signed(apart.value), f"{signed(apart.low)} to {signed(apart.high)}"]


def signed(value: float) -> str:
    """A difference with its sign."""
    return f"{value:+.4f}".replace("-", "−")


def scored(name: str, histories: Histories, way: object, landmarks: Sequence[int]) -> Row:
    """A way of forecasting on these amendments at these landmarks, beside the base rate on the same."""
    ours, base = (marks(histories, landmarks, say, days=True) for say in (way, Way(share=0)))
    return Row(name, ours, base)


def forward(histories: Histories, landmarks: Sequence[int], least: int) -> Row:
    """Each amendment forecast only from those whose seven years were over on the day of the forecast."""
    ours: list[Mark] = []
    base: list[Mark] = []
    for one in histories:
        for age in (age for age in landmarks if age < one.horizon and one.pending(age)):
            on = one.begun + timedelta(days=age)
            others = [
                other
                for other in histories
                if other.fold != one.fold and other.begun + timedelta(days=other.horizon) < on
            ]
            if len(others) < least:
                continue
            days = [*range(age, one.horizon, 7), one.horizon]
            for way, found in ((Way(), ours), (Way(share=0), base)):
                found.append(mark(one, age, days, way(one, others, age, days), days=True))
    return Row("only from what was over by then (since 1909)", ours, base)


def tables(group: ReferenceClass) -> str:
    """All tables, as Markdown."""
    reference = group.reference
    own = tuple(group.histories.values())
    ages, least = list(reference.landmarks), int(reference.number("least"))
    years, weeks = group.sittings
    calendar = with_clock(own, lambda one: plain_clock(one.horizon))
    ways = [
        scored("**base rate among those still open at that age**", own, Way(share=0), ages),
        scored("base rate of all, at any age", own, everyone, ages),
        scored("even odds", own, even, ages),
        scored("states independent, calendar time", calendar, Way(1.0, 1.0), ages),
        scored("states independent, sessions", own, Way(1.0, 1.0), ages),
        scored("model alone, calendar time", calendar, Way(0.5, 1.0), ages),
        scored("model alone, sessions", own, Way(0.5, 1.0), ages),
        scored("model and base rate averaged, calendar time", calendar, Way(), ages),
        scored("**the forecast: model and base rate averaged, sessions**", own, Way(), ages),
    ]
    flat = [(1, 1.0)]
    always = [(years[0][0], 1.0, 1.0)]
    doctrine = Library(group.place.name, group.place.root.parent).doctrine
    effective = ReferenceClass(group.place, doctrine(["rescission=effective"]), group.known_as_of)
    others = [
        *(scored(f"temper {temper:g}", own, Way(temper), ages) for temper in (0.1, 0.25, 0.75, 1.0)),
        *(scored(f"weight of the model {share:g}", own, Way(share=share), ages) for share in (0.25, 0.75, 1.0)),
        scored("nothing added to the base rate in the average", own, Way(prior=0), ages),
        scored("one of each added to it", own, Way(prior=1), ages),
        scored("sessions: years alone, all months alike", clocked(own, years, flat), Way(), ages),
        scored("sessions: months alone, all years alike", clocked(own, always, weeks), Way(), ages),
        scored("sessions: a fifth of all sit at any time", with_clock(own, special), Way(), ages),
        scored("sessions: half of those that sit do so all year", clocked(own, years, busier(weeks)), Way(), ages),
        scored("without the first landmark", own, Way(), ages[1:]),
        scored("a landmark each 90 days to five years", own, Way(), range(1, ages[-1] + 1, 90)),
        scored("without the amendment ratified by conventions", leaving(own, "/21"), Way(), ages),
        scored("without the three of 1789", tuple(one for one in own if one.begun.year > 1789), Way(), ages),
        scored("the three of 1789 as one, ratified", leaving(own, "/27", "/apportionment"), Way(), ages),
        scored("since 1865", tuple(one for one in own if one.begun.year >= 1865), Way(), ages),
        scored("a ratification can be taken back", tuple(effective.histories.values()), Way(), ages),
        forward(own, ages, least),
    ]
    text = [
        f"{len(own)} amendments, {sum(one.in_time for one in own)} ratified in time; {len(ways[0].ours)} forecasts.",
        "",
        *table(ways),
        "",
        "Other choices, each against the base rate on the same amendments and landmarks:",
        "",
        *table(others),
        "",
        "By landmark:",
        "",
        *by_landmark(ways[-1], ages),
        "",
        "By amendment:",
        "",
        *by_amendment(ways[-1]),
    ]
    return "\n".join(text) + "\n"


def with_clock(histories: Histories, clock: object) -> Histories:
    """The same amendments on another clock."""
    return tuple(replace(one, clock=clock(one)) for one in histories)


def clocked(histories: Histories, years: Sequence, weeks: Sequence) -> Histories:
    """The same amendments on a clock of other sessions."""
    return with_clock(histories, lambda one: sitting_clock(one.begun, one.horizon, years, weeks))


def special(one: History) -> np.ndarray:
    """Its clock, if a fifth of all legislatures sat at any time, in special session if in no other."""
    return np.cumsum(np.maximum(np.diff(one.clock, prepend=0.0), 0.2 / YEAR))


def busier(weeks: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Sessions of which at least half of the legislatures sit at any time."""
    return [(day, max(share, 0.5)) for day, share in weeks]


def leaving(histories: Histories, *ends: str) -> Histories:
    """The amendments but those whose ids end so."""
    return tuple(one for one in histories if not one.id.endswith(ends))


def table(rows: list[Row]) -> list[str]:
    """Rows as Markdown."""
    head = ["", "Brier", "log", "CRPS, days", "base rate's Brier", "difference", "90 % interval"]
    lines = [head, ["---", "--:", "--:", "--:", "--:", "--:", "--:"], *(row.cells() for row in rows)]
    return [f"| {' | '.join(line)} |" for line in lines]


def by_landmark(row: Row, ages: Sequence[int]) -> list[str]:
    """The forecast and the base rate at each landmark alone."""
    lines = ["| age in days | open | ratified in time | Brier | base rate's |", "| --: | --: | --: | --: | --: |"]
    for age in ages:
        ours, base = ([one for one in part if one.landmark == age] for part in (row.ours, row.base))
        scores = (overall(part, "brier") for part in (ours, base))
        said = " | ".join(f"{score:.4f}" for score in scores)
        lines.append(f"| {age:,} | {len(ours)} | {sum(one.happened for one in ours)} | {said} |")
    return lines


def by_amendment(row: Row) -> list[str]:
    """The mean score of each amendment."""
    lines = ["| amendment | landmarks | in time | Brier | base rate's |", "| --- | --: | --- | --: | --: |"]
    for name in dict.fromkeys(one.id for one in row.ours):
        ours, base = ([one for one in part if one.id == name] for part in (row.ours, row.base))
        said = " | ".join(f"{overall(part, 'brier'):.4f}" for part in (ours, base))
        lines.append(f"| {name} | {len(ours)} | {'yes' if ours[0].happened else 'no'} | {said} |")
    return lines


def main() -> int:
    """Print the tables; write them where they are shown if asked to."""
    parser = argparse.ArgumentParser(description="How well ratification can be forecast.")
    parser.add_argument("--write", action="store_true", help=f"write the tables into {PAGE.name} as well")
    options = parser.parse_args()
    library = Library("us")
    text = tables(ReferenceClass(library.place, library.doctrine(), date.today()))
    print(text, end="")
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(OPENS)
        _, _, after = rest.partition(CLOSES)
        PAGE.write_text(f"{before}{OPENS}\n{text}{CLOSES}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
