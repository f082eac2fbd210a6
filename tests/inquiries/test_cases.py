"""The cases beside the law: what a lawyer can read, asked of the record that ships.

Authority: each case's own ``why`` and ``source``; the expected values were counted by hand from the acts.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
import yaml

from assent.inquiries.jurisdiction import Jurisdiction
from assent.inquiries.matter.status import status
from assent.law.doctrine import read_doctrine
from tests.helpers import US

LATEST = date(2026, 1, 1)
MAY = {"case", "matter", "as_of", "known_as_of", "readings", "expect", "why", "source"}
MUST = MAY - {"known_as_of", "readings"}
NUMBERS = {"stage", "completed_on", "count", "required", "of"}
SHOWN = {
    "rescission": {"void", "effective"},
    "after-rejection": {"counts", "void"},
    "seceded-states": {"counted", "excluded"},
    "governor-veto": {"ignored", "effective"},
    "tennessee-1920": {"void"},
    "contemporaneity": {"required"},
    "deadline": {"not-binding"},
    "extension": {"valid", "invalid"},
    "applications": {"same-subject", "any-subject"},
    "application-rescission": {"effective", "void"},
    "application-lifetime": {"unlimited", "as-stated", "years"},
    "completion": {"certification", "congress"},
    "articles-xiii-form": {"legislatures", "conventions-suffice"},
    "state-supermajority": {"majority"},
}


def _cases() -> list[dict]:
    return [
        c
        for file in sorted((US / "cases").glob("*.yaml"))
        for c in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]
    ]


@cache
def place() -> Jurisdiction:
    return Jurisdiction("us")


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["case"])
def test_a_case_comes_out_as_it_says(case):
    as_of = case["as_of"]
    doctrine = read_doctrine(place().law, [f"{q}={r}" for q, r in case.get("readings", {}).items()])
    found = status(place(), case["matter"], doctrine, as_of, case.get("known_as_of", LATEST))
    got = {name: getattr(found, name) for name in case["expect"]}
    assert got == case["expect"], f"{case['case']}\n  why: {case['why']}\n  {found.reproduce}"


def test_every_case_is_whole_and_says_why():
    cases = _cases()
    assert len(cases) > 80
    assert len({case["case"] for case in cases}) == len(cases)
    for case in cases:
        assert set(case) >= MUST, case
        assert set(case) <= MAY, case
        assert {"stage", "completed_on"} <= set(case["expect"]) <= NUMBERS, case
        assert (case["expect"]["stage"] == "adopted") == (case["expect"]["completed_on"] is not None), case
        assert case["why"].strip(), case
        assert case["source"].strip(), case


@pytest.mark.parametrize(("question", "readings"), SHOWN.items())
def test_every_question_that_a_status_can_show_has_its_cases(question, readings):
    """Readings not listed are the defaults under which all the official cases are asked."""
    told = {str(c["readings"][question]).partition(":")[0] for c in _cases() if question in c.get("readings", {})}
    assert readings <= told
    assert {r.id for r in place().law.question(question).readings} >= told


def test_all_matters_that_were_ever_sent_to_the_states_have_a_case():
    asked = {case["matter"] for case in _cases()}
    assert {m.id for m in place().record.matters.values() if m.kind in {"amendment", "founding"}} <= asked
