"""Coalitions: how many win, which are minimal, who is in them, and the cheapest way to meet a circuit or to block it.

All numbers are exact. On a circuit in which no leaf occurs twice the children of a gate are independent, so the
cheapest way to meet k of n is the k cheapest children, and the cheapest way to block it is the n - k + 1 children that
are cheapest to block. Blocking coalitions are the winning ones of the dual.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from assent.circuit.names import Namer, person, whole
from assent.circuit.nodes import Gate, Leaf, monotone, read_once
from assent.folds.game import Options, Take, game, refuse_exceptions
from assent.folds.knots import TooManyStates
from assent.folds.plan import Effort, plan
from assent.folds.terms import Number, Register, merged, whole_gates
from assent.folds.winning import Winning

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assent.circuit.nodes import Node

Goal = Literal["meet", "block"]
Per = Literal["act", "actor"]


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
    found = [_cheapest(child, goal, price) for child in node.children]
    bills = [bill for bill in found if bill]
    if node.weights:
        chosen = _heaviest_for_least(found, node.weights, wanted)
    else:
        chosen = sorted(bills, key=lambda bill: bill.cost)[:wanted] if len(bills) >= wanted else None
    if chosen is None:
        return None
    return Bill(sum((bill.cost for bill in chosen), Fraction(0)), tuple(w for bill in chosen for w in bill.who))


def _heaviest_for_least(bills: list[Bill | None], weights: tuple[int, ...], wanted: int) -> list[Bill] | None:
    """The cheapest bills whose weights reach what is wanted."""
    scale = Gate("", "", wanted, tuple(Leaf("", str(i)) for i in range(len(bills))), weights=weights)
    prices: dict[str, Number] = {str(i): bill.cost for i, bill in enumerate(bills) if bill}
    if not prices:
        return None
    found = plan(scale, "pass", prices, effort=Effort(best=1))
    taken = [int(leaf[1:]) for take in found.members for leaf in take.ids[: take.count]]
    return [bill for i in sorted(taken) if (bill := bills[i])] if found.cost is not None else None


def _name(node: Node) -> str:
    if isinstance(node, Leaf):
        return node.id
    if isinstance(node, Gate):
        return node.unit or node.body or node.id
    return node.id


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of minimal coalition.

    Attributes
    ----------
    members
        One coalition of the kind: so many of some alike leaves.
    stands_for
        How many coalitions are of it: the same numbers of the alike, in groups that differ only in who is in them.
    """

    members: tuple[Take, ...]
    stands_for: int

    @property
    def size(self) -> int:
        """How many are in it."""
        return sum(take.count for take in self.members)


