"""The commands petition and referendum, for people and as JSON."""

import json
import re
from shlex import split

import pytest

from assent.cli.main import main

DAY = ("--as-of", "2026-11-01")
COMMON = {"state", "name", "parameters", "assumptions", "method", "error_bound", "as_of", "versions", "reproduce"}
KEYS = {
    "petition": {*COMMON, "asked", "kind", "requirement", "law", "outlook", "break_even", "curve", "needed", "progress",
                 "past", "history", "certificate"},
    "referendum": {*COMMON, "rules", "elsewhere", "electorate", "curve", "polls", "held"},
}  # fmt: skip
ASKED = {
    "needed": ("petition", "CA", "--target", "0.9", "--validity", "0.7", "--validity-sd", "0"),
    "outlook": (
        "petition",
        "CA",
        "--raw",
        "1000000",
        "--validity",
        "0.9",
        "--validity-sd",
        "0.01",
        "--kind",
        "amendment",
    ),
    "known": ("petition", "California", "--raw", "1,150,000", "--validity", "74%", "--validity-sd", "0"),
    "count": ("petition", "CA", "--count", "24034,722,516,2"),
    "replay": ("petition", "CA", "--replay"),
    "other state": ("petition", "CO", "--raw", "150000"),
    "rules": ("referendum", "CA"),
    "vote": ("referendum", "CA", "--turnout", "0.6", "--yes", "0.52"),
    "one rule": ("referendum", "CA", "--rule", "me-2006", "--yes", "0.555", "--correlation", "-0.3"),
    "votes": ("referendum", "CA", "--replay"),
    "no rule": ("referendum", "VT"),
}
REPORTS = "county,raw,sample,valid,duplicates\nFresno,38382,1152,870,1\nOrange,52217,1567,1090,1\nAlpine,8,8,5,0\n"


@pytest.mark.parametrize("name", ASKED)
def test_json_and_the_command_that_reproduces_it(run, name):
    words = ASKED[name]
    first = json.loads(run(*words, *DAY, "--json"))
    assert set(first) >= KEYS[words[0]]
    for parameter in first["parameters"]:
        assert parameter["unit"]
        assert parameter["standing"] in {"given", "assumption", "evidence", "law"}
        assert parameter["why"] or parameter["standing"] == "given"
    if name in {"needed", "count", "one rule"}:
        assert json.loads(run(*split(first["reproduce"])[1:], "--json")) == first


WHOLE = [(name, ()) for name in ASKED] + [(name, ("--full",)) for name in ("replay", "rules", "vote", "votes")]


@pytest.mark.parametrize(("name", "more"), WHOLE)
def test_people_get_the_answer_first_within_the_width(run, name, more):
    said = run(*ASKED[name], *DAY, *more).splitlines()
    assert said[0][0].isalnum()
    assert all(len(line) <= 80 or line.startswith("assent ") for line in said)
    assert any(line.startswith(f"assent {ASKED[name][0]}") for line in said)
    assert not re.search(r"\bNone\b(?! of)", " ".join(said))
    assert "nan" not in " ".join(said).split()


def test_without_an_option_it_says_how_many(run):
    said = run("petition", "CA", *DAY).splitlines()
    assert re.match(r"1,3\d\d,\d{3} signatures qualify with a chance of 95.00", said[0])
    assert all(len(line) <= 80 or line.startswith("assent ") for line in said)


def test_the_worked_example_figure_by_figure(run):
    said = run(*ASKED["count"], *DAY)
    for figure in ("71.47 %", "17,178", "33.2881", "1,074.8095", "2,150", "15,028"):
        assert figure in said.replace("\u00a0", " ")


def test_a_chance_is_never_told_without_what_it_rests_on(run):
    for name in ("other state", "vote"):
        said = run(*ASKED[name], *DAY)
        assert "It rests on" in said
        assert "assumption" in said or "given" in said
        assert "Method: " in said


