"""Power as a user asks for it: by member and by every group, on typed votes and on the law on file."""

from fractions import Fraction
from itertools import permutations

import pytest

import assent
from assent.errors import NotApplicable, UnknownName

DAY = "2026-11-01"


@pytest.fixture(scope="module")
def article_v():
    """The ordinary route, counted once for each index."""
    found = {}

    def ask(index="banzhaf", by=""):
        if (index, by) not in found:
            found[index, by] = assent.power("us/article-v", index, by, as_of=DAY)
        return found[index, by]

    return ask


def test_article_v_has_every_member_of_congress_and_of_the_legislatures(article_v):
    found = article_v(by="member")
    ids = {v.id for v in found.values}
    assert found.members == len(ids) == 435 + 100 + 7386
    assert {"us/house/435", "us/senate/3", "CA/lower/17", "NE/unicameral/49"} <= ids


@pytest.mark.parametrize("index", ["banzhaf", "shapley-shubik", "coleman-initiate", "coleman-prevent"])
def test_every_grouping_adds_up_to_the_same(article_v, index):
    for by in ("member", "chamber", "state", "party", "body"):
        found = article_v(index, by)
        assert sum(v.normalized for v in found.values) == pytest.approx(1, rel=1e-9)
        assert sum(v.value for v in found.values) == pytest.approx(found.total, rel=1e-9)
        assert sum(v.members for v in found.values) == found.members
        assert len({v.id for v in found.values}) == len(found.values)


def test_shapley_shubik_adds_up_to_one(article_v):
    found = article_v("shapley-shubik")
    assert found.total == pytest.approx(1, rel=1e-11)
    assert {v.id for v in found.values} == {"us/house", "us/senate", "us/legislatures"}


def test_swings_are_whole_numbers_of_any_size_and_add_up(article_v):
    by_member, by_body = article_v(by="member"), article_v(by="body")
    assert all(isinstance(v.swings, int) for v in by_member.values)
    assert sum(v.swings for v in by_member.values) == sum(v.swings for v in by_body.values)
    senator = next(v for v in by_member.values if v.id == "us/senate/1")
    assert senator.value == float(Fraction(senator.swings, 2**7920))
    assert senator.swings.bit_length() > 1000


def test_members_by_party_are_those_on_file(article_v):
    shares = {v.id: v.members for v in article_v(by="party").values}
    assert shares["Democratic"] + shares["Republican"] > 7700
    assert sum(shares.values()) == 7921
    assert any("chambers.csv" in text for text in article_v(by="party").assumptions)


def test_a_state_has_its_legislators_and_its_members_of_congress(article_v):
    california = next(v for v in article_v(by="state").values if v.id == "CA")
    assert california.members == 52 + 2 + 80 + 40
    assert any("state that elects them" in text for text in article_v(by="state").assumptions)


def test_an_actor_with_two_acts_is_two_members():
    found = assent.power("us/article-v/convention", by="member", as_of=DAY)
    ids = {v.id for v in found.values}
    assert {"apply:CA/lower/1", "ratify:CA/lower/1"} <= ids


def brute(weights, quota):
    """Shapley–Shubik by all orders."""
    names = list(weights)
    pivots = dict.fromkeys(names, 0)
    orders = list(permutations(names))
    for order in orders:
        total = 0
        for name in order:
            total += weights[name]
            if total >= quota:
                pivots[name] += 1
                break
    return {name: n / len(orders) for name, n in pivots.items()}


def test_typed_votes_are_counted_by_member_party_and_column(tmp_path):
    file = tmp_path / "council.csv"
    rows = {"a": (5, "X", "n"), "b": (4, "Y", "s"), "c": (3, "X", "s"), "d": (2, "Y", ""), "e": (1, "X", "n")}
    file.write_text("member,weight,party,side\n" + "".join(f"{m},{w},{p},{s}\n" for m, (w, p, s) in rows.items()))
    votes = assent.votes(file, ">1/2")
    found = assent.power(votes, "shapley-shubik")
    wanted = brute({m: w for m, (w, _, _) in rows.items()}, 8)
    assert {v.id: v.value for v in found.values} == pytest.approx(wanted)
    by_party = {v.id: v.value for v in assent.power(votes, "shapley-shubik", "party").values}
    assert by_party["X"] == pytest.approx(wanted["a"] + wanted["c"] + wanted["e"])
    assert {v.id for v in assent.power(votes, by="side").values} == {"n", "s", "(none)"}
    assert found.as_of is None
    assert str(file) in found.reproduce


