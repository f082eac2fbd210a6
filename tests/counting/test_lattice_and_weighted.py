"""Alike members, recursion over weights, contour, and heavy weights: against fractions, and against each other."""

from __future__ import annotations

import random
from fractions import Fraction
from math import comb, log, log1p

import numpy as np
import pytest

from assent.folds.counting import alike, contour, heavy, product, recursion
from assent.folds.counting.logs import complement
from assent.folds.counting.quadrature import legendre
from assent.folds.counting.recursion import Move

TIGHT = 1e-12


def logs_of(p):
    """Exact fractions as logarithms of both sides."""
    return np.array([[ln(x)] for x in p]), np.array([[ln(1 - x)] for x in p])


def ln(x):
    if x > Fraction(1, 2):
        return log1p(x - 1)
    return log(x.numerator) - log(x.denominator) if x else -np.inf


def close(got, exact, tight=TIGHT):
    """A logarithm beside an exact fraction, relative."""
    if not exact:
        return got == -np.inf
    return abs(got - ln(exact)) <= tight * max(1.0, abs(ln(exact)))


@pytest.mark.parametrize("columns", [1, alike.MANY])
@pytest.mark.parametrize(
    ("m", "k", "p"),
    [(1, 1, "1/3"), (10, 7, "3/10"), (100, 67, "1/2"), (435, 290, "1/2"), (435, 290, "1/20"), (435, 290, "9/10"),
     (400, 201, "1/2"), (151, 76, "1/1000"), (40, 40, "99/100"), (40, 1, "1/100"), (12, 5, "0"), (12, 5, "1")],
)  # fmt: skip
def test_alike_members_against_fractions(m, k, p, columns):
    p = Fraction(p)
    exact = sum(comb(m, j) * p**j * (1 - p) ** (m - j) for j in range(k, m + 1))
    lp, lq = (np.repeat(x, columns, axis=1) for x in logs_of([p]))
    bodies = alike.Bodies([m], [k])
    met, unmet = bodies.tails(lp, lq)
    assert close(met[0, 0], exact)
    assert close(unmet[0, -1], 1 - exact)
    pivot = comb(m - 1, k - 1) * p ** (k - 1) * (1 - p) ** (m - k)
    assert close(bodies.pivots(lp, lq)[0, 0], pivot)


