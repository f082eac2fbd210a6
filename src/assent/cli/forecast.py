"""The forecast: how likely ratification is, judged from what became of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assent.cli.group import Command
from assent.cli.options import Asked, Day, inquiry, supposing
from assent.cli.output import answer

if TYPE_CHECKING:
    from datetime import date


@click.command("forecast", cls=Command)
@click.argument("matter")
@click.option("--by", type=Day(), metavar="DATE", help="Also how likely it is by this day.")
@inquiry
@supposing
def forecast(asked: Asked, matter: str, by: date | None, yes: tuple[str, ...], no: tuple[str, ...]) -> None:
    """Will it be ratified?

    MATTER is an amendment that Congress has sent to the states (assent matters --kind amendment lists them). How likely
    it is within seven years of the proposal, and by any day, judged from the two dozen there have been, the matter
    itself left out; beside it always what the base rate says, and how well both did where the answer is known.

    Examples
    --------
    $ assent forecast us/amendment/era --as-of 1975-01-01
    $ assent forecast us/amendment/era --as-of 1975-01-01 --known-as-of 1975-01-01 --by 1977-12-31
    $ assent forecast us/amendment/child-labor --as-of 1930-01-01 --full
    $ assent forecast us/amendment/child-labor --by 2040-01-01 --json
    """
    from assent.api import Library

    place = Library.of(matter, asked.library)
    answer(place, place.forecast(matter, by, *asked.inquiry, yes=yes, no=no), asked)