@pytest.mark.parametrize("index", ["johnston", "deegan-packel", "holler"])
def test_indices_of_coalitions_are_asked_for_by_name(tmp_path, index):
    file = tmp_path / "firm.csv"
    file.write_text("member,weight\na,50\nb,49\nc,1\n")
    values = {v.id: v.normalized for v in assent.power(assent.votes(file, 51), index).values}
    assert values["a"] >= values["b"] == values["c"]
    assert sum(values.values()) == pytest.approx(1)


def test_birnbaum_takes_probabilities_and_the_others_refuse_them():
    held = assent.power("us/article-v/propose", "birnbaum", scenario=0.5, as_of=DAY)
    tossed = assent.power("us/article-v/propose", "banzhaf", as_of=DAY)
    assert {v.id: v.value for v in held.values} == pytest.approx({v.id: v.value for v in tossed.values}, rel=1e-9)
    with pytest.raises(NotApplicable, match="none is assumed"):
        assent.power("us/article-v/propose", "birnbaum", as_of=DAY)
    with pytest.raises(NotApplicable, match="birnbaum"):
        assent.power("us/article-v/propose", scenario=0.5, as_of=DAY)


def test_birnbaum_by_party_is_the_slope_of_the_chance_over_it():
    said = {"party:Democratic": 0.9, "party:Republican": 0.6, "party:Other": 0.7, "party:Vacant": 0.2,
            "actor:us/senate/3": 0.4}  # fmt: skip
    by_party = {v.id: v for v in assent.power("us/article-v/propose", "birnbaum", "party", said, as_of=DAY).values}
    moves = {m.assumption: m for m in assent.chance("us/article-v/propose", said, as_of=DAY).moves}
    assert sum(v.members for v in by_party.values()) == 535
    assert by_party["Vacant"].value == pytest.approx(moves["party:Vacant"].value, rel=1e-9)
    assert by_party["Other"].value == pytest.approx(moves["party:Other"].value, rel=1e-9)
    whole = sum(v.value for v in by_party.values())
    assert whole == pytest.approx(sum(m.value for m in moves.values()), rel=1e-9)


def test_a_region_weighs_what_its_states_weigh():
    # Nine, twelve, sixteen and thirteen states: Census Bureau, Census Regions and Divisions of the United States.
    northeast = ("CT", "MA", "ME", "NH", "NJ", "NY", "PA", "RI", "VT")
    states = {v.id: v for v in assent.power("us/article-v", by="state", as_of=DAY).values}
    found = assent.power("us/article-v", by="region", as_of=DAY)
    regions = {v.id: v for v in found.values}
    assert set(regions) == {"Northeast", "Midwest", "South", "West"}
    assert regions["Northeast"].swings == sum(states[state].swings for state in northeast)
    assert regions["Northeast"].members == sum(states[state].members for state in northeast)
    assert sum(v.swings for v in regions.values()) == sum(v.swings for v in states.values())
    assert "Regions are the four of the Census Bureau." in found.assumptions


def test_what_is_not_on_file_is_refused_with_the_reason():
    with pytest.raises(NotApplicable, match="Regions are not on file"):
        assent.power("us/litigate/injunction", by="region", as_of=DAY)
    with pytest.raises(NotApplicable, match="DE/convention and 49 more bodies"):
        assent.power("us/article-v/conventions", as_of=DAY)
    with pytest.raises(NotApplicable, match="2023-01-01"):
        assent.power("us/article-v", as_of="1950-01-01")
    with pytest.raises(NotApplicable, match="--state"):
        assent.power("us/exit/treaty", as_of=DAY)
    with pytest.raises(UnknownName, match="shapley-shubik"):
        assent.power("us/article-v", "shapley", as_of=DAY)


def test_a_size_that_is_assumed_is_told():
    found = assent.power("us/article-v/conventions", sizes={"*/convention": 100}, as_of=DAY)
    assert found.members == 535 + 50 * 100
    assert any("50 bodies" in text and "100 members" in text for text in found.assumptions)
    assert "--seats '*/convention=100'" in found.reproduce


def test_exit_shows_how_power_over_each_path_is_shared():
    paths = {path.id: path.weight for path in assent.exit("CA", as_of=DAY).paths}
    ordinary = paths["us/exit/article-v"]
    direct = assent.power("us/exit/article-v", by="state", state="CA", as_of=DAY)
    assert ordinary.members == 7921
    assert sum(part.share for part in ordinary.bodies) == pytest.approx(1)
    assert ordinary.state_share == pytest.approx(next(v.normalized for v in direct.values if v.id == "CA"))
    assert "not on file" in paths["us/exit/article-v/conventions"].reason
    assert paths["us/exit/article-v/conventions"].log10_winning is None