def test_bodies_of_many_sizes_beside_each_other_against_fractions():
    sizes = [(435, 290), (3, 2), (100, 67), (1, 1), (20, 1), (20, 20), (51, 26)]
    shares = [Fraction(1, 10**9), Fraction(2, 5), Fraction(1, 2), Fraction(3, 5), 1 - Fraction(1, 10**9)]
    each = [logs_of([p]) for p in shares]
    times = -(-alike.MANY // len(sizes) // len(shares)) + 1
    for repeats in (1, times):  # all terms at once, and one after another
        sides = [np.concatenate([one[side] for one in each], axis=1) for side in (0, 1)]
        lp, lq = (np.tile(side, (len(sizes), repeats)) for side in sides)
        met, unmet = alike.Bodies(*zip(*sizes, strict=True)).tails(lp, lq)
        for row, (m, k) in enumerate(sizes):
            for column, p in enumerate(shares):
                exact = sum(comb(m, j) * p**j * (1 - p) ** (m - j) for j in range(k, m + 1))
                assert close(met[row, column - len(shares)], exact)
                assert close(unmet[row, column], 1 - exact)


def test_a_crowd_of_alike_members_beyond_exact_constants():
    lp, lq = logs_of([Fraction(1, 2)])
    met, unmet = alike.Bodies([10001], [5001]).tails(lp, lq)
    assert abs(met[0, 0] - log(0.5)) < 1e-11
    assert abs(unmet[0, 0] - log(0.5)) < 1e-11


def sums_of(moves, p, skip=-1):
    """The exact distribution of the weight that moves; one member of child ``skip`` left out."""
    found = {0: Fraction(1)}
    for i, move in enumerate(moves):
        for _ in range(move.count - (i == skip)):
            after = {}
            for s, v in found.items():
                after[s] = after.get(s, 0) + v * (1 - p[i])
                after[s + move.weight] = after.get(s + move.weight, 0) + v * p[i]
            found = after
    return found


@pytest.mark.parametrize("seed", range(60))
def test_generating_functions_two_by_two_against_fractions(seed):
    rng = random.Random(seed)
    n, columns = rng.randint(2, 24), rng.randint(1, 3)
    need = rng.randint(1, n)
    chances = [[Fraction(rng.randint(0, 20), 20) for _ in range(n)] for _ in range(columns)]
    la, lb = (np.concatenate(part, axis=1) for part in zip(*map(logs_of, chances), strict=True))
    assert product.fits(n, np.ones(n), la, lb)
    short, reach, pivots = product.run(la, lb, need, pivots=True)
    for column, p in enumerate(chances):
        numbers = sums_of([Move(1)] * n, p)
        assert close(short[column], sum(v for s, v in numbers.items() if s < need))
        assert close(reach[column], sum(v for s, v in numbers.items() if s >= need))
        for i in range(n):
            assert close(pivots[i, column], sums_of([Move(1)] * n, p, i).get(need - 1, 0))


def test_generating_functions_leave_products_below_the_floats_to_the_recursion():
    rare = np.full((50, 1), np.log(1e-20))
    assert not product.fits(50, np.ones(50), rare, np.log1p(-np.exp(rare)))
    assert product.fits(10, np.ones(10), rare[:10], np.log1p(-np.exp(rare[:10])))


@pytest.mark.parametrize("seed", range(150))
def test_the_recursion_against_fractions(seed):
    rng = random.Random(seed)
    size = rng.randint(1, 6)
    moves = [Move(rng.randint(1, 5 if seed % 2 else 90), rng.choice([1, 1, 1, 2, 4])) for _ in range(size)]
    bound = rng.randint(1, sum(m.weight * m.count for m in moves))
    tiny = rng.choice([1, 1, 10**6, 10**90])  # tails far below the smallest float
    p = [Fraction(rng.randint(0, 9), 9 * tiny) for _ in range(size)]
    if seed % 3 == 0:
        p = [1 - x for x in p]
    found = recursion.run(moves, bound, *logs_of(p), pivots=True)
    reach = sum(v for s, v in sums_of(moves, p).items() if s >= bound)
    assert close(found.reach[0], reach)
    assert close(found.short[0], 1 - reach)
    for i, move in enumerate(moves):
        pivot = sum(v for s, v in sums_of(moves, p, i).items() if bound - move.weight <= s < bound)
        assert close(found.pivots[i, 0], pivot)


@pytest.mark.parametrize("seed", range(40))
def test_heavy_weights_agree_with_the_recursion_within_what_they_say(seed):
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 9))
    weights = sorted(int(w) for w in rng.integers(1, 60, size))
    bound = int(rng.integers(1, sum(weights) + 1))
    p = rng.random((size, 3))
    la, lb = np.log(p), np.log1p(-p)
    slow = recursion.run([Move(w) for w in weights], bound, la, lb, pivots=True)
    short, reach, pivots, doubts = heavy.run(weights, bound, la, lb)
    assert np.allclose(short, slow.short, rtol=1e-13, atol=1e-13)
    assert np.allclose(reach, slow.reach, rtol=1e-13, atol=1e-13)
    exact = np.exp(slow.pivots)
    assert (np.abs(np.exp(pivots) - exact) <= exact * (doubts + 1e-14)).all()


def test_heavy_weights_leave_tails_below_the_floats_to_the_recursion():
    p = np.full((30, 1), 1e-12)
    assert heavy.run([1] * 30, 28, np.log(p), np.log1p(-p)) is None


