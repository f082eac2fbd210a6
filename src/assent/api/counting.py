"""Counting: what the counting questions are asked with: a typed vote, and what is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from assent.inquiries.counting.scenario import Scenario
    from assent.inquiries.counting.votes import Votes


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
