"""Coalitions: how many win, the fewest and the fewest people that suffice, the minimal ones, and who is in them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import log10
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from assent.circuit.nodes import Gate, Leaf
from assent.errors import NotApplicable
from assent.inquiries.counting.refusal import counting
from assent.inquiries.counting.takes import Taken, taken_of
from assent.inquiries.counting.terms import Names

if TYPE_CHECKING:
    from assent.circuit.nodes import Node
    from assent.folds.coalitions import Minimal as Found
    from assent.inquiries.counting.game import Game, Seat

Goal = Literal["meet", "block"]
STATE, OTHER = "state", "other"
MOST_KINDS = 5


class Fewest(Struct, frozen=True):
    """The fewest members who suffice, and one choice of them."""

    members: int
    who: tuple[Taken, ...]


class People(Struct, frozen=True):
    """The fewest people whose states suffice when each state acts as one: its members everywhere say the same.

    Attributes
    ----------
    share
        Of all people, exact.
    percent
        The same, rounded.
    who
        The states.
    proven
        Whether no smaller share suffices.
    """

    share: Fraction
    percent: float
    people: int
    of: int
    who: tuple[str, ...]
    proven: bool


class Kind(Struct, frozen=True):
    """A kind of minimal coalition: one of them, and for how many it stands (who is alike makes no difference)."""

    members: tuple[Taken, ...]
    size: int
    stands_for: int


class Minimal(Struct, frozen=True):
    """The minimal coalitions: those that fail without any one of their members.

    Attributes
    ----------
    count, kinds
        How many, and of how many kinds; ``None`` where they cannot be counted (see ``reason``).
    listed
        Some kinds; all of them if ``complete``.
    """

    count: int | None
    kinds: int | None
    listed: tuple[Kind, ...]
    complete: bool
    reason: str = ""


class Membership(Struct, frozen=True):
    """Whether somebody is needed.

    Attributes
    ----------
    standing
        In ``all`` minimal coalitions (a veto), in ``some``, or in ``none`` (it never matters).
    minimal, of
        In how many of them, and of how many.
    """

    member: str
    goal: str
    standing: str
    minimal: int
    of: int


class Coalitions(Struct, frozen=True):
    """Which coalitions there are.

    Attributes
    ----------
    members
        How many can say yes or no.
    winning, blocking
        How many sets of them are enough to pass, or to stop it, exact.
    share
        Of all sets, the winning ones; ``log10_share`` where that is below the smallest float.
    """

    procedure: str
    title: str
    members: int
    winning: int
    blocking: int
    share: float
    log10_winning: float | None
    log10_share: float | None
    fewest_to_win: Fewest | None
    fewest_to_block: Fewest | None
    population_to_win: People | None
    population_to_block: People | None
    minimal: Minimal
    minimal_blocking: Minimal
    membership: tuple[Membership, ...]
    method: str
    error_bound: float | None
    notes: tuple[str, ...]
    as_of: date | None
    readings: dict[str, str]
    assumptions: tuple[str, ...]
    versions: dict[str, str]
    reproduce: str


def coalitions_of(game: Game, member: str = "", kinds: int = MOST_KINDS) -> Coalitions:
    """Which coalitions there are.

    Parameters
    ----------
    member
        Also whether this actor, body or state is needed.
    kinds
        List at most so many kinds of minimal coalitions.

    Raises
    ------
    NotApplicable
        The circuit is not monotone, or out of reach; or nobody has that name.
    """
    if member:
        found = Names(game).leaves(member, "--member")
        if found != [member]:
            raise NotApplicable(
                f"{member} is a group, and a group has no vote of its own.",
                where="--member",
                remedy="Name a member, a body or a state.",
            )
    with counting():
        from assent.folds.coalitions import count, minimal

        membership = tuple(_membership(game, member, goal) for goal in ("meet", "block")) if member else ()
        winning = count(game.node)
        blocking = (1 << game.size) - winning
        least, stopping = minimal(game.node, kinds), minimal(game.node, kinds, "block")
    win, stop = _fewest(game, "meet"), _fewest(game, "block")
    rich, poor, notes = _population(game)
    ten = _log10(winning)
    ratio = None if ten is None else ten - game.size * log10(2)
    words = [*(["--member", member] if member else []), *(["--kinds", str(kinds)] if kinds != MOST_KINDS else [])]
    return Coalitions(
        game.id,
        game.title,
        game.size,
        winning,
        blocking,
        float(Fraction(winning, 1 << game.size)),
        ten,
        ratio,
        win,
        stop,
        rich,
        poor,
        _told(game, least),
        _told(game, stopping),
        membership,
        "exact integers",
        None,
        notes,
        game.as_of,
        dict(game.readings),
        game.assumptions,
        game.versions,
        game.command("coalitions", *words),
    )


def _log10(number: int) -> float | None:
    """The logarithm of a whole number of any size; ``None`` of zero."""
    if number <= 0:
        return None
    shift = max(number.bit_length() - 64, 0)
    return log10(number >> shift) + shift * log10(2)


def _membership(game: Game, member: str, goal: Goal) -> Membership:
    from assent.folds.coalitions import belongs

    found = belongs(game.node, member, goal)
    return Membership(game.shown(found.leaf) if ":" in found.leaf else found.leaf,
                      "win" if goal == "meet" else "block", found.standing, found.minimal, found.of)  # fmt: skip


def _fewest(game: Game, goal: Goal) -> Fewest | None:
    with counting():
        from assent.folds.plan import Effort, plan

        found = plan(game.node, "pass" if goal == "meet" else "block", effort=Effort(best=1, otherwise=1, seconds=60))
        if found.proof == "gap":
            raise ValueError("how few suffice was not proven in the time")
    return None if found.cost is None else Fewest(int(found.cost), taken_of(game, found.members))


def _told(game: Game, found: Found) -> Minimal:
    kinds = tuple(Kind(taken_of(game, kind.members), kind.size, kind.stands_for) for kind in found.listed)
    return Minimal(found.count, found.kinds, kinds, found.complete, found.reason)


def _population(game: Game) -> tuple[People | None, People | None, tuple[str, ...]]:
    """The smallest share of the people to win and to block, whole states acting as one."""
    if not game.population:
        return None, None, ()
    others: list[str] = []
    node = _by_state(game, game.node, "", others)
    weights: dict[str, int] = dict(game.population)
    found: list[People | None] = []
    for goal in ("meet", "block"):
        free = dict.fromkeys((f"{OTHER}:{name}" for name in others), 0) if goal == "meet" else {}
        found.append(_people(game, node, goal, {**weights, **free}))
    notes = []
    if others and any(found):
        who = ", ".join(dict.fromkeys(others))
        notes.append(
            f"People are counted for whole states, and {who} stands for no state's people: it goes along where a "
            "coalition wins, and is left out of those that block."
        )
    return found[0], found[1], tuple(notes)


def _people(game: Game, node: Node, goal: Goal, weights: dict[str, int]) -> People | None:
    from assent.folds.coalitions import lightest
    from assent.folds.terms import Register

    register = Register(node)
    known = {name: weight for name, weight in weights.items() if name in register.actors or name in register.leaves}
    if not any(known.values()):
        return None
    with counting():
        share = lightest(node, goal, known)
    if share is None:
        return None
    total = sum(weight for name, weight in known.items() if name in game.population)
    states = [leaf.rpartition(":")[2] for take in share.who for leaf in take.ids[: take.count]]
    who = tuple(sorted((s for s in states if s in game.population), key=lambda s: game.population[s]))
    exact = Fraction(share.weight, total)
    return People(exact, 100 * float(exact), int(share.weight), total, who, share.proven)


def _by_state(game: Game, node: Node, unit: str, others: list[str]) -> Node:
    """The circuit with states for members: a state's own bodies are the state, and a national body counts its seats."""
    if isinstance(node, Gate):
        unit = node.unit if node.unit in game.population else unit
        if unit:
            return Leaf(STATE, unit)
        if not node.members:
            children = tuple(_by_state(game, child, unit, others) for child in node.children)
            return Gate(node.id, node.label, node.need, children, weights=node.weights)
        seats = _seats_by_state(game, game.of_stem[f"{node.act}:{node.body}"])
        if seats:
            return Gate(node.id, node.label, node.need, tuple(Leaf(STATE, s) for s in seats),
                        weights=tuple(seats.values()))  # fmt: skip
        others.append(node.body)
        return Leaf(OTHER, node.body)
    if isinstance(node, Leaf):
        owner = game.of_stem[node.id].unit or unit
        if owner in game.population:
            return Leaf(STATE, owner)
        others.append(node.actor)
        return Leaf(OTHER, node.actor)
    raise ValueError(f"{node.label or node.id}: an exception is not monotone")


def _seats_by_state(game: Game, seat: Seat) -> dict[str, int]:
    """State → its members in a body; nothing unless all of them are of a state whose people are counted."""
    found: dict[str, int] = {}
    for cell in seat.cells:
        if cell.state not in game.population:
            return {}
        found[cell.state] = found.get(cell.state, 0) + cell.members
    return found