@pytest.mark.parametrize("need", [260, 300, 305, 340, 400, 470])
def test_the_contour_agrees_with_the_recursion(need):
    rng = np.random.default_rng(need)
    p = rng.random(600)
    p[:2] = 0.0, 1.0
    with np.errstate(divide="ignore"):
        la, lb = np.log(p), np.log1p(-p)
    met, unmet, pivots = contour.run(la[:, None], lb[:, None], need)
    slow = recursion.run([Move(1)] * 600, need, la[:, None], lb[:, None], pivots=True)
    assert met == pytest.approx(slow.reach, rel=1e-13, abs=1e-12)
    assert unmet == pytest.approx(slow.short, rel=1e-13, abs=1e-12)
    assert np.allclose(pivots, slow.pivots, rtol=0, atol=2e-12)


SPREADS = {
    "even": lambda rng, n: rng.uniform(0.3, 0.6, n),
    "at both ends": lambda rng, n: rng.beta(0.1, 0.1, n),
    "mostly never": lambda rng, n: rng.beta(0.2, 1, n),
    "three kinds": lambda rng, n: rng.choice([1e-3, 0.5, 0.999], n, p=[0.5, 0.4, 0.1]),
    "rare": lambda rng, n: np.clip(rng.normal(0.06, 0.03, n), 1e-200, 1),
    "some certain": lambda rng, n: np.clip(rng.normal(0.5, 0.5, n), 0, 1),
}


@pytest.mark.parametrize("far", [0, 1, -3, 7])
@pytest.mark.parametrize("spread", SPREADS)
def test_the_contour_agrees_with_the_recursion_whatever_the_members_are(spread, far):
    rng = np.random.default_rng(7)
    p = SPREADS[spread](rng, 2400)
    need = round(p.sum() + far * np.sqrt((p * (1 - p)).sum()))
    with np.errstate(divide="ignore"):
        la, lb = np.log(p), np.log1p(-p)
    column = contour.Column(contour.members(p), len(p), need)
    assert column.saddle
    slow = recursion.run([Move(1)] * len(p), need, la[:, None], lb[:, None], pivots=True)
    assert column.ends() == pytest.approx((slow.reach[0], slow.short[0]), rel=1e-13, abs=1e-12)
    assert np.allclose(column.pivots(), slow.pivots[:, 0], rtol=0, atol=2e-12)


def test_the_contour_sums_shares_far_apart_by_parts():
    p = np.concatenate([np.full(900, 0.004), np.full(120, 0.996), np.full(220, 0.5)])
    column = contour.Column(contour.members(p), len(p), 233)
    assert len(column.circle(column.saddle).parts) > 1
    la, lb = np.log(p)[:, None], np.log1p(-p)[:, None]
    slow = recursion.run([Move(1)] * len(p), 233, la, lb, pivots=True)
    assert column.ends() == pytest.approx((slow.reach[0], slow.short[0]), rel=1e-13, abs=1e-13)
    assert np.allclose(column.pivots(), slow.pivots[:, 0], rtol=0, atol=1e-12)


def test_the_contour_declines_what_is_too_narrow():
    p = np.full(500, 1e-4)
    assert contour.run(np.log(p)[:, None], np.log1p(-p)[:, None], 400) is not None
    p[:490] = 0.0
    with np.errstate(divide="ignore"):
        assert contour.run(np.log(p)[:, None], np.log1p(-p)[:, None], 5) is None


@pytest.mark.parametrize("count", [1, 2, 5, 26, 95, 400])
def test_legendre_nodes(count):
    nodes, rest, weights = legendre(count)
    x, w = np.polynomial.legendre.leggauss(count)
    assert np.allclose(np.sort(nodes), (x + 1) / 2, rtol=0, atol=1e-15)
    assert np.allclose(np.sort(weights), np.sort(w / 2), rtol=1e-10)
    assert np.allclose(nodes + rest, 1.0, rtol=0, atol=1e-15)
    assert (weights * nodes ** (2 * count - 1)).sum() == pytest.approx(1 / (2 * count), rel=1e-13)


def test_complements_of_tiny_logarithms():
    assert complement(np.array([-1e-20]))[0] == pytest.approx(log(1e-20))
    assert complement(np.array([-50.0]))[0] == pytest.approx(-np.exp(-50.0), rel=1e-15)
