"""Acts, matters and what is known of them: the rows of the record, typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Act:
    """Something an actor did about a matter, when it happened and when it became known.

    ``earliest`` and ``latest`` bound the day; they are equal when the day is known. ``latest`` is ``None`` when nothing
    bounds it. Votes are ``None`` when they are not on file (which is not zero).
    """

    id: str
    matter: str
    actor: str
    act: str
    precision: str
    earliest: date
    latest: date | None
    recorded_on: date
    yes: int | None
    no: int | None
    present: int | None
    absent: int | None
    of_act: str
    limit: date | None
    instrument: str
    confidence: str
    resolution: str
    alt_dates: str
    note: str
    standing: str
    source: str

    @property
    def dated(self) -> bool:
        """Whether the day itself is known."""
        return self.earliest == self.latest

    @property
    def when(self) -> str:
        """The date as far as it is known, for a reader."""
        if self.dated:
            return self.earliest.isoformat()
        if self.precision == "year":
            return str(self.earliest.year)
        if self.precision == "month":
            return f"{self.earliest:%Y-%m}"
        return "undated"


@dataclass(frozen=True, slots=True)
class Matter:
    """The thing decided: an amendment, an admission, an exit, an application."""

    id: str
    kind: str
    title: str
    subject: str
    unit: str
    procedure: str
    proposed_on: date | None
    signed_on: date | None
    clock_limit: date | None
    clock_place: str
    official_stage: str
    official_completed_on: date | None
    official_note: str
    certified_on: date | None
    known_on: date | None
    count_phrase: str
    standing: str
    source: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A unit's time on a roster."""

    roster: str
    unit: str
    name: str
    since: date
    until: date | None
    how: str
    standing: str
    source: str

    def holds(self, day: date) -> bool:
        """Whether the unit is on the roster that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Completeness:
    """Up to which day silence about an act on a matter means "not done"."""

    matter: str
    act: str
    through: date
    note: str
    standing: str
    source: str


def membership_of(row: dict[str, Any]) -> Membership:
    """A membership from a row that the data dictionary has passed.

    Raises
    ------
    ValueError
        It ends before it begins.
    """
    if row["to"] and row["to"] < row["from"]:
        raise ValueError(f"to: it ends on {row['to']}, before it begins on {row['from']}")
    fields = ("roster", "unit", "name", "from", "to", "how", "standing", "source")
    return Membership(*(row[field] for field in fields))


def act_of(row: dict[str, Any], begun: date) -> Act:
    """An act from a row that the data dictionary has passed.

    Parameters
    ----------
    row
        Column → value.
    begun
        The first day on which the act could have happened when its row does not bound it.

    Raises
    ------
    ValueError
        The row contradicts itself.
    """
    earliest, latest = _bounds(row, begun)
    if latest is not None and latest < earliest:
        raise ValueError(f"date: the latest day {latest} is before the earliest {earliest}")
    given = {k: v for k, v in row.items() if k in Act.__slots__ and k not in {"earliest", "latest", "recorded_on"}}
    recorded = row.get("recorded_on") or latest or earliest
    if recorded < earliest:
        raise ValueError(f"recorded_on: it became known on {recorded}, before it happened on {earliest}")
    return Act(**given, earliest=earliest, latest=latest, recorded_on=recorded)


def _bounds(row: dict[str, Any], begun: date) -> tuple[date, date | None]:
    written: str = row.get("date") or ""
    if row["precision"] == "day":
        if len(written) != len("YYYY-MM-DD"):
            raise ValueError(f"date: the precision is day, and the date is {written or 'empty'}")
        day = date.fromisoformat(written)
        return day, day
    parts = [int(p) for p in written.split("-")] if written else []
    if len(parts) == 1:
        first, last = date(parts[0], 1, 1), date(parts[0], 12, 31)
    elif len(parts) == 2:
        first = date(parts[0], parts[1], 1)
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    else:
        first, last = begun, None
    return row.get("earliest") or first, row.get("latest") or last
