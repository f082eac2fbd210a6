"""Power: who weighs how much in a procedure or a typed vote: by member, chamber, state, party, region or body."""

from __future__ import annotations

from datetime import date
from math import fsum, inf, isfinite, log10
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import NotApplicable, UnknownName
from assent.inquiries.counting.beliefs import beliefs_of
from assent.inquiries.counting.game import VACANT, Cell
from assent.inquiries.counting.refusal import counting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assent.folds.power import Power as Fold
    from assent.folds.power import Value
    from assent.inquiries.counting.beliefs import Beliefs
    from assent.inquiries.counting.game import Game, Seat
    from assent.inquiries.counting.scenario import Scenario

INDICES = {
    "banzhaf": "chance of deciding when everybody else tosses a coin",
    "shapley-shubik": "chance of deciding when members come round one by one in random order",
    "birnbaum": "chance of deciding under the probabilities given",
    "coleman-initiate": "share of the losing coalitions that a member can make win",
    "coleman-prevent": "share of the winning coalitions that a member can make lose",
    "johnston": "winning coalitions, each shared by the members it cannot lose",
    "deegan-packel": "minimal winning coalitions, each shared by its members",
    "holler": "minimal winning coalitions a member belongs to",
}
GROUPS = ("member", "chamber", "state", "party", "region", "body")
NOBODY = "no party"
ALIKE = 14  # digits to which members who weigh the same come out the same


class Share(Struct, frozen=True):
    """What a member, or the members of a group together, weigh.

    Attributes
    ----------
    value
        The index, absolute: of a group, the sum over its members. 0.0 below the smallest float, ``None`` above the
        largest; see ``log10``.
    normalized
        As a share of the sum over everybody.
    swings
        Coalitions of all others in which a member decides, exact, summed over the group's members; ``None`` where the
        index does not count them.
    members
        How many members.
    """

    id: str
    label: str
    members: int
    value: float | None
    normalized: float
    swings: int | None
    log10: float | None


class Power(Struct, frozen=True):
    """Who weighs how much.

    Attributes
    ----------
    about
        What the index is.
    total
        Sum of the values over everybody; ``None`` above the largest float.
    method, error_bound
        How it was worked out, and a bound on the relative error of a value; ``None`` where each is an exact fraction,
        rounded once.
    """

    procedure: str
    index: str
    by: str
    values: tuple[Share, ...]
    method: str
    error_bound: float | None
    title: str
    about: str
    members: int
    total: float | None
    as_of: date | None
    readings: dict[str, str]
    assumptions: tuple[str, ...]
    versions: dict[str, str]
    reproduce: str


def power_of(game: Game, index: str, by: str = "", scenario: Scenario | None = None) -> Power:
    """Who weighs how much.

    Parameters
    ----------
    index
        One of ``INDICES``.
    by
        ``member``, ``chamber``, ``state``, ``party``, ``region``, ``body``, or a column of a typed vote; by body, or
        member in a typed vote, unless given.
    scenario
        Probabilities, for ``birnbaum``.

    Raises
    ------
    UnknownName
        No such index or group.
    NotApplicable
        The groups are not on file, or the index is not defined or out of reach here.
    """
    if index not in INDICES:
        raise UnknownName("index of power", index, INDICES, where="--index")
    by = by or ("member" if game.columns or game.doctrine is None else "body")
    check_group(game, by)
    held = None
    if index == "birnbaum":
        from assent.inquiries.counting.scenario import Scenario as Empty

        held = beliefs_of(game, scenario or Empty())
    elif scenario is not None and scenario.words:
        raise NotApplicable(
            f"Probabilities are given, and {index} takes none.", where="--p", remedy="Ask for --index birnbaum."
        )
    if scenario is not None and any(scenario.factors.values()):
        raise NotApplicable(
            "Power is of members who decide independently; common factors are given.",
            where="--factor",
            remedy="Leave them out, or ask assent chance.",
        )
    with counting():
        from assent.folds.power import power

        found = power(game.node, index, held.said if held else None)
    told = list(game.assumptions)
    if held:
        told += held.assumptions
    if by in {"state", "region"} and any(len(s.cells) > 1 and not s.unit for s in game.seats):
        told.append("Members of a national body count with the state that elects them.")
    if by == "party":
        told += [text for text in game.counted if text not in told]
    if by == "region" and by not in game.columns:
        told.append(f"Regions are {game.regional}.")
    words = ["--index", index, "--by", by, *(scenario.words if scenario else ())]
    return Power(
        game.id,
        index,
        by,
        tuple(_shares(game, found, by, held)),
        found.method,
        found.error_bound,
        game.title,
        INDICES[index],
        game.size,
        _finite(found.total),
        game.as_of,
        dict(game.readings),
        tuple(told),
        game.versions,
        game.command("power", *words),
    )


