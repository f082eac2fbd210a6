"""Backward induction against every pair of strategies, written out; its ties; and the batch against it."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from assent.models.standoff import batch
from assent.models.standoff.induction import outcomes, solve
from assent.models.standoff.tree import CHANCE, FEDERAL, OFFERS, STATE, Menu, chances, group, payoffs, tree_of
from tests.models.standoff.crowd import DEFAULTS, crowd, one

SMALL = tree_of(Menu(offers=(Fraction(1, 4),)))
TREE = tree_of()


def written_out(tree, parameters):
    """The worth of every node under every pair of pure strategies: node, federal plan, plan of the state, side."""
    nodes = tree.nodes
    mine = {side: [at for at, node in enumerate(nodes) if node.player == side] for side in (FEDERAL, STATE)}
    plans = {side: list(product(*(range(len(nodes[at].moves)) for at in held))) for side, held in mine.items()}
    shape = (len(plans[FEDERAL]), len(plans[STATE]))
    moves = {}
    for axis, side in enumerate((FEDERAL, STATE)):
        for column, at in enumerate(mine[side]):
            chosen = np.array([plan[column] for plan in plans[side]])
            moves[at] = np.broadcast_to(chosen[:, None] if axis == 0 else chosen[None, :], shape)
    ends, odds = payoffs(tree, parameters.floats()), chances(parameters.floats())
    worth = np.zeros((len(nodes), *shape, 2))
    for at in reversed(range(len(nodes))):
        node = nodes[at]
        if node.end:
            worth[at] = ends[at]
        elif node.player == CHANCE:
            worth[at] = sum(p * worth[below] for p, below in zip(odds[node.lottery], node.below, strict=True))
        else:
            held = np.stack([worth[below] for below in node.below])
            worth[at] = np.take_along_axis(held, moves[at][None, :, :, None], axis=0)[0]
    return worth


@pytest.mark.parametrize("seed", range(12))
def test_the_solution_is_the_only_pair_of_strategies_that_nobody_leaves_in_any_subgame(seed):
    parameters = one(crowd(12, 20, statehood=bool(seed % 2)), seed)
    worth = written_out(SMALL, parameters)
    best = [worth[..., side].max(axis=1 + side, keepdims=True) for side in (0, 1)]
    kept = ((worth[..., 0] >= best[0] - 1e-12) & (worth[..., 1] >= best[1] - 1e-12)).all(axis=0)
    assert kept.any()
    found = solve(SMALL, parameters)
    values = np.array([[float(v) for v in pair] for pair in found.values])
    for place in np.argwhere(kept):
        assert np.allclose(worth[:, place[0], place[1], :], values, atol=1e-12)


def test_the_batch_gives_the_exact_solution_of_each():
    size = 1500
    held = crowd(size, 21)
    rounded = [one(held, at) for at in range(size)]
    columns = {name: np.array([float(getattr(p, name)) for p in rounded]) for name in held.__slots__[:-2]}
    found = batch.solve(TREE, held.having(**columns), size)
    defied = TREE.place("defy")
    for at, parameters in enumerate(rounded):
        exact = solve(TREE, parameters)
        assert float(exact.values[0][0]) == pytest.approx(found.federal[0, at], abs=1e-12)
        if found.close[at]:
            continue
        for start in (0, defied):
            end = group(TREE.nodes, exact.path(start)[-1])
            assert end == group(TREE.nodes, int(found.outcome[start, at]))


def test_a_tie_is_told_and_goes_to_the_milder_move():
    at_threshold = DEFAULTS.having(federal_force_cost=Fraction(113, 100))
    found = solve(TREE, at_threshold)
    names = {TREE.nodes[at].id: [TREE.nodes[at].moves[move] for move in moves] for at, moves in found.ties.items()}
    assert names["defy/sanction/persist"] == ["yield", "force"]
    assert (
        found.tree.nodes[TREE.place("defy/sanction/persist")].moves[found.choice[TREE.place("defy/sanction/persist")]]
        == "yield"
    )
    ends = {group(TREE.nodes, way.passed[-1]) for way in outcomes(TREE, at_threshold)}
    assert {"stay", "defy/negotiate/50%/accept"} <= ends


def test_without_ties_there_is_one_outcome():
    found = solve(TREE, DEFAULTS)
    assert not found.ties
    (way,) = outcomes(TREE, DEFAULTS)
    assert way.passed == found.path()
    assert way.value == found.values[0]


def test_the_tree_has_each_real_option_once():
    players = [node.player for node in TREE.nodes if node.player]
    assert (players.count(FEDERAL), players.count(STATE), players.count(CHANCE)) == (9, 8, 10)
    assert len({node.id for node in TREE.nodes}) == len(TREE.nodes) == 62
    assert all(len(set(node.moves)) == len(node.moves) for node in TREE.nodes)
    assert all(below > at for at, node in enumerate(TREE.nodes) for below in node.below)


def test_a_menu_takes_its_instruments_off_every_rung():
    tree = tree_of(Menu(("tolerate", "litigate")))
    assert not any("sanction" in node.id or "force" in node.id.split("/") for node in tree.nodes)
    assert tree.nodes[tree.place("defy/litigate/for-federal/persist")].moves == ("yield",)


@pytest.mark.parametrize(
    "menu",
    [
        Menu(()),
        Menu(("plead",)),
        Menu(("force", "force")),
        Menu(offers=()),
        Menu(offers=(Fraction(1),)),
        Menu(offers=(*OFFERS, 2)),
    ],
)
def test_a_menu_that_is_none_is_refused(menu):
    with pytest.raises(ValueError, match=r"menu|offer"):
        tree_of(menu)