@dataclass(frozen=True, slots=True)
class Minimal:
    """The minimal coalitions: those that lose, or block no more, without any one of their members.

    Attributes
    ----------
    count, kinds
        How many coalitions and kinds there are; ``None`` where they cannot be counted (see ``reason``).
    listed
        Some kinds.
    complete
        Whether all kinds are listed.
    """

    count: int | None
    kinds: int | None
    listed: tuple[Kind, ...]
    complete: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether a leaf is needed.

    Attributes
    ----------
    minimal, of
        In how many minimal coalitions it is, and how many there are.
    standing
        In ``all`` of them (a veto), in ``some``, or in ``none`` (it never matters).
    """

    leaf: str
    minimal: int
    of: int
    standing: Literal["all", "some", "none"]


@dataclass(frozen=True, slots=True)
class Share:
    """The least weight that suffices.

    Attributes
    ----------
    weight, of
        Of the coalition, and of all who could be in one.
    proven
        Whether no coalition is lighter; else how far one could be is ``gap``.
    """

    weight: Fraction
    of: Fraction
    who: tuple[Take, ...]
    proven: bool = True
    gap: Fraction = Fraction(0)

    @property
    def share(self) -> Fraction:
        """The weight as a share of all."""
        return self.weight / self.of


def count(node: Node, goal: Goal = "meet", per: Per = "act") -> int:
    """How many sets of leaves meet a circuit (block it), as an exact whole number.

    Parameters
    ----------
    node
        A circuit without exceptions.
    goal
        ``meet`` or ``block``.
    per
        Whether the two acts of one actor are decided apart (``act``) or at once (``actor``).

    Raises
    ------
    ValueError
        The circuit is not monotone, or shared leaves make too many states.

    Examples
    --------
    >>> count(Gate("senate", "Senate", 2, act="vote", body="senate", members=3))
    4
    """
    from assent.folds.power import count_winning

    refuse_exceptions(node)
    size = len(Register(node, _namer(per)).leaves)
    won = count_winning(node if per == "act" else merged(node))
    return won if goal == "meet" else (1 << size) - won


def fewest(node: Node, goal: Goal, per: Per = "act") -> Bill | None:
    """The fewest who meet a circuit or block it, and one choice of them.

    Parameters
    ----------
    node, goal
        A circuit without exceptions; ``meet`` or ``block``.
    per
        Whether who acts twice counts twice (``act``) or once (``actor``).

    Returns
    -------
    Bill or None
        ``None`` when there is no way. Leaves shared between gates are solved as an integer program.

    Raises
    ------
    ValueError
        The circuit is not monotone.

    Examples
    --------
    >>> house = Gate("house", "House", 290, act="vote", body="house", members=435)
    >>> fewest(house, "block")
    Bill(cost=Fraction(146, 1), who=(('vote:house', 146),))
    """
    found = plan(node, _asked(goal), effort=Effort(best=1, otherwise=1, name=_namer(per), seconds=60))
    if found.proof == "gap":
        raise ValueError(f"fewer than {found.cost} may suffice: the time was too short")
    if found.cost is None:
        return None
    return Bill(Fraction(found.cost), tuple((take.name, take.count) for take in found.members))


def lightest(node: Node, goal: Goal, weights: Mapping[str, Number], per: Per = "actor") -> Share | None:
    """The least weight (people, say) behind a coalition that meets a circuit or blocks it, and who is in it.

    Parameters
    ----------
    node, goal
        A circuit without exceptions; ``meet`` or ``block``.
    weights
        Name → weight. A gate that is named is bought whole; a leaf without a weight cannot be in the coalition.
    per
        Whether who acts twice weighs once (``actor``) or twice (``act``).

    Returns
    -------
    Share or None
        ``None`` when those with a weight cannot do it.

    Raises
    ------
    ValueError
        The circuit is not monotone; a name is unknown; a weight is negative or no number.

    Examples
    --------
    >>> states = Gate("g", "", 2, tuple(Leaf("ratify", s) for s in "abc"))
    >>> found = lightest(states, "block", {"a": 5, "b": 1, "c": 2})
    >>> found.share, [take.name for take in found.who]
    (Fraction(3, 8), ['b', 'c'])
    """
    refuse_exceptions(node)
    register, namer = Register(node), _namer(per)
    for name in weights:
        register.known(name)
    held = whole_gates(node, register, weights)
    inside = Register(held, namer)
    kept: dict[str, Number] = {}
    for name, weight in weights.items():
        here = namer(*register.leaves[name]) if name in register.leaves else name
        here = here if inside.has(here) or per == "act" else here.rpartition(":")[2]
        if inside.has(here) and kept.setdefault(here, weight) != weight:
            raise ValueError(f"{here!r} is given two weights: {kept[here]} and {weight}")
    found = plan(held, _asked(goal), kept, effort=Effort(best=1, name=namer, seconds=60))
    if found.cost is None or not kept:
        return None
    total = sum(inside.spread(kept).values(), Fraction(0))
    gap = Fraction(found.gap or 0)
    return Share(Fraction(found.cost), total, found.members, not gap, gap)


def minimal(node: Node, limit: int = 20, goal: Goal = "meet", per: Per = "act") -> Minimal:
    """The minimal coalitions: how many, of how many kinds, and some kinds.

    Parameters
    ----------
    node
        A circuit without exceptions.
    limit
        List at most so many kinds.
    goal, per
        As for ``count``.

    Raises
    ------
    ValueError
        The circuit is not monotone.

    Examples
    --------
    >>> both = Gate("g", "", 2, (Gate("h", "", 2, act="v", body="h", members=3), Leaf("v", "president")))
    >>> found = minimal(both)
    >>> found.count, found.kinds, [(take.name, take.count) for take in found.listed[0].members]
    (3, 1, [('v:h', 2), ('v:president', 1)])
    """
    made = game(node, Options(dual=goal == "block", name=_namer(per)))
    winning = Winning(made)
    try:
        number, kinds = winning.minimal(), winning.kinds()
        each = list(winning.each(limit))
    except TooManyStates as error:
        return Minimal(None, None, (), complete=False, reason=str(error))
    listed = tuple(
        Kind(tuple(Take(made.classes[c], n) for c, n in sorted(counts.items()) if n), times) for counts, times in each
    )
    return Minimal(number, kinds, listed, len(listed) == kinds)


def belongs(node: Node, name: str, goal: Goal = "meet", per: Per = "act") -> Membership:
    """Is an actor in all, some or no minimal coalitions, and in how many?

    Parameters
    ----------
    node
        A circuit without exceptions.
    name
        A leaf, an actor, or a gate (a state, a chamber), which is then one actor that decides at once.
    goal, per
        As for ``count``.

    Raises
    ------
    ValueError
        The circuit is not monotone; the name is unknown or acts more than once.

    Examples
    --------
    >>> both = Gate("g", "", 2, (Gate("h", "", 2, act="v", body="h", members=3), Leaf("v", "president")))
    >>> belongs(both, "president").standing, belongs(both, "h/1").minimal, belongs(both, "h").standing
    ('all', 2, 'all')
    """
    refuse_exceptions(node)
    namer = _namer(per)
    register = Register(node, namer)
    leaf = register.one(name)
    if leaf is None:
        node = whole_gates(node, register, (name,))
        leaf = Register(node, namer).one(name) or name
    made = game(node, Options(dual=goal == "block", name=namer))
    winning = Winning(made)
    total = winning.minimal()
    mine = winning.minimal(made.place[leaf]) if leaf in made.place else 0
    return Membership(leaf, mine, total, "none" if not mine else "all" if mine == total else "some")


def _namer(per: Per) -> Namer:
    return person if per == "actor" else whole


def _asked(goal: Goal) -> Literal["pass", "block"]:
    return "pass" if goal == "meet" else "block"
