"""Questions: every method of a library that answers one, as a function asked of the library that its id names."""

from __future__ import annotations

from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from assent.api.libraries import library
from assent.inquiries.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from assent.inquiries.library import Day
    from assent.inquiries.matter.replay import Replay

P = ParamSpec("P")
R = TypeVar("R")


def asked(method: Callable[Concatenate[Library, P], R]) -> Callable[P, R]:
    """A method of a library as a function: of the jurisdiction that its first argument names, or its matter.

    Examples
    --------
    >>> asked(Library.status)("us/amendment/19", as_of="1920-08-26").completed_on
    datetime.date(1920, 8, 18)
    """
    _, first, *rest = (said := signature(method)).parameters.values()

    @wraps(method)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        named = (*args[:1], kwargs.get(first.name), kwargs.get("matter"))
        of = next((name.partition("/")[0] for name in named if isinstance(name, str) and "/" in name), "")
        return method(library(of), *args, **kwargs)

    ask.__qualname__ = ask.__name__
    ask.__signature__ = said.replace(parameters=[first, *rest])  # type: ignore[attr-defined] # read by `inspect`
    return ask


because = asked(Library.because)
chance = asked(Library.chance)
coalitions = asked(Library.coalitions)
defiance = asked(Library.defiance)
exit = asked(Library.exit)  # noqa: A001 - the word of the domain; Python's own `exit` is for the prompt
forecast = asked(Library.forecast)
hinge = asked(Library.hinge)
petition = asked(Library.petition)
plan = asked(Library.plan)
polls = asked(Library.polls)
power = asked(Library.power)
referendum = asked(Library.referendum)
show = asked(Library.show)
standoff = asked(Library.standoff)
status = asked(Library.status)
timeline = asked(Library.timeline)


def replay(
    jurisdiction: str = "",
    as_of: Day = None,
    known_as_of: Day = None,
    readings: Mapping[str, str] | Iterable[str] | None = None,
    window: int | None = None,
) -> Replay:
    """Whether the law on file gives the official outcome of every matter: ``Library.replay``."""
    return library(jurisdiction).replay(as_of, known_as_of, readings, window)
