"""Private types: slopes by differences, equilibria by hand, and equations at every precision."""

from math import exp, log

import numpy as np
import pytest

from assent.models.standoff import branch, private
from assent.models.standoff.tree import CHANCE, FEDERAL, STATE, Menu, chances, payoffs, tree_of
from tests.models.standoff.crowd import DEFAULTS, crowd

TREE = tree_of()
TWO = (private.Type("tough", 0.3, 0.6), private.Type("soft", 0.7, 1.5))
STATES = (private.Type("firm", 0.6, 0.1), private.Type("weak", 0.4, 0.8))
ONE = (private.Type("one", 1, 0.8),)


def come(odds, at, side, kind):
    """The probability with which a type does its part to come to a node."""
    p, name = 1.0, TREE.nodes[at].id
    for place, node in enumerate(TREE.nodes):
        if node.player == side:
            for move, below in enumerate(node.below):
                if f"{name}/".startswith(f"{TREE.nodes[below].id}/"):
                    p *= odds[place, kind][move]
    return p


def bayes(game, odds, agent):
    """What an agent believes of the types of the other side; nothing where it is not come to."""
    other = STATE if agent.player == FEDERAL else FEDERAL
    weights = [float(k.prior) * come(odds, agent.node, other, at) for at, k in enumerate(game.types[other])]
    return [weight / sum(weights) for weight in weights] if sum(weights) > 1e-200 else None


def by_hand(game, odds, beliefs=None):
    """(node, type) → what each move is worth, by going through all plays; beliefs are those of Bayes unless given."""
    plain = game.parameters.floats()
    lots = chances(plain)

    def worth(at, f, s, held):
        node = TREE.nodes[at]
        if node.end:
            return np.array([float(v) for v in held[at]])
        kind = f if node.player == FEDERAL else s
        share = lots[node.lottery] if node.player == CHANCE else odds[at, kind]
        return sum(p * worth(below, f, s, held) for p, below in zip(share, node.below, strict=True))

    found = {}
    for agent in game.agents:
        mine = 0 if agent.player == FEDERAL else 1
        total = np.zeros(agent.moves)
        for at, p in enumerate(beliefs[agent.node, agent.kind] if beliefs else bayes(game, odds, agent)):
            f, s = (agent.kind, at) if mine == 0 else (at, agent.kind)
            held = payoffs(TREE, plain.having(federal_force_cost=float(game.types[FEDERAL][f].force_cost),
                                              state_force_cost=float(game.types[STATE][s].force_cost)))  # fmt: skip
            below = TREE.nodes[agent.node].below
            total += p * np.array([worth(b, f, s, held)[mine] for b in below])
        found[agent.node, agent.kind] = total
    return found


@pytest.mark.parametrize(("federal", "state"), [(TWO, ONE), (TWO, STATES)])
def test_what_moves_are_worth_and_how_that_changes(federal, state):
    game = private.Private(TREE, DEFAULTS, federal, state)
    dice = np.random.default_rng(40)
    logs = np.concatenate([np.log(dice.dirichlet(np.ones(agent.moves))) for agent in game.agents])
    worth, slope = game.values(logs)
    for (node, kind), moves in by_hand(game, game.odds(logs)).items():
        agent = next(a for a in game.agents if (a.node, a.kind) == (node, kind))
        assert worth[agent.first : agent.first + agent.moves] == pytest.approx(moves, abs=1e-12)
    step = 1e-6
    for at in range(0, game.size, 5):
        ahead, behind = logs.copy(), logs.copy()
        ahead[at] += step
        behind[at] -= step
        assert slope[:, at] == pytest.approx((game.values(ahead)[0] - game.values(behind)[0]) / (2 * step), abs=1e-8)


