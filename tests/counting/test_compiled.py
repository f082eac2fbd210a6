"""Machine code beside NumPy: the same numbers on every rule and at every size, and only where it is asked for."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from fractions import Fraction
from math import comb

import numpy as np
import pytest

from assent.circuit.nodes import Gate, Leaf
from assent.errors import QueryError
from assent.folds.chance import Factors, at_least, chance, scenarios
from assent.folds.counting import recursion, schedule, switch
from assent.folds.counting.recursion import Move
from assent.folds.power import power
from tests.counting.circuits import Brute, random_circuit
from tests.counting.test_power_indices import federation

TIGHT = 1e-12


@pytest.fixture
def either():
    """A function called by NumPy, then by machine code."""
    pytest.importorskip("numba")

    def twice(function):
        switch.use(wanted=False)
        plain = function()
        switch.use()
        return plain, function()

    yield twice
    switch.use(None)


def same(plain, compiled, tight=TIGHT):
    """Logarithms and slopes of two chances, relative to the numbers they stand for."""
    assert "compiled" in compiled.method
    assert "compiled" not in plain.method
    for name in ("log10", "log10_complement"):
        a, b = getattr(plain, name), getattr(compiled, name)
        assert a == b or abs(a - b) <= tight * max(1.0, abs(a)), name
    assert np.array_equal(np.isfinite(plain.logs), np.isfinite(compiled.logs))
    some = np.isfinite(plain.logs)
    assert np.abs(plain.logs[some] - compiled.logs[some]).max(initial=0.0) <= tight * max(
        1.0, np.abs(plain.logs[some]).max(initial=0.0)
    )
    assert np.array_equal(np.sign(plain.slopes), np.sign(compiled.slopes))


@pytest.mark.parametrize("seed", range(200))
def test_random_circuits_by_both(seed, either):
    rng = random.Random(seed)
    node = random_circuit(
        rng, actors=rng.randint(2, 16), shared=seed % 3 == 1, exceptions=seed % 4 == 2, heavy=seed % 5 == 0
    )
    tiny = rng.choice([1, 1, 1, 10**5, 10**40])
    ids = Brute(node).ids if rng.random() < 0.3 else None
    said = {x: rng.randint(0, 9) / (9 * tiny) for x in ids} if ids else {"*": rng.random() / tiny}
    plain, compiled = either(lambda: chance(node, said))
    if plain.method != "nothing is left to decide":
        same(plain, compiled)


@pytest.mark.parametrize("p", [0.5, 0.6, 0.02, 1e-6, 0.97, 0.0, 1.0])
def test_a_compound_at_full_size_by_both(p, either):
    node = federation()
    same(*either(lambda: chance(node, {"*": p})))
    mixed = {"*": p, "house": [(200, 0.9), (235, 0.3)], "s7": 0.4, "s9/0": 0.8}
    same(*either(lambda: chance(node, mixed)))


def test_power_and_scenarios_by_both(either):
    node = federation()
    plain, compiled = either(lambda: power(node, "shapley-shubik"))
    assert compiled.total == pytest.approx(1.0, abs=1e-12)
    assert np.allclose(plain.absolute, compiled.absolute, rtol=TIGHT, atol=0)
    rng = np.random.default_rng(2)
    said = {"*": rng.random(90), "house": [(300, rng.random(90)), (135, 0.4)], "s3": rng.random(90)}
    plain, compiled = either(lambda: scenarios(node, said))
    assert np.allclose(plain.log10, compiled.log10, rtol=1e-13, atol=TIGHT)
    assert np.allclose(plain.complement, compiled.complement, rtol=TIGHT, atol=0)


def test_factors_by_both(either):
    node, units = federation(12, 9), {f"s{i}": "east" if i % 2 else "west" for i in range(12)}
    said = {"*": 0.55, "s3": 0.4}
    plain, compiled = either(lambda: chance(node, said, Factors(0.3, 0.2, 0.1, units)))
    assert compiled.probability == pytest.approx(plain.probability, rel=TIGHT)
    assert np.allclose(plain.slopes, compiled.slopes, rtol=1e-11, atol=0)


@pytest.mark.parametrize("need", [1, 3, 150, 260, 420, 598, 600])
def test_unequal_members_by_both(need, either):
    p = np.random.default_rng(need).random(600)
    p[:3] = 0.0, 1.0, 1e-12
    plain, compiled = either(lambda: at_least(need, p))
    assert compiled.log10 == pytest.approx(plain.log10, rel=1e-13, abs=TIGHT)
    assert compiled.log10_complement == pytest.approx(plain.log10_complement, rel=1e-13, abs=TIGHT)
    assert np.allclose(plain.gradients, compiled.gradients, rtol=1e-11, atol=0)


@pytest.mark.parametrize("need", [4_600, 5_100, 2_000])
def test_ten_thousand_unequal_members_by_both(need, either):
    p = np.linspace(0.3, 0.6, 10_000)
    plain, compiled = either(lambda: at_least(need, p))
    assert compiled.log10 == pytest.approx(plain.log10, rel=0, abs=TIGHT)
    assert compiled.log10_complement == pytest.approx(plain.log10_complement, rel=0, abs=TIGHT)
    assert np.allclose(plain.gradients, compiled.gradients, rtol=TIGHT, atol=0)


def test_a_crowd_without_width_is_left_to_numpy(either):
    p = np.concatenate([np.ones(2_000), np.full(10, 0.5), np.zeros(9_000)])
    plain, compiled = either(lambda: at_least(2_005, p))
    assert "compiled" not in compiled.method
    assert compiled.log10 == plain.log10
    assert plain.probability == pytest.approx(638 / 1024, rel=1e-12)


@pytest.mark.parametrize("seed", range(25))
def test_heavy_weights_by_machine_code_agree_with_the_recursion(seed):
    pytest.importorskip("numba")
    from assent.folds.counting.kernels import heavy as kernel

    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 9))
    weights = np.sort(rng.integers(1, 60, size))
    counts = rng.integers(1, 4, size)
    bound = int(rng.integers(1, int((weights * counts).sum()) + 1))
    p = rng.random(size)
    la, lb = np.log(p), np.log1p(-p)
    moves = [Move(int(w), int(n)) for w, n in zip(weights, counts, strict=True)]
    slow = recursion.run(moves, bound, la[:, None], lb[:, None], pivots=True)
    pivots, doubts = np.empty(size), np.empty(size)
    short, reach, done = kernel.sums(weights, counts, la, lb, bound, True, pivots, doubts)  # noqa: FBT003 - a kernel
    assert done
    assert (short, reach) == pytest.approx((slow.short[0], slow.reach[0]), rel=1e-13, abs=1e-13)
    exact = np.exp(slow.pivots[:, 0])
    assert (np.abs(np.exp(pivots) - exact) <= exact * (doubts + 1e-14)).all()
    tiny = kernel.sums(weights, counts, np.full(size, -800.0), lb, bound, False, pivots, doubts)  # noqa: FBT003
    assert not tiny[2]


def test_weights_to_the_vote_by_both(either, monkeypatch):
    monkeypatch.setattr("assent.folds.counting.compiled.WIDEST", 500)
    monkeypatch.setattr("assent.folds.counting.integers.MOST_WORK", -1)
    rng = random.Random(1)
    weights = tuple(rng.randint(1_000, 9_000) for _ in range(40))
    node = Gate("fund", "", sum(weights) // 2 + 1, tuple(Leaf("v", f"m{i}") for i in range(40)), weights=weights)
    plain, compiled = either(lambda: power(node, "banzhaf"))
    assert compiled.error_bound < 1e-10
    assert np.allclose(plain.absolute, compiled.absolute, rtol=plain.error_bound + compiled.error_bound, atol=0)


def test_machine_code_against_whole_numbers(either):
    node = Gate("g", "", 2, (Gate("h", "", 290, act="v", body="h", members=435), Leaf("v", "president")))
    p = Fraction(3, 5)
    exact = sum(comb(435, j) * p**j * (1 - p) ** (435 - j) for j in range(290, 436)) * p
    _, compiled = either(lambda: chance(node, {"*": float(p)}))
    assert compiled.probability == pytest.approx(float(exact), rel=1e-13)


def test_without_numba_nothing_changes_but_what_is_asked_for(monkeypatch):
    monkeypatch.setattr(switch, "find_spec", lambda _: None)
    monkeypatch.setattr(switch._Switch, "wanted", None)
    node = federation(6, 4)
    with pytest.raises(QueryError, match="numba, which is not installed"):
        switch.use()
    for said in ("", "0"):
        monkeypatch.setenv(switch.ASKED, said)
        monkeypatch.setattr(switch._Switch, "wanted", None)
        assert "compiled" not in chance(node, {"*": 0.5}).method
        assert not switch.on()
    for said, words in (("1", r"Install assent\[fast\]"), ("yes", "neither 0 nor 1")):
        monkeypatch.setenv(switch.ASKED, said)
        monkeypatch.setattr(switch._Switch, "wanted", None)
        with pytest.raises(QueryError, match=words):
            chance(node, {"*": 0.5})


def test_numba_is_loaded_only_where_it_is_asked_for():
    pytest.importorskip("numba")
    code = (
        "import sys, assent; found = assent.chance('us/article-v/propose', 0.7); "
        "print('numba' in sys.modules, found.method)"
    )
    for asked, said in (("", "False closed form"), ("1", "True closed form")):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, switch.ASKED: asked},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.startswith(said)
        assert ("compiled" in done.stdout) is bool(asked)


def test_what_is_compiled_is_kept_in_the_users_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert switch.folder() == tmp_path / "assent" / "compiled"
    package = os.path.dirname(schedule.__file__)  # noqa: PTH120 - a folder's name
    assert not str(switch.folder()).startswith(package)


def test_where_nothing_can_be_kept_it_is_compiled_anyway(monkeypatch, tmp_path):
    numba = pytest.importorskip("numba")
    (tmp_path / "assent").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    doubled = switch.jit(lambda x: 2.0 * x)
    assert doubled(21.0) == 42.0
    assert numba.config.CACHE_DIR == ""
