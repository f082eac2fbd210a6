"""Chance as a user asks for it: from beliefs that were given, and from nothing else."""

from math import comb

import pytest

import assent
from assent.errors import NotApplicable, QueryError, UnknownName

DAY = "2026-11-01"
PARTIES = {"party:Democratic": 0.9, "party:Republican": 0.5, "*": 0.5}


def tail(n, k, p):
    """The chance that k of n say yes."""
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))


def test_one_belief_for_everyone_is_one_for_every_member():
    found = assent.chance("us/article-v/propose", 0.65, as_of=DAY)
    assert found.probability == pytest.approx(tail(435, 290, 0.65) * tail(100, 67, 0.65), rel=1e-11)
    assert found.probability + found.complement == pytest.approx(1)


def test_a_tail_is_not_zero():
    found = assent.chance("us/article-v", 0.3, as_of=DAY)
    assert found.log10 < -300
    assert found.log10_complement == pytest.approx(0, abs=1e-15)
    assert "e-3" in assent.text(found).splitlines()[0]


def test_nothing_is_believed_that_was_not_given():
    with pytest.raises(NotApplicable, match="none is assumed"):
        assent.chance("us/article-v", as_of=DAY)
    with pytest.raises(NotApplicable, match="party:Republican"):
        assent.chance("us/article-v", {"party:Democratic": 0.8}, as_of=DAY)


def test_the_nearest_belief_counts():
    said = {"*": 0.0, "body:us/senate": 1.0, "party:Democratic": 1.0, "party:Republican": 1.0, "party:Vacant": 1.0,
            "party:Other": 1.0}  # fmt: skip
    assert assent.chance("us/article-v/propose", said, as_of=DAY).probability == pytest.approx(1)
    said["body:us/house"] = 0.0
    assert assent.chance("us/article-v/propose", said, as_of=DAY).probability == 0
    one = {"*": 1.0, **{f"actor:us/senate/{i}": 0.0 for i in range(1, 35)}}
    assert assent.chance("us/article-v/propose", one, as_of=DAY).probability == 0
    del one["actor:us/senate/34"]
    assert assent.chance("us/article-v/propose", one, as_of=DAY).probability == pytest.approx(1)


def test_a_state_is_its_legislators_and_its_members_of_congress():
    found = assent.chance("us/article-v", {"state:CA": 0.9, "*": 0.6}, as_of=DAY)
    assert any("state CA" in text and "174 members" in text for text in found.assumptions)


def test_vacant_seats_are_told_where_beliefs_go_by_party():
    found = assent.chance("us/article-v", PARTIES, as_of=DAY)
    assert any("vacant seats count as not yes" in text for text in found.assumptions)
    assert {move.assumption for move in found.moves} == {"party:Democratic", "party:Republican", "*"}


def test_every_gradient_is_the_slope_of_the_chance():
    base = {**PARTIES, "party:Vacant": 0.1}
    found = assent.chance("us/article-v/propose", base, as_of=DAY)
    step = 1e-5
    for key, p in base.items():
        up = assent.chance("us/article-v/propose", {**base, key: p + step}, as_of=DAY).probability
        down = assent.chance("us/article-v/propose", {**base, key: p - step}, as_of=DAY).probability
        move = next(m for m in found.moves if m.assumption == key)
        assert move.value == pytest.approx((up - down) / (2 * step), rel=1e-3)
    total = sum(g.value * g.members for g in found.gradients)
    assert total == pytest.approx(sum(m.value for m in found.moves), rel=1e-9)


def test_a_curve_goes_through_one_assumption():
    found = assent.chance("us/article-v/propose", PARTIES, over="party:Republican=0.4:0.6:2", as_of=DAY)
    assert [point.at for point in found.curve.points] == pytest.approx([0.4, 0.5, 0.6])
    assert found.curve.points[1].probability == pytest.approx(found.probability, rel=1e-9)


def test_common_factors_move_members_together():
    alone = assent.chance("us/article-v/propose", 0.6, as_of=DAY)
    held = assent.scenario({"*": 0.6}, factors={"nation": 0.3})
    together = assent.chance("us/article-v/propose", held, as_of=DAY)
    assert together.probability > alone.probability
    assert any("nation 0.3" in text for text in together.assumptions)
    wide = assent.chance("us/article-v/propose", held, over="*=0.5:0.7:2", as_of=DAY)
    assert wide.curve.points[1].probability == pytest.approx(together.probability, rel=1e-9)


def test_the_same_seed_gives_the_same_world():
    worlds = [assent.chance("us/article-v", 0.6, world=seed, as_of=DAY).world for seed in (7, 7, 8)]
    assert worlds[0] == worlds[1] != worlds[2]
    tests = {body.id: body for body in worlds[0].bodies}
    assert tests["us/house"].of == 435
    assert tests["us/legislatures"].need == 38
    met = all(tests[name].met for name in ("us/house", "us/senate", "us/legislatures"))
    assert worlds[0].met is met


