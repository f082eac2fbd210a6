"""Coalitions: the cheapest way to meet a circuit and the cheapest way to block it, exactly.

On a circuit in which no leaf occurs twice the children of a gate are independent, so the cheapest way to meet k of n is
the k cheapest children, and the cheapest way to block it is the n - k + 1 children that are cheapest to block.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from assent.circuit.nodes import Gate, Leaf, monotone, read_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from assent.circuit.nodes import Node

Goal = Literal["meet", "block"]


@dataclass(frozen=True, slots=True)
class Bill:
    """What a goal costs at least, and one cheapest way.

    Attributes
    ----------
    cost
        In the unit of the price (members, states, people), exact.
    who
        The bought nodes: a unit or body with the number of its members (0 for the whole of it).
    """

    cost: Fraction
    who: tuple[tuple[str, int], ...]


def cheapest(node: Node, goal: Goal, price: Callable[[Node], Fraction | None]) -> Bill | None:
    """The cheapest way to meet a circuit or to block it.

    Parameters
    ----------
    node
        A circuit without exceptions in which no leaf occurs twice.
    goal
        ``"meet"`` or ``"block"``.
    price
        What a node costs when it is bought whole, for or against; ``None`` to look below it. A gate of members that is
        not bought whole costs one for each member it takes; a leaf without a price cannot be bought.

    Returns
    -------
    Bill or None
        ``None`` when there is no way, or a price on every way is unknown.

    Raises
    ------
    ValueError
        The circuit is not monotone, or a leaf occurs twice.

    Examples
    --------
    >>> senate = Gate("senate", "Senate", 67, members=100)
    >>> cheapest(senate, "block", lambda node: None).cost
    Fraction(34, 1)
    """
    if not monotone(node):
        raise ValueError("the circuit is not monotone; it has no cheapest coalition")
    if not read_once(node):
        raise ValueError("a leaf occurs twice; its cost would be counted twice")
    return _cheapest(node, goal, price)


def _cheapest(node: Node, goal: Goal, price: Callable[[Node], Fraction | None]) -> Bill | None:
    whole = price(node)
    if whole is not None:
        return Bill(whole, ((_name(node), 0),))
    if not isinstance(node, Gate):
        return None
    wanted = node.need if goal == "meet" else node.of - node.need + 1
    if wanted <= 0:
        return Bill(Fraction(0), ())
    if node.members:
        return Bill(Fraction(wanted), ((node.body, wanted),)) if wanted <= node.members else None
    bills = [bill for child in node.children if (bill := _cheapest(child, goal, price))]
    if len(bills) < wanted:
        return None
    chosen = sorted(bills, key=lambda bill: bill.cost)[:wanted]
    return Bill(sum((bill.cost for bill in chosen), Fraction(0)), tuple(w for bill in chosen for w in bill.who))


def _name(node: Node) -> str:
    if isinstance(node, Leaf):
        return node.id
    if isinstance(node, Gate):
        return node.unit or node.body or node.id
    return node.id
