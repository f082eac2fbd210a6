"""Conditions: what a vote has to meet, held against a count or against shares, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Votes = Literal["yes", "cast"]
Base = Literal["valid", "cast", "electorate"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A share that votes have to reach of a base.

    Attributes
    ----------
    of
        ``yes`` votes or votes ``cast``.
    base
        ``valid`` (yes and no), ``cast`` (blank ones included) or ``electorate``.
    share
        The share.
    more
        More than the share, not just as much.
    """

    of: Votes
    base: Base
    share: Fraction
    more: bool = False

    def met(self, share: Fraction) -> bool:
        """Whether a share meets it.

        Examples
        --------
        >>> half = Condition("yes", "valid", Fraction(1, 2), more=True)
        >>> half.met(Fraction(1, 2)), half.met(Fraction(51, 100))
        (False, True)
        """
        return share > self.share if self.more else share >= self.share


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted; ``None`` where it is not known."""

    yes: int | None
    no: int | None
    cast: int | None = None
    electorate: int | None = None

    def share(self, condition: Condition) -> Fraction | None:
        """The share that a condition asks about, if it can be told."""
        above = self.yes if condition.of == "yes" else self.cast
        valid = None if self.yes is None or self.no is None else self.yes + self.no
        below = {"valid": valid, "cast": self.cast, "electorate": self.electorate}[condition.base]
        return None if above is None or not below else Fraction(above, below)


@dataclass(frozen=True, slots=True)
class Shares:
    """A vote in shares.

    Attributes
    ----------
    turnout
        Votes cast, of the electorate.
    yes
        Yes, of yes and no.
    blank
        Neither, of the votes cast.
    """

    turnout: Fraction
    yes: Fraction
    blank: Fraction = Fraction(0)

    def share(self, condition: Condition) -> Fraction:
        """The share that a condition asks about.

        Examples
        --------
        >>> vote = Shares(Fraction(6, 10), Fraction(1, 2), Fraction(1, 100))
        >>> vote.share(Condition("yes", "electorate", Fraction(1, 2)))
        Fraction(297, 1000)
        """
        if condition.of == "cast":
            return self.turnout if condition.base == "electorate" else Fraction(1)
        of_cast = self.yes * (1 - self.blank)
        return {"valid": self.yes, "cast": of_cast, "electorate": of_cast * self.turnout}[condition.base]


def passes(conditions: Iterable[Condition], vote: Count | Shares) -> bool | None:
    """Whether a vote meets every condition; ``None`` where that cannot be told.

    Examples
    --------
    >>> rule = (
    ...     Condition("cast", "electorate", Fraction(1, 2), more=True),
    ...     Condition("yes", "valid", Fraction(55, 100)),
    ... )
    >>> passes(rule, Count(230_711, 184_954, 419_236, 484_718))
    True
    """
    met = [None if (share := vote.share(c)) is None else c.met(share) for c in conditions]
    if False in met:
        return False
    return None if None in met else True


def least_yes(conditions: Iterable[Condition], turnout: Fraction, blank: Fraction) -> Fraction | None:
    """The least share of yes among yes and no that can pass at a turnout; ``None`` if none can.

    Examples
    --------
    >>> rule = (Condition("yes", "electorate", Fraction(4, 10)), Condition("yes", "valid", Fraction(1, 2), more=True))
    >>> least_yes(rule, Fraction(64, 100), Fraction(0))
    Fraction(5, 8)
    """
    need = Fraction(0)
    for condition in conditions:
        if condition.of == "cast":
            if not condition.met(turnout if condition.base == "electorate" else Fraction(1)):
                return None
            continue
        by = {"valid": Fraction(1), "cast": 1 - blank, "electorate": (1 - blank) * turnout}[condition.base]
        if not by:
            return None
        need = max(need, condition.share / by)
    return need if need <= 1 else None


@dataclass(frozen=True, slots=True)
class Support:
    """Yes votes of the electorate that matter, blank ballots aside.

    Attributes
    ----------
    least
        The least with which the rule can be met at all.
    boycotted
        What is needed when nobody who is against it votes.
    certain
        What is enough whatever the others do.
    """

    least: Fraction
    boycotted: Fraction
    certain: Fraction


def support(conditions: Iterable[Condition]) -> Support:
    """How many of the electorate have to say yes: at the least, when opponents stay at home, and in any case.

    Where a rule asks for a turnout, opponents who stay at home can defeat a majority that they could not outvote.

    Examples
    --------
    >>> rule = (Condition("cast", "electorate", Fraction(1, 2)), Condition("yes", "valid", Fraction(55, 100)))
    >>> support(rule)
    Support(least=Fraction(11, 40), boycotted=Fraction(1, 2), certain=Fraction(11, 20))
    """
    turnout = approval = of_all = Fraction(0)
    for condition in conditions:
        if condition.of == "cast":
            turnout = max(turnout, condition.share if condition.base == "electorate" else Fraction(0))
        elif condition.base == "electorate":
            of_all = max(of_all, condition.share)
        else:
            approval = max(approval, condition.share)
    return Support(max(turnout * approval, of_all), max(turnout, of_all), max(turnout, of_all, approval))