def test_worlds_come_out_as_often_as_they_should():
    held = assent.library().game("us/article-v/propose", DAY)
    from assent.inquiries.counting.beliefs import beliefs_of
    from assent.inquiries.counting.scenario import read_scenario
    from assent.inquiries.counting.world import world_of

    beliefs = beliefs_of(held, read_scenario(0.68))
    met = sum(world_of(held, beliefs, seed).met for seed in range(400))
    chance = assent.chance("us/article-v/propose", 0.68, as_of=DAY).probability
    assert abs(met / 400 - chance) < 0.1


SCENARIO = """\
title: A test
everyone: 0.5
party: {Democratic: 0.8, Republican: 0.3}
state:
  CA: 90%
actor: {us/senate/3: 1}
factors: {nation: 0.2}
"""


def test_a_scenario_is_a_file(tmp_path):
    file = tmp_path / "hope.yaml"
    file.write_text(SCENARIO)
    found = assent.chance("us/article-v/propose", file, as_of=DAY)
    told = " ".join(found.assumptions)
    assert "hope.yaml:5" in told
    assert "actor us/senate/3" in told
    table = tmp_path / "hope.csv"
    table.write_text("kind,name,probability\neveryone,,0.5\nparty,Democratic,0.8\nparty,Republican,0.3\nstate,CA,0.9\n"
                     "actor,us/senate/3,1\nfactor,nation,0.2\n")  # fmt: skip
    again = assent.chance("us/article-v/propose", table, as_of=DAY)
    assert again.probability == pytest.approx(found.probability, rel=1e-12)
    by_party = tmp_path / "party.csv"
    by_party.write_text("party,probability\nDemocratic,0.8\nRepublican,0.3\nOther,0.5\n")
    assert assent.chance("us/article-v/propose", by_party, as_of=DAY).probability > 0


# The regions of the Census Bureau as its map has them, in the order of its divisions.
CENSUS = {
    "Northeast": "CT ME MA NH RI VT NJ NY PA",
    "Midwest": "IL IN MI OH WI IA KS MN MO NE ND SD",
    "South": "DE FL GA MD NC SC VA WV AL KY MS TN AR LA OK TX",
    "West": "AZ CO ID MT NV NM UT WY AK CA HI OR WA",
}


def test_regions_are_those_of_the_census_unless_a_scenario_draws_its_own(tmp_path):
    quoted = {name: ", ".join(f"'{unit}'" for unit in states.split()) for name, states in CENSUS.items()}
    drawn = "".join(f"  {name}: [{units}]\n" for name, units in quoted.items())
    file = tmp_path / "census.yaml"
    file.write_text(f"everyone: 0.7\nfactors: {{region: 0.3}}\nregions:\n{drawn}", encoding="utf-8")
    own = assent.chance("us/article-v", file, as_of=DAY)
    found = assent.chance("us/article-v", assent.scenario({"*": 0.7}, factors={"region": 0.3}), as_of=DAY)
    assert found.probability == own.probability
    assert "Regions are the four of the Census Bureau." in found.assumptions
    whole = drawn.replace("Northeast", "Midwest").replace("]\n  Midwest: [", ", ")  # the first two made one
    file.write_text(f"everyone: 0.7\nfactors: {{region: 0.3}}\nregions:\n{whole}", encoding="utf-8")
    other = assent.chance("us/article-v", file, as_of=DAY)
    assert other.probability != pytest.approx(found.probability, rel=1e-6)
    assert "Regions are as the scenario says." in other.assumptions


def test_a_belief_about_a_region_is_about_its_states():
    states = {f"state:{unit}": 0.2 for unit in CENSUS["West"].split()}
    by_state = assent.chance("us/article-v", {"*": 0.7, **states}, as_of=DAY)
    by_region = assent.chance("us/article-v", {"*": 0.7, "region:West": 0.2}, as_of=DAY)
    assert by_region.probability == pytest.approx(by_state.probability, rel=1e-12)


