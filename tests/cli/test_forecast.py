"""The command ``forecast``, for people and as JSON."""

import json
import subprocess
import sys
from shlex import split

import pytest

from assent.cli.main import main

ERA = ("us/amendment/era", "--as-of", "1975-01-01", "--known-as-of", "2026-11-01")
CHILD_LABOR = ("us/amendment/child-labor", "--as-of", "2026-11-01", "--known-as-of", "2026-11-01")
KEYS = {
    "matter", "as_of", "known_as_of", "probability", "baseline", "low", "high", "horizon", "by", "curve", "score",
    "events", "reference_class", "parameters", "assumptions", "notes", "method", "error_bound", "readings", "versions",
    "reproduce",
}  # fmt: skip


@pytest.fixture
def run(capsys):
    """Run a command that has to succeed; give its stdout."""

    def command(*words):
        assert main(("forecast", *words)) == 0
        return capsys.readouterr().out

    return command


@pytest.mark.parametrize("words", [ERA, CHILD_LABOR, (*ERA, "--by", "1978-01-01", "--reading", "rescission=effective")])
def test_json_has_the_keys_that_are_promised_and_the_command_gives_it_again(run, words):
    found = json.loads(run(*words, "--json"))
    assert set(found) >= KEYS
    assert {"on", "years"} <= set(found["horizon"])
    assert {"on", "probability", "baseline"} <= set(found["curve"][0])
    assert all(one["standing"] in {"evidence", "assumption", "fitted"} and one["unit"] for one in found["parameters"])
    again = run(*split(found["reproduce"])[2:], "--json")
    assert json.loads(again) == found


def test_the_score_stands_in_the_json(run):
    found = json.loads(run(*ERA, "--json"))
    assert {"brier", "baseline_brier", "log", "baseline_log", "difference", "low", "high", "events"} <= set(
        found["score"]
    )
    assert found["events"] == len(found["reference_class"]["matters"]) == 23
    assert json.loads(run(*CHILD_LABOR, "--json"))["score"] is None


def test_people_get_the_chance_and_the_base_rate_in_one_breath(run):
    said = run(*ERA)
    first = " ".join(said.splitlines()[:2])
    assert "20 %" in first
    assert "the base rate alone says 28 %" in first
    for told in ("How it grows", "How far to trust it", "Brier 0.150, base rate 0.182", "Assumed", "Left out:"):
        assert told in said
    assert said.index("Assumed") < said.index("Readings")
    assert all(len(line) <= 80 or line.startswith("assent ") for line in said.splitlines())


def test_nothing_is_folded_with_full(run):
    short, full = run(*ERA), run(*ERA, "--full")
    assert "us/amendment/dc-voting-rights; 17 were" not in " ".join(short.split())
    assert "us/amendment/dc-voting-rights; 17 were" in " ".join(full.split())
    assert "Numbers" in full
    assert full.count("▓") > short.count("▓")


def test_a_base_rate_is_called_one(run):
    said = run(*CHILD_LABOR)
    assert "a base rate and no more" in " ".join(said.splitlines()[:2])
    assert "Model" not in said
    assert "cannot be scored" in said
    assert "11,985" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "MATTER"),
        (["us/amendment/erra"], "us/amendment/era"),
        (["us/article-v"], "nothing has been proposed"),
        (["us/amendment/era", "--as-of", "1975"], "1975-12-31"),
        ([*ERA, "--by", "soon"], "--by"),
        ([*ERA, "--by", "1975-00-10"], "--by"),
        ([*ERA, "--by", "1974-01-01"], "1975-01-01"),
        ([*ERA, "--reading", "rescission=perhaps"], "effective"),
        ([*ERA, "--yes", "FL", "--no", "FL"], "FL"),
        (["us/amendment/26"], "1971-07-01"),
    ],
)
def test_bad_input_gets_one_message_with_a_remedy(capsys, words, told):
    assert main(["forecast", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert told in err


def test_numpy_is_imported_only_to_forecast():
    code = (
        "import sys; from assent.cli.main import main; main(['forecast', '--help']);"
        "print({'numpy', 'scipy'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == "set()"
