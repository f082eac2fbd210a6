"""The page on chance: what is believed as sliders, what follows from it as dots and a curve, and a world to look at."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup
from msgspec.structs import replace as changed

from assent.inquiries.counting.chance import read_over
from assent.inquiries.counting.scenario import EVERYONE
from assent.render.chance import answer
from assent.render.charts import Point, curve, dot_parts
from assent.render.map import Mark
from assent.render.numbers import power as small
from assent.render.numbers import share
from assent.render.plots import plot_parts
from assent.web.pages.believed import believed, hundred
from assent.web.pages.counting import Gap, answered, asked, called, game_of, one_in, page
from assent.web.pages.plotted import plot

if TYPE_CHECKING:
    from assent.api import Library
    from assent.inquiries.counting.chance import Chance, Curve
    from assent.inquiries.counting.game import Game
    from assent.inquiries.counting.world import Body, World
    from assent.web.address import Address
    from assent.web.pages.believed import Believed
    from assent.web.pages.plotted import Plot

MOST = 10  # groups of alike members whose move is told, the weightiest first
WHOLE, FEW = "0:1:100", "0:1:10"  # a curve with a point for each "n in 100", or one that takes less time
HUNDRED = 100
VIEWS = (("map", "Map"), ("tiles", "Equal tiles"))
WORDS = {"yes": "Says yes in this world", "uncertain": "Says yes at one stage alone", "no": "Says no"}


class Told(NamedTuple):
    """A chance as a number that a reader can take in, and as dots."""

    number: str
    unit: str
    dots: Markup
    filled: int
    says: str


class Row(NamedTuple):
    """A point of the curve, and the page that stands on it."""

    at: float
    hundred: str
    chance: str
    says: str
    url: str
    here: bool


class Drawn(NamedTuple):
    """The curve over one assumption."""

    parts: Markup
    label: str
    says: str
    rows: tuple[Row, ...]


class Over(NamedTuple):
    """An assumption that the curve may go over."""

    label: str
    url: str
    held: bool


class Move(NamedTuple):
    """What one more in a hundred does to the chance."""

    label: str
    members: int
    hundred: str
    says: str


class Group(NamedTuple):
    """Members who are alike, and what the move of one of them does."""

    name: str
    members: int
    hundred: str
    slope: str


class Shown(NamedTuple):
    """A world to look at, and the ways to the next.

    Attributes
    ----------
    wave
        How many in 100 even odds become by the wave that carries everybody; empty where there is none.
    """

    world: World
    wide: tuple[Body, ...]
    wave: str
    plot: Plot | None
    before: str
    after: str


def chance_page(ask: Address, library: Library) -> str:
    """How likely it is.

    Raises
    ------
    QueryError
        It cannot be answered as asked.
    """
    game = game_of(ask, library)
    form = believed(ask, game) if game else None
    over = _over(ask, form)
    shown = ask.changed(over=over) if over else ask
    found: Chance | None = None
    gap: Gap | None = Gap("", "", "beliefs")
    if ask.every("p") or game is None:
        found, gap = _answered(shown, library)
    if found is None and ask.option("over") == "" and over:
        found, gap = _answered(ask, library)  # what the curve would go over decides nobody: the rest stands without it
    return page(
        "chance.html", ask, library, found, gap, game=game, shown=shown if found and found.curve else ask,
        form=form,
        told=told_of(found) if found else None,
        sentence=answer(found) if found else "",
        drawn=curve_of(ask, found, found.curve, game) if found and found.curve and game else None,
        overs=_overs(ask, form, over) if form else (),
        curved=ask.url(over=(f"{_first(form)}={FEW}",)),
        moves=tuple(_moves(found, form)) if found and form else (),
        groups=tuple(_groups(found, game)) if found and game else (),
        seen=world_of(ask, library, found.world) if found and found.world else None,
        draw=ask.url(world="1"),
        views=VIEWS,
    )  # fmt: skip


def _answered(ask: Address, library: Library) -> tuple[Chance | None, Gap | None]:
    """The answer, its curve and its world asked for apart, so that neither is worked out again for the other."""
    seed = ask.option("world")
    found, gap = answered(ask.changed(world=()), library)
    if found is None or not seed:
        return found, gap
    seen = asked(ask.changed(over=()), library)
    said = found.reproduce.replace(" --as-of ", f" --world {seed} --as-of ", 1)
    return changed(found, world=seen.world, reproduce=said), None


def _first(form: Believed | None) -> str:
    """The assumption that the curve goes over unless another is chosen: that about the most members."""
    said = [row for row in (*form.first, *form.more) if row.hundred] if form else []
    named = sum(row.members for row in said if row.key != EVERYONE)
    return max(said, key=lambda row: row.members - (named if row.key == EVERYONE else 0)).key if said else EVERYONE


def _over(ask: Address, form: Believed | None) -> str:
    """What the curve goes over; nothing where it would take long and nobody asked for it."""
    if ask.option("over"):
        return ask.option("over")
    return "" if ask.every("factor") or not ask.every("p") else f"{_first(form)}={WHOLE}"


def told_of(found: Chance) -> Told:
    """A chance as a number that a reader can take in, and as dots."""
    p, filled = found.probability, min(max(round(100 * found.probability), 0), HUNDRED)
    if filled == HUNDRED and found.complement > 0:
        filled = HUNDRED - (found.complement >= 0.005)
    if 0.01 <= p <= 0.99:
        number, unit = f"{100 * p:.3g}", "in 100"
    elif p < 0.01:
        said = one_in(p, found.log10)
        number, unit = (said or "0", "" if said else "in 100")
    else:
        number, unit = share(p, found.log10, found.complement), ""
    says = f"Of a hundred such worlds, about {filled} would pass."
    if not filled:
        says = "Of a hundred such worlds, most likely none would pass."
    elif filled == HUNDRED:
        says = "Of a hundred such worlds, most likely all would pass."
    return Told(number, unit, Markup(dot_parts(filled)), filled, says)  # noqa: S704 - numbers alone


def curve_of(ask: Address, found: Chance, over: Curve, game: Game) -> Drawn:
    """The curve over one assumption; each point leads to the page that stands on it."""
    points = [Point(point.at, point.probability) for point in over.points]
    said = {text.rpartition("=")[0] or EVERYONE: text.rpartition("=")[2] for text in ask.every("p")}
    value = said.get(over.over)
    at = float(hundred(value)) / HUNDRED if value else None
    here = Point(at, found.probability) if at is not None else None
    label = _whose(over.over, game, alone=not set(said) - {EVERYONE})
    rows = tuple(
        Row(
            point.at,
            f"{HUNDRED * point.at:.4g}",
            share(point.probability, point.log10, point.complement),
            f"{label}: {HUNDRED * point.at:.4g} in 100 → {share(point.probability, point.log10, point.complement)}",
            _with(ask, over.over, point.at),
            at is not None and abs(point.at - at) < 1e-9,
        )
        for point in over.points
    )
    says = f"The chance of passing over {label}: " + ", ".join(
        f"{row.hundred} in 100 gives {row.chance}" for row in rows[:: max(len(rows) // 5, 1)]
    )
    parts = Markup(plot_parts(curve(points, here, points[0].x, points[-1].x)))  # noqa: S704 - numbers alone
    return Drawn(parts, label, says, rows)


def _with(ask: Address, key: str, p: float) -> str:
    """The page with another value of one assumption."""
    own = f"{p:.12g}" if key == EVERYONE else f"{key}={p:.12g}"
    others = tuple(text for text in ask.every("p") if (text.rpartition("=")[0] or EVERYONE) != key)
    return ask.url(p=(own, *others) if key == EVERYONE else (*others, own))


def _whose(key: str, game: Game, *, alone: bool) -> str:
    kind, _, name = key.partition(":")
    if key == EVERYONE:
        return "everyone" if alone else "everyone not named otherwise"
    return game.named(name) or f"{kind} {name}"


def _overs(ask: Address, form: Believed, over: str) -> tuple[Over, ...]:
    held = read_over(over)[0] if over else ""
    span = FEW if ask.every("factor") else WHOLE
    said = [row for row in (*form.first, *form.more) if row.hundred]
    return tuple(Over(row.label, ask.url(over=(f"{row.key}={span}",)), row.key == held) for row in said)


def _moves(found: Chance, form: Believed) -> list[Move]:
    labels = {row.key: row.label for row in (*form.first, *form.more)}
    moves = []
    for move in found.moves:
        if move.relative is None:
            says = "no difference" if not move.value else f"{100 * move.value:+.2g} in 10,000"
        else:
            says = f"{move.relative:+,.3g}\u00a0%"
        moves.append(
            Move(labels.get(move.assumption, move.assumption), move.members, f"{HUNDRED * move.probability:.4g}", says)
        )
    return moves


def _groups(found: Chance, game: Game) -> list[Group]:
    return [
        Group(called(game, g.id, g.label), g.members, f"{HUNDRED * g.probability:.4g}", small(g.value, g.log10, 3))
        for g in found.gradients[:MOST]
    ]


def world_of(ask: Address, library: Library, world: World) -> Shown:
    """A world to look at, drawn on the units, and the ways to the next."""
    by_unit: dict[str, list[Body]] = {}
    for body in world.bodies:
        # a unit's own test comes before those of the bodies it is made of, once for each stage
        if (
            body.state
            and body.id == by_unit.setdefault(body.state, [body])[0].id
            and body is not by_unit[body.state][0]
        ):
            by_unit[body.state].append(body)
    roster = library.place.record.rosters.get(library.place.profile.states, ())
    names = {member.unit: member.name for member in roster}
    marks = {
        unit: Mark(unit, _how(tests), f"{names.get(unit, unit)}: {_said(tests)}.") for unit, tests in by_unit.items()
    }
    return Shown(
        world,
        tuple(body for body in world.bodies if not body.state),
        f"{HUNDRED / (1 + exp(-world.shifts['nation'])):.3g}" if world.shifts.get("nation") else "",
        plot(library, marks, WORDS) if marks else None,
        ask.url(world=str(world.seed - 1)) if world.seed else "",
        ask.url(world=str(world.seed + 1)),
    )


def _how(tests: list[Body]) -> str:
    met = sum(body.met for body in tests)
    return "yes" if met == len(tests) else "uncertain" if met else "no"


def _said(tests: list[Body]) -> str:
    return "; ".join(
        f"{'yes' if body.met else 'no'}, {body.yes:,} of {body.of:,} with {body.need:,} needed" for body in tests
    )
