"""Random circuits, and what they come to by trying every completion.

The brute force knows two values and no shortcut.
"""

from __future__ import annotations

from itertools import count, product
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from assent.circuit.nodes import Except, Gate, Leaf
from assent.folds.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assent.circuit.nodes import Node

ACTORS = "abcdef"  # few, so that most circuits hold a leaf more than once
MOST_FREE = 10

_leaf = st.sampled_from([Leaf("ratify", actor) for actor in ACTORS] + [Leaf("apply", "a"), Leaf("apply", "b")])
_body = st.builds(
    lambda need, members: Gate("house", "house", need, members=members),
    st.integers(0, 4),
    st.integers(1, 3),
)


@st.composite
def _gate(draw, below):
    children = tuple(draw(st.lists(below, max_size=4)))
    need = draw(st.integers(0, len(children) + 1))
    return Gate("g", "g", need, children)


def _above(below):
    return st.one_of(_gate(below), _gate(below), st.builds(lambda r, e: Except("x", "x", r, e), below, below))


circuits = (
    st.recursive(st.one_of(_leaf, _leaf, _leaf, _body), _above, max_leaves=12)
    .map(lambda node: Gate("top", "top", 1, (node,)) if isinstance(node, Leaf) else node)
    .filter(lambda node: len(free(node)) <= MOST_FREE)
)
positions = st.dictionaries(
    st.sampled_from(["ratify:" + a for a in ACTORS] + ["apply:a", "apply:b"]),
    st.sampled_from(list(Verdict)),
    max_size=8,
)


def walk(node: Node) -> Iterator[Node]:
    """Every node, as often as it occurs."""
    yield node
    below = node.children if isinstance(node, Gate) else (node.rule, node.exception) if isinstance(node, Except) else ()
    for child in below:
        yield from walk(child)


def free(node: Node) -> set[str]:
    """What may go either way when nothing is known: leaves by name, and each vote of members by its place."""
    found: set[str] = set()
    _value(node, lambda name: bool(found.add(name)), count())
    return found


def value(node: Node, holds: Callable[[str], bool]) -> bool:
    """A circuit's value when everything is settled; votes of members are settled by ``holds("vote0")``, in order."""
    return _value(node, holds, count())


def _value(node: Node, holds: Callable[[str], bool], votes: count[int]) -> bool:
    if isinstance(node, Leaf):
        return holds(f"{node.act}:{node.actor}")
    if isinstance(node, Except):
        rule, exception = _value(node.rule, holds, votes), _value(node.exception, holds, votes)
        return rule and not exception
    if node.members:
        name = f"vote{next(votes)}"
        return holds(name) if 0 < node.need <= node.members else node.need == 0
    return sum([_value(child, holds, votes) for child in node.children]) >= node.need


def brute(node: Node, known: dict[str, Verdict]) -> Verdict:
    """The verdict by trying every completion."""
    names = sorted(name for name in free(node) if known.get(name, Verdict.OPEN) is Verdict.OPEN)
    seen = set()
    for bits in product((False, True), repeat=len(names)):
        world = dict(zip(names, bits, strict=True))
        seen.add(value(node, lambda name, w=world: w[name] if name in w else known[name] is Verdict.PASS))
    return Verdict.OPEN if len(seen) == 2 else Verdict.PASS if seen == {True} else Verdict.FAIL


def apart(node: Node, known: dict[str, Verdict]) -> tuple[Node, dict[str, Verdict]]:
    """The same circuit with every occurrence of a leaf under a name of its own, each as known as the leaf was."""
    numbers = count()
    positions: dict[str, Verdict] = {}

    def copy(node: Node) -> Node:
        if isinstance(node, Leaf):
            leaf = Leaf(node.act, f"{node.actor}#{next(numbers)}")
            positions[leaf.id] = known.get(node.id, Verdict.OPEN)
            return leaf
        if isinstance(node, Except):
            return Except(node.id, node.label, copy(node.rule), copy(node.exception))
        return Gate(node.id, node.label, node.need, tuple(copy(c) for c in node.children), members=node.members)

    return copy(node), positions
