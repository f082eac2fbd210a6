"""The options that the commands share, and what was given with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., None]

MOST_YEARS = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What was given with the shared options; an option that a command lacks keeps its default."""

    as_of: date | None = None
    known_as_of: date | None = None
    readings: tuple[str, ...] = ()
    window: int | None = None
    full: bool = False
    as_json: bool = False
    library: Path | None = None

    @property
    def inquiry(self) -> tuple[date | None, date | None, tuple[str, ...], int | None]:
        """Days, readings and years, in the order in which ``assent.api`` takes them."""
        return self.as_of, self.known_as_of, self.readings, self.window


class Day(click.ParamType[date]):
    """A day, as YYYY-MM-DD or ``today``."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day; a bad one is refused with the nearest that exists."""
        del ctx
        from assent.values.dates import read_date

        return read_date(str(value), where=param.opts[0] if param else "")


_AS_OF = click.option("--as-of", type=Day(), metavar="DATE", help="The day asked about, YYYY-MM-DD; today by default.")
_KNOWN = click.option(
    "--known-as-of",
    type=Day(),
    metavar="DATE",
    help="Count only acts that had become known by this day; today by default.",
)
_READING = click.option(
    "--reading",
    "readings",
    multiple=True,
    metavar="QUESTION=READING",
    help="Hold this reading of a question of law. May be given again for others; assent questions lists them.",
)
_WINDOW = click.option(
    "--window",
    type=click.IntRange(1, MOST_YEARS),
    metavar="YEARS",
    help="Years for a reading that takes a number of them.",
)
_LIBRARY = click.option(
    "--library",
    type=click.Path(path_type=Path),
    envvar="ASSENT_LIBRARY",
    metavar="DIR",
    help="The folder of law and record to use, in place of the one that ships (or ASSENT_LIBRARY).",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on stdout.")
_FULL = click.option("--full", is_flag=True, help="Fold nothing: every act, every row, every authority.")


_YES = click.option("--yes", multiple=True, metavar="STATE", help="Suppose that this state says yes on that day.")
_NO = click.option("--no", multiple=True, metavar="STATE", help="Suppose that it says no, or takes its yes back.")


def supposing(function: Run) -> Run:
    """The options of a what-if: who is supposed to say yes or no, beside the record."""
    return _YES(_NO(function))


def inquiry(function: Run) -> Run:
    """The options of a question: days, readings, output, library."""
    return _with(function, _AS_OF, _KNOWN, _READING, _WINDOW, _FULL, _JSON, _LIBRARY)


def on_day(function: Run) -> Run:
    """The options of what is shown as of a day; the law on file is the same whenever it became known."""
    return _with(function, _AS_OF, _KNOWN, _READING, _WINDOW, _FULL, _JSON, _LIBRARY)


def dated(function: Run) -> Run:
    """The options of what is told as of a day, whatever the readings."""
    return _with(function, _AS_OF, _FULL, _JSON, _LIBRARY)


def written(function: Run) -> Run:
    """The options of what is written to files: days, readings, library."""
    return _with(function, _AS_OF, _KNOWN, _READING, _WINDOW, _LIBRARY)


def output(function: Run) -> Run:
    """The options of a listing."""
    return _with(function, _FULL, _JSON, _LIBRARY)


def _with(function: Run, *options: Callable[[Run], Run]) -> Run:
    """Give a function these options, and hand it what was given as one ``Asked``."""

    @wraps(function)
    def run(**given: Any) -> None:
        asked = Asked(**{name: given.pop(name) for name in Asked.__slots__ if name in given})
        function(asked, **given)

    found: Run = run
    for option in reversed(options):
        found = option(found)
    return found
