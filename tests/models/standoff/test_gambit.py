"""Our answers beside those of pygambit, which read our own files: kept with its version and the day it was asked.

``python benchmarks/gambit.py --write tests/models/standoff/gambit`` asks it again.
"""

import json
import re
from pathlib import Path

import pytest

from assent.models.standoff.tree import tree_of
from tests.models.standoff.games import GAMES, answers_of, text_of

FOLDER = Path(__file__).parent / "gambit"
HELD = json.loads((FOLDER / "answers.json").read_text(encoding="utf-8"))
CASES = [(name, precision) for name, game in HELD["games"].items() for precision in game["answers"]]


def test_the_answers_say_whose_they_are_and_from_when():
    assert re.match(r"pygambit \d+\.\d+\.\d+", HELD["by"])
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", HELD["on"])
    assert set(HELD["games"]) == set(GAMES)


@pytest.mark.parametrize("name", GAMES)
def test_what_pygambit_read_is_what_is_written_today(name):
    assert text_of(GAMES[name], name) == (FOLDER / f"{name}.efg").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GAMES)
def test_pygambit_read_the_players_their_information_sets_and_the_ends(name):
    game, read = GAMES[name], HELD["games"][name]
    tree = tree_of(game.menu)
    count = {side: max(len(kinds), 1) for side, kinds in (("federal", game.federal), ("state", game.state))}
    want = {side: times * sum(node.player == side for node in tree.nodes) for side, times in count.items()}
    assert read["players"] == want
    assert read["outcomes"] == count["federal"] * count["state"] * sum(node.end is not None for node in tree.nodes)
    assert read["perfect_recall"] is True


@pytest.mark.parametrize(("name", "precision"), CASES)
def test_the_equilibrium_is_pygambits_to_six_digits(name, precision):
    theirs = HELD["games"][name]["answers"][precision]
    ours = answers_of(GAMES[name], float(precision))
    assert set(ours) == set(theirs)
    assert max(abs(ours[place] - p) for place, p in theirs.items()) < 1e-6
    assert sum(theirs.values()) == pytest.approx(len({place.rpartition(" | ")[0] for place in theirs}), abs=1e-6)
