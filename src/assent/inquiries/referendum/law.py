"""The law of referendums: the rules on file, what a vote under each is worth and what it starts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from assent.errors import UnknownName
from assent.inquiries.petition.law import FOLDER, Default
from assent.law.citations import Cite
from assent.law.loading import convert, read_yaml

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.models.referendum.conditions import Condition

OF = {"yes": "yes votes", "cast": "votes cast"}
BASES = {"valid": "yes and no votes", "cast": "votes cast", "electorate": "those entitled to vote"}


class Asks(Struct, frozen=True, forbid_unknown_fields=True):
    """A condition as it is written: votes of a base, at least a share or more than it."""

    of: Literal["yes", "cast"]
    base: Literal["valid", "cast", "electorate"]
    share: Fraction
    more: bool = False

    def condition(self) -> Condition:
        """The condition as the model takes it."""
        from assent.models.referendum.conditions import Condition

        return Condition(self.of, self.base, self.share, self.more)

    @property
    def text(self) -> str:
        """The condition in words."""
        percent = float(100 * self.share)
        said = f"{percent:.1f}".removesuffix(".0")
        two_thirds = {Fraction(2, 3): "two thirds", Fraction(1, 2): "half"}
        share = two_thirds.get(self.share, f"{said} %")
        return f"{OF[self.of]} {'more than' if self.more else 'at least'} {share} of {BASES[self.base]}"


class ReferendumRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A rule, in law or agreed for one vote.

    Attributes
    ----------
    votes
        Its row in the table of threshold rules, if it has one.
    since
        When a measure became known.
    binds
        ``yes``, ``no``, ``contested`` or ``depends``.
    """

    id: str
    title: str
    where: str
    conditions: tuple[Asks, ...]
    binds: Literal["yes", "no", "contested", "depends"]
    binding: str
    starts: str
    cite: tuple[str | Cite, ...] = ()
    votes: str = ""
    since: date | None = None
    note: str = ""

    def model(self) -> tuple[Condition, ...]:
        """Its conditions as the model takes them."""
        return tuple(asks.condition() for asks in self.conditions)

    @property
    def text(self) -> str:
        """What it asks for, in words."""
        return "; ".join(asks.text for asks in self.conditions)


class Electorate(Struct, frozen=True, forbid_unknown_fields=True):
    """Those entitled to vote in a state."""

    value: int
    what: str
    cite: tuple[str | Cite, ...] = ()


class _State(Struct, frozen=True, forbid_unknown_fields=True):
    rules: tuple[str, ...]
    electorate: Electorate | None = None
    defaults: dict[str, Default] = {}


class ReferendumLaw(Struct, frozen=True, forbid_unknown_fields=True, rename={"any_": "any"}):
    """The rules on file: those of states, and those from elsewhere to compare with."""

    states: dict[str, _State]
    any_: tuple[str, ...]
    defaults: dict[str, Default]
    rules: tuple[ReferendumRule, ...]

    def rule(self, name: str, where: str = "--rule") -> ReferendumRule:
        """A rule by its id.

        Raises
        ------
        UnknownName
            There is none.
        """
        found = next((rule for rule in self.rules if rule.id == name), None)
        if found is None:
            raise UnknownName("rule of a referendum", name, (rule.id for rule in self.rules), where=where)
        return found

    def of_state(self, code: str, as_of: date) -> tuple[ReferendumRule, ...]:
        """The rules of a state's own that were known by a day."""
        held = self.states.get(code)
        rules = (self.rule(name, f"{FOLDER}/referendums.yaml") for name in held.rules) if held else ()
        return tuple(rule for rule in rules if rule.since is None or rule.since <= as_of)

    def elsewhere(self) -> tuple[ReferendumRule, ...]:
        """The rules from elsewhere."""
        return tuple(self.rule(name, f"{FOLDER}/referendums.yaml") for name in self.any_)

    def electorate(self, code: str) -> Electorate | None:
        """Those entitled to vote in a state, if that is on file."""
        held = self.states.get(code)
        return held.electorate if held else None

    def default(self, code: str, name: str) -> Default:
        """A default of the state, or of all."""
        held = self.states.get(code)
        own = held.defaults.get(name) if held else None
        return own or self.defaults[name]


def referendum_law(place: Jurisdiction) -> ReferendumLaw:
    """The rules on file.

    Raises
    ------
    LawError
        The file is wrong.
    """
    file = place.root / FOLDER / "referendums.yaml"
    return convert(read_yaml(file), ReferendumLaw, file)
