"""Prime implicants against brute force, and the hinge of real matters against sets of readings asked one by one."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assent.circuit.case import Case
from assent.errors import ReadingConflict
from assent.inquiries.jurisdiction import Jurisdiction
from assent.inquiries.matter.hinge import hinge, prime_implicants
from assent.inquiries.matter.standing import standing
from assent.law.doctrine import Doctrine, applies, read_doctrine
from tests.helpers import steady

TODAY = date(2026, 1, 1)


@st.composite
def tables(draw):
    """Some questions with two to four readings, and an outcome for each choice that is possible."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    options = [[f"r{n}" for n in range(size)] for size in sizes]
    outcomes = {}
    for choice in product(*options):
        ending = draw(st.sampled_from(["adopted", "adopted", "lapsed", "pending", None]))
        if ending:
            outcomes[choice] = (ending, date(1868, 7, 9) if ending == "adopted" and draw(st.booleans()) else None)
    return outcomes, options


def met(term, outcomes) -> set[tuple[str, ...]]:
    return {c for c in outcomes if all(want in (None, got) for want, got in zip(term, c, strict=True))}


@steady(250)
@given(tables())
def test_the_terms_of_an_outcome_are_exactly_its_choices(table):
    outcomes, options = table
    found = prime_implicants(outcomes, options)
    assert set(found) == set(outcomes.values())
    for outcome, terms in found.items():
        union = set().union(*(met(term, outcomes) for term in terms))
        assert union == {choice for choice, ending in outcomes.items() if ending == outcome}


@steady(250)
@given(tables())
def test_no_term_can_lose_a_reading_and_none_lies_in_another(table):
    outcomes, options = table
    for outcome, terms in prime_implicants(outcomes, options).items():
        for term in terms:
            for place, reading in enumerate(term):
                if reading is not None:
                    wider = (*term[:place], None, *term[place + 1 :])
                    assert {outcomes[choice] for choice in met(wider, outcomes)} != {outcome}
        for one, other in combinations(terms, 2):
            a, b = met(one, outcomes), met(other, outcomes)
            assert not a <= b
            assert not b <= a


@steady(250)
@given(tables())
def test_every_prime_implicant_is_found(table):
    """By brute force over every term: those that force an outcome and lie in no wider one (by what they cover)."""
    outcomes, options = table
    found = prime_implicants(outcomes, options)
    forced: dict = {}
    for term in product(*([None, *readings] for readings in options)):
        covered = frozenset(met(term, outcomes))
        endings = {outcomes[choice] for choice in covered}
        if len(endings) == 1:
            forced.setdefault(endings.pop(), set()).add(covered)
    for outcome, sets in forced.items():
        widest = {s for s in sets if not any(s < other for other in sets)}
        assert {frozenset(met(term, outcomes)) for term in found[outcome]} == widest


def test_by_hand():
    outcomes = {("void", "counted"): ("adopted", None), ("void", "excluded"): ("adopted", None),
                ("effective", "counted"): ("adopted", None), ("effective", "excluded"): ("pending", None)}  # fmt: skip
    found = prime_implicants(outcomes, [["void", "effective"], ["counted", "excluded"]])
    assert {frozenset(terms) for terms in found.values()} == {
        frozenset({("void", None), (None, "counted")}), frozenset({("effective", "excluded")}),
    }  # fmt: skip


# ── the real record ─────────────────────────────────────────────────────────────────────────────────────────────────

MATTERS = ["us/amendment/" + m for m in ("12", "13", "14", "15", "19", "27", "corwin", "child-labor", "era")]
MATTERS += ["us/constitution", "us/admission/WV", "us/secession/MO", "us/application/balanced-budget"]


def possible(law, chosen) -> bool:
    """As the command line would take them."""
    if any(
        chosen.get(needed, law.question(needed).default) != wanted
        for name, reading in chosen.items()
        if reading != law.question(name).default
        for needed, wanted in law.question(name).require.items()
    ):
        return False
    try:
        read_doctrine(law, [f"{q}={r}" + (":20" if _asks_years(law, q, r) else "") for q, r in chosen.items()])
    except ReadingConflict:
        return False
    return True


def _asks_years(law, question, reading) -> bool:
    window = law.question(question).reading(reading).parameter
    return bool(window and window.years is None)


@pytest.mark.parametrize("name", MATTERS)
def test_whatever_is_held_the_answer_is_the_one_the_hinge_gives(name):
    """Random sets of readings of *all* questions that apply, those left out as idle too, asked one by one."""
    us, random = Jurisdiction("us"), Random(name)
    matter = us.record.matter(name)
    found = hinge(us, name, read_doctrine(us.law, []), TODAY, TODAY)
    subject = Case(us.law, us.record, matter, read_doctrine(us.law, []), TODAY).subject
    asked = [q for q in us.law.questions.values() if applies(q, subject)]
    partly = {said.partition("=")[0] for said in found.untried}
    assert {q.question for q in asked} == {*found.turns_on, *found.indifferent} | partly
    seen = set()
    for _ in range(60):
        chosen = {q.question: random.choice(q.readings).id for q in asked}
        if not possible(us.law, chosen):
            continue
        outcome = standing(Case(us.law, us.record, matter, Doctrine(us.law, chosen), TODAY), TODAY).outcome
        endings = [e for e in found.outcomes if any(when.items() <= chosen.items() for when in e.when)]
        assert [(e.stage, e.completed_on) for e in endings] == [outcome], chosen
        seen.add(outcome)
    assert seen
    assert sum(e.sets for e in found.outcomes) == found.sets


def test_a_reading_that_is_held_is_not_varied():
    us = Jurisdiction("us")
    free = hinge(us, "us/amendment/15", read_doctrine(us.law, []), TODAY, TODAY)
    held = hinge(us, "us/amendment/15", read_doctrine(us.law, ["rescission=effective"]), TODAY, TODAY)
    assert "rescission" in free.turns_on
    assert "rescission" not in {*held.turns_on, *held.indifferent}
    assert ("adopted", date(1870, 2, 3)) in {(e.stage, e.completed_on) for e in free.outcomes}
    assert ("adopted", date(1870, 2, 17)) in {(e.stage, e.completed_on) for e in held.outcomes}
