"""Shapley-Shubik over log-odds: against Gauss-Legendre nodes enough to be exact, and against whole numbers."""

from __future__ import annotations

import random
from fractions import Fraction
from math import comb

import pytest

from assent.circuit.nodes import Gate, Leaf
from assent.folds.counting import shapley
from assent.folds.power import power


@pytest.fixture
def long(monkeypatch):
    """Asks as if every node took long."""

    def ask(node):
        with monkeypatch.context() as patient:
            patient.setattr(shapley, "_slow", lambda _: True)
            patient.setattr(shapley, "SPARE", 200)
            return power(node, "shapley-shubik")

    return ask


def vote(weights, quota):
    leaves = tuple(Leaf("v", f"m{place}") for place in range(len(weights)))
    return Gate("vote", "", quota, leaves, weights=tuple(weights))


@pytest.mark.parametrize("share", [0.5, 0.6, 0.9])
@pytest.mark.parametrize(("members", "most"), [(40, 3000), (60, 500), (90, 40)])
def test_both_integrals_agree(members, most, share, long):
    weights = [random.Random(members).randint(1, most) for _ in range(members)]
    node = vote(weights, int(sum(weights) * share) + 1)
    exact, found = power(node, "shapley-shubik"), long(node)
    assert "log-odds" in found.method
    for one, wanted in zip(found.values, exact.values, strict=True):
        assert one.value == pytest.approx(wanted.value, rel=found.error_bound + exact.error_bound)


def test_two_weights_against_whole_numbers(long):
    """Ten of weight 5 and fifty of weight 1: a heavy member decides in so many orders, counted one by one."""
    heavy, light, quota = 10, 50, 51
    found = long(vote([5] * heavy + [1] * light, quota))
    whole = Fraction(0)
    for a in range(heavy):
        for b in range(light + 1):
            if quota - 5 <= 5 * a + b < quota:
                n = heavy + light
                whole += Fraction(comb(heavy - 1, a) * comb(light, b), n * comb(n - 1, a + b))
    assert found.values[0].value == pytest.approx(float(whole), rel=1e-11)


@pytest.mark.parametrize(("weights", "quota"), [([60, 1, 1, 1], 50), ([30, 5, 5, 5, 5, 1], 40), ([3, 2, 1], 6)])
def test_where_somebody_decides_nearly_alone_nodes_are_taken(weights, quota, long):
    node = vote(weights, quota)
    found = long(node)
    assert "log-odds" not in found.method
    exact = power(node, "shapley-shubik")
    assert [one.value for one in found.values] == pytest.approx([one.value for one in exact.values], rel=1e-12)
