"""Expansion: a procedure on file as a game: every body with its members, by state and party where that is on file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assent.circuit.compile import filled
from assent.circuit.nodes import Gate, Leaf, gates
from assent.circuit.structure import Bodies, Structure
from assent.errors import NotApplicable, QueryError, UnknownName
from assent.inquiries.counting.game import VACANT, Cell, Game, Seat
from assent.inquiries.filed.needs import Census
from assent.inquiries.reproduce import shown
from assent.law.doctrine import Doctrine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from assent.circuit import nodes
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.rules import Node, Tally, Units

MOST_SEATS = 100_000
KEPT = 32  # games


def game_of_procedure(
    place: Jurisdiction,
    procedure: str,
    doctrine: Doctrine,
    day: date,
    state: str = "",
    sizes: Mapping[str, int] | None = None,
) -> Game:
    """A procedure on file, expanded to members on a day; kept, with its circuit, for when it is asked about again.

    Parameters
    ----------
    state
        The state concerned, where the procedure asks for one: its code or its name.
    sizes
        Body → its seats, where they are not on file; a name may hold ``*``. An assumption, and told as one.

    Raises
    ------
    UnknownName
        No such procedure.
    NotApplicable
        A part of it cannot be expanded: its size is not on file, or no state is named.
    """
    held = tuple(doctrine.chosen.items()), tuple(doctrine.parameters.items())
    return _game(place, procedure, held, day, state, tuple((sizes or {}).items()))


@lru_cache(maxsize=KEPT)
def _game(
    place: Jurisdiction,
    procedure: str,
    held: tuple[tuple[tuple[str, str], ...], tuple[tuple[str, int], ...]],
    day: date,
    state: str,
    given: tuple[tuple[str, int], ...],
) -> Game:
    doctrine, sizes = Doctrine(place.law, dict(held[0]), dict(held[1])), dict(given)
    census = Census(place, day)
    law = place.law.procedure(procedure)
    code = ""
    if state:
        from assent.inquiries.states import find_state

        code, _ = find_state(place, state, day)
    build = _Counted(
        place.law,
        doctrine,
        _bodies(census),
        day,
        {"state": code, "unit": code} if code else {},
        sizes=sizes,
    )
    node = build.of(procedure)
    if node is None:
        raise NotApplicable(
            f"{procedure}: nothing of it is left under the readings held.",
            where="PROCEDURE",
            remedy="Hold another reading, or ask about the procedure it is part of.",
        )
    _refuse_unnamed(procedure, build.unlisted)
    _refuse_unknown(build, census, procedure)
    node = _named(node)
    by_stem: dict[str, Seat] = {}
    for seat in _seats(census, node, "", ""):
        by_stem.setdefault(seat.stem, seat)
    seats = tuple(by_stem.values())
    _refuse_unnamed(procedure, [seat.actor for seat in seats])
    if not seats:
        raise NotApplicable(
            f"{procedure}: nobody can meet it; there is nothing to count.",
            where="PROCEDURE",
            remedy=f"assent show {procedure} says why.",
        )
    calls = _called(place, law.rule)
    words = [procedure, *(["--state", code] if code else [])]
    words += [word for body, size in sizes.items() for word in ("--seats", f"{body}={size}")]
    names = {**place.profile.names, **dict(census.states)}
    names |= {body: f"{row[place.profile.chamber_unit]} {row['name']}" for body, row in place.chambers.items()}
    return Game(
        procedure,
        law.title,
        node,
        seats,
        tuple(dict.fromkeys([*_assumed(node, build), *(" ".join(text.split()) for text in (*law.assumes, *calls))])),
        names,
        place.versions,
        tuple(words),
        day,
        shown(doctrine, doctrine.chosen),
        doctrine,
        (),
        _counted_on(place),
        census.population,
        build.recorded,
        census.regions,
        place.profile.regions.what if place.profile.regions else "",
    )


def _bodies(census: Census) -> Bodies:
    """The bodies of a census, and every roster on file."""
    place = census.place
    rosters = {name: tuple((m.unit, m.name) for m in place.record.roster(name, census.day))
               for name in place.record.rosters}  # fmt: skip
    kept = {name: members for name, members in rosters.items() if members}
    return replace(census.bodies, sets={**kept, **census.bodies.sets})


@dataclass(slots=True)
class _Counted(Structure):
    """Notes what the facts do not say: bodies without a size, rosters without members."""

    sizes: dict[str, int] = field(default_factory=dict)
    assumed: dict[str, int] = field(default_factory=dict)
    unsized: dict[str, None] = field(default_factory=dict)
    unlisted: dict[str, None] = field(default_factory=dict)
    recorded: dict[str, str] = field(default_factory=dict)

    def _node(self, node: Node, names: dict[str, str]) -> nodes.Node | None:
        found = Structure._node(self, node, names)  # noqa: SLF001 - slots keep super() from its class
        if node.recorded_as and isinstance(found, Gate):
            act = node.recorded_as.act
            self.recorded[f"{act}:{filled(node.recorded_as.actor, names)}"] = f"{act}:{found.body or found.id}"
        return found

    def _tally(self, node: Node, test: Tally, names: dict[str, str]) -> nodes.Node:
        found = Structure._tally(self, node, test, names)  # noqa: SLF001 - as above
        if not isinstance(found, Gate) or found.members:
            return found
        size = next((n for body, n in self.sizes.items() if fnmatchcase(found.body, body)), 0)
        if not size:
            self.unsized.setdefault(found.body)
            return found
        self.assumed[found.body] = size
        seats = {**self.bodies.seats, found.body: size}
        held, self.bodies = self.bodies, replace(self.bodies, seats=seats)
        try:
            return Structure._tally(self, node, test, names)  # noqa: SLF001 - as above
        finally:
            self.bodies = held

    def _units(self, node: Node, units: Units, names: dict[str, str]) -> nodes.Node:
        found = Structure._units(self, node, units, names)  # noqa: SLF001 - as above
        if isinstance(found, Leaf):
            self.unlisted.setdefault(found.actor)
        return found


def _refuse_unnamed(procedure: str, names: Iterable[str]) -> None:
    asked = {name[name.find("{") + 1 : name.find("}")] for name in names if "{" in name}
    if asked & {"state", "unit"}:
        raise NotApplicable(
            f"{procedure} is about one state, and none is named.", where="--state", remedy="Name it: --state CODE."
        )
    if asked:
        raise NotApplicable(
            f"{procedure} is about one {' and one '.join(sorted(asked))}: who takes part depends on it.",
            where="PROCEDURE",
            remedy="assent status MATTER says where one stands; ask here about a procedure whose members are fixed.",
        )


def _refuse_unknown(build: _Counted, census: Census, procedure: str) -> None:
    unused = [body for body in build.sizes if not any(fnmatchcase(name, body) for name in build.assumed)]
    if unused:
        names = [*build.unsized, *build.assumed]
        raise UnknownName("body without a size on file", unused[0], names, where="--seats")
    if build.unlisted:
        name = next(iter(build.unlisted))
        more = f" and {len(build.unlisted) - 1} more" if len(build.unlisted) > 1 else ""
        since = census.place.profile.chambers.since
        raise NotApplicable(
            f"{procedure}: who belongs to {name}{more} on {census.day} is not on file, so its members cannot be "
            "counted.",
            where="--as-of",
            remedy=f"Give a day from {since} on." if since and since > census.day else "Ask about another procedure.",
        )
    if build.unsized:
        first = next(iter(build.unsized))
        many = len(build.unsized)
        star = f"*/{first.partition('/')[2]}" if many > 1 and "/" in first else first
        if not all(fnmatchcase(body, star) for body in build.unsized):
            star = first
        raise NotApplicable(
            f"{procedure}: the size of {first}{f' and {many - 1} more bodies' if many > 1 else ''} is not on file for "
            f"{census.day}, so its members cannot be counted.",
            where="PROCEDURE",
            remedy=f"Assume one, which will be told as an assumption: --seats '{star}=100' (1 makes it one actor).",
        )


def read_sizes(given: Mapping[str, int] | Iterable[str] | None) -> dict[str, int]:
    """Sizes that are assumed, from ``BODY=N``.

    Raises
    ------
    QueryError
        It is not so written, or the number is not from 1 to 100,000.
    """
    if given is None:
        return {}
    pairs = given.items() if hasattr(given, "items") else [said.rpartition("=")[::2] for said in given]
    found = {}
    for body, size in pairs:
        if not body or not str(size).isdecimal() or not 1 <= int(size) <= MOST_SEATS:
            raise QueryError(
                f"{f'{body}={size}' if body else size!r} is no size of a body.",
                where="--seats",
                remedy=f"Write BODY=N, with N from 1 to {MOST_SEATS:,}.",
            )
        found[body] = int(size)
    return found


def _named(node: nodes.Node) -> nodes.Node:
    """A single leaf under a gate of its own, so that there is always something to be met."""
    return node if isinstance(node, Gate) else Gate("whole", "", 1, (node,))


def _seats(census: Census, node: nodes.Node, body: str, unit: str) -> Iterator[Seat]:
    states = dict(census.states)
    if isinstance(node, Leaf):
        own = node.actor.partition("/")[0]
        unit = unit or (own if own in states else "")
        yield Seat(node.id, node.act, node.actor, 1, lone=True, label=node.label or census.called(node.actor),
                   body=body or node.actor, unit=unit, cells=())  # fmt: skip
        return
    if not isinstance(node, Gate):
        yield from _seats(census, node.rule, body, unit)
        yield from _seats(census, node.exception, body, unit)
        return
    unit = node.unit if node.unit in states else unit
    if node.members:
        yield Seat(f"{node.act}:{node.body}", node.act, node.body, node.members, lone=False, label=node.label,
                   body=body or node.body, unit=unit, cells=_cells(census, node.body, unit, node.members))  # fmt: skip
        return
    body = body or node.body
    for child in node.children:
        yield from _seats(census, child, body, unit)


def _cells(census: Census, body: str, unit: str, members: int) -> tuple[Cell, ...]:
    """The members of a body by state and party, as far as that is on file."""
    place = census.place
    found: list[Cell] = []
    for table in place.profile.seating:
        if table.body and table.body != body:
            continue
        for row in _rows(place, table.file):
            if not table.body and row[table.key] != body:
                continue
            state = row[table.key] if table.body else unit
            parties = dict(table.parties)
            if table.vacant:
                parties[table.vacant] = VACANT
            found += [Cell(state, party, row[column]) for column, party in parties.items() if row[column]]
        if found:
            break
    if sum(cell.members for cell in found) == members:
        return tuple(found)
    by_state = [Cell(state, "", n) for state, n in census.delegation(body).items() if n]
    if sum(cell.members for cell in by_state) == members:
        return tuple(by_state)
    return (Cell(unit, "", members),)


def _rows(place: Jurisdiction, file: str) -> list[dict[str, Any]]:
    """The rows of a file of facts, read once."""
    kept: dict[str, list[dict[str, Any]]] = place.__dict__.setdefault("_counted_rows", {})
    if file not in kept:
        kept[file] = place.record.facts(file)
    return kept[file]


def _counted_on(place: Jurisdiction) -> tuple[str, ...]:
    """When the members by party were counted, file by file."""
    found = {}
    for table in place.profile.seating:
        days = {str(row["as_of"]) for row in _rows(place, table.file) if row.get("as_of")}
        found[table.file] = f"Members by party as {table.file} counts them on {' and '.join(sorted(days))}."
    return tuple(found.values())


def _called(place: Jurisdiction, rule: Node) -> Iterator[str]:
    """What the procedures that a rule calls take for granted."""
    seen: set[str] = set()
    todo = list(rule.calls())
    while todo:
        name = todo.pop(0)
        if name not in seen:
            seen.add(name)
            procedure = place.law.procedure(name)
            todo += procedure.rule.calls()
            yield from procedure.assumes


def _assumed(node: nodes.Node, build: _Counted) -> Iterator[str]:
    """What the circuit takes for granted: who is there, and thresholds and sizes that are not known."""
    tallies = [gate for gate in gates(node) if gate.members and gate.basis]
    if any("present" in gate.basis.base for gate in tallies if gate.basis):
        yield "All members are present and vote, where the rule counts those who do."
    guessed = [gate for gate in tallies if gate.basis and gate.basis.assumed]
    if guessed:
        yield f"The threshold is assumed in {len(guessed)} of {len(tallies)} bodies, where none is known."
    by_size: dict[int, list[str]] = {}
    for body, size in build.assumed.items():
        by_size.setdefault(size, []).append(body)
    for size, bodies in by_size.items():
        who = bodies[0] if len(bodies) == 1 else f"Each of {len(bodies)} bodies ({bodies[0]} …)"
        yield f"{who} has {size:,} members, which is not on file." if size > 1 else f"{who} decides as one actor."
