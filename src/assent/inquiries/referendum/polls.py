"""Polls: what the people of a state were asked about leaving, wording by wording; nothing is averaged."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from assent.inquiries.petition.law import FOLDER
from assent.inquiries.reproduce import command
from assent.law.loading import convert, read_yaml

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction

NATION, REGION, STATE = "nation", "region", "state"


class Poll(Struct, frozen=True):
    """One figure of one poll.

    Attributes
    ----------
    support, oppose, unsure
        Percent of those asked; ``None`` where it is not on file.
    n
        How many were asked in this place and group; ``None`` where it is not on file.
    """

    id: str
    pollster: str
    start: str
    end: str
    place: str
    place_kind: str
    who: str
    n: int | None
    support: float
    oppose: float | None
    unsure: float | None
    note: str
    source: str


class Wording(Struct, frozen=True):
    """A wording, and the polls on file that used it.

    Attributes
    ----------
    measures
        ``support``, or something else that must not be taken for it.
    region
        The region that holds the state, where the wording was asked by region.
    """

    id: str
    asks: str
    measures: str
    note: str
    region: str
    polls: tuple[Poll, ...]


class Polls(Struct, frozen=True):
    """The polls on file, by wording.

    Attributes
    ----------
    note
        Why no figure is made of them together.
    """

    state: str
    name: str
    wordings: tuple[Wording, ...]
    note: str
    as_of: date
    versions: dict[str, str]
    reproduce: str


class _Entry(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    asks: str
    measures: Literal["support", "expectation"]
    note: str = ""


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    wordings: tuple[_Entry, ...]
    regions: dict[str, dict[str, tuple[str, ...]]]
    source: str


NEVER = (
    "The wordings ask different things of different people at different times. Assent makes no average of them and no "
    "forecast of a vote."
)


def polls_of(place: Jurisdiction, state: str, as_of: date) -> Polls:
    """The polls on one's own state leaving that touch a state: its own, its region's and the nation's.

    Raises
    ------
    UnknownName
        No such state.
    """
    from assent.inquiries.states import find_state

    code, name = find_state(place, state, as_of)
    return Polls(
        code,
        name,
        wordings_of(place, code, as_of),
        NEVER,
        as_of,
        place.versions,
        command("referendum", code, as_of=as_of),
    )


def wordings_of(place: Jurisdiction, code: str, as_of: date) -> tuple[Wording, ...]:
    """Wordings with the polls on file that had ended by a day, those of the state first."""
    file = place.root / FOLDER / "wordings.yaml"
    held = convert(read_yaml(file), _File, file)
    rows = [row for row in place.rows(f"{FOLDER}/polls.csv") if row["field_start"] <= as_of.isoformat()]
    found = []
    for entry in held.wordings:
        regions = held.regions.get(entry.id, {})
        region = next((name for name, states in regions.items() if code in states), "")
        polls = [_poll(row) for row in rows if row["wording"] == entry.id and _touches(row, code, region)]
        if polls:
            order = sorted(polls, key=lambda p: (p.place_kind != STATE, p.place_kind != REGION, p.start, p.who))
            found.append(
                Wording(entry.id, " ".join(entry.asks.split()), entry.measures, entry.note, region, tuple(order))
            )
    return tuple(found)


def _touches(row: dict[str, Any], code: str, region: str) -> bool:
    kind = row["place_kind"]
    return bool(kind == NATION or row["place"] == (code if kind == STATE else region or None))


def _poll(row: dict[str, Any]) -> Poll:
    return Poll(
        row["id"],
        row["pollster"],
        row["field_start"],
        row["field_end"],
        row["place"],
        row["place_kind"],
        row["who"],
        row["n"],
        row["support"],
        row["oppose"],
        row["unsure"],
        row["note"],
        row["source"],
    )
