"""Every closed form against the solver, on thousands of random standoffs; the bluff against its own definition."""

from fractions import Fraction

import numpy as np
import pytest

from assent.models.standoff import batch, branch, conditions, private
from assent.models.standoff.induction import solve
from assent.models.standoff.literature import fearon_range
from assent.models.standoff.tree import Menu, payoffs, tree_of
from assent.models.standoff.turns import turns
from tests.models.standoff.crowd import DEFAULTS, crowd

MANY = 5000
TREE = tree_of()
SAFE = 1e-9  # nearer than this to a threshold, floating point cannot say


def chosen(found, name):
    """The name of the move that is chosen at a node, in each standoff."""
    at = found.tree.place(name)
    return np.array(found.tree.nodes[at].moves)[found.choice[at]]


@pytest.mark.parametrize("statehood", [True, False])
@pytest.mark.parametrize("rung", ["defy/negotiate/25%/reject", "defy/sanction/persist"])
def test_force_is_credible_exactly_below_its_threshold(statehood, rung):
    held = crowd(MANY, 1, statehood=statehood)
    found = batch.solve(TREE, held, MANY)
    margin = conditions.force_is_credible_below(held) - held.federal_force_cost
    sure = abs(margin) > SAFE
    assert ((chosen(found, rung) == "force") == (margin > 0))[sure].all()
    assert 0.2 < (margin > 0).mean() < 0.8


@pytest.mark.parametrize("statehood", [True, False])
def test_the_state_folds_exactly_above_its_threshold(statehood):
    tree = tree_of(Menu(("tolerate", "litigate", "force")))
    held = crowd(4 * MANY, 2, statehood=statehood)
    found = batch.solve(tree, held, 4 * MANY)
    faced = chosen(found, "defy/litigate/for-federal/persist") == "force"
    margin = held.state_force_cost - conditions.state_folds_above(held)
    sure = faced & (abs(margin) > SAFE)
    assert sure.sum() > MANY
    assert ((chosen(found, "defy/litigate/for-federal") == "comply") == (margin > 0))[sure].all()


@pytest.mark.parametrize("lump_sum", [False, True])
@pytest.mark.parametrize("statehood", [False, True])
def test_a_share_is_in_the_range_exactly_if_both_prefer_it_to_force(lump_sum, statehood):
    held = crowd(MANY, 3, lump_sum=lump_sum, statehood=statehood)
    offers = tuple(Fraction(at, 20) for at in range(1, 20))
    tree = tree_of(Menu(("negotiate", "force"), offers))
    found = batch.solve(tree, held, MANY)
    low, high = conditions.bargaining(held)
    force = tree.place("defy/force")
    for offer in offers:
        at = tree.place(f"defy/negotiate/{float(100 * offer):g}%/accept")
        both = (found.federal[at] >= found.federal[force]) & (found.state[at] >= found.state[force])
        x = float(offer)
        sure = (abs(x - low) > SAFE) & (abs(x - high) > SAFE)
        assert (both == ((low < x) & (x < high)))[sure].all()


def test_the_range_is_never_empty_in_proportion_and_can_be_with_a_lump_sum():
    held = crowd(MANY, 4)
    low, high = conditions.bargaining(held)
    assert (low <= high + SAFE).all()
    lump = held.having(lump_sum=True, precedent_cost=held.precedent_cost * 3)
    low, high = conditions.bargaining(lump)
    assert 0.01 < (low > high).mean() < 0.99


def test_without_precedent_or_recognition_the_range_is_fearons():
    held = crowd(MANY, 5, stake=np.ones(MANY), precedent_cost=np.zeros(MANY), statehood=False)
    low, high = conditions.bargaining(held)
    least, most = fearon_range(held.victory, held.federal_force_cost, held.state_force_cost)
    assert np.allclose(1 - high, least, atol=1e-12)
    assert np.allclose(1 - low, most, atol=1e-12)


def test_the_lawful_route_pays_exactly_above_its_threshold():
    held = crowd(MANY, 6)
    found = batch.solve(TREE, held, MANY)
    petition = found.state[TREE.place("petition")]
    gain = held.consented - held.settlement
    with np.errstate(divide="ignore", invalid="ignore"):
        margin = np.where(gain > 0, held.lawful_chance - held.campaign_cost / gain, -1)
    sure = abs(petition) > SAFE
    assert ((petition > 0) == (margin > 0))[sure].all()
    assert conditions.lawful_route_pays_above(DEFAULTS) == Fraction(20, 937)
    assert conditions.lawful_route_pays_above(DEFAULTS.having(settlement=Fraction(2))) is None


