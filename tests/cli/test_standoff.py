"""The command assent standoff, for people and as JSON, and the files it writes."""

import json
import subprocess
import sys
from shlex import split
from xml.etree import ElementTree as ET

import pytest

from assent.cli.main import main
from assent.render.palette import contrast
from assent.render.regions import DARK, INK_DARK, INK_LIGHT, LIGHT

DAY = ("--as-of", "2026-11-01", "--draws", "400")
KEYS = {
    *(
        "state",
        "parameters",
        "path",
        "if_defied",
        "break_even",
        "responses",
        "ladder",
        "reproduce",
        "versions",
        "notes",
    ),
    *(
        "sensitivity",
        "prior_predictive",
        "map",
        "quantal",
        "tree",
        "bargaining",
        "ties",
        "footing",
        "resolve",
        "readings",
    ),
}


def test_json_has_the_keys_that_are_promised(run):
    found = json.loads(run("standoff", "CA", *DAY, "--json"))
    assert set(found) >= KEYS
    for parameter in found["parameters"]:
        assert {"name", "symbol", "value", "unit", "standing"} <= set(parameter)
        assert parameter["standing"] in {"evidence", "assumption"}
    assert {"best_reply", "path", "payoffs"} <= set(found["if_defied"])
    assert set(found["responses"]) == {"tolerate", "negotiate", "litigate", "sanction", "force"}
    assert found["path"][0]["move"] == "stay"
    assert {"federal", "state"} == set(found["if_defied"]["payoffs"])
    assert all({"from", "to", "fate", "text"} <= set(rung) for rung in found["ladder"])
    assert {"text", "value", "symbol", "unit"} <= set(found["break_even"][0])


@pytest.mark.parametrize(
    "words",
    [
        ("--set", "kF=82/114", "--set", "statehood=no"),
        ("--scenario", "reluctant", "--private", "--set", "pi=0.3", "--seed", "4"),
        (
            "--map",
            "s,kF=0:2:9",
            "--precision",
            "6",
            "--reading",
            "recognition=no-cure",
            "--without",
            "negotiate",
            "--range",
            "kS=0.1:2:log",
        ),
    ],
)
def test_the_command_that_reproduces_it_does(run, words):
    first = run("standoff", "TX", *words, *DAY, "--json")
    again = run(*split(json.loads(first)["reproduce"])[1:], "--json")
    assert json.loads(again) == json.loads(first)


def test_people_get_break_even_values_and_a_map_before_any_prediction(run):
    said = run("standoff", "CA", *DAY)
    order = [said.index(part) for part in (
        "what would have to be true", "No forecast", "Every default but p is an assumption",
        "The federal side uses force at its last rung only if force costs it less than", "What happens where",
        "If nobody makes mistakes", "If California went ahead all the same", "If everybody makes mistakes",
        "Why what is tolerated does not extrapolate", "What drives each probability", "The numbers", "Reproduce",
    )]  # fmt: skip
    assert order == sorted(order)
    lines = said.splitlines()
    assert max(len(line) for line in lines if not line.startswith("assent ")) <= 80
    assert sum("◆" in line and "│" in line for line in lines) == 1
    assert "a marijuana law is tolerated, leaving is deterred" in " ".join(lines)
    assert "evidence" in next(
        line for line in lines if "chance that the federal side" in line and line.startswith("p ")
    )


def test_full_adds_the_tree_the_reasons_and_the_literature(run):
    short, full = run("standoff", "CA", *DAY), run("standoff", "CA", *DAY, "--full")
    for part in ("The whole tree", "What the literature makes of these numbers", "No measurement is on file", "δ"):
        assert part in full
        assert part not in short
    assert "Correlates of War" in full


def test_private_types_and_a_menu(run):
    said = run("standoff", "CA", "--private", "--set", "pi=0.2", "--set", "j=1", "--without", "negotiate",
               "--without", "sanction", *DAY)  # fmt: skip
    assert "If only each side knows its own resolve" in said
    assert "In closed form: a soft federal side goes to court with probability 0.3072" in " ".join(said.split())
    assert "Taken off the menu: negotiate, sanction" in said
    assert "6 information sets" in " ".join(said.split())


def test_a_probability_is_never_printed_without_the_precision_it_rests_on(run):
    said = run("standoff", "CA", "--lambda", "10", *DAY)
    table = said[said.index("If everybody makes mistakes") :].splitlines()
    assert table[1].split() == ["Λ", "10"]
    assert "Nothing identifies Λ" in said
    assert "of 400 draws" in said or "400 draws" in said


