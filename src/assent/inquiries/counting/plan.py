"""Plan: the cheapest way to pass or to block: whom to win, what is proven of it, and the next best ways."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import NotApplicable, QueryError, UnknownName
from assent.inquiries.counting.refusal import counting
from assent.inquiries.counting.scenario import digits
from assent.inquiries.counting.takes import stem_of, taken_of
from assent.inquiries.counting.terms import MEMBERS, PERSUASION, Names, limits_of, prices_of, read_given, spread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assent.folds.game import Take
    from assent.folds.plan import Plan as Found
    from assent.folds.terms import Number
    from assent.folds.verdict import Verdict
    from assent.inquiries.counting.game import Game
    from assent.inquiries.counting.scenario import Scenario
    from assent.inquiries.counting.terms import Prices

GOALS = ("pass", "block")
NEXT, MOST_NEXT = 3, 50
SECONDS = 5.0


class Ask(Struct, frozen=True):
    """What a plan is asked for, beside the procedure.

    Attributes
    ----------
    goal
        ``pass`` or ``block``.
    cost
        ``members``, ``population``, ``persuasion``, or a CSV file with ``member, cost``.
    include, exclude
        Who must be won, and who must not be.
    at_most, at_least
        ``N:GROUP``.
    given
        A CSV file with ``member, said``.
    next
        How many further ways to look for.
    seconds
        For the solver.
    """

    goal: str = "pass"
    cost: str = MEMBERS
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    at_most: tuple[str, ...] = ()
    at_least: tuple[str, ...] = ()
    given: str = ""
    next: int = NEXT
    seconds: float = SECONDS

    def words(self) -> list[str]:
        """The options that ask for it."""
        found = ["--goal", self.goal, "--cost", self.cost]
        for option, values in (("--include", self.include), ("--exclude", self.exclude),
                               ("--at-most", self.at_most), ("--at-least", self.at_least)):  # fmt: skip
            found += [word for value in values for word in (option, value)]
        found += ["--given", self.given] if self.given else []
        found += ["--next", str(self.next)] if self.next != NEXT else []
        return [*found, *(["--seconds", digits(self.seconds)] if self.seconds != SECONDS else [])]


class Won(Struct, frozen=True):
    """So many members to be won, of whom it does not matter which.

    Attributes
    ----------
    each
        The price of one of them.
    cost
        Of all of them together.
    among, group
        Whom to choose from where they are not one whole body, and what those have in common.
    """

    id: str
    label: str
    members: int
    of: int
    each: float
    cost: float
    state: str = ""
    among: tuple[str, ...] = ()
    group: str = ""


class Way(Struct, frozen=True):
    """Another way. ``gap`` is by how much one that holds no earlier way could be cheaper."""

    cost: float
    members: tuple[Won, ...]
    size: int
    gap: float


class Matter(Struct, frozen=True):
    """Where a matter stands that a plan goes on from: its stage, and how many units have been counted of how many."""

    id: str
    title: str
    stage: str
    count: int
    required: int
    of: int
    text: str


class Plan(Struct, frozen=True):
    """The cheapest way.

    Attributes
    ----------
    cost
        What it costs, in ``unit``; ``None`` where it cannot be done (see ``reason``).
    cost_exact
        The same without rounding.
    members
        Whom to win, beyond those who have spoken.
    size
        How many that are, and of how many states in ``states``.
    proof
        ``optimal``: no cheaper way exists; ``gap``: one could be cheaper by ``gap``; ``impossible``.
    settled
        How many names were taken as settled.
    """

    procedure: str
    goal: str
    cost: int | float | None
    members: tuple[Won, ...]
    proof: str
    next_best: tuple[Way, ...]
    gap: float | None
    cost_exact: Fraction | None
    priced_by: str
    unit: str
    size: int
    states: int
    settled: int
    matter: Matter | None
    reason: str
    method: str
    error_bound: float | None
    title: str
    as_of: date | None
    readings: dict[str, str]
    assumptions: tuple[str, ...]
    versions: dict[str, str]
    reproduce: str


class Spoken(Struct, frozen=True):
    """What the record says already: where the matter stands, what is settled, and the words that ask for it.

    ``over`` is the goal that is reached for good: ``pass`` where it was adopted, ``block`` where it failed or lapsed.
    """

    matter: Matter
    verdicts: dict[str, str]
    words: tuple[str, ...]
    over: str = ""


def plan_of(game: Game, ask: Ask, scenario: Scenario | None = None, spoken: Spoken | None = None) -> Plan:
    """The cheapest way to pass or to block.

    Parameters
    ----------
    ask
        The goal, the prices and the constraints.
    scenario
        Beliefs, for persuasion.
    spoken
        What the record says already of a matter.

    Raises
    ------
    QueryError
        A name, a price or a bound is wrong.
    NotApplicable
        The circuit is not monotone or out of reach.
    """
    if ask.goal not in GOALS:
        raise UnknownName("goal", ask.goal, GOALS, where="--goal")
    if not 0 <= ask.next <= MOST_NEXT:
        raise QueryError(
            f"{ask.next} further ways are asked for.", where="--next", remedy=f"Ask for 0 to {MOST_NEXT} of them."
        )
    if not 0 < ask.seconds <= 3600:
        raise QueryError(f"{ask.seconds} seconds are given.", where="--seconds", remedy="Give up to 3600.")
    if scenario is not None and scenario.words and ask.cost != PERSUASION:
        raise NotApplicable(
            f"Probabilities are given, and the price {ask.cost} takes none.",
            where="--p",
            remedy=f"Ask for --cost {PERSUASION}, or leave them out.",
        )
    names = Names(game)
    prices = prices_of(game, names, ask.cost, ask.goal, scenario)
    settled = _settled(names, ask, spoken)
    limits = limits_of(names, ask.at_most, ask.at_least)
    include, exclude = spread(names, ask.include, "--include"), spread(names, ask.exclude, "--exclude")
    with counting():
        from assent.folds.plan import Effort, plan

        found = plan(
            game.node,
            "pass" if ask.goal == "pass" else "block",
            prices.prices,
            settled=settled,
            include=include,
            exclude=exclude,
            limits=limits,
            effort=Effort(best=ask.next + 1, seconds=ask.seconds, otherwise=prices.otherwise),
        )
    told = [*prices.told, *(f"Bound: {limit.label}." for limit in limits)]
    if ask.include or ask.exclude:
        told += [f"{what}: {', '.join(who)}." for what, who in (("Must be in", ask.include), ("Left out", ask.exclude))
                 if who]  # fmt: skip
    words = [*ask.words(), *(scenario.words if scenario else ()), *(spoken.words if spoken else ())]
    made: Found | None = found
    reason = found.reason
    if spoken and spoken.over:
        done = spoken.over == ask.goal
        made = replace(found, cost=0, members=(), next_best=(), proof="optimal", gap=0, method="") if done else None
        ended = {"pass": "It is passed.", "block": "It is stopped."}[spoken.over]
        reason = f"{spoken.matter.text} " + (ended if done else "Nothing that is done now counts.")
    return _told(_Parts(game, ask, made, reason, prices, len(settled), spoken, tuple(told), tuple(words)))


@dataclass(frozen=True, slots=True)
class _Parts:
    """What an answer is made of."""

    game: Game
    ask: Ask
    found: Found | None
    reason: str
    prices: Prices
    settled: int
    spoken: Spoken | None
    told: tuple[str, ...]
    words: tuple[str, ...]


def _told(parts: _Parts) -> Plan:
    game, ask, found, prices, spoken, reason = (
        parts.game,
        parts.ask,
        parts.found,
        parts.prices,
        parts.spoken,
        parts.reason,
    )
    members = _won(game, found.members, prices) if found else ()
    exact = Fraction(found.cost) if found and found.cost is not None else None
    named = [leaf for way in ([found] if found else []) for take in way.members for leaf in take.ids[: take.count]]
    return Plan(
        game.id,
        ask.goal,
        None if exact is None else _number(exact),
        members,
        found.proof if found else "impossible",
        tuple(
            Way(_number(Fraction(w.cost)), _won(game, w.members, prices), w.size, float(w.gap))
            for w in (found.next_best if found else ())
        ),
        None if not found or found.gap is None else float(found.gap),
        exact,
        ask.cost,
        prices.unit,
        found.size if found else 0,
        len({game.of_stem[stem_of(game, leaf)].unit for leaf in named} - {""}),
        parts.settled,
        spoken.matter if spoken else None,
        reason[:1].upper() + reason[1:],
        {"knapsack": "knapsack on the tree, exact", "program": "integer program (HiGHS), checked in whole numbers"}.get(
            found.method if found else "", ""
        ),
        None,
        game.title,
        game.as_of,
        dict(game.readings),
        (*parts.told, *game.assumptions),
        game.versions,
        game.command("plan", *parts.words),
    )


def _number(exact: Fraction) -> int | float:
    return int(exact) if exact.denominator == 1 else float(exact)


def _settled(names: Names, ask: Ask, spoken: Spoken | None) -> dict[str, Verdict]:
    from assent.folds.verdict import Verdict

    held = {name: Verdict(said) for name, said in (spoken.verdicts if spoken else {}).items()}
    return {**held, **(read_given(names, Path(ask.given)) if ask.given else {})}


def _won(game: Game, takes: Iterable[Take], prices: Prices) -> tuple[Won, ...]:
    found = []
    for take in takes:
        (taken,) = taken_of(game, (take,))
        each = _price(game, take, prices)
        found.append(Won(taken.id, taken.label, taken.members, taken.of, float(each), float(each * taken.members),
                         taken.state, taken.among, taken.group))  # fmt: skip
    order = {seat.stem: at for at, seat in enumerate(game.seats)}
    places = [order.get(stem_of(game, take.ids[0]), 0) for take in takes]
    return tuple(won for _, won in sorted(zip(places, found, strict=True), key=lambda pair: pair[0]))


def _price(game: Game, take: Take, prices: Prices) -> Fraction:
    """The price of one member: its own, its actor's, or the nearest gate's."""
    leaf = take.ids[0]
    act, _, actor = leaf.partition(":")
    names = [leaf, actor]
    while "/" in actor:
        actor = actor.rpartition("/")[0]
        names += [f"{act}:{actor}", actor]
    seat = game.of_stem[stem_of(game, leaf)]
    names += [f"{act}:{seat.unit}", seat.unit, f"{act}:{seat.body}", seat.body]
    found: Number | None = next((prices.prices[name] for name in names if name in prices.prices), prices.otherwise)
    return Fraction(found or 0)
