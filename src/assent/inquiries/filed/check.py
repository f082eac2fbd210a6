"""Check a file: is it law or record that Assent can use, and if not, what is wrong and where?"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from assent.errors import LawError, LibraryError, RecordError, UnknownName
from assent.inquiries.reproduce import command
from assent.law.library import Law, nodes
from assent.law.loading import load_authorities, load_law_file, load_question, read_yaml
from assent.record.acts import act_of
from assent.record.audit import Finding, audit
from assent.record.dictionary import Dictionary, load_dictionary, read_table
from assent.record.record import Record
from assent.values.dates import FIRST

if TYPE_CHECKING:
    from pathlib import Path

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.procedures import LawFile


class Checked(Struct, frozen=True):
    """A file in which nothing is wrong.

    Attributes
    ----------
    kind
        ``law``, ``question``, ``authorities``, ``record`` or ``dictionary``.
    holds
        What is in it: ids of procedures, the question, the authorities; for a table, how many rows.
    against
        The library that its references were looked up in.
    """

    file: str
    kind: str
    holds: tuple[str, ...]
    rows: int | None
    against: str
    reproduce: str


def check_file(place: Jurisdiction, file: Path) -> Checked:
    """Hold a file to the schema, and each name in it to the library.

    Raises
    ------
    LibraryError
        What is wrong, with file, line, field and remedy.
    """
    if not file.is_file():
        raise LibraryError(
            f"There is no file {file}.", where="FILE", remedy="Give a file of law (.yaml) or of the record (.csv)."
        )
    holds: tuple[str, ...] = ()
    rows = None
    if file.suffix == ".csv":
        kind, rows = "record", _table(place, file)
    elif file.suffix in {".yaml", ".yml"}:
        kind, holds = _yaml(place, file)
    else:
        raise LibraryError(
            f"{file.name} is neither law nor record.",
            where=str(file),
            remedy="Law is written in .yaml, the record in .csv.",
        )
    return Checked(str(file), kind, holds, rows, str(place.root), command("check", str(file)))


class _With(Law):
    """The law on file with one file put in the place of its own procedures."""

    def __init__(self, root: Path, file: Path, law: LawFile) -> None:
        super().__init__(root)
        self._file, self._law = file.resolve(), law

    @cached_property
    def _files(self) -> dict[Path, LawFile]:
        own = {p.procedure for p in self._law.procedures}
        others = {file: law for file, law in super()._files.items() if file.resolve() != self._file}
        rest = {file: law for file, law in others.items() if not own & {p.procedure for p in law.procedures}}
        return {self._file: self._law, **rest}


def _yaml(place: Jurisdiction, file: Path) -> tuple[str, tuple[str, ...]]:
    raw: Any = read_yaml(file)
    if not isinstance(raw, dict):
        raise LawError(
            f"{file.name} holds no fields.",
            where=f"{file}:1",
            remedy="Begin with procedure:, procedures:, question: or authorities:.",
        )
    if "question" in raw:
        question = load_question(file)
        for reading in question.readings:
            for cite in (*reading.authorities, *reading.against):
                place.law.authority(cite)
        return "question", (question.question,)
    if "authorities" in raw:
        return "authorities", tuple(a.id for a in load_authorities(file).authorities)
    if "files" in raw:
        return "dictionary", tuple(load_dictionary(file).files)
    law = load_law_file(file)
    _law(_With(place.root, file, law), law, file)
    return "law", tuple(p.procedure for p in law.procedures)


def _law(whole: Law, own: LawFile, file: Path) -> None:
    whole.procedures  # noqa: B018 - calls are resolved and circles refused here
    for procedure in own.procedures:
        for cite in (*procedure.cite, *(c for node in nodes(procedure.rule) for c in node.cite)):
            whole.authority(cite)
        said = [pair for term in procedure.lawful or () for pair in term.items()]
        for node in nodes(procedure.rule):
            for name, wanted in node.when.items():
                said += [(name, reading) for reading in ((wanted,) if isinstance(wanted, str) else wanted)]
        for name, reading in said:
            known = {q.question: {r.id for r in q.readings} for q in whole.questions.values()}
            missing = None
            if name not in known:
                missing = UnknownName("question of law", name, known)
            elif reading not in known[name]:
                missing = UnknownName(f"reading of {name}", reading, known[name])
            if missing:
                raise LawError(missing.what, where=f"{file}, procedure {procedure.procedure}", remedy=missing.remedy)


def _table(place: Jurisdiction, file: Path) -> int:
    beside = file.parent / "dictionary.yaml"
    dictionary = load_dictionary(beside) if beside.is_file() else _described(place, file)
    if file.name not in dictionary.files:
        missing = UnknownName("file of the data dictionary", file.name, dictionary.files)
        raise RecordError(missing.what, where=str(beside if beside.is_file() else file), remedy=missing.remedy)
    count = 0
    for line, row in read_table(file, dictionary.files[file.name]):
        count += 1
        if file.name == "acts.csv":
            _act(file, line, row)
    home = file.parent.parent
    if file.parent.name == "record" and (home / "law").is_dir():
        record = Record(home)
        for part in ("matters", "acts", "rosters", "completeness"):
            getattr(record, part)
    return count


def _described(place: Jurisdiction, file: Path) -> Dictionary:
    for folder in sorted(place.root.glob("*/dictionary.yaml")):
        dictionary = load_dictionary(folder)
        if file.name in dictionary.files:
            return dictionary
    return place.record.dictionary


def _act(file: Path, line: int, row: dict[str, Any]) -> None:
    try:
        act_of(row, FIRST)
    except ValueError as err:
        field, _, why = str(err).partition(": ")
        raise RecordError(
            f"{field} is {row.get(field)!r}: {why}.",
            where=f"{file}:{line}, field {field}",
            remedy="Correct the row; the data dictionary says what each column means.",
        ) from None


class RecordChecked(Struct, frozen=True):
    """What the record and the lists it was drawn from contradict in each other and in themselves.

    Attributes
    ----------
    rows
        File → rows read; each row was held to the data dictionary.
    findings
        Contradictions; none of them stops Assent, since both sides are kept.
    """

    jurisdiction: str
    rows: dict[str, int]
    findings: tuple[Finding, ...]
    versions: dict[str, str]
    reproduce: str


def check_record(place: Jurisdiction) -> RecordChecked:
    """Read the whole record and say where it is contradicted.

    Raises
    ------
    RecordError
        A row is wrong in itself.
    """
    found = audit(place.record)
    return RecordChecked(place.name, found.rows, found.findings, place.versions, command("record", "check"))
