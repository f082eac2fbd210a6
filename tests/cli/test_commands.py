"""Each command, for people and as JSON."""

import json
import os
import subprocess
import sys

import pytest

from assent.cli.main import main

STATUS = {
    *("matter", "as_of", "known_as_of", "readings", "stage", "completed_on", "count", "required", "of", "because"),
    *("versions", "reproduce"),
}
EXIT = {
    *("state", "as_of", "known_as_of", "readings", "state_side", "paths", "precedents", "claims", "reproduce"),
    *("versions", "notes"),
}
PATH = {"id", "title", "lawful", "lawful_under", "needs", "stands"}
NEED = {"stage", "act", "body", "need", "of", "fraction", "base", "cite", "block", "meet"}


@pytest.fixture
def run(capsys):
    """Run a command that has to succeed; give its stdout and stderr."""

    def command(*words):
        assert main(words) == 0
        return capsys.readouterr()

    return command


@pytest.fixture
def asked(run):
    """Run a command with --json; give what it printed as data."""

    def command(*words):
        return json.loads(run(*words, "--json").out)

    return command


def test_status_has_the_keys_that_are_promised(asked):
    found = asked("status", "us/amendment/era", "--as-of", "2020-01-27", "--known-as-of", "2024-01-01")
    assert set(found) >= STATUS
    assert (found["as_of"], found["known_as_of"]) == ("2020-01-27", "2024-01-01")
    assert (found["stage"], found["completed_on"]) == ("lapsed", None)
    assert {"text", "verdict", "cite", "acts", "children"} <= set(found["because"])


def test_status_for_people_leads_with_the_answer_and_ends_with_the_command(run):
    said = run("status", "us/amendment/era", "--as-of", "2020-01-27", "--known-as-of", "2020-02-01").out
    first, *rest = said.splitlines()
    assert "lapsed: its time ran out on 1982-06-30" in first
    assert "35 of 50" in rest[1]
    assert "38 needed, 3 short" in rest[1]
    assert "assent status us/amendment/era --as-of 2020-01-27 --known-as-of 2020-02-01" in said
    assert "[read]" in said
    assert "Not recorded" not in said
    assert max(len(line) for line in said.splitlines() if not line.startswith("assent ")) <= 80


def test_units_are_folded_by_how_they_stand_and_unfolded_on_request(run):
    folded = run("status", "us/amendment/era").out
    assert "ratified; rescinded (rescission=void)" in folded
    assert "era-HI-ratify-1972-03-22" not in folded
    assert "era-HI-ratify-1972-03-22" in run("status", "us/amendment/era", "--full").out


def test_a_chosen_reading_is_marked_and_reproduced(run):
    said = run("status", "us/amendment/era", "--reading", "deadline=not-binding", "--as-of", "2020-01-27").out
    assert "● deadline=not-binding" in said
    assert "○ rescission=void" in said
    assert "--reading deadline=not-binding" in said


def test_a_reading_that_does_nothing_is_told_on_stderr(run):
    out, err = run("status", "us/constitution", "--reading", "rescission=effective", "--json")
    assert err.startswith("assent: note: rescission=effective")
    assert json.loads(out)["stage"] == "adopted"


def test_because_is_the_tree_alone(asked, run):
    found = asked("because", "us/amendment/15")
    assert found["because"]["children"]
    assert "Congress proposes" in run("because", "us/amendment/15").out


def test_timeline(asked, run):
    found = asked("timeline", "us/constitution", "--as-of", "1790-06-01")
    assert found["moments"][-1]["stage"] == "adopted"
    assert "1788-06-21" in run("timeline", "us/constitution").out


def test_hinge(asked, run):
    found = asked("hinge", "us/amendment/era")
    assert {"outcomes", "turns_on", "indifferent"} <= set(found)
    assert {"stage", "completed_on", "when"} <= set(found["outcomes"][0])
    said = run("hinge", "us/amendment/era").out
    assert "deadline=binding" in said
    assert "Indifferent" in said
    assert "not a probability" in said


def test_replay(asked, run):
    found = asked("replay", "us")
    assert {"cases", "agree", "rows"} <= set(found)
    assert {"matter", "expected", "got", "agrees", "source"} <= set(found["rows"][0])
    assert "seceded-states=excluded → adopted 1867-02-13" in run("replay").out


def test_exit_has_the_keys_that_are_promised(asked):
    found = asked("exit", "CA")
    assert set(found) >= EXIT
    for path in found["paths"]:
        assert set(path) >= PATH
        assert path["lawful"] in {"yes", "no", "contested"}
        for need in path["needs"]:
            assert set(need) >= NEED
            assert {"states", "chambers", "members", "population_share"} <= set(need["block"])
            assert {"states", "population_share"} <= set(need["meet"])
    assert {"text", "finds", "source"} <= set(found["claims"][0])
    house = found["paths"][0]["needs"][0]
    assert (house["body"], house["need"], house["of"], house["fraction"]) == ("us/house", 290, 435, "2/3")


