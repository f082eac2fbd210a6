"""Resolve: a standoff in which a side alone knows what force would cost it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import NotApplicable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assent.inquiries.standoff.parameters import Given, Parameter
    from assent.models.standoff.branch import Point
    from assent.models.standoff.private import Private, Type
    from assent.models.standoff.tree import Tree

TOUGH, SOFT, FIRM, WEAK = "tough", "soft", "firm", "weak"


class Kind(Struct, frozen=True):
    """A type of a side: how likely it is, and what force costs it."""

    side: str
    name: str
    prior: float
    force_cost: float


class Mixed(Struct, frozen=True):
    """What one type does at one node, and what it believes of the other side's types when it gets there."""

    node: str
    side: str
    kind: str
    moves: dict[str, float]
    believes: dict[str, float]


class Bluffed(Struct, frozen=True):
    """The bluff in closed form, where only tolerating, litigating and force are on the menu."""

    belief: float
    bluffs: float
    defies_below: float
    text: str


class Resolve(Struct, frozen=True):
    """A sequential equilibrium, or (at a finite precision) a logit equilibrium, with private types.

    Attributes
    ----------
    precision
        How far the curve of logit equilibria was followed; errors of the order of its inverse are left.
    sequential
        Whether it is taken as the limit.
    residual, regret
        By how much the equations fail, and the most that a type could gain by another move, in units.
    defies
        The chance that the state goes ahead, over its types.
    responses
        Type of the federal side → what it does, if the state goes ahead.
    force
        The chance that force is used, at once or later, if the state goes ahead.
    """

    types: tuple[Kind, ...]
    precision: float
    sequential: bool
    information_sets: int
    steps: int
    residual: float
    regret: float
    defies: float
    responses: dict[str, dict[str, float]]
    force: float
    play: tuple[Mixed, ...]
    bluff: Bluffed | None


def types_of(parameters: Mapping[str, Parameter]) -> tuple[tuple[Type, ...], tuple[Type, ...]]:
    """The types of both sides; a type of prior zero is left out."""
    from assent.models.standoff.private import Type

    sides = []
    for names, prior, cost, other in (
        ((TOUGH, SOFT), "tough-chance", "federal-force-cost", "soft-federal-force-cost"),
        ((FIRM, WEAK), "firm-chance", "state-force-cost", "soft-state-force-cost"),
    ):
        p, one, another = (Fraction(parameters[name].exact) for name in (prior, cost, other))
        both = (Type(names[0], p, one), Type(names[1], 1 - p, another))
        sides.append(tuple(kind for kind in both if kind.prior))
    return sides[0], sides[1]


def resolve_of(tree: Tree, given: Given, precision: float | None) -> Resolve:
    """The equilibrium with private types.

    Parameters
    ----------
    precision
        Λ; the limit without errors where it is ``None``.

    Raises
    ------
    NotApplicable
        The curve of equilibria could not be followed so far.
    """
    from assent.models.standoff.branch import follow
    from assent.models.standoff.private import Private

    federal, state = types_of(given.parameters)
    game = Private(tree, given.numbers, federal, state)
    try:
        found = follow(game, precision)
    except ArithmeticError as err:
        raise NotApplicable(
            f"{str(err)[:1].upper()}{str(err)[1:]}.", where="--private", remedy="Give a lower --precision."
        ) from None
    return _told(tree, given, game, found, sequential=precision is None)


def _told(tree: Tree, given: Given, game: Private, found: Point, *, sequential: bool) -> Resolve:
    odds, beliefs = game.odds(found.logs), game.beliefs(found.logs)
    kinds = {side: game.types[side] for side in ("federal", "state")}
    other = {"federal": "state", "state": "federal"}
    defied = tree.place("defy")
    play = []
    for agent in game.agents:
        node = tree.nodes[agent.node]
        believed = beliefs[agent.node, agent.kind]
        names = [kind.name for kind in kinds[other[agent.player]]]
        play.append(
            Mixed(
                node.id,
                agent.player,
                kinds[agent.player][agent.kind].name,
                dict(zip(node.moves, map(_settled, odds[agent.node, agent.kind]), strict=True)),
                dict(zip(names, believed, strict=True)) if len(names) > 1 else {},
            )
        )
    moves = tree.nodes[defied].moves
    return Resolve(
        tuple(Kind(side, k.name, float(k.prior), float(k.force_cost)) for side, held in kinds.items() for k in held),
        found.precision,
        sequential,
        len(game.agents),
        found.steps,
        found.residual,
        found.regret,
        sum(float(k.prior) * odds[0, at][tree.nodes[0].moves.index("defy")] for at, k in enumerate(kinds["state"])),
        {
            kind.name: dict(zip(moves, map(_settled, odds[defied, at]), strict=True))
            for at, kind in enumerate(kinds["federal"])
        },
        game.used(found.logs, "force"),
        tuple(play),
        _bluff(given, tuple(moves)),
    )


def _settled(p: float) -> float:
    """A probability without the dust that underflow leaves."""
    return 0.0 if p < 1e-300 else p


def _bluff(given: Given, menu: tuple[str, ...]) -> Bluffed | None:
    """The bluff in closed form, if this is the game that it is about."""
    from assent.models.standoff.conditions import bluff, force_is_credible_below

    numbers = given.numbers
    credible = force_is_credible_below(numbers)
    tough, soft = given.fraction("federal-force-cost"), given.fraction("soft-federal-force-cost")
    if (
        set(menu) != {"tolerate", "litigate", "force"}
        or numbers.ruling != 1
        or not tough < credible < soft
        or given.fraction("firm-chance") != 1
    ):
        return None
    found = bluff(numbers, given.fraction("tough-chance"))
    if found is None:
        return None
    text = (
        f"In closed form: a soft federal side goes to court with probability {float(found.bluffs):.4f}, and the state "
        f"goes ahead if the prior of a tough one is below {float(found.defies_below):.4f}."
    )
    return Bluffed(float(found.belief), float(found.bluffs), float(found.defies_below), text)
