"""What is believed, as a form: so many in a hundred, of everybody and of groups, and what members have in common."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, NamedTuple

from assent.inquiries.counting.beliefs import known_names
from assent.inquiries.counting.game import VACANT
from assent.inquiries.counting.scenario import EVERYONE, read_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assent.inquiries.counting.game import Game
    from assent.web.address import Address

EXAMPLES = (50, 60, 70)
LEVELS = {"nation": "Everybody together", "region": "Each region by itself", "state": "Each state by itself"}
SPREADS = ("0", "0.1", "0.2", "0.3", "0.5", "0.75", "1", "1.5", "2")
MOST_BODIES = 3
WHOLE = 1e-9


class Choice(NamedTuple):
    """A value to choose: as the address has it, and in words."""

    value: str
    says: str
    held: bool


class Belief(NamedTuple):
    """Of whom something may be believed.

    Attributes
    ----------
    key
        As it is written on the command line.
    hundred
        What is believed, in a hundred; empty where nothing is.
    members
        How many members it is about, before nearer beliefs take theirs; zero where that is not said.
    drop
        The page without it.
    """

    id: str
    key: str
    label: str
    hundred: str
    members: int
    choices: tuple[Choice, ...]
    drop: str


class Factor(NamedTuple):
    """What members have in common at a level, and what it moves even odds to."""

    level: str
    label: str
    choices: tuple[Choice, ...]
    held: str


class Believed(NamedTuple):
    """The form: of everybody and of groups first, then of bodies, and what members have in common."""

    first: tuple[Belief, ...]
    more: tuple[Belief, ...]
    factors: tuple[Factor, ...]
    examples: tuple[tuple[int, str], ...]
    clear: str


def believed(ask: Address, game: Game) -> Believed:
    """What is believed on a page, as a form."""
    said = {key or EVERYONE: value for key, _, value in (text.rpartition("=") for text in ask.every("p"))}
    said = {_key(key): value for key, value in said.items()}
    parties = sorted(known_names(game, "party", {}) - {VACANT}, key=lambda name: -_members(game, "party", name))
    bodies = list(dict.fromkeys(seat.body for seat in game.seats if not seat.lone))
    first = [EVERYONE, *(f"party:{name}" for name in parties)]
    more = [f"body:{name}" for name in bodies if f"body:{name}" not in first][:MOST_BODIES]
    own = [key for key in said if key not in (*first, *more)]
    return Believed(
        tuple(_belief(ask, game, key, said) for key in first),
        tuple(_belief(ask, game, key, said) for key in (*more, *own)),
        tuple(_factor(ask, level) for level in LEVELS if _there(game, level)),
        tuple((n, ask.url(p=(f"{n / 100:g}",))) for n in EXAMPLES),
        ask.url(p=(), factor=(), over=()) if ask.kind == "chance" else ask.url(p=(), factor=()),
    )


def hundred(value: str) -> str:
    """A probability as so many in a hundred.

    Examples
    --------
    >>> hundred("0.6"), hundred("0.125"), hundred("40%")
    ('60', '12.5', '40')
    """
    number = float(value[:-1]) if value.endswith("%") else 100 * float(value)
    return f"{number:.10g}"


def _key(key: str) -> str:
    kind, name = read_key(key)
    return EVERYONE if kind == "everyone" else f"{kind}:{name}"


def _belief(ask: Address, game: Game, key: str, said: dict[str, str]) -> Belief:
    kind, name = read_key(key)
    value = hundred(said[key]) if key in said else ""
    start = "" if key == EVERYONE else f"{key}="
    numbers = [str(n) for n in range(101)]
    if value and value not in numbers:
        numbers = sorted([*numbers, value], key=float)
    choices = tuple(Choice(f"{start}{float(n) / 100:.12g}", f"{n} in 100", n == value) for n in numbers)
    without = tuple(text for text in ask.every("p") if _key(text.rpartition("=")[0] or EVERYONE) != key)
    label = {"everyone": "Everyone", "body": game.named(name) or name, "state": game.named(name) or name}.get(
        kind, name
    )
    return Belief(
        f"b-{key.replace(':', '-').replace('/', '-').replace(' ', '-') if key != EVERYONE else 'everyone'}",
        key,
        label if key != EVERYONE or len(said) < 2 else "Everyone else",
        value,
        game.size if key == EVERYONE else _members(game, kind, name),
        choices,
        ask.url(p=without),
    )


def _members(game: Game, kind: str, name: str) -> int:
    """How many members a group has."""
    if kind == "party":
        return sum(cell.members for seat in game.seats for cell in seat.cells if cell.party == name)
    if kind == "body":
        return sum(seat.members for seat in game.seats if name in {seat.body, seat.actor, seat.stem})
    if kind == "state":
        return sum(
            cell.members for seat in game.seats for cell in seat.cells if (cell.state or seat.unit) == name
        ) or sum(seat.members for seat in game.seats if seat.unit == name)
    return 0


def _factor(ask: Address, level: str) -> Factor:
    said = {text.rpartition("=")[0]: text.rpartition("=")[2] for text in ask.every("factor")}
    held = said.get(level, "0")
    spreads: Iterable[str] = SPREADS if held in SPREADS else sorted({*SPREADS, held}, key=float)
    choices = tuple(Choice(f"{level}={sd}" if float(sd) else "", _spread(sd), sd == held) for sd in spreads)
    return Factor(level, LEVELS[level], choices, held)


def _there(game: Game, level: str) -> bool:
    """Whether members may have something in common at a level."""
    return level == "nation" or bool(game.states and (level == "state" or game.regions))


def _spread(sd: str) -> str:
    """A standard deviation of log-odds in words: where it moves even odds, two times in three."""
    if not float(sd):
        return "0: not at all"
    up = round(100 / (1 + exp(-float(sd))))
    return f"{sd}: even odds become {100 - up} to {up} in 100"
