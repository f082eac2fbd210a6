"""Staleness: how old each file of data is, through which day it is complete, and what in it was only recalled."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from assent.inquiries.filed.wording import flat
from assent.inquiries.reproduce import command
from assent.record.dictionary import load_dictionary, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.record.dictionary import Table

DRAWN = ("geometry", "cases")  # what draws or tests, and is no data
SPOKEN_OF = ("as_of", "through")  # columns that say up to when a row speaks
RECALLED = "recalled"


class DataFile(Struct, frozen=True):
    """A file of data.

    Attributes
    ----------
    oldest, newest
        The days up to which its rows speak, first and last; ``None`` where no column says it.
    age
        Days from ``newest`` to the day asked about; ``None`` likewise.
    last
        The last day on which something in it happened; ``None`` where nothing in it has a day.
    recalled
        Rows that were not read in a text; ``None`` where rows do not say.
    sources
        How many different ones it has.
    """

    file: str
    about: str
    rows: int
    oldest: date | None
    newest: date | None
    age: int | None
    last: date | None
    recalled: int | None
    sources: int


class Complete(Struct, frozen=True):
    """Through which day silence about acts of a kind on a matter means that there was none."""

    matter: str
    title: str
    act: str
    through: date
    age: int
    note: str
    standing: str
    source: str


class Gap(Struct, frozen=True):
    """A matter, and the kinds of act on it that may not all be on file: silence about them says nothing."""

    matter: str
    title: str
    acts: tuple[str, ...]


class Recalled(Struct, frozen=True):
    """An authority whose text was not before the author."""

    id: str
    title: str
    kind: str


class Staleness(Struct, frozen=True):
    """How old the data are.

    Attributes
    ----------
    recalled
        Authorities that were recalled; ``authorities`` is how many there are in all.
    """

    jurisdiction: str
    title: str
    as_of: date
    files: tuple[DataFile, ...]
    complete: tuple[Complete, ...]
    gaps: tuple[Gap, ...]
    authorities: int
    recalled: tuple[Recalled, ...]
    licences: str
    versions: dict[str, str]
    reproduce: str


def staleness_of(place: Jurisdiction, as_of: date) -> Staleness:
    """How old each file of data is on a day, and what is missing from it.

    Raises
    ------
    RecordError
        A file is wrong in itself.
    """
    record = place.record
    complete = tuple(
        Complete(one.matter, record.matters[one.matter].title, one.act, one.through, (as_of - one.through).days,
                 one.note, one.standing, one.source)
        for one in record.completeness.values()
    )  # fmt: skip
    licences = place.root / "geometry" / "LICENSES.txt"
    return Staleness(
        place.name,
        place.profile.title,
        as_of,
        tuple(_aged(file, as_of) for file in _files(place)),
        complete,
        tuple(_gaps(place)),
        len(place.law.authorities),
        tuple(
            Recalled(one.id, one.title, one.kind) for one in place.law.authorities.values() if one.standing == RECALLED
        ),
        licences.read_text(encoding="utf-8") if licences.is_file() else "",
        place.versions,
        command("record", "staleness", as_of=as_of),
    )


class _File(NamedTuple):
    """What a file says, whatever day it is."""

    name: str
    about: str
    rows: int
    spoken_of: tuple[date, ...]
    past: tuple[date, ...]
    recalled: int | None
    sources: int


@lru_cache(maxsize=8)
def _files(place: Jurisdiction) -> tuple[_File, ...]:
    """The files of data, which are read once."""
    return tuple(_read(place))


def _read(place: Jurisdiction) -> Iterator[_File]:
    for folder in sorted(file.parent for file in place.root.glob("*/dictionary.yaml")):
        if folder.name in DRAWN:
            continue
        for name, table in load_dictionary(folder / "dictionary.yaml").files.items():
            if (folder / name).is_file():
                rows = [row for _, row in read_table(folder / name, table)]
                yield _file(f"{folder.name}/{name}", table, rows)


def _file(name: str, table: Table, rows: list[dict[str, Any]]) -> _File:
    days = [n for n, column in table.columns.items() if column.type == "date" and n not in SPOKEN_OF]
    held = "standing" in table.columns
    return _File(
        name,
        flat(table.about),
        len(rows),
        tuple(sorted(set(_days(rows, SPOKEN_OF)))),
        tuple(sorted(set(_days(rows, days)))),
        sum(row["standing"] == RECALLED for row in rows) if held else None,
        len({row["source"] for row in rows if row.get("source")}),
    )


def _aged(file: _File, as_of: date) -> DataFile:
    through, before = file.spoken_of, bisect_right(file.past, as_of)
    return DataFile(
        file.name,
        file.about,
        file.rows,
        through[0] if through else None,
        through[-1] if through else None,
        (as_of - through[-1]).days if through else None,
        file.past[before - 1] if before else None,
        file.recalled,
        file.sources,
    )


def _days(rows: Iterable[dict[str, Any]], columns: Iterable[str]) -> Iterator[date]:
    """The days in some columns; a month or a year alone is none."""
    named = tuple(columns)
    for row in rows:
        for column in named:
            said = row.get(column)
            if isinstance(said, date):
                yield said
            elif isinstance(said, str) and len(said) == len("YYYY-MM-DD"):
                yield date.fromisoformat(said)


def _gaps(place: Jurisdiction) -> Iterator[Gap]:
    """What is on file of a matter without a day through which it is all on file."""
    record = place.record
    for matter, acts in record.acts.items():
        kinds = dict.fromkeys(one.act for one in acts if one.actor.partition("/")[0] != place.name)
        open_ = tuple(kind for kind in kinds if (matter, kind) not in record.completeness)
        if open_:
            yield Gap(matter, record.matters[matter].title, open_)
