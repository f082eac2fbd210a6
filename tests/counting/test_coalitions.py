"""Coalitions beside every world of random circuits, and beside what is published."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import islice
from math import comb

import numpy as np
import pytest

from assent.circuit.names import person
from assent.circuit.nodes import Except, Gate, Leaf
from assent.folds.coalitions import belongs, cheapest, count, fewest, lightest, minimal
from assent.folds.game import Options, game
from assent.folds.pattern import pattern
from assent.folds.winning import Winning
from assent.inquiries.filed.needs import Census, structure
from assent.inquiries.jurisdiction import Jurisdiction
from assent.law.doctrine import read_doctrine
from tests.counting.circuits import met
from tests.counting.worlds import Worlds, circuit

GOALS = ("meet", "block")


def weighted(quota, *weights):
    return Gate("g", "", quota, tuple(Leaf("v", str(i)) for i in range(len(weights))), weights=weights)


def coalition(take):
    return frozenset(leaf for part in take for leaf in part.ids[: part.count])


@pytest.mark.parametrize("seed", range(120))
def test_all_that_is_counted_is_what_the_worlds_say(seed):
    node = circuit(seed)
    worlds = Worlds(node)
    for goal in GOALS:
        table = worlds.wins if goal == "meet" else worlds.dual(worlds.wins)
        least = worlds.minimal(table)
        assert count(node, goal) == table.sum()
        found = minimal(node, 10**6, goal)
        assert found.count == least.sum()
        assert found.complete
        assert sum(kind.stands_for for kind in found.listed) == found.count
        every = {worlds.who(int(w)) for w in np.flatnonzero(least)}
        assert len({coalition(kind.members) for kind in found.listed}) == len(found.listed) == found.kinds
        assert all(coalition(kind.members) in every for kind in found.listed)
        for leaf in worlds.ids:
            mine = int((least & worlds.leaf[leaf]).sum())
            said = belongs(node, leaf, goal)
            assert (said.minimal, said.of) == (mine, found.count)
            assert said.standing == ("none" if not mine else "all" if mine == found.count else "some")


@pytest.mark.parametrize("seed", range(80))
def test_the_fewest_and_the_lightest_are_what_the_worlds_say(seed):
    node = circuit(seed + 500)
    worlds = Worlds(node)
    sizes = worlds.sum(dict.fromkeys(worlds.ids, 1))
    weights = {leaf: (7 * i * i + seed) % 23 for i, leaf in enumerate(worlds.ids)}
    for goal in GOALS:
        table = worlds.wins if goal == "meet" else worlds.dual(worlds.wins)
        bill, share = fewest(node, goal), lightest(node, goal, weights)
        if not table.any():
            assert bill is None
            assert share is None
            continue
        assert bill is not None
        assert bill.cost == sizes[table].min() == sum(number for _, number in bill.who)
        assert share is not None
        assert share.proven
        assert share.weight == worlds.sum(weights)[table].min()
        who = {f"v:{actor}" for actor in coalition(share.who)}
        yes = who if goal == "meet" else set(worlds.ids) - who
        assert met(node, yes) == (goal == "meet")


def test_who_acts_twice_is_one_actor_or_two():
    apply, ratify = (
        Gate(act, "", need, tuple(Leaf(act, s) for s in "abcdef")) for act, need in (("apply", 4), ("ratify", 5))
    )
    both = Gate("both", "", 2, (apply, ratify))
    assert fewest(both, "meet").cost == 9
    assert fewest(both, "meet", per="actor").cost == 5
    assert count(both, per="actor") == 7
    assert minimal(both, per="actor").count == 6
    assert minimal(both).count == comb(6, 4) * 6
    assert lightest(both, "meet", dict.fromkeys("abcdef", 10)).share == Fraction(5, 6)
    assert lightest(both, "meet", dict.fromkeys("abcdef", 10), per="act").share == Fraction(9, 12)
    assert game(both, Options(name=person)).classes == (tuple("abcdef"),)


def test_an_exception_is_refused_by_name():
    node = Except("x", "the veto", Leaf("v", "a"), Leaf("v", "b"))
    for ask in (count, minimal, lambda n: fewest(n, "meet"), lambda n: belongs(n, "a"), pattern):
        with pytest.raises(ValueError, match="the veto"):
            ask(node)
    with pytest.raises(ValueError, match="below zero"):
        count(Gate("g", "odd", 1, (Leaf("v", "a"),), weights=(-1,)))


def test_decided_circuits():
    always, never = Gate("", "", 0, (Leaf("v", "a"),)), Gate("", "", 2, (Leaf("v", "a"),))
    assert (count(always), minimal(always).count, fewest(always, "meet").cost) == (2, 1, 0)
    assert (count(never), minimal(never).count, fewest(never, "meet")) == (0, 0, None)
    assert belongs(always, "a").standing == "none"


def test_an_unknown_or_ambiguous_name_is_refused():
    node = Gate("g", "", 2, (Leaf("apply", "a"), Leaf("ratify", "a")))
    with pytest.raises(ValueError, match="apply:a or ratify:a"):
        belongs(node, "a")
    assert belongs(node, "ratify:a").standing == "all"
    with pytest.raises(ValueError, match="'b' is nobody"):
        belongs(node, "b")


# Published games. Security Council: 848 winning coalitions with 10 elected members and a need of 9 (Taylor and Zwicker,
# Simple Games, 1999); the Council of 1958 and its dummy, and Nassau County 1964 and its three: Felsenthal and Machover,
# The Measurement of Voting Power, 1998.
SECURITY = Gate("", "", 2, (Gate("", "", 5, act="v", body="permanent", members=5), weighted(4, *[1] * 10)))
COUNCIL_1958 = weighted(12, 4, 4, 4, 2, 2, 1)
NASSAU_1964 = weighted(58, 31, 31, 28, 21, 2, 2)


def test_the_security_council():
    assert count(SECURITY) == 848
    assert (minimal(SECURITY).count, minimal(SECURITY).kinds) == (comb(10, 4), 1)
    assert (minimal(SECURITY, goal="block").count, minimal(SECURITY, goal="block").kinds) == (5 + comb(10, 7), 2)
    assert (fewest(SECURITY, "meet").cost, fewest(SECURITY, "block").cost) == (9, 1)
    assert belongs(SECURITY, "permanent/3").standing == "all"
    assert belongs(SECURITY, "3").standing == "some"
    assert count(weighted(39, *[7] * 5, *[1] * 10)) == 848
    assert minimal(weighted(39, *[7] * 5, *[1] * 10)).count == comb(10, 4)


def test_the_council_of_1958_and_nassau_county():
    assert (count(COUNCIL_1958), minimal(COUNCIL_1958).count) == (14, 4)
    assert [belongs(COUNCIL_1958, str(i)).standing for i in range(6)] == ["some"] * 5 + ["none"]
    assert minimal(NASSAU_1964).count == 3
    assert [belongs(NASSAU_1964, str(i)).minimal for i in range(6)] == [2, 2, 2, 0, 0, 0]


def test_cheapest_takes_weights():
    node = weighted(5, 3, 3, 2, 4)
    price = {"v:0": 5, "v:1": 2, "v:2": 1, "v:3": 9}
    bill = cheapest(node, "meet", lambda n: Fraction(price[n.id]) if isinstance(n, Leaf) else None)
    assert (bill.cost, bill.who) == (3, (("v:1", 0), ("v:2", 0)))
    bill = cheapest(node, "block", lambda n: Fraction(price[n.id]) if isinstance(n, Leaf) else None)
    assert bill.cost == 8


def test_groups_that_differ_only_in_who_is_in_them_are_one_kind():
    states = tuple(Gate(s, "", 2, act="v", body=s, members=3) for s in "abcde")
    node = Gate("", "", 3, states)
    found = minimal(node)
    assert (found.count, found.kinds) == (comb(5, 3) * 3**3, 1)
    assert found.listed[0].stands_for == found.count


def test_huge_weights_are_counted_by_their_sums():
    weights = [3**i * 10**9 + i for i in range(12)]
    node = weighted(sum(weights) // 2 + 1, *weights)
    worlds = Worlds(node)
    assert minimal(node).count == worlds.minimal(worlds.wins).sum()
    assert count(node) == worlds.wins.sum()


def test_a_double_majority_of_shared_members():
    sizes = [83, 67, 60, 47, 38, 19, 17, 11, 10, 10, 10, 9, 9]
    leaves = tuple(Leaf("v", str(i)) for i in range(13))
    people = Gate("people", "", 254, leaves, weights=tuple(sizes))
    node = Gate("", "", 1, (Gate("", "", 2, (Gate("", "", 8, leaves), people)), Gate("", "", 11, leaves)))
    worlds = Worlds(node)
    assert minimal(node).count == worlds.minimal(worlds.wins).sum()
    assert fewest(node, "block").cost == worlds.sum(dict.fromkeys(worlds.ids, 1))[worlds.dual(worlds.wins)].min()


@pytest.fixture(scope="module")
def amendment():
    place = Jurisdiction("us")
    census = Census(place, date(2026, 6, 15))
    expand = structure(census, read_doctrine(place.law, []), {"state": ""})
    return census, expand.of("us/article-v"), expand.of("us/article-v/convention")


def test_an_amendment_with_all_legislators(amendment):
    census, node, _ = amendment
    assert fewest(node, "block").who == (("propose:us/senate", 34),)
    found = minimal(node, 3)
    assert len(found.listed) == 3
    assert all(kind.size >= fewest(node, "meet").cost for kind in found.listed)
    senator = belongs(node, "us/senate/3")
    assert Fraction(senator.minimal, senator.of) == Fraction(67, 100)
    assert belongs(node, "us/senate").standing == "all"
    assert belongs(node, "CA").standing == "some"
    share = lightest(node.children[1], "block", census.population)
    smallest = sorted(census.population.values())[:13]
    assert (share.weight, len(share.who)) == (sum(smallest), 13)
    assert pattern(node).text().startswith("290 of propose:us/house, 67 of propose:us/senate, 38 of 50 {")


def test_a_convention_called_and_ratified_by_the_same_people(amendment):
    census, _, node = amendment
    ratify = lightest(node.children[2], "meet", census.population)
    weights = {**census.population, **{f"{state}/delegation": 0 for state in census.population}}
    assert lightest(node, "meet", weights).weight == ratify.weight
    once, twice = fewest(node, "meet", per="actor").cost, fewest(node, "meet").cost
    assert once < twice
    assert minimal(node, 1, per="actor").listed[0].size >= once


def test_listing_does_not_need_counting():
    node = weighted(26, *range(1, 11))
    winning = Winning(game(node))
    assert len(list(islice(winning.each(5), 9))) == 5
