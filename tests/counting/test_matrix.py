"""Every rule by every index by every method, against trying every world."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given

from assent.circuit import flatten
from assent.circuit.nodes import Gate, Leaf
from assent.folds.counting import alike, prepared, schedule, sweep
from tests.counting.brute import INDICES, Brute, ids
from tests.counting.crowds import Crowds
from tests.counting.measured import foreseen, measure, spread
from tests.counting.zoo import LARGE, NOT_MONOTONE, SMALL, ZOO
from tests.helpers import steady

CLOSE = 1e-11
UNEQUAL = [i for i in INDICES if i != "birnbaum"]


@cache
def tried(name):
    return Brute(ZOO[name])


def chances(leaves):
    """A probability of its own for every leaf, neither all alike nor all on one side of a half."""
    return {leaf: Fraction(3 + (7 * place) % 11, 17) for place, leaf in enumerate(leaves)}


def close(found, wanted):
    return abs(Fraction(found) - wanted) <= CLOSE * max(abs(wanted), Fraction(1, 10**6))


def differences(found, wanted):
    assert set(found) == set(wanted), "not the same leaves"
    return {leaf: (found[leaf], float(wanted[leaf])) for leaf in wanted if not close(found[leaf], wanted[leaf])}


@pytest.mark.parametrize("index", UNEQUAL)
@pytest.mark.parametrize("rule", ZOO)
def test_every_rule_by_every_index(rule, index):
    brute = tried(rule)
    found = measure().power(ZOO[rule], index)
    values = spread(found)
    assert not differences({leaf: value.normalized for leaf, value in values.items()}, brute.normalized(index))
    if index not in {"johnston", "deegan-packel", "holler"}:
        assert not differences({leaf: value.value for leaf, value in values.items()}, brute.value(index))
    assert found.method
    assert all(value.value >= 0 for value in values.values())
    assert sum(value.members for value in found.values) == brute.n


# What makes the folds choose a method, and what makes them choose another: module, name, value.
METHODS = {
    "rounded rather than whole numbers": {"counting.integers.MOST_WORK": -1},
    "diagrams for every weighted vote": {"counting.schedule.HEAVY": -1, "counting.schedule.FEW": 99},
    "fewer nodes, then twice as many": {"counting.shapley.DIRECT": 2},
    "alike members term by term": {"counting.alike.EXACT_UP_TO": 0, "counting.alike.MANY": 0},
    "one child after another": {"counting.product.WORK": -1},
    "sums by blocks, kept for a moment": {"counting.recursion.BLOCK": 0, "counting.recursion.KEEP": 1},
}


@pytest.fixture
def nothing_kept():
    """What is kept for when it is asked again was made by another method; so will be what is kept after this."""
    kept = (flatten._plain, schedule._everybody, prepared._prepared, sweep._sweeper, alike.peak, alike._side)
    for one in kept:
        one.cache_clear()
    yield
    for one in kept:
        one.cache_clear()


@pytest.mark.usefixtures("nothing_kept")
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("rule", ZOO)
def test_every_rule_by_every_method(rule, method, monkeypatch):
    for place, value in METHODS[method].items():
        monkeypatch.setattr(f"assent.folds.{place}", value)
    brute = tried(rule)
    for index in ("banzhaf", "shapley-shubik", "coleman-initiate", "coleman-prevent"):
        found = measure().power(ZOO[rule], index)
        values = {leaf: value.value for leaf, value in spread(found).items()}
        assert not differences(values, brute.value(index)), f"{index}: {found.method}"
    given = chances(brute.leaves)
    values = spread(measure().power(ZOO[rule], "birnbaum", {leaf: float(p) for leaf, p in given.items()}))
    assert not differences({leaf: value.value for leaf, value in values.items()}, brute.value("birnbaum", given))


@pytest.mark.parametrize("rule", ZOO)
def test_birnbaum_with_a_probability_for_each(rule):
    brute, given = tried(rule), chances(tried(rule).leaves)
    found = spread(measure().power(ZOO[rule], "birnbaum", {leaf: float(p) for leaf, p in given.items()}))
    assert not differences({leaf: value.value for leaf, value in found.items()}, brute.value("birnbaum", given))
    assert not differences(
        {leaf: value.normalized for leaf, value in found.items()}, brute.normalized("birnbaum", given)
    )


@pytest.mark.parametrize("rule", ZOO)
def test_an_error_bound_holds_and_says_something(rule):
    for index in ("banzhaf", "shapley-shubik"):
        found = measure().power(ZOO[rule], index)
        bound = found.error_bound if found.error_bound is not None else 2**-52
        assert bound < 1e-9
        for leaf, value in spread(found).items():
            wanted = tried(rule).value(index)[leaf]
            assert abs(Fraction(value.value) - wanted) <= Fraction(bound) * wanted


@pytest.mark.parametrize("rule", ZOO)
def test_swings_and_winning_coalitions_are_exact(rule):
    brute = tried(rule)
    assert measure().count_winning(ZOO[rule]) == brute.winning
    for value in spread(measure().power(ZOO[rule], "banzhaf")).items():
        assert value[1].swings == brute.swings[value[0]]


@pytest.mark.parametrize("name", NOT_MONOTONE)
@pytest.mark.parametrize("index", UNEQUAL)
def test_what_is_not_monotone_is_refused_by_name(name, index):
    with pytest.raises(ValueError, match=NOT_MONOTONE[name].id if name == "a veto by petition" else "ban"):
        measure().power(NOT_MONOTONE[name], index)


@steady(150)
@given(SMALL)
def test_random_circuits(node):
    compare(node)


@steady(15)
@given(LARGE.filter(lambda node: 14 <= len(ids(node)) <= 18))
def test_random_circuits_of_up_to_eighteen(node):
    compare(node)


def compare(node):
    """Every index, and the count, of one circuit."""
    brute = Brute(node)
    assert measure().count_winning(node) == brute.winning
    if brute.winning in (0, 1 << brute.n):
        return
    for index in UNEQUAL:
        found = {leaf: value.normalized for leaf, value in spread(measure().power(node, index)).items()}
        assert not differences(found, brute.normalized(index)), index
    believed = chances(brute.leaves)
    assert close(
        foreseen().chance(node, {leaf: float(p) for leaf, p in believed.items()}).probability, brute.chance(believed)
    )


@pytest.mark.parametrize("rule", [rule for rule in ZOO if "crowd" in rule or "chamber" in rule])
def test_the_two_oracles_agree(rule):
    crowds, brute = Crowds(ZOO[rule]), tried(rule)
    assert crowds.winning == brute.winning
    for index in UNEQUAL:
        wanted = brute.normalized(index)
        for kind, value in crowds.normalized(index).items():
            assert value == wanted[f"{kind}/1" if crowds.kinds[kind] > 1 else kind]


def test_no_circuit_of_the_zoo_is_too_large():
    assert max(tried(rule).n for rule in ZOO) <= 16


@pytest.mark.parametrize("rule", [*ZOO, *NOT_MONOTONE])
def test_chance_with_a_probability_for_each(rule):
    node = ZOO.get(rule) or NOT_MONOTONE[rule]
    brute = Brute(node)
    given = chances(brute.leaves)
    found = foreseen().chance(node, {leaf: float(p) for leaf, p in given.items()})
    wanted = brute.chance(given)
    assert close(found.probability, wanted)
    assert close(found.complement, 1 - wanted)
    slopes = {leaf: one.value for one in found.gradients for leaf in one.ids()}
    assert not differences(slopes, {leaf: brute.chance(given, leaf) for leaf in brute.leaves})


HALL, BASE = 600, 211
YES = tuple(1 + (37 * place) % 190 for place in range(HALL))


@cache
def distribution(left_out=None):
    """How many of the hall say yes, without one of them: ways for each number, of BASE to the power of all."""
    row = [1]
    for place, a in enumerate(YES):
        if place != left_out:
            row = [x * (BASE - a) + y * a for x, y in zip([*row, 0], [0, *row], strict=True)]
    return row


@pytest.mark.parametrize("need", [0, 1, 120, 200, 260, 330, 420, 599, 600, 601])
def test_so_many_of_six_hundred_unequal_members(need):
    """The exact distribution in whole numbers: middle, both tails and what cannot be, with three of the slopes."""
    node = Gate("hall", "", need, tuple(Leaf("vote", f"m{place}") for place in range(HALL)))
    found = foreseen().chance(node, {f"vote:m{place}": a / BASE for place, a in enumerate(YES)})
    wanted = Fraction(sum(distribution()[need:]), BASE**HALL)
    assert abs(Fraction(found.probability) - wanted) <= CLOSE * wanted
    assert abs(Fraction(found.complement) - (1 - wanted)) <= CLOSE * (1 - wanted)
    slopes = {leaf: one.value for one in found.gradients for leaf in one.ids()}
    for place in (0, 299, 599):
        row = [0, *distribution(place), 0]  # one place further, so that a need of 0 and of 601 have nobody to decide
        slope = Fraction(row[need], BASE ** (HALL - 1))
        assert abs(Fraction(slopes[f"vote:m{place}"]) - slope) <= CLOSE * slope
