"""The command on defiance, for people and as JSON, and the evidence in the answer on exit."""

from __future__ import annotations

import json
from shlex import split

import pytest

from assent.cli.main import main

DAY = ("--as-of", "2026-01-31")
KEYS = {
    "subject", "against", "as_of", "complete_through", "people", "living", "states", "by_year", "postures", "cases",
    "episodes", "ladder", "readings", "notes", "versions", "reproduce",
}  # fmt: skip


def test_json_has_what_is_promised_and_exact_shares(run):
    found = json.loads(run("defiance", *DAY, "--json"))
    assert set(found) >= KEYS
    assert {p["kind"]: p["share"] for p in found["living"]}["recreational"] == "88511953/165379868"
    assert len(found["by_year"]) == 31
    assert {"measure", "process", "yes_percent", "source"} <= set(found["states"][0]["laws"][0])


@pytest.mark.parametrize("words", [("defiance",), ("defiance", "--by", "year"), ("defiance", "OR")])
def test_the_command_that_reproduces_it_does(run, words):
    first = json.loads(run(*words, *DAY, "--json"))
    assert json.loads(run(*split(first["reproduce"])[1:], "--json")) == first


@pytest.mark.parametrize("words", [("defiance",), ("defiance", "--by", "year"), ("defiance", "NY", "--full")])
def test_people_get_the_answer_first_within_the_width(run, words):
    said = run(*words, *DAY).splitlines()
    assert "federal law" in " ".join(said[:2])
    assert all(len(line) <= 80 or line.startswith("assent ") for line in said)


def test_by_year_leads_with_the_years_and_shows_all_of_them(run):
    said = run("defiance", "--by", "year", *DAY)
    assert "State by state" not in said
    assert all(f"\n{year}  " in said for year in range(1996, 2027))


def test_full_folds_nothing(run):
    short, full = run("defiance", *DAY), run("defiance", *DAY, "--full")
    assert "Hawaii" not in short
    assert "Hawaii" in full
    assert "Shows:" in full


def test_the_stakes_are_said_to_be_assumptions(run):
    said = " ".join(run("defiance", *DAY).split())
    assert "only p rests on evidence; the others are assumptions" in said
    assert "the one case on file there was met with force" in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("defiance", "DC"), "not a state"),
        (("defiance", "Calfornia"), "California"),
        (("defiance", "--by", "month"), "Valid: state, year"),
        (("defiance", "--as-of", "2016-02-30"), "2016-02-29"),
        (("defiance", "--reading", "legalisation=never"), "repeal-stands"),
        (("defiance", "HI", "--as-of", "1950-01-01"), "1959-08-21"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_message(capsys, words, says):
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert "Traceback" not in err


def test_exit_tells_the_evidence_with_and_without_consent(run):
    said = run("exit", "CA", *DAY)
    assert said.index("What happened before") < said.index("The evidence on past exits with and without consent")
    assert "5 of 14" in said
    found = json.loads(run("exit", "CA", *DAY, "--json"))["evidence"]
    assert [s["decided"] for s in found["splits"]] == [5, 14, 10]
    assert {r["bears_on"] for r in found["rates"]} == {"war", "victory", "success", "amendment"}
