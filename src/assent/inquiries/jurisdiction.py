"""A jurisdiction: its law and its record on file, with the version of each."""

from __future__ import annotations

import os
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct

from assent.errors import QueryError, RecordError, UnknownName
from assent.inquiries.cases import Cases
from assent.law.library import Law
from assent.law.loading import convert, read_yaml
from assent.record.dictionary import load_dictionary, read_table
from assent.record.record import Record

LAW_FOLDERS = ("law", "authorities")
LIBRARY = Path(__file__).resolve().parent.parent / "library"


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a figure stands: a file of facts, the column of the key and of the value, and since when it holds."""

    file: str
    key: str
    value: str
    what: str = ""
    since: date | None = None


class Seating(Struct, frozen=True, forbid_unknown_fields=True):
    """A file that counts the members of bodies by party.

    A row is a body, or a unit whose members of one ``body`` it counts. ``parties`` names the party of each column,
    ``vacant`` is the column of the seats that nobody holds.
    """

    file: str
    key: str
    parties: dict[str, str]
    vacant: str = ""
    body: str = ""


class NeedOf(Struct, frozen=True, forbid_unknown_fields=True):
    """A figure that is a need of a procedure: the need of that body, or its first need."""

    procedure: str
    body: str = ""


class Outcome(Struct, frozen=True, forbid_unknown_fields=True):
    """A figure that is a matter's outcome under given readings."""

    matter: str
    readings: dict[str, str] = {}


class Tally(Struct, frozen=True, forbid_unknown_fields=True):
    """A figure that counts the rows of a file that meet the conditions, or lists them in the words of ``shows``."""

    file: str
    where: dict[str, str] = {}
    shows: str = ""


class Figures(Struct, frozen=True, forbid_unknown_fields=True):
    """The computed values that texts may name in braces."""

    needs: dict[str, NeedOf] = {}
    outcomes: dict[str, Outcome] = {}
    rows: dict[str, Tally] = {}


class NotState(Struct, frozen=True, forbid_unknown_fields=True):
    """A place that somebody may take for a state: what it is called, and what it is."""

    names: tuple[str, ...]
    why: str


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    """What a jurisdiction is called and where its figures stand; one ``jurisdiction.yaml`` each."""

    jurisdiction: str
    title: str
    states: str
    population: Place
    chambers: Place
    chamber_unit: str
    bodies: Place
    delegations: dict[str, Place]
    parties: dict[str, str]
    state_side_since: date
    finding: str
    names: dict[str, str] = {}
    seating: tuple[Seating, ...] = ()
    regions: Place | None = None
    figures: Figures = Figures()
    not_states: dict[str, NotState] = {}


class Jurisdiction:
    """The law and record of one jurisdiction.

    Parameters
    ----------
    name
        The folder's name in the library, or the beginning of a matter's or procedure's id; empty where the library
        holds one jurisdiction.
    library
        The library's folder; the one that ships unless given (or named by ``ASSENT_LIBRARY``).

    Raises
    ------
    QueryError
        There is no such library or jurisdiction.
    """

    def __init__(self, name: str = "", library: Path | None = None) -> None:
        folder = library or Path(os.environ.get("ASSENT_LIBRARY") or LIBRARY)
        if not folder.is_dir():
            raise QueryError(
                f"There is no library at {folder}.", where="--library", remedy="Give a folder that exists."
            )
        known = sorted(p.name for p in folder.iterdir() if (p / "law").is_dir())
        name = name.partition("/")[0] or (known[0] if len(known) == 1 else "")
        if not known and (folder / "law").is_dir():
            raise QueryError(
                f"{folder} is one jurisdiction, not a library of them.",
                where="--library",
                remedy=f"Give the folder that holds it: {folder.parent}.",
            )
        if name not in known:
            raise UnknownName("jurisdiction on file", name, known)
        self.name, self.root = name, folder / name
        self.law, self.record = Law(self.root), Record(self.root)
        self.cases = Cases(self.law, self.record)

    @cached_property
    def profile(self) -> Profile:
        """What it is called and where its figures stand."""
        file = self.root / "jurisdiction.yaml"
        return convert(read_yaml(file), Profile, file)

    def figures(self, place: Place, day: date) -> dict[str, int]:
        """The figures at a place that hold on a day: key → whole number (a row without one is left out, not zero)."""
        if place.since and day < place.since:
            return {}
        rows = self.record.facts(place.file)
        return {row[place.key]: row[place.value] for row in rows if row[place.value] is not None}

    def rows(self, file: str) -> list[dict[str, Any]]:
        """The rows of a file of this jurisdiction, as ``folder/file.csv``, checked against its folder's dictionary."""
        folder, _, name = file.rpartition("/")
        table = load_dictionary(self.root / folder / "dictionary.yaml").files.get(name)
        if table is None:
            raise RecordError(
                f"{name} is not described in the data dictionary.",
                where=str(self.root / folder / "dictionary.yaml"),
            )
        return [row for _, row in read_table(self.root / folder / name, table)]

    @cached_property
    def chambers(self) -> dict[str, dict[str, Any]]:
        """Chambers of the states' legislatures by id."""
        return {row[self.profile.chambers.key]: row for row in self.record.facts(self.profile.chambers.file)}

    @cached_property
    def versions(self) -> dict[str, str]:
        """Version of the program, and digests (SHA-256, first 12 digits) of the law and of all other data."""
        from assent import __version__

        drawn = {*LAW_FOLDERS, "cases", "geometry"}  # cases test the law, geometry draws it: neither is an answer's
        data = sorted(folder.name for folder in self.root.iterdir() if folder.is_dir() and folder.name not in drawn)
        return {
            "assent": __version__,
            "law": self._digest(*LAW_FOLDERS),
            "record": self._digest(*data),
        }

    def _digest(self, *folders: str) -> str:
        digest = sha256()
        for folder in folders:
            for file in sorted((self.root / folder).rglob("*")):
                if file.is_file() and file.suffix in {".yaml", ".csv"}:
                    digest.update(file.relative_to(self.root).as_posix().encode())
                    digest.update(file.read_bytes())
        return digest.hexdigest()[:12]
