"""Three-valued logic on random circuits. Oracle: every completion is tried (tests/folds/circuits.py)."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given

from assent.circuit.nodes import Except, Gate, Leaf, leaves, monotone, read_once
from assent.folds.verdict import FAIL, OPEN, PASS, decide, local, tally
from tests.folds.circuits import ACTORS, apart, brute, circuits, free, positions, value, walk
from tests.helpers import steady

A, B, C = (Leaf("ratify", actor) for actor in "abc")


@steady(600)
@given(circuits, positions)
def test_decide_is_what_every_completion_comes_to(node, known):
    assert decide(node, known) is brute(node, known)


@steady(300)
@given(circuits, positions, positions)
def test_more_information_never_takes_a_verdict_back(node, known, more):
    learned = {**more, **{leaf: v for leaf, v in known.items() if v is not OPEN}}
    before, after = decide(node, known), decide(node, learned)
    assert before is OPEN or after is before


@steady(200)
@given(circuits, positions)
def test_open_means_that_both_endings_can_still_be_reached(node, known):
    names = [leaf for leaf in sorted(free(node)) if ":" in leaf and known.get(leaf, OPEN) is OPEN]
    ends = {
        decide(node, {**known, **dict(zip(names, settled, strict=True))})
        for settled in product((PASS, FAIL), repeat=len(names))
    }
    wanted = ends.pop() if len(ends) == 1 else OPEN
    assert decide(node, known) is wanted


@steady(400)
@given(circuits, positions)
def test_local_is_sound_and_is_exact_for_leaves_taken_one_by_one(node, known):
    quick = local(node, known)
    assert quick in (OPEN, decide(node, known))
    assert quick is brute(*apart(node, known))


@steady(300)
@given(circuits, positions)
def test_tally_counts_the_children_that_are_met_and_those_that_are_open(node, known):
    for gate in (n for n in walk(node) if isinstance(n, Gate) and not n.members):
        seen = Counter(brute(*apart(child, known)) for child in gate.children)
        assert tally(gate, known) == (seen[PASS], seen[OPEN])


@steady(300)
@given(circuits, positions)
def test_a_monotone_circuit_never_falls_when_assent_is_added(node, known):
    names = free(node)
    if not monotone(node):
        assert any(isinstance(n, Except) for n in walk(node))
        return
    yes = {name for name in names if known.get(name) is PASS}
    if value(node, yes.__contains__):
        for name in names:
            assert value(node, (yes | {name}).__contains__)


@steady(300)
@given(circuits)
def test_read_once_is_that_no_leaf_occurs_twice(node):
    often = Counter(leaf.id for leaf in leaves(node))
    assert read_once(node) == all(times == 1 for times in often.values())


def test_the_random_circuits_hold_what_makes_them_hard():
    seen: Counter[str] = Counter()

    @steady(400)
    @given(circuits, positions)
    def look(node, known):
        below = list(walk(node))
        gates = [n for n in below if isinstance(n, Gate)]
        exceptions = [n for n in below if isinstance(n, Except)]
        seen["shared leaf"] += not read_once(node)
        seen["exception"] += bool(exceptions)
        seen["need 0"] += any(g.need == 0 for g in gates)
        seen["empty gate"] += any(not g.children and not g.members for g in gates)
        seen["need out of reach"] += any(g.need > g.of for g in gates)
        seen["votes of members"] += any(g.members for g in gates)
        seen["leaf on both sides"] += any(set(leaves(x.rule)) & set(leaves(x.exception)) for x in exceptions)
        seen["local says less"] += local(node, known) is not decide(node, known)
        seen[decide(node, known)] += 1

    look()
    rare = {what: times for what, times in seen.items() if times < 4}
    assert len(seen) == 11, seen
    assert not rare, seen


@pytest.mark.parametrize(
    ("node", "known", "verdict"),
    [
        (Gate("g", "", 0), {}, PASS),
        (Gate("g", "", 1), {}, FAIL),
        (Gate("g", "", 0, (A,)), {A.id: FAIL}, PASS),
        (Gate("g", "", 2, (A,)), {A.id: PASS}, FAIL),
        (Gate("g", "", 2, (A, A)), {A.id: PASS}, PASS),
        (Gate("g", "", 2, (A, B, C)), {}, OPEN),
        (Gate("house", "", 290, members=435), {}, OPEN),
        (Gate("house", "", 436, members=435), {}, FAIL),
        (Except("x", "", A, A), {}, FAIL),  # a rule unless itself
        (Gate("g", "", 1, (A, Except("x", "", Gate("all", "", 0), A))), {}, PASS),  # A or not A
        (Except("x", "", A, B), {A.id: PASS}, OPEN),
        (Except("x", "", A, B), {B.id: PASS}, FAIL),
        (A, {}, OPEN),
    ],
)
def test_by_hand(node, known, verdict):
    assert decide(node, known) is verdict


def test_every_state_of_a_threshold_of_three_fourths():
    """Article V in small: k of n for every count of yes and no."""
    units = tuple(Leaf("ratify", actor) for actor in ACTORS)
    gate = Gate("ratify", "", 5, units)
    for yes in range(7):
        for no in range(7 - yes):
            known = {u.id: PASS for u in units[:yes]} | {u.id: FAIL for u in units[yes : yes + no]}
            wanted = PASS if yes >= 5 else FAIL if no >= 2 else OPEN
            assert decide(gate, known) is local(gate, known) is wanted
            assert tally(gate, known) == (yes, 6 - yes - no)
