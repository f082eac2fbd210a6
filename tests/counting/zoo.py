"""Circuits of every rule, each with no more than sixteen leaves, for the matrix of rules by methods by indices."""

from __future__ import annotations

from hypothesis import strategies as st

from assent.circuit.nodes import Except, Gate, Leaf

ACT = "vote"


def leaf(name, act=ACT):
    """One person doing one act."""
    return Leaf(act, name, name)


def leaves(names):
    """A leaf per name."""
    return tuple(leaf(name) for name in names)


def every(*children, name="all"):
    """Each of them."""
    return Gate(name, name, len(children), children)


def either(*children, name="any"):
    """One of them."""
    return Gate(name, name, 1, children)


def some(need, *children, name="some"):
    """So many of them."""
    return Gate(name, name, need, children)


def votes(need, weights, names, name="votes"):
    """A weighted vote."""
    return Gate(name, name, need, leaves(names), weights=tuple(weights))


def house(body, need, members, act=ACT):
    """So many of alike members."""
    return Gate(body, body, need, act=act, body=body, members=members)


def state(name, *sizes):
    """A legislature: a majority in each chamber."""
    chambers = (house(f"{name}/{place}", size // 2 + 1, size, "ratify") for place, size in enumerate(sizes))
    return every(*chambers, name=name)


TEN = "abcdefghij"
WORTH = (9, 8, 8, 7, 5, 4, 4, 3, 1, 1)

MIXED = (1, 9, 2, 8, 3, 7, 4, 6, 5, 5)
PEOPLE = (
    82_521_653, 66_989_083, 60_589_445, 46_528_024, 37_972_964, 19_644_350, 17_081_507, 11_351_727, 10_768_193,
    10_578_820, 460_297,
)  # fmt: skip

TOKENS = tuple(10**24 // (place + 3) + place for place in range(10))

ZOO = {
    "one person": leaf("a"),
    "majority of seven": some(4, *leaves("abcdefg")),
    "all of nine": every(*leaves("abcdefghi")),
    "any of nine": either(*leaves("abcdefghi")),
    "crowd of thirteen": house("hall", 7, 13),
    "crowd of sixteen, three quarters": house("hall", 12, 16),
    "weighted": votes(51, (35, 20, 15, 15, 15), "abcde"),
    "weighted with dummies": votes(16, (9, 9, 7, 3, 1, 1), "abcdef"),
    "weighted with weights of nothing": votes(5, (4, 0, 3, 2, 0), "abcde"),
    "weighted by the person": votes(222_857_050, PEOPLE, "abcdefghijk"),
    "weighted by a trillion": votes(10**12 + 7, (10**12, *(3 * 10**11,) * 3, 10**11, 7, 5, 1), "abcdefgh"),
    "weighted beyond 64 bits": votes(sum(TOKENS) // 2 + 1, TOKENS, TEN),
    "all of a weight beyond 64 bits": votes(sum(TOKENS), TOKENS, TEN),
    "all but the least of a weight beyond 64 bits": votes(sum(TOKENS) - min(TOKENS), TOKENS, TEN),
    "double majority beyond 64 bits": every(votes(sum(TOKENS) // 2 + 1, TOKENS, TEN), some(6, *leaves(TEN))),
    "dictator": votes(10, (10, 3, 3, 3), "abcd"),
    "two chambers": every(house("upper", 4, 7), house("lower", 5, 9)),
    "two chambers by two thirds": every(house("upper", 4, 6), house("lower", 6, 9), leaf("king")),
    "chambers or a referendum": either(every(house("upper", 3, 5), house("lower", 4, 7)), house("people", 3, 4)),
    "double majority": every(votes(26, WORTH, TEN), some(6, *leaves(TEN))),
    "triple majority": every(votes(26, WORTH, TEN), some(6, *leaves(TEN)), votes(30, MIXED, TEN)),
    "double majority and four to block": either(
        every(votes(33, WORTH, TEN), some(6, *leaves(TEN))),
        some(7, *leaves(TEN)),
    ),
    "security council": every(some(5, *leaves("CFRUA")), some(9, *leaves("CFRUA0123456789"))),
    "veto in one chamber of two": every(leaf("king"), some(3, *leaves("abcde")), house("lower", 5, 9)),
    "override with shared crowds": either(
        every(leaf("president"), house("senate", 3, 5), house("house", 4, 7)),
        every(house("senate", 4, 5), house("house", 5, 7)),
    ),
    "tie break": every(either(house("senate", 4, 6), every(house("senate", 3, 6), leaf("vp"))), house("house", 4, 7)),
    "compound with alike states": every(
        house("congress/house", 2, 3, "propose"),
        house("congress/senate", 2, 2, "propose"),
        some(2, state("A", 3, 1), state("B", 3, 1), state("C", 3)),
    ),
    "compound of unequal states": some(
        3, state("A", 3, 2), state("B", 2, 1), state("C", 3), state("D", 1, 1), state("E", 3)
    ),
    "weighted states": Gate(
        "w", "w", 7, (state("A", 3, 1), state("B", 2, 2), state("C", 3), leaf("D"), leaf("E")), weights=(5, 3, 2, 2, 1)
    ),
    "two acts of the same people": every(
        some(2, *(Leaf("apply", name) for name in "abcde")), some(4, *(Leaf("ratify", name) for name in "abcde"))
    ),
    "people who sit twice": every(
        some(3, *leaves("abcde"), name="nation"),
        some(2, some(2, *leaves("abc")), some(2, *leaves("cde")), some(2, *leaves("efg"))),
    ),
    "the same gate twice": some(2, some(2, *leaves("abc")), some(2, *leaves("abc")), leaf("d"), leaf("e")),
    "a member named twice": votes(4, (2, 1, 1, 1, 1), "aabcd"),
    "met by nobody": every(leaf("a"), some(0, *leaves("bc")), some(2, *leaves("def"))),
    "a part that cannot be met": either(some(3, *leaves("ab")), some(2, *leaves("bcd"))),
    "a deep chain": either(leaf("a"), every(leaf("b"), either(leaf("c"), every(leaf("d"), either(*leaves("ef")))))),
}

NOT_MONOTONE = {
    "a veto by petition": Except("veto", "veto", some(3, *leaves("abcde")), some(4, *leaves("efghi"))),
    "a veto within": every(leaf("a"), Except("ban", "ban", some(2, *leaves("bcd")), leaf("e"))),
}


@st.composite
def _gate(draw, below):
    children = tuple(draw(st.lists(below, min_size=1, max_size=4)))
    weights = tuple(draw(st.lists(st.integers(0, 9), min_size=len(children), max_size=len(children))))
    if not draw(st.booleans()) or not sum(weights):
        weights = ()
    return Gate("g", "g", draw(st.integers(1, sum(weights) or len(children))), children, weights=weights)


def circuits(names, sizes, most):
    """Random circuits over these people and these houses, in which anybody may stand in several places."""
    people = st.sampled_from(leaves(names))
    body = st.builds(
        lambda name, need: house(name, min(need, sizes[name]), sizes[name]),
        st.sampled_from(sorted(sizes)),
        st.integers(1, max(sizes.values())),
    )
    return st.recursive(st.one_of(people, people, body), _gate, max_leaves=most)


SMALL = circuits("abcdefgh", {"x": 3, "y": 4}, 14)
LARGE = circuits("abcdefghij", {"x": 3, "y": 5}, 30)
