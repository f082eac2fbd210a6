"""Plans as a user asks for them: prices, constraints, who has spoken, and what the record says already."""

from itertools import combinations

import pytest

import assent
from assent.api import Ask
from assent.errors import NotApplicable, QueryError, UnknownName

DAY = "2026-11-01"


def test_the_fewest_who_can_pass_and_block():
    found = assent.plan("us/article-v", as_of=DAY)
    assert (found.cost, found.proof, found.states) == (2797, "optimal", 38)
    assert {(w.id, w.members) for w in found.members} >= {("us/house", 290), ("us/senate", 67)}
    assert [way.cost for way in found.next_best] == [2799, 2799, 2800]
    block = assent.plan("us/article-v", "block", as_of=DAY)
    assert [(w.id, w.members, w.of) for w in block.members] == [("us/senate", 34, 100)]
    assert block.next_best[0].members[0].id == "us/house"


def test_a_typed_vote_is_planned_at_typed_prices(tmp_path):
    votes, costs = tmp_path / "v.csv", tmp_path / "c.csv"
    weights = {"a": 5, "b": 4, "c": 3, "d": 2, "e": 1}
    prices = {"a": 9, "b": 3, "c": 4, "d": 2.5, "e": 1}
    votes.write_text("member,weight\n" + "".join(f"{m},{w}\n" for m, w in weights.items()))
    costs.write_text("member,cost\n" + "".join(f"{m},{p}\n" for m, p in prices.items()))
    found = assent.plan(assent.votes(votes, 9), ask=Ask(cost=str(costs)))
    ways = [c for n in range(6) for c in combinations(weights, n) if sum(weights[m] for m in c) >= 9]
    assert found.cost == min(sum(prices[m] for m in c) for c in ways)
    assert found.cost == sum(w.cost for w in found.members)
    assert "--cost" in found.reproduce


def test_who_is_named_as_a_range_stands_in_a_row(tmp_path):
    votes = tmp_path / "v.csv"
    votes.write_text("member,weight\nAnn,3\nBen,1\nCy,3\nDi,1\nEve,3\n")
    said = str(assent.text(assent.plan(assent.votes(votes, 9))))
    assert "Ann and Cy, Eve" in said
    assert "to Eve" not in said


def test_constraints_are_kept():
    ask = Ask(exclude=("us/senate", "us/house"), next=0)
    assert assent.plan("us/article-v", "block", ask, as_of=DAY).cost == 180
    ask = Ask(include=("us/president",), next=0)
    assert assent.plan("us/exit/congress-and-state", "pass", ask, state="CA", as_of=DAY).cost == 271
    ask = Ask(at_most=("200:party:Republican",), next=0)
    found = assent.plan("us/article-v/propose", "pass", ask, as_of=DAY)
    assert found.cost == 357
    assert found.proof == "optimal"
    few = Ask(at_most=("10:party:Republican",), next=0)
    assert assent.plan("us/article-v/propose", "pass", few, as_of=DAY).proof == "impossible"
    many = Ask(at_least=("100:party:Republican",), next=0)
    assert assent.plan("us/article-v/propose", "pass", many, as_of=DAY).cost == 357


def test_who_has_spoken_costs_nothing(tmp_path):
    given = tmp_path / "given.csv"
    given.write_text("member,said\nus/senate,yes\nus/house/1,yes\nus/house/2,no\nus/house/3,open\n")
    found = assent.plan("us/article-v/propose", ask=Ask(given=str(given)), as_of=DAY)
    assert found.cost == 289
    given.write_text("member,said\nparty:Republican,no\n")
    assert assent.plan("us/article-v/propose", ask=Ask(given=str(given)), as_of=DAY).proof == "impossible"
    block = assent.plan("us/article-v/propose", "block", Ask(given=str(given)), as_of=DAY)
    assert block.cost == 0
    assert "Nothing more is needed" in assent.text(block)


def test_people_are_the_fewest_represented():
    found = assent.plan("us/article-v", "block", Ask(cost="population"), as_of=DAY)
    assert found.unit == "people represented"
    assert found.cost == pytest.approx(7_340_157.52, abs=0.01)
    assert found.cost_exact.denominator > 1
    assert found.states == 13


