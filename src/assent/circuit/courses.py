"""Courses: what each unit's acts, in order, make of its position over time.

A course is a step function from days to states. It is worked out once; asking for a day is a look-up. Where the order
of two acts is not known the course says *uncertain* for the days on which that matters, and only for those.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import islice, permutations, product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from assent.values.dates import DAY, FIRST, LAST, years_after

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from assent.record.acts import Act

    Table = Mapping[str, Mapping[str, str]]

GIVEN, BARRED, NONE, UNCERTAIN = "given", "barred", "none", "uncertain"
_MOST_ORDERS = 20_000


class Done(NamedTuple):
    """Acts of one actor that bear on one act, in the order of the file, and their first possible days in order."""

    acts: tuple[Act, ...]
    days: list[date]

    def by(self, day: date) -> int:
        """How many were done by a day."""
        return bisect_right(self.days, day)


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

    def then(self, acts: Sequence[Act], table: Table) -> Course:
        """The same course up to the day of some further acts, which come after everything else done that day.

        Examples
        --------
        >>> from datetime import date
        >>> from types import SimpleNamespace as Done
        >>> Course((date(2000, 1, 1),), ("given",)).then(
        ...     [Done(act="rescind", earliest=date(2001, 1, 1))], {"rescind": {"given": "withdrawn"}}
        ... ).states
        ('given', 'withdrawn')
        """
        days, states = list(self.days), list(self.states)
        for done in acts:
            state = self.on(done.earliest) if done is acts[0] else states[-1]
            at = bisect_left(days, done.earliest)
            days[at:], states[at:] = [done.earliest], [table.get(done.act, {}).get(state, state)]
        return Course(tuple(days), tuple(states))


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
    if all(act.dated for act in acts) and len({act.earliest for act in acts}) == len(acts):
        return _course([(act.earliest, act) for act in acts], table, window)
    orders = (order for days in _orders(acts, known) for order in _ties(days))
    return _merge([_course(order, table, window) for order in islice(orders, _MOST_ORDERS)])


def _course(dated: list[tuple[date, Act]], table: Table, window: Window | None) -> Course:
    """The course of acts whose days are known: first the transitions, then the window."""
    steps: dict[date, str] = {}
    state, shown, ends = NONE, NONE, LAST
    for day, act in sorted(dated, key=lambda pair: pair[0]):
        if state == GIVEN and ends < day:
            steps[ends + DAY] = shown = NONE
        moves = table.get(act.act, {})
        if state in moves:
            state = moves[state]
            if state == GIVEN:
                ends = window.ends(act, day) if window else LAST
        now = NONE if state == GIVEN and ends < day else state
        if now != shown:
            steps[day] = shown = now
    if state == GIVEN and ends < LAST:
        steps[ends + DAY] = NONE
    return Course(tuple(steps), tuple(steps.values()))


def _orders(acts: Sequence[Act], known: date) -> list[list[tuple[date, Act]]]:
    """Every order the undated acts may have had, each with days that realise it.

    An order, if it is possible at all, is possible with each undated act on a bound of some act or within as many
    days of one as there are acts.
    """
    spans = [(act.earliest, act.latest or max(known, act.earliest)) for act in acts]
    steps = range(-len(acts), len(acts) + 1)
    choices: list[list[date]] = []
    for first, last in spans:
        near = {_near(bound, step) for span in spans for bound in span for step in steps}
        choices.append(sorted(day for day in near if first <= day <= last))
    if prod(map(len, choices)) > _MOST_ORDERS:
        choices = [[days[0], days[-1]] for days in choices]
    return [list(zip(days, acts, strict=True)) for days in product(*choices)]


def _ties(dated: list[tuple[date, Act]]) -> Iterator[list[tuple[date, Act]]]:
    """Every order of acts of which some fall on one day."""
    days = sorted({day for day, _ in dated})
    same = [[pair for pair in dated if pair[0] == day] for day in days]
    for order in product(*(permutations(pairs) for pairs in same)):
        yield [pair for pairs in order for pair in pairs]


def _near(bound: date, days: int) -> date:
    if days > (LAST - bound).days or -days > (bound - FIRST).days:
        return bound
    return bound + days * DAY


def _merge(courses: list[Course]) -> Course:
    days = sorted({day for course in courses for day in course.days})
    states: list[str] = []
    for day in days:
        seen = {course.on(day) for course in courses}
        states.append(seen.pop() if len(seen) == 1 else UNCERTAIN)
    return Course(tuple(days), tuple(states))


def either(courses: list[Course]) -> Course:
    """The position of an actor with several courses: given while any of them is."""
    days = tuple(sorted({day for course in courses for day in course.days}))
    order = (GIVEN, UNCERTAIN, BARRED, "withdrawn", "refused", NONE)
    states = tuple(next(s for s in order if s in {c.on(day) for c in courses}) for day in days)
    return Course(days, states)
