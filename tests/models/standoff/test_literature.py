"""Published results, each reproduced to four digits by other means than the formula."""

from fractions import Fraction

import numpy as np
import pytest

from assent.models.standoff import batch
from assent.models.standoff.literature import (
    BARE,
    deterred_above,
    fearon_range,
    power_shift,
    risk_return,
    shift_needed,
)
from assent.models.standoff.tree import Menu, tree_of

DIGITS = 1e-4


@pytest.mark.parametrize("numbers", [(0.72, 0.6, 0.8), (0.5, 0.125, 0.25), (0.3, 0.05, 0.4)])
def test_fearons_range_is_where_both_prefer_a_bargain_to_war(numbers):
    """The game of taking or leaving an offer, played at 20,001 offers."""
    victory, federal, state = numbers
    offers = tuple(Fraction(at, 20_001) for at in range(1, 20_001))
    bare = BARE.floats().having(victory=victory, federal_force_cost=federal, state_force_cost=state)
    shares = np.array([float(offer) for offer in offers])
    tree = tree_of(Menu(("negotiate", "force"), (Fraction(1, 2),)))
    worth = {name: tree.place(f"defy/{name}") for name in ("force", "negotiate/50%/accept")}
    found = batch.solve(tree, bare, 1)
    war = found.federal[worth["force"], 0], found.state[worth["force"], 0]
    both = shares[(-shares >= war[0]) & (shares >= war[1])]
    low, high = fearon_range(victory, federal, state)
    assert 1 - both.max() == pytest.approx(max(low, 0), abs=DIGITS)
    assert 1 - both.min() == pytest.approx(min(high, 1), abs=DIGITS)
    assert found.federal[worth["negotiate/50%/accept"], 0] == -0.5


@pytest.mark.parametrize(("victory", "cost", "most"), [(0.5, 0.125, 0.25), (0.4, 0.1, 0.5), (0.3, 0.6, 0.5)])
def test_the_best_gamble_is_found_by_trying_all_of_them(victory, cost, most):
    demands = np.linspace(victory, victory + most, 200_001)
    refused = (demands - victory) / most  # the other fights if its cost is below what it is asked to give
    worth = (1 - refused) * demands + refused * (victory - cost)
    best = demands[worth.argmax()]
    found = risk_return(victory, cost, most)
    assert found.demand == pytest.approx(best, abs=DIGITS)
    assert found.war == pytest.approx(refused[worth.argmax()], abs=DIGITS)
    assert found.war == pytest.approx(max(0, (1 - cost / most) / 2), abs=1e-12)


def test_the_gamble_in_the_game_itself():
    """The federal side demands; the state's cost of force is uniform: its types are 4,001 equal parts."""
    victory, cost, most = 0.5, 0.125, 0.25
    costs = (np.arange(4001) + 0.5) / 4001 * most
    tree = tree_of(Menu(("negotiate", "force"), (Fraction(1, 2),)))
    best = (-9.0, 0.0)
    for conceded in np.linspace(0.3, 0.5, 801):
        bare = BARE.floats().having(victory=victory, federal_force_cost=cost, state_force_cost=costs)
        found = batch.solve(tree, bare, 4001)
        force = tree.place("defy/force")
        fights = found.state[force] > conceded
        worth = np.where(fights, found.federal[force], -conceded).mean()
        best = max(best, (worth, fights.mean()))
    assert best[1] == pytest.approx(risk_return(victory, cost, most).war, abs=1e-3)


def war_now(later, now, cost, discount):
    """Whether the declining side attacks, from the worth of each of 4,000 periods, one after another."""
    periods = 4000
    # From the next period on the rising side, which has all the bargaining power, leaves the other its worth of war.
    war_later = (1 - later) / (1 - discount) - cost
    worth = war_later
    for _ in range(periods):
        offered = war_later - discount * worth  # what makes the declining side just accept
        worth = offered + discount * worth
    best_peace = 1 + discount * worth  # all there is now, and then what it can expect
    return (1 - now) / (1 - discount) - cost > best_peace


def test_a_power_shift_leads_to_war_exactly_where_no_peace_is_better():
    dice = np.random.default_rng(50)
    seen = set()
    for _ in range(4000):
        now, cost, discount = dice.uniform(0, 1), dice.uniform(0, 2), dice.uniform(0.3, 0.99)
        later = dice.uniform(now, 1)
        if abs(discount * later - now - cost * (1 - discount) ** 2) < 1e-9:
            continue
        war = power_shift(later, now, cost, discount)
        seen.add(war)
        if len(seen) < 2 or dice.random() < 0.05:
            assert war_now(later, now, cost, discount) == war
    assert seen == {False, True}


def test_the_shift_that_is_needed_is_where_the_answer_turns():
    now, cost, discount = Fraction(28, 100), Fraction(3, 5), Fraction(19, 20)
    at = shift_needed(now, cost, discount)
    assert not power_shift(at, now, cost, discount)
    assert power_shift(at + Fraction(1, 10**9), now, cost, discount)
    low, high = float(now), 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if war_now(middle, float(now), float(cost), float(discount)) else (middle, high)
    assert float(at) == pytest.approx(low, abs=DIGITS)


def first_prior(worth, challengers):
    """The prior at which the first of N challengers is indifferent, found backwards by bisection.

    A soft government that is challenged fights so often that the next challenger, seeing it, is just indifferent; with
    one challenger left it does not fight.
    """
    needed = 0.0  # of the challenger behind the last
    for left in range(1, challengers + 1):
        low, high = 0.0, 1.0
        for _ in range(80):
            prior = (low + high) / 2
            if left == 1 or prior == 0:
                fought = prior
            else:
                soft = min(1.0, prior * (1 - needed) / ((1 - prior) * needed))
                fought = prior + (1 - prior) * soft
            enters = (1 - fought) * worth + fought * (worth - 1) > 0
            low, high = (prior, high) if enters else (low, prior)
        needed = high
    return needed


@pytest.mark.parametrize("worth", [0.2, 0.3557, 0.5, 0.8])
@pytest.mark.parametrize("challengers", [1, 2, 3, 5, 10])
def test_the_first_challenger_is_deterred_above_b_to_the_n(worth, challengers):
    assert first_prior(worth, challengers) == pytest.approx(deterred_above(worth, challengers), rel=DIGITS)
