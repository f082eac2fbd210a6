"""Coalitions as a user asks for them: exact, with who they are."""

from fractions import Fraction
from math import comb

import pytest

import assent
from assent.errors import UnknownName

DAY = "2026-11-01"


def test_two_houses_are_counted_exactly():
    found = assent.coalitions("us/article-v/propose", as_of=DAY)
    house = sum(comb(435, k) for k in range(290, 436))
    senate = sum(comb(100, k) for k in range(67, 101))
    assert found.winning == house * senate
    assert found.blocking == 2**535 - found.winning
    assert found.minimal.count == comb(435, 290) * comb(100, 67)
    assert (found.minimal.kinds, found.minimal.complete) == (1, True)
    assert found.minimal_blocking.count == comb(435, 146) + comb(100, 34)


def test_article_v_at_full_size():
    found = assent.coalitions("us/article-v", "us/senate/3", as_of=DAY)
    assert found.members == 7921
    assert found.winning + found.blocking == 2**7921
    assert (found.fewest_to_win.members, found.fewest_to_block.members) == (2797, 34)
    assert [(m.goal, m.standing) for m in found.membership] == [("win", "some"), ("block", "some")]
    assert found.log10_share == pytest.approx(-31.125, abs=0.001)


def test_people_are_exact_and_named():
    found = assent.coalitions("us/article-v", as_of=DAY)
    block = found.population_to_block
    assert len(block.who) == 13
    assert block.share == Fraction(block.people, block.of)
    assert block.percent == pytest.approx(4.4197, abs=1e-4)
    assert found.population_to_win.people < found.population_to_win.of
    alone = assent.coalitions("us/exit/congress-and-state", state="CA", as_of=DAY)
    assert any("us/president" in note for note in alone.notes)


def test_a_veto_is_in_every_minimal_coalition(tmp_path):
    file = tmp_path / "council.csv"
    file.write_text("member,weight,veto\na,1,yes\nb,1,no\nc,1,no\nd,0,no\n")
    votes = assent.votes(file, 2)
    standing = {m: assent.coalitions(votes, m).membership[0].standing for m in "abcd"}
    assert standing == {"a": "all", "b": "some", "c": "some", "d": "none"}
    found = assent.coalitions(votes)
    assert (found.winning, found.minimal.count) == (6, 2)
    assert found.fewest_to_block.members == 1
    assert found.population_to_block is None


def test_an_unknown_member_is_refused_with_the_nearest():
    with pytest.raises(UnknownName, match="us/senate"):
        assent.coalitions("us/article-v", "us/senat", as_of=DAY)
