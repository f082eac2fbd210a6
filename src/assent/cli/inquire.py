"""The questions: exit, status, because, timeline, hinge, replay."""

from __future__ import annotations

import click

from assent.cli.group import Command
from assent.cli.options import Asked, inquiry, supposing
from assent.cli.output import answer


@click.command("exit", cls=Command)
@click.argument("state")
@inquiry
def exit_(asked: Asked, state: str) -> None:
    """How could a state leave, by which path, and who has to say yes?

    STATE is its code or its name. First the state's own step, then every path: what each needs stage by stage, where
    it stands, what is decisive at each need, and which readings of the law make it lawful; then what happened before,
    and what was claimed.

    Examples
    --------
    $ assent exit CA
    $ assent exit Texas --reading consent-of-the-states=unanimous
    $ assent exit VT --full
    $ assent exit CA --json
    """
    from assent.api import Library

    place = Library(path=asked.library)
    answer(place, place.exit(state, *asked.inquiry), asked)


@click.command("status", cls=Command)
@click.argument("matter")
@inquiry
@supposing
def status(asked: Asked, matter: str, yes: tuple[str, ...], no: tuple[str, ...]) -> None:
    """Where does a matter stand, and why?

    MATTER is an id; assent matters lists them. The answer is pending, adopted, failed or lapsed, with the count, the
    reasons, the readings it was given under, and what is not recorded.

    Examples
    --------
    $ assent status us/amendment/era
    $ assent status us/amendment/14 --as-of 1868-07-10 --reading rescission=effective
    $ assent status us/amendment/27 --as-of 1992-05-20 --known-as-of 1992-05-20
    $ assent status us/amendment/era --as-of 1980-01-01 --yes FL --yes IL --no TX
    $ assent status us/constitution --json
    """
    from assent.api import Library

    place = Library.of(matter, asked.library)
    answer(place, place.status(matter, *asked.inquiry, yes=yes, no=no), asked)


@click.command("because", cls=Command)
@click.argument("matter")
@inquiry
@supposing
def because(asked: Asked, matter: str, yes: tuple[str, ...], no: tuple[str, ...]) -> None:
    """Why does a matter stand where it stands, and why not elsewhere?

    The reasons alone, as a tree, cut down to what decides. Every leaf names an act on file, a fact on file, or a
    reading with its authorities.

    Examples
    --------
    $ assent because us/amendment/era
    $ assent because us/amendment/15 --full
    $ assent because us/secession/SC --reading union=compact
    """
    from assent.api import Library

    place = Library.of(matter, asked.library)
    answer(place, place.because(matter, *asked.inquiry, yes=yes, no=no), asked)


@click.command("timeline", cls=Command)
@click.argument("matter")
@inquiry
def timeline(asked: Asked, matter: str) -> None:
    """When did the answer change?

    One row for each day on which somebody acted, the roster grew, or a clock ran out, with the running count.

    Examples
    --------
    $ assent timeline us/amendment/27
    $ assent timeline us/amendment/13 --as-of 1866-01-01
    """
    from assent.api import Library

    place = Library.of(matter, asked.library)
    answer(place, place.timeline(matter, *asked.inquiry), asked)


@click.command("hinge", cls=Command)
@click.argument("matter")
@inquiry
@supposing
def hinge(asked: Asked, matter: str, yes: tuple[str, ...], no: tuple[str, ...]) -> None:
    """On which questions of law does the answer turn?

    Over all readings that can be held together: the outcomes there are, and the fewest readings that give each. A
    reading given with --reading is held, and the others are varied.

    Examples
    --------
    $ assent hinge us/amendment/era
    $ assent hinge us/amendment/14 --as-of 1868-07-28
    $ assent hinge us/amendment/era --reading deadline=not-binding
    """
    from assent.api import Library

    place = Library.of(matter, asked.library)
    answer(place, place.hinge(matter, *asked.inquiry, yes=yes, no=no), asked)


@click.command("replay", cls=Command)
@click.argument("jurisdiction", default="")
@inquiry
def replay(asked: Asked, jurisdiction: str) -> None:
    """Does the law on file give the official outcome of every matter, date for date?

    Each matter is evaluated as known on the day it was certified. A case whose official date rests on a reading says
    on which. JURISDICTION may be left out where the library holds one.

    Examples
    --------
    $ assent replay us
    $ assent replay us --reading rescission=effective
    $ assent replay us --json
    """
    from assent.api import Library

    place = Library(jurisdiction, asked.library)
    answer(place, place.replay(*asked.inquiry), asked)
