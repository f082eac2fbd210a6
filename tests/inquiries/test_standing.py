"""Where a matter stands: the corners of clock, roster and latch, each on a small library written for it.

Authority: SEMANTICS, "Order of evaluation"; every expected value was counted by hand.
"""

from __future__ import annotations

from datetime import date

import pytest

from assent.circuit.case import Case
from assent.errors import NotApplicable
from assent.inquiries.matter.standing import standing
from assent.law.doctrine import read_doctrine
from assent.law.library import Law
from assent.record.record import Record
from tests.helpers import MATTER, act, build, questions

OLD, FAR = "1800-01-01", "2900-12-31"
FOUR = [(unit, OLD, None) for unit in ("AA", "BB", "CC", "DD")]
WHOLE = dict.fromkeys(("ratify", "rescind", "reject", "certify", "accept"), FAR)


def acts(*rows: tuple[str, str, str], **more: dict[str, object]) -> list[dict[str, object]]:
    """Acts as (unit, what, day) after the proposal of 1900; ``more`` adds cells to the act of a unit."""
    found = [act("propose", "tiny/congress", "propose", "1900-01-01")]
    for unit, kind, day in rows:
        actor = unit if "/" in unit else f"{unit}/legislature"
        found.append(act(f"{unit}-{kind}-{day}", actor, kind, day, **more.get(unit, {})))
    return found


def ask(folder, rows, *readings, as_of="1950-01-01", known=FAR, roster=FOUR, complete=WHOLE, seceded=(), **matter):
    """Stage, day, count, required, of."""
    given = {"proposed_on": "1900-01-01", **matter}
    root = build(folder, roster=roster, acts=rows, matter=given, complete=complete, asked=questions(seceded, "AA"))
    law, record = Law(root), Record(root)
    doctrine = read_doctrine(law, readings)
    day, by = date.fromisoformat(as_of), date.fromisoformat(known)
    found = standing(Case(law, record, record.matter(MATTER), doctrine, by), day)
    return found.stage, str(found.completed_on or "never"), found.count, found.required, found.of


THREE = acts(("AA", "ratify", "1901-01-01"), ("BB", "ratify", "1902-01-01"), ("CC", "ratify", "1903-01-01"))


def test_the_day_of_the_last_ratification_needed_completes(tmp_path):
    assert ask(tmp_path, THREE, as_of="1902-12-31") == ("pending", "never", 2, 3, 4)
    assert ask(tmp_path, THREE, as_of="1903-01-01") == ("adopted", "1903-01-01", 3, 3, 4)


def test_what_comes_after_completion_changes_nothing(tmp_path):
    rows = [*THREE, *acts(("AA", "rescind", "1904-01-01"), ("DD", "ratify", "1905-01-01"))[1:]]
    assert ask(tmp_path, rows, "rescission=effective") == ("adopted", "1903-01-01", 3, 3, 4)


def test_a_new_state_raises_the_bar_that_day(tmp_path):
    roster = [*FOUR, ("EE", "1902-06-01", None)]
    assert ask(tmp_path, THREE, roster=roster) == ("pending", "never", 3, 4, 5)
    roster = [*FOUR, ("EE", "1903-01-02", None)]
    assert ask(tmp_path, THREE, roster=roster) == ("adopted", "1903-01-01", 3, 3, 4)


def test_a_state_that_leaves_can_lower_the_bar(tmp_path):
    roster = [*FOUR[:3], ("DD", OLD, "1910-05-05")]
    two = acts(("AA", "ratify", "1901-01-01"), ("BB", "ratify", "1902-01-01"), ("DD", "ratify", "1903-01-01"))
    assert ask(tmp_path, two, roster=[*FOUR, *[(u, OLD, "1910-05-05") for u in ("EE", "FF")]]) == (
        "adopted", "1910-05-06", 3, 3, 4,
    )  # fmt: skip
    assert ask(tmp_path, two[:3], roster=roster) == ("pending", "never", 2, 3, 3)


def test_a_window_ends_for_a_state_that_left_later_too(tmp_path):
    """AA's ratification is too old in 1917, although AA has left the roster by the day asked for."""
    rows = acts(("AA", "ratify", "1901-01-01"), ("BB", "ratify", "1916-06-01"), ("CC", "ratify", "1917-01-01"))
    roster = [("AA", OLD, "1930-01-01"), *FOUR[1:]]
    assert ask(tmp_path, rows, "contemporaneity=required", as_of="1920-01-01", roster=roster)[0] == "pending"
    assert ask(tmp_path, rows, "contemporaneity=required", roster=roster) == ("pending", "never", 0, 3, 3)


