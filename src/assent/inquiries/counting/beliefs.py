"""Beliefs: a scenario brought down to a game: one belief for every member, or a refusal that says whose is missing."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from assent.errors import NotApplicable, UnknownName
from assent.inquiries.counting.game import VACANT, Cell
from assent.inquiries.counting.scenario import EVERYONE, LEVELS, Assumed, digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from assent.circuit.flat import Alike
    from assent.folds.counting.beliefs import Belief
    from assent.inquiries.counting.game import Game, Seat
    from assent.inquiries.counting.scenario import Scenario

EMPTY = Assumed("party", VACANT, 0.0, "")
HOW = "Give --p 0.6 for everyone, --p party:NAME=0.3 for some, or a file: --scenario FILE."


class Run(NamedTuple):
    """Members of one body whom one belief decides, and the cells they are in."""

    belief: Assumed
    members: int
    cells: tuple[tuple[Cell, int], ...]


@dataclass(frozen=True)
class Beliefs:
    """A scenario brought down to a game.

    Attributes
    ----------
    said
        What the folds take: leaf or stem → probability, or numbers of members with theirs.
    governed
        Key of a belief → how many members it decides.
    runs
        Stem → its members by the belief that decides them.
    """

    scenario: Scenario
    said: dict[str, Belief]
    governed: dict[str, int]
    runs: dict[str, list[Run]]
    assumptions: tuple[str, ...]

    def parts(self, seat: Seat, alike: Alike) -> Iterator[tuple[Run, int]]:
        """The runs that some alike leaves of a seat are made of, and how many they have of each."""
        at = 1
        for run in self.runs[seat.stem]:
            inside = (
                run.members if seat.lone else min(at + run.members, alike.first + alike.members) - max(at, alike.first)
            )
            at += run.members
            if inside > 0:
                yield run, inside


def beliefs_of(game: Game, scenario: Scenario) -> Beliefs:
    """A belief for every member.

    Raises
    ------
    UnknownName
        A belief is about nobody here.
    NotApplicable
        Somebody has none.
    """
    scenario = _placed(game, scenario)
    _refuse_strangers(game, scenario)
    said: dict[str, Belief] = {}
    governed: dict[str, int] = {}
    runs: dict[str, list[Run]] = {}
    missing: dict[str, int] = {}
    empty = 0
    single = _singled_out(game, scenario)
    by_party = any(belief.kind == "party" for belief in scenario.beliefs)
    for seat in game.seats:
        parts: list[tuple[Assumed | None, Cell]] = []
        for cell in seat.cells or (Cell(seat.unit, "", seat.members),):
            found = scenario.of(seat, cell)
            if by_party and cell.party == VACANT and (found is None or found.kind not in {"actor", "body", "party"}):
                found = EMPTY
                empty += cell.members
            if found is None:
                missing[_whose(seat, cell)] = missing.get(_whose(seat, cell), 0) + cell.members
            parts.append((found, cell))
        runs[seat.stem] = _together(parts, seat, scenario, single.get(seat.stem, ()))
        for run in runs[seat.stem]:
            governed[run.belief.key] = governed.get(run.belief.key, 0) + run.members
        pairs = [(run.members, run.belief.p) for run in runs[seat.stem]]
        if pairs:
            said[seat.stem] = pairs[0][1] if seat.lone or len({p for _, p in pairs}) == 1 else pairs
    if missing:
        _refuse_missing(missing, scenario)
    told = tuple(_told(game, scenario, governed, empty))
    return Beliefs(scenario, said, governed, runs, told)


def _placed(game: Game, scenario: Scenario) -> Scenario:
    """The scenario with the regions on file, where it speaks of regions and does not say which there are."""
    speaks = scenario.factors.get("region") or any(belief.kind == "region" for belief in scenario.beliefs)
    if scenario.regions or not speaks:
        return scenario
    states = known_names(game, "state", {})
    return replace(scenario, regions={unit: region for unit, region in game.regions.items() if unit in states})


def _singled_out(game: Game, scenario: Scenario) -> dict[str, list[int]]:
    """Stem → the numbers of members about whom something is believed by themselves."""
    found: dict[str, list[int]] = {}
    names = {a.name for a in scenario.beliefs if a.kind == "actor"}
    if names:
        for seat in game.seats:
            if not seat.lone:
                stems = (seat.stem, seat.actor)
                numbers = {int(tail) for name in names for stem, _, tail in [name.rpartition("/")]
                           if stem in stems and tail.isdecimal()}  # fmt: skip
                found[seat.stem] = sorted(numbers)
    return found


def _together(
    parts: list[tuple[Assumed | None, Cell]], seat: Seat, scenario: Scenario, numbers: Iterable[int]
) -> list[Run]:
    """How many of a body each belief decides; a member singled out leaves the cell that its number is in."""
    count: dict[Assumed | None, dict[Cell, int]] = {}
    for belief, cell in parts:
        cells = count.setdefault(belief, {})
        cells[cell] = cells.get(cell, 0) + cell.members
    ends = list(accumulate(cell.members for _, cell in parts))
    for number in numbers:
        own = scenario.of(seat, Cell("", "", 1), number)
        if own is not None and own.kind == "actor":
            before, cell = parts[bisect_left(ends, number)]
            count[before][cell] -= 1
            count[own] = {cell: 1}
    runs = ((belief, {cell: n for cell, n in cells.items() if n}) for belief, cells in count.items())
    return [Run(belief, sum(cells.values()), tuple(cells.items())) for belief, cells in runs if belief and cells]


def regions_of(game: Game, scenario: Scenario) -> dict[str, str]:
    """Unit → region, for every unit that common factors are about; a unit is a state, or a member of a typed vote.

    Raises
    ------
    NotApplicable
        There is a regional factor, and a unit is in no region.
    """
    if game.doctrine is None:
        units = {
            seat.actor: seat.groups.get("region", "") or scenario.regions.get(seat.unit, "") for seat in game.seats
        }
    else:
        units = {seat.unit: scenario.regions.get(seat.unit, "") for seat in game.seats if seat.unit}
    apart = next((level for level in LEVELS[1:] if scenario.factors.get(level)), "")
    if apart and not units:
        raise NotApplicable(
            f"A factor of the {apart} is given, and no body in {game.id} belongs to a state.",
            where="factors",
            remedy="Give the nation's alone.",
        )
    lost = sorted(unit for unit, region in units.items() if not region)
    if scenario.factors.get("region") and lost:
        raise NotApplicable(
            f"A regional factor is given, and {lost[0]} and {len(lost) - 1} more are in no region.",
            where="regions",
            remedy="Put every one of them in a region: `regions: {NAME: [STATE, …]}` in the scenario.",
        )
    return units


def _whose(seat: Seat, cell: Cell) -> str:
    if cell.party:
        return f"party:{cell.party}"
    return f"body:{seat.body}" if seat.body != seat.actor or not seat.lone else f"actor:{seat.actor}"


def _refuse_missing(missing: Mapping[str, int], scenario: Scenario) -> None:
    who = sorted(missing, key=lambda key: -missing[key])
    shown = ", ".join(f"{key} ({missing[key]:,})" for key in who[:4])
    more = f" and {len(who) - 4} more" if len(who) > 4 else ""
    if not scenario.beliefs:
        raise NotApplicable(
            "No probabilities are given, and none is assumed: a chance is worked out from what you believe.",
            where="--p, --scenario",
            remedy=HOW,
        )
    raise NotApplicable(
        f"Nothing is believed of {sum(missing.values()):,} members, and nothing is assumed of them: {shown}{more}.",
        where=" ".join(scenario.words),
        remedy=f"Add --p {who[0]}=P, or --p P for everyone not named.",
    )


def known_names(game: Game, kind: str, regions: Mapping[str, str]) -> set[str]:
    """The names that a kind of belief may be about."""
    if kind == "everyone":
        return {EVERYONE}
    if kind == "act":
        return {seat.act for seat in game.seats}
    if kind == "actor":
        return {name for seat in game.seats if seat.lone for name in (seat.actor, seat.stem)}
    if kind == "body":
        return {name for seat in game.seats
                for name in (seat.actor, seat.stem, seat.body, f"{seat.act}:{seat.body}")}  # fmt: skip
    cells = [(seat, cell) for seat in game.seats for cell in seat.cells or (Cell(seat.unit, "", 1),)]
    states = {cell.state or seat.unit for seat, cell in cells} - {""}
    if kind == "state":
        return states
    if kind == "region":
        return {regions[s] for s in states if s in regions} | {s.groups.get("region", "") for s in game.seats} - {""}
    return {cell.party for _, cell in cells} - {""}


def _refuse_strangers(game: Game, scenario: Scenario) -> None:
    known: dict[str, set[str]] = {}
    for belief in scenario.beliefs:
        if belief.kind not in known:
            known[belief.kind] = known_names(game, belief.kind, scenario.regions)
        if belief.name in known[belief.kind] or (belief.kind == "actor" and _numbered(game, belief.name)):
            continue
        if belief.kind == "region" and not known["region"]:
            raise NotApplicable(
                "No regions are on file here.",
                where=belief.where,
                remedy="Say which states make one: `regions: {NAME: [STATE, …]}` in the scenario.",
            )
        if not known[belief.kind] and belief.kind != "actor":
            raise NotApplicable(
                f"{belief.name!r}: {'parties' if belief.kind == 'party' else 'states'} are not on file for {game.id}.",
                where=belief.where,
                remedy="Give beliefs by body or actor"
                + (f", or a column {belief.kind} in the file of votes." if game.columns else "."),
            )
        names = known[belief.kind]
        if belief.kind == "actor":
            names = names | {f"{s.actor}/1" for s in game.seats if not s.lone}
        raise UnknownName(f"{belief.kind} in {game.id}", belief.name, names, where=belief.where)
    units = known_names(game, "state", {})
    lost = [unit for unit in scenario.regions if unit not in units]
    if lost:
        raise UnknownName(f"state in {game.id}", lost[0], units, where="regions")


def _numbered(game: Game, name: str) -> bool:
    stem, _, tail = name.rpartition("/")
    return (
        tail.isdecimal()
        and not tail.startswith("0")
        and any(not s.lone and stem in (s.actor, s.stem) and 1 <= int(tail) <= s.members for s in game.seats)
    )


def _told(game: Game, scenario: Scenario, governed: Mapping[str, int], empty: int) -> Iterator[str]:
    for belief in scenario.beliefs:
        n = governed.get(belief.key, 0)
        who = "everyone not named otherwise" if belief.kind == "everyone" else f"{belief.kind} {belief.name}"
        if belief.kind == "everyone" and len(scenario.beliefs) == 1:
            who = "everyone"
        each = "each of " if n > 1 else ""
        count = f"{n:,} member{'s' if n != 1 else ''}" if n else "nobody left to whom it applies"
        yield f"Believed: {who} says yes with {digits(belief.p)} ({each}{count}; {belief.where})."
    if empty:
        yield f"{empty:,} vacant seats count as not yes; --p party:{VACANT}=P says otherwise."
    spread = [f"{level} {digits(sd)}" for level, sd in scenario.factors.items() if sd]
    if spread:
        yield (
            f"Members move together: normal shifts of their log-odds with standard deviations {', '.join(spread)}, the "
            "same in every stage; the beliefs are those at the centre of the shifts."
        )
        if game.doctrine and any(scenario.factors.get(level) for level in LEVELS[1:]):
            yield "A body that belongs to no state shares the nation's shift alone."
    else:
        yield "Given these beliefs, members decide independently of each other."
    if scenario.regions:
        own = any(game.regions.get(unit) != region for unit, region in scenario.regions.items())
        yield "Regions are as the scenario says." if own else f"Regions are {game.regional}."
    if any(belief.kind == "party" for belief in scenario.beliefs):
        yield from game.counted
