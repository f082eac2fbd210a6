"""Read the law from its files, and say where one is wrong."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import yaml

from assent.errors import LawError
from assent.law.citations import AuthorityFile
from assent.law.procedures import LawFile, Procedure
from assent.law.questions import Question
from assent.values.fractions import read_fraction
from assent.values.yaml import line_of, parse

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")
_AT = re.compile(r" - at `(?:key in )?(\$[^`]*)`$")


def load_law_file(file: Path) -> LawFile:
    """A file under ``law/``: one procedure, or lists of procedures and own rules.

    Raises
    ------
    LawError
        With file, line, field and remedy.
    """
    raw = read_yaml(file)
    if isinstance(raw, dict) and "procedure" in raw:
        return LawFile(procedures=(convert(raw, Procedure, file),))
    return convert(raw, LawFile, file)


def load_question(file: Path) -> Question:
    """A file under ``law/questions/``: one question of law.

    Raises
    ------
    LawError
        With file, line, field and remedy.
    """
    return convert(read_yaml(file), Question, file)


def load_authorities(file: Path) -> AuthorityFile:
    """A file under ``authorities/``.

    Raises
    ------
    LawError
        With file, line, field and remedy.
    """
    return convert(read_yaml(file), AuthorityFile, file)


def read_yaml(file: Path) -> Any:
    """Parse a YAML file into plain values.

    Raises
    ------
    LawError
        The file is missing, or is no YAML (with the line).
    """
    try:
        return parse(file.read_text(encoding="utf-8"))
    except OSError as err:
        raise LawError(f"{file.name} cannot be read: {err.strerror}.", where=str(file)) from None
    except UnicodeDecodeError:
        raise LawError(f"{file.name} is not UTF-8 text.", where=str(file), remedy="Save it as UTF-8.") from None
    except yaml.MarkedYAMLError as err:
        line = (err.problem_mark.line + 1) if err.problem_mark else 1
        problem = str(err.problem or "not YAML")
        where = f"{file}:{line}"
        raise LawError(f"Not YAML: {problem}.", where=where, remedy="Check indentation and quotes there.") from None


def convert(raw: Any, kind: type[T], file: Path) -> T:
    """Turn plain values into a frozen type, strictly.

    Raises
    ------
    LawError
        A field is missing, unknown, or holds a value it may not (with file, line, field and remedy).
    """
    try:
        return msgspec.convert(raw, kind, dec_hook=_decode)
    except msgspec.ValidationError as err:
        said = str(err)
        found = _AT.search(said)
        path = found.group(1) if found else "$"
        problem = said[: found.start()] if found else said
        where = f"{file}:{line_of(file, path)}, field {path.removeprefix('$.') or 'file'}"
        raise LawError(problem + ".", where=where, remedy=_remedy(problem, kind)) from None


def _decode(kind: type, value: Any) -> Any:
    if kind is Fraction:
        return read_fraction(value)
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    raise ValueError(f"{value!r} is no {kind.__name__}")


def _remedy(problem: str, kind: type) -> str:
    if "unknown field" in problem:
        return "Remove it, or see the schema for the fields there are (assent schema)."
    if "missing required field" in problem:
        return "Add the field."
    if "Nearest valid value" in problem or "must be" in problem or "write it as" in problem:
        return "Correct the value."
    return f"Correct it to what the schema of {kind.__name__.lower()} asks for."