def test_exit_for_people(run):
    said = run("exit", "california").out
    assert said.startswith("California: ")
    assert "First, California's own step" in said
    assert "290 of 435" in said
    assert "38 of 50" in said
    assert "13 states at the fewest" in said
    assert "What was claimed, line by line" in said


def test_show_tells_a_procedure_and_a_question(asked, run):
    assert asked("show", "us/article-v")["rule"]["below"]
    said = run("show", "us/article-v").out
    assert "two thirds (2/3) of the members voting" in said
    assert "three fourths (3/4) of the states" in said
    assert "Equal suffrage in the Senate, unless the state concerned consents" in said
    assert "rescission=effective" in run("show", "rescission").out


def test_every_procedure_and_question_can_be_shown(run):
    from assent.api import library

    for name in (*library().procedures, *library().questions):
        assert name in run("show", name).out


def test_show_writes_a_drawing_and_prints_mermaid(run, tmp_path):
    file = tmp_path / "article-v.svg"
    out, err = run("show", "us/article-v", "--svg", str(file))
    assert (out, err) == ("", f"assent: wrote {file}\n")
    assert file.read_text(encoding="utf-8").startswith("<svg ")
    assert run("show", "us/article-v", "--mermaid").out.startswith("flowchart TD")


def test_listings(asked, run):
    assert {row["kind"] for row in asked("matters", "--kind", "amendment")["matters"]} == {"amendment"}
    assert "us/amendment/era" in run("matters").out
    procedures = {row["id"]: row for row in asked("procedures")["procedures"]}
    amended = [row for row in asked("matters")["matters"] if row["procedure"] == "us/article-v"]
    assert procedures["us/article-v"]["matters"] == len(amended) > 0
    assert procedures["us/article-v"]["title"] in " ".join(run("procedures").out.split())
    questions = {row["id"]: row for row in asked("questions")["questions"]}
    assert [r["id"] for r in questions["rescission"]["readings"] if r["default"]] == ["void"]
    assert "● void" in run("questions").out


def test_cite(asked, run):
    found = asked("cite", "dillon-v-gloss-1921")
    assert found["authority"]["standing"] in {"read", "recalled"}
    assert any("completion" in user for user in found["cited_by"])
    assert "256 U.S. 368" in run("cite", "dillon-v-gloss-1921").out


def test_record_check_finds_what_the_official_list_contradicts(asked, run):
    found = {(f["matter"], f["kind"]) for f in asked("record", "check")["findings"]}
    assert ("us/amendment/19", "proclaimed_before_completed") in found
    assert ("us/amendment/14", "left_out") in found
    assert "contradictions found" in run("record", "check").out.replace("\n", " ")


def test_check_of_files_that_ship(run):
    from assent.api import library

    root = library().place.root
    for file in (*root.glob("law/*.yaml"), *root.glob("law/questions/r*.yaml"), *root.glob("record/*.csv")):
        assert "nothing is wrong" in run("check", str(file)).out.replace("\n", " ")


def test_assent_alone_prints_help_with_examples(run):
    assert run().out == run("--help").out
    assert "assent exit CA" in run().out


def test_json_dates_are_iso_and_stdout_is_json_alone():
    done = subprocess.run(
        [sys.executable, "-m", "assent", "status", "us/amendment/27", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["completed_on"] == "1992-05-05"
    assert done.stderr == ""


def test_an_encoding_without_marks_gets_plainer_ones():
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "assent", "status", "us/amendment/era"], capture_output=True, env=env, check=True
    )
    said = done.stdout.decode("ascii")
    assert "35 of 50" in said
    assert "+ Congress proposes" in said
    assert "###" in said


def test_a_reader_who_leaves_early_is_no_error():
    command = f"set -o pipefail; {sys.executable} -m assent exit CA --json | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "{\n", "")


def test_the_command_that_is_printed_gives_the_same_answer(asked):
    for words in (
        ("status", "us/amendment/14", "--as-of", "1869-01-01", "--reading", "rescission=effective"),
        ("hinge", "us/amendment/15", "--reading", "rescission=effective"),
        ("exit", "TX", "--reading", "consent-of-the-states=unanimous"),
        ("timeline", "us/amendment/27", "--reading", "contemporaneity=required:10"),
        ("replay", "us", "--as-of", "1900-01-01"),
        ("show", "us/admission"),
        ("matters", "--kind", "founding"),
    ):
        first = asked(*words)
        assert asked(*first["reproduce"].split()[1:]) == first
