"""Needs: what a procedure asks for, stage by stage, and what is decisive at each: fewest to meet and to block it."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.circuit.nodes import Except, Gate, Leaf, gates
from assent.circuit.structure import Bodies, Structure
from assent.folds.coalitions import cheapest
from assent.values.fractions import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from assent.circuit.nodes import Node
    from assent.folds.coalitions import Goal
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.doctrine import Doctrine


ONE, NOBODY = "one actor decides", "nobody can meet it"


class Fewest(Struct, frozen=True):
    """The fewest that meet or block a need. A number that cannot be worked out is ``None``, never zero.

    Attributes
    ----------
    states
        Whole states: for a set of states, how many; for a House, the fewest states whose members suffice.
    chambers
        Chambers of state legislatures.
    members
        Members of the bodies that decide.
    population_share
        Smallest share of the population (see ``Exit.population``) behind a coalition that suffices.
    population_of
        The states of that coalition.
    """

    states: int | None = None
    chambers: int | None = None
    members: int | None = None
    population_share: float | None = None
    population_of: tuple[str, ...] = ()


class Need(Struct, frozen=True):
    """One thing that has to be met.

    Attributes
    ----------
    stage, place
        The stage of the path, and the place in it with all that lies between.
    need, of
        So many of so many; ``None`` where the size of the body is not on file for the day.
    fraction
        The exact share the law names; empty where it names a number or one actor decides.
    base
        What the share is counted on.
    quorum
        Members who must be there.
    assumed
        Whether the threshold is an assumption.
    either
        What this is one way of, when another way would do.
    parties
        For votes of legislatures: how many each party holds in every chamber, and how many nobody does.
    """

    stage: str
    place: str
    act: str
    body: str
    label: str
    need: int | None
    of: int | None
    fraction: str = ""
    base: str = ""
    quorum: int | None = None
    assumed: bool = False
    either: str = ""
    cite: tuple[str, ...] = ()
    note: str = ""
    block: Fewest = Fewest()
    meet: Fewest = Fewest()
    parties: dict[str, int] = {}


class Census:
    """The figures a jurisdiction's needs are worked out on, as of one day."""

    def __init__(self, place: Jurisdiction, day: date) -> None:
        self.place, self.day = place, day

    @cached_property
    def states(self) -> tuple[tuple[str, str], ...]:
        """The states that day: code and name, in order of entry."""
        return tuple((m.unit, m.name) for m in self.place.record.roster(self.place.profile.states, self.day))

    @cached_property
    def population(self) -> dict[str, int]:
        """State → people; only states of that day."""
        figures = self.place.figures(self.place.profile.population, self.day)
        return {code: figures[code] for code, _ in self.states if code in figures}

    @cached_property
    def regions(self) -> dict[str, str]:
        """State → region; only states of that day, and nothing where regions are not on file."""
        place = self.place.profile.regions
        rows = self.place.record.facts(place.file) if place else []
        found = {row[place.key]: str(row[place.value]) for row in rows if place and row[place.value] is not None}
        return {code: found[code] for code, _ in self.states if code in found}

    @cached_property
    def chambers(self) -> dict[str, tuple[str, ...]]:
        """State → its chambers."""
        unit = self.place.profile.chamber_unit
        if not self.place.figures(self.place.profile.chambers, self.day):
            return {}
        found: dict[str, list[str]] = {}
        for chamber, row in self.place.chambers.items():
            found.setdefault(row[unit], []).append(chamber)
        return {state: tuple(sorted(ids)) for state, ids in found.items()}

    @cached_property
    def bodies(self) -> Bodies:
        """Seats of each body, and the sets a rule may name."""
        profile = self.place.profile
        seats = {
            **self.place.figures(profile.bodies, self.day),
            **self.place.figures(profile.chambers, self.day),
        }
        sets = {profile.states: self.states}
        for state, chambers in self.chambers.items():
            sets[f"{state}/chambers"] = tuple((c, str(self.place.chambers[c]["name"])) for c in chambers)
        return Bodies(seats, sets)

    @cached_property
    def held(self) -> dict[str, int]:
        """Party → legislatures in which it has more than half of the seats of every chamber; "neither" for the rest."""
        if not self.chambers:
            return {}
        parties = self.place.profile.parties
        count = dict.fromkeys((*parties.values(), "neither"), 0)
        for state, _ in self.states:
            rows = [self.place.chambers[c] for c in self.chambers.get(state, ())]
            holder = next((p for p in parties if rows and all(2 * row[p] > row["seats"] for row in rows)), None)
            count[parties[holder] if holder else "neither"] += 1
        return count

    def delegation(self, body: str) -> dict[str, int]:
        """State → its members in a body of the whole ({} where that is not on file)."""
        where = self.place.profile.delegations.get(body)
        return self.place.figures(where, self.day) if where else {}

    def called(self, base: str) -> str:
        """A base as a reader calls it."""
        return self.place.profile.names.get(base, base)