def test_persuasion_costs_what_the_odds_lack():
    said = {"party:Democratic": 0.8, "party:Republican": 0.3, "*": 0.5}
    found = assent.plan("us/article-v/propose", ask=Ask(cost="persuasion"), scenario=said, as_of=DAY)
    assert all(w.each in (0, pytest.approx(0.847298)) for w in found.members)
    free = sum(w.members for w in found.members if not w.each)
    paid = sum(w.members for w in found.members if w.each)
    assert free + paid == 290 + 67
    assert paid == (290 - 212 - 1) + (67 - 45 - 2)
    with pytest.raises(QueryError, match="none is assumed"):
        assent.plan("us/article-v", ask=Ask(cost="persuasion"), as_of=DAY)


def test_what_is_still_needed_goes_on_from_the_record():
    era = "us/amendment/era"
    lapsed = assent.plan(matter=era, as_of=DAY)
    assert (lapsed.proof, lapsed.cost) == ("impossible", None)
    assert "lapsed on 1982-06-30" in lapsed.reason
    assert assent.plan(matter=era, goal="block", as_of=DAY).cost == 0
    revived = ["deadline=not-binding", "rescission=effective"]
    found = assent.plan(matter=era, as_of=DAY, readings=revived)
    assert (found.states, found.cost, found.matter.count) == (5, 233, 33)
    assert all(w.state for w in found.members)
    done = assent.plan(matter=era, as_of=DAY, readings=["deadline=not-binding"])
    assert (done.cost, done.matter.stage) == (0, "adopted")
    pending = assent.plan(matter="us/amendment/child-labor", as_of=DAY)
    assert (pending.matter.count, pending.states) == (28, 10)
    assert "--matter us/amendment/child-labor --known-as-of" in pending.reproduce


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        ({"cost": "money"}, "members"),
        ({"cost": "none.csv"}, "none.csv"),
        ({"include": ("us/sentae",)}, "us/senate"),
        ({"exclude": ("party:Whig",)}, "Whig"),
        ({"at_most": ("us/senate",)}, "N:GROUP"),
        ({"at_most": ("-1:us/senate",)}, "N:GROUP"),
        ({"next": 99}, "50"),
        ({"seconds": 0.0}, "3600"),
    ],
)
def test_a_bad_ask_is_refused_with_a_remedy(ask, told):
    with pytest.raises(QueryError) as refused:
        assent.plan("us/article-v/propose", ask=Ask(**ask), as_of=DAY)
    assert told in str(refused.value)
    assert "do:" in str(refused.value)


def test_nothing_is_needed_of_what_is_adopted_although_states_came_later():
    found = assent.plan(matter="us/amendment/14", as_of=DAY)
    assert (found.cost, found.proof, found.members, found.next_best) == (0, "optimal", (), ())
    assert "was adopted on 1868-07-09" in found.reason
    assert "was adopted on 1868-07-09" in str(assent.text(found))
    block = assent.plan(matter="us/amendment/14", goal="block", as_of=DAY)
    assert (block.cost, block.proof) == (None, "impossible")


def test_probabilities_that_price_nothing_are_refused():
    with pytest.raises(NotApplicable, match="persuasion"):
        assent.plan("us/article-v/propose", scenario=0.5, as_of=DAY)


def test_a_goal_is_to_pass_or_to_block():
    with pytest.raises(UnknownName, match="block, pass"):
        assent.plan("us/article-v/propose", "win", as_of=DAY)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("member,cost\nus/sente,3\n", [":2", "us/sente", "us/senate"]),
        ("member,cost\nus/senate,-3\n", [":2", "-3"]),
        ("member,cost\nus/senate,3\nus/senate,4\n", [":3", "line 2"]),
        ("name,cost\nus/senate,3\n", [":1", "'member'"]),
    ],
)
def test_bad_prices_are_refused_by_line(tmp_path, text, told):
    file = tmp_path / "c.csv"
    file.write_text(text)
    with pytest.raises(QueryError) as refused:
        assent.plan("us/article-v/propose", ask=Ask(cost=str(file)), as_of=DAY)
    assert all(part in str(refused.value) for part in told)
