"""The counting questions: coalitions, power, chance, plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assent.cli.group import Command
from assent.cli.options import Asked, inquiry, on_day
from assent.cli.output import answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from assent.api import Library, Votes

    Run = Callable[..., None]

_FILE = click.Path(path_type=Path, dir_okay=False)
_PROCEDURE = click.argument("procedure", default="", metavar="[PROCEDURE]")
_ABOUT = (
    click.option("--votes", type=_FILE, metavar="FILE",
                 help="In place of PROCEDURE: a CSV file with member, weight[, weight2][, veto] and groups."),
    click.option("--quota", metavar="Q", help="With --votes: what the weights must reach: 270, 2/3, 65%, >1/2."),
    click.option("--quota2", metavar="Q", help="The same of the second weights, both being needed."),
    click.option("--block-at-least", type=int, metavar="N",
                 help="A blocking minority needs at least N members: it passes too when fewer are against it."),
    click.option("--state", default="", metavar="STATE",
                 help="The state concerned, where the procedure is about one."),
    click.option("--seats", multiple=True, metavar="BODY=N",
                 help="Assume the size of a body that is not on file; * stands for any name. May be given again."),
)  # fmt: skip
_BELIEFS = (
    click.option("--p", "p", multiple=True, metavar="[KIND:NAME=]P",
                 help="How likely each says yes: 0.6 for everyone, or actor:, body:, state:, party:, region: or "
                      "act:NAME=0.3. May be given again; the nearest counts."),
    click.option("--scenario", type=_FILE, metavar="FILE",
                 help="The same from a file (.yaml or .csv), with common factors and regions."),
    click.option("--factor", "factors", multiple=True, metavar="LEVEL=SD",
                 help="A common factor: nation, region or state = standard deviation of its shift of the log-odds. "
                 "Regions are those on file, unless a scenario says which states make one."),
)  # fmt: skip


def _with(options: tuple[Callable[[Run], Run], ...]) -> Callable[[Run], Run]:
    """Give a command these options, in order."""

    def given(function: Run) -> Run:
        for option in reversed(options):
            function = option(function)
        return function

    return given


def _about(given: dict[str, Any], asked: Asked, *, otherwise: str = "") -> tuple[Library, str | Votes, dict[str, Any]]:
    """The library, what is asked about, and the options that say more of it."""
    from assent.api import Library, votes
    from assent.errors import QueryError

    procedure, file = given.pop("procedure"), given.pop("votes")
    quota, quota2, least = given.pop("quota"), given.pop("quota2"), given.pop("block_at_least")
    about = {"state": given.pop("state"), "sizes": given.pop("seats")}
    if file is None:
        stray = next((name for name, value in (("--quota", quota), ("--quota2", quota2), ("--block-at-least", least))
                      if value is not None), None)  # fmt: skip
        if stray:
            raise QueryError(f"{stray} is given without --votes.", where=stray, remedy="Add --votes FILE.")
        if not procedure and not otherwise:
            raise QueryError(
                "Nothing is named to count on.",
                where="PROCEDURE",
                remedy="Name a procedure, or give votes: --votes FILE --quota Q. The exit paths and articles are "
                "procedures; assent matters names the one of each matter with --full.",
            )
        return Library(procedure or otherwise, asked.library), procedure, about
    if procedure:
        raise QueryError("A procedure and a file of votes are both given.", where="--votes", remedy="Leave one out.")
    if about["state"] or about["sizes"]:
        raise QueryError(
            "A file of votes says who votes; --state and --seats are for procedures.", where="--votes",
            remedy="Leave them out.",
        )  # fmt: skip
    if quota is None:
        raise QueryError("The votes have no quota.", where="--quota", remedy="Give one: 270, 2/3, 65%, >1/2.")
    return Library(path=asked.library), votes(file, quota, quota2, least), about


def _scenario(given: dict[str, Any]) -> Any:
    from assent.api import scenario

    return scenario(given.pop("p"), given.pop("scenario"), given.pop("factors"))


@click.command("coalitions", cls=Command)
@_PROCEDURE
@click.option("--member", default="", metavar="ID", help="Also whether this actor, body or state is needed.")
@click.option("--kinds", type=click.IntRange(0, 1000), default=5, metavar="N",
              help="List at most N kinds of minimal coalitions; 5 by default.")  # fmt: skip
@_with(_ABOUT)
@on_day
def coalitions(asked: Asked, member: str, kinds: int, **given: Any) -> None:
    """How many coalitions win, and which are the smallest?

    The winning and the blocking coalitions as exact whole numbers, the fewest members and the fewest people that
    suffice to win and to block, and the minimal coalitions, listed by kind or counted. PROCEDURE is an id as in assent
    show; its members are bodies' seats (ids as us/senate/3). Votes of your own: --votes FILE --quota Q.

    Examples
    --------
    $ assent coalitions us/article-v
    $ assent coalitions us/article-v --member CA
    $ assent coalitions us/article-v/convention --json
    """
    place, procedure, about = _about(given, asked)
    answer(place, place.coalitions(procedure, member, kinds, asked.as_of, asked.readings, asked.window, **about), asked)


@click.command("power", cls=Command)
@_PROCEDURE
@click.option("--index", default="banzhaf", metavar="INDEX",
              help="banzhaf (default), shapley-shubik, birnbaum, coleman-initiate, coleman-prevent, johnston, "
                   "deegan-packel or holler.")  # fmt: skip
@click.option("--by", default="", metavar="GROUP",
              help="member, chamber, state, party, region, body, or a column of --votes.")  # fmt: skip
@_with(_ABOUT)
@_with(_BELIEFS)
@on_day
def power(asked: Asked, index: str, by: str, **given: Any) -> None:
    """Who weighs how much?

    An index of voting power, exact where others sample: of each member, or summed over chambers, states, parties or
    bodies. PROCEDURE is an id as in assent show. Votes of your own: --votes FILE --quota Q, where FILE is a CSV table
    with the columns member and weight. birnbaum takes probabilities, given as for assent chance.

    Examples
    --------
    $ assent power us/article-v --index shapley-shubik
    $ assent power us/article-v --by state
    $ assent power us/article-v/propose --index birnbaum --p 0.6
    $ assent power us/exit/congress-and-state --state CA --by party --json
    """
    place, procedure, about = _about(given, asked)
    held = _scenario(given)
    answer(place, place.power(procedure, index, by, held, asked.as_of, asked.readings, asked.window, **about), asked)


@click.command("chance", cls=Command)
@_PROCEDURE
@_with(_BELIEFS)
@click.option("--over", default="", metavar="KEY[=FROM:TO[:STEPS]]",
              help="Go through the values of one assumption: * for everyone, party:NAME, state:NAME.")  # fmt: skip
@click.option("--world", type=int, metavar="SEED", help="Draw one world with this seed, to look at.")
@_with(_ABOUT)
@on_day
def chance(asked: Asked, over: str, world: int | None, **given: Any) -> None:
    """How likely is it, under what you believe?

    The probability that a procedure is met, worked out exactly from how likely each member says yes, with what members
    have in common as factors. Nothing is believed that you do not say: without probabilities the question is refused,
    and every number is printed with its assumptions. Vacant seats count as not yes where beliefs go by party.

    Examples
    --------
    $ assent chance us/article-v --p 0.6
    $ assent chance us/article-v --p party:Democratic=0.9 --p party:Republican=0.5 --p 0.5
    $ assent chance us/article-v/propose --p 0.65 --factor nation=0.3 --over '*=0.5:0.8:6'
    $ assent chance us/article-v --p 0.6 --world 7 --json
    """
    place, procedure, about = _about(given, asked)
    held = _scenario(given)
    found = place.chance(procedure, held, over, world, asked.as_of, asked.readings, asked.window, **about)
    answer(place, found, asked)


@click.command("plan", cls=Command)
@_PROCEDURE
@click.option("--goal", default="pass", metavar="pass|block", help="What the coalition is to do; pass by default.")
@click.option("--cost", default="members", metavar="BASIS|FILE",
              help="members (default), population (people represented), persuasion (log-odds to even, with "
                   "probabilities as for assent chance), or a CSV file with member and cost.")  # fmt: skip
@click.option("--include", multiple=True, metavar="NAME", help="Must be won: a member, body or state, or party:NAME.")
@click.option("--exclude", multiple=True, metavar="NAME", help="Must not be won. May be given again.")
@click.option(
    "--at-most", multiple=True, metavar="N:NAME", help="Win at most N members of a body, state or party:NAME."
)
@click.option("--at-least", multiple=True, metavar="N:NAME", help="Win at least N of them.")
@click.option("--given", "spoken", default="", metavar="FILE",
              help="Who has already said yes or no: a CSV file with member and said.")  # fmt: skip
@click.option("--matter", default="", metavar="MATTER", help="Go on from where this matter stands; assent matters.")
@click.option("--next", "further", type=int, default=3, metavar="K", help="Look for K further ways; 3 by default.")
@click.option("--seconds", type=float, default=5.0, metavar="S", help="Time for the solver, where one is needed.")
@_with(_ABOUT)
@_with(_BELIEFS)
@inquiry
def plan(asked: Asked, goal: str, cost: str, **given: Any) -> None:
    """Whom does it take, at the least cost, to pass it or to block it?

    The cheapest coalition, with the proof that none is cheaper (or by how much one could be), and the next best ones.
    With --matter it goes on from where a matter stands: what is still needed.

    Examples
    --------
    $ assent plan us/article-v
    $ assent plan us/article-v --goal block --exclude us/house --exclude us/senate
    $ assent plan us/article-v --cost population --goal block
    $ assent plan --matter us/amendment/era --reading deadline=not-binding --reading rescission=effective
    $ assent plan us/article-v --cost persuasion --p party:Democratic=0.8 --p party:Republican=0.3 --p 0.5 --json
    """
    from assent.api import Ask

    ask = Ask(
        goal,
        cost,
        given.pop("include"),
        given.pop("exclude"),
        given.pop("at_most"),
        given.pop("at_least"),
        given.pop("spoken"),
        given.pop("further"),
        given.pop("seconds"),
    )
    matter = given.pop("matter")
    place, procedure, about = _about(given, asked, otherwise=matter)
    held = _scenario(given)
    found = place.plan(
        procedure,
        goal,
        ask,
        held,
        matter,
        as_of=asked.as_of,
        known_as_of=asked.known_as_of,
        readings=asked.readings,
        window=asked.window,
        **about,
    )
    answer(place, found, asked)
