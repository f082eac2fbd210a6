"""Procedures: a rule with its name, its time in force, and how acts move a unit's position under it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.law.citations import Cite
from assent.law.questions import Interval
from assent.law.rules import Base, Node, check_share

if TYPE_CHECKING:
    from datetime import date


class _Part(Struct, frozen=True, forbid_unknown_fields=True):
    """What every part of a procedure is: frozen, and strict about its fields."""


class Procedure(_Part, frozen=True):
    """How one thing is decided.

    ``transitions`` says, for the act a leaf waits for, how each act on file moves a unit from state to state (none,
    given, refused, withdrawn, barred): the base table, before any reading changes a cell.
    ``lawful`` lists the conjunctions of readings under which the path is lawful (exit paths only).
    """

    procedure: str
    title: str
    rule: Node
    about: str = ""
    cite: tuple[str | Cite, ...] = ()
    in_force: Interval = Interval()
    assumes: tuple[str, ...] = ()
    transitions: dict[str, dict[str, dict[str, str]]] = {}
    lawful: tuple[dict[str, str], ...] | None = None
    unamendable: tuple[Unamendable, ...] = ()
    effect: UnitEffect | None = None
    precedents: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for table in self.transitions.values():
            for act, moves in table.items():
                for state in (*moves.keys(), *moves.values()):
                    if state not in STATES:
                        raise ValueError(f"transitions of {act}: {state!r} is none of {', '.join(STATES)}")


STATES = ("none", "given", "refused", "withdrawn", "barred")


class Unamendable(_Part, frozen=True):
    """Content the procedure may not touch, or not without somebody's own consent, and for how long."""

    what: str
    unless: str = ""
    in_force: Interval = Interval()
    cite: tuple[str | Cite, ...] = ()


class UnitEffect(_Part, frozen=True):
    """For which units the outcome holds, where it is a set of them and not one bit. Not compiled yet.

    ``dissent`` is what a unit does to stay outside; ``revocable`` whether it may take that back.
    """

    units: str
    dissent: Node | None = None
    revocable: bool = False


class OwnRule(_Part, frozen=True):
    """A unit's own rule for its own vote."""

    unit: str
    threshold: Fraction
    base: Base = "members"
    strict: bool = False
    in_force: Interval = Interval()
    cite: tuple[str | Cite, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        check_share("threshold", self.threshold, strict=self.strict)


class OwnRules(_Part, frozen=True):
    """The units' own rules that are known, and the assumption for all others (``unit: "*"``)."""

    act: str
    otherwise: OwnRule
    known: tuple[OwnRule, ...] = ()

    def of(self, unit: str, day: date) -> tuple[OwnRule, bool]:
        """The rule of a unit on a day, and whether it is known (else assumed)."""
        for rule in self.known:
            if rule.unit == unit and rule.in_force.holds(day):
                return rule, True
        return self.otherwise, False


class LawFile(_Part, frozen=True):
    """A file of law: procedures, or units' own rules."""

    procedures: tuple[Procedure, ...] = ()
    own_rules: tuple[OwnRules, ...] = ()
