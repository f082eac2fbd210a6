"""Why: every leaf of a because-tree names an act on file, a fact on file, or a reading with its citation.

Checked against the CSV files themselves, for every matter on file under several sets of readings.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

import pytest

from assent.inquiries.jurisdiction import Jurisdiction
from assent.inquiries.matter.status import status
from assent.law.doctrine import applies, read_doctrine
from tests.helpers import US

TODAY = date(2026, 1, 1)
KEYS = {"rosters.csv": ("roster", "unit"), "completeness.csv": ("matter", "act"), "matters.csv": ("id",)}
SETS: list[tuple[str, ...]] = [
    (),
    ("rescission=effective", "seceded-states=excluded", "completion=certification"),
    ("after-rejection=void", "governor-veto=effective", "completion=congress"),
    ("contemporaneity=required:7", "deadline=not-binding"),
    ("extension=invalid", "founding=article-xiii", "articles-xiii-form=legislatures"),
    ("union=compact", "tennessee-1920=void", "west-virginia-consent=invalid"),
    (
        "applications=any-subject",
        "application-rescission=void",
        "founding=article-xiii",
        "articles-xiii-form=conventions-suffice",
    ),
]
VERDICT = {"adopted": "pass", "failed": "fail", "lapsed": "fail", "pending": "open"}


@cache
def place() -> Jurisdiction:
    return Jurisdiction("us")


@cache
def on_file(name: str) -> frozenset[tuple[str, ...]]:
    with (US / "record" / name).open(encoding="utf-8", newline="") as handle:
        return frozenset(tuple(row[k] for k in KEYS[name]) for row in csv.DictReader(handle))


@cache
def actors() -> frozenset[str]:
    with (US / "record" / "acts.csv").open(encoding="utf-8", newline="") as handle:
        return frozenset(row["actor"] for row in csv.DictReader(handle))


@cache
def acts() -> frozenset[str]:
    with (US / "record" / "acts.csv").open(encoding="utf-8", newline="") as handle:
        return frozenset(row["id"] for row in csv.DictReader(handle))


def names_a_fact(fact: str) -> bool:
    file, _, row = fact.partition(": ")
    if row.startswith("none "):  # "acts.csv: none by XX/legislature": a file was looked into, and does not say
        return (US / "record" / file).is_file()
    return file in KEYS and tuple(row.split(" ")) in on_file(file)


def branches(node):
    yield node
    for child in node.children:
        yield from branches(child)


def rests(node) -> bool:
    cited = {cite.partition(",")[0] for cite in node.cite}
    assert cited <= set(place().law.authorities), node.text
    by_reading = bool(node.readings) and bool(cited)
    return bool(node.acts) or any(names_a_fact(f) for f in node.facts) or by_reading


@pytest.mark.parametrize("readings", SETS, ids=lambda r: " ".join(r) or "defaults")
@pytest.mark.parametrize("kind", ["amendment", "founding", "admission", "secession", "application"])
def test_every_leaf_rests_on_something_on_file(kind, readings):
    us = place()
    matters = [m for m in us.record.matters.values() if m.kind == kind]
    assert matters
    for matter in matters:
        doctrine = read_doctrine(us.law, readings)
        found = status(us, matter.id, doctrine, TODAY, TODAY)
        tree = found.because
        assert tree.verdict == VERDICT[found.stage], matter.id
        assert tree.children
        for node in branches(tree):
            where = f"{matter.id} {readings}: {node.text!r}"
            assert node.text.strip(), where
            assert "  " not in node.text, where
            assert set(node.acts) <= acts(), where
            assert all(names_a_fact(f) for f in node.facts), f"{where} facts {node.facts}"
            for question, reading in node.readings.items():
                assert us.law.question(question).reading(reading), where
            if not node.children:
                assert rests(node), where


def test_adopted_and_not_adopted_say_so_in_the_trunk():
    """The part of the tree below the clock passes if the matter is adopted, and only then."""
    us, doctrine = place(), read_doctrine(place().law, [])
    for matter in us.record.matters.values():
        found = status(us, matter.id, doctrine, TODAY, TODAY)
        trunk = found.because.children[1 if matter.clock_limit else 0]
        assert (trunk.verdict == "pass") == (found.stage == "adopted"), matter.id


def test_a_lapse_names_its_limit_and_the_reading_by_which_it_binds():
    found = status(place(), "us/amendment/era", read_doctrine(place().law, []), TODAY, TODAY)
    clock = found.because.children[0]
    assert clock.verdict == "fail"
    assert clock.readings == {"deadline": "binding", "extension": "valid"}
    assert "1979-03-22" in clock.text
    assert "1982-06-30" in clock.text
    assert any(act.startswith("era-US-extend") for act in clock.acts)


def test_an_act_that_a_reading_decides_is_told_with_the_reading():
    found = status(place(), "us/amendment/14", read_doctrine(place().law, []), TODAY, TODAY)
    (ohio,) = (n for n in branches(found.because) if any("OH-rescind" in a for a in n.acts))
    assert ohio.readings == {"rescission": "void"}
    assert ohio.verdict == "pass"
    assert ohio.cite


def test_readings_in_a_tree_are_those_held():
    us = place()
    for readings in SETS:
        doctrine = read_doctrine(us.law, readings)
        for matter in us.record.matters.values():
            found = status(us, matter.id, doctrine, TODAY, TODAY)
            for node in branches(found.because):
                for question, reading in node.readings.items():
                    assert doctrine.reading(question) == reading
            about = [q for q in us.law.questions.values() if q.question in found.readings]
            assert {q.question for q in about if not applies(q, _subject(matter))} <= set(doctrine.chosen)


def _subject(matter):
    from assent.law.doctrine import Subject

    return Subject(matter.id, matter.kind, matter.procedure, matter.proposed_on)
