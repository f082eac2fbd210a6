"""The page on power: who weighs how much, ranked and on the map, each with what it means in plain words."""

from __future__ import annotations

from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from assent.errors import AssentError
from assent.inquiries.counting.power import INDICES
from assent.render.map import Mark
from assent.render.numbers import power as small
from assent.render.numbers import share as part
from assent.render.power import NAMES, name_of, rows_of
from assent.web.pages.believed import believed
from assent.web.pages.counting import Gap, answered, asked, called, game_of, one_in, page
from assent.web.pages.plotted import plot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assent.api import Library
    from assent.inquiries.counting.game import Game
    from assent.inquiries.counting.power import Power, Share
    from assent.web.address import Address
    from assent.web.pages.plotted import Plot

FOLD = 60  # rows; a longer list is folded to the first of them
FOLDED = 25
STEPS = (0.5, 0.75, 1.0, 1.5, 2.0)  # times an even share, where one shade ends and the next begins
GROUPS = {
    "body": "Body",
    "state": "State",
    "chamber": "Chamber",
    "party": "Party",
    "region": "Region",
    "member": "Member",
}
VIEWS = (("map", "Map"), ("tiles", "Equal tiles"))
READ = {
    "banzhaf": "Let all others toss a coin. How often does this vote then decide? Nobody’s politics enter.",
    "shapley-shubik": "Let all come round in random order, each with a yes. How often does this yes complete it?",
    "birnbaum": "Let all others say yes as often as you believe. How often does this vote then decide?",
    "coleman-initiate": "Of all sets of members that fail, how many would pass with this one’s yes?",
    "coleman-prevent": "Of all sets of members that pass, how many would fail with this one’s no?",
    "johnston": "As Banzhaf, but a success counts for less the more members could have stopped it.",
    "deegan-packel": "Only sets from which nobody can be spared count, each shared by its members.",
    "holler": "In how many of the sets from which nobody can be spared is this member?",
}
MANY = 1e6  # times: more are told as a power of ten
ALIKE = 1.005  # times: less than half a per cent more is no difference
MAIN = ("banzhaf", "shapley-shubik", "birnbaum", "coleman-initiate", "coleman-prevent")


class Choice(NamedTuple):
    """A way to ask, as a switch."""

    value: str
    label: str
    says: str
    url: str
    held: bool


class Part(NamedTuple):
    """A body of a unit: its members and its share of all power."""

    name: str
    members: int
    share: str


class Row(NamedTuple):
    """Who weighs how much: one row of the ranking, and what stands behind it."""

    id: str
    rank: int
    name: str
    code: str
    members: int
    share: str
    wide: float
    each: str
    one_in: str
    swings: int | None
    even: str
    parts: tuple[Part, ...]


class Compared(NamedTuple):
    """One member of the body where a member weighs most, and of that where one weighs least."""

    heavy: str
    alone: bool
    light: str
    times: str
    one_in: str


def power_page(ask: Address, library: Library) -> str:
    """Who weighs how much.

    Raises
    ------
    QueryError
        It cannot be answered as asked.
    """
    game = game_of(ask, library)
    index = ask.option("index")
    found: Power | None = None
    gap: Gap | None = Gap("", "", "beliefs")
    if index != "birnbaum" or ask.every("p"):
        found, gap = answered(ask, library)
    by_state = _beside(ask, library, game, "state") if found else None
    by_chamber = _beside(ask, library, game, "chamber") if found else None
    rows = rows_of(found.values) if found else []
    full = ask.option("full") == "yes"
    shown = rows if full or len(rows) <= FOLD else rows[:FOLDED]
    mixed = len(ask.every("p")) > 1  # members of one body are not alike then
    ranked = tuple(_rows(shown, len(rows), found, game, by_chamber, mixed=mixed)) if found else ()
    return page(
        "power.html", ask, library, found, gap, game=game,
        index=NAMES[index],
        reads=READ[index],
        rows=ranked,
        rest=(len(rows) - len(shown), part(sum(s.normalized for group in rows[len(shown):] for s in group))),
        full=full,
        plot=_plot(ask, library, by_state) if by_state else None,
        views=VIEWS,
        groups=tuple(_groups(ask, game, found)),
        indices=tuple(_indices(ask, MAIN)),
        others=tuple(_indices(ask, [name for name in INDICES if name not in MAIN])),
        compared=_compared(by_chamber, game) if by_chamber and not mixed else None,
        form=believed(ask, game) if index == "birnbaum" and game else None,
    )  # fmt: skip


def _beside(ask: Address, library: Library, game: Game | None, by: str) -> Power | None:
    """The same summed over something else; nothing where that is not on file."""
    if game is None or (by == "state" and not _states(game)):
        return None
    try:
        found: Power = asked(ask.changed(by=by), library)
    except AssentError:
        return None
    return found


def _states(game: Game) -> set[str]:
    return ({cell.state or seat.unit for seat in game.seats for cell in seat.cells} | game.states) - {""}


