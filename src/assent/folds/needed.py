"""Needed: what a circuit still asks for once some leaves and gates are settled, gate by gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assent.circuit.nodes import Gate, Leaf, Node
from assent.folds.game import members, refuse_exceptions
from assent.folds.terms import Register, fixed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assent.folds.terms import Fixed
    from assent.folds.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Needed:
    """One gate that is still open.

    Attributes
    ----------
    place
        The ids from the top to the gate.
    needs, open
        How much more it needs, and how much is still open to it, in units of weight.
    met, lost
        How much it has, and how much has been lost to it.
    """

    place: tuple[str, ...]
    label: str
    act: str
    body: str
    needs: int
    open: int
    met: int
    lost: int

    @property
    def spare(self) -> int:
        """How much of what is open may still be lost."""
        return self.open - self.needs


def needed(node: Node, settled: Mapping[str, Verdict]) -> tuple[Needed, ...] | None:
    """What is still needed, and where: every open gate that is more than a list of others.

    Parameters
    ----------
    node
        A circuit without exceptions.
    settled
        Name of a leaf or gate → what it has said.

    Returns
    -------
    tuple or None
        Empty when everything is met; ``None`` when it cannot be met any more. A leaf that occurs twice is looked at
        gate by gate.

    Examples
    --------
    >>> from assent.folds.verdict import Verdict
    >>> gate = Gate("ratify", "", 3, tuple(Leaf("ratify", s) for s in "abcd"))
    >>> (found,) = needed(gate, {"a": Verdict.PASS, "b": Verdict.FAIL})
    >>> found.needs, found.open, found.spare
    (2, 2, 0)
    """
    refuse_exceptions(node)
    register = Register(node)
    known = fixed(register, "pass", settled, (), ())
    walk = _Walk(register, known)
    verdict = walk.value(node)
    if verdict is None:
        return tuple(walk.open(node, ()))
    return () if verdict else None


class _Walk:
    def __init__(self, register: Register, known: Fixed) -> None:
        self.register, self.known = register, known
        self.sums: dict[int, tuple[int, int]] = {}

    def value(self, node: Node) -> bool | None:
        """Met, lost, or open."""
        if not isinstance(node, Gate):
            return self.known.leaves.get(node.id) if isinstance(node, Leaf) else None
        held = {self.known.gates[name] for name in self.register.names(node) if name in self.known.gates}
        if held:
            return held.pop()
        met, lost = self.sum(node)
        return True if met >= node.need else False if node.of - lost < node.need else None

    def sum(self, gate: Gate) -> tuple[int, int]:
        """How much a gate has, and how much is lost to it."""
        if id(gate) not in self.sums:
            if gate.members:
                said = [(1, self.known.leaves.get(self.register.name(*m))) for m in members(gate)]
            else:
                said = [(gate.weight(i), self.value(child)) for i, child in enumerate(gate.children)]
            self.sums[id(gate)] = (sum(w for w, v in said if v is True), sum(w for w, v in said if v is False))
        return self.sums[id(gate)]

    def open(self, node: Node, place: tuple[str, ...]) -> Iterator[Needed]:
        """The open gates at or below a node; below those that need all of their children, not below a choice."""
        if self.value(node) is not None:
            return
        if isinstance(node, Leaf):
            yield Needed((*place, node.id), node.label, node.act, node.actor, 1, 1, 0, 0)
        elif isinstance(node, Gate):
            here = (*place, node.id) if node.id else place
            if node.need == node.of and not node.members:
                for child in node.children:
                    yield from self.open(child, here)
            else:
                met, lost = self.sum(node)
                yield Needed(here, node.label, node.act, node.body, node.need - met, node.of - met - lost, met, lost)
