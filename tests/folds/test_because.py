"""The tree says what the circuit says, and names no leaf that the circuit does not have. Oracle: the circuit itself."""

from __future__ import annotations

from hypothesis import given

from assent.circuit.evidence import Evidence
from assent.circuit.nodes import Except, Gate, Leaf, leaves
from assent.folds.because import because
from assent.folds.verdict import FAIL, OPEN, PASS, local
from tests.folds.circuits import circuits, positions
from tests.helpers import steady


def branches(node):
    yield node
    for child in node.children:
        yield from branches(child)


@steady(200)
@given(circuits, positions)
def test_a_tree_has_the_verdict_of_its_circuit_and_only_its_leaves(node, known):
    found = {leaf.id: Evidence(f"{leaf.actor} did.", (leaf.id,)) for leaf in leaves(node)}
    tree = because(node, known, found)
    assert tree.verdict is local(node, known)
    for branch in branches(tree):
        assert branch.text
        assert set(branch.acts) <= set(found)
        for act in branch.acts:
            assert branch.verdict is known.get(act, OPEN)


@steady(200)
@given(circuits, positions)
def test_what_passes_shows_what_made_it_pass_and_nothing_against(node, known):
    if isinstance(node, Gate) and local(node, known) is PASS and node.children:
        tree = because(node, known, {})
        assert tree.children or node.need == 0
        assert all(child.verdict is PASS for child in tree.children)
        wanted = node.need if node.need > 1 else min(node.need, 1)
        assert len(tree.children) >= wanted


def test_a_rule_unless_its_exception_shows_what_decides():
    a, b = Leaf("ratify", "a", "A"), Leaf("ratify", "b", "B")
    node = Except("x", "A unless B", a, b)

    def shown(known):
        found = {leaf.id: Evidence(leaf.label, (leaf.id,)) for leaf in (a, b)}
        return [(child.text, child.verdict) for child in because(node, known, found).children]

    assert shown({a.id: PASS, b.id: FAIL}) == [("A", PASS), ("B", FAIL)]
    assert shown({a.id: PASS, b.id: PASS}) == [("B", PASS)]  # the exception defeats it
    assert shown({a.id: FAIL, b.id: OPEN}) == [("A", FAIL)]  # the rule itself fails, whatever the exception
    assert shown({a.id: FAIL, b.id: FAIL}) == [("A", FAIL)]


def test_of_all_that_is_needed_a_failure_shows_what_is_against_it():
    a, b, c = (Leaf("ratify", x, x) for x in "abc")
    tree = because(Gate("all", "All", 3, (a, b, c)), {a.id: PASS, b.id: FAIL}, {})
    assert tree.verdict is FAIL
    assert FAIL in {child.verdict for child in tree.children}
    assert OPEN not in {child.verdict for child in tree.children}
