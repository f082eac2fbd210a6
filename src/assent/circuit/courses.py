"""Courses: what each unit's acts, in order, make of its position over time.

A course is a step function from days to states. It is worked out once; asking for a day is a look-up. Where the order
of two acts is not known the course says *uncertain* for the days on which that matters, and only for those.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from assent.values.dates import DAY, LAST, years_after

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from assent.record.acts import Act

    Table = Mapping[str, Mapping[str, str]]

GIVEN, BARRED, NONE, UNCERTAIN = "given", "barred", "none", "uncertain"
_MOST_ORDERS = 256


@dataclass(frozen=True, slots=True)
class Window:
    """How long an act counts: a number of years, or until the day its own text states."""

    years: int | None = None
    as_stated: bool = False

    def ends(self, act: Act, day: date) -> date:
        """The last day on which an act done on ``day`` counts."""
        ends = years_after(day, self.years) if self.years is not None else LAST
        return min(ends, act.limit) if self.as_stated and act.limit else ends


@dataclass(frozen=True, slots=True)
class Course:
    """A position over time: from each day in ``days`` on, the state beside it; before the first, none."""

    days: tuple[date, ...] = ()
    states: tuple[str, ...] = ()

    def on(self, day: date) -> str:
        """The state on a day."""
        at = bisect_right(self.days, day)
        return self.states[at - 1] if at else NONE


def course_of(acts: Sequence[Act], table: Table, window: Window | None, known: date) -> Course:
    """The course a unit's acts make under a transition table.

    Parameters
    ----------
    acts
        The acts that are not void, of one unit on one matter.
    table
        Act → {state before: state after}; a pair that is not listed changes nothing.
    window
        How long an act counts, or ``None`` for ever.
    known
        The day as of which the record is read; an act that nothing bounds had happened by then.
    """
    if all(act.dated for act in acts):
        return _course([(act.earliest, act) for act in acts], table, window)
    return _merge([_course(order, table, window) for order in _orders(acts, known)])


def _course(dated: list[tuple[date, Act]], table: Table, window: Window | None) -> Course:
    steps: list[tuple[date, str]] = []
    state, ends = NONE, LAST
    for day, act in sorted(dated, key=lambda pair: pair[0]):
        if state == GIVEN and ends < day:
            state = NONE
            steps.append((ends + DAY, NONE))
        after = table.get(act.act, {}).get(state, state)
        if after == GIVEN and act.act in table and state in table[act.act] and window:
            ends = window.ends(act, day)
        if after != state:
            steps.append((day, after))
            state = after
    if state == GIVEN and ends < LAST:
        steps.append((ends + DAY, NONE))
    last: dict[date, str] = dict(steps)
    return Course(tuple(last), tuple(last.values()))


def _orders(acts: Sequence[Act], known: date) -> list[list[tuple[date, Act]]]:
    """Every order the undated acts may have had, each with days that realise it."""
    fixed = [act.earliest for act in acts if act.dated]
    choices: list[list[date]] = []
    for act in acts:
        if act.dated:
            choices.append([act.earliest])
            continue
        first, last = act.earliest, act.latest or max(known, act.earliest)
        near = {d for day in fixed for d in (day - DAY, day + DAY) if first <= d <= last}
        choices.append(sorted({first, last, *near}))
    total = 1
    for days in choices:
        total *= len(days)
    if total > _MOST_ORDERS:
        choices = [[days[0], days[-1]] for days in choices]
    return [list(zip(days, acts, strict=True)) for days in product(*choices)]


def _merge(courses: list[Course]) -> Course:
    days = sorted({day for course in courses for day in course.days})
    states: list[str] = []
    for day in days:
        seen = {course.on(day) for course in courses}
        states.append(seen.pop() if len(seen) == 1 else UNCERTAIN)
    return Course(tuple(days), tuple(states))