@pytest.mark.parametrize("words", [("--map", "kF,u"), ("--map", "s=0.01:1:70,kS=0:1:30"), ("--set", "kF=1.4")])
def test_the_map_is_drawn_with_every_region_named(words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(("standoff", "CA", *words, *DAY, "--svg", "map.svg")) == 0
    assert capsys.readouterr() == ("", "assent: wrote map.svg\n")
    assert main(("standoff", "CA", *words, *DAY, "--json")) == 0
    held = json.loads(capsys.readouterr().out)["map"]
    root = ET.fromstring((tmp_path / "map.svg").read_text(encoding="utf-8"))
    space = "{http://www.w3.org/2000/svg}"
    texts = [node.text for node in root.iter(f"{space}text")]
    for region in held["regions"]:
        assert texts.count(region["letter"]) >= 2
        assert any(region["text"][:30].replace("\u00a0", " ") in (text or "").replace("\u00a0", " ") for text in texts)
    wide = sum(float(node.get("width")) for node in root.iter(f"{space}rect") if "cell" in (node.get("class") or ""))
    assert wide > 0
    assert root.find(f"{space}title").text
    assert held["x"]["label"] in root.find(f"{space}desc").text
    assert "prefers-color-scheme:dark" in root.find(f"{space}style").text
    left, right = 0.0, float(root.get("viewBox").split()[2])
    for node in root.iter(f"{space}rect"):
        assert left <= float(node.get("x") or 0) <= right
        assert float(node.get("x") or 0) + float(node.get("width")) <= right + 1


@pytest.mark.parametrize(("fills", "ink"), [(LIGHT, INK_LIGHT), (DARK, INK_DARK)])
def test_letters_can_be_read_on_every_region(fills, ink):
    assert all(contrast(fill, ink) >= 4.5 for fill in fills)
    assert len(set(fills)) == len(fills)


def test_the_game_is_written_for_gambit(tmp_path, capsys):
    file = tmp_path / "game.efg"
    assert main(("standoff", "CA", *DAY, "--private", "--efg", str(file))) == 0
    assert capsys.readouterr() == ("", f"assent: wrote {file}\n")
    text = file.read_text(encoding="utf-8")
    assert text.startswith("EFG 2 R ")
    assert text.count("\nt ") == 70


def test_plain_terminals_get_plain_letters():
    call = [sys.executable, "-m", "assent", "standoff", "CA", *DAY]
    done = subprocess.run(call, capture_output=True, check=True, env={"PYTHONIOENCODING": "ascii", "PATH": ""})
    said = done.stdout.decode("ascii")
    assert "Lambda" in said
    assert "p(1+R)s + aF-s" in said
    assert "?" not in said.partition("What each move rests on")[0].replace("goes ahead?", "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["standoff"], "needs STATE"),
        (["standoff", "XX"], "is no state"),
        (["standoff", "CA", "--set", "p=1.2"], "is no share or probability"),
        (["standoff", "CA", "--set", "kF=-1"], "is no cost"),
        (["standoff", "CA", "--set", "kF=nan"], "is no number"),
        (["standoff", "CA", "--set", "kf3=1"], "no parameter of a standoff"),
        (["standoff", "CA", "--scenario", "mariuana"], "Did you mean marijuana?"),
        (["standoff", "CA", "--map", "kF"], "no two parameters"),
        (["standoff", "CA", "--precision", "5", "--set", "Lambda=3"], "twice"),
        (["standoff", "CA", "--q-from", "2"], "is no probability"),
        (["standoff", "CA", "--range", "pi=0:1"], "is not drawn"),
        (["standoff", "CA", "--draws", "1"], "draws are asked for"),
        (["standoff", "CA", "--as-of", "1840-01-01"], "was not a state"),
        (["standoff", "CA", "--without", "plead"], "no response"),
    ],
)
def test_mistakes_are_refused_with_exit_code_2_and_nothing_on_stdout(words, told, capsys):
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert "Traceback" not in err


def test_nothing_is_written_where_the_question_is_wrong(tmp_path):
    file = tmp_path / "map.svg"
    assert main(("standoff", "CA", "--set", "p=2", "--svg", str(file))) == 2
    assert not file.exists()
