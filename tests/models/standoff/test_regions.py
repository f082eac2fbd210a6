"""Maps and turning points against the exact solver; draws and drivers against what is known of them."""

from fractions import Fraction
from itertools import pairwise
from math import log

import numpy as np
import pytest

from assent.models.standoff.draws import DEFIES, FORCE, PRECISION, Range, draw, driven, predict
from assent.models.standoff.induction import solve
from assent.models.standoff.quantal import solve as err
from assent.models.standoff.regions import regions
from assent.models.standoff.tree import group, tree_of
from assent.models.standoff.turns import turns
from tests.models.standoff.crowd import DEFAULTS

TREE = tree_of()
SPANS = {
    "victory": (Fraction(0), Fraction(1)),
    "federal_force_cost": (Fraction(0), Fraction(3, 2)),
    "state_force_cost": (Fraction(0), Fraction(6, 5)),
    "ruling": (Fraction(0), Fraction(1)),
    "lawful_chance": (Fraction(0), Fraction(1)),
    "stake": (Fraction(1, 1000), Fraction(1)),
}


def exactly(parameters):
    found = solve(TREE, parameters)
    return tuple(group(TREE.nodes, found.path(start)[-1]) for start in (0, TREE.place("defy")))


def test_every_cell_is_what_the_exact_solver_says():
    """The grid goes through the threshold of credible force, 1.13, where floating point alone would guess."""
    columns = [Fraction(at, 100) for at in range(101, 131, 4)]
    rows = [Fraction(at, 20) for at in range(9)]
    found = regions(TREE, DEFAULTS, ("federal_force_cost", columns), ("state_force_cost", rows))
    assert Fraction(113, 100) in columns
    assert found.exact >= len(rows)
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            want = exactly(DEFAULTS.having(federal_force_cost=column, state_force_cost=row))
            assert (found.path[y][x], found.defied[y][x]) == want


def test_turning_points_are_exact_and_complete():
    found = turns(TREE, DEFAULTS, SPANS)
    assert all(turn.exact for turn in found)
    assert {turn.name: turn.at for turn in found if turn.name == "federal_force_cost"} == {
        "federal_force_cost": Fraction(113, 100)
    }
    for name, (low, high) in SPANS.items():
        mine = sorted(turn.at for turn in found if turn.name == name)
        for turn in mine:
            assert solve(TREE, DEFAULTS.having(**{name: turn})).ties
        ends = [low, *mine, high]
        for left, right in pairwise(ends):
            inside = {
                exactly(DEFAULTS.having(**{name: left + (right - left) * Fraction(at, 20)})) for at in range(1, 20)
            }
            assert len(inside) == 1


def test_draws_stay_in_their_ranges_and_fill_them_evenly():
    found = draw({"a": Range(2, 4), "b": Range(0.01, 1, even=False)}, 1000, 3)
    assert found["a"].min() >= 2
    assert found["a"].max() <= 4
    assert np.histogram(found["a"], 10, (2, 4))[0].tolist() == [100] * 10
    assert np.histogram(np.log(found["b"]), 10, (log(0.01), 0))[0].tolist() == [100] * 10
    assert abs(np.corrcoef(found["a"], found["b"])[0, 1]) < 0.1
    assert (draw({"a": Range(2, 4)}, 50, 7)["a"] == draw({"a": Range(2, 4)}, 50, 7)["a"]).all()


def test_what_drives_a_result_is_found_in_a_case_that_is_known():
    """y = 3a + b with a, b even on 0 to 1: a explains 9/10 of the variance, b 1/10, c nothing."""
    found = draw(dict.fromkeys("abc", Range(0, 1)), 20_000, 5)
    result = 3 * found["a"] + found["b"]
    assert driven(result, found["a"]) == pytest.approx(0.9, abs=0.01)
    assert driven(result, found["b"]) == pytest.approx(0.1, abs=0.01)
    assert driven(result, found["c"]) == pytest.approx(0, abs=0.005)
    assert driven(np.ones(100), found["a"][:100]) == 0


def test_a_prediction_is_the_solution_of_each_draw():
    ranges = {
        "federal_force_cost": Range(0.3, 1.5),
        "state_force_cost": Range(0, 0.3),
        PRECISION: Range(3, 30, even=False),
    }
    found = predict(TREE, DEFAULTS, 10.0, ranges, 200, 9)
    ends = []
    defied = TREE.place("defy")
    for at in range(200):
        numbers = DEFAULTS.floats().having(**{n: float(v[at]) for n, v in found.values.items() if n != PRECISION})
        solved = solve(TREE, numbers)
        ends.append(group(TREE.nodes, solved.path()[-1]))
        one = err(TREE, numbers, float(found.values[PRECISION][at]))
        assert found.chances[DEFIES][at] == pytest.approx(one.odds[0][2], abs=1e-12)
        assert found.chances[FORCE][at] == pytest.approx(one.given(defied, "force"), abs=1e-12)
    assert found.path == pytest.approx({name: ends.count(name) / 200 for name in set(ends)})
    assert sum(found.defied.values()) == pytest.approx(1)


def test_the_chance_of_force_hangs_mainly_on_errors_and_then_on_what_force_costs_the_state():
    ranges = {
        PRECISION: Range(3, 30, even=False), "state_force_cost": Range(0.4, 1.6, even=False),
        "federal_force_cost": Range(0.3, 1.2, even=False), "victory": Range(0.63, 0.8),
        "state_sanction_cost": Range(0.15, 0.6, even=False), "precedent_cost": Range(0.25, 1, even=False),
    }  # fmt: skip
    found = predict(TREE, DEFAULTS, 10.0, ranges, 8000, 2)
    shares = {name: driven(found.chances[FORCE], values) for name, values in found.values.items()}
    assert sorted(shares, key=shares.get, reverse=True)[:2] == [PRECISION, "state_force_cost"]
    assert shares[PRECISION] > 0.4
