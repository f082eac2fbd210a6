"""Chance: how likely a procedure is to be met under stated beliefs, whose move matters most, and a world to look at."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import NotApplicable, QueryError
from assent.inquiries.counting.beliefs import beliefs_of, regions_of
from assent.inquiries.counting.refusal import counting
from assent.inquiries.counting.scenario import EVERYONE, probability_of, read_key
from assent.inquiries.counting.world import World, world_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assent.circuit.nodes import Node
    from assent.folds.chance import Chance as Fold
    from assent.folds.chance import Factors
    from assent.folds.chance import Gradient as FoldGradient
    from assent.inquiries.counting.beliefs import Beliefs
    from assent.inquiries.counting.game import Game, Seat
    from assent.inquiries.counting.scenario import Assumed, Scenario

    Points = tuple[tuple[float, float, float], ...]

STEPS, MOST_STEPS = 10, 1000


class Gradient(Struct, frozen=True):
    """How the chance moves with that of one member.

    Attributes
    ----------
    id
        The body, or the first member of it of whom the same is believed.
    assumption
        The belief that decides it, as it is written on the command line.
    members
        How many there are like it.
    probability
        What is believed of each.
    value
        Change of the chance for each unit of one member's probability.
    log10
        Decimal logarithm of its size, ``None`` where it is zero.
    """

    id: str
    label: str
    assumption: str
    members: int
    probability: float
    value: float
    log10: float | None


class Move(Struct, frozen=True):
    """How the chance moves with one assumption, everybody it is about moving together.

    Attributes
    ----------
    value
        Change of the chance for each unit of the assumption.
    relative
        The same as a share of the chance: 50 means that one point more (0.01) multiplies it by about e^0.5.
    """

    assumption: str
    members: int
    probability: float
    value: float
    relative: float | None


class Point(Struct, frozen=True):
    """The chance under one value of an assumption."""

    at: float
    probability: float
    complement: float
    log10: float | None


class Curve(Struct, frozen=True):
    """The chance over one assumption, all others as they are; with common factors each is good to a millionth."""

    over: str
    points: tuple[Point, ...]


class Chance(Struct, frozen=True):
    """How likely it is, under what was assumed.

    Attributes
    ----------
    probability, complement
        That it is met, and that it is not, each accurate relative to itself; 0.0 below the smallest float (``log10``).
    assumptions
        Every belief, then what the circuit takes for granted. No number here means anything without them.
    gradients
        One for each group of alike members, the greatest first.
    moves
        One for each assumption, the greatest first.
    method, error_bound
        How it was worked out, and a bound on the relative error of the probability.
    """

    procedure: str
    probability: float
    complement: float
    log10: float | None
    log10_complement: float | None
    assumptions: tuple[str, ...]
    gradients: tuple[Gradient, ...]
    moves: tuple[Move, ...]
    curve: Curve | None
    world: World | None
    method: str
    error_bound: float | None
    title: str
    members: int
    as_of: date | None
    readings: dict[str, str]
    versions: dict[str, str]
    reproduce: str


def chance_of(game: Game, scenario: Scenario, over: str = "", seed: int | None = None) -> Chance:
    """How likely it is.

    Parameters
    ----------
    scenario
        What is believed; nothing is believed that it does not say.
    over
        An assumption to go through: ``party:NAME``, ``*``; with ``=FROM:TO`` or ``=FROM:TO:STEPS`` a part of its range.
    seed
        Draw one world with this seed.

    Raises
    ------
    QueryError
        A belief is about nobody, or is missing, or a value is wrong.
    NotApplicable
        The circuit is out of reach.
    """
    if seed is not None and seed < 0:
        raise QueryError(f"The seed of the world is {seed}.", where="--world", remedy="Give a whole number from 0 up.")
    held = beliefs_of(game, scenario)
    with counting():
        found = _fold(game, held)
    gradients = tuple(_gradients(game, held, found))
    moves = _moves(game, held, found)
    curve = _curve(game, scenario, over) if over else None
    world = world_of(game, held, seed) if seed is not None else None
    words = [*scenario.words, *(["--over", over] if over else []), *(["--world", str(seed)] if world else [])]
    return Chance(
        game.id,
        found.probability,
        found.complement,
        _finite(found.log10),
        _finite(found.log10_complement),
        (*held.assumptions, *game.assumptions),
        gradients,
        moves,
        curve,
        world,
        found.method,
        found.error_bound,
        game.title,
        game.size,
        game.as_of,
        dict(game.readings),
        game.versions,
        game.command("chance", *words),
    )


def factors_of(game: Game, scenario: Scenario) -> Factors | None:
    """The common factors as the fold takes them; ``None`` if there are none."""
    if not any(scenario.factors.values()):
        return None
    from assent.folds.chance import Factors

    return Factors(**scenario.factors, regions=regions_of(game, scenario))


def _fold(game: Game, held: Beliefs) -> Fold:
    from assent.folds.chance import chance

    return chance(game.node, held.said, factors_of(game, held.scenario))


def _finite(number: float) -> float | None:
    return number if isfinite(number) else None


def _parts(game: Game, held: Beliefs, found: Fold) -> Iterator[tuple[FoldGradient, Seat, Assumed, int]]:
    """Each gradient with its seat, and how many of its members each belief decides."""
    for g in found.gradients:
        seat = game.spans(g.alike)[0]
        for run, members in held.parts(seat, g.alike):
            yield g, seat, run.belief, members


def _gradients(game: Game, held: Beliefs, found: Fold) -> Iterator[Gradient]:
    parts = sorted(_parts(game, held, found), key=lambda part: -part[0].log10)
    for g, seat, belief, members in parts:
        label = game.named(seat.actor) or ("" if seat.label == seat.actor else seat.label)
        name = belief.name if belief.kind == "actor" else game.shown(seat.stem)
        yield Gradient(name, label, belief.key, members, g.probability, g.value, _finite(g.log10))


def _moves(game: Game, held: Beliefs, found: Fold) -> tuple[Move, ...]:
    slopes: dict[str, float] = {}
    relative: dict[str, float] = {}
    p: dict[str, float] = {}
    for g, _, belief, members in _parts(game, held, found):
        if not belief.where:
            continue
        p[belief.key] = belief.p
        slopes[belief.key] = slopes.get(belief.key, 0.0) + members * g.value
        if isfinite(found.log10) and isfinite(g.log10):
            share = members * 10 ** min(g.log10 - found.log10, 300.0)
            relative[belief.key] = relative.get(belief.key, 0.0) + (share if g.value >= 0 else -share)
    made = [Move(key, held.governed[key], p[key], slopes[key], relative.get(key)) for key in slopes]
    return tuple(sorted(made, key=lambda move: -abs(move.relative or move.value)))


def _curve(game: Game, scenario: Scenario, over: str) -> Curve:
    key, low, high, steps = read_over(over)
    kind, name = read_key(key)
    key = EVERYONE if kind == "everyone" else f"{kind}:{name}"
    values = [low + (high - low) * i / steps for i in range(steps + 1)]
    first = beliefs_of(game, scenario.having(key, values[0]))
    if not first.governed.get(key):
        raise NotApplicable(
            f"Nobody's chance depends on {key}: nearer beliefs decide all of them.",
            where="--over",
            remedy=f"Take one of {', '.join(sorted(first.governed))}.",
        )
    with counting():
        points = _batch(game, first, key, values)
    return Curve(key, tuple(Point(v, p, q, _finite(size)) for v, (p, q, size) in zip(values, points, strict=True)))


def _batch(game: Game, held: Beliefs, key: str, values: Sequence[float]) -> Points:
    """The chance at every value of one assumption, worked out together."""
    said = tuple(
        (
            seat.stem,
            tuple((run.members, None if run.belief.key == key else run.belief.p) for run in held.runs[seat.stem]),
        )
        for seat in game.seats
    )
    factors = factors_of(game, held.scenario)
    levels = tuple(sorted(held.scenario.factors.items())) if factors else ()
    return _points(game.node, said, tuple(values), levels, tuple(sorted(factors.regions.items())) if factors else ())


@lru_cache(maxsize=64)
def _points(
    node: Node,
    said: tuple[tuple[str, tuple[tuple[int, float | None], ...]], ...],
    values: tuple[float, ...],
    levels: tuple[tuple[str, float], ...],
    regions: tuple[tuple[str, str], ...],
) -> Points:
    """The same, kept: a curve does not depend on where one stands on it, nor on which day it is asked for.

    Parameters
    ----------
    said
        For each body, runs of members and what is believed of each; nothing for those the curve is about.
    levels, regions
        The common factors.
    """
    from assent.folds.chance import Factors, along

    factors = Factors(**dict(levels), regions=dict(regions)) if levels else None
    found = along(node, {stem: parts[0][1] if len(parts) == 1 else parts for stem, parts in said}, values, factors)
    return tuple(zip(*(end.tolist() for end in (found.probability, found.complement, found.log10)), strict=True))


def read_over(said: str) -> tuple[str, float, float, int]:
    """An assumption and its range, from ``KEY``, ``KEY=FROM:TO`` or ``KEY=FROM:TO:STEPS``.

    Raises
    ------
    QueryError
        The range is none.

    Examples
    --------
    >>> read_over("party:A"), read_over("*=0.2:0.4:4")
    (('party:A', 0.0, 1.0, 10), ('*', 0.2, 0.4, 4))
    """
    key, equals, span = said.partition("=")
    if not equals:
        return key, 0.0, 1.0, STEPS
    parts = span.split(":")
    where = f"--over {said}"
    if len(parts) not in {2, 3}:
        raise QueryError(f"{span!r} is no range.", where=where, remedy="Write KEY=FROM:TO, or KEY=FROM:TO:STEPS.")
    low, high = probability_of(parts[0], where), probability_of(parts[1], where)
    steps = parts[2] if len(parts) == 3 else str(STEPS)
    if not steps.isdecimal() or not 1 <= int(steps) <= MOST_STEPS or low >= high:
        raise QueryError(
            f"{span!r} is no range.", where=where, remedy=f"Go from low to high in 1 to {MOST_STEPS:,} steps."
        )
    return key, low, high, int(steps)