def needs_of(census: Census, root: Node) -> tuple[Need, ...]:
    """What a circuit asks for, in order."""
    return tuple(_walk(census, root, (), ""))


def structure(census: Census, doctrine: Doctrine, names: dict[str, str]) -> Structure:
    """The expander of procedures on a census's day."""
    return Structure(census.place.law, doctrine, census.bodies, census.day, names)


def _walk(census: Census, node: Node, trail: tuple[str, ...], either: str) -> Iterator[Need]:
    if isinstance(node, Except):
        yield from _walk(census, node.rule, trail, either)
        return
    if isinstance(node, Leaf):
        stage, placed = _placed(trail, node.act)
        yield Need(stage, placed, node.act, node.actor, node.label, 1, 1, base=ONE, either=either, cite=node.cite)
        return
    if node.basis and (node.members or node.act):
        yield _need(census, node, trail, either)
        return
    if not node.children:
        stage, placed = _placed(trail, node.id)
        yield Need(stage, placed, "", "", node.label, None, None, base=NOBODY, cite=node.cite, note=node.note)
        return
    here = either if node.need == len(node.children) else node.label or node.id
    named = (*trail, node.id) if node.label else trail
    for child in node.children:
        yield from _walk(census, child, named, here)


def _placed(trail: tuple[str, ...], name: str) -> tuple[str, str]:
    whole = (*trail, name)
    return whole[0], "/".join(whole)


def _need(census: Census, gate: Gate, trail: tuple[str, ...], either: str) -> Need:
    basis = gate.basis
    assert basis is not None  # noqa: S101 - the caller has looked
    unknown = not gate.members and all(isinstance(c, Leaf) for c in gate.children)
    share = basis.share
    fraction = "" if share is None else f"more than {share}" if basis.strict else str(share)
    return Need(
        *_placed(trail, gate.id or gate.act),
        gate.act,
        gate.body,
        gate.label,
        None if unknown else gate.need,
        None if unknown else gate.of,
        fraction,
        census.called(basis.base),
        basis.quorum,
        basis.assumed or any(g.basis.assumed for g in gates(gate) if g.basis),
        either,
        gate.cite,
        gate.note
        or (f"{words(share, strict=basis.strict)} of {census.called(basis.base)}" if share is not None else ""),
        _fewest(census, gate, "block"),
        _fewest(census, gate, "meet"),
        census.held if _by_chambers(census, gate) else {},
    )


def _by_chambers(census: Census, gate: Gate) -> bool:
    return any(g.unit in census.place.chambers for g in gates(gate))


def _fewest(census: Census, gate: Gate, goal: Goal) -> Fewest:
    if gate.members:
        return _in_body(census, gate, goal)
    states = dict(census.states)
    chambers = census.place.chambers
    people = sum(census.population.values())

    def one_state(node: Node) -> Fraction | None:
        return Fraction(1) if isinstance(node, Gate) and node.unit in states else None

    def one_chamber(node: Node) -> Fraction | None:
        return Fraction(1) if isinstance(node, Gate) and node.unit in chambers else None

    def of_people(node: Node) -> Fraction | None:
        known = isinstance(node, Gate) and node.unit in census.population
        return Fraction(census.population[node.unit], people) if known and isinstance(node, Gate) else None

    def nothing(_: Node) -> Fraction | None:
        return None

    by_state, by_chamber = cheapest(gate, goal, one_state), cheapest(gate, goal, one_chamber)
    by_member, by_people = cheapest(gate, goal, nothing), cheapest(gate, goal, of_people)
    return Fewest(
        int(by_state.cost) if by_state else None,
        int(by_chamber.cost) if by_chamber else None,
        int(by_member.cost) if by_member else None,
        float(by_people.cost) if by_people else None,
        tuple(unit for unit, _ in by_people.who) if by_people else (),
    )


def _in_body(census: Census, gate: Gate, goal: Goal) -> Fewest:
    """For a body whose members come from the states: its members at their state's people a seat."""
    wanted = gate.need if goal == "meet" else gate.of - gate.need + 1
    seats = census.delegation(gate.body)
    if not seats or sum(seats.values()) != gate.members or set(seats) - set(census.population):
        return Fewest(members=wanted)
    left, states = wanted, 0
    for size in sorted(seats.values(), reverse=True):
        if left <= 0:
            break
        left, states = left - size, states + 1
    people = sum(census.population.values())
    left, share, who = wanted, Fraction(0), []
    whole = _seats_carry_the_state(census, gate)
    for state in sorted(seats, key=lambda s: Fraction(census.population[s], 1 if whole else seats[s])):
        if left <= 0:
            break
        taken = min(left, seats[state])
        share += Fraction(census.population[state], people) * (Fraction(1) if whole else Fraction(taken, seats[state]))
        left -= taken
        who.append(state)
    return Fewest(states, None, wanted, float(share), tuple(who))


def _seats_carry_the_state(census: Census, gate: Gate) -> bool:
    """Whether each member speaks for the whole state (every state has as many), and not for a district of it."""
    return len(set(census.delegation(gate.body).values())) == 1
