"""Plans beside every world of random circuits, and at full size."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from assent.circuit.nodes import Except, Gate, Leaf
from assent.folds.game import Options, game
from assent.folds.needed import needed
from assent.folds.plan import Effort, Limit, plan
from assent.folds.terms import Register
from assent.folds.verdict import Verdict
from assent.inquiries.filed.needs import Census, structure
from assent.inquiries.jurisdiction import Jurisdiction
from assent.law.doctrine import read_doctrine
from tests.counting.worlds import Worlds, chambers, circuit

PASS, FAIL = Verdict.PASS, Verdict.FAIL


def won(coalition):
    return frozenset(leaf for take in coalition.members for leaf in take.ids[: take.count])


def limited(worlds, total, limit):
    kept = np.ones(1 << worlds.size, bool)
    if limit.most is not None:
        kept &= total <= limit.most
    if limit.least is not None:
        kept &= total >= limit.least
    return kept


def prices(draw, leaves):
    kind = draw.random()
    if kind < 0.5:
        return {leaf: draw.randint(0, 6) for leaf in leaves}
    if kind < 0.75:
        return {leaf: draw.randint(1, 400) / 64 for leaf in leaves}
    return {leaf: Fraction(draw.randint(1, 9), draw.randint(1, 6)) for leaf in leaves}


@pytest.mark.parametrize("seed", range(160))
def test_the_best_coalitions_are_what_the_worlds_say(seed):
    draw = random.Random(seed)
    node = circuit(seed + 2000, 12)
    worlds = Worlds(node)
    goal = draw.choice(["pass", "block"])
    cost = prices(draw, worlds.ids)
    settled = {leaf: draw.choice([PASS, FAIL]) for leaf in worlds.ids if draw.random() < 0.15}
    include = [leaf for leaf in worlds.ids if draw.random() < 0.06]
    exclude = [leaf for leaf in worlds.ids if draw.random() < 0.06]
    limits = []
    if draw.random() < 0.5:
        weights = {leaf: draw.randint(1, 5) for leaf in worlds.ids if draw.random() < 0.6}
        most = draw.randint(0, 12) if draw.random() < 0.6 else None
        least = draw.randint(0, 8) if draw.random() < 0.4 else None
        limits = [Limit("some", weights, most, least, settled=draw.random() < 0.5)]
    favour = {leaf: (verdict is PASS) == (goal == "pass") for leaf, verdict in settled.items()}
    feasible = worlds.wins.copy() if goal == "pass" else worlds.dual(worlds.wins)
    for leaf, said in favour.items():
        feasible &= worlds.leaf[leaf] == said
    for leaf in include:
        feasible &= worlds.leaf[leaf]
    for leaf in exclude:
        feasible &= ~worlds.leaf[leaf] | np.bool_(favour.get(leaf, False))
    for limit in limits:
        counted = {leaf: w for leaf, w in limit.weights.items() if limit.settled or leaf not in favour}
        feasible &= limited(worlds, worlds.sum(counted), limit)
    scaled = {leaf: int(Fraction(cost[leaf]) * 64 * 60) for leaf in worlds.ids if leaf not in favour}
    bills = worlds.sum(scaled)
    asked = {"settled": settled, "include": include, "exclude": exclude, "limits": limits}
    for method in ("", "program"):
        found = plan(node, goal, cost, **asked, effort=Effort(best=4, method=method))
        if not feasible.any():
            assert (found.cost, found.proof) == (None, "impossible")
            continue
        got = [found, *found.next_best]
        assert found.proof == "optimal"
        assert [Fraction(c.cost) * 3840 for c in got] == sorted(Fraction(c.cost) * 3840 for c in got)
        assert found.cost == Fraction(int(bills[feasible].min()), 3840)
        least = {worlds.who(int(w)).difference(favour): int(bills[w]) for w in np.flatnonzero(worlds.minimal(feasible))}
        if min(cost.values()) > 0:
            assert all(won(c) in least for c in got)
            fixed = {**dict.fromkeys(exclude, False), **dict.fromkeys(include, True), **favour}
            best = distinct(node, goal, cost, fixed, limits[0].weights if limits else {}, least)[:4]
            assert [Fraction(c.cost) * 3840 for c in got] == best


def distinct(node, goal, cost, fixed, weights, least):
    """The costs of the minimal coalitions, those that differ only in alike members once."""
    made = game(node, Options(goal == "block", fixed=fixed, mark=lambda leaf: (cost[leaf], weights.get(leaf))))
    kinds = {}
    for who, bill in least.items():
        kinds.setdefault(tuple(sorted(str(made.place.get(x, (cost[x], weights.get(x)))) for x in who)), bill)
    return sorted(kinds.values())


@pytest.mark.parametrize("seed", range(150))
def test_gates_by_name_and_constraints_on_them_are_what_the_worlds_say(seed):
    draw = random.Random(seed)
    node = chambers(seed)
    worlds = Worlds(node)
    gates = {gate.unit: gate for gate in node.children if isinstance(gate, Gate)}
    goal = draw.choice(["pass", "block"])
    cost = dict(zip(worlds.ids, draw.sample(range(1, 90), worlds.size), strict=True))
    settled = {unit: draw.choice([PASS, FAIL]) for unit in gates if draw.random() < 0.1}
    include = [unit for unit in gates if draw.random() < 0.15]
    exclude = [unit for unit in gates if draw.random() < 0.1]
    limits = []
    for named in (worlds.ids, list(gates)):
        weights = {name: draw.randint(-1, 5) for name in named if draw.random() < 0.6}
        if weights and draw.random() < 0.5:
            most = draw.randint(0, 8) if draw.random() < 0.7 else None
            least = draw.randint(0, 5) if draw.random() < 0.4 else None
            limits.append(Limit("l", weights, most, least, gates=named != worlds.ids, settled=draw.random() < 0.7))
    said = {unit: verdict is PASS for unit, verdict in settled.items()}

    def truth(part):
        table = worlds.met(part, said)
        return table if goal == "pass" else worlds.dual(table)

    feasible = truth(node)
    for unit in include:
        feasible &= truth(gates[unit])
    for unit in exclude:
        for leaf in Worlds(gates[unit]).ids:
            feasible &= ~worlds.leaf[leaf]
    for limit in limits:
        if limit.gates:
            on = {unit: w for unit, w in limit.weights.items() if limit.settled or unit not in settled}
            total = sum((truth(gates[unit]) * w for unit, w in on.items()), np.zeros(1 << worlds.size, int))
        else:
            total = worlds.sum(limit.weights)
        feasible &= limited(worlds, total, limit)
    bills = worlds.sum(cost)
    for best in (1, 3):
        asked = {"settled": settled, "include": include, "exclude": exclude, "limits": limits}
        found = plan(node, goal, cost, **asked, effort=Effort(best=best))
        if not feasible.any():
            assert (found.cost, found.proof) == (None, "impossible")
            continue
        want = sorted(int(bills[w]) for w in np.flatnonzero(worlds.minimal(feasible)))[:best]
        assert [found.cost, *(c.cost for c in found.next_best)] == want
        assert found.proof == "optimal"


def test_prices_by_name_the_nearest_goes_first():
    state = Gate("", "", 1, (Gate("", "", 2, act="v", body="X/lower", members=3, unit=""),), unit="X")
    node = Gate("", "", 2, (state, Leaf("v", "president")))
    assert plan(node, "pass", {"X": 5, "X/lower/2": 1, "v:president": 10}).cost == 16
    assert plan(node, "pass", {"X": 5, "X/lower": 3, "president": Fraction(1, 2)}).cost == Fraction(13, 2)
    assert plan(node, "pass", {"X": 5}).proof == "impossible"
    assert plan(node, "pass", {"X": 5}, effort=Effort(otherwise=2)).cost == 12
    assert plan(node, "pass").cost == 3


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("-1", {"cost": {"a": -1}}),
        ("nan", {"cost": {"a": float("nan")}}),
        ("inf", {"cost": {"a": float("inf")}}),
        ("'much'", {"cost": {"a": "much"}}),
        ("True", {"cost": {"a": True}}),
        ("'z' is nobody", {"cost": {"z": 1}}),
        ("'z' is nobody", {"settled": {"z": PASS}}),
        ("'z' is nobody", {"include": ["z"]}),
        ("'z' is nobody", {"exclude": ["z"]}),
        ("'z' is nobody", {"limits": [Limit("l", {"z": 1}, 1)]}),
        ("nan", {"limits": [Limit("l", {"a": float("nan")}, 1)]}),
        ("leaf, not a gate", {"limits": [Limit("l", {"a": 1}, 1, gates=True)]}),
    ],
)
def test_bad_terms_are_refused(words, asked):
    node = Gate("g", "", 2, tuple(Leaf("v", s) for s in "abc"))
    with pytest.raises(ValueError, match=words):
        plan(node, "pass", **asked)


def test_what_is_not_monotone_is_refused():
    node = Except("x", "the veto", Leaf("v", "a"), Leaf("v", "b"))
    with pytest.raises(ValueError, match="the veto"):
        plan(node, "pass")
    with pytest.raises(ValueError, match="the veto"):
        needed(node, {})
    with pytest.raises(ValueError, match="to pass or to block"):
        plan(Leaf("v", "a"), "meet")


def test_who_cannot_be_in_and_must_be():
    node = Gate("g", "", 2, tuple(Leaf("v", s) for s in "abc"))
    assert plan(node, "pass", include=["a"], exclude=["a"]).reason == "the coalition must hold a and cannot"
    assert plan(node, "pass", include=["a"], settled={"a": FAIL}).proof == "impossible"
    assert plan(node, "pass", settled={"a": PASS, "b": PASS}).cost == 0
    assert plan(node, "block", settled={"a": PASS, "b": PASS}).proof == "impossible"


@pytest.fixture(scope="module")
def amendment():
    place = Jurisdiction("us")
    census = Census(place, date(2026, 6, 15))
    expand = structure(census, read_doctrine(place.law, []), {"state": ""})
    node = expand.of("us/article-v")
    return census, node, list(Register(node).leaves)


@pytest.mark.parametrize("goal", ["pass", "block"])
@pytest.mark.parametrize("price", ["one", "party", "own"])
def test_both_methods_agree_at_full_size(amendment, goal, price):
    _, node, leaves = amendment
    draw = random.Random(3)
    cost = {
        "one": dict.fromkeys(leaves, 1),
        "party": {leaf: draw.choice([1, 4, 9]) for leaf in leaves},
        "own": {leaf: draw.random() for leaf in leaves},
    }[price]
    exact, solved = (plan(node, goal, cost, effort=Effort(method=method)) for method in ("knapsack", "program"))
    assert (exact.method, solved.method) == ("knapsack", "program")
    assert exact.proof == solved.proof == "optimal"
    assert exact.cost == solved.cost
    assert [c.cost for c in exact.next_best] == [c.cost for c in solved.next_best]


def test_side_constraints_at_full_size(amendment):
    census, node, leaves = amendment
    draw = random.Random(5)
    states = [code for code, _ in census.states]
    cost = {leaf: draw.random() for leaf in leaves}
    people = sum(census.population.values())
    limits = [
        Limit("people", census.population, least=people * 7 // 10, gates=True),
        Limit("every fourth", dict.fromkeys(states[::4], 1), most=5, gates=True),
        Limit("third seats", {leaf: 1 for leaf in leaves if leaf.endswith("/3")}, most=40),
    ]
    found = plan(node, "pass", cost, limits=limits, include=["CA", "us/senate/5"], exclude=["TX"])
    free = plan(node, "pass", cost)
    assert (found.proof, len(found.next_best)) == ("optimal", 3)
    assert found.cost > free.cost
    who = won(found)
    assert "propose:us/senate/5" in who
    assert not any(leaf.startswith("ratify:TX/") for leaf in who)
    assert sum(leaf.endswith("/3") for leaf in who) <= 40
    carried = {code for code in states if any(leaf.startswith(f"ratify:{code}/") for leaf in who)}
    assert len(carried & set(states[::4])) <= 5
    assert sum(census.population[code] for code in carried) >= people * 7 // 10
    assert game(node, Options(fixed={leaf: leaf in who for leaf in leaves})).root is True


@pytest.mark.parametrize("goal", ["pass", "block"])
def test_a_party_of_members_with_prices_of_their_own(amendment, goal):
    _, node, leaves = amendment
    draw = random.Random(7)
    cost = {leaf: draw.random() for leaf in leaves}
    party = {leaf for leaf in leaves if draw.random() < 0.5}
    free = plan(node, goal, cost, effort=Effort(best=1))
    most = len(won(free) & party) * 4 // 5
    found = plan(node, goal, cost, limits=[Limit("party", dict.fromkeys(party, 1), most)], effort=Effort(best=1))
    assert found.proof == "optimal"
    assert len(won(found) & party) <= most
    assert found.cost > free.cost


def test_what_is_still_needed(amendment):
    census, node, _ = amendment
    states = [code for code, _ in census.states]
    settled = {f"ratify:{code}": PASS for code in states[:35]} | {f"ratify:{code}": FAIL for code in states[35:40]}
    settled |= {f"us/house/{i}": PASS for i in range(1, 290)}
    house, senate, ratify = needed(node, settled)
    assert (house.needs, house.open, house.spare) == (1, 146, 145)
    assert (senate.needs, senate.met) == (67, 0)
    assert (ratify.needs, ratify.open, ratify.met, ratify.lost) == (3, 10, 35, 5)
    found = plan(node, "pass", settled=settled)
    assert found.size == found.cost
    assert not any(leaf.startswith(f"ratify:{code}/") for leaf in won(found) for code in states[:40])
    assert needed(node, {f"ratify:{code}": FAIL for code in states[:13]}) is None
    assert needed(Gate("g", "", 1, (Leaf("v", "a"),)), {"a": PASS}) == ()
