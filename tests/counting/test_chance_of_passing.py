"""Chance against fractions over every coalition, with factors against plain sums over shifts, and what is refused."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from math import comb

import numpy as np
import pytest
from scipy.stats import binom

from assent.circuit.nodes import Except, Gate, Leaf
from assent.folds.chance import Factors, along, at_least, chance, scenarios
from tests.counting.circuits import Brute, random_circuit


@pytest.mark.parametrize("seed", range(150))
def test_probability_and_gradients_against_every_coalition(seed):
    rng = random.Random(seed)
    node = random_circuit(rng, actors=rng.randint(1, 7), shared=seed % 2 == 1, exceptions=seed % 3 == 0)
    brute = Brute(node)
    p = {x: Fraction(rng.randint(0, 16), 16) for x in brute.ids}
    found = chance(node, {x: float(v) for x, v in p.items()})
    exact = brute.probability(p)
    assert found.probability == pytest.approx(float(exact), rel=1e-13, abs=0)
    assert found.complement == pytest.approx(float(1 - exact), rel=1e-13, abs=0)
    slopes = {i: g.value for g in found.gradients for i in g.ids()}
    for leaf, value in brute.index("birnbaum", p).items():
        assert slopes[leaf] == pytest.approx(float(value), rel=1e-12, abs=1e-15)


def house(members, need, name="house", act="propose"):
    return Gate(name, "", need, act=act, body=name, members=members)


def state(name):
    chambers = (house(5, 3, f"{name}/lower", "ratify"), house(3, 2, f"{name}/upper", "ratify"))
    return Gate(name, "", 2, chambers, unit=name)


NAMES = ["A", "B", "C", "D"]
REGIONS = {"A": "east", "B": "east", "C": "west", "D": "west"}
NODE = Gate("amend", "", 2, (house(9, 6), Gate("ratify", "", 3, tuple(state(n) for n in NAMES))))
SAID = {"house": 0.6, "A": 0.5, "B": 0.7, "C": 0.4, "D/lower": 0.8, "D/upper": 0.3}


def logit(p):
    return np.log(p) - np.log1p(-p)


def plain(factors, count=13):
    """The same integral with Gauss-Hermite points for every factor of every region and state: slow and direct."""
    points, weights = np.polynomial.hermite_e.hermegauss(count)
    weights = weights / weights.sum()

    def moved(p, by):
        return 1 / (1 + np.exp(-(logit(p) + by)))

    def binomial(need, of, p):
        return sum(comb(of, j) * p**j * (1 - p) ** (of - j) for j in range(need, of + 1))

    def passes(name, by):
        p_low, p_up = (SAID.get(f"{name}/{c}", SAID.get(name)) for c in ("lower", "upper"))
        return binomial(3, 5, moved(p_low, by)) * binomial(2, 3, moved(p_up, by))

    total = 0.0
    for n, wn in zip(points * factors.nation, weights, strict=True):
        sides = []
        for region in ("east", "west"):
            tally = np.zeros(3)
            for r, wr in zip(points * factors.region, weights, strict=True):
                p = [sum(w * passes(s, n + r + z) for z, w in zip(points * factors.state, weights, strict=True))
                     for s in NAMES if REGIONS[s] == region]  # fmt: skip
                tally += wr * np.array([(1 - p[0]) * (1 - p[1]), p[0] + p[1] - 2 * p[0] * p[1], p[0] * p[1]])
            sides.append(tally)
        ratified = sum(a * b for (i, a), (j, b) in product(*(enumerate(s) for s in sides)) if i + j >= 3)
        total += wn * ratified * binomial(6, 9, moved(SAID["house"], n))
    return total


@pytest.mark.parametrize("sds", [(0.4, 0.3, 0.2), (0.4, 0.0, 0.3), (0.0, 0.5, 0.0), (0.0, 0.0, 0.4)])
def test_factors_against_plain_sums(sds):
    factors = Factors(*sds, regions=REGIONS)
    found = chance(NODE, SAID, factors)
    assert found.probability == pytest.approx(plain(factors), rel=2e-7)
    assert found.probability + found.complement == pytest.approx(1.0, abs=1e-13)
    assert found.error_bound < 1e-10


def test_one_region_is_a_nation():
    ratify = NODE.children[1]
    said = {k: v for k, v in SAID.items() if k != "house"}
    region = chance(ratify, said, Factors(0.0, 0.5, 0.0, dict.fromkeys(NAMES, "all")))
    nation = chance(ratify, said, Factors(0.5))
    assert region.probability == pytest.approx(nation.probability, rel=1e-12)
    for a, b in zip(region.gradients, nation.gradients, strict=True):
        assert a.value == pytest.approx(b.value, rel=1e-10)


def test_a_factor_too_narrow_beside_the_others_is_refused():
    with pytest.raises(ValueError, match=r"the narrowest factor .* 0.0001"):
        chance(NODE, SAID, Factors(1.0, 0.0, 1e-4, regions=REGIONS))


@pytest.mark.parametrize("sds", [(0.4, 0.3, 0.2), (0.5, 0.0, 0.0)])
def test_gradients_under_factors_are_slopes(sds):
    factors = Factors(*sds, regions=REGIONS)
    found = {g.id: g for g in chance(NODE, SAID, factors).gradients}
    step = 1e-5
    for key, leaf in (("house", "propose:house/1"), ("D/lower", "ratify:D/lower/1"), ("D/upper", "ratify:D/upper/1")):
        up, down = (chance(NODE, {**SAID, key: SAID[key] + s}, factors).probability for s in (step, -step))
        assert found[leaf].value * found[leaf].members == pytest.approx((up - down) / (2 * step), rel=1e-7)


def test_the_same_people_in_two_stages_share_their_factor():
    def legislatures(act, need):
        return Gate(act, "", need, tuple(Gate(n, "", 1, (house(5, 3, n, act),)) for n in NAMES))

    node = Gate("both", "", 2, (legislatures("apply", 2), legislatures("ratify", 3)))
    said = {"*": 0.5}
    loose, tied = chance(node, said), chance(node, said, Factors(0.0, 0.0, 1.0, regions=REGIONS))
    first, second = (chance(g, said, Factors(0.0, 0.0, 1.0, regions=REGIONS)) for g in node.children)
    assert tied.probability > first.probability * second.probability
    assert tied.probability > loose.probability


def test_tails_are_not_zero():
    node = Gate("all", "", 3, tuple(house(400, 300, n) for n in "abc"))
    found = chance(node, {"*": 0.01})
    assert found.probability == 0.0
    assert found.log10 == pytest.approx(3 * chance(house(400, 300, "a"), {"*": 0.01}).log10, rel=1e-14)
    assert found.log10 < -1400
    assert found.log10_complement == 0.0
    assert all(np.isfinite(g.log10) for g in found.gradients)


def test_certainty_and_impossibility():
    assert chance(NODE, {"*": 1.0}).probability == 1.0
    assert chance(NODE, {"*": 0.0}).probability == 0.0
    mixed = chance(NODE, {"*": 1.0, "house": 0.5})
    assert mixed.probability == chance(house(9, 6), {"*": 0.5}).probability


def test_unequal_members_by_groups_and_by_name():
    groups = chance(house(5, 3), {"house": [(2, 0.9), (3, 0.2)]})
    names = chance(house(5, 3), {"house": 0.2, "house/1": 0.9, "propose:house/2": 0.9})
    assert groups.probability == pytest.approx(names.probability, rel=1e-15)
    assert [(g.id, g.members) for g in groups.gradients] == [("propose:house/1", 2), ("propose:house/3", 3)]


def test_many_unequal_members():
    p = np.random.default_rng(3).random(2000)
    found = at_least(1050, p)
    leaves = tuple(Leaf("v", str(i)) for i in range(2000))
    same = chance(Gate("g", "", 1050, leaves), {f"v:{i}": float(x) for i, x in enumerate(p)})
    assert "contour" in found.method
    assert same.probability == pytest.approx(found.probability, rel=1e-13)
    for i in (0, 77, 1999):
        up, down = (at_least(1050, np.where(np.arange(2000) == i, x, p)).probability for x in (1.0, 0.0))
        assert found.gradients[i] == pytest.approx(up - down, rel=1e-8)
    assert at_least(0, p).probability == 1.0
    assert at_least(2001, p).probability == 0.0


def test_scenarios_are_chances():
    rng = np.random.default_rng(1)
    said = {n: rng.random(700) for n in NAMES} | {"house": [(4, rng.random(700)), (5, 0.5)]}
    found = scenarios(NODE, said)
    for at in (0, 600, 699):
        one = {n: float(said[n][at]) for n in NAMES}
        one["house"] = [(4, float(said["house"][0][1][at])), (5, 0.5)]
        assert found.probability[at] == pytest.approx(chance(NODE, one).probability, rel=1e-13)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"*": 1.5}, r"\*: 1.5 is no probability"),
        ({"*": float("nan")}, "nan is no probability"),
        ({"*": 0.5, "hous": 0.5}, "'hous' names nobody in this circuit; did you mean house"),
        ({"house": 0.5}, "ratify:A/lower: no probability is given"),
        ({"*": 0.5, "house": [(3, 0.5)]}, "3 members are given; there are 9"),
    ],
)
def test_bad_beliefs_are_refused(said, words):
    with pytest.raises(ValueError, match=words):
        chance(NODE, said)


def test_bad_factors_are_refused():
    with pytest.raises(ValueError, match="no standard deviation"):
        Factors(-1.0)
    with pytest.raises(ValueError, match="give `regions`"):
        Factors(0.5, 0.5)
    several = Gate("house", "", 9, (*(Leaf("p", f"A/{i}") for i in range(16)), Leaf("p", "B/1")))
    with pytest.raises(ValueError, match="more than 8 parts of A"):
        chance(several, {"*": 0.5}, Factors(0.5, 0.5, regions=REGIONS))
    few = Gate("few", "", 2, several.children[-4:])
    shared = Gate("two", "", 2, (few, Gate("other", "", 1, several.children[-2:])))
    with pytest.raises(ValueError, match="counted in more than one part"):
        chance(shared, {"*": 0.5}, Factors(0.5, 0.5, regions=REGIONS))


def test_several_members_of_one_unit_share_its_shift():
    """Against Gauss-Hermite points for the nation, the region and each of the units."""
    node = Gate("house", "", 3, (Leaf("p", "A/1"), Leaf("p", "A/2"), Leaf("p", "B/1"), Leaf("p", "C/1")))
    said, factors = {"A/1": 0.6, "A/2": 0.3, "B/1": 0.5, "C/1": 0.7}, Factors(0.3, 0.2, 0.4, REGIONS)
    points, weights = np.polynomial.hermite_e.hermegauss(15)
    grid = list(zip(points, weights / weights.sum(), strict=True))
    total = 0.0
    for n, wn in grid:
        unit = {}  # unit → number of its members who say yes, by their shift within the region's
        for east, we in grid:
            for west, ww in grid:
                row = np.array([1.0])
                for name, region in (("A", east), ("B", east), ("C", west)):
                    if (name, region) not in unit:
                        ways = np.zeros(3)
                        for z, wz in grid:
                            own = np.array([1.0])
                            for leaf in (x for x in said if x.startswith(name)):
                                p = 1 / (1 + np.exp(-(logit(said[leaf]) + 0.3 * n + 0.2 * region + 0.4 * z)))
                                own = np.convolve(own, [1 - p, p])
                            ways[: len(own)] += wz * own
                        unit[name, region] = ways
                    row = np.convolve(row, unit[name, region])
                total += wn * we * ww * row[3:].sum()
    found = chance(node, said, factors)
    assert found.probability == pytest.approx(total, rel=1e-9)
    step = 1e-5
    for leaf, slope in zip(said, found.slopes, strict=True):
        up, down = (chance(node, said | {leaf: said[leaf] + s}, factors).probability for s in (step, -step))
        assert slope == pytest.approx((up - down) / (2 * step), rel=1e-7)


def test_a_small_difference_between_two_grids_may_be_luck():
    """Against sums over a fine grid: here the first two grids differ by far less than the coarser one deserves."""
    bodies = {"A/1": (266, 400), "B/0": (257, 400), "B/1": (16, 30), "B/2": (232, 400), "B/3": (61, 101)}
    bodies |= {"house": (229, 435)}
    a1, b0, b1, b2, b3, country = (house(of, need, name, "v") for name, (need, of) in bodies.items())
    a0, a2 = (Leaf("v", name) for name in ("A/first", "A/second"))
    either = Gate("either", "", 1, (a0, Gate("B0", "", 1, (b0, b1))))
    both = Gate("both", "", 2, (Gate("A", "", 1, (a2, a1)), Gate("B", "", 2, (b2, b3))))
    p, step = 0.28674089206121645, 0.01
    found = chance(
        Gate("root", "", 1, (either, both, country)), {"*": p}, Factors(0.3, 0.6, 0.15, {"A": "east", "B": "west"})
    )

    def bell(sd):
        reach = int(10 * sd / step)
        weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step / sd) ** 2)
        return weights / weights.sum()

    def fails(name, shifts):
        need, of = bodies.get(name, (1, 1))
        return binom.cdf(need - 1, of, 1 / (1 + np.exp(-(logit(p) + shifts))))

    nation, own = bell(0.3), np.convolve(bell(0.6), bell(0.15))
    top, wide = (np.arange(-(n // 2), n // 2 + 1) * step for n in (len(nation), len(nation) + len(own) - 1))
    first, second = fails("A/first", wide), fails("B/0", wide) * fails("B/1", wide)
    yes = [1 - fails("A/second", wide) * fails("A/1", wide), (1 - fails("B/2", wide)) * (1 - fails("B/3", wide))]
    neither, crossed = (
        np.convolve(first * a, own, "valid") * np.convolve(second * b, own, "valid") for a, b in ((1, 1), yes)
    )
    wanted = float((nation * fails("house", top) * (neither - crossed)).sum())
    assert abs(found.complement / wanted - 1) <= found.error_bound + 1e-13
    assert abs(found.probability / (1 - wanted) - 1) <= found.error_bound + 1e-13
    assert found.error_bound < 1e-10


@pytest.mark.parametrize("sds", [(0.4, 0.3, 0.2), (1.0, 0.0, 0.5)])
def test_a_curve_is_its_points(sds):
    """At a hundred values under factors, most of which are drawn, and at both ends; all of them, and some members."""
    factors, values = Factors(*sds, regions=REGIONS), np.linspace(0.0, 1.0, 101)
    for said in (dict.fromkeys(SAID), {**SAID, "house": [(4, None), (5, 0.5)]}, {**SAID, "A": None, "house": 0.02}):
        found = along(NODE, said, values, factors)
        for at in (0, 1, 2, 13, 50, 77, 98, 99, 100):
            v = float(values[at])
            one = {k: v if p is None else [(n, v if q is None else q) for n, q in p] if isinstance(p, list) else p
                   for k, p in said.items()}  # fmt: skip
            wanted = chance(NODE, one, factors)
            assert found.probability[at] == pytest.approx(wanted.probability, rel=1e-6, abs=0)
            assert found.complement[at] == pytest.approx(wanted.complement, rel=1e-6, abs=0)


def test_who_stands_alone_may_weigh_and_be_counted_twice_under_a_factor_of_its_own():
    """A double majority with a shift for each member: the same as the average belief, member by member."""
    leaves = tuple(Leaf("v", x) for x in "abcd")
    node = Gate("both", "", 2, (Gate("w", "", 60, leaves, weights=(41, 29, 18, 12)), Gate("n", "", 3, leaves)))
    said = {"a": 0.6, "b": 0.3, "c": 0.5, "d": 0.8}
    points, weights = np.polynomial.hermite_e.hermegauss(40)
    weights = weights / weights.sum()
    for nation in (0.0, 0.4):
        wanted = 0.0
        for n, w in zip(points, weights, strict=True):
            held = {x: (weights / (1 + np.exp(-(logit(p) + nation * n + 0.7 * points)))).sum() for x, p in said.items()}
            wanted += w * chance(node, {x: float(p) for x, p in held.items()}).probability
        found = chance(node, said, Factors(nation, 0.0, 0.7, dict.fromkeys("abcd", "east")))
        assert found.probability == pytest.approx(wanted, rel=1e-10)
        for leaf, slope in zip(said, found.slopes, strict=True):
            factors = Factors(nation, 0.0, 0.7, dict.fromkeys("abcd", "east"))
            up, down = (chance(node, said | {leaf: said[leaf] + s}, factors).probability for s in (1e-5, -1e-5))
            assert slope == pytest.approx((up - down) / 2e-5, rel=1e-7)


def test_exceptions_have_negative_gradients():
    node = Except("unless", "", Leaf("v", "a"), Leaf("v", "b"))
    found = chance(node, {"a": 0.5, "b": 0.25})
    assert found.probability == 0.375
    assert [g.value for g in found.gradients] == [0.75, -0.5]