def check_group(game: Game, by: str) -> None:
    """Refuse a way of grouping that does not exist or is not on file.

    Raises
    ------
    UnknownName
        There is no such group.
    NotApplicable
        It is not on file for the members of the game.
    """
    if by in game.columns or by in {"member", "chamber", "body"}:
        return
    if by not in GROUPS:
        raise UnknownName("group of members", by, dict.fromkeys((*GROUPS, *game.columns)), where="--by")
    on_file = {
        "state": any(s.unit or any(c.state for c in s.cells) for s in game.seats),
        "party": any(c.party for s in game.seats for c in s.cells),
        "region": any(c.state in game.regions or s.unit in game.regions for s in game.seats for c in s.cells),
    }
    if not on_file.get(by):
        typed = f"Add a column {by} to the file of votes." if game.doctrine is None else "Group by state or by body."
        plural = {"party": "Parties", "state": "States", "region": "Regions"}[by]
        raise NotApplicable(f"{plural} are not on file for {game.id}.", where="--by", remedy=typed)


def group_of(game: Game, seat: Seat, cell: Cell, by: str) -> str:
    """The group of a member."""
    if by in game.columns:
        return seat.groups[by] or "(none)"
    if by == "body":
        return seat.body
    if by == "state":
        return cell.state or seat.unit or seat.body
    if by == "region":
        return game.regions.get(cell.state or seat.unit) or seat.body
    if by == "party":
        return cell.party or NOBODY
    return game.shown(seat.stem)


def _shares(game: Game, found: Fold, by: str, held: Beliefs | None) -> Iterator[Share]:
    if by == "member":
        yield from sorted(_members(game, found.values), key=lambda share: -round(share.normalized, ALIKE))
        return
    parts: dict[str, list[tuple[Value, int]]] = {}
    for value in found.values:
        seat, cells = game.spans(value.alike)
        if held:
            cells = [pair for run, _ in held.parts(seat, value.alike) for pair in run.cells]
        for cell, n in cells:
            parts.setdefault(group_of(game, seat, cell, by), []).append((value, n))
    shares = [_share(game, group, values) for group, values in parts.items()]
    yield from sorted(shares, key=lambda s: (s.id in {VACANT, NOBODY}, -round(s.normalized, ALIKE)))


def _share(game: Game, group: str, values: list[tuple[Value, int]]) -> Share:
    swings = [v.swings * n for v, n in values if v.swings is not None]
    logs = [v.log10 + log10(n) for v, n in values if v.value or v.log10 > float("-inf")]
    top = max(logs, default=None)
    total = None if top is None else top + log10(fsum(10 ** (x - top) for x in logs))
    return Share(
        group,
        game.named(group),
        sum(n for _, n in values),
        None if any(v.value == inf for v, _ in values) else _finite(fsum(v.value * n for v, n in values)),
        fsum(v.normalized * n for v, n in values),
        sum(swings) if len(swings) == len(values) else None,
        total,
    )


def _members(game: Game, values: Iterable[Value]) -> Iterator[Share]:
    for v in values:
        seat = game.spans(v.alike)[0]
        label = game.named(seat.actor) or ("" if seat.label == seat.actor else seat.label)
        size = v.log10 if v.log10 > float("-inf") else None
        for leaf in v.ids():
            yield Share(game.shown(leaf), label, 1, _finite(v.value), v.normalized, v.swings, size)


def _finite(number: float) -> float | None:
    return number if isfinite(number) else None
