"""Questions of law: what is contested, the readings there are, and what each does to the evaluation.

A reading can do seven things and no more; there is no expression language. See ``Effect``.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from assent.law.citations import Cite


class _Part(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """What every part of a question is: frozen, and strict about its fields."""


class Interval(_Part, frozen=True):
    """From a day to a day, both included; an end left out is open."""

    from_: date | None = None
    to: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in the interval (an unknown day does not)."""
        if day is None:
            return False
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


class Disregard(_Part, frozen=True):
    """Acts that are void from the start: those that meet every condition given."""

    matters: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    from_: date | None = None
    to: date | None = None
    vetoed: bool | None = None


class Roster(_Part, frozen=True):
    """Units that leave numerator and denominator."""

    exclude: tuple[str, ...]


class ClockEffect(_Part, frozen=True):
    """What becomes of a time limit: dropped where it sits in a given place, or its extension void."""

    place: str = ""
    drop: bool = False
    extension: Literal["", "void"] = ""


class Window(_Part, frozen=True, rename={"as_stated": "as-stated"}):
    """How old an act may be and still add up: so many years (a number the user may set), or as its text says."""

    years: int | None = None
    parameter: str = ""
    as_stated: bool = False


class Group(_Part, frozen=True):
    """Which acts add up: those of one subject, or all of a kind."""

    by: Literal["subject", "none"]


class Use(_Part, frozen=True):
    """Another rule, procedure or completing event in a named slot."""

    slot: str
    value: str | tuple[str, ...]


class Effect(_Part, frozen=True):
    """One of the seven things a reading may do."""

    disregard: Disregard | None = None
    transition: dict[str, dict[str, str]] | None = None
    roster: Roster | None = None
    clock: ClockEffect | None = None
    window: Window | None = None
    group: Group | None = None
    use: Use | None = None

    def __post_init__(self) -> None:
        if sum(getattr(self, f) is not None for f in self.__struct_fields__) != 1:
            raise ValueError(f"an effect is exactly one of {', '.join(self.__struct_fields__)}")

    @property
    def kind(self) -> str:
        """Which of the seven this is."""
        return next(f for f in self.__struct_fields__ if getattr(self, f) is not None)


class Reading(_Part, frozen=True):
    """One answer to a question of law: who holds it, on what authority, and what it does.

    ``require`` names readings of other questions without which this one makes no sense.
    """

    id: str
    title: str
    standing: Literal["settled", "prevailing", "open", "rejected"]
    held_by: tuple[str, ...] = ()
    authorities: tuple[str | Cite, ...] = ()
    against: tuple[str | Cite, ...] = ()
    effects: tuple[Effect, ...] = ()
    require: dict[str, str] = {}
    note: str = ""

    @property
    def parameter(self) -> Window | None:
        """The window of this reading that takes a number, if it has one."""
        windows = (e.window for e in self.effects if e.window and e.window.parameter)
        return next(windows, None)


class Applies(_Part, frozen=True):
    """To which matters a question applies; all conditions given must hold."""

    kinds: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    proposed: Interval | None = None


class Question(_Part, frozen=True):
    """A contested point of law. The default is only a default: the reading by which the record was kept.

    ``require`` names readings of other questions without which the whole question does not arise.
    """

    question: str
    title: str
    about: str
    default: str
    readings: tuple[Reading, ...]
    applies_to: Applies = Applies()
    require: dict[str, str] = {}
    note: str = ""

    def __post_init__(self) -> None:
        ids = [r.id for r in self.readings]
        if len(ids) < 2 or len(set(ids)) < len(ids):
            raise ValueError(f"{self.question}: a question needs two readings or more, each with its own id")
        if self.default not in ids:
            raise ValueError(f"{self.question}: the default {self.default!r} is none of its readings: {', '.join(ids)}")

    def required(self, reading: Reading) -> dict[str, str]:
        """What has to be held beside a reading for it to make sense: question → reading."""
        return {**self.require, **reading.require}

    def reading(self, name: str) -> Reading:
        """The reading of that id.

        Raises
        ------
        KeyError
            There is none.
        """
        for reading in self.readings:
            if reading.id == name:
                return reading
        raise KeyError(name)
