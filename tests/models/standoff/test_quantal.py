"""Logit choice: its equations, its two ends, and three solvers that were written apart."""

from math import exp

import numpy as np
import pytest

from assent.models.standoff import batch, branch, private, quantal
from assent.models.standoff.induction import solve
from assent.models.standoff.tree import CHANCE, FEDERAL, payoffs, tree_of
from tests.models.standoff.crowd import DEFAULTS, crowd, one

TREE = tree_of()


def residual(found, parameters):
    """By how much the odds differ from the logit of what moves are worth, worked out from the ends."""
    ends = payoffs(TREE, parameters.floats())
    worst = 0.0
    for at, node in enumerate(TREE.nodes):
        if not node.below or node.player == CHANCE:
            continue
        mine = 0 if node.player == FEDERAL else 1
        worth = [expected(found, ends, below)[mine] for below in node.below]
        weights = [exp(found.precision * (value - max(worth))) for value in worth]
        worst = max(worst, *(abs(w / sum(weights) - p) for w, p in zip(weights, found.odds[at], strict=True)))
    return worst


def expected(found, ends, start):
    """What a node is worth: the ends below it, each by its probability."""
    below = [
        at for at, node in enumerate(TREE.nodes) if node.end and f"{node.id}/".startswith(f"{TREE.nodes[start].id}/")
    ]
    total = [0.0, 0.0]
    for at in below:
        p, name = 1.0, TREE.nodes[start].id
        here = start
        while here != at:
            node = TREE.nodes[here]
            step = next(
                i
                for i, child in enumerate(node.below)
                if f"{TREE.nodes[at].id}/".startswith(f"{TREE.nodes[child].id}/")
            )
            p *= found.odds[here][step]
            here = node.below[step]
        assert name == TREE.nodes[start].id
        total = [t + p * float(v) for t, v in zip(total, ends[at], strict=True)]
    return total


@pytest.mark.parametrize("precision", [0.0, 3.0, 30.0, 400.0])
def test_the_equations_hold(precision):
    for at in range(5):
        parameters = one(crowd(5, 30), at)
        assert residual(quantal.solve(TREE, parameters, precision), parameters) < 1e-12


def test_with_no_precision_every_move_is_equally_likely():
    found = quantal.solve(TREE, DEFAULTS, 0)
    for at, node in enumerate(TREE.nodes):
        if node.player and node.player != CHANCE:
            assert found.odds[at] == pytest.approx([1 / len(node.moves)] * len(node.moves))


def test_with_much_precision_everybody_does_what_is_best():
    found, best = quantal.solve(TREE, DEFAULTS, 1e5), solve(TREE, DEFAULTS)
    for at, node in enumerate(TREE.nodes):
        if node.player and node.player != CHANCE:
            assert found.odds[at][best.choice[at]] == pytest.approx(1, abs=1e-9)
    assert found.values[0] == pytest.approx([float(v) for v in best.values[0]], abs=1e-4)


def test_the_probability_of_passing_a_move_is_that_of_the_ends_behind_it():
    found = quantal.solve(TREE, DEFAULTS, 4)
    start = TREE.place("defy")
    total = sum(
        found.reach[at] / found.reach[start]
        for at, node in enumerate(TREE.nodes)
        if node.end and node.id.startswith("defy/") and "force" in node.id.split("/")
    )
    assert found.given(start, "force") == pytest.approx(total, abs=1e-14)
    assert 0 < total < 1


def test_the_batch_agrees():
    held = crowd(40, 31)
    precisions = np.linspace(0, 40, 40)
    found = batch.quantal(TREE, held, precisions, 40)
    defied = TREE.place("defy")
    used = found.given(defied, "force")
    for at in range(40):
        single = held.having(**{name: float(getattr(held, name)[at]) for name in held.__slots__[:-2]})
        alone = quantal.solve(TREE, single, float(precisions[at]))
        for node in range(len(TREE.nodes)):
            assert found.reach[node, at] == pytest.approx(alone.reach[node], abs=1e-12)
        assert used[at] == pytest.approx(alone.given(defied, "force"), abs=1e-12)


@pytest.mark.parametrize("precision", [2.0, 12.0, 60.0])
def test_the_curve_through_one_type_of_each_side_is_the_same_equilibrium(precision):
    alone = quantal.solve(TREE, DEFAULTS, precision)
    game = private.Private(
        TREE,
        DEFAULTS,
        (private.Type("a", 1, DEFAULTS.federal_force_cost),),
        (private.Type("b", 1, DEFAULTS.state_force_cost),),
    )
    found = branch.follow(game, precision)
    for (at, _), odds in game.odds(found.logs).items():
        assert odds == pytest.approx(alone.odds[at], abs=1e-10)
    assert found.residual < 1e-10
    assert game.used(found.logs, "force") == pytest.approx(alone.given(TREE.place("defy"), "force"), abs=1e-10)


def test_a_negative_precision_is_refused():
    with pytest.raises(ValueError, match="zero or more"):
        quantal.solve(TREE, DEFAULTS, -1)
    with pytest.raises(ValueError, match="zero or more"):
        quantal.solve(TREE, DEFAULTS, float("nan"))
