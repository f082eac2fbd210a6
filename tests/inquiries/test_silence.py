"""A missing row is never read as "no". Authority: SEMANTICS, "Completeness".

Only inside a completeness fact does silence mean "not done"; outside it the answer says how much rests on that.
"""

from __future__ import annotations

from datetime import date

import pytest

from assent.inquiries.jurisdiction import Jurisdiction
from assent.inquiries.matter.status import status
from assent.law.doctrine import read_doctrine
from tests.helpers import MATTER, act, build, copy_us, drop_rows, questions

OLD, FAR = "1800-01-01", "2900-12-31"
LIMIT = {"proposed_on": "1900-01-01", "clock_limit": "1907-01-01", "clock_place": "text"}
UNITS = ("AA", "BB", "CC", "DD")


def proposal(*rows):
    return [act("propose", "tiny/congress", "propose", "1900-01-01"), *rows]


def did(unit, kind, day):
    return act(f"{unit}-{kind}-{day}", f"{unit}/legislature", kind, day)


def ask(folder, acts, complete, *readings, **matter):
    roster = [(unit, OLD, None) for unit in UNITS]
    build(folder, roster=roster, acts=acts, matter={**LIMIT, **matter}, complete=complete, asked=questions())
    place = Jurisdiction("tiny", folder)
    return status(place, MATTER, read_doctrine(place.law, readings), date(1950, 1, 1), date(1950, 1, 1))


TWO = proposal(did("AA", "ratify", "1901-01-01"), did("BB", "ratify", "1902-01-01"))


def test_with_a_complete_record_silence_is_a_lapse(tmp_path):
    found = ask(tmp_path, TWO, {"ratify": FAR})
    assert (found.stage, found.count, found.knowledge.decides) == ("lapsed", 2, False)
    assert found.knowledge.not_recorded == ()


@pytest.mark.parametrize("complete", [{}, {"ratify": "1906-12-31"}, {"reject": FAR}])
def test_without_it_what_is_not_recorded_decides(tmp_path, complete):
    found = ask(tmp_path, TWO, complete)
    assert found.stage == "pending"
    assert found.knowledge.decides is True
    assert set(found.knowledge.not_recorded) >= {"CC", "DD"}


def test_silence_that_could_not_have_carried_it_decides_nothing(tmp_path):
    acts = proposal(
        did("AA", "ratify", "1901-01-01"), did("CC", "reject", "1902-01-01"), did("DD", "reject", "1902-01-01")
    )
    found = ask(tmp_path, acts, {"reject": FAR}, "after-rejection=void")
    assert (found.stage, found.knowledge.decides) == ("lapsed", False)


def test_a_rejection_on_file_does_not_make_an_incomplete_file_complete(tmp_path):
    """CC and DD rejected in 1902; whether they ratified after that is not on file, which is not a no."""
    acts = [*TWO, did("CC", "reject", "1902-01-01"), did("DD", "reject", "1902-01-01")]
    found = ask(tmp_path, acts, {})
    assert found.stage == "pending"
    assert found.knowledge.decides is True
    assert set(found.knowledge.not_recorded) >= {"CC", "DD"}


def test_a_withdrawal_on_file_does_not_make_an_incomplete_file_complete(tmp_path):
    """All four ratified and two withdrew; whether they ratified again is not on file."""
    acts = [*TWO, did("CC", "ratify", "1901-06-01"), did("CC", "rescind", "1901-06-15")]
    acts += [did("DD", "ratify", "1901-07-01"), did("DD", "rescind", "1901-07-15")]
    assert ask(tmp_path, acts, {"ratify": FAR, "rescind": FAR}, "rescission=effective").stage == "lapsed"
    found = ask(tmp_path, acts, {"rescind": FAR}, "rescission=effective")
    assert (found.stage, found.knowledge.decides) == ("pending", True)


def test_a_proposal_whose_row_is_missing_is_not_a_proposal_that_failed(tmp_path):
    """matters.csv says that it was proposed; that no act says so too is a gap in the file and no verdict."""
    found = ask(tmp_path, TWO[1:], {"ratify": FAR}, clock_limit="", clock_place="")
    assert found.stage != "failed"


@pytest.mark.parametrize(
    ("name", "stage"),
    [("era", "lapsed"), ("dc-voting-rights", "lapsed")],
)
def test_the_lapsed_amendments_rest_on_their_completeness(tmp_path, name, stage):
    matter, today = f"us/amendment/{name}", date(2026, 1, 1)
    library = copy_us(tmp_path)
    before = Jurisdiction("us", library)
    doctrine = read_doctrine(before.law, [])
    told = status(before, matter, doctrine, today, today)
    assert (told.stage, told.knowledge.decides, told.knowledge.not_recorded) == (stage, False, ())
    assert drop_rows(library / "us" / "record" / "completeness.csv", matter=matter, act="ratify") == 1
    after = status(Jurisdiction("us", library), matter, doctrine, today, today)
    assert after.stage == "pending"
    assert after.knowledge.decides is True
    assert len(after.knowledge.not_recorded) >= 50 - 38


def test_pending_amendments_say_who_is_not_recorded():
    place, today = Jurisdiction("us"), date(2026, 1, 1)
    found = status(place, "us/amendment/child-labor", read_doctrine(place.law, []), today, today)
    assert found.stage == "pending"
    assert found.knowledge.decides is False  # nothing has run out
    assert found.knowledge.complete_through == date(2020, 12, 31)
    assert found.knowledge.not_recorded
