"""Terms: what a plan is asked under: prices, who has already spoken, who must be in, and how many of a group may be."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

from assent.errors import NotApplicable, QueryError, UnknownName
from assent.folds.verdict import FAIL, OPEN, PASS, Verdict
from assent.inquiries.counting.beliefs import beliefs_of
from assent.inquiries.counting.game import VACANT, Cell
from assent.inquiries.counting.scenario import EVERYONE
from assent.inquiries.counting.votes import typed_number, typed_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assent.folds.terms import Limit, Number, Register
    from assent.inquiries.counting.game import Game
    from assent.inquiries.counting.scenario import Scenario

MEMBERS, POPULATION, PERSUASION = "members", "population", "persuasion"
BASES = (MEMBERS, POPULATION, PERSUASION)
UNITS = {MEMBERS: "members", POPULATION: "people represented", PERSUASION: "log-odds"}
SAID = {"yes": PASS, "no": FAIL, "open": OPEN, "": OPEN}
GRAIN = 10**6
SEAT = (
    "A seat stands for its state's people divided by the state's seats in that body; who is represented in two bodies "
    "is counted in each."
)
ODDS = (
    "A member costs what its log-odds lack to even odds, rounded to a millionth, and nothing if it leans the way "
    "already; who is certain of the other way cannot be won."
)


@dataclass(frozen=True, slots=True)
class Prices:
    """What winning somebody costs.

    Attributes
    ----------
    prices
        Name → price.
    otherwise
        The price of everybody else; ``None`` if they cannot be won.
    told
        How the prices were made.
    """

    prices: dict[str, Number]
    otherwise: Number | None
    unit: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Names:
    """Who a name on the command line or in a file stands for.

    A name is a member, a body, a state, or a group as ``party:NAME``, ``state:CODE`` (with its members of national
    bodies) or ``COLUMN:GROUP`` of a typed vote.
    """

    game: Game

    @cached_property
    def register(self) -> Register:
        """Every name the circuit itself knows."""
        from assent.folds.terms import Register

        return Register(self.game.node)

    def leaves(self, name: str, where: str) -> list[str]:
        """The names the folds know somebody by: itself, or the leaf of each member of a group.

        Raises
        ------
        UnknownName
            There is nobody of that name.
        """
        register = self.register
        if name in register.leaves or name in register.actors:
            return [name]
        kind, colon, group = name.partition(":")
        if colon and kind in {"party", "state", *self.game.columns}:
            found = [leaf for leaf, own in self._groups(kind).items() if own == group]
            if not found:
                raise UnknownName(f"{kind} in {self.game.id}", group, set(self._groups(kind).values()), where=where)
            return found
        if name not in register.gates:
            known = {*(s.actor for s in self.game.seats), *(s.stem for s in self.game.seats), *self._units()}
            known |= {f"{s.actor}/1" for s in self.game.seats if not s.lone}
            raise UnknownName(f"member, body or state in {self.game.id}", name, known, where=where)
        return [name]

    def _units(self) -> set[str]:
        return {seat.unit for seat in self.game.seats if seat.unit}

    def _groups(self, kind: str) -> dict[str, str]:
        """Leaf → its group."""
        found: dict[str, str] = {}
        for seat in self.game.seats:
            at = 1
            for cell in seat.cells or (Cell(seat.unit, "", seat.members),):
                group = {"party": cell.party, "state": cell.state or seat.unit}.get(kind) or seat.groups.get(kind, "")
                for i in range(at, at + cell.members):
                    found[seat.stem if seat.lone else f"{seat.stem}/{i}"] = group
                at += cell.members
        return {leaf: group for leaf, group in found.items() if group}


def prices_of(game: Game, names: Names, basis: str, goal: str, scenario: Scenario | None) -> Prices:
    """What winning somebody costs.

    Parameters
    ----------
    basis
        ``members``, ``population``, ``persuasion``, or a CSV file with ``member, cost``.

    Raises
    ------
    QueryError
        The file is wrong, or what the basis needs is not given or not on file.
    """
    if basis == MEMBERS:
        return Prices({}, 1, UNITS[basis])
    if basis == POPULATION:
        return _by_people(game, goal)
    if basis == PERSUASION:
        return _by_belief(game, goal, scenario)
    if "." not in basis and "/" not in basis:
        raise UnknownName("cost", basis, [*BASES, "FILE.csv"], where="--cost")
    file = Path(basis)
    prices: dict[str, Number] = {}
    lines: dict[str, int] = {}
    for row in typed_rows(file, ("member", "cost")):
        price = typed_number(file, row, "cost", "cost")
        name = row.cells["member"]
        where = f"{file}:{row.line}, column member"
        for leaf in [EVERYONE] if name == EVERYONE else names.leaves(name, where):
            if leaf in prices:
                raise QueryError(
                    f"{name!r} is priced twice; first on line {lines[leaf]}.", where=where, remedy="Keep one price."
                )
            prices[leaf], lines[leaf] = (int(price) if price.denominator == 1 else price), row.line
    otherwise = prices.pop(EVERYONE, None)
    told = f"Prices are those of {file.name}; " + (
        "who is not named there cannot be won." if otherwise is None else f"everybody else costs {otherwise}."
    )
    return Prices(prices, otherwise, f"cost, as in {file.name}", (told,))


def _by_people(game: Game, goal: str) -> Prices:
    prices: dict[str, Number] = {}
    others = []
    for seat in game.seats:
        share: dict[str, int] = {}
        for cell in seat.cells or (Cell(seat.unit, "", seat.members),):
            share[cell.state] = share.get(cell.state, 0) + cell.members
        if seat.lone and seat.unit in game.population:
            prices[seat.stem] = game.population[seat.unit]
        elif not set(share) <= set(game.population):
            others.append(seat.actor)
            if goal == "pass":
                prices[seat.stem] = 0
        elif len(share) == 1:
            prices[seat.stem] = Fraction(game.population[next(iter(share))], seat.members)
        else:
            at = 1
            for cell in seat.cells:
                each = Fraction(game.population[cell.state], share[cell.state])
                prices.update((f"{seat.stem}/{i}", each) for i in range(at, at + cell.members))
                at += cell.members
    if len(others) == len(game.seats):
        raise NotApplicable(
            f"No people are on file for the members of {game.id}.",
            where="--cost",
            remedy="Price by members, or by a file: --cost FILE.csv.",
        )
    told = [SEAT]
    if others:
        free = "costs nothing" if goal == "pass" else "is left out"
        told.append(f"{', '.join(dict.fromkeys(others))} stands for no state's people, and {free}.")
    return Prices(prices, None, UNITS[POPULATION], tuple(told))


def _by_belief(game: Game, goal: str, scenario: Scenario | None) -> Prices:
    from assent.inquiries.counting.scenario import Scenario as Empty

    held = beliefs_of(game, scenario or Empty())
    prices: dict[str, Number] = {}
    for seat in game.seats:
        by_cell: list[tuple[float, int]] = []
        for cell in seat.cells or (Cell(seat.unit, "", seat.members),):
            found = held.scenario.of(seat, cell)
            empty = cell.party == VACANT and any(run.belief.name == VACANT for run in held.runs[seat.stem])
            by_cell.append((found.p if found and not empty else 0.0, cell.members))
        if seat.lone or len({p for p, _ in by_cell}) == 1:
            _price(prices, seat.stem, by_cell[0][0], goal)
        else:
            at = 1
            for p, n in by_cell:
                for i in range(at, at + n):
                    _price(prices, f"{seat.stem}/{i}", p, goal)
                at += n
    for belief in held.scenario.beliefs:
        if belief.kind == "actor":
            for leaf in Names(game).register.all(belief.name):
                prices.pop(leaf, None)
                _price(prices, leaf, belief.p, goal)
    believed = len(held.scenario.beliefs)
    told = [*held.assumptions[:believed], *(text for text in held.assumptions[believed:] if VACANT in text)]
    return Prices(prices, None, UNITS[PERSUASION], (ODDS, *told))


def _price(prices: dict[str, Number], name: str, p: float, goal: str) -> None:
    yes = p if goal == "pass" else 1 - p
    if yes > 0:
        odds = max(0.0, log((1 - yes) / yes)) if yes < 1 else 0.0
        prices[name] = Fraction(round(odds * GRAIN), GRAIN)


def read_given(names: Names, file: Path) -> dict[str, Verdict]:
    """Who has already said yes or no, from a CSV file with ``member, said``.

    Raises
    ------
    QueryError
        A row is wrong.
    """
    found: dict[str, Verdict] = {}
    for row in typed_rows(file, ("member", "said")):
        said = row.cells["said"].casefold()
        if said not in SAID:
            raise QueryError(
                f"{row.cells['member']!r} is given to have said {row.cells['said']!r}.",
                where=f"{file}:{row.line}, column said",
                remedy="Write yes, no, or open.",
            )
        where = f"{file}:{row.line}, column member"
        for leaf in names.leaves(row.cells["member"], where):
            if found.get(leaf, SAID[said]) is not SAID[said]:
                raise QueryError(f"{row.cells['member']!r} has said two things.", where=where, remedy="Keep one row.")
            found[leaf] = SAID[said]
    return found


def limits_of(names: Names, most: Iterable[str], least: Iterable[str]) -> list[Limit]:
    """Side constraints from ``N:GROUP``.

    Raises
    ------
    QueryError
        One is not so written, or nobody is in the group.
    """
    from assent.folds.terms import Limit

    found = []
    for option, given in (("--at-most", most), ("--at-least", least)):
        for said in given:
            number, colon, group = said.partition(":")
            if not colon or not number.isdecimal() or not group:
                raise QueryError(f"{said!r} is no bound.", where=option, remedy="Write N:GROUP, as 3:party:NAME.")
            weights: Mapping[str, Number] = dict.fromkeys(names.leaves(group, f"{option} {said}"), 1)
            bound = int(number)
            label = f"{option[2:].replace('-', ' ')} {number} of {group}"
            found.append(
                Limit(label, weights, most=bound) if option == "--at-most" else Limit(label, weights, least=bound)
            )
    return found


def spread(names: Names, given: Iterable[str], option: str) -> list[str]:
    """Names, with groups as their members."""
    return [leaf for name in given for leaf in names.leaves(name, option)]
