"""Every rule by every question of coalitions and plans, against trying every world."""

from __future__ import annotations

from functools import cache

import pytest

from assent.circuit.nodes import gates, read_once
from tests.counting.brute import Brute
from tests.counting.zoo import NOT_MONOTONE, ZOO

coalitions = pytest.importorskip("assent.folds.coalitions")
plans = pytest.importorskip("assent.folds.plan")
GOALS = ("meet", "block")


@cache
def tried(name, goal):
    return Brute(ZOO[name], block=goal == "block")


def taken(takes):
    """The first so many of the alike."""
    return {leaf for take in takes for leaf in take.ids[: take.count]}


def shares(node):
    """Whether a leaf or a crowd stands in two places."""
    bodies = [(gate.act, gate.body) for gate in gates(node) if gate.members]
    return not read_once(node) or len(set(bodies)) < len(bodies)


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("rule", ZOO)
def test_how_many_coalitions(rule, goal):
    assert coalitions.count(ZOO[rule], goal) == tried(rule, goal).winning


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("rule", ZOO)
def test_the_fewest(rule, goal):
    brute = tried(rule, goal)
    found = coalitions.fewest(ZOO[rule], goal)
    wanted = brute.cheapest(dict.fromkeys(brute.leaves, 1))
    assert (None if found is None else found.cost) == wanted


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("rule", ZOO)
def test_minimal_coalitions(rule, goal):
    brute = tried(rule, goal)
    wanted = brute.minimal()
    empty = brute.holds(set())  # then nobody is needed, and the empty coalition is the only minimal one
    found = coalitions.minimal(ZOO[rule], 10_000, goal)
    assert found.count == (1 if empty else len(wanted))
    assert found.complete
    assert sum(kind.stands_for for kind in found.listed) == found.count
    for kind in found.listed:
        assert frozenset(taken(kind.members)) in (wanted or {frozenset()})


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("rule", ZOO)
def test_who_is_in_how_many(rule, goal):
    brute = tried(rule, goal)
    wanted = brute.minimal()
    for leaf in {brute.leaves[0], brute.leaves[len(brute.leaves) // 2], brute.leaves[-1]}:
        found = coalitions.belongs(ZOO[rule], leaf, goal)
        assert found.minimal == sum(leaf in coalition for coalition in wanted)


@pytest.mark.parametrize("method", ["", "knapsack", "program"])
@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("rule", ZOO)
def test_the_cheapest_by_every_method(rule, goal, method):
    brute = tried(rule, goal)
    cost = {leaf: 3 + (5 * place) % 13 for place, leaf in enumerate(brute.leaves)}
    wanted = brute.cheapest(cost)
    asked = "pass" if goal == "meet" else goal
    effort = plans.Effort(best=1, method=method)
    try:
        found = plans.plan(ZOO[rule], asked, cost, effort=effort)
    except ValueError as error:
        if method == "knapsack" and "need the method 'program'" in str(error) and shares(ZOO[rule]):
            return  # a knapsack needs parts that are independent
        raise
    assert found.cost == wanted
    if wanted is not None:
        assert found.proof == "optimal"
        chosen = taken(found.members)
        assert brute.holds(chosen)
        assert sum(cost[leaf] for leaf in chosen) == wanted


@pytest.mark.parametrize("name", NOT_MONOTONE)
def test_what_is_not_monotone_is_refused(name):
    for ask in (coalitions.count, coalitions.minimal):
        with pytest.raises(ValueError, match="exception"):
            ask(NOT_MONOTONE[name])
    with pytest.raises(ValueError, match="exception"):
        plans.plan(NOT_MONOTONE[name], "pass")