def test_each_rung_of_the_ladder_stands_where_its_closed_form_says():
    held = crowd(8 * MANY, 7, statehood=False)
    found = batch.solve(TREE, held, 8 * MANY)
    first, second, third = conditions.rungs(held)
    empty = chosen(found, "defy/sanction/persist") == "yield"
    assert (empty == (held.stake < third))[abs(held.stake - third) > SAFE].all()
    bites = chosen(found, "defy/sanction") == "comply"
    sure = empty & (abs(held.stake - second) > SAFE)
    assert (bites == (held.stake < second))[sure].all()
    after = "defy/litigate/for-federal/persist"
    obeyed = empty & (chosen(found, f"{after}/sanction") == "comply")
    sure = obeyed & (abs(held.stake - first) > SAFE)
    assert ((chosen(found, after) == "sanction") == (held.stake > first))[sure].all()
    assert sure.sum() > MANY


def test_sanctions_for_exit_have_the_same_thresholds_with_the_worth_of_possession():
    held = crowd(8 * MANY, 8)
    found = batch.solve(TREE, held, 8 * MANY)
    empty = chosen(found, "defy/sanction/persist") == "yield"
    margin = held.state_sanction_cost - conditions.sanctions_bite_above(held)
    sure = empty & (abs(margin) > SAFE)
    assert ((chosen(found, "defy/sanction") == "comply") == (margin > 0))[sure].all()
    after = "defy/litigate/for-federal/persist"
    obeyed = empty & (chosen(found, f"{after}/sanction") == "comply")
    margin = conditions.sanction_beats_yielding_below(held) - held.federal_sanction_cost
    sure = obeyed & (abs(margin) > SAFE)
    assert ((chosen(found, after) == "sanction") == (margin > 0))[sure].all()
    assert sure.sum() > 4000


def test_at_the_defaults_the_answer_to_defiance_turns_at_the_three_rungs_and_nowhere_else():
    plain = DEFAULTS.having(statehood=False)
    found = turns(TREE, plain, {"stake": (Fraction(1, 1000), Fraction(1))})
    assert tuple(turn.at for turn in found) == conditions.rungs(plain) == (
        Fraction(3, 155), Fraction(3, 22), Fraction(60, 113),
    )  # fmt: skip
    assert all(turn.exact for turn in found)
    fates = [found[0].below[0], *(turn.above[0] for turn in found)]
    assert fates == ["defy/tolerate", "stay", "defy/tolerate", "stay"]


# ── the bluff ───────────────────────────────────────────────────────────────────────────────────────────────────────


def bluffs(count, seed):
    """Random standoffs with a bluff: a tough federal side would use force, a soft one not, and the state would fold."""
    held = crowd(40 * count, seed, ruling=np.ones(40 * count), lawful_chance=np.zeros(40 * count))
    dice = np.random.default_rng(seed)
    prior = dice.uniform(0.01, 0.99, 40 * count)
    found = [
        (at, form)
        for at in range(40 * count)
        if (form := conditions.bluff(_at(held, at), float(prior[at]))) is not None
    ][:count]
    assert len(found) == count
    return [(_at(held, at), float(prior[at]), form) for at, form in found]


def _at(held, at):
    numbers = {name: float(getattr(held, name)[at]) for name in held.__slots__[:-2]}
    return type(held)(**numbers)


def test_the_bluff_makes_both_sides_indifferent_where_they_mix():
    for held, prior, (belief, bluffing, below) in bluffs(4000, 9):
        goes = prior + (1 - prior) * bluffing  # the chance that a defiance is taken to court
        assert prior / goes == pytest.approx(belief)
        comply = -held.state_court_cost - held.state_audience_cost * held.stake
        persist = belief * held.fight + (1 - belief) * held.possession - held.state_court_cost
        assert comply == pytest.approx(persist, abs=1e-9)
        defied = goes * comply + (1 - goes) * held.possession
        if abs(prior - below) > 1e-9:
            assert (defied > 0) == (prior < below)


