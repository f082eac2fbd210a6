"""Johnston, Deegan–Packel and Holler where coalitions are too many to look at: against those where they are not."""

from __future__ import annotations

import random
from math import comb, inf

import pytest

from assent.circuit.nodes import Gate, Leaf
from assent.folds.coalitions import belongs
from assent.folds.coalitions import minimal as minimal_coalitions
from assent.folds.counting import minimal, ranked
from assent.folds.power import power
from tests.counting.circuits import Brute, ids_of
from tests.counting.test_power_indices import federation, legislature

INSIDE = ("johnston", "deegan-packel", "holler")


@pytest.fixture
def large(monkeypatch):
    """Every circuit is too large to look at all of its coalitions."""
    monkeypatch.setattr(minimal, "MOST_KINDS_OF_COALITION", 0)
    monkeypatch.setattr(ranked, "MOST_LEAVES", 0)


def compound(rng, depth, number):
    """A random compound of unweighted votes."""
    if depth == 0 or rng.random() < 0.2:
        name = f"x{next(number)}"
        if rng.random() < 0.5:
            return Leaf("v", name)
        size = rng.randint(2, 4)
        return Gate(name, "", rng.randint(1, size), act="v", body=name, members=size)
    children = tuple(compound(rng, depth - 1, number) for _ in range(rng.randint(2, 3)))
    return Gate("", "", rng.randint(1, len(children)), children)


@pytest.mark.parametrize("seed", range(120))
def test_a_random_compound_against_every_coalition(seed, large):
    rng = random.Random(seed)
    node = next(
        n for n in iter(lambda: compound(rng, rng.randint(1, 3), iter(range(99))), None) if 2 <= len(ids_of(n)) <= 11
    )
    brute = Brute(node)
    for index in INSIDE:
        found = {leaf: value.value for value in power(node, index).values for leaf in value.ids()}
        wanted = {leaf: float(value) for leaf, value in brute.index(index).items()}
        assert found == pytest.approx(wanted, rel=1e-12, abs=0), index


COMPOUNDS = {
    "two houses": Gate("g", "", 2, legislature("x", (435, 100)).children),
    "three of four bodies": Gate("g", "", 3, legislature("x", (25, 31, 18, 40)).children),
    "one of two states and a president": Gate(
        "g", "", 2, (Gate("r", "", 1, (legislature("a", (30, 21)), legislature("b", (20, 9)))), Leaf("v", "president"))
    ),
}


@pytest.mark.parametrize("index", INSIDE)
@pytest.mark.parametrize("name", COMPOUNDS)
def test_hundreds_of_members_against_every_kind_of_coalition(name, index, monkeypatch):
    exact = power(COMPOUNDS[name], index)
    assert "every kind" in exact.method
    monkeypatch.setattr(minimal, "MOST_KINDS_OF_COALITION", 0)
    found = power(COMPOUNDS[name], index)
    assert found.method != exact.method
    bound = found.error_bound or 1e-15
    assert bound < 1e-10
    for a, b in zip(exact.values, found.values, strict=True):
        assert b.log10 == pytest.approx(a.log10, rel=0, abs=max(bound, 4e-15 * abs(a.log10)))
        assert b.normalized == pytest.approx(a.normalized, rel=1e-11)


def test_a_compound_of_thousands():
    node = federation()
    shared, counted, johnston = (power(node, index) for index in ("deegan-packel", "holler", "johnston"))
    assert shared.total == pytest.approx(1.0, abs=shared.error_bound)
    assert shared.error_bound < 1e-10
    assert johnston.error_bound < 1e-10
    assert counted.error_bound is None
    assert counted.total == johnston.total == inf  # more than a float can hold: what they weigh is in the logarithms
    assert counted.values[0].log10 > 1500
    for found in (shared, counted, johnston):
        assert sum(v.normalized * v.members for v in found.values) == pytest.approx(1.0, abs=1e-12)
    # every minimal coalition holds 290 of the 435 members of the house
    whole = minimal_coalitions(node).count
    house = belongs(node, "house/1")
    assert (house.minimal, house.of) == (whole * comb(434, 289) // comb(435, 290), whole)
    assert shared.values[0].value < 1 / (290 + 67)


def test_holler_with_weights_and_shared_members(large):
    rng = random.Random(3)
    leaves = tuple(Leaf("v", x) for x in "abcdefgh")
    for _ in range(30):
        one = Gate("one", "", 9, leaves, weights=tuple(rng.randint(0, 6) for _ in leaves))
        two = Gate("two", "", 4, leaves[2:])
        node = Gate("both", "", 2, (one, two))
        brute = Brute(node)
        if brute.winning:
            found = {value.id: value.value for value in power(node, "holler").values}
            assert found == {leaf: float(value) for leaf, value in brute.index("holler").items()}
