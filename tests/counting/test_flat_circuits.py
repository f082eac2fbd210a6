"""Circuits in numbers: the same leaves, the same decisions."""

from __future__ import annotations

import random

import pytest

from assent.circuit.flat import FALSE, TRUE
from assent.circuit.flatten import flatten
from assent.circuit.nodes import Except, Gate, Leaf
from assent.folds.counting.beliefs import Runs
from assent.folds.counting.integers import counted
from assent.folds.counting.schedule import schedule
from tests.counting.circuits import Brute, ids_of, random_circuit

A, B, C = (Leaf("vote", x) for x in "abc")


def body(name, need, members):
    return Gate(name, "", need, act="vote", body=name, members=members)


def decided(flat, yes):
    counts = [sum(i in yes for i in c.ids()) for c in flat.classes]
    for gate in flat.gates:
        met = 0
        for child in gate.children:
            whole = flat.members(child.node)
            met += child.weight * (whole - counts[child.node] if child.flipped else counts[child.node])
        counts.append(int(met >= gate.need))
    return flat.root == TRUE if flat.root < 0 else bool(counts[flat.root])


@pytest.mark.parametrize("seed", range(120))
def test_a_flat_circuit_decides_as_the_circuit_does(seed):
    rng = random.Random(seed)
    node = random_circuit(rng, actors=rng.randint(1, 7), shared=seed % 2 == 1, exceptions=seed % 3 == 0)
    brute, flat = Brute(node), flatten(node)
    assert [i for c in flat.classes for i in c.ids()] == sorted(brute.ids, key=brute.ids.index)
    for s, win in enumerate(brute.wins):
        assert decided(flat, {x for i, x in enumerate(brute.ids) if s >> i & 1}) is win
    assert flat.size == len(ids_of(node))


def test_members_are_one_class():
    flat = flatten(Gate("both", "", 2, (body("house", 3, 5), body("senate", 2, 3))))
    assert [(c.id, c.members) for c in flat.classes] == [("vote:house/1", 5), ("vote:senate/1", 3)]
    assert list(flat.classes[1].ids()) == ["vote:senate/1", "vote:senate/2", "vote:senate/3"]
    assert flat.read_once


def test_a_leaf_that_names_a_member_is_that_member():
    flat = flatten(Gate("both", "", 2, (body("house", 3, 5), Leaf("vote", "house/2"))))
    assert [(c.id, c.members) for c in flat.classes] == [
        ("vote:house/1", 1),
        ("vote:house/2", 1),
        ("vote:house/3", 3),
    ]
    assert not flat.read_once


def test_the_same_body_at_two_thresholds_is_counted_twice():
    flat = flatten(Gate("either", "", 1, (body("house", 3, 5), Gate("b", "", 2, (body("house", 2, 5), A)))))
    assert flat.size == 6
    assert not flat.read_once


def test_weights_lose_what_they_share_and_what_exceeds_the_need():
    flat = flatten(Gate("g", "", 60, (A, B, C), weights=(100, 40, 20)))
    assert flat.gates[0].need == 3
    assert [c.weight for c in flat.gates[0].children] == [3, 2, 1]


def test_what_is_settled_keeps_its_leaves():
    assert flatten(Gate("g", "", 0, (A, B))).root == TRUE
    never = flatten(Gate("g", "", 3, (A, B)))
    assert never.root == FALSE
    assert never.size == 2


def test_an_exception_is_named():
    assert flatten(Except("unless", "", A, B)).exceptions == ("unless",)


def test_weights_are_checked():
    with pytest.raises(ValueError, match="negative"):
        flatten(Gate("g", "", 1, (A, B), weights=(1, -1)))
    with pytest.raises(ValueError, match="1 weights for 2 children"):
        flatten(Gate("g", "", 1, (A, B), weights=(1,)))


def test_children_that_are_alike_are_worked_out_once():
    def chamber(name):
        return body(name, 3, 5)

    flat = flatten(Gate("g", "", 20, tuple(chamber(f"c{i}") for i in range(40))))
    assert schedule(flat).slots == 3
    assert schedule(flat, Runs.of(flat, range(40))).slots == 81
    assert len(set(counted(flat, schedule(flat)).swings)) == 1
