"""The benchmark's instances, our answers to small ones of each form, and that its peers stay where they belong."""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import asdict
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from scipy.stats import binom

from assent.circuit.nodes import Gate
from assent.folds.chance import Factors, chance
from tests.counting.brute import Brute
from tests.house.tree import PACKAGE, ROOT, name, under

BENCHMARKS = ROOT / "benchmarks"
IMPORTED = {"fast-poibin": "fast_poibin"}


@pytest.fixture(scope="module")
def scripts():
    """The benchmark's modules, which are scripts beside each other."""
    before = list(sys.path)
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import instances
        import ours

        yield instances, ours
    finally:
        sys.path[:] = before


def test_the_instances_have_the_sizes_they_are_said_to_have(scripts):
    sizes = {one.name: one.size for one in scripts[0].instances()}
    assert sizes["college-banzhaf"] == 51
    assert sizes["eu-banzhaf"] == 27
    assert sizes["imf-banzhaf"] == 190
    assert sizes["trials-tail"] == 10_000
    assert sizes["article-v-chance"] == 7_921


@pytest.mark.parametrize(
    "ask", ["college-banzhaf", "college-shapley", "eu-banzhaf", "eu-shapley", "imf-banzhaf", "imf-shapley"]
)
def test_our_answer_to_a_small_one_is_exact(scripts, ask):
    instances, ours = scripts
    small = next(one for one in instances.instances() if one.name == ask).shrunk(13)
    asked = asdict(small)
    brute = Brute(ours.circuit(asked))
    found = ours.question(asked)()()["values"]
    wanted = brute.normalized(small.ask)
    assert found == pytest.approx([float(wanted[leaf]) for leaf in ours.members(brute.node)], rel=1e-12, abs=1e-15)


def exact(tree, a, b):
    """Of a tree of independent parts: in how many of b^n worlds it is met, a of b for each member, and b^n."""
    if "members" in tree:
        m, k = tree["members"], tree["need"]
        return sum(comb(m, j) * a**j * (b - a) ** (m - j) for j in range(k, m + 1)), b**m
    row, whole = [1], 1
    for child in tree["of"]:
        yes, every = exact(child, a, b)
        row = [x * (every - yes) + y * yes for x, y in zip([*row, 0], [0, *row], strict=True)]
        whole *= every
    return sum(row[tree["need"] :]), whole


@pytest.mark.parametrize(("ask", "a", "b"), [("article-v-gradients", 3, 5), ("article-v-half", 1, 2)])
def test_article_v_at_full_size_is_right_to_the_last_digits(scripts, ask, a, b):
    instances, ours = scripts
    asked = asdict(next(one for one in instances.instances() if one.name == ask))
    tree = asked["said"]["tree"]
    house, senate, states = tree["of"]
    found = ours.question(asked)()()
    yes, whole = exact(tree, a, b)
    assert found["value"] == pytest.approx(quotient(yes, whole), rel=1e-11)
    places = {"house": (house, 0, senate), "senate": (senate, 435, house)}
    for body, place, other in places.values():
        m, k = body["members"], body["need"]
        above = comb(m - 1, k - 1) * a ** (k - 1) * (b - a) ** (m - k)
        below = b ** (m - 1)
        for part in (other, states):
            yes, whole = exact(part, a, b)
            above, below = above * yes, below * whole
        assert found["gradients"][place] == pytest.approx(quotient(above, below), rel=1e-11)


def test_article_v_without_gradients_and_in_many_scenarios_is_the_same(scripts):
    instances, ours = scripts
    asked = {one.name: asdict(one) for one in instances.instances()}
    yes, whole = exact(asked["article-v-chance"]["said"]["tree"], 3, 5)
    alone = ours.question(asked["article-v-chance"])()()
    assert "gradients" not in alone
    assert alone["value"] == pytest.approx(quotient(yes, whole), rel=1e-11)
    few = asked["article-v-scenarios"]
    few["said"]["scenarios"] = [0.6, 0.5]
    found = ours.question(few)()()["values"]
    half = quotient(*exact(few["said"]["tree"], 1, 2))
    assert found == pytest.approx([quotient(yes, whole), half], rel=1e-11)


