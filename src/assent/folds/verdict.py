"""Pass, fail or open: what a circuit comes to over every completion of what is still open.

Reference: Kleene's strong three-valued logic is sound but not complete when a leaf occurs twice; ``decide`` is
complete.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from assent.circuit.nodes import Except, Gate, Leaf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assent.circuit.nodes import Node


class Verdict(StrEnum):
    """What is known of a node: it holds, it cannot hold, or it may still go either way."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    OPEN = "open"


PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.OPEN


def decide(node: Node, positions: Mapping[str, Verdict]) -> Verdict:
    """The verdict of a circuit, exact over all completions of the open leaves.

    Parameters
    ----------
    node
        The circuit.
    positions
        Leaf id → verdict; a leaf that is missing is open (never "no").

    Returns
    -------
    Verdict
        ``PASS`` if every completion passes, ``FAIL`` if none does, else ``OPEN``.

    Examples
    --------
    >>> circuit = Gate("g", "two of three", 2, tuple(Leaf("ratify", s) for s in "abc"))
    >>> decide(circuit, {"ratify:a": PASS, "ratify:b": PASS})
    <Verdict.PASS: 'pass'>
    >>> decide(circuit, {"ratify:a": PASS, "ratify:b": FAIL})
    <Verdict.OPEN: 'open'>
    """
    quick = local(node, positions)
    if quick is not OPEN:
        return quick
    polarity = _polarity(node, positions)
    both = [leaf for leaf, signs in polarity.items() if len(signs) > 1]
    if not both:
        return OPEN  # with every leaf on one side only, gate by gate is complete
    ends = {decide(node, {**positions, both[0]: value}) for value in (PASS, FAIL)}
    return ends.pop() if len(ends) == 1 else OPEN


def local(node: Node, positions: Mapping[str, Verdict]) -> Verdict:
    """The verdict gate by gate (Kleene): what it settles is settled; what it leaves open may be so or not."""
    if isinstance(node, Leaf):
        return positions.get(node.id, OPEN)
    if isinstance(node, Except):
        return unless(local(node.rule, positions), local(node.exception, positions))
    return reached(node, *tally(node, positions))


def unless(rule: Verdict, exception: Verdict) -> Verdict:
    """The verdict of a rule with an exception, from the verdicts of both."""
    if rule is FAIL or exception is PASS:
        return FAIL
    return PASS if rule is PASS and exception is FAIL else OPEN


def reached(gate: Gate, yes: int, unsettled: int) -> Verdict:
    """The verdict of a gate, from how many of its children are met, and how many are open."""
    if yes >= gate.need:
        return PASS
    return OPEN if yes + unsettled >= gate.need else FAIL


def tally(gate: Gate, positions: Mapping[str, Verdict]) -> tuple[int, int]:
    """How many of a gate's children are met, and how many are open.

    Returns
    -------
    tuple
        Met and open, in units of weight (or members, none of whose votes are settled).
    """
    return tally_of(gate, [local(child, positions) for child in gate.children])


def tally_of(gate: Gate, verdicts: Sequence[Verdict]) -> tuple[int, int]:
    """The same from the verdicts of its children, in their order."""
    if gate.members:
        return 0, gate.members
    if not gate.weights:
        return verdicts.count(PASS), verdicts.count(OPEN)
    yes = unsettled = 0
    for place, verdict in enumerate(verdicts):
        if verdict is PASS:
            yes += gate.weight(place)
        elif verdict is OPEN:
            unsettled += gate.weight(place)
    return yes, unsettled


def _polarity(node: Node, positions: Mapping[str, Verdict]) -> dict[str, set[int]]:
    """For each open leaf, whether more assent can help (1), hurt (-1) or either."""
    found: dict[str, set[int]] = {}
    for leaf, sign in _signed(node, 1):
        if positions.get(leaf.id, OPEN) is OPEN:
            found.setdefault(leaf.id, set()).add(sign)
    return found


def _signed(node: Node, sign: int) -> Iterator[tuple[Leaf, int]]:
    if isinstance(node, Leaf):
        yield node, sign
    elif isinstance(node, Except):
        yield from _signed(node.rule, sign)
        yield from _signed(node.exception, -sign)
    else:
        for child in node.children:
            yield from _signed(child, sign)
