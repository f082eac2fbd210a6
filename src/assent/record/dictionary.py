"""The data dictionary: what each column of each file means, and the reader that holds rows to it."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import msgspec
import yaml
from msgspec import Struct

from assent.errors import RecordError, nearest
from assent.values.fractions import read_fraction
from assent.values.yaml import line_of, parse, steps_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Kind = Literal["id", "code", "text", "date", "integer", "decimal", "fraction", "enum"]


class Column(Struct, frozen=True, forbid_unknown_fields=True):
    """One column: its type and meaning, whether it must be filled, the values allowed, its unit.

    ``partial`` lets a date be a year or a month; ``references`` names the file whose key the value must be.
    """

    type: Kind
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    partial: bool = False
    references: str = ""
    unit: str = ""


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """One file: what a row is, and its columns in order."""

    about: str
    columns: dict[str, Column]
    key: tuple[str, ...] = ()


class Dictionary(Struct, frozen=True, forbid_unknown_fields=True):
    """A folder's files and their columns."""

    files: dict[str, Table]
    about: str = ""


def load_dictionary(file: Path) -> Dictionary:
    """Read ``dictionary.yaml``.

    Raises
    ------
    RecordError
        With file, line and field.
    """
    try:
        raw = parse(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as err:
        said = " ".join(str(err).split())
        raise RecordError(f"The data dictionary cannot be read: {said}.", where=str(file)) from None
    for steps, part, kind in _parts(raw):
        try:
            msgspec.convert(part, kind)
        except msgspec.ValidationError as err:
            problem, _, path = str(err).partition(" - at `")
            where = (*steps, *steps_of(path.rstrip("`")))
            field = ".".join(str(step) for step in where) or "file"
            raise RecordError(
                f"{problem}.",
                where=f"{file}:{line_of(file, where)}, field {field}",
                remedy="Correct the data dictionary.",
            ) from None
    return msgspec.convert(raw, Dictionary)


def _parts(raw: Any) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Each column, then each table, then the whole: so that the first thing wrong is named by its own place."""
    files = raw.get("files") if isinstance(raw, dict) else None
    for name, table in files.items() if isinstance(files, dict) else ():
        columns = table.get("columns") if isinstance(table, dict) else None
        for column, said in columns.items() if isinstance(columns, dict) else ():
            yield ("files", name, "columns", column), said, Column
        yield ("files", name), table, Table
    yield (), raw, Dictionary


def read_table(file: Path, table: Table) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a file, converted and checked, each with its line number.

    Yields
    ------
    tuple
        Line (from 1, the header being line 1) and a mapping of column to value; an empty cell is ``None`` (text: "").

    Raises
    ------
    RecordError
        A row that is wrong, by file, line, field, value and remedy.
    """
    try:
        handle = file.open(encoding="utf-8-sig", newline="")
    except OSError as err:
        raise RecordError(
            f"{file.name} cannot be read: {err.strerror}.", where=str(file), remedy="Put the file back."
        ) from None
    with handle:
        reader = csv.reader(handle, strict=True)
        try:
            header = next(reader, [])
            columns = _columns(file, table, header)
            absent = {n: "" if _reader(c) is str else None for n, c in table.columns.items() if n not in header}
            seen: dict[Any, int] = {}
            for cells in reader:
                line = reader.line_num
                if len(cells) != len(columns):
                    raise RecordError(
                        f"The row has {len(cells)} cells; the header has {len(columns)}.",
                        where=f"{file}:{line}",
                        remedy="Quote cells that contain commas, and fill missing cells with nothing.",
                    )
                row: dict[str, Any] = dict(absent)
                for (name, column, read), cell in zip(columns, cells, strict=True):
                    if not cell:
                        if column.required:
                            raise _bad(
                                file,
                                line,
                                name,
                                cell,
                                "it is empty",
                                "Fill it; this column may not be empty.",
                            )
                        row[name] = "" if read is str else None
                        continue
                    try:
                        row[name] = read(cell)
                    except ValueError as err:
                        raise _bad(file, line, name, cell, str(err), _remedy(column, cell)) from None
                if table.key:
                    key = tuple(row[k] for k in table.key)
                    if key in seen:
                        name = ", ".join(table.key)
                        raise _bad(
                            file,
                            line,
                            name,
                            key[0],
                            f"it stands on line {seen[key]} too",
                            "Give each row a key of its own.",
                        )
                    seen[key] = line
                yield line, row
        except csv.Error as err:
            raise RecordError(
                f"Not CSV: {err}.", where=f"{file}:{reader.line_num}", remedy="Check its quotes."
            ) from None
        except UnicodeDecodeError:
            raise RecordError(f"{file.name} is not UTF-8 text.", where=str(file), remedy="Save it as UTF-8.") from None


def _columns(file: Path, table: Table, header: list[str]) -> list[tuple[str, Column, Callable[[str], Any]]]:
    for name in header:
        if name not in table.columns:
            near = nearest(name, table.columns)
            raise RecordError(
                f"Column {name!r} is not in the data dictionary.",
                where=f"{file}:1, field {name}",
                remedy=f"Did you mean {near}? Else describe it in dictionary.yaml.",
            )
    twice = next((name for place, name in enumerate(header) if name in header[:place]), None)
    if twice is not None:
        raise RecordError(
            f"Column {twice!r} stands twice.", where=f"{file}:1, field {twice}", remedy="Keep one of the two."
        )
    missing = [name for name, column in table.columns.items() if name not in header and column.required]
    if missing:
        raise RecordError(
            f"Column {missing[0]!r} is missing.",
            where=f"{file}:1",
            remedy="Add it to the header and to each row.",
        )
    return [(name, table.columns[name], _reader(table.columns[name])) for name in header]


def _reader(column: Column) -> Callable[[str], Any]:
    if column.allowed:
        allowed = frozenset(column.allowed)

        def member(cell: str) -> str:
            if cell not in allowed:
                raise ValueError("it is none of the values allowed")
            return cell

        return member
    return _partial if column.partial else _READERS[column.type]


@lru_cache(maxsize=4096)
def _day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError("it is no date of the calendar") from None


def _partial(cell: str) -> str:
    parts = cell.split("-")
    if not all(p.isdigit() for p in parts) or [len(p) for p in parts] not in ([4], [4, 2], [4, 2, 2]):
        raise ValueError("it is no year, month or date")
    _day("-".join([*parts, "01", "01"][:3]) if len(parts) < len("ymd") else cell)
    return cell


def _integer(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError("it is no whole number")
    return int(cell)


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        raise ValueError("it is no number") from None


_READERS: dict[str, Callable[[str], Any]] = {
    "id": str,
    "text": str,
    "code": str,
    "enum": str,
    "date": _day,
    "integer": _integer,
    "decimal": _number,
    "fraction": read_fraction,
}


def _bad(file: Path, line: int, field: str, value: object, why: str, remedy: str) -> RecordError:
    return RecordError(f"{field} is {value!r}: {why}.", where=f"{file}:{line}, field {field}", remedy=remedy)


def _remedy(column: Column, cell: str) -> str:
    if column.allowed:
        return f"Did you mean {nearest(cell, column.allowed)}? Valid: {', '.join(column.allowed)}."
    if column.partial:
        return "Write YYYY, YYYY-MM or YYYY-MM-DD."
    return {
        "date": "Write YYYY-MM-DD.",
        "integer": "Write digits alone, or leave it empty when it is not known.",
        "decimal": "Write a decimal number, or leave it empty when it is not known.",
        "fraction": "Write an exact fraction, as 2/3.",
    }.get(column.type, "Correct the value.")
