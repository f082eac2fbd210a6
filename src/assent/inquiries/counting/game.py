"""Game: what a counting question is about: a procedure of members, or a typed vote, with who stands in which group."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from assent.inquiries.reproduce import command

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from assent.circuit import nodes
    from assent.circuit.flat import Alike
    from assent.inquiries.counting.votes import Votes
    from assent.law.doctrine import Doctrine

VACANT = "Vacant"


class Cell(NamedTuple):
    """Members of a body who come from one state and sit for one party; empty where that is not on file."""

    state: str
    party: str
    members: int


@dataclass(frozen=True, slots=True)
class Seat:
    """Alike members of one body, or an actor who stands alone.

    Attributes
    ----------
    stem
        Leaf ids are ``stem/1``, ``stem/2`` …; of an actor who stands alone it is the leaf id.
    body
        The widest body it is part of: a chamber's is the legislatures together.
    unit
        The state it belongs to, if it belongs to one.
    cells
        The members by state and party, in the order in which they are numbered.
    groups
        Column → group, for a typed vote.
    """

    stem: str
    act: str
    actor: str
    members: int
    lone: bool
    label: str
    body: str
    unit: str
    cells: tuple[Cell, ...]
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Game:
    """A circuit to count on, and who is in it.

    Attributes
    ----------
    id
        The procedure, or the file of a typed vote.
    assumptions
        What the circuit itself takes for granted.
    words
        What asks for it on the command line.
    counted
        When members were counted by party.
    population
        State → people.
    recorded
        Leaf of a decision that the record keeps as one → the gate it stands for here.
    names
        Body or unit → what a reader calls it.
    regions, regional
        State → its region, where a scenario says nothing else, and whose regions these are.
    """

    id: str
    title: str
    node: nodes.Node
    seats: tuple[Seat, ...]
    assumptions: tuple[str, ...]
    names: Mapping[str, str]
    versions: dict[str, str]
    words: tuple[str, ...]
    as_of: date | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    doctrine: Doctrine | None = None
    columns: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    population: Mapping[str, int] = field(default_factory=dict)
    recorded: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    regional: str = ""

    @property
    def size(self) -> int:
        """How many leaves there are, members counted one by one."""
        return sum(seat.members for seat in self.seats)

    @cached_property
    def of_stem(self) -> dict[str, Seat]:
        """Stem → its seat."""
        return {seat.stem: seat for seat in self.seats}

    @cached_property
    def states(self) -> frozenset[str]:
        """The units that bodies belong to."""
        return frozenset(seat.unit for seat in self.seats if seat.unit)

    @cached_property
    def twice(self) -> frozenset[str]:
        """Actors who do more than one act: a leaf is an actor and an act."""
        acts: dict[str, set[str]] = {}
        for seat in self.seats:
            acts.setdefault(seat.actor, set()).add(seat.act)
        return frozenset(actor for actor, done in acts.items() if len(done) > 1)

    def shown(self, leaf: str) -> str:
        """A leaf or a body's stem as a reader is shown it: without its act, unless the actor acts twice."""
        actor = leaf.partition(":")[2]
        return leaf if actor in self.twice or actor.rpartition("/")[0] in self.twice else actor

    def spans(self, alike: Alike) -> tuple[Seat, list[tuple[Cell, int]]]:
        """The seat of some alike leaves, and how many of them are in each of its cells."""
        seat = self.of_stem.get(alike.stem or alike.id) or self.of_stem[(alike.stem or alike.id).rpartition("/")[0]]
        if seat.lone or len(seat.cells) < 2:
            return seat, [(seat.cells[0] if seat.cells else Cell(seat.unit, "", 1), alike.members)]
        found, at = [], 1
        for cell in seat.cells:
            n = min(at + cell.members, alike.first + alike.members) - max(at, alike.first)
            if n > 0:
                found.append((cell, n))
            at += cell.members
        return seat, found

    def named(self, group: str) -> str:
        """What a reader calls a body, a unit or a group."""
        return self.names.get(group, "")

    def command(self, verb: str, *more: str) -> str:
        """The command that asks this again."""
        return command(verb, *self.words, *more, doctrine=self.doctrine, as_of=self.as_of)


def game_of_votes(votes: Votes, versions: dict[str, str]) -> Game:
    """A typed vote as a game."""
    seats = tuple(
        Seat(f"vote:{m.id}", "vote", m.id, 1, lone=True, label=m.id, body=m.id, unit=m.groups.get("state", ""),
             cells=(Cell(m.groups.get("state", ""), m.groups.get("party", ""), 1),), groups=m.groups)
        for m in votes.members
    )  # fmt: skip
    title = votes.file.name
    return Game(str(votes.file), title, votes.node, seats, votes.rules, {}, versions, votes.words,
                columns=votes.columns)  # fmt: skip
