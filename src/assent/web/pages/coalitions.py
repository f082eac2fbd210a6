"""The page on coalitions: the fewest who suffice, the fewest people, how many sets there are, and of which kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assent.render.coalitions import STANDING
from assent.render.map import Mark
from assent.render.numbers import count, share
from assent.web.pages.counting import answered, called, game_of, one_in, page
from assent.web.pages.plotted import plot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assent.api import Library
    from assent.inquiries.counting.coalitions import Coalitions, Fewest, Minimal, People
    from assent.inquiries.counting.game import Game
    from assent.inquiries.counting.takes import Taken
    from assent.web.address import Address
    from assent.web.pages.plotted import Plot


class Line(NamedTuple):
    """Some of a coalition: who, and how many."""

    name: str
    says: str


class Kind(NamedTuple):
    """A kind of coalition from which nobody can be spared."""

    size: int
    stands_for: str
    lines: tuple[Line, ...]


class Side(NamedTuple):
    """What it takes to pass, or to block."""

    id: str
    title: str
    fewest: Fewest | None
    who: tuple[Line, ...]
    people: People | None
    share: str
    all: bool
    plot: Plot | None
    minimal: Minimal
    minimal_said: str
    kinds: tuple[Kind, ...]


class Needed(NamedTuple):
    """Whether somebody is needed."""

    goal: str
    says: str
    often: str


def coalitions_page(ask: Address, library: Library) -> str:
    """How many suffice.

    Raises
    ------
    QueryError
        It cannot be answered as asked.
    """
    game = game_of(ask, library)
    told, gap = answered(ask, library)
    found: Coalitions | None = told
    return page(
        "coalitions.html", ask, library, found, gap, game=game,
        sides=tuple(_sides(library, found, game)) if found and game else (),
        often=one_in(found.share, found.log10_share) if found else "",
        member=ask.option("member"),
        needed=tuple(_needed(found)) if found else (),
        names=tuple(_names(game)) if game else (),
    )  # fmt: skip


def _sides(library: Library, found: Coalitions, game: Game) -> Iterable[Side]:
    sides = (
        ("win", "To pass it", found.fewest_to_win, found.population_to_win, found.minimal),
        ("block", "To block it", found.fewest_to_block, found.population_to_block, found.minimal_blocking),
    )
    for name, title, fewest, people, minimal in sides:
        kinds = tuple(
            Kind(kind.size, count(kind.stands_for), tuple(_lines(kind.members, game))) for kind in minimal.listed
        )
        yield Side(
            name,
            title,
            fewest,
            tuple(_lines(fewest.who, game)) if fewest else (),
            people,
            share(float(people.share)) if people else "",
            bool(people) and people is not None and people.people == people.of,
            _plot(library, people, game, name) if people else None,
            minimal,
            "" if minimal.count is None else count(minimal.count),
            kinds,
        )


def _lines(who: Iterable[Taken], game: Game) -> Iterable[Line]:
    """Who is in a coalition: the bodies of the whole one by one, those of units unit by unit."""
    units: dict[str, list[Taken]] = {}
    for taken in who:
        if taken.state:
            units.setdefault(taken.state, []).append(taken)
        else:
            yield Line(
                called(game, taken.id, taken.label),
                "says so" if taken.of == 1 else f"{taken.members:,} of {taken.of:,}",
            )
    for unit, several in sorted(units.items()):
        said = ", ".join(f"{t.members:,} of {t.of:,}" if t.of > 1 else "says so" for t in several)
        yield Line(game.named(unit) or unit, said)


def _plot(library: Library, people: People, game: Game, key: str) -> Plot | None:
    """The units whose people suffice."""
    words = {"take": "Enough together", "none": "Not needed"}
    chosen = set(people.who)
    marks = {
        unit: Mark(
            unit,
            "take" if unit in chosen else "none",
            f"{game.named(unit) or unit}: {number:,} people, {'among them' if unit in chosen else 'not needed'}.",
        )
        for unit, number in game.population.items()
    }
    return plot(library, marks, words, key)


def _needed(found: Coalitions) -> Iterable[Needed]:
    for one in found.membership:
        goal = {"win": "To pass it", "block": "To block it"}[one.goal]
        yield Needed(goal, STANDING[one.standing], f"{count(one.minimal)} of {count(one.of)}")


def _names(game: Game) -> Iterable[tuple[str, str]]:
    """Who may be asked about: units, then bodies."""
    for state in sorted(game.states):
        yield state, game.named(state)
    for seat in {seat.actor: seat for seat in game.seats}.values():
        yield game.shown(seat.stem), game.named(seat.actor) or seat.label