def test_three_outcomes_and_what_a_full_count_finds(run):
    found = json.loads(run(*ASKED["known"], *DAY, "--json"))["outlook"]["chances"]
    assert found["by_sample"] + found["full_count"] + found["fails"] == pytest.approx(1)
    assert found["after_full_count"] == 0


def test_reports_from_a_file(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports.csv").write_text("\ufeff" + REPORTS, encoding="utf-8")
    words = ("petition", "CA", "--reports", "reports.csv", "--raw", "1200000", *DAY)
    found = json.loads(run(*words, "--json"))
    assert found["asked"] == "progress"
    assert found["progress"]["counties_in"] == 3
    assert json.loads(run(*split(found["reproduce"])[1:], "--json")) == found
    said = run(*words)
    assert "3 counties in" in said
    assert "Still out: Los Angeles" in said


def test_counties_from_a_file(run, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("county,raw,validity\nLos Angeles,700000,0.75\nSan Diego,600000,\n", encoding="utf-8")
    found = json.loads(run("petition", "CA", "--counties", str(file), *DAY, "--json"))
    assert found["outlook"]["raw"] == 1_300_000
    assert "56 counties" in found["assumptions"][0]


def test_what_is_not_known_is_said(run):
    said = " ".join(run(*ASKED["replay"], *DAY).split())
    assert "not known" in said
    assert "Calexit" in said
    votes = " ".join(run(*ASKED["votes"], *DAY).split())
    assert "not recorded" in votes
    assert "28 of 28 agree" in votes


def test_polls_stand_wording_by_wording(run):
    said = run(*ASKED["rules"], *DAY)
    places = [said.index(f"\n{wording}: asked ") for wording in ("withdraw", "secede", "new-union", "better-off")]
    assert places == sorted(places)
    assert "average" not in said[places[0] :].split("Method")[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["petition"], "STATE"),
        (["petition", "Atlantis"], "state"),
        (["petition", "PR"], "not a state"),
        (["petition", "TX"], "CA, CO"),
        (["petition", "CA", "--kind", "recall"], "amendment, statute"),
        (["petition", "CA", "--raw", "1000", "--target", "0.9"], "different things"),
        (["petition", "CA", "--raw", "-5"], "below zero"),
        (["petition", "CA", "--raw", "1e6"], "whole number"),
        (["petition", "CA", "--raw", "5", "--validity", "1.5"], "1.5%"),
        (["petition", "CA", "--validity", "inf"], "no share"),
        (["petition", "CA", "--count", "1,2,3"], "RAW,SAMPLE,VALID,DUPLICATES"),
        (["petition", "CA", "--count", "100,200,5,0"], "larger than"),
        (["petition", "CA", "--reports", "none.csv"], "none.csv"),
        (["petition", "CA", "--as-of", "1900-01-01"], "not on file"),
        (["petition", "CA", "--rawr", "5"], "--raw"),
        (["referendum", "CA", "--rule", "ca-2024"], "ca-2025"),
        (["referendum", "CA", "--turnout", "60"], "60%"),
        (["referendum", "CA", "--correlation", "1"], "above -1"),
        (["referendum", "CA", "--replay", "--yes", "0.5"], "--replay"),
    ],
)
def test_bad_input_gets_one_message_with_a_remedy(capsys, words, told):
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("assent: ") == 1
    assert "do:" in err
    assert told in err


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("county,raw,sample,valid,duplicates\nFresno,10,20,5,0\n", ":2, column sample"),
        ("county,raw,sample,valid,duplicates\nFresno,10,,,\nFreso,10,,,\n", ":3, column county"),
        ("county,raw,sample,valid\nFresno,10,,\n", ":1"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(capsys, tmp_path, text, where):
    file = tmp_path / "reports.csv"
    file.write_text(text, encoding="utf-8")
    assert main(["petition", "CA", "--reports", str(file)]) == 2
    assert f"{file}{where}" in capsys.readouterr().err
