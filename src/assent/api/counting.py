"""Counting: the four counting questions, and what they are asked with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assent.api.libraries import library

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from assent.inquiries.counting.chance import Chance
    from assent.inquiries.counting.coalitions import Coalitions
    from assent.inquiries.counting.plan import Ask, Plan
    from assent.inquiries.counting.power import Power
    from assent.inquiries.counting.questions import Believed
    from assent.inquiries.counting.scenario import Scenario
    from assent.inquiries.counting.votes import Votes
    from assent.inquiries.library import Library


def votes(
    file: str | Path, quota: str | float, quota2: str | float | None = None, block_at_least: int | None = None
) -> Votes:
    """A typed vote, to ask about in place of a procedure: ``member, weight[, weight2][, veto]`` and columns of groups.

    Parameters
    ----------
    file
        A CSV file.
    quota
        What the weights must reach: ``270``, ``2/3``, ``65%``, ``>1/2``.
    quota2
        The same of the second weights, both being needed.
    block_at_least
        A blocking minority needs at least so many members.

    Raises
    ------
    QueryError
        A row or the rule is wrong, with file, line, value and remedy.
    """
    from pathlib import Path

    from assent.inquiries.counting.votes import read_votes

    return read_votes(Path(file), quota, quota2, block_at_least)


def scenario(
    p: Iterable[str] | float | Mapping[str, float] = (),
    file: str | Path | None = None,
    factors: Iterable[str] | Mapping[str, float] = (),
) -> Scenario:
    """What is believed: from options as on the command line, a mapping, a file, or several of them.

    Raises
    ------
    QueryError
        Something in it is wrong.

    Examples
    --------
    >>> scenario({"*": 0.6}, factors={"nation": 0.3}).factors
    {'nation': 0.3}
    """
    from assent.inquiries.counting.scenario import read_scenario

    return read_scenario(p, file, factors)


def power(
    procedure: str | Votes, index: str = "banzhaf", by: str = "", scenario: Believed = None, **more: Any
) -> Power:
    """Who weighs how much: ``Library.power`` of the library the procedure names; ``more`` is passed on to it.

    Examples
    --------
    >>> power("us/article-v/propose").values[0].id
    'us/house'
    """
    return _of(procedure).power(procedure, index, by, scenario, **more)


def chance(procedure: str | Votes, scenario: Believed = None, **more: Any) -> Chance:
    """How likely it is, under what is believed: ``Library.chance``; ``more`` is passed on to it.

    Examples
    --------
    >>> chance("us/article-v/propose", {"body:us/house": 1, "body:us/senate": 0.5}).gradients[0].id
    'us/senate'
    """
    return _of(procedure).chance(procedure, scenario, **more)


def coalitions(procedure: str | Votes, member: str = "", **more: Any) -> Coalitions:
    """Which coalitions there are: ``Library.coalitions``; ``more`` is passed on to it."""
    return _of(procedure).coalitions(procedure, member, **more)


def plan(procedure: str | Votes = "", goal: str = "pass", ask: Ask | None = None, **more: Any) -> Plan:
    """The cheapest way to pass or to block: ``Library.plan``; ``more`` is passed on to it."""
    return _of(procedure or more.get("matter", "")).plan(procedure, goal, ask, **more)


def _of(procedure: str | Votes) -> Library:
    return library(procedure) if isinstance(procedure, str) else library()
