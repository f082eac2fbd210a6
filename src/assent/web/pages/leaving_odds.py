"""The chance of a path, on the page on leaving: sliders for what is believed, a hundred dots, a curve, a world."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assent.errors import NotApplicable, UnknownName
from assent.inquiries.counting.scenario import EVERYONE
from assent.render.chance import answer
from assent.web.address import Address
from assent.web.inquiry import inquire
from assent.web.pages.believed import believed
from assent.web.pages.chance import WHOLE, Drawn, Shown, Told, curve_of, told_of, world_of

if TYPE_CHECKING:
    from assent.api import Library
    from assent.inquiries.counting.chance import Chance
    from assent.inquiries.counting.game import Game
    from assent.inquiries.exit.exit import Exit
    from assent.web.pages.believed import Believed

EVEN = "0.5"  # where nothing is believed the curve is drawn, and nobody stands on it


class Choice(NamedTuple):
    """A path whose chance may be shown."""

    at: int
    id: str
    title: str
    url: str
    held: bool


class Odds(NamedTuple):
    """The chance of a path under what is believed; without it, the curve alone.

    Attributes
    ----------
    gap
        Why there is no number.
    assumed
        Assumptions about who votes and how many are needed.
    table
        The file with every point of the curve.
    """

    path: str
    title: str
    choices: tuple[Choice, ...]
    form: Believed | None
    told: Told | None
    sentence: str
    drawn: Drawn | None
    seen: Shown | None
    draw: str
    gap: str
    assumptions: tuple[str, ...]
    assumed: tuple[str, ...]
    more: str
    table: str
    reproduce: str
    method: str
    error: float | None


def odds_of(ask: Address, library: Library, found: Exit) -> Odds:
    """The chance of the path that the address names, or of the first that is lawful under the readings held.

    Raises
    ------
    QueryError
        What is believed is said wrongly.
    """
    path = ask.option("path") or _first(found)
    about = next((p for p in found.paths if p.id == path), None)
    if about is None:
        raise UnknownName("path", path, (p.id for p in found.paths), where="path")
    choices = tuple(
        Choice(at, p.id, p.title, ask.url(path=(p.id,), world=(), over=()), p.id == path)
        for at, p in enumerate(found.paths, 1)
    )
    chance = _asked(ask, path)
    try:
        game = library.game(path, ask.as_of, ask.readings, ask.window, state=ask.id)
        said = bool(ask.every("p"))
        over = ask.option("over") or ("" if ask.every("factor") else f"{_over(ask)}={WHOLE}")
        asked = chance.changed(p=ask.every("p") or (EVEN,), over=over)
        result = _answer(library, asked if over or said else chance.changed(p=(EVEN,)))
    except NotApplicable as error:
        return _none(ask, about.title, choices, path, error.what)
    seen = None
    if said and result.world:
        seen = world_of(ask, library, result.world)
    curve = result.curve
    drawn = curve_of(ask, result, curve, game) if curve else None
    assumed = tuple(game.assumptions)
    return Odds(
        path,
        about.title,
        choices,
        _form(ask, game),
        told_of(result) if said else None,
        answer(result) if said else "",
        drawn,
        seen,
        ask.url(world="1") if said else "",
        "",
        tuple(a for a in result.assumptions if a not in assumed) if said else (),
        assumed,
        asked.changed(p=ask.every("p"), over=()).url(),
        asked.file("csv"),
        result.reproduce if said else "",
        result.method,
        result.error_bound,
    )


def _answer(library: Library, chance: Address) -> Chance:
    result: Chance = inquire(library, chance)  # type: ignore[assignment]
    return result


def _form(ask: Address, game: Game) -> Believed:
    form = believed(ask, game)
    return form._replace(clear=ask.url(p=(), factor=(), over=(), world=()))


def _asked(ask: Address, path: str) -> Address:
    options = {name: ask.every(name) for name in ("p", "factor", "over") if ask.every(name)}
    if ask.option("world") and ask.every("p"):
        options["world"] = ask.every("world")
    return Address(
        "chance", path, ask.as_of, readings=ask.readings, window=ask.window, options={**options, "state": (ask.id,)}
    )


def _first(found: Exit) -> str:
    """The first path that is lawful here and whose members are on file; else the first of all."""
    counted = [path for path in found.paths if not path.weight.reason]
    return next((path.id for path in counted if path.lawful_here), (counted or found.paths)[0].id)


def _over(ask: Address) -> str:
    keys = [text.rpartition("=")[0] or EVERYONE for text in ask.every("p")]
    return EVERYONE if EVERYONE in keys or not keys else keys[0]


def _none(ask: Address, title: str, choices: tuple[Choice, ...], path: str, why: str) -> Odds:
    return Odds(
        path, title, choices, None, None, "", None, None, "", why, (), (),
        _asked(ask, path).url(), "", "", "", None,
    )  # fmt: skip
