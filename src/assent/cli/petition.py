"""The state's own petition, and the vote it asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assent.cli.group import Command
from assent.cli.options import Asked, dated
from assent.cli.output import answer

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., None]

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("petition", cls=Command)
@click.argument("state")
@click.option("--kind", default="", metavar="KIND", help="amendment or statute; the usual one of the state by default.")
@click.option("--raw", metavar="N", help="Signatures filed: how may they end? With --reports, the total.")
@click.option("--validity", metavar="P", help="The share that is valid, second signatures counted: 0.76 or 76%.")
@click.option("--validity-sd", metavar="P", help="How uncertain that is, as a standard deviation: 0.02; 0 if known.")
@click.option("--duplicates", metavar="P", help="The share that are second signatures of somebody: 0.005.")
@click.option("--target", metavar="P", help="How many signatures qualify with this chance? 0.95 by default.")
@click.option(
    "--counties",
    type=_FILE,
    metavar="FILE",
    help="Signatures by county, in place of --raw: a CSV file with county, raw[, validity][, duplicates].",
)
@click.option(
    "--reports",
    type=_FILE,
    metavar="FILE",
    help="The count under way: a CSV file with county, raw, sample, valid, duplicates, the last three empty "
    "while a county is out.",
)
@click.option("--count", metavar="RAW,SAMPLE,VALID,DUPLICATES", help="Certify one count, figure by figure.")
@click.option("--replay", is_flag=True, help="What became of the petitions on file, and how it looked on the way.")
@dated
def petition(asked: Asked, state: str, **given: Any) -> None:
    """Will a petition qualify, how many signatures are enough, and where does a count stand?

    STATE is its code or its name. Signatures are checked by sample, county by county, as the state's law has it; the
    chances come from the exact law of that sample, under what is believed of the signatures. Without an option: how
    many signatures qualify with a chance of 95 %, under the library's assumptions.

    Examples
    --------
    $ assent petition CA
    $ assent petition CA --raw 1000000 --validity 0.76 --validity-sd 0.02 --duplicates 0.005 --kind amendment
    $ assent petition CA --kind statute --target 0.95 --validity 0.7
    $ assent petition CA --count 24034,722,516,2
    $ assent petition CA --kind statute --raw 700000 --json
    $ assent petition CA --replay
    """
    from assent.api import Library

    place = Library(path=asked.library)
    answer(place, place.petition(state, as_of=asked.as_of, **given), asked)


@click.command("referendum", cls=Command)
@click.argument("state")
@click.option(
    "--rule", default="", metavar="RULE", help="What the vote has to meet; the page lists the rules there are."
)
@click.option("--turnout", metavar="P", help="Those who vote, of those entitled to: 0.6 or 60%.")
@click.option("--turnout-sd", metavar="P", help="How uncertain that is, as a standard deviation; 0 if known.")
@click.option("--yes", "yes", metavar="P", help="Yes, of yes and no together: 0.52 or 52%.")
@click.option("--yes-sd", metavar="P", help="How uncertain that is; 0 if known.")
@click.option("--correlation", metavar="R", help="Between turnout and yes, from -1 to 1.")
@click.option("--blank", metavar="P", help="Ballots that are neither yes nor no, of those cast.")
@click.option("--replay", is_flag=True, help="Which votes on file met the rule they were held under.")
@dated
def referendum(asked: Asked, state: str, **given: Any) -> None:
    """What would a vote on leaving have to meet, who wins by which rule, and what does it start?

    STATE is its code or its name. Rules ask for a share of the votes, of the electorate, or for a turnout besides; the
    same vote can pass by one and fail by another. With --yes, how likely it is to pass, under what is believed.

    Examples
    --------
    $ assent referendum CA
    $ assent referendum CA --turnout 0.6 --yes 0.52
    $ assent referendum CA --rule me-2006 --turnout 0.8 --yes 0.555 --yes-sd 0.02 --turnout-sd 0.05
    $ assent referendum CA --replay
    """
    from assent.api import Library

    place = Library(path=asked.library)
    answer(place, place.referendum(state, as_of=asked.as_of, **given), asked)
