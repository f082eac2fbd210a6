"""State laws against federal law: which state allows what, by a day, and who lives under it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from assent.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from assent.inquiries.jurisdiction import Jurisdiction


class StateLaw(Struct, frozen=True):
    """A state's law that allows what federal law forbids. What is not on file is ``None`` or empty, never no.

    Attributes
    ----------
    adopted
        Day, month or year of the vote or the signature, as far as it is on file.
    process
        ``initiative``, ``referral``, ``popular-vote``, ``legislature``, or empty.
    exact
        Whether ``yes_percent`` (of yes and no) is final; ``None`` where there is none.
    chambers
        Votes of the chambers.
    """

    kind: str
    allows: str
    adopted: str
    process: str
    measure: str
    yes: int | None
    no: int | None
    yes_percent: float | None
    exact: bool | None
    chambers: str
    legal_from: str
    note: str
    source: str


class StateRow(Struct, frozen=True):
    """A state and its laws by the day, the furthest one last.

    Attributes
    ----------
    member
        Whether it is a state; the laws of other places are shown and not counted.
    open
        Kinds adopted in that very year or month, where the day is not on file.
    people
        At the census that counts on the day; ``None`` where it is not counted.
    """

    state: str
    name: str
    member: bool
    furthest: str
    laws: tuple[StateLaw, ...]
    open: tuple[str, ...]
    people: int | None


class Living(Struct, frozen=True):
    """How many states allow at least a kind of use, and who lives in them: people exactly, their share of all."""

    kind: str
    states: int
    people: int
    share: Fraction
    percent: float


class Year(Struct, frozen=True):
    """The end of a year (or the day asked about, in its own year).

    Attributes
    ----------
    until
        The day up to which laws are counted.
    added
        Kind → states that adopted it in the year.
    of
        The states' people at the census.
    postures
        What the federal side did in the year.
    """

    year: int
    until: date
    census: int
    of: int
    living: tuple[Living, ...]
    added: dict[str, tuple[str, ...]]
    postures: tuple[str, ...]


class Scope(Struct, frozen=True):
    """Which laws are counted, and whose people.

    Attributes
    ----------
    laws, people
        The files, beside each other in one folder.
    kinds
        Kind → what it allows, in order: who has a later one has the earlier ones too.
    counted
        The kinds whose people are counted.
    complete_through
        The day through which the laws are on file.
    """

    laws: str
    people: str
    kinds: dict[str, str]
    counted: tuple[str, ...]
    complete_through: date


class Reckoning:
    """Counts states and their people on a day, from the laws and the census on file."""

    def __init__(self, place: Jurisdiction, folder: str, scope: Scope) -> None:
        self.place, self.scope = place, scope
        self.folder: Path = place.root / folder
        self.laws = tuple(place.rows(f"{folder}/{scope.laws}"))
        self.order = {kind: n for n, kind in enumerate(scope.kinds)}
        unknown = next((row["kind"] for row in self.laws if row["kind"] not in self.order), None)
        if unknown is not None:
            where = str(self.folder / scope.laws)
            raise RecordError(f"The kind {unknown!r} is not described.", where=where, remedy="Add it to kinds.")
        self.censuses: dict[int, dict[str, int]] = {}
        for row in place.rows(f"{folder}/{scope.people}"):
            self.censuses.setdefault(row["census"], {})[row["state"]] = row["population"]

    def members(self, day: date) -> tuple[tuple[str, str], ...]:
        """The states of a day: code and name."""
        return tuple((m.unit, m.name) for m in self.place.record.roster(self.place.profile.states, day))

    def census(self, day: date) -> int | None:
        """The last census taken by a day (on 1 April)."""
        return max((year for year in self.censuses if date(year, 4, 1) <= day), default=None)

    def people(self, day: date) -> dict[str, int]:
        """State → people at the census that counts on a day; {} before the first one on file."""
        census = self.census(day)
        if census is None:
            return {}
        held = self.censuses[census]
        missing = [code for code, _ in self.members(day) if code not in held]
        if missing:
            where = str(self.folder / self.scope.people)
            raise RecordError(
                f"The census of {census} lacks {missing[0]}.", where=where, remedy="Add the row; missing is not zero."
            )
        return {code: held[code] for code, _ in self.members(day)}

    def has(self, day: date) -> dict[str, int]:
        """State → the furthest kind it had adopted for certain by a day."""
        found: dict[str, int] = {}
        for row in self.laws:
            if interval(row)[1] <= day:
                found[row["state"]] = max(found.get(row["state"], 0), self.order[row["kind"]])
        return found

    def living(self, day: date) -> tuple[Living, ...]:
        """For each kind counted: the states that allow at least that much, and their people."""
        people, has = self.people(day), self.has(day)
        total = sum(people.values())
        found = []
        for kind in self.scope.counted:
            states = [code for code in people if has.get(code, -1) >= self.order[kind]]
            held = sum(people[code] for code in states)
            share = Fraction(held, total) if total else Fraction(0)
            found.append(Living(kind, len(states), held, share, round(100 * float(share), 2)))
        return tuple(found) if total else ()

    def states(self, day: date) -> tuple[StateRow, ...]:
        """The states with a law by the day, or perhaps by it; in order of their names."""
        people, members = self.people(day), dict(self.members(day))
        rows: dict[str, list[Mapping[str, Any]]] = {}
        for row in self.laws:
            if interval(row)[0] <= day:
                rows.setdefault(row["state"], []).append(row)
        found = []
        for code, own in rows.items():
            own.sort(key=lambda row: self.order[row["kind"]])
            sure = [row for row in own if interval(row)[1] <= day]
            others = self.place.profile.not_states.get(code)
            name = members.get(code) or (others.names[0] if others else code)
            found.append(
                StateRow(
                    code,
                    name,
                    code in members,
                    sure[-1]["kind"] if sure else "",
                    tuple(self._law(row) for row in own),
                    tuple(row["kind"] for row in own if row not in sure),
                    people.get(code),
                )
            )
        return tuple(sorted(found, key=lambda row: (not row.member, row.name)))

    def years(self, as_of: date, did: Iterable[tuple[date, str]]) -> tuple[Year, ...]:
        """From the first law's year to the day, or to the day through which the record is complete."""
        last = min(as_of, self.scope.complete_through)
        first = min((row["year"] for row in self.laws), default=last.year + 1)
        found = []
        for year in range(first, last.year + 1):
            until = min(date(year, 12, 31), last)
            added = {
                kind: tuple(
                    sorted(r["state"] for r in self.laws if (r["kind"], r["year"]) == (kind, year) and _by(r, until))
                )
                for kind in self.scope.kinds
            }
            acts = tuple(title for day, title in did if day.year == year and day <= until)
            census = self.census(until)
            if census is not None:
                of = sum(self.people(until).values())
                found.append(Year(year, until, census, of, self.living(until), added, acts))
        return tuple(found)

    def _law(self, row: Mapping[str, Any]) -> StateLaw:
        return StateLaw(
            row["kind"],
            self.scope.kinds[row["kind"]],
            row["date"] or str(row["year"]),
            row["process"] or "",
            row["measure"],
            row["yes"],
            row["no"],
            row["yes_percent"],
            {"yes": True, "no": False}.get(row["exact"] or ""),
            row["chambers"],
            row["legal_from"] or "",
            row["note"],
            row["source"],
        )


def _by(row: Mapping[str, Any], day: date) -> bool:
    return interval(row)[1] <= day


def interval(row: Mapping[str, Any]) -> tuple[date, date]:
    """The first and the last day on which a law can have been adopted."""
    year, *rest = [int(part) for part in (row["date"] or str(row["year"])).split("-")]
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    month, *day = rest
    if not day:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day[0]), date(year, month, day[0])
