"""Johnston and Deegan-Packel of weighted votes beyond 62 members, against kinds of coalitions counted one by one."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from assent.circuit.nodes import Gate, Leaf
from assent.folds.counting import minimal, ranked
from assent.folds.power import power


def vote(weights, quota):
    leaves = tuple(Leaf("v", f"m{place}") for place in range(len(weights)))
    return Gate("vote", "", quota, leaves, weights=tuple(weights))


@pytest.fixture
def by_rank(monkeypatch):
    """Asks for an index with the other ways closed."""

    def ask(node, index):
        with monkeypatch.context() as closed:
            closed.setattr(ranked, "MOST_LEAVES", 0)
            closed.setattr(minimal, "MOST_KINDS_OF_COALITION", 0)
            found = power(node, index)
        assert "ranked leaves, Gauss" in found.method
        return found

    return ask


@pytest.mark.parametrize("index", ["johnston", "deegan-packel"])
@pytest.mark.parametrize(
    "weights",
    [
        [7, 5, 5, 3, 2, 1, 1],
        [9, 1, 1, 1, 0],
        [5] * 20 + [2] * 30 + [1] * 25,
        [40] + [3] * 60 + [1] * 9,
        list(range(1, 25)),
    ],
)
def test_every_kind_of_coalition_gives_the_same(weights, index, by_rank):
    for quota in (sum(weights) // 2 + 1, -(-2 * sum(weights) // 3)):
        node = vote(weights, quota)
        exact, found = power(node, index), by_rank(node, index)
        assert exact.error_bound is None, "the other way must be exact"
        for one, wanted in zip(found.values, exact.values, strict=True):
            assert one.value == pytest.approx(wanted.value, rel=found.error_bound, abs=0)
            assert one.log10 == pytest.approx(wanted.log10, rel=1e-13, abs=1e-12)


def test_a_hundred_unequal_votes():
    """Deegan-Packel shares one; Johnston shares the coalitions that cannot lose their heaviest member."""
    weights = [int(w) for w in np.random.default_rng(4).integers(1, 60, 100)]
    quota = sum(weights) // 2 + 1
    node = vote(weights, quota)
    shares = power(node, "deegan-packel")
    assert shares.total == pytest.approx(1.0, rel=1e-12)
    ways, vulnerable = [1] + [0] * sum(weights), 0
    for weight in sorted(weights):  # the heaviest of a coalition with lighter ones, or some of its own weight
        vulnerable += sum(ways[max(0, quota - weight) : quota])
        for at in range(sum(weights), weight - 1, -1):
            ways[at] += ways[at - weight]
    found = power(node, "johnston")
    assert found.total == pytest.approx(vulnerable, rel=found.error_bound)
    by_weight = sorted(zip(weights, [one.value for one in found.values], strict=True))
    assert all(light[1] <= heavy[1] * (1 + 1e-11) for light, heavy in pairwise(by_weight))
    assert math.isfinite(found.values[0].log10)