def test_the_curve_of_errors_leads_to_the_bluff():
    tree = tree_of(Menu(("tolerate", "litigate", "force")))
    defied, ruled = tree.place("defy"), tree.place("defy/litigate/for-federal")
    checked = 0
    for held, prior, form in bluffs(60, 10):
        credible = conditions.force_is_credible_below(held)
        if abs(prior - form.defies_below) < 0.02 or held.federal_court_cost * 3 > credible:
            continue
        back = (1 + held.precedent_cost) * held.stake
        if not held.federal_court_cost < 0.2 * back or held.federal_audience_cost > back:
            continue
        kinds = (private.Type("tough", prior, 0.5 * credible), private.Type("soft", 1 - prior, 2 * credible))
        game = private.Private(tree, held, kinds, (private.Type("one", 1.0, held.state_force_cost),))
        found = branch.follow(game)
        odds = game.odds(found.logs)
        if odds[defied, 0][1] < 0.999:
            continue  # here a tough side would rather strike at once, which the closed form leaves out
        checked += 1
        assert odds[defied, 1][1] == pytest.approx(form.bluffs, abs=1e-4)
        assert odds[0, 0][2] == pytest.approx(float(prior < form.defies_below), abs=1e-3)
        assert game.beliefs(found.logs)[ruled, 0][0] == pytest.approx(form.belief, abs=1e-4)
        assert found.regret < 1e-5
    assert checked >= 8


def test_there_is_no_bluff_where_the_prior_is_high_or_the_state_would_fight_anyone():
    assert conditions.bluff(DEFAULTS, Fraction(1, 10)) is not None
    assert conditions.bluff(DEFAULTS, Fraction(1, 2)) is None
    assert conditions.bluff(DEFAULTS.having(state_force_cost=Fraction(0)), Fraction(1, 10)) is None


def test_the_default_path_is_to_stay_and_defiance_would_end_in_court():
    found = solve(TREE, DEFAULTS)
    nodes = [TREE.nodes[at].id for at in found.path(TREE.place("defy"))]
    assert [TREE.nodes[at].id for at in found.path()] == ["", "stay"]
    assert nodes[-1] == "defy/litigate/for-federal/comply"
    assert found.values[TREE.place("defy")] == (Fraction(-67, 8000), Fraction(-19513, 200000))


def test_the_payoffs_are_those_of_the_table():
    """Each end by hand, from the table of payoffs, in a standoff whose numbers are all different."""
    numbers = DEFAULTS.having(stake=Fraction(1, 2), federal_court_cost=Fraction(1, 250))
    s, r, phi, eta = Fraction(1, 2), Fraction(1, 2), Fraction(2, 5), Fraction(3, 20)
    af, as_, lf, ls = Fraction(1, 20), Fraction(1, 10), Fraction(1, 250), Fraction(3, 1000)
    xf, xs = Fraction(3, 100), Fraction(3, 10)
    kf, ks, ms, d = Fraction(3, 5), Fraction(4, 5), Fraction(1, 50), Fraction(1, 20)
    a = s * (Fraction(1, 20) + Fraction(19, 20) * Fraction(7, 20))
    c = s * (Fraction(49, 50) + Fraction(1, 50) * Fraction(7, 20))
    want = {
        "stay": (0, 0),
        "petition/completes": (-s - eta * r * s + d, c - d - ms),
        "petition/fails": (0, -ms),
        "defy/tolerate": (-s - r * s, a),
        "defy/negotiate/25%/accept": (-s / 4 - phi * r * s / 4, s / 4),
        "defy/negotiate/25%/reject/yield": (-s - r * s - af * s, a),
        "defy/negotiate/25%/reject/force/prevails": (-kf, -ks),
        "defy/negotiate/25%/reject/force/fails": (-s - r * s - kf, a - ks),
        "defy/litigate/for-state": (-s - eta * r * s - lf, c - ls),
        "defy/litigate/for-federal/comply": (-lf, -ls - as_ * s),
        "defy/litigate/for-federal/persist/yield": (-s - r * s - af * s - lf, a - ls),
        "defy/litigate/for-federal/persist/sanction/comply": (-lf - xf, -ls - xs / 2 - as_ * s),
        "defy/litigate/for-federal/persist/sanction/persist/yield": (-s - r * s - af * s - lf - xf, a - ls - xs),
        "defy/litigate/for-federal/persist/force/prevails": (-kf - lf, -ks - ls),
        "defy/litigate/for-federal/persist/force/fails": (-s - r * s - kf - lf, a - ks - ls),
        "defy/sanction/comply": (-xf, -xs / 2 - as_ * s),
        "defy/sanction/persist/force/prevails": (-kf - xf, -ks - xs),
        "defy/force/fails": (-s - r * s - kf, a - ks),
    }
    held = payoffs(TREE, numbers)
    assert {name: held[TREE.place(name)] for name in want} == want
    lump = payoffs(TREE, numbers.having(lump_sum=True))
    assert lump[TREE.place("defy/negotiate/25%/accept")] == (-s / 4 - phi * r * s, s / 4)
    plain = payoffs(TREE, numbers.having(statehood=False))
    assert plain[TREE.place("defy/tolerate")][1] == plain[TREE.place("petition/completes")][1] + d + ms == s
