"""The record on file: who did what about which matter, when, and since when that is known."""

from __future__ import annotations

from csv import DictReader
from csv import Error as CsvError
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from assent.errors import RecordError, UnknownName, nearest
from assent.record.acts import Completeness, Matter, Membership, act_of, membership_of
from assent.record.dictionary import Dictionary, load_dictionary, read_table
from assent.values.dates import DAY, FIRST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from assent.record.acts import Act

T = TypeVar("T")
BEFORE = frozenset({"propose", "agree", "transmit"})
"""Acts that may come before the day a matter counts as proposed: a first passage, an agreement to it."""


class Record:
    """The record of one jurisdiction, read from a folder.

    Parameters
    ----------
    root
        The jurisdiction's folder in the library; holds ``record/`` and ``facts/``, each with its dictionary.

    Raises
    ------
    RecordError
        When a row is wrong (on first use of its file).
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def dictionary(self) -> Dictionary:
        """What each column of the record means."""
        return load_dictionary(self.root / "record" / "dictionary.yaml")

    @cached_property
    def facts_dictionary(self) -> Dictionary:
        """What each column of the facts means."""
        return load_dictionary(self.root / "facts" / "dictionary.yaml")

    @cached_property
    def matters(self) -> dict[str, Matter]:
        """Matters by id, in the order of the file."""
        return {m.id: m for m in self._rows("matters.csv", lambda row: Matter(**row))}

    @cached_property
    def acts(self) -> dict[str, tuple[Act, ...]]:
        """Acts by matter, in order of their earliest day."""
        begun = {m.id: m.proposed_on or FIRST for m in self.matters.values()}
        by_matter: dict[str, list[Act]] = {}
        units = {m.unit for rows in self.rosters.values() for m in rows}
        units |= {self.root.name} | {name.partition("/")[0] for name in self.rosters}

        def build(row: dict[str, Any]) -> Act:
            unit = row["actor"].partition("/")[0]
            if unit not in units:
                raise ValueError(f"actor: {unit} is on no roster; did you mean {nearest(unit, units)}?")
            act = act_of(row, begun[row["matter"]])
            if act.act not in BEFORE and act.latest and act.latest < begun[act.matter]:
                raise ValueError(f"date: {act.when} is before the matter was proposed, on {begun[act.matter]}")
            return act

        for act in self._rows("acts.csv", build):
            by_matter.setdefault(act.matter, []).append(act)
        order: Callable[[Act], Any] = lambda a: (a.earliest, a.latest or a.earliest, a.id)  # noqa: E731
        return {matter: tuple(sorted(acts, key=order)) for matter, acts in by_matter.items()}

    @cached_property
    def act_by_id(self) -> dict[str, Act]:
        """Every act by its id."""
        return {act.id: act for acts in self.acts.values() for act in acts}

    @cached_property
    def rosters(self) -> dict[str, tuple[Membership, ...]]:
        """Memberships by roster, in order of entry."""
        by_roster: dict[str, list[Membership]] = {}
        for row in self._rows("rosters.csv", membership_of):
            by_roster.setdefault(row.roster, []).append(row)
        return {name: tuple(sorted(rows, key=lambda m: (m.since, m.unit))) for name, rows in by_roster.items()}

    @cached_property
    def roster_days(self) -> tuple[date, ...]:
        """The days on which somebody entered or left a roster, in order."""
        rows = [m for members in self.rosters.values() for m in members]
        return tuple(sorted({m.since for m in rows} | {m.until + DAY for m in rows if m.until}))

    def departures(self, until: date) -> tuple[date, ...]:
        """The last days of those who left a roster by a day."""
        return tuple(sorted({m.until for rows in self.rosters.values() for m in rows if m.until and m.until <= until}))

    @cached_property
    def completeness(self) -> dict[tuple[str, str], Completeness]:
        """Up to when the acts of a kind on a matter are all on file."""
        rows = self._rows("completeness.csv", lambda row: Completeness(**row))
        return {(row.matter, row.act): row for row in rows}

    def matter(self, name: str) -> Matter:
        """The matter of that id.

        Raises
        ------
        UnknownName
            There is none.
        """
        if name not in self.matters:
            raise UnknownName("matter on file", name, self.matters)
        return self.matters[name]

    def roster(self, name: str, day: date) -> tuple[Membership, ...]:
        """Who is on a roster on a day, in order of entry (nobody, when the roster is not on file)."""
        return tuple(m for m in self.rosters.get(name, ()) if m.holds(day))

    def known_by(self, matter: str, unit: str, day: date) -> bool:
        """Whether any act of a unit on a matter had become known by a day."""
        return any(a.recorded_on <= day for a in self.acts.get(matter, ()) if a.actor.partition("/")[0] == unit)

    def facts(self, name: str) -> list[dict[str, Any]]:
        """The rows of a file of facts, checked against the facts' dictionary; the file is read once.

        Raises
        ------
        RecordError
            The file is not described, or a row is wrong.
        """
        if name not in self._known_facts:
            self._known_facts[name] = [row for _, row in self._read(self.root / "facts" / name, self.facts_dictionary)]
        return [dict(row) for row in self._known_facts[name]]

    def table(self, name: str) -> list[tuple[int, dict[str, Any]]]:
        """The rows of a file of the record with their line numbers, checked against its dictionary.

        Raises
        ------
        RecordError
            The file is not described, or a row is wrong.
        """
        return list(self._read(self.root / "record" / name, self.dictionary))

    def _rows(self, name: str, build: Callable[[dict[str, Any]], T]) -> Iterable[T]:
        file = self.root / "record" / name
        for line, row in self._read(file, self.dictionary):
            try:
                yield build(row)
            except ValueError as err:
                field, _, why = str(err).partition(": ")
                raise RecordError(
                    f"{field} is '{row.get(field)}': {why}.",
                    where=f"{file}:{line}, field {field}",
                    remedy="Correct the row; the data dictionary says what each column means.",
                ) from None

    def _read(self, file: Path, dictionary: Dictionary) -> Iterator[tuple[int, dict[str, Any]]]:
        if file.name not in dictionary.files:
            raise RecordError(
                f"{file.name} is not described in the data dictionary.",
                where=str(file.parent / "dictionary.yaml"),
                remedy="Describe its columns there.",
            )
        table = dictionary.files[file.name]
        named = [(name, self._keys(column.references)) for name, column in table.columns.items() if column.references]
        for line, row in read_table(file, table):
            for name, keys in named:
                if row[name] and row[name] not in keys:
                    missing = UnknownName(f"row of {table.columns[name].references}", row[name], keys)
                    where = f"{file}:{line}, field {name}"
                    raise RecordError(f"{name}: {missing.what}", where=where, remedy=missing.remedy)
            yield line, row

    def _keys(self, name: str) -> frozenset[str]:
        """The ids in a file of the record, read without anything else of it."""
        if name not in self._known_keys:
            try:
                # Bytes that are no text are left to read_table, which says where they stand.
                with (self.root / "record" / name).open(encoding="utf-8-sig", errors="replace", newline="") as handle:
                    self._known_keys[name] = frozenset(row.get("id", "") for row in DictReader(handle))
            except OSError as err:
                raise RecordError(
                    f"{name} cannot be read: {err.strerror}.",
                    where=str(self.root / "record"),
                    remedy="Put the file back; the dictionary beside it says what it holds.",
                ) from None
            except CsvError as err:
                where = str(self.root / "record" / name)
                raise RecordError(f"Not CSV: {err}.", where=where, remedy="Check its quotes.") from None
        return self._known_keys[name]

    @cached_property
    def _known_facts(self) -> dict[str, list[dict[str, Any]]]:
        return {}

    @cached_property
    def _known_keys(self) -> dict[str, frozenset[str]]:
        return {}
