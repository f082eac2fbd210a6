"""The law of force beside the rest of the law: every name in it leads somewhere, and nothing is loose."""

from __future__ import annotations

from functools import cache

import pytest
import yaml

from assent.law.citations import as_cite
from assent.law.library import Law, nodes
from tests.helpers import US

QUESTIONS = {
    "coercion-of-a-state", "duty-to-enforce", "emergency-reach", "force-without-congress", "insurrection-judge",
    "legalisation", "nullification", "section-three", "spending-pressure", "withholding",
}  # fmt: skip


@cache
def law() -> Law:
    return Law(US)


@cache
def texts() -> dict:
    """The texts beside the law that cite authorities."""
    files = {"moves": "standoff/moves.yaml", "record": "defiance/record.yaml", "evidence": "exit/evidence.yaml"}
    return {name: yaml.safe_load((US / file).read_text(encoding="utf-8")) for name, file in files.items()}


def cited(value, key=""):
    """Every authority named under a ``cite`` or ``against``, at any depth."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from cited(item, name)
    elif isinstance(value, list):
        for item in value:
            if key in {"cite", "against"} and isinstance(item, str):
                yield item
            elif key in {"cite", "against"} and "authority" in item:
                yield item["authority"]
            else:
                yield from cited(item, key)


def procedures():
    return {name: p for name, p in law().procedures.items() if name.split("/")[1] in {
        "act-of-congress", "tolerate", "negotiate", "litigate", "sanction", "force"}}  # fmt: skip


def test_the_law_on_file_is_whole():
    law().check()
    assert len(procedures()) > 20


def test_every_authority_of_the_law_of_force_is_relied_on():
    own = {
        a["id"] for a in yaml.safe_load((US / "authorities" / "force.yaml").read_text(encoding="utf-8"))["authorities"]
    }
    used = {name for text in texts().values() for name in cited(text)}
    for procedure in law().procedures.values():
        used |= {as_cite(c).authority for c in (*procedure.cite, *(c for n in nodes(procedure.rule) for c in n.cite))}
    for question in law().questions.values():
        used |= {as_cite(c).authority for r in question.readings for c in (*r.authorities, *r.against)}
    assert sorted(own - used) == []


def test_whatever_the_texts_cite_is_on_file():
    for name, text in texts().items():
        missing = [one for one in cited(text) if one not in law().authorities]
        assert missing == [], name


def test_a_text_marked_read_says_where_and_a_recalled_one_does_not_pretend():
    own = yaml.safe_load((US / "authorities" / "force.yaml").read_text(encoding="utf-8"))["authorities"]
    assert {a["standing"] for a in own} == {"read", "recalled"}
    assert all(("where" in a) == (a["standing"] == "read") for a in own)
    assert all(a.get("says") for a in own)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_contested_point_has_its_readings_with_standing_and_authorities(name):
    question = law().question(name)
    assert len(question.readings) >= 2
    assert all(r.authorities and r.held_by and r.standing for r in question.readings)
    assert question.reading(question.default).standing in {"prevailing", "settled"}
    assert all(r.against for r in question.readings)


def test_a_reading_that_says_it_changes_a_need_does():
    """Each question that a rule asks (``when``) has a reading under which the rule has the node, and one without."""
    asked = {(q, tuple([r] if isinstance(r, str) else r))
             for p in procedures().values() for n in nodes(p.rule) for q, r in n.when.items()}  # fmt: skip
    assert {q for q, _ in asked} == {
        "force-without-congress", "insurrection-judge", "section-three", "spending-pressure", "withholding",
        "emergency-reach",
    }  # fmt: skip
    for name, readings in asked:
        assert 0 < len(readings) < len(law().question(name).readings)


def test_the_moves_name_every_procedure_of_the_law_of_force():
    named = {p for move in texts()["moves"]["moves"] for p in move.get("procedures", ())}
    assert set(procedures()) - named == {"us/act-of-congress"}


def test_no_procedure_here_is_a_way_out():
    assert all(p.lawful is None for p in procedures().values())
