"""The command that gives the same answer again."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from assent.law.doctrine import Doctrine


def command(
    verb: str,
    *words: str,
    doctrine: Doctrine | None = None,
    as_of: date | None = None,
    known_as_of: date | None = None,
    supposed: Mapping[str, str] | None = None,
) -> str:
    """A command line that gives the same answer, on any later day too.

    Examples
    --------
    >>> command("status", "us/amendment/era")
    'assent status us/amendment/era'
    """
    parts = ["assent", verb, *words]
    if as_of:
        parts += ["--as-of", as_of.isoformat()]
    if known_as_of:
        parts += ["--known-as-of", known_as_of.isoformat()]
    if doctrine:
        parts += [word for said in readings(doctrine) for word in ("--reading", said)]
    for unit, says in (supposed or {}).items():
        parts += [f"--{says}", unit]
    return " ".join(quote(part) for part in parts)


def shown(doctrine: Doctrine, chosen: Mapping[str, str]) -> dict[str, str]:
    """Readings with the number of years of those that take one: ``{"contemporaneity": "required:15"}``."""
    said = {}
    for name, reading in sorted(chosen.items()):
        window = doctrine.law.question(name).reading(reading).parameter
        years = doctrine.parameters.get(window.parameter, window.years) if window else None
        said[name] = reading if years is None else f"{reading}:{years}"
    return said


def readings(doctrine: Doctrine) -> list[str]:
    """The readings chosen, as they are given on the command line."""
    said = []
    for name, reading in sorted(doctrine.chosen.items()):
        window = doctrine.law.question(name).reading(reading).parameter
        years = doctrine.parameters.get(window.parameter) if window else None
        said.append(f"{name}={reading}:{years}" if years is not None else f"{name}={reading}")
    return said
