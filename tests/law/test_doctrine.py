"""Readings as they are given on a command line. Authority: SEMANTICS, "What a reading may do"."""

from __future__ import annotations

from functools import cache

import pytest

from assent.errors import QueryError, ReadingConflict, UnknownName
from assent.law.doctrine import read_doctrine
from assent.law.library import Law
from tests.helpers import US


@cache
def law() -> Law:
    return Law(US)


DEFAULTS = {
    "rescission": "void", "after-rejection": "counts", "seceded-states": "counted", "governor-veto": "ignored",
    "tennessee-1920": "counts", "contemporaneity": "not-required", "deadline": "binding", "extension": "valid",
    "applications": "same-subject", "application-rescission": "effective", "application-lifetime": "unlimited",
    "completion": "last-ratification", "consent-of-the-states": "amendment", "equal-suffrage-on-exit": "not-engaged",
    "convention-scope": "limited", "convention-voting": "per-state", "articles-xiii-form": "legislatures",
    "state-supermajority": "own-rule",
}  # fmt: skip
OTHERS = {
    "rescission": {"effective"}, "after-rejection": {"void"}, "seceded-states": {"excluded"},
    "governor-veto": {"effective"}, "tennessee-1920": {"void"}, "contemporaneity": {"required"},
    "deadline": {"not-binding"}, "extension": {"invalid"}, "applications": {"any-subject"},
    "application-rescission": {"void"}, "application-lifetime": {"as-stated", "years"},
    "completion": {"certification", "congress"}, "consent-of-the-states": {"unanimous", "congress-and-state", "none"},
    "equal-suffrage-on-exit": {"engaged"}, "convention-scope": {"unlimited"}, "convention-voting": {"by-delegates"},
    "articles-xiii-form": {"conventions-suffice"}, "state-supermajority": {"majority"},
}  # fmt: skip


@pytest.mark.parametrize("question", DEFAULTS)
def test_the_questions_of_the_semantics_have_their_readings_and_default(question):
    found = law().question(question)
    assert found.default == DEFAULTS[question]
    assert {r.id for r in found.readings} == {DEFAULTS[question], *OTHERS[question]}
    assert all(reading.authorities for reading in found.readings)


def test_nothing_said_is_the_default():
    doctrine = read_doctrine(law(), [])
    assert doctrine.chosen == {}
    assert {q: doctrine.reading(q) for q in DEFAULTS} == DEFAULTS


def test_a_reading_brings_along_what_it_requires():
    assert read_doctrine(law(), ["extension=invalid"]).reading("deadline") == "binding"
    assert read_doctrine(law(), ["articles-xiii-form=conventions-suffice"]).reading("founding") == "article-xiii"


@pytest.mark.parametrize(
    ("given", "years"),
    [("contemporaneity=required:7", 7), ("contemporaneity=7", 7), ("contemporaneity=required", None)],
)
def test_a_number_goes_with_its_reading(given, years):
    doctrine = read_doctrine(law(), [given])
    assert doctrine.reading("contemporaneity") == "required"
    assert doctrine.parameters.get("window") == years
    assert read_doctrine(law(), ["contemporaneity=required"], window=9).parameters["window"] == 9


@pytest.mark.parametrize(
    ("given", "kind", "said"),
    [
        (["recission=void"], UnknownName, "Did you mean rescission"),
        (["rescission=efective"], UnknownName, "Did you mean effective"),
        (["rescission"], QueryError, "QUESTION=READING"),
        (["rescission=void", "rescission=effective"], ReadingConflict, "two readings"),
        (["deadline=not-binding", "extension=invalid"], ReadingConflict, "deadline=binding"),
        (["founding=article-vii", "articles-xiii-form=conventions-suffice"], ReadingConflict, "founding=article-xiii"),
        (["rescission=void:3"], QueryError, "takes no number"),
        (["contemporaneity=required:0"], QueryError, "1 to 1000"),
        (["contemporaneity=required:soon"], QueryError, "1 to 1000"),
        (["contemporaneity=required:"], QueryError, "1 to 1000"),
        (["application-lifetime=years"], QueryError, "application-lifetime=years:20"),
    ],
)
def test_readings_that_cannot_be_taken_are_refused_with_a_remedy(given, kind, said):
    with pytest.raises(kind) as caught:
        read_doctrine(law(), given)
    assert said in str(caught.value)
    assert caught.value.remedy


def test_readings_about_matters_that_never_meet_can_be_held_together():
    doctrine = read_doctrine(law(), ["founding=article-xiii", "union=compact", "consent-of-the-states=unanimous"])
    assert doctrine.reading("founding") == "article-xiii"
    assert doctrine.reading("union") == "compact"
