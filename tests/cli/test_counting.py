"""The four counting commands, for people and as JSON."""

import json
import subprocess
import sys
from shlex import split

import pytest

from assent.cli.main import main

DAY = ("--as-of", "2026-11-01")
COMMON = {"procedure", "title", "as_of", "readings", "assumptions", "method", "error_bound", "versions", "reproduce"}
KEYS = {
    "power": {*COMMON, "index", "by", "values"},
    "chance": {*COMMON, "probability", "complement", "log10", "gradients", "moves", "curve", "world"},
    "plan": {*COMMON, "goal", "cost", "members", "proof", "next_best", "gap"},
    "coalitions": {
        *COMMON,
        "winning",
        "blocking",
        "fewest_to_win",
        "fewest_to_block",
        "population_to_block",
        "minimal",
    },
}
ASKED = {
    "power": ("us/article-v/propose",),
    "chance": ("us/article-v/propose", "--p", "0.6"),
    "plan": ("us/article-v/propose",),
    "coalitions": ("us/article-v/propose",),
}


@pytest.mark.parametrize("name", KEYS)
def test_json_has_the_keys_that_are_promised(run, name):
    found = json.loads(run(name, *ASKED[name], *DAY, "--json"))
    assert set(found) >= KEYS[name]
    assert found["procedure"] == "us/article-v/propose"
    assert found["as_of"] == "2026-11-01"


@pytest.mark.parametrize("name", KEYS)
def test_the_command_that_reproduces_it_does(run, name):
    first = run(name, *ASKED[name], *DAY, "--json")
    again = run(*split(json.loads(first)["reproduce"])[1:], "--json")
    assert json.loads(again) == json.loads(first)


def test_a_probability_of_many_digits_is_given_again_in_full(run):
    about = (
        "us/article-v/propose",
        "--p",
        "0.6543210987",
        "--p",
        "state:CA=0.1234567891",
        "--factor",
        "nation=0.3333333333",
    )
    first = json.loads(run("chance", *about, *DAY, "--json"))
    assert json.loads(run(*split(first["reproduce"])[1:], "--json")) == first
    assert "0.1234567891" in first["reproduce"]
    assert "0.6543210987" in " ".join(first["assumptions"])


@pytest.mark.parametrize("name", KEYS)
def test_people_get_the_answer_first_within_the_width(run, name):
    said = run(name, *ASKED[name], *DAY).splitlines()
    assert "us/article-v/propose" in "".join(said[:2])
    assert said[0][0].isalnum()
    assert all(len(line) <= 80 or line.startswith("assent ") for line in said)
    assert any(line.startswith(f"assent {name}") for line in said)


@pytest.mark.parametrize("by", ["body", "member"])
def test_long_numbers_stay_within_the_width(run, by):
    said = run("power", "us/article-v/convention/propose", "--by", by, *DAY).splitlines()
    assert "3,160,265,160,943,800" in "".join(said) or by == "member"
    assert all(len(line) <= 80 or line.startswith("assent ") for line in said)


def test_a_chance_is_never_printed_without_its_assumptions(run):
    said = run("chance", "us/article-v", "--p", "0.6", *DAY)
    lead, assumed = said.index("The chance is"), said.index("Assumed\n")
    assert lead < assumed < said.index("What moves it")
    assert "everyone says yes with 0.6 (each of 7,921 members" in said


def test_article_v_folds_its_chambers_and_full_does_not(run):
    short = run("plan", "us/article-v", *DAY)
    full = run("plan", "us/article-v", *DAY, "--full")
    assert "38 states" in short
    assert len(short.splitlines()) < 50 < len(full.splitlines())
    assert "CA/lower" in full


def test_votes_typed_as_csv_are_enough_to_ask(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firm.csv").write_text("member,weight\na,50\nb,49\nc,1\n")
    about = ("--votes", "firm.csv", "--quota", "51")
    found = json.loads(run("power", *about, "--json"))
    assert [(v["id"], v["value"], v["swings"]) for v in found["values"]] == [
        ("a", 0.75, 3),
        ("b", 0.25, 1),
        ("c", 0.25, 1),
    ]
    assert found["reproduce"] == "assent power --votes firm.csv --quota 51 --index banzhaf --by member"
    for name, more in (("coalitions", ()), ("chance", ("--p", "0.5")), ("plan", ("--goal", "block"))):
        assert "firm.csv" in run(name, *about, *more)


def test_whole_numbers_of_every_size_are_in_the_json(run):
    found = json.loads(run("coalitions", "us/article-v", *DAY, "--json"))
    assert found["winning"] + found["blocking"] == 2**7921
    longer = json.loads(run("coalitions", "us/article-v/convention", *DAY, "--json"))
    assert isinstance(longer["winning"], str)
    assert len(longer["winning"]) > 4300


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["power"], "--votes FILE"),
        (["power", "us/artcle-v"], "us/article-v"),
        (["power", "us/article-v", "--index", "shaply"], "shapley-shubik"),
        (["power", "us/article-v", "--by", "wing"], "party"),
        (["power", "us/article-v", "--quota", "3"], "--votes"),
        (["power", "us/article-v", "--votes", "x.csv", "--quota", "3"], "Leave one out"),
        (["power", "--votes", "none.csv", "--quota", "3"], "none.csv"),
        (["power", "us/article-v/conventions"], "--seats"),
        (["power", "us/article-v", "--as-of", "1900-01-01"], "2023-01-01"),
        (["power", "us/exit/treaty"], "--state"),
        (["chance", "us/article-v"], "--p 0.6"),
        (["chance", "us/article-v", "--p", "1.5"], "0 to 1"),
        (["chance", "us/article-v", "--p", "60"], "40%"),
        (["chance", "us/article-v", "--p", "party:Whig=0.5"], "Democratic"),
        (["chance", "us/article-v", "--p", "0.5", "--over", "*=0.9:0.1"], "low to high"),
        (["chance", "us/article-v", "--p", "0.5", "--world", "x"], "--world"),
        (["chance", "us/article-v", "--scenario", "none.yaml"], "none.yaml"),
        (["plan", "us/article-v", "--goal", "win"], "block, pass"),
        (["plan", "us/article-v", "--at-most", "CA"], "N:GROUP"),
        (["plan", "--matter", "us/amendment/99"], "us/amendment/"),
        (["coalitions", "us/article-v", "--member", "us/senat"], "us/senate"),
        (["coalitions", "us/article-v/complete"], "readings"),
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
    "words", [["--help"], ["status", "us/amendment/19"], ["power", "--help"], ["show", "rescission"]]
)
def test_numpy_is_imported_only_to_count(words):
    heavy = "{'numpy', 'highspy', 'scipy'} & set(sys.modules)"
    code = f"import sys; from assent.cli.main import main; main({words!r}); print({heavy}, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == "set()"
