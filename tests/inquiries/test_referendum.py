"""Referendums and polls: the rules as data, votes held against them, and what is never pooled."""

from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction

import msgspec
import pytest

from assent import QueryError, UnknownName, library
from assent.inquiries.referendum.law import referendum_law
from assent.models.referendum.conditions import Count, passes

DAY = date(2026, 11, 1)
PLACE = library().place
LAW = referendum_law(PLACE)


def ask(state="CA", *given, **more):
    return library().referendum(state, *given, as_of=DAY, **more)


def test_every_threshold_on_file_is_the_one_of_its_rule():
    rows = {row["id"]: row for row in PLACE.rows("exit/threshold_rules.csv")}
    for rule in LAW.rules:
        if not rule.votes:
            continue
        row = rows[rule.votes]
        yes = [a for a in rule.conditions if a.of == "yes"]
        base = {"valid votes": "valid", "electorate": "electorate"}[row["base"]]
        assert any((a.share, a.base) == (Fraction(row["threshold"]), base) for a in yes), rule.id
        other = row["second_condition"]
        if "turnout" in other:
            share = Fraction(60, 100) if "60 percent" in other else Fraction(1, 2)
            assert any((a.of, a.base, a.share) == ("cast", "electorate", share) for a in rule.conditions), rule.id
        if "40 percent of the electorate" in other:
            assert any((a.base, a.share) == ("electorate", Fraction(40, 100)) for a in yes)


def test_every_rule_says_what_it_is_worth_and_what_it_starts():
    for rule in LAW.rules:
        assert rule.binding
        assert rule.starts
        assert rule.cite
        for cite in rule.cite:
            PLACE.law.authority(cite)


def test_the_rule_of_2025_asks_for_fifty_five_of_a_fifty_percent_turnout():
    rule = LAW.rule("ca-2025").model()
    assert passes(rule, Count(55, 45, 100, 200))
    assert not passes(rule, Count(55, 44, 99, 200))
    assert not passes(rule, Count(54, 46, 100, 200))
    found = ask().rules[0]
    assert (found.id, found.binds, found.least_support, found.boycotted_support) == ("ca-2025", "no", 0.275, 0.5)


def test_the_same_vote_passes_by_one_rule_and_fails_by_another():
    found = ask(turnout=0.64, yes="51.6%", blank=0)
    verdict = {rule.id: rule.passes for rule in (*found.rules, *found.elsewhere)}
    # Scotland in 1979: a majority, and 32.9 percent of the electorate
    assert verdict["majority"]
    assert verdict["ca-2018"]
    assert not verdict["sct-1979"]
    assert not verdict["me-2006"]
    assert not verdict["ca-2025"]
    failed = {j.text: j.met for rule in found.elsewhere if rule.id == "sct-1979" for j in rule.judged}
    assert sorted(failed.values()) == [False, True]


def test_without_a_share_of_yes_there_is_a_curve_and_no_chance():
    found = ask()
    assert all(rule.probability is None and rule.passes is None for rule in found.rules)
    chances = [at.probability for at in found.curve]
    assert chances == sorted(chances)
    assert chances[0] < 0.01
    assert chances[-1] > 0.99
    assert all(p.standing == "assumption" for p in found.parameters)


def test_a_correlation_moves_the_chance():
    vote = {"turnout": 0.52, "turnout_sd": 0.05, "yes": 0.56, "yes_sd": 0.03}
    against, none, along = (ask("CA", "ca-2025", correlation=r, **vote).rules[0].probability for r in (-0.7, 0, 0.7))
    assert against < none < along


def test_held_votes_agree_with_the_record_wherever_both_speak():
    held = ask(replay=True).held
    assert len(held) == len(PLACE.rows("exit/referendums.csv"))
    told = [vote for vote in held if vote.agrees is not None]
    assert len(told) >= 25
    assert all(vote.agrees for vote in told)
    by = {vote.id: vote for vote in held}
    assert by["nevis-1998-08"].by_rule == "not met"
    assert by["montenegro-2006-05"].by_rule == "met"
    assert by["tokelau-2007-10"].by_rule == "not met"
    assert by["south-sudan-2011-01"].by_rule == "met"


def test_where_figures_or_rules_are_missing_nothing_is_made_up():
    by = {vote.id: vote for vote in ask(replay=True).held}
    assert by["scotland-1979"].by_rule == "not recorded"
    assert by["iceland-1944-05"].by_rule == "no rule on file"
    assert by["bougainville-2019-11"].by_rule == "no rule on file"
    assert by["scotland-1979"].yes is None
    assert by["scotland-1979"].agrees is None


