"""What a unit's acts make of its position over time.

Oracle: a table walked act by act, for every day on which an undated act may have been done.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assent.circuit.courses import Course, Window, course_of
from assent.record.acts import Act
from tests.helpers import steady

STATES = ("none", "given", "refused", "withdrawn", "barred")
KINDS = ("ratify", "reject", "rescind", "revoke-rescission")
START = date(1900, 1, 1)
KNOWN = START + timedelta(days=11)
USUAL = {
    "ratify": {"none": "given", "refused": "given", "withdrawn": "given", "given": "given"},
    "reject": {"none": "refused", "withdrawn": "refused"},
    "rescind": {"given": "withdrawn"},
    "revoke-rescission": {"withdrawn": "given"},
}
FINAL = {**USUAL, "reject": {"none": "barred", "withdrawn": "refused"}}
VOID = {**USUAL, "rescind": {}}


def day(number: int) -> date:
    return START + timedelta(days=number)


def made(kind: str, first: date, last: date | None, limit: date | None = None) -> Act:
    return Act(
        id=f"{kind}-{first}", matter="m", actor="u", act=kind, precision="day" if first == last else "none",
        earliest=first, latest=last, recorded_on=first, yes=None, no=None, present=None, absent=None, of_act="",
        limit=limit, instrument="", confidence="", resolution="", alt_dates="", note="", standing="", source="",
    )  # fmt: skip


def walked(order: list[tuple[date, Act]], table: dict[str, dict[str, str]], when: date) -> str:
    """The oracle: the acts up to a day, one after another."""
    state = "none"
    for done, act in sorted(order, key=lambda pair: pair[0]):
        if done <= when:
            state = table.get(act.act, {}).get(state, state)
    return state


def possible(acts: list[Act], table: dict[str, dict[str, str]], when: date) -> set[str]:
    """The states a unit may be in on a day, over every day each act may have been done on."""
    spans = []
    for act in acts:
        last = act.latest or max(KNOWN, act.earliest)
        spans.append([act.earliest + timedelta(days=n) for n in range((last - act.earliest).days + 1)])
    orders = (order for days in product(*spans) for order in any_order(list(zip(days, acts, strict=True))))
    return {walked(order, table, when) for order in orders}


def any_order(order: list[tuple[date, Act]]) -> list[list[tuple[date, Act]]]:
    """Acts of one day may have been done in any order; `walked` keeps the order it is given among them."""
    if len({done for done, _ in order}) == len(order):
        return [order]
    return [list(turn) for turn in permutations(order)]


tables = st.sampled_from([USUAL, FINAL, VOID]) | st.fixed_dictionaries(
    {kind: st.dictionaries(st.sampled_from(STATES), st.sampled_from(STATES), max_size=4) for kind in KINDS}
)


@st.composite
def dated(draw, most: int = 5):
    days = draw(st.lists(st.integers(0, 10), max_size=most, unique=True))
    return [made(draw(st.sampled_from(KINDS)), day(n), day(n)) for n in days]


@st.composite
def undated(draw, most: int):
    acts = []
    for _ in range(draw(st.integers(1, most))):
        first, length = draw(st.integers(0, 8)), draw(st.integers(1, 5))
        last = None if draw(st.booleans()) and first > 6 else day(first + length)
        acts.append(made(draw(st.sampled_from(KINDS)), day(first), last))
    return acts


@steady(250)
@given(dated(), tables)
def test_dated_acts_move_a_unit_as_the_table_says(acts, table):
    course = course_of(acts, table, None, KNOWN)
    for when in map(day, range(-1, 13)):
        assert course.on(when) == walked([(a.earliest, a) for a in acts], table, when)


@steady(250)
@given(dated(2), undated(3), tables)
def test_an_unknown_order_is_uncertain_on_the_days_on_which_it_matters_and_on_no_other(fixed, loose, table):
    acts = sorted(fixed + loose, key=lambda a: (a.earliest, a.latest or a.earliest, a.id))
    course = course_of(acts, table, None, KNOWN)
    for when in map(day, range(-1, 15)):
        states = possible(acts, table, when)
        assert course.on(when) == (states.pop() if len(states) == 1 else "uncertain"), when


def test_the_order_of_three_undated_acts_is_as_open_as_that_of_two():
    loose = [made(kind, day(0), day(10)) for kind in ("ratify", "rescind", "reject")]
    course = course_of(loose, USUAL, None, KNOWN)
    assert possible(loose, USUAL, day(10)) == {"given", "withdrawn", "refused"}
    assert course.on(day(10)) == "uncertain"


@pytest.mark.parametrize("table", [USUAL, FINAL])
def test_the_order_of_two_undated_acts_that_overlap(table):
    """Ratified on day 2 and rescinded on day 3 is possible, though neither bound of the rescission shows it."""
    loose = [made("rescind", day(1), day(6)), made("ratify", day(2), day(3))]
    assert possible(loose, table, day(3)) == {"given", "withdrawn"}
    assert course_of(loose, table, None, KNOWN).on(day(3)) == "uncertain"


@pytest.mark.parametrize(
    ("when", "state"), [(3, "none"), (4, "uncertain"), (5, "given"), (8, "given"), (9, "withdrawn"), (20, "withdrawn")]
)
def test_an_undated_ratification_long_before_a_rescission(when, state):
    acts = [made("ratify", day(4), day(5)), made("rescind", day(9), day(9))]
    assert course_of(acts, USUAL, None, KNOWN).on(day(when)) == state


def test_an_undated_rejection_about_the_day_of_a_ratification_matters_only_if_it_is_final():
    acts = [made("reject", day(0), day(9)), made("ratify", day(5), day(5))]
    assert course_of(acts, USUAL, None, KNOWN).on(day(9)) == "given"
    assert course_of(acts, FINAL, None, KNOWN).on(day(9)) == "uncertain"


def test_an_act_that_nothing_bounds_had_happened_by_the_day_it_is_known():
    course = course_of([made("ratify", day(2), None)], USUAL, None, KNOWN)
    assert [course.on(day(n)) for n in (1, 2, 10, 11, 12)] == ["none", "uncertain", "uncertain", "given", "given"]


# ── windows ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def years(text: str, number: int) -> date:
    given = date.fromisoformat(text)
    return given.replace(year=given.year + number)


@st.composite
def spread(draw):
    days = sorted(draw(st.lists(st.integers(0, 365 * 60), min_size=1, max_size=5, unique=True)))
    found = [
        (day(n), draw(st.sampled_from(("ratify", "ratify", "reject", "rescind", "revoke-rescission")))) for n in days
    ]
    return [made(kind, when, when) for when, kind in found if (when.month, when.day) != (2, 29)]


@steady(200)
@given(spread(), st.integers(1, 30), st.lists(st.integers(0, 365 * 90), min_size=1, max_size=8))
def test_an_assent_counts_for_its_years_and_not_a_day_longer(acts, span, looks):
    course = course_of(acts, FINAL, Window(years=span), KNOWN)
    ends = [a.earliest.replace(year=a.earliest.year + span) for a in acts]
    for when in [*map(day, looks), *ends, *(end + timedelta(days=1) for end in ends)]:
        if (when.month, when.day) == (2, 29):
            continue
        state, given_on = "none", START
        for act in acts:  # positions first …
            if act.earliest <= when:
                moves = FINAL[act.act]
                if moves.get(state) == "given":
                    given_on = act.earliest
                state = moves.get(state, state)
        if state == "given" and given_on < when.replace(year=when.year - span):
            state = "none"  # … then the window, measured back from the day that counts
        assert course.on(when) == state, when


def test_a_window_comes_after_the_transitions():
    """A rejection after a ratification is no first decision, however old the ratification has grown."""
    acts = [
        made(kind, date(year, 1, 1), date(year, 1, 1))
        for kind, year in (("ratify", 1900), ("reject", 1920), ("ratify", 1930))
    ]
    course = course_of(acts, FINAL, Window(years=15), KNOWN)
    assert [course.on(date(year, 6, 1)) for year in (1910, 1918, 1925, 1931)] == ["given", "none", "none", "given"]


def test_the_last_day_of_a_window_counts_and_the_day_after_does_not():
    course = course_of([made("ratify", day(0), day(0))], USUAL, Window(years=15), KNOWN)
    assert course.on(years("1900-01-01", 15)) == "given"
    assert course.on(years("1900-01-01", 15) + timedelta(days=1)) == "none"


def test_an_application_counts_as_long_as_its_own_text_says():
    acts = [made("ratify", day(0), day(0), limit=day(30)), made("ratify", day(40), day(40))]
    course = course_of(acts, USUAL, Window(as_stated=True), KNOWN)
    assert [course.on(day(n)) for n in (0, 30, 31, 39, 40, 30000)] == [
        "given",
        "given",
        "none",
        "none",
        "given",
        "given",
    ]


def test_a_text_without_an_end_never_runs_out():
    course = course_of([made("ratify", day(0), day(0))], USUAL, Window(as_stated=True), KNOWN)
    assert course.on(date(2500, 1, 1)) == "given"


def test_a_second_ratification_starts_the_window_again():
    acts = [made("ratify", day(0), day(0)), made("ratify", date(1910, 1, 1), date(1910, 1, 1))]
    course = course_of(acts, USUAL, Window(years=15), KNOWN)
    assert course.on(date(1925, 1, 1)) == "given"
    assert course.on(date(1925, 1, 2)) == "none"


def test_nothing_on_file_is_no_position():
    assert Course().on(START) == "none"
    assert course_of([], USUAL, None, KNOWN).on(START) == "none"
