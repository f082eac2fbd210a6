"""What can go wrong, as part of the product.

::

    AssentError                 anything Assent refuses; the CLI prints it and exits with 2
    ├── LibraryError            a file that ships (or was given with --library) is wrong
    │   ├── LawError            … a procedure, a question of law or an authority
    │   └── RecordError         … a row of the record or of the facts
    └── QueryError              what was asked cannot be answered as asked
        ├── UnknownName         no such state, matter, question, reading or procedure
        ├── BadDate             not a date, or not a possible one
        ├── ReadingConflict     two readings that cannot be held together
        └── NotApplicable       a well-formed question that has no answer here

Every one says what is wrong, where, and what to do.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class AssentError(Exception):
    """Something Assent refuses, with the place and the remedy.

    Parameters
    ----------
    what
        What is wrong, in one sentence.
    where
        File, line, field or option, if there is one.
    remedy
        What to do about it.

    Examples
    --------
    >>> print(AssentError("The date is missing.", where="acts.csv:3, field date", remedy="Write YYYY-MM-DD."))
    The date is missing.
      where: acts.csv:3, field date
      do:    Write YYYY-MM-DD.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        lines = [what]
        if where:
            lines.append(f"  where: {where}")
        if remedy:
            lines.append(f"  do:    {remedy}")
        super().__init__("\n".join(lines))


class LibraryError(AssentError):
    """A file of the library is wrong."""


class LawError(LibraryError):
    """A procedure, a question of law or an authority is wrong."""


class RecordError(LibraryError):
    """A row of the record or of the facts is wrong."""


class QueryError(AssentError):
    """What was asked cannot be answered as asked."""


class BadDate(QueryError):
    """Not a date, or not a possible one."""


class ReadingConflict(QueryError):
    """Two readings that cannot be held together."""


class NotApplicable(QueryError):
    """A well-formed question that has no answer here."""


class UnknownName(QueryError):
    """No such name; the nearest valid one is offered.

    Parameters
    ----------
    kind
        What the name was to name: "state", "matter", "reading of rescission" …
    name
        What was given.
    known
        The valid names.

    Examples
    --------
    >>> print(UnknownName("reading of rescission", "efective", ["effective", "void"]))
    'efective' is no reading of rescission.
      do:    Did you mean effective? Valid: effective, void.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], *, where: str = "") -> None:
        valid = sorted(known)
        best = nearest(name, valid)
        near = list(dict.fromkeys([best, *get_close_matches(name, valid, _NEAR, 0.0)]))[:_NEAR]
        shown = ", ".join(valid if len(valid) <= _SHOWN else near)
        start = f"Did you mean {best}? " if best else ""
        rest = f"Valid: {shown}." if len(valid) <= _SHOWN else f"Nearest: {shown}."
        super().__init__(f"{name!r} is no {kind}.", where=where, remedy=start + rest if valid else "There are none.")
        self.name, self.nearest = name, best


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like the one given (empty if none is known).

    Examples
    --------
    >>> nearest("ratifed", ["ratify", "reject"])
    'ratify'
    """
    valid = sorted(known)
    wanted = name.casefold()
    last = wanted.rpartition("/")[2]
    folded = {v: v.casefold() for v in valid} if last else {}
    alike = (
        [v for v, said in folded.items() if said == wanted],
        [v for v, said in folded.items() if said.rpartition("/")[2] == last],
        [v for v, said in folded.items() if said.startswith(wanted) and not said[len(wanted)].isalnum()],
        [v for v, said in folded.items() if said.startswith(wanted)],
    )
    for found in alike:
        if found:
            return min(found, key=len)
    close = get_close_matches(name, valid, n=1, cutoff=0.0)
    return close[0] if close else ""


_SHOWN = 8
_NEAR = 5