@pytest.mark.parametrize("factors", [{"nation": 0.4}, {"nation": 0.3, "state": 0.2}, {"region": 0.5}])
def test_a_curve_under_common_factors_meets_the_chance_at_each_of_its_points(factors):
    held = {"party:Democratic": 0.8, "*": 0.6}
    curve = assent.chance("us/article-v", assent.scenario(held, factors=factors), over="*=0.3:0.9:2", as_of=DAY).curve
    assert [point.at for point in curve.points] == pytest.approx([0.3, 0.6, 0.9])
    for point in curve.points:
        exact = assent.chance("us/article-v", assent.scenario({**held, "*": point.at}, factors=factors), as_of=DAY)
        assert point.probability == pytest.approx(exact.probability, rel=1e-6)
        assert point.complement == pytest.approx(exact.complement, rel=1e-6)
        assert point.log10 == pytest.approx(exact.log10, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("s.yaml", "everyone: .5\nparty:\n  Repblican: 0.3\n", ["s.yaml:3", "Repblican", "Republican"]),
        ("s.yaml", "everyone: .5\nparty:\n  Republican: 1.3\n", ["s.yaml:3", "1.3", "0 to 1"]),
        ("s.yaml", "everyone: soon\n", ["s.yaml:1", "soon"]),
        ("s.yaml", "parties: {X: .5}\n", ["s.yaml:1", "parties", "party"]),
        ("s.yaml", "everyone: .5\nstate: {ZZ: .4}\n", ["s.yaml:2", "ZZ"]),
        ("s.yaml", "everyone: .5\nactor: {us/senate/101: .4}\n", ["s.yaml:2", "us/senate/101"]),
        ("s.yaml", "everyone: .5\nfactors: {nation: -1}\n", ["s.yaml:2", "-1"]),
        ("s.yaml", "everyone: .5\nfactors: {galaxy: 1}\n", ["s.yaml:2", "galaxy", "nation"]),
        ("s.yaml", "everyone: .5\nfactors: {region: .1}\n", ["region", "no body", "nation's alone"]),
        ("s.yaml", "everyone: .5\nactor: {us/senate/01: .4}\n", ["s.yaml:2", "us/senate/01"]),
        ("s.csv", "kind,name,probability\neveryone,,.5\nfactor,nation,.3\nfactor,nation,.4\n", ["s.csv:4", "twice"]),
        ("s.yaml", "everyone: .5\nregions: {A: [CA], B: [CA]}\n", ["CA", "two regions"]),
        ("s.yaml", "", ["no beliefs"]),
        ("s.csv", "kind,name,probability\nparty,Democratic,80\n", ["s.csv:2", "80", "40%"]),
        ("s.csv", "kind,name,probability\nparty,Whig,.8\n", ["s.csv:2", "Whig"]),
        ("s.csv", "who,probability\nme,.8\n", ["s.csv:1", "kind,name,probability"]),
    ],
)
def test_a_bad_scenario_is_refused_by_line_value_and_remedy(tmp_path, name, text, told):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(QueryError) as refused:
        assent.chance("us/article-v/propose" if "ZZ" not in text else "us/article-v", file, as_of=DAY)
    assert all(part in str(refused.value) for part in told)
    assert "do:" in str(refused.value)


def test_names_are_looked_up():
    with pytest.raises(UnknownName, match="Republican"):
        assent.chance("us/article-v", {"party:Republicn": 0.5}, as_of=DAY)
    with pytest.raises(UnknownName, match="party:NAME"):
        assent.chance("us/article-v", {"Republican": 0.5}, as_of=DAY)


def test_one_region_of_all_states_is_a_nation(tmp_path):
    ratify = "us/article-v/ratify/legislatures"
    shared = assent.chance(ratify, assent.scenario(0.6, None, ["region=0.5"]), as_of=DAY)
    own = tmp_path / "own.yaml"
    names = ", ".join(f"{unit!r}" for units in CENSUS.values() for unit in units.split())
    own.write_text(f"everyone: 0.6\nfactors: {{region: 0.5}}\nregions: {{all: [{names}]}}\n", encoding="utf-8")
    one = assent.chance(ratify, own, as_of=DAY)
    nation = assent.chance(ratify, assent.scenario(0.6, None, ["nation=0.5"]), as_of=DAY)
    assert one.probability == pytest.approx(nation.probability, rel=1e-9)
    assert one.probability > shared.probability + 0.1


def test_a_curve_goes_over_a_region():
    held = {"*": 0.6, "region:West": 0.7}
    found = assent.chance("us/article-v/propose", held, over="region:West=0.6:0.7:1", as_of=DAY)
    ends = [point.probability for point in found.curve.points]
    assert ends[0] == pytest.approx(assent.chance("us/article-v/propose", 0.6, as_of=DAY).probability, rel=1e-12)
    assert ends[1] == pytest.approx(found.probability, rel=1e-12)
    shared = assent.scenario({"*": 0.6}, None, ["region=0.2"])
    over = assent.chance("us/article-v/ratify/legislatures", shared, over="*=0.6:0.7:1", as_of=DAY)
    assert over.curve.points[0].probability == pytest.approx(over.probability, rel=1e-9)


def test_a_factor_is_given_once_and_a_seed_is_no_negative_number():
    with pytest.raises(QueryError, match="nation is given twice"):
        assent.scenario(0.5, None, ["nation=0.2", "nation=0.3"])
    with pytest.raises(QueryError, match="-5"):
        assent.chance("us/article-v/propose", 0.5, world=-5, as_of=DAY)