@pytest.mark.parametrize(
    ("years", "as_of", "answer"),
    [
        (2, "1950-01-01", ("adopted", "1903-01-01", 3, 3, 4)),
        (1, "1903-01-01", ("pending", "never", 2, 3, 4)),
        (1, "1950-01-01", ("pending", "never", 0, 3, 4)),
    ],
)
def test_a_window_is_measured_back_from_the_completing_act(tmp_path, years, as_of, answer):
    assert ask(tmp_path, THREE, f"contemporaneity=required:{years}", as_of=as_of) == answer


@pytest.mark.parametrize(
    ("place", "readings", "stage"),
    [
        ("text", (), "lapsed"),
        ("text", ("deadline=not-binding",), "lapsed"),
        ("proposing-clause", (), "lapsed"),
        ("proposing-clause", ("deadline=not-binding",), "adopted"),
    ],
)
def test_only_a_limit_in_the_proposing_clause_is_in_question(tmp_path, place, readings, stage):
    assert ask(tmp_path, THREE, *readings, clock_limit="1902-12-31", clock_place=place)[0] == stage


def test_the_last_day_of_a_limit_counts(tmp_path):
    limit = {"clock_limit": "1903-01-01", "clock_place": "text"}
    assert ask(tmp_path, THREE, **limit) == ("adopted", "1903-01-01", 3, 3, 4)
    assert ask(tmp_path, THREE[:3], as_of="1903-01-01", **limit)[0] == "pending"
    assert ask(tmp_path, THREE[:3], as_of="1903-01-02", **limit) == ("lapsed", "never", 2, 3, 4)


def test_acts_after_the_limit_do_not_count(tmp_path):
    late = acts(("AA", "ratify", "1901-01-01"), ("BB", "ratify", "1904-01-01"))
    assert ask(tmp_path, late, clock_limit="1903-01-01", clock_place="text") == ("lapsed", "never", 1, 3, 4)
    undone = [*THREE[:3], *acts(("AA", "rescind", "1904-01-01"))[1:]]
    assert ask(tmp_path, undone, "rescission=effective", clock_limit="1903-01-01", clock_place="text")[2] == 2


@pytest.mark.parametrize(
    ("moved_on", "readings", "stage"),
    [
        ("1902-06-30", (), "adopted"),
        ("1902-06-30", ("extension=invalid",), "lapsed"),
        ("1902-06-30", ("deadline=not-binding",), "adopted"),
        ("1902-07-01", (), "lapsed"),  # the limit had run out before it was moved
    ],
)
def test_a_limit_is_moved_only_while_it_runs(tmp_path, moved_on, readings, stage):
    moved = act("extend", "tiny/congress", "extend", moved_on, limit="1903-06-30")
    limit = {"clock_limit": "1902-06-30", "clock_place": "proposing-clause"}
    assert ask(tmp_path, [*THREE, moved], *readings, **limit)[0] == stage


def test_before_the_extension_the_first_limit_is_the_limit(tmp_path):
    moved = act("extend", "tiny/congress", "extend", "1902-06-01", limit="1903-06-30")
    limit = {"clock_limit": "1902-06-30", "clock_place": "proposing-clause"}
    assert ask(tmp_path, [*THREE, moved], as_of="1902-05-01", **limit)[0] == "pending"
    assert ask(tmp_path, THREE, as_of="1902-07-01", **limit)[0] == "lapsed"
    assert ask(tmp_path, [*THREE, moved], as_of="1902-07-01", **limit)[0] == "pending"


@pytest.mark.parametrize(
    ("when", "readings", "answer"),
    [
        ("1902-06-01", ("rescission=effective",), ("pending", "never", 2, 3, 4)),
        ("1903-01-01", ("rescission=effective",), ("pending", "never", 2, 3, 4)),  # on the day itself, not before it
        ("1903-01-02", ("rescission=effective",), ("adopted", "1903-01-01", 3, 3, 4)),
        ("1902-06-01", ("rescission=void",), ("adopted", "1903-01-01", 3, 3, 4)),
    ],
)
def test_a_rescission_works_from_its_own_date_and_before_completion(tmp_path, when, readings, answer):
    rows = [*THREE, *acts(("AA", "rescind", when))[1:]]
    assert ask(tmp_path, rows, *readings) == answer


