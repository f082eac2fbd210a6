"""The real record against the oracle, under every combination of the main readings; rows are read here as plain CSV."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from functools import cache

import pytest

from assent.circuit.case import Case, Shelf
from assent.inquiries.jurisdiction import Jurisdiction
from assent.inquiries.matter.hinge import hinge
from assent.inquiries.matter.standing import standing
from assent.law.doctrine import Doctrine
from tests.helpers import US
from tests.oracle.oracle import FAR, OPTIONS, Fact, Matter, ask

SECEDED = ["AL", "AR", "FL", "GA", "LA", "MS", "NC", "SC", "TN", "TX", "VA"]
TODAY = date(2026, 1, 1)
MAIN = ["rescission", "after-rejection", "governor-veto", "contemporaneity", "completion"]
OF = {
    "1-10": MAIN[:-1], "11": MAIN, "12": MAIN,
    "13": [*MAIN, "seceded-states"], "14": [*MAIN, "seceded-states"], "15": [*MAIN, "seceded-states"],
    "19": [*MAIN, "tennessee-1920"], "27": MAIN, "era": [*MAIN, "deadline", "extension"],
    "24": [*MAIN, "deadline"], "dc-voting-rights": [*MAIN, "deadline"],
}  # fmt: skip
DAYS = {
    "1-10": ["1791-12-14"], "11": [], "12": ["1804-07-01"], "13": ["1865-12-05"], "14": ["1867-06-01", "1868-07-15"],
    "15": ["1870-02-10"], "19": ["1920-08-20"], "24": ["1963-06-01"], "27": ["1992-05-05", "1992-05-18"],
    "era": ["1978-12-01", "1980-01-01", "2020-02-01"], "dc-voting-rights": ["1985-08-22"],
}  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    with (US / "record" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def roster() -> list[tuple[str, date, date]]:
    return [
        (row["unit"], date.fromisoformat(row["from"]), date.fromisoformat(row["to"]) if row["to"] else FAR)
        for row in rows("rosters.csv")
        if row["roster"] == "us/states"
    ]


@cache
def matter(name: str) -> Matter:
    """The rows of a matter as the oracle takes them; a partial date stands for its first possible day."""
    (row,) = (m for m in rows("matters.csv") if m["id"] == f"us/amendment/{name}")
    facts = []
    for given in rows("acts.csv"):
        if given["matter"] != row["id"] or not _bears(given["actor"], given["act"]):
            continue
        day = date.fromisoformat(given["date"] if given["precision"] == "day" else given["earliest"])
        known = date.fromisoformat(given["recorded_on"] or given["latest"] or day.isoformat())
        limit = date.fromisoformat(given["limit"]) if given["limit"] else None
        facts.append(Fact(given["id"], given["actor"], given["act"], day, known, given["of_act"], limit))
    proposed = date.fromisoformat(row["proposed_on"])
    if not any(f.kind == "propose" for f in facts):  # on file House by House: the later of the two
        facts.append(Fact("propose", "us/congress", "propose", proposed, proposed))
    facts = _first_accept(facts)
    return Matter(
        proposed,
        facts,
        roster(),
        date.fromisoformat(row["clock_limit"]) if row["clock_limit"] else None,
        row["clock_place"] or "text",
        SECEDED if 1861 <= proposed.year <= 1870 else (),
        [f.id for f in facts if name == "19" and f.actor == "TN/legislature" and f.kind == "ratify"],
        15,
        OF[name],
    )


def _bears(actor: str, kind: str) -> bool:
    """Whether the oracle knows such acts: of a state's legislature or governor, and four federal ones."""
    if actor.startswith("us/"):
        return kind in {"extend", "certify", "accept"} or (kind == "propose" and actor == "us/congress")
    return actor.endswith(("legislature", "governor"))


def _first_accept(facts: list[Fact]) -> list[Fact]:
    """Congress accepts when the first of its resolutions is there (the others repeat it)."""
    accepted = sorted((f for f in facts if f.kind == "accept"), key=lambda f: f.day)
    return [f for f in facts if f not in accepted[1:]]


@cache
def place() -> Jurisdiction:
    return Jurisdiction("us")


def looks() -> list[tuple[str, str]]:
    return [(name, day) for name, days in DAYS.items() for day in (*days, TODAY.isoformat())]


@pytest.mark.parametrize(("name", "day"), looks())
def test_the_record_says_what_the_oracle_says(name, day):
    as_of, us = date.fromisoformat(day), place()
    row = us.record.matter(f"us/amendment/{name}")
    for known in {as_of, TODAY}:
        answers, shelf = ask(matter(name), as_of, known), Shelf()
        assert len(answers) >= 2**4
        for readings, said in answers.items():
            doctrine = Doctrine(us.law, dict(readings))
            found = standing(Case(us.law, us.record, row, doctrine, known, shelf), as_of)
            got = (found.stage, found.completed_on, found.count, found.required, found.of)
            assert got == tuple(said), f"{name} as of {as_of}, known {known}, {dict(readings)}"


@pytest.mark.parametrize("name", ["13", "14", "15", "19", "era"])
def test_the_hinge_finds_the_outcomes_the_oracle_finds(name):
    """Every other question is held at its default; what forces an outcome must be true of the oracle's table."""
    us, subject = place(), f"us/amendment/{name}"
    others = {q: us.law.question(q).default for q in us.law.questions if q not in OF[name]}
    found = hinge(us, subject, Doctrine(us.law, others), TODAY, TODAY)
    table = {readings: (said.stage, said.completed_on) for readings, said in ask(matter(name), TODAY, TODAY).items()}
    assert {(e.stage, e.completed_on) for e in found.outcomes} == set(table.values())
    covered = defaultdict(set)
    for ending in found.outcomes:
        for when in ending.when:
            met = {readings for readings in table if when.items() <= dict(readings).items()}
            assert met
            assert {table[readings] for readings in met} == {(ending.stage, ending.completed_on)}, when
            covered[ending.stage, ending.completed_on] |= met
    for readings, outcome in table.items():
        assert readings in covered[outcome]
    vary = {q for q in OF[name] if _decides(table, q)}
    assert set(found.turns_on) == vary


def _decides(table, question):
    """Whether changing the reading of one question alone ever changes the outcome."""
    for readings, outcome in table.items():
        rest = {pair for pair in readings if pair[0] != question}
        for other in OPTIONS[question]:
            if table.get(frozenset({*rest, (question, other)}), outcome) != outcome:
                return True
    return False