@pytest.mark.parametrize(("federal", "state"), [(TWO, ONE), (TWO, STATES)])
@pytest.mark.parametrize("precision", [1.0, 8.0, 50.0])
def test_at_each_precision_the_odds_are_the_logit_of_what_moves_are_worth(federal, state, precision):
    game = private.Private(TREE, DEFAULTS, federal, state)
    found = branch.follow(game, precision)
    odds = game.odds(found.logs)
    for key, worth in by_hand(game, odds).items():
        weights = [exp(precision * (value - worth.max())) for value in worth]
        assert odds[key] == pytest.approx([w / sum(weights) for w in weights], abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_in_the_limit_no_type_gains_by_another_move_wherever_it_is_come_to(seed):
    held = crowd(6, 41)
    numbers = {name: float(getattr(held, name)[seed]) for name in held.__slots__[:-2]}
    game = private.Private(TREE, type(held)(**numbers), TWO, STATES if seed % 2 else ONE)
    found = branch.follow(game)
    odds = game.odds(found.logs)
    beliefs = game.beliefs(found.logs)
    for key, worth in by_hand(game, odds, beliefs).items():
        assert worth.max() - np.dot(odds[key], worth) < 1e-5
    held_to_bayes = 0
    for agent in game.agents:
        believed = bayes(game, odds, agent)
        if believed is not None:
            held_to_bayes += 1
            assert beliefs[agent.node, agent.kind] == pytest.approx(believed, abs=1e-5)
    assert held_to_bayes > 3
    assert found.regret < 1e-5
    assert found.residual < 1e-7


def test_beliefs_follow_bayes():
    game = private.Private(TREE, DEFAULTS, TWO, ONE)
    found = branch.follow(game, 10.0)
    odds = game.odds(found.logs)
    defied, court = TREE.place("defy"), TREE.nodes[TREE.place("defy")].moves.index("litigate")
    joint = [0.3 * odds[defied, 0][court], 0.7 * odds[defied, 1][court]]
    believed = game.beliefs(found.logs)[TREE.place("defy/litigate/for-federal"), 0]
    assert believed == pytest.approx([p / sum(joint) for p in joint])


def test_a_type_of_prior_zero_is_left_out():
    sure = (private.Type("tough", 1, 0.6), private.Type("soft", 0, 1.5))
    assert len(private.Private(TREE, DEFAULTS, sure, ONE).agents) == 17
    assert len(private.Private(TREE, DEFAULTS, TWO, ONE).agents) == 26
    assert len(private.Private(TREE, DEFAULTS, TWO, STATES).agents) == 34


@pytest.mark.parametrize("priors", [(0.5, 0.4), (1.2, -0.2), (float("nan"), 0.5)])
def test_priors_that_are_none_are_refused(priors):
    kinds = tuple(private.Type(str(at), p, 0.5) for at, p in enumerate(priors))
    with pytest.raises(ValueError, match="priors"):
        private.Private(TREE, DEFAULTS, kinds, ONE)


def test_a_curve_that_starts_is_that_of_full_error():
    game = private.Private(tree_of(Menu(("tolerate", "force"))), DEFAULTS, TWO, ONE)
    found = branch.follow(game, 0.0)
    for (node, _), odds in game.odds(found.logs).items():
        count = len(game.tree.nodes[node].moves)
        assert odds == pytest.approx([1 / count] * count)
    assert log(2) == pytest.approx(-found.logs[game.agents[1].first])
    with pytest.raises(ValueError, match="zero or more"):
        branch.follow(game, -1)


def test_the_curve_is_followed_through_its_folds():
    """Here it turns back at a precision of 696, and forward again at a lower one, before it goes on to the limit."""
    numbers = DEFAULTS.floats().having(
        victory=0.506, federal_court_cost=0.0, state_court_cost=0.0, state_sanction_cost=0.0, precedent_cost=1.973,
        recognition_with_consent=0.82, unrecognised_worth=0.74,
    )  # fmt: skip
    kinds = (private.Type("tough", 0.5, 3.0), private.Type("soft", 0.5, 0.0))
    game = private.Private(TREE, numbers, kinds, ONE)
    found = branch.follow(game)
    assert found.precision >= branch.ENOUGH
    assert found.regret < 1e-4
    odds = game.odds(found.logs)
    for key, worth in by_hand(game, odds, game.beliefs(found.logs)).items():
        assert worth.max() - np.dot(odds[key], worth) < 1e-4


@pytest.mark.parametrize("held", [{"ruling": 0.0}, {"ruling": 1.0}, {"lawful_chance": 0.0}, {"victory": 1.0}])
def test_chances_of_nothing_and_of_everything(held):
    game = private.Private(TREE, DEFAULTS.floats().having(**held), TWO, ONE)
    found = branch.follow(game, 6.0)
    odds = game.odds(found.logs)
    for key, worth in by_hand(game, odds).items():
        weights = [exp(6 * (value - worth.max())) for value in worth]
        assert odds[key] == pytest.approx([w / sum(weights) for w in weights], abs=1e-9)