def test_a_ratification_after_a_rescission_counts_again(tmp_path):
    rows = [*THREE, *acts(("AA", "rescind", "1902-06-01"), ("AA", "ratify", "1906-01-01"))[1:]]
    assert ask(tmp_path, rows, "rescission=effective") == ("adopted", "1906-01-01", 3, 3, 4)


def test_a_first_rejection_is_final_and_too_many_are_a_failure(tmp_path):
    rows = [*THREE, *acts(("AA", "reject", "1900-06-01"))[1:]]
    assert ask(tmp_path, rows) == ("adopted", "1903-01-01", 3, 3, 4)
    assert ask(tmp_path, rows, "after-rejection=void") == ("pending", "never", 2, 3, 4)
    rows += acts(("DD", "reject", "1904-01-01"))[1:]
    assert ask(tmp_path, rows, "after-rejection=void", as_of="1903-12-31")[0] == "pending"
    assert ask(tmp_path, rows, "after-rejection=void") == ("failed", "never", 2, 3, 4)


def test_a_rejection_after_a_ratification_is_no_first_decision(tmp_path):
    rows = [*THREE, *acts(("AA", "reject", "1902-06-01"))[1:]]
    assert ask(tmp_path, rows, "after-rejection=void") == ("adopted", "1903-01-01", 3, 3, 4)


def test_a_veto_undoes_a_ratification_or_a_rescission_from_the_start(tmp_path):
    veto = act("veto", "CC/governor", "veto", "1903-01-09", of_act="CC-ratify-1903-01-01")
    assert ask(tmp_path, [*THREE, veto])[0] == "adopted"
    assert ask(tmp_path, [*THREE, veto], "governor-veto=effective") == ("pending", "never", 2, 3, 4)
    undone = [*THREE, *acts(("AA", "rescind", "1902-06-01"))[1:]]
    saved = act("veto", "AA/governor", "veto", "1902-06-09", of_act="AA-rescind-1902-06-01")
    assert ask(tmp_path, [*undone, saved], "rescission=effective", "governor-veto=effective")[0] == "adopted"


def test_states_left_out_leave_above_and_below_the_line(tmp_path):
    roster = [*FOUR, ("EE", OLD, None), ("FF", OLD, None)]
    rows = acts(*((u, "ratify", f"190{n}-01-01") for n, u in enumerate(("EE", "FF", "AA", "BB", "CC"), start=1)))
    assert ask(tmp_path, rows, roster=roster, seceded=("EE", "FF")) == ("adopted", "1905-01-01", 5, 5, 6)
    left_out = ask(tmp_path, rows, "seceded-states=excluded", roster=roster, seceded=("EE", "FF"), as_of="1904-06-01")
    assert left_out == ("pending", "never", 2, 3, 4)


def test_a_certificate_completes_where_the_reading_asks_for_one(tmp_path):
    rows = [*THREE, *acts(("tiny/archivist", "certify", "1903-02-01"), ("tiny/congress", "accept", "1903-03-01"))[1:]]
    assert ask(tmp_path, rows, "completion=certification") == ("adopted", "1903-02-01", 3, 3, 4)
    assert ask(tmp_path, rows, "completion=congress") == ("adopted", "1903-03-01", 3, 3, 4)
    assert ask(tmp_path, rows[:-1], "completion=congress") == ("adopted", "1903-02-01", 3, 3, 4)
    assert ask(tmp_path, THREE, "completion=certification") == ("pending", "never", 3, 3, 4)


def test_completion_is_never_earlier_than_the_last_ratification_needed(tmp_path):
    rows = [*THREE, *acts(("tiny/archivist", "certify", "1902-02-01"))[1:]]
    assert ask(tmp_path, rows, "completion=certification")[1] == "1903-01-01"


def test_an_act_exists_only_once_it_is_known(tmp_path):
    rows = acts(*((u, "ratify", f"190{n}-01-01") for n, u in enumerate(("AA", "BB", "CC", "DD"), start=1)),
                AA={"recorded_on": "1930-01-01"})  # fmt: skip
    assert ask(tmp_path, rows, known="1929-12-31") == ("adopted", "1904-01-01", 3, 3, 4)
    assert ask(tmp_path, rows, known="1930-01-01") == ("adopted", "1903-01-01", 3, 3, 4)


def test_before_its_proposal_there_is_nothing_to_say(tmp_path):
    with pytest.raises(NotApplicable, match="1900-01-01"):
        ask(tmp_path, THREE, as_of="1899-12-31")
