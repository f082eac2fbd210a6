"""What if: a supposed act counts as the same act on record would, and leaves the record alone."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from itertools import product

import pytest

from assent.errors import NotApplicable, QueryError, UnknownName
from assent.inquiries.cases import Cases
from assent.inquiries.library import Library
from tests.helpers import copy_us

ERA = "us/amendment/era"
DAY = "1978-11-11"


@pytest.fixture(scope="module")
def us():
    return Library()


def written(folder, unit, act, day=DAY, matter=ERA):
    """A library in whose record a unit has done what the other library only supposes."""
    library = copy_us(folder)
    file = library / "us" / "record" / "acts.csv"
    with file.open(encoding="utf-8", newline="") as handle:
        header = next(csv.reader(handle))
    row = dict.fromkeys(header, "") | {
        "id": "test-act", "matter": matter, "actor": f"{unit}/legislature", "act": act, "date": day,
        "precision": "day", "confidence": "high", "standing": "read", "source": "a test",
    }  # fmt: skip
    with file.open("a", encoding="utf-8", newline="") as handle:
        csv.DictWriter(handle, header, lineterminator="\n").writerow(row)
    return Library(path=library)


@pytest.mark.parametrize(
    ("unit", "says", "act"),
    [("FL", "yes", "ratify"), ("TX", "no", "rescind"), ("GA", "no", "reject"), ("ID", "yes", "ratify")],
)
def test_supposing_is_as_if_it_stood_in_the_record(us, tmp_path, unit, says, act):
    real = written(tmp_path, unit, act)
    readings = product(("void", "effective"), ("counts", "void"), ("binding", "not-binding"))
    for rescission, after, deadline in readings:
        held = {"rescission": rescission, "after-rejection": after, "deadline": deadline}
        found = us.status(ERA, DAY, readings=held, **{says: [unit]})
        wanted = real.status(ERA, DAY, readings=held)
        assert (found.stage, found.count, found.completed_on) == (wanted.stage, wanted.count, wanted.completed_on)
        assert [(p.unit, p.how, p.counts) for p in found.units] == [(p.unit, p.how, p.counts) for p in wanted.units]


def test_three_more_would_have_completed_it(us):
    found = us.status(ERA, "1980-01-01", yes=["FL", "IL", "MO"])
    assert (found.stage, str(found.completed_on), found.count) == ("adopted", "1980-01-01", 38)
    assert us.status(ERA, "1980-01-01", yes=["FL", "IL"]).stage == "pending"


def test_after_the_limit_a_supposed_yes_is_too_late(us):
    found = us.status(ERA, "1990-01-01", yes=["FL", "IL", "MO"])
    assert (found.stage, found.count) == ("lapsed", 35)
    assert {p.how for p in found.units if p.supposed} == {"late"}


def test_after_completion_nothing_supposed_changes_anything(us):
    held = {"rescission": "effective"}
    plain = us.status("us/amendment/14", "1900-01-01", readings=held)
    found = us.status("us/amendment/14", "1900-01-01", readings=held, no=["NY", "IL"])
    assert (found.stage, found.count, found.completed_on) == (plain.stage, plain.count, plain.completed_on)


def test_the_record_is_left_alone(us):
    before = us.status(ERA, DAY)
    us.status(ERA, DAY, yes=["FL"], no=["TX"])
    assert us.status(ERA, DAY) == before
    assert before.supposed == ()


def test_what_is_supposed_is_told_and_no_act_on_file(us):
    found = us.status(ERA, DAY, yes=["FL"], no=["TX"])
    assert [(one.unit, one.says, one.act) for one in found.supposed] == [
        ("FL", "yes", "ratify"),
        ("TX", "no", "rescind"),
    ]
    assert "--yes FL --no TX" in found.reproduce

    def acts(node):
        yield from node.acts
        for child in node.children:
            yield from acts(child)

    assert set(acts(found.because)) <= set(us.place.record.act_by_id)
    assert "supposed: ratified on 1978-11-11" in next(p.text for p in found.units if p.unit == "FL")


def test_a_procedure_without_a_refusal_says_so(us):
    found = us.status("us/application/balanced-budget", "2020-01-01", no=["CA"])
    assert found.supposed[0].act == ""
    assert "no act of refusing" in found.supposed[0].text
    assert found.count == us.status("us/application/balanced-budget", "2020-01-01").count


def test_who_is_not_yet_counted_changes_nothing(us):
    found = us.status("us/amendment/13", "1865-04-01", yes=["HI"])
    assert found.count == us.status("us/amendment/13", "1865-04-01").count
    assert "not counted" in found.supposed[0].text


@pytest.mark.parametrize(
    ("matter", "given", "error"),
    [
        (ERA, {"yes": ["XX"]}, UnknownName),
        (ERA, {"yes": ["TX"], "no": ["TX"]}, QueryError),
        ("us/admission/CA", {"yes": ["TX"]}, NotApplicable),
    ],
)
def test_what_cannot_be_supposed_is_refused(us, matter, given, error):
    with pytest.raises(error):
        us.status(matter, DAY, **given)


def test_the_hinge_can_suppose_too(us):
    found = us.hinge(ERA, "1982-01-01", yes=["FL", "IL", "MO"])
    assert {str(e.completed_on) for e in found.outcomes if e.stage == "adopted"} == {"1982-01-01"}
    assert not any(e.stage == "adopted" for e in us.hinge(ERA, "1982-01-01").outcomes)


@pytest.mark.parametrize("matter", [ERA, "us/amendment/14", "us/amendment/27", "us/application/balanced-budget"])
def test_a_case_that_is_kept_answers_as_a_new_one(matter):
    """Days in any order, readings in turn: what was asked before never shows."""
    kept = Library()
    days = ("2021-01-01", "1868-07-09", "1992-05-07", "1868-07-08", "1979-03-23", "2026-01-01")
    for day in days:
        for rescission in ("void", "effective"):
            held = {} if "application" in matter else {"rescission": rescission}
            try:
                found = kept.status(matter, day, "2026-01-01", held)
            except NotApplicable:
                continue
            assert found == Library().status(matter, day, "2026-01-01", held)


@pytest.mark.parametrize("readings", [{}, {"deadline": "not-binding", "contemporaneity": "required:7"}])
def test_what_was_asked_before_changes_no_answer(us, readings):
    """Every answer against that of a library whose cases are new, after many days and suppositions in no order."""
    new = Library()
    days = [date(1972, 4, 1) + timedelta(days=(at * 7919) % 19_000) for at in range(60)]
    for at, day in enumerate(days):
        supposed = {"yes": ["FL", "NV"][: at % 3], "no": ["TN"][: at % 2]}
        new.place.cases = Cases(new.place.law, new.place.record)
        asked = us.status(ERA, day, readings=readings, **supposed)
        assert asked == new.status(ERA, day, readings=readings, **supposed)


def test_positions_add_up_to_the_count(us):
    for matter in us.matters:
        found = us.status(matter, "2026-01-01", "2026-01-01")
        if found.units:
            assert sum(p.counts for p in found.units) == found.count
            assert {p.how for p in found.units if p.counts} <= {"yes", "yes-despite"}
