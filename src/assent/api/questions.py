"""Questions about what is on file: the same as on the command line, asked of the library that a matter's id names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.api.libraries import library
from assent.inquiries.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assent.inquiries.exit.exit import Exit
    from assent.inquiries.filed.show import QuestionShown, Shown
    from assent.inquiries.library import Day
    from assent.inquiries.matter.hinge import Hinge
    from assent.inquiries.matter.replay import Replay
    from assent.inquiries.matter.status import Status
    from assent.inquiries.matter.timeline import Timeline
    from assent.inquiries.matter.why import Why


def status(
    matter: str,
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
    *,
    yes: Iterable[str] = (),
    no: Iterable[str] = (),
) -> Status:
    """Where a matter stands, and why: ``Library.status`` of the library its id names.

    Examples
    --------
    >>> status("us/amendment/era", as_of="2020-01-27", readings={"deadline": "not-binding"}).completed_on
    datetime.date(2020, 1, 27)
    """
    return Library.of(matter).status(matter, as_of, known_as_of, readings, window, yes=yes, no=no)


def because(
    matter: str,
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
    *,
    yes: Iterable[str] = (),
    no: Iterable[str] = (),
) -> Why:
    """Why a matter stands where it stands: ``Library.because`` of the library its id names."""
    return Library.of(matter).because(matter, as_of, known_as_of, readings, window, yes=yes, no=no)


def timeline(
    matter: str,
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
) -> Timeline:
    """When the answer changed: ``Library.timeline`` of the library its id names."""
    return Library.of(matter).timeline(matter, as_of, known_as_of, readings, window)


def hinge(
    matter: str,
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
    *,
    yes: Iterable[str] = (),
    no: Iterable[str] = (),
) -> Hinge:
    """On which questions of law the answer turns: ``Library.hinge`` of the library its id names."""
    return Library.of(matter).hinge(matter, as_of, known_as_of, readings, window, yes=yes, no=no)


def replay(
    jurisdiction: str = "",
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
) -> Replay:
    """Whether the law on file gives the official outcome of every matter: ``Library.replay``."""
    return library(jurisdiction).replay(as_of, known_as_of, readings, window)


def exit(  # noqa: A001 - the word of the domain; Python's own `exit` is for the prompt
    state: str,
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
) -> Exit:
    """How a state could leave: ``Library.exit``.

    Examples
    --------
    >>> exit("California").state
    'CA'
    """
    return library().exit(state, as_of, known_as_of, readings, window)


def show(
    name: str, as_of: Day = None, readings: Mapping[str, str] | Iterable[str] | None = None
) -> Shown | QuestionShown:
    """A procedure, or a question of law, in plain words: ``Library.show``."""
    return library(name if "/" in name else "").show(name, as_of, readings)
