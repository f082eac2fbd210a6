"""Whole numbers by residues and minimal covers: against plain Python integers and against trying every choice."""

from __future__ import annotations

import random
from itertools import product
from math import comb, prod

import numpy as np
import pytest

from assent.circuit.nodes import Gate, Leaf
from assent.folds import covers as module
from assent.folds.coalitions import belongs, fewest, minimal
from assent.folds.counting import residues
from assent.folds.covers import covers
from assent.folds.game import game
from assent.folds.power import count_winning, power
from assent.folds.winning import Winning
from tests.counting.worlds import Worlds


def sums(weights):
    """In how many ways members come to each sum."""
    row = [1]
    for w in weights:
        row = [a + b for a, b in zip(row + [0] * w, [0] * w + row, strict=True)]
    return row


@pytest.mark.parametrize("seed", range(12))
def test_votes_of_more_than_sixty_two_members(seed):
    """64 bits do not hold what there is to count."""
    rng = random.Random(seed)
    weights = [rng.randint(0 if seed % 2 else 1, 40) for _ in range(rng.randint(63, 130))]
    weights[:5] = weights[5:10]
    need = rng.randint(1, sum(weights))
    node = Gate("g", "", need, tuple(Leaf("v", str(i)) for i in range(len(weights))), weights=tuple(weights))
    assert count_winning(node) == sum(sums(weights)[need:])
    found = power(node, "banzhaf")
    assert found.method == "exact integers"
    for place in (0, 1, len(weights) - 1):
        others = sums(weights[:place] + weights[place + 1 :])
        swings = sum(others[max(0, need - weights[place]) : need])
        assert found.of(f"v:{place}").swings == swings


@pytest.mark.parametrize("bits", [1, 62, 63, 190, 800])
def test_numbers_are_put_together_from_their_residues(bits):
    wanted = [random.Random(i).getrandbits(bits) for i in range(20)]
    assert residues.by_residues(bits, 0, lambda m: [n % m for n in wanted]) == wanted
    assert prod(residues.moduli(bits)) > 1 << bits


@pytest.mark.parametrize("size", [1, 100, 4096, 4097, 10_000])
def test_sums_of_residues(size):
    modulus = residues.moduli(70)[0]
    values = np.random.default_rng(size).integers(0, modulus, size) * 4
    whole = np.cumsum([int(v) for v in values], dtype=object)
    assert residues.total(values, modulus) == whole[-1] % modulus
    held = residues.Sums(1, modulus)
    held.ways = values
    assert held.running().tolist() == [int(v) % modulus for v in whole]


def tried(need, parts):
    """Every choice of so many of each part that meets the need, and does not with one less of what was taken."""
    total = 0
    for chosen in product(*(range(len(row)) for _, row in parts)):
        weight = sum(n * w for n, (w, _) in zip(chosen, parts, strict=True))
        least = min((w for n, (w, _) in zip(chosen, parts, strict=True) if n), default=0)
        if weight >= need > weight - least:
            total += prod(row[n] for n, (_, row) in zip(chosen, parts, strict=True))
    return total


def rows(rng):
    size = rng.randint(1, 4)
    alike = [comb(size, n) for n in range(size + 1)]
    return rng.choice([alike, [0, *alike[:-1]] if size == 1 else alike, [1] * (size + 1), [0, 1]])


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("long", [0, 50_000])
def test_minimal_covers(seed, long, monkeypatch):
    monkeypatch.setattr(module, "LONG", long)
    rng = random.Random(seed)
    parts = [(rng.randint(1, 9), rows(rng)) for _ in range(rng.randint(1, 6))]
    need = rng.randint(1, sum(w * (len(row) - 1) for w, row in parts))
    assert covers(need, parts) == tried(need, parts)
    given = [(parts[0][0], [0, *(comb(3, n) for n in range(4))]), *parts[1:]]
    assert covers(need, given) == tried(need, given)


def fund():
    rng = random.Random(7)
    weights = tuple(rng.randint(1_500, 60_000) for _ in range(70))
    return Gate("fund", "", sum(weights) // 2 + 1, tuple(Leaf("v", str(i)) for i in range(70)), weights=weights)


def test_a_fund_is_counted_the_same_in_both_ways(monkeypatch):
    found, member = minimal(fund(), 1), belongs(fund(), "v:3")
    monkeypatch.setattr(module, "LONG", 10**9)
    other = minimal(fund(), 1)
    assert (found.count, found.kinds) == (other.count, other.kinds)
    assert belongs(fund(), "v:3") == member
    assert 0 < member.minimal < member.of == found.count


def test_the_fewest_of_a_fund_are_the_heaviest():
    node = fund()
    order = sorted(node.weights, reverse=True)
    wanted = next(n for n in range(71) if sum(order[:n]) >= node.need)
    assert fewest(node, "meet").cost == wanted
    stop = next(n for n in range(71) if sum(order[:n]) >= sum(order) - node.need + 1)
    assert fewest(node, "block").cost == stop


def test_a_council_of_different_members_is_read_off_a_diagram():
    leaves = tuple(Leaf("v", x) for x in "abcdefg")
    node = Gate("and", "", 2, (Gate("p", "", 40, leaves, weights=(19, 17, 13, 11, 7, 5, 3)), Gate("n", "", 4, leaves)))
    winning = Winning(game(node))
    assert winning._reading(winning.top) is not None
    assert winning.minimal() == Worlds(node).minimal(Worlds(node).wins).sum()


@pytest.mark.parametrize("seed", range(40))
def test_members_who_can_be_ranked(seed):
    """A double majority, and a way around it: read off a diagram, and listed by who comes last."""
    rng = random.Random(seed)
    leaves = tuple(Leaf("v", x) for x in "abcdefgh"[: rng.randint(4, 8)])
    size = len(leaves)
    heavy = tuple(sorted(rng.sample(range(1, 30), size), reverse=True))
    one = Gate("one", "", rng.randint(1, sum(heavy)), leaves, weights=heavy)
    two = Gate("two", "", rng.randint(1, size), leaves)
    node = Gate("or", "", 1, (Gate("and", "", 2, (one, two)), Gate("many", "", rng.randint(size - 1, size), leaves)))
    worlds = Worlds(node)
    least = worlds.minimal(worlds.wins)
    found = minimal(node, 10**6)
    assert found.count == sum(kind.stands_for for kind in found.listed) == least.sum()
    assert found.complete
    winning = Winning(game(node))
    if not isinstance(winning.top, bool) and winning._reading(winning.top):
        listed = [frozenset(leaf for take in kind.members for leaf in take.ids) for kind in found.listed]
        assert len(listed) == found.count
        assert set(listed) == {worlds.who(int(w)) for w in np.flatnonzero(least)}
    for leaf in worlds.ids:
        assert belongs(node, leaf).minimal == (least & worlds.leaf[leaf]).sum()
