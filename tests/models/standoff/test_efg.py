"""The file for Gambit, read back by a reader of our own: the same game, in exact fractions."""

import re
from fractions import Fraction

import pytest

from assent.models.standoff.efg import efg
from assent.models.standoff.private import Type
from assent.models.standoff.tree import FEDERAL, STATE, Menu, chances, payoffs, tree_of
from tests.models.standoff.crowd import DEFAULTS

TREE = tree_of()
TWO = (Type("tough", Fraction(1, 3), Fraction(3, 5)), Type("soft", Fraction(2, 3), Fraction(3, 2)))
STATES = (Type("firm", Fraction(1, 4), Fraction(1, 10)), Type("weak", Fraction(3, 4), Fraction(4, 5)))
LINE = re.compile(r'^([cpt]) "([^"]*)" (.*)$')


def read(text):
    """The nodes of an .efg file in order: kind, label, and what stands behind."""
    head, comment, blank, *lines = text.splitlines()
    assert re.fullmatch(r'EFG 2 R "[^"]*" \{ "state" "federal" \}', head)
    assert comment == '""'
    assert not blank
    found = []
    for line in lines:
        kind, label, rest = LINE.fullmatch(line).groups()
        if kind == "t":
            number, name, worth = re.fullmatch(r'(\d+) "([^"]*)" \{ (.*) \}', rest).groups()
            found.append((kind, label, int(number), tuple(map(Fraction, worth.split(", ")))))
            assert name == label
        elif kind == "c":
            number, moves = re.fullmatch(r'(\d+) "[^"]*" \{ (.*) \} 0', rest).groups()
            odds = {m: Fraction(p) for m, p in re.findall(r'"([^"]*)" (\S+)', moves)}
            assert sum(odds.values()) == 1
            found.append((kind, label, int(number), odds))
        else:
            player, number, name, moves = re.fullmatch(r'(\d) (\d+) "([^"]*)" \{ (.*) \} 0', rest).groups()
            found.append((kind, label, (int(player), int(number), name), tuple(re.findall(r'"([^"]*)"', moves))))
    return found


def test_the_file_holds_the_tree_with_exact_numbers():
    found = read(efg(TREE, DEFAULTS, "Leaving"))
    ends, odds = payoffs(TREE, DEFAULTS), chances(DEFAULTS)
    assert len(found) == len(TREE.nodes)
    for node, (kind, label, _, held) in zip(TREE.nodes, found, strict=True):
        assert label == (node.id or "start")
        if kind == "t":
            federal, state = ends[TREE.place(node.id)]
            assert held == (state, federal)
        elif kind == "c":
            assert tuple(held.values()) == odds[node.lottery]
        else:
            assert held == node.moves
    assert '"prevails" 18/25 "fails" 7/25' in efg(TREE, DEFAULTS, "Leaving")


def test_names_are_given_once_and_information_sets_hide_the_other_sides_type():
    found = read(efg(TREE, DEFAULTS, "Leaving", TWO, STATES))
    labels = [label for _, label, *_ in found]
    assert len(labels) == len(set(labels))
    ends = [number for kind, _, number, _ in found if kind == "t"]
    assert ends == list(range(1, len(ends) + 1))
    assert len(ends) == 4 * 35
    sets = {}
    for kind, label, key, moves in found:
        if kind == "p":
            sets.setdefault(key, []).append((label, moves))
    assert len(sets) == 34
    assert all(len(members) == 2 and len({moves for _, moves in members}) == 1 for members in sets.values())
    for (player, _, name), members in sets.items():
        kinds = [label.split("/")[:2] for label, _ in members]
        own = 1 if player == 1 else 0
        assert len({kind[own] for kind in kinds}) == 1
        assert len({kind[1 - own] for kind in kinds}) == 2
        assert f"({kinds[0][own]})" in name


def test_types_are_drawn_first_with_their_priors():
    found = read(efg(TREE, DEFAULTS, "Leaving", TWO))
    assert found[0][3] == {"tough": Fraction(1, 3), "soft": Fraction(2, 3)}
    assert found[1][1] == "tough/start"
    costs = {label: worth for kind, label, _, worth in found if kind == "t"}
    assert costs["tough/defy/force/prevails"] == (Fraction(-4, 5), Fraction(-3, 5))
    assert costs["soft/defy/force/prevails"] == (Fraction(-4, 5), Fraction(-3, 2))


@pytest.mark.parametrize("menu", [Menu(("tolerate",)), Menu(("litigate", "force"))])
def test_any_menu_can_be_written(menu):
    tree = tree_of(menu)
    found = read(efg(tree, DEFAULTS, 'A "name" with \\ in it'))
    assert len(found) == len(tree.nodes)
    assert {FEDERAL, STATE} == {"federal", "state"}


def test_a_float_is_written_as_the_fraction_it_is():
    text = efg(TREE, DEFAULTS.having(lawful_chance=1e-30), "Leaving")
    (odds,) = [held for kind, label, _, held in read(text) if kind == "c" and label == "petition"]
    assert odds["completes"] == Fraction(1e-30)