def test_article_v_is_counted_exactly(scripts):
    instances, ours = scripts
    asked = asdict(next(one for one in instances.instances() if one.name == "article-v-count"))
    assert int(ours.question(asked)()()["count"]) == exact(asked["said"]["tree"], 1, 2)[0]


def quotient(above, below):
    """A fraction of very long numbers as a float."""
    return float(Fraction(above, below))


def test_a_smaller_instance_is_of_the_same_form(scripts):
    for one in scripts[0].instances():
        half = one.shrunk(one.size // 2)
        assert abs(half.size - one.size / 2) <= max(60, one.size / 50)
        assert (half.form, half.ask) == (one.form, one.ask)


def test_no_peer_is_imported_by_the_package_or_its_tests():
    lines = (BENCHMARKS / "peers.txt").read_text(encoding="utf-8").splitlines()
    said = [re.match(r"([\w-]+)==[\w.]+\s+# \S", line) for line in lines if line and not line.startswith("#")]
    assert all(said), "a peer without a version or a licence"
    peers = {IMPORTED.get(found[1], found[1]) for found in said}
    assert len(peers) == 9
    for file in [*under(PACKAGE, ".py"), *under(ROOT / "tests", ".py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not peers & {found.partition(".")[0] for found in names}, name(file)


@pytest.mark.parametrize(("nation", "own"), [(0.3, 0.3), (0.0, 0.3), (0.5, 0.2), (0.1, 0.45)])
def test_article_v_with_common_factors_is_as_near_as_it_says(scripts, nation, own):
    """Against sums over a fine grid, with another library's binomial tails: the bound that is told must hold."""
    asked = asdict(next(one for one in scripts[0].instances() if one.name == "article-v-chance"))
    house, senate, states = asked["said"]["tree"]["of"]
    step, p = 0.01, 0.55

    def body(name, said):
        return Gate(name, "", said["need"], act="vote", body=name, members=said["members"])

    ratify = []
    for number, one in enumerate(states["of"]):
        chambers = tuple(body(f"S{number}/{place}", chamber) for place, chamber in enumerate(one["of"]))
        ratify.append(Gate(f"S{number}", "", len(chambers), chambers))
    node = Gate("all", "", 3, (body("house", house), body("senate", senate), Gate("r", "", 38, tuple(ratify))))
    factors = Factors(nation, 0.0, own, {f"S{number}": "" for number in range(50)})

    def bell(sd):
        reach = int(9 * sd / step)
        weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step / sd) ** 2) if sd else np.ones(1)
        return weights / weights.sum()

    def passed(said, shifts):
        q = 1 / (1 + np.exp(-(np.log(p / (1 - p)) + shifts)))
        return binom.sf(said["need"] - 1, said["members"], q)

    above, within = bell(nation), bell(own)
    far = len(above) // 2 + len(within) // 2
    every, country = np.arange(-far, far + 1) * step, np.arange(-(len(above) // 2), len(above) // 2 + 1) * step
    row = np.ones((1, len(country)))
    for one in states["of"]:
        met = np.convolve(np.prod([passed(chamber, every) for chamber in one["of"]], axis=0), within, "valid")
        row = np.vstack([row, np.zeros(len(country))]) * (1 - met) + np.vstack([np.zeros(len(country)), row]) * met
    wanted = float((above * passed(house, country) * passed(senate, country) * row[states["need"] :].sum(axis=0)).sum())
    found = chance(node, {"vote": p}, factors)
    assert abs(found.probability / wanted - 1) <= found.error_bound + 1e-12
    assert found.error_bound < 1e-10