def _rows(
    shown: Iterable[tuple[Share, ...]],
    number: int,
    found: Power,
    game: Game | None,
    by_chamber: Power | None,
    *,
    mixed: bool,
) -> Iterable[Row]:
    top = 0.0
    for rank, group in enumerate(shown, 1):
        first, members = group[0], sum(s.members for s in group)
        each = found.by == "member"  # then a row is one member, for all who are alike
        weight = first.normalized if each else sum(s.normalized for s in group)
        top = max(top, weight)
        alike = not mixed and (found.by in {"member", "chamber"} or _lone(found.by, game, first))
        log10 = None if first.log10 is None or not alike else first.log10 - _log10(first.members)
        swings = first.swings
        if swings is not None and alike:
            swings //= first.members
        name = name_of(group) if game is None else called(game, first.id, first.label)
        if each and members > 1:
            name = f"{name} (each of {members:,})"
        yield Row(
            first.id.replace("/", "-").replace(" ", "-"),
            rank,
            name,
            "" if name == first.id else name_of(group) if each else first.id,
            members,
            part(weight),
            round(100 * weight / top, 2) if top else 0.0,
            small(_each(first), log10, 3) if alike else "",
            one_in(_each(first), log10) if alike and _each(first) <= 1 else "",
            swings,
            _times(weight * number) if number > 1 and not each else "",
            _parts(first, game, by_chamber) if found.by == "state" else (),
        )


def _lone(by: str, game: Game | None, row: Share) -> bool:
    """Whether the members of a row are one body, and so alike."""
    return by == "body" and game is not None and sum(seat.body == row.id for seat in game.seats) == 1


def _log10(number: int) -> float:
    from math import log10

    return log10(number)


def _times(ratio: float) -> str:
    """So many times an even share, in words."""
    return f"{ratio:.2g} times" if ratio < 10 else f"{ratio:,.0f} times"


def _parts(row: Share, game: Game | None, by_chamber: Power | None) -> tuple[Part, ...]:
    """What a unit's weight is made of: its own bodies, then what it has in the bodies of the whole."""
    if game is None or by_chamber is None:
        return ()
    own = {game.shown(seat.stem) for seat in game.seats if seat.unit == row.id}
    bodies = [share for share in by_chamber.values if share.id in own]
    parts = [Part(called(game, share.id, share.label), share.members, part(share.normalized)) for share in bodies]
    members = row.members - sum(share.members for share in bodies)
    if members:
        rest = max(row.normalized - sum(share.normalized for share in bodies), 0.0)
        parts.append(Part("In the bodies of the whole", members, part(rest)))
    return tuple(parts)


def _plot(ask: Address, library: Library, by_state: Power) -> Plot | None:
    """Each unit shaded by its share, from less than half an even share to more than twice it."""
    units = [share for share in by_state.values if share.label and share.id != share.label]
    if not units:
        return None
    even = sum(share.normalized for share in units) / len(units)
    ends = [step * even for step in STEPS]
    words = {f"s{at + 1}": said for at, said in enumerate(_shades(ends))}
    url = ask.url(by="state")
    marks = {
        share.id: Mark(
            share.id,
            f"s{sum(share.normalized > end * (1 + 1e-9) for end in ends) + 1}",
            f"{share.label}: {part(share.normalized)} of all power, {share.members:,} members, number {rank}.",
            f"{url}#w-{share.id}",
        )
        for rank, share in enumerate(units, 1)
    }
    return plot(library, marks, words)


def _shades(ends: list[float]) -> list[str]:
    said = [f"{100 * end:.3g}" for end in ends]
    between = [f"{low} to {high}\u00a0%" for low, high in pairwise(said)]
    return [f"under {said[0]}\u00a0%", *between, f"over {said[-1]}\u00a0%"]


def _groups(ask: Address, game: Game | None, found: Power | None) -> Iterable[Choice]:
    if game is None:
        return
    held = found.by if found else ask.option("by") or "body"
    parties = any(cell.party for seat in game.seats for cell in seat.cells)
    for name, label in GROUPS.items():
        states = name not in {"state", "region"} or _states(game)
        if not states or (name == "party" and not parties) or (name == "region" and not game.regions):
            continue
        yield Choice(name, label, "", ask.url(by=name, full=()), name == held)


def _indices(ask: Address, names: Iterable[str]) -> Iterable[Choice]:
    for name in names:
        url = ask.url(index=name) if name == "birnbaum" else ask.url(index=name, p=(), factor=())
        yield Choice(name, NAMES[name], READ[name], url, name == ask.option("index"))


def _each(share: Share) -> float:
    """The value of one of those who are alike; infinite above the largest float."""
    return inf if share.value is None else share.value / share.members


def _compared(by_chamber: Power, game: Game | None) -> Compared | None:
    """The heaviest and the lightest single member, by their bodies."""
    if game is None or by_chamber.index not in {"banzhaf", "shapley-shubik", "birnbaum"}:
        return None
    each = sorted(
        ((share.log10 - _log10(share.members), share) for share in by_chamber.values if share.log10 is not None),
        key=lambda pair: pair[0],
    )
    if not each:
        return None
    (low, light), (high, heavy) = each[0], each[-1]
    times = 10 ** (high - low)
    return Compared(
        called(game, heavy.id, heavy.label),
        heavy.members == 1,
        called(game, light.id, light.label) if times > ALIKE else "",
        small(times) if times < 10 or times >= MANY else f"{times:,.0f}",
        one_in(_each(heavy), high),
    )
