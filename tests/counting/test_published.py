"""Published tables of voting power against exact counting and against the folds. Every table says where it is from."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest

from tests.counting.measured import measure, spread
from tests.counting.tables import Oracle, Printed, games

GAMES = {game.name: game for game in games()}
TABLES = {f"{name}-{table['index']}-{table.get('scale', 'normalized')}": (name, table)
          for name, game in GAMES.items() for table in game.tables}  # fmt: skip
FACTS = {name: game.facts for name, game in GAMES.items() if game.facts}
CLOSE = 1e-12


@cache
def oracle(name):
    return Oracle(GAMES[name])


def compared(game, table, values, slack):
    """Each printed number with the value it does not fit."""
    per = table.get("per", 1)
    return [
        (member, str(said), str(value) if slack == 0 else float(value))
        for member, said in table["values"].items()
        if not Printed(str(said), per).is_of(value := values[game.leaf(member)], slack)
    ]


@pytest.mark.parametrize("case", TABLES)
def test_exact_counting_gives_the_published_table(case):
    name, table = TABLES[case]
    values = oracle(name).values(table["index"], absolute=table.get("scale") == "absolute")
    assert not compared(GAMES[name], table, values, 0)


@pytest.mark.parametrize("case", TABLES)
def test_the_folds_give_the_published_table(case):
    name, table = TABLES[case]
    found = spread(measure().power(GAMES[name].node, table["index"]))
    values = {
        leaf: Fraction(value.value if table.get("scale") == "absolute" else value.normalized)
        for leaf, value in found.items()
    }
    assert not compared(GAMES[name], table, values, CLOSE)


@pytest.mark.parametrize("name", FACTS)
def test_exact_counting_agrees_with_what_is_said(name):
    counted = oracle(name)
    check(name, counted.winning, counted.swings(), lambda index: counted.values(index, absolute=False))


@pytest.mark.parametrize("name", FACTS)
def test_the_folds_agree_with_what_is_said(name):
    fold, node = measure(), GAMES[name].node

    def values(index):
        return {leaf: round(value.normalized, 15) for leaf, value in spread(fold.power(node, index)).items()}

    swings = {leaf: value.swings for leaf, value in spread(fold.power(node, "banzhaf")).items()}
    check(name, fold.count_winning(node), swings, values)


def check(name, winning, swings, values):
    game, facts = GAMES[name], FACTS[name]
    if "winning" in facts:
        assert winning == facts["winning"]
    if "passing" in facts:
        assert Printed(facts["passing"]).is_of(Fraction(winning, 1 << len(oracle(name).leaves)))
    for member, count in facts.get("swings", {}).items():
        assert swings[game.leaf(member)] == count
    if "dummies" in facts:
        assert {leaf for leaf, count in swings.items() if not count} == {game.leaf(m) for m in facts["dummies"]}
    for index in facts.get("indices", ("banzhaf", "shapley-shubik")):
        for kind in {"order", "rank"} & facts.keys():
            groups = [[values(index)[game.leaf(member)] for member in group] for group in facts[kind]]
            assert all(len(set(group)) == 1 for group in groups), f"{index}: a group is not equal"
            above = (lambda a, b: a > b) if kind == "order" else (lambda a, b: a >= b)
            assert all(above(a[0], b[0]) for a, b in pairwise(groups)), f"{index}: {groups}"
    if "minimal" in facts:
        wanted = {frozenset(game.leaf(member) for member in coalition) for coalition in facts["minimal"]}
        assert oracle(name).of.minimal() == wanted


def test_a_rank_between_representative_and_vice_president_is_strict():
    """The source has the vice president strictly above a representative, which ``rank`` alone would not see."""
    values = oracle("us-federal-with-vice-president").values("banzhaf", absolute=False)
    assert values["vote:vice president"] > values["vote:house/1"]
    assert values["vote:president"] > values["vote:senate/1"]


@pytest.mark.parametrize("name", GAMES)
def test_every_table_says_where_it_is_from_and_whether_it_was_read(name):
    said = [*GAMES[name].tables, *([GAMES[name].facts] if GAMES[name].facts else [])]
    assert said, "a game with nothing said of it"
    for table in said:
        assert table["standing"] in {"read", "recalled"}
        assert len(table["source"]) > 10
