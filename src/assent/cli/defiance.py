"""The record of defiance: state law against federal law, by state and year."""

from __future__ import annotations

import click

from assent.cli.group import Command
from assent.cli.options import Asked, on_day
from assent.cli.output import answer


@click.command("defiance", cls=Command)
@click.argument("state", default="", metavar="[STATE]")
@click.option("--by", default="state", metavar="state|year", help="Which table leads; state by default.")
@on_day
def defiance(asked: Asked, state: str, by: str) -> None:
    """Where does state law defy federal law, since when, and what did the federal side do about it?

    The states that allow what federal law forbids, with process and vote; how many people live under it, year by year,
    exactly; what the federal side did, as dated acts; what courts have said; nullification, secession and sanctuary
    beside it; and the stake ladder that says why tolerated laws do not extrapolate to leaving.

    Examples
    --------
    $ assent defiance
    $ assent defiance --by year
    $ assent defiance CA --as-of 2016-11-08
    $ assent defiance --json
    """
    from assent.api import Library

    place = Library(path=asked.library)
    answer(place, place.defiance(state, by, asked.as_of, asked.readings, asked.window), asked)
