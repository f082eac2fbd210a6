"""Typed votes: read exactly, or refused by file, line, value and remedy."""

from fractions import Fraction

import pytest

from assent.api import library
from assent.errors import NotApplicable, QueryError
from assent.inquiries.counting.votes import read_votes


@pytest.fixture
def typed(tmp_path):
    """A file of votes from its rows."""

    def write(*rows, header="member,weight"):
        file = tmp_path / "votes.csv"
        file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return file

    return write


def test_decimals_are_scaled_exactly(typed):
    votes = read_votes(typed("a,0.1", "b,0.2", "c,0.3"), "50%")
    assert votes.node.weights == (1, 2, 3)
    assert votes.node.need == 3


def test_whole_weights_may_be_of_any_size(typed):
    big = 10**40
    votes = read_votes(typed(f"a,{big}", f"b,{big + 1}"), ">1/2")
    assert votes.node.weights == (2 * big, 2 * big + 2) or votes.node.weights == (big, big + 1)
    assert Fraction(votes.node.need, sum(votes.node.weights)) > Fraction(1, 2)


def test_what_all_weights_share_is_divided_out(typed):
    votes = read_votes(typed(f"a,{2 * 10**30}", f"b,{3 * 10**30}", "c,0"), ">1/2")
    assert votes.node.weights == (2, 3, 0)
    assert votes.node.need == 3


@pytest.mark.parametrize("name", ["quota", "both", "either", "few-against", "with-vetoes", "state:CA", "party:x", "*"])
def test_a_member_is_found_by_any_name(typed, name):
    rows = (f"{name},1,1,no", "b,1,1,no", "c,1,1,no", "d,1,1,yes")
    votes = read_votes(typed(*rows, header="member,weight,weight2,veto"), "3", "3", 1)
    (win, block) = library().coalitions(votes, name).membership
    # d and two of the three others win; d, or two of the three others, block.
    assert (win.member, win.standing, win.minimal, win.of) == (name, "some", 2, 3)
    assert (block.member, block.standing, block.minimal, block.of) == (name, "some", 2, 4)


@pytest.mark.parametrize(
    ("header", "quota", "told"),
    [
        ("member;weight", "1", "semicolons"),
        ("member\tweight", "1", "tabs"),
        ("member,weight", "1/000", "no quota"),
        ("member,weight", "0", "even if nobody"),
    ],
)
def test_what_is_meant_otherwise_is_refused_with_what_it_is(typed, header, quota, told):
    with pytest.raises(QueryError, match=told):
        read_votes(typed("a,1", "b,2", header=header), quota)


def test_a_member_whose_name_is_anothers_vote_is_refused(typed):
    with pytest.raises(QueryError, match="taken for the vote of 'a'"):
        read_votes(typed("a,1", "vote:a,2"), "2")


@pytest.mark.parametrize(
    ("quota", "need"),
    [("270", 270), ("1/2", 269), (">1/2", 270), ("50%", 269), (">50%", 270), ("2/3", 359), (">269", 270)],
)
def test_a_quota_is_a_number_or_a_share_and_may_be_more_than_it(typed, quota, need):
    votes = read_votes(typed("a,299", "b,239"), quota)
    wins = [w for w in range(539) if w * sum(votes.node.weights) >= votes.node.need * 538]
    assert min(wins) == need


def test_two_quotas_share_their_members_and_few_against_are_not_enough_to_block(typed):
    rows = ("a,1,70", "b,1,10", "c,1,10", "d,1,10")
    votes = read_votes(typed(*rows, header="member,weight,weight2"), "2", "65%", 2)
    found = library().coalitions(votes)
    # Won by a and another, or by all three others: one alone cannot block.
    assert found.winning == 8
    assert found.fewest_to_block.members == 2


def test_nothing_passes_without_a_veto(typed):
    rows = [f"p{i},1,yes" for i in range(5)] + [f"e{i},1,no" for i in range(10)]
    votes = read_votes(typed(*rows, header="member,weight,veto"), "9")
    values = {v.id: v.value for v in library().power(votes, "shapley-shubik").values}
    assert values["p0"] == pytest.approx(421 / 2145, rel=1e-12)
    assert values["e9"] == pytest.approx(4 / 2145, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("member,weight\na,5\nb,-1\n", ["votes.csv:3", "-1", "zero or more"]),
        ("member,weight\na,NaN\n", ["votes.csv:2", "NaN", "digits"]),
        ("member,weight\na,inf\n", ["votes.csv:2", "inf"]),
        ("member,weight\na,\n", ["votes.csv:2", "missing"]),
        ("member,weight\na,1\na,2\n", ["votes.csv:3", "'a'", "line 2"]),
        ("member,weight\n,1\n", ["votes.csv:2", "no name"]),
        ("member,weight\na,1,000\n", ["votes.csv:2", "3 cells", "thousands"]),
        ("member,votes\na,1\n", ["votes.csv:1", "'weight'", "votes"]),
        ("member,weight,weight\na,1,2\n", ["votes.csv:1", "twice"]),
        ("member,weight,veto\na,1,maybe\n", ["votes.csv:2", "maybe", "yes or no"]),
        ("member,weight,weight2\na,1,2\n", ["--quota2"]),
        ("member,weight\na,0\n", ["zero"]),
        ("", ["empty", "header"]),
        ("member,weight\n", ["no rows"]),
    ],
)
def test_a_bad_file_is_refused_by_line_value_and_remedy(tmp_path, text, told):
    file = tmp_path / "votes.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(QueryError) as refused:
        read_votes(file, "1")
    assert all(part in str(refused.value) for part in told)
    assert "do:" in str(refused.value)


@pytest.mark.parametrize(
    ("quota", "told"), [("13", "all weights together are 12"), ("0", "nobody"), ("x", "no quota"), ("0.5", "50%"),
                        ("100%", ""), (">100%", "more than 12"), ("-3", "no quota"), ("1/0", "no quota")]
)  # fmt: skip
def test_a_quota_that_cannot_be_is_refused(typed, quota, told):
    file = typed("a,5", "b,4", "c,3")
    if not told:
        assert read_votes(file, quota).node.need == 12
        return
    with pytest.raises(QueryError, match=told):
        read_votes(file, quota)


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path):
    (tmp_path / "votes.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(QueryError, match="UTF-8"):
        read_votes(tmp_path / "votes.csv", "1")
    with pytest.raises(QueryError, match="cannot be read"):
        read_votes(tmp_path / "none.csv", "1")


def test_sums_that_no_memory_holds_are_refused_with_what_can_be_done(typed):
    votes = read_votes(typed(*(f"m{i},{10**9 + 7**i % 10**9}" for i in range(60))), ">1/2")
    for index in ("banzhaf", "shapley-shubik"):
        with pytest.raises(NotApplicable, match="larger units"):
            library().power(votes, index)
    with pytest.raises(NotApplicable, match="counted exactly"):
        library().coalitions(votes)
    with pytest.raises(NotApplicable, match="larger units"):
        library().chance(votes, 0.6)
