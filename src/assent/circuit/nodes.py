"""The circuit: a timeless, immutable structure of thresholds whose leaves are (act, actor) pairs.

This is the only thing law and record on one side and the folds on the other both know. A gate is met when the weights
of the children that are met reach its need. ``all`` is a gate that needs every child, ``any`` one that needs one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Basis:
    """What a need is a share of: the share, the base it is counted on, and who asks for it.

    Attributes
    ----------
    share
        Exact share of the base; ``None`` where the rule names a number.
    base
        The base in words ("members voting").
    strict
        ``True`` for "more than".
    quorum
        Least number that must be present, if the rule names one.
    assumed
        Whether the threshold is an assumption.
    """

    share: Fraction | None = None
    base: str = ""
    strict: bool = False
    quorum: int | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """One actor doing one act. ``alike`` leaves with the same name and number are interchangeable members.

    Attributes
    ----------
    id
        The stable id, as ``ratify:CA/legislature``.
    """

    act: str
    actor: str
    label: str = ""
    cite: tuple[str, ...] = ()
    id: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", f"{self.act}:{self.actor}")  # every fold asks for it: written once


@dataclass(frozen=True, slots=True)
class Gate:
    """At least ``need`` of its children (``any`` is 1, ``all`` is as many as there are).

    ``members`` stands for so many alike members of a body in place of children: a vote of which only the number counts.
    ``weights`` gives each child's weight, in whole units of which ``need`` is the quota; empty when each child counts
    one. ``held`` names the readings by which the gate is there at all.
    """

    id: str
    label: str
    need: int
    children: tuple[Node, ...] = ()
    act: str = ""
    body: str = ""
    members: int = 0
    basis: Basis | None = None
    cite: tuple[str, ...] = ()
    note: str = ""
    unit: str = ""
    weights: tuple[int, ...] = ()
    held: tuple[tuple[str, str], ...] = ()

    @property
    def of(self) -> int:
        """How many there are to meet the need, in units of weight."""
        return self.members or (sum(self.weights) if self.weights else len(self.children))

    def weight(self, place: int) -> int:
        """The weight of the child at a place."""
        return self.weights[place] if self.weights else 1


@dataclass(frozen=True, slots=True)
class Except:
    """A rule that is met unless its exception is: the one node that is not monotone."""

    id: str
    label: str
    rule: Node
    exception: Node
    cite: tuple[str, ...] = ()


Node = Leaf | Gate | Except


def leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf below a node, in order, as often as it occurs."""
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, Gate):
        for child in node.children:
            yield from leaves(child)
    else:
        yield from leaves(node.rule)
        yield from leaves(node.exception)


def gates(node: Node) -> Iterator[Gate]:
    """Every gate at or below a node, the node first."""
    if isinstance(node, Gate):
        yield node
        for child in node.children:
            yield from gates(child)
    elif isinstance(node, Except):
        yield from gates(node.rule)
        yield from gates(node.exception)


def monotone(node: Node) -> bool:
    """Whether more assent can never turn the node from met to not met."""
    if isinstance(node, Leaf):
        return True
    if isinstance(node, Gate):
        return all(monotone(child) for child in node.children)
    return False


def read_once(node: Node) -> bool:
    """Whether no leaf occurs twice, so that the children of a gate are independent of each other."""
    seen = [leaf.id for leaf in leaves(node)]
    return len(seen) == len(set(seen))
