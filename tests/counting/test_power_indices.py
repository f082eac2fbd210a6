"""Every index on random circuits against every coalition; the size of the real thing; what is refused."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise
from math import comb, log

import pytest

from assent.circuit.flatten import flatten
from assent.circuit.nodes import Except, Gate, Leaf
from assent.folds.chance import chance
from assent.folds.counting import integers, minimal
from assent.folds.counting.schedule import schedule
from assent.folds.power import INDICES, count_winning, power, swings
from tests.counting.circuits import Brute, random_circuit

TIGHT = 1e-13


@pytest.mark.parametrize("seed", range(240))
def test_every_index_is_that_of_every_coalition(seed):
    rng = random.Random(seed)
    node = random_circuit(rng, actors=rng.randint(1, 8), shared=seed % 2 == 1, heavy=seed % 5 == 0)
    brute = Brute(node)
    p = {x: Fraction(rng.randint(0, 8), 8) for x in brute.ids}
    assert count_winning(node) == brute.winning
    exact = brute.swings()
    for index in INDICES:
        wanted = brute.index(index, p)
        said = {x: float(v) for x, v in p.items()} if index == "birnbaum" else None
        found = {i: v for v in power(node, index, said).values for i in v.ids()}
        total = sum(wanted.values())
        for leaf, value in wanted.items():
            assert found[leaf].value == pytest.approx(float(value), rel=TIGHT, abs=0)
            assert found[leaf].normalized == pytest.approx(float(value / total) if total else 0.0, rel=TIGHT)
            assert found[leaf].swings in (None, exact[leaf])


@pytest.mark.parametrize(("seed", "shared"), [(1, False), (2, True), (3, False), (4, True)])
def test_eighteen_actors(seed, shared):
    rng = random.Random(seed)
    node = next(n for n in iter(lambda: random_circuit(rng, actors=14, shared=shared), None) if len(Brute(n).ids) > 10)
    brute = Brute(node)
    assert {i: v.swings for v in power(node, "banzhaf").values for i in v.ids()} == brute.swings()
    for index in ("shapley-shubik", "johnston", "holler"):
        found = {i: v.value for v in power(node, index).values for i in v.ids()}
        assert found == pytest.approx({x: float(v) for x, v in brute.index(index).items()}, rel=TIGHT)


@pytest.mark.parametrize("seed", range(60))
def test_circuits_with_exceptions_can_be_counted(seed):
    rng = random.Random(seed)
    node = random_circuit(rng, actors=6, shared=seed % 2 == 0, exceptions=True)
    assert count_winning(node) == Brute(node).winning


def test_an_exception_is_refused_by_name():
    node = Gate("g", "", 1, (Except("turnout", "", Leaf("vote", "a"), Leaf("vote", "b")),))
    with pytest.raises(ValueError, match="turnout: an exception is not monotone"):
        power(node, "banzhaf")
    with pytest.raises(ValueError, match="turnout"):
        swings(node)


def test_an_unknown_index_is_refused():
    with pytest.raises(ValueError, match="no index of power; valid: banzhaf"):
        power(Leaf("vote", "a"), "banzaf")
    with pytest.raises(ValueError, match="asks for probabilities"):
        power(Leaf("vote", "a"), "birnbaum")


def legislature(unit, sizes):
    chambers = tuple(Gate(f"{unit}/{i}", "", n // 2 + 1, act="ratify", body=f"{unit}/{i}", members=n)
                     for i, n in enumerate(sizes))  # fmt: skip
    return Gate(unit, "", len(chambers), chambers)


def federation(states=50, need=38):
    """A compound of the size of Article V, of which no law is known."""
    rng = random.Random(5)
    congress = Gate("congress", "", 2, (Gate("h", "", 290, act="propose", body="house", members=435),
                                        Gate("s", "", 67, act="propose", body="senate", members=100)))  # fmt: skip
    units = tuple(legislature(f"s{i}", (rng.randint(40, 400), rng.randint(20, 60))) for i in range(states))
    return Gate("amend", "", 2, (congress, Gate("ratify", "", need, units)))


def test_shapley_adds_up_and_banzhaf_is_exact_at_full_size():
    node = federation()
    found = power(node, "shapley-shubik")
    assert found.total == pytest.approx(1.0, abs=1e-12)
    assert found.error_bound < 1e-11
    ratio = Fraction(sum(v.swings * v.members for v in power(node, "banzhaf").values), count_winning(node))
    assert ratio > 0
    exact, float_ = power(node, "banzhaf"), power(node, "birnbaum", {"*": 0.5})
    assert exact.method == "exact integers"
    assert exact.error_bound is None
    for a, b in zip(exact.values, float_.values, strict=True):
        assert a.log10 == pytest.approx(b.log10, rel=0, abs=5e-12)
        assert b.value == pytest.approx(a.value, rel=1e-11)


@pytest.mark.parametrize(("yes", "of"), [(1, 2), (3, 5), (1, 20), (1, 10**6)])
def test_rational_probabilities_at_full_size(yes, of):
    """Exact whole numbers beside logarithms, down to tails of 1e-20000."""
    node = federation()
    flat = flatten(node)
    plan = schedule(flat)
    ways, against = [yes] * plan.slots, [of - yes] * plan.slots
    inner, slopes = {}, [0] * plan.slots
    for step in plan.steps:
        ways[step.slot], against[step.slot], inner[step.slot] = integers.count(step, ways, against)
    slopes[plan.root] = 1
    for step in reversed(plan.steps):
        for slot, pivot in zip(step.below, inner[step.slot], strict=True):
            slopes[slot] = slopes[step.slot] * pivot
    found = power(node, "birnbaum", {"*": float(Fraction(yes, of))})
    whole = flat.size * log(of)
    tight = 1e-11 if of < 10**9 else 1e-14 * whole  # a float is no exact fraction: its error counts once for each vote
    got = chance(node, {"*": float(Fraction(yes, of))})
    assert got.log10 * log(10) == pytest.approx(log(ways[plan.root]) - whole, rel=1e-15, abs=tight)
    for value, slot in zip(found.values, plan.leaf, strict=True):
        assert value.log10 * log(10) == pytest.approx(log(slopes[slot]) - whole + log(of), rel=1e-15, abs=tight)


def test_a_crowd_of_ten_thousand_has_no_negative_index():
    node = Gate("k", "", 5001, act="vote", body="crowd", members=10_000)
    value = power(node, "banzhaf").values[0]
    assert value.swings == comb(9_999, 5_000)
    assert power(node, "shapley-shubik").values[0].value == pytest.approx(1e-4, rel=1e-11)
    assert value.log10 == pytest.approx((log(comb(9_999, 5_000)) - 9_999 * log(2)) / log(10), rel=1e-12)


def test_the_security_council():
    """5 permanent members with a veto, 10 elected, 9 votes: 421/2145 and 4/2145 (Shapley–Shubik)."""
    council = tuple(Leaf("vote", f"m{i}") for i in range(15))
    node = Gate("resolution", "", 39, council, weights=(7,) * 5 + (1,) * 10)
    found = {v.id: v.value for v in power(node, "shapley-shubik").values}
    assert found["vote:m0"] == pytest.approx(421 / 2145, rel=1e-14)
    assert found["vote:m9"] == pytest.approx(4 / 2145, rel=1e-14)


def test_an_index_out_of_reach_says_why():
    rng = random.Random(3)
    weights = tuple(rng.randint(1, 10**9) for _ in range(80))
    node = Gate("fund", "", sum(weights) // 2, tuple(Leaf("vote", f"m{i}") for i in range(80)), weights=weights)
    with pytest.raises(ValueError, match=r"looks inside every coalition.* have large weights or share members"):
        power(node, "johnston")


def test_weights_to_the_vote():
    rng = random.Random(1)
    weights = tuple(rng.randint(1_000, 90_000) for _ in range(60))
    node = Gate("fund", "", sum(weights) // 2 + 1, tuple(Leaf("vote", f"m{i}") for i in range(60)), weights=weights)
    found = power(node, "banzhaf")
    assert found.error_bound is None or found.error_bound < 1e-9
    order = sorted(range(60), key=weights.__getitem__)
    values = [found.values[i].value for i in order]
    assert all(a <= b * (1 + 1e-12) for a, b in pairwise(values))


@pytest.mark.parametrize("seed", range(80))
def test_ranked_leaves_agree_with_every_coalition(seed, monkeypatch):
    rng = random.Random(seed)
    size = rng.randint(2, 8)
    leaves = tuple(Leaf("vote", f"m{i}") for i in range(size))
    weights = [tuple(sorted((rng.randint(1, 9) for _ in leaves), reverse=True)) for _ in range(3)]
    gates = [Gate(f"g{i}", "", rng.randint(1, sum(w)), leaves, weights=w) for i, w in enumerate(weights)]
    node = Gate("any", "", 1, (Gate("all", "", 2, tuple(gates[:2])), gates[2])) if seed % 2 else gates[0]
    brute = Brute(node)
    monkeypatch.setattr(minimal, "MOST_KINDS_OF_COALITION", 0)
    for index in ("johnston", "deegan-packel", "holler"):
        try:
            found = power(node, index)
        except ValueError:
            assert seed % 2, "one threshold can always be ranked"
            continue
        wanted = {x: float(v) for x, v in brute.index(index).items()}
        assert {v.id: v.value for v in found.values} == pytest.approx(wanted, rel=TIGHT)
