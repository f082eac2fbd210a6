"""Read the law from its files, and say where one is wrong."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import msgspec.inspect
import yaml

from assent.errors import LawError, nearest
from assent.law.citations import AuthorityFile
from assent.law.procedures import LawFile, Procedure
from assent.law.questions import Question
from assent.values.fractions import read_fraction
from assent.values.yaml import line_of, parse, steps_of

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
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
    except yaml.reader.ReaderError as err:
        said = f"Not YAML: character {err.character!r} at place {err.position}."
        raise LawError(said, where=str(file), remedy="Remove it.") from None
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
        what, rest = _told(str(err), kind, file)
        raise LawError(what, **rest) from None


def _told(said: str, kind: Any, file: Path) -> tuple[str, dict[str, str]]:
    """A validation message as what, where and remedy; an unknown field is found on its own line."""
    found = _AT.search(said)
    problem = said[: found.start()] if found else said
    path = found.group(1) if found else "$"
    steps = steps_of(path)
    unknown = _UNKNOWN.search(problem)
    if unknown:
        steps = (*steps, unknown.group(1))
    field = f"{path}.{unknown.group(1)}" if unknown else path
    field = field.removeprefix("$").removeprefix(".")
    where = f"{file}:{line_of(file, steps)}, field {field or 'file'}"
    return problem + ".", {"where": where, "remedy": _remedy(problem, kind, unknown.group(1) if unknown else "")}


def _decode(kind: type, value: Any) -> Any:
    if kind is Fraction:
        return read_fraction(value)
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    raise ValueError(f"{value!r} is no {kind.__name__}")


def _remedy(problem: str, kind: Any, unknown: str) -> str:
    if unknown:
        near = nearest(unknown, _fields(kind))
        return f"Did you mean {near}? Else remove it; assent schema lists the fields there are."
    if "missing required field" in problem:
        return "Add the field."
    if "Nearest valid value" in problem or "must be" in problem or "write it as" in problem:
        return "Correct the value."
    return "Correct it to what the schema asks for (assent schema)."


def _fields(kind: Any) -> set[str]:
    """The names of all fields of a type and of those below it."""
    found: set[str] = set()
    seen: set[Any] = set()
    waiting = [msgspec.inspect.type_info(kind)]
    while waiting:
        info = waiting.pop()
        if isinstance(info, msgspec.inspect.StructType):
            if info.cls in seen:
                continue
            seen.add(info.cls)
            found |= {field.encode_name for field in info.fields}
            waiting += [field.type for field in info.fields]
        for name in ("types", "item_types"):
            waiting += getattr(info, name, ())
        for name in ("item_type", "value_type", "key_type"):
            if hasattr(info, name):
                waiting.append(getattr(info, name))
    return found