def test_a_printed_share_too_near_the_bar_decides_nothing():
    from assent.inquiries.referendum.past import _met
    from assent.models.referendum.conditions import Condition

    none = Count(None, None)
    half = Condition("yes", "valid", Fraction(1, 2), more=True)
    for printed, met in ((50.0, None), (50.4, True), (50.01, True), (49.6, False), (51.0, True), (None, None)):
        row = {"share": printed, "turnout": None, "base": "percentage as printed"}
        assert _met(half, row, none) is met, printed
    of_cast = {"share": 48.2, "turnout": None, "base": "ballots cast"}
    assert _met(half, of_cast, none) is None  # of yes and no it may be more
    assert _met(half, {**of_cast, "share": 90.32}, none) is True


def test_a_state_without_rules_of_its_own_says_so():
    found = ask("TX")
    assert found.rules == ()
    assert found.elsewhere
    assert "Texas" in found.notes[0]
    assert found.electorate is None


def test_a_measure_is_not_known_before_it_is_filed():
    found = library().referendum("CA", as_of="2016-01-01")
    assert [rule.id for rule in found.rules] == ["ca-initiative"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"turnout": 1.2}, "write 1.2%"),
        ({"yes": -0.1}, "not from 0 to 1"),
        ({"yes": 0.5, "yes_sd": 0.7}, "No share from 0 to 1"),
        ({"turnout_sd": 0.9}, "No share from 0 to 1"),
        ({"correlation": 1}, "above -1 and below 1"),
        ({"correlation": "x"}, "no share"),
        ({"correlation": -2}, "not from -1 to 1"),
        ({"replay": True, "yes": 0.5}, "Leave the rule"),
        ({"rule": "ca-2024"}, "ca-2025"),
    ],
)
def test_what_cannot_be_is_refused(given, told):
    with pytest.raises(QueryError) as refused:
        ask(**given)
    assert told in str(refused.value)
    assert refused.value.remedy


# ── polls ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def numbers(value):
    """Every number in a result, with the name it stands under."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from ((name if n == "" else n, v) for n, v in numbers(getattr(value, name)))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from numbers(item)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield "", value
    elif is_dataclass(value):
        raise AssertionError(fields(value))


def test_nothing_is_pooled_over_polls_or_wordings():
    found = library().polls("CA", DAY)
    rows = {row["id"]: row for row in PLACE.rows("petition/polls.csv")}
    shown = [poll for wording in found.wordings for poll in wording.polls]
    assert {poll.id for poll in shown} <= set(rows)
    assert all(poll.support == rows[poll.id]["support"] for poll in shown)
    # every number in the result is a cell of a row
    assert {name for name, _ in numbers(found)} <= {"n", "support", "oppose", "unsure"}


def test_three_wordings_of_support_and_one_that_is_none():
    found = {w.id: w for w in library().polls("CA", DAY).wordings}
    assert [w for w, held in found.items() if held.measures == "support"] == ["withdraw", "secede", "new-union"]
    assert found["better-off"].measures == "expectation"
    assert found["new-union"].region == "Pacific"
    california = {(p.pollster, p.start): p.support for p in found["secede"].polls if p.place == "CA"}
    assert california["YouGov", "2024-02-02"] == 29.0
    assert california["SurveyUSA", "2017-01-31"] == 18.0


def test_every_poll_on_file_is_of_a_wording_and_every_region_of_states():
    roster = {member.unit for member in PLACE.record.rosters[PLACE.profile.states]}
    from assent.inquiries.referendum.polls import wordings_of

    seen = {p.id for state in roster for w in wordings_of(PLACE, state, DAY) for p in w.polls}
    on_file = {row["id"] for row in PLACE.rows("petition/polls.csv")}
    # two regions of the first poll are not the regions of the wording asked by region
    assert on_file - seen == {f"reuters/2014-08/{region}/all-adults" for region in ("new-england", "southwest")}
    regions = {library().polls(state, DAY).wordings[-2].region for state in roster}
    assert regions == {"Pacific", "Mountain", "South", "Heartland", "Northeast"}


def test_later_polls_are_left_out():
    early = library().polls("CA", "2018-01-01")
    assert all(p.start < "2018" for w in early.wordings for p in w.polls)
    with pytest.raises(UnknownName):
        library().polls("Atlantis")


def test_exit_shows_the_petition_the_vote_and_the_polls():
    found = library().exit("CA", DAY, DAY)
    assert [s.id for s in found.upstream] == ["amendment", "statute", "ca-2025", "ca-2017", "ca-2018", "ca-initiative"]
    assert [s.required for s in found.upstream][:2] == [874_641, 546_651]
    assert [w.id for w in found.polls] == ["withdraw", "secede", "new-union", "better-off"]
    assert library().exit("VT", DAY, DAY).upstream == ()


def test_a_vote_that_is_known_is_decided_and_not_estimated():
    found = ask(turnout=0.5, turnout_sd=0, yes=0.55, yes_sd=0, blank=0)
    chances = {rule.id: rule.probability for rule in (*found.rules, *found.elsewhere)}
    assert (chances["ca-2025"], chances["me-2006"], chances["majority"]) == (1, 0, 1)  # half is not more than half
    assert found.error_bound is None
    assert found.curve == ()
