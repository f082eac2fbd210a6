"""Common factors over weighted counts of several kinds, against sums over Gauss-Hermite points, outcome by outcome."""

from __future__ import annotations

import numpy as np
import pytest

from assent.circuit.nodes import Gate, Leaf
from assent.folds.chance import Factors, chance
from assent.folds.counting import places

POINTS, WEIGHTS = np.polynomial.hermite_e.hermegauss(21)
UNITS = ("A", "B", "C", "D")


class ByHand:
    """A few counts of weighted members of units, and one member of the nation's, and how many are needed."""

    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        self.counts = []
        for number in range(1 + seed % 3):
            leaves = [Leaf("a", f"{unit}/{number}{j}") for unit in UNITS for j in range(rng.integers(1, 3))]
            weights = tuple(int(w) for w in rng.integers(1, 4, len(leaves)))
            need = int(rng.integers(1, sum(weights) + 1))
            self.counts.append(Gate(f"c{number}", "", need, tuple(leaves), weights=weights))
        self.need = int(rng.integers(1, len(self.counts) + 2))
        self.node = Gate("root", "", self.need, (*self.counts, Leaf("a", "nation")))
        actors = {leaf.actor for gate in self.counts for leaf in gate.children} | {"nation"}
        self.said = {actor: float(rng.uniform(0.1, 0.9)) for actor in sorted(actors)}
        self.sds = [(0.3, 0.3, 0.6), (0.6, 0.0, 0.3), (0.0, 0.6, 0.3), (0.3, 0.6, 0.0)][seed % 4]
        names = ("north", "east", "south", "west")[: 2 + seed // 4]  # with three or more, tallies are added up
        self.regions = {
            unit: names[rng.integers(len(names))] if seed < 8 else names[at] for at, unit in enumerate(UNITS)
        }
        self.factors = Factors(*self.sds, self.regions)

    def share(self, actor, shift):
        p = self.said[actor]
        return 1 / (1 + np.exp(-(np.log(p / (1 - p)) + shift)))

    def unit(self, unit, shift):
        """What a unit adds to each count → how likely, over its own shift."""
        found = {}
        for own, weight in points(self.sds[2]):
            ways = {(0,) * len(self.counts): weight}
            for number, gate in enumerate(self.counts):
                for leaf, by in zip(gate.children, gate.weights, strict=True):
                    if leaf.actor.startswith(unit):
                        p = self.share(leaf.actor, shift + own)
                        ways = added(ways, {(0,) * len(self.counts): 1 - p, alone(number, by, len(self.counts)): p})
            merge(found, ways)
        return found

    def region(self, region, shift):
        found = {}
        for own, weight in points(self.sds[1]):
            ways = {(0,) * len(self.counts): weight}
            for unit in (u for u in UNITS if self.regions[u] == region):
                ways = added(ways, self.unit(unit, shift + own))
            merge(found, ways)
        return found

    def probability(self):
        total = 0.0
        for shift, weight in points(self.sds[0]):
            yes = self.share("nation", shift)
            ways = {(0,) * len(self.counts): 1.0}
            for region in sorted(set(self.regions.values())):
                ways = added(ways, self.region(region, shift))
            for sums, chance_ in ways.items():
                met = sum(s >= gate.need for s, gate in zip(sums, self.counts, strict=True))
                total += weight * chance_ * ((met + 1 >= self.need) * yes + (met >= self.need) * (1 - yes))
        return total


def points(sd):
    return list(zip(POINTS * sd, WEIGHTS / WEIGHTS.sum(), strict=True)) if sd else [(0.0, 1.0)]


def alone(number, by, size):
    return tuple(by if at == number else 0 for at in range(size))


def added(first, second):
    found = {}
    for a, p in first.items():
        merge(found, {tuple(x + y for x, y in zip(a, b, strict=True)): p * q for b, q in second.items()})
    return found


def merge(found, more):
    for key, value in more.items():
        found[key] = found.get(key, 0.0) + value


@pytest.mark.parametrize(
    ("first", "second"), [((2,), (3,)), ((3, 2), (4, 5)), ((3, 4, 2), (2, 3, 5)), ((1, 1), (2, 3))]
)
def test_tallies_are_added_up_place_by_place(first, second):
    rng = np.random.default_rng(len(first))
    shifts = places.SHIFTS + 3
    one, other = (rng.random((*shape, shifts)) * (rng.random((*shape, 1)) < 0.8) for shape in (first, second))
    both = places.joined(one, other)
    pull = rng.random(both.shape)
    ahead, inner = places.parted(pull, one, other)
    wanted, back, across = np.zeros_like(both), np.zeros_like(one), np.zeros_like(other)
    for a in np.ndindex(*first):
        for b in np.ndindex(*second):
            place = tuple(x + y for x, y in zip(a, b, strict=True))
            wanted[place] += one[a] * other[b]
            back[a] += pull[place] * other[b]
            across[b] += pull[place] * one[a]
    filled = np.zeros(second, dtype=bool)  # a line without anything in it has no slope to be asked for
    filled[:] = other.any(axis=(0, -1))
    assert both == pytest.approx(wanted, rel=1e-13)
    assert ahead == pytest.approx(back, rel=1e-13)
    assert inner[filled] == pytest.approx(across[filled], rel=1e-13)


@pytest.mark.parametrize("seed", range(10))
def test_factors_over_weighted_counts(seed):
    case = ByHand(seed)
    found = chance(case.node, case.said, case.factors)
    assert found.probability == pytest.approx(case.probability(), rel=1e-9)
    step, slopes = 1e-5, {one.id.partition(":")[2]: one.value for one in found.gradients}
    for actor in list(case.said)[::2]:
        up, down = (chance(case.node, case.said | {actor: case.said[actor] + s}, case.factors) for s in (step, -step))
        wanted = (up.probability - down.probability) / (2 * step)
        assert slopes[actor] == pytest.approx(wanted, rel=1e-5, abs=1e-9)
