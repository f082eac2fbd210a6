"""The standoff: what follows if a state goes ahead without asking."""

from __future__ import annotations

from pathlib import Path

import click

from assent.cli.group import Command
from assent.cli.options import Asked, on_day
from assent.cli.output import answer, say

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("standoff", cls=Command)
@click.argument("state")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Set a number by name or symbol (kF=1.3, statehood=no, precedent=lump-sum). May be given again.",
)
@click.option(
    "--scenario",
    default="",
    metavar="FILE|NAME",
    help="Several numbers from a .yaml file, or a scenario that ships; a name that is none lists them.",
)
@click.option(
    "--map",
    "drawn",
    default="",
    metavar="X,Y",
    help="The two parameters of the map; each may have a range and steps: kF=0:2:50,s=0.1:1.",
)
@click.option("--svg", type=_FILE, metavar="FILE", help="Write the map as a drawing to FILE.")
@click.option(
    "--precision",
    "--lambda",
    "precision",
    default="",
    metavar="L",
    help="Λ, the precision of choice, in place of a sweep; the same as --set Lambda=L.",
)
@click.option("--private", is_flag=True, help="Also with private resolve: types of both sides, as set by pi and kF2.")
@click.option(
    "--without",
    multiple=True,
    metavar="RESPONSE",
    help="Take a response off the federal side's menu. May be given again.",
)
@click.option(
    "--q-from",
    default="",
    metavar="P|FILE",
    help="Work out q with assent chance: from one probability for everyone, or a file of beliefs.",
)
@click.option(
    "--range",
    "ranges",
    multiple=True,
    metavar="NAME=LOW:HIGH[:log]",
    help="What a number might be, for the draws. May be given again.",
)
@click.option("--draws", type=int, default=4000, metavar="N", help="Draws out of the ranges; 4,000 by default.")
@click.option("--seed", type=int, default=1, metavar="SEED", help="What the draws begin with; 1 by default.")
@click.option("--efg", type=_FILE, metavar="FILE", help="Write the game to FILE for Gambit, in exact fractions.")
@on_day
def standoff(
    asked: Asked,
    *,
    state: str,
    settings: tuple[str, ...],
    scenario: str,
    drawn: str,
    svg: Path | None,
    precision: str,
    without: tuple[str, ...],
    q_from: str,
    ranges: tuple[str, ...],
    draws: int,
    seed: int,
    efg: Path | None,
    private: bool,
) -> None:
    """What would follow if a state left, or defied federal law, without asking?

    A game between the state and the federal side, with the court and war as chances. It leads with break-even values
    and a map of what happens where, not with a forecast: every default but one is an assumption, and each is listed
    with its unit and standing. STATE is its code or its name.

    Examples
    --------
    $ assent standoff CA
    $ assent standoff CA --set kF=1.3 --map kF,s
    $ assent standoff CA --scenario marijuana
    $ assent standoff TX --private --set pi=0.2
    $ assent standoff CA --q-from 0.6 --precision 10
    $ assent standoff CA --map kF,kS --svg map.svg
    $ assent standoff CA --json
    """
    from assent.api import Library
    from assent.errors import QueryError
    from assent.inquiries.standoff.standoff import Ask, efg_of
    from assent.render.regions import svg as draw

    if precision and any(
        said.partition("=")[0].strip().casefold() in {"precision", "lambda", "λ"} for said in settings
    ):
        raise QueryError("The precision is given twice.", where="--precision", remedy="Keep one of them.")
    held = (*settings, f"precision={precision}") if precision else settings
    place = Library(path=asked.library)
    ask = Ask(drawn, private, draws, seed, without)
    found = place.standoff(state, held, scenario, ask, asked.as_of, asked.readings, asked.window, ranges=ranges,
                           q_from=q_from)  # fmt: skip
    if svg is None and efg is None:
        answer(place, found, asked)
        return
    for file, text in ((svg, draw(found.map, f"{found.name} without asking")), (efg, efg_of(found))):
        if file is not None:
            file.write_text(text, encoding="utf-8")
            say(f"assent: wrote {file}", err=True)
