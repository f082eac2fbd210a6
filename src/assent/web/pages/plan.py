"""The page on the plan: who is still needed, the cheapest first, and what changes if somebody must be in or out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assent.errors import AssentError
from assent.render.map import Mark
from assent.render.plan import answer, differs, price
from assent.web.pages.believed import believed
from assent.web.pages.counting import Gap, answered, called, game_of, page
from assent.web.pages.plotted import plot
from assent.web.pages.power import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assent.api import Library
    from assent.inquiries.counting.game import Game
    from assent.inquiries.counting.plan import Plan, Won
    from assent.inquiries.counting.plan import Way as Other
    from assent.inquiries.matter.status import Status
    from assent.web.address import Address
    from assent.web.pages.plotted import Plot

VIEWS = (("map", "Map"), ("tiles", "Equal tiles"), ("list", "List"))
GOALS = {
    "pass": ("Pass it", "Who has to say yes."),
    "block": ("Block it", "Who has to say no, so that it cannot pass."),
}
COSTS = {
    "members": ("Fewest members", "Each member costs one."),
    "population": ("Fewest people", "A member costs the people he or she stands for."),
    "persuasion": ("Least persuasion", "A member costs what is missing to even odds, by what you believe of each."),
}
MUST, OUT = "must", "out"
FOLD = 60


class Stop(NamedTuple):
    """Somebody who can be asked for or left out, and what a click makes of them next."""

    id: str
    name: str
    state: str
    says: str
    url: str
    taken: bool
    how: str


class Bloc(NamedTuple):
    """Whom to win in one unit, or in one body of the whole."""

    name: str
    code: str
    bodies: tuple[str, ...]
    members: int
    cost: str


class Way(NamedTuple):
    """Another way: what it costs, and in what it differs."""

    cost: str
    size: int
    says: str


def plan_page(ask: Address, library: Library) -> str:
    """Whom it takes.

    Raises
    ------
    QueryError
        It cannot be answered as asked.
    """
    if not ask.id and ask.option("matter"):
        ask = ask.changed(id=library.matters[ask.option("matter")].procedure)
    game = game_of(ask, library)
    persuades = ask.option("cost") == "persuasion"
    found: Plan | None = None
    gap: Gap | None = Gap("", "", "beliefs")
    if not persuades or ask.every("p"):
        found, gap = answered(ask, library)
    status = _status(ask, library)
    stops = tuple(_stops(ask, game, found, status)) if game else ()
    local = [stop for stop in stops if game and stop.id in game.states]
    drawn = _plot(ask, library, local) if game and game.states else None
    return page(
        "plan.html", ask, library, found, gap, game=game,
        sentence=answer(found) if found else "",
        number=_number(found) if found else ("", ""),
        proof=_proof(found) if found else "",
        plot=drawn,
        views=VIEWS,
        local=tuple(sorted(local, key=lambda stop: stop.name)) if ask.view == "list" else (),
        bodies=tuple(stop for stop in stops if stop not in local),
        wished=tuple(stop for stop in stops if stop.state),
        undone=ask.url(include=(), exclude=()),
        blocs=tuple(_blocs(found, game)) if found and game else (),
        plain=found is not None and found.priced_by == "members",
        ways=tuple(Way(price(way.cost), way.size, _instead(found, way, game)) for way in found.next_best)
        if found and game else (),
        more=ask.url(next="10") if ask.option("next") == "3" else "",
        goals=tuple(_choices(ask, "goal", GOALS)),
        costs=tuple(_choices(ask, "cost", COSTS)),
        matters=_matters(library, ask),
        status=status,
        form=believed(ask, game) if persuades and game else None,
        bounds=tuple(
            (name, said, ask.url(**{name: tuple(one for one in ask.every(name) if one != said)}))
            for name in ("at-least", "at-most") for said in ask.every(name)
        ),
    )  # fmt: skip


def _status(ask: Address, library: Library) -> Status | None:
    """Where the matter stands that the plan goes on from."""
    if not ask.option("matter"):
        return None
    try:
        return library.status(ask.option("matter"), ask.as_of, ask.known_as_of, ask.readings, ask.window)
    except AssentError:
        return None


def _number(found: Plan) -> tuple[str, str]:
    """The number that leads, and what it counts."""
    if found.cost is None:
        return "", ""
    if found.priced_by == "members":
        return f"{found.size:,}", "member" if found.size == 1 else "members"
    return price(found.cost), found.unit.replace("-", "\u2011")


def _proof(found: Plan) -> str:
    """What is proven, in words."""
    if found.cost is None or not found.method:
        return ""
    unlike = "cheaper" if found.priced_by != "members" else "smaller"
    if found.proof == "gap":
        return f"Not proven: a {unlike} set could save up to {price(found.gap or 0)}. The search ran out of time."
    if "HiGHS" in found.method:
        how = "A solver of integer programs found it with a bound, and it was checked again in whole numbers."
    else:
        how = "The cheapest way was worked out for every body and for every number of them: nothing was left out."
    return f"Proven: no {unlike} set of members does it. {how}"


def _stops(ask: Address, game: Game, found: Plan | None, status: Status | None) -> Iterable[Stop]:
    """The units with bodies of their own, then the bodies of the whole."""
    taken = {won.state for won in found.members if won.state} if found else set()
    bodies = {_stem(won) for won in found.members} if found else set()
    spoken = {p.unit: p for p in status.units} if status else {}
    names = {**{state: game.named(state) or state for state in sorted(game.states)}}
    for unit, name in names.items():
        position = spoken.get(unit)
        how = ""
        if position is not None and position.counts:
            how = "have"
        elif position is not None and position.how in {"barred", "excluded"}:
            how = position.how
        yield _stop(ask, unit, name, taken=unit in taken, how=how)
    for seat in game.seats:
        if not seat.unit and not seat.cells[1:2] and seat.lone:
            yield _stop(
                ask,
                seat.actor,
                called(game, seat.actor, game.named(seat.actor) or seat.label),
                taken=seat.actor in bodies,
                how="",
            )
    for seat in {seat.actor: seat for seat in game.seats if not seat.unit and not seat.lone}.values():
        yield _stop(
            ask,
            seat.actor,
            called(game, seat.actor, game.named(seat.actor) or seat.label),
            taken=seat.actor in bodies,
            how="",
        )


def _stem(won: Won) -> str:
    stem, _, number = won.id.rpartition("/")
    return stem if number.isdecimal() and stem else won.id


def _stop(ask: Address, name: str, label: str, *, taken: bool, how: str) -> Stop:
    included, excluded = ask.every("include"), ask.every("exclude")
    state = MUST if name in included else OUT if name in excluded else ""
    add = {"": "include", MUST: "exclude", OUT: ""}[state]
    changes = {
        "include": tuple(sorted({*included, name} if add == "include" else {*included} - {name})),
        "exclude": tuple(sorted({*excluded, name} if add == "exclude" else {*excluded} - {name})),
    }
    says = {"": "ask for it", MUST: "leave it out", OUT: "free again"}[state]
    return Stop(name, label, state, says, ask.url(**changes), taken, how)


def _plot(ask: Address, library: Library, stops: Iterable[Stop]) -> Plot | None:
    words = _words(ask)
    marks: dict[str, Mark] = {}
    for stop in stops:
        kind = stop.how or ("take" if stop.taken else "out" if stop.state == OUT else "none")
        said = f"{stop.name}: {words[kind].lower()}."
        if stop.state:
            said += " You ask for it." if stop.state == MUST else " You leave it out."
        free = kind != "have" and not stop.how
        marks[stop.id] = Mark(
            stop.id, kind, f"{said} {stop.says.capitalize()}" if free else said, stop.url if free else "",
            ring=bool(stop.state),
        )  # fmt: skip
    return plot(library, marks, words)


def _words(ask: Address) -> Mapping[str, str]:
    goal = ask.option("goal")
    return {
        "take": "In the cheapest way" if goal == "pass" else "Says no in the cheapest way",
        "have": "Counted already",
        "none": "Not needed",
        "out": "Left out by you",
        "barred": "Can no longer say yes",
        "excluded": "Not counted under these readings",
    }


def _instead(found: Plan, way: Other, game: Game) -> str:
    """In what another way differs, with what readers call the bodies."""
    parts = []
    for part in differs(found.members, way).split(", "):
        name, _, rest = part.partition(" ")
        parts.append(f"{called(game, name)} {rest}" if rest else part)
    return ", ".join(parts)


def _blocs(found: Plan, game: Game) -> Iterable[Bloc]:
    """Whom to win: the bodies of the whole first, then unit by unit, the cheapest first."""
    plain = found.priced_by == "members"
    wide = [won for won in found.members if not won.state]
    for won in wide:
        yield Bloc(
            called(game, _stem(won), won.label), won.id, (_said(won),), won.members, "" if plain else price(won.cost)
        )
    units: dict[str, list[Won]] = {}
    for won in found.members:
        if won.state:
            units.setdefault(won.state, []).append(won)
    for unit, several in sorted(units.items(), key=lambda pair: (sum(won.cost for won in pair[1]), pair[0])):
        yield Bloc(
            game.named(unit) or unit, unit, tuple(f"{_named(won, unit)}: {_said(won)}" for won in several),
            sum(won.members for won in several), "" if plain else price(sum(won.cost for won in several)),
        )  # fmt: skip


def _named(won: Won, unit: str) -> str:
    """A body of a unit, without the unit's own name before it."""
    return won.label.removeprefix(f"{unit} ") or _stem(won)


def _said(won: Won) -> str:
    if won.of == 1:
        return "says so"
    group = f" {won.group}" if won.group else ""
    return f"{won.members:,} of {won.of:,}{group}"


def _choices(ask: Address, name: str, words: Mapping[str, tuple[str, str]]) -> Iterable[Choice]:
    for value, (label, says) in words.items():
        changes = {name: value}
        url = ask.url(**changes) if value == "persuasion" or name == "goal" else ask.url(**changes, p=(), factor=())
        yield Choice(value, label, says, url, value == ask.option(name))


def _matters(library: Library, ask: Address) -> tuple[tuple[str, str, bool], ...]:
    """The matters that this procedure decides, those first that were begun last."""
    own = [matter for matter in library.matters.values() if matter.procedure == ask.id]
    own.sort(key=lambda matter: (str(matter.proposed_on or ""), matter.id), reverse=True)
    return tuple((matter.id, matter.title, matter.id == ask.option("matter")) for matter in own)
