"""The games that were solved by pygambit too, and our own answers to them under Gambit's names."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assent.models.standoff import branch, private, quantal
from assent.models.standoff.efg import efg
from assent.models.standoff.private import Type
from assent.models.standoff.tree import Menu, tree_of
from tests.models.standoff.crowd import DEFAULTS

if TYPE_CHECKING:
    from assent.models.standoff.parameters import Parameters


FULL = Menu()


@dataclass(frozen=True)
class Game:
    """A standoff, its menu, and the types of both sides (none where everything is known)."""

    parameters: Parameters = DEFAULTS
    menu: Menu = FULL
    federal: tuple[Type, ...] = ()
    state: tuple[Type, ...] = ()


FEDERAL = (Type("tough", Fraction(3, 10), Fraction(3, 5)), Type("soft", Fraction(7, 10), Fraction(3, 2)))
STATE = (Type("firm", Fraction(1, 4), Fraction(1, 10)), Type("weak", Fraction(3, 4), Fraction(4, 5)))
GAMES = {
    "defaults": Game(),
    "statute": Game(DEFAULTS.having(stake=Fraction(1, 100), statehood=False, lump_sum=True)),
    "sure-court": Game(DEFAULTS.having(ruling=Fraction(1), lawful_chance=Fraction(0))),
    "tough-or-soft": Game(federal=FEDERAL),
    "both-hidden": Game(federal=FEDERAL, state=STATE),
    "bluff": Game(DEFAULTS.having(ruling=Fraction(1)), Menu(("tolerate", "litigate", "force")), FEDERAL),
}


def text_of(game: Game, name: str) -> str:
    """The game as it was given to pygambit."""
    return efg(tree_of(game.menu), game.parameters, name, game.federal, game.state)


def answers_of(game: Game, precision: float) -> dict[str, float]:
    """``player | information set | move``, as Gambit calls them → probability."""
    tree = tree_of(game.menu)
    if not game.federal and not game.state:
        found = quantal.solve(tree, game.parameters, precision)
        return {
            f"{node.player} | {node.id or 'start'} | {move}": found.odds[at][place]
            for at, node in enumerate(tree.nodes)
            if node.player in {"federal", "state"}
            for place, move in enumerate(node.moves)
        }
    numbers = game.parameters
    federal = game.federal or (Type("one", Fraction(1), numbers.federal_force_cost),)
    state = game.state or (Type("one", Fraction(1), numbers.state_force_cost),)
    laid = private.Private(tree, numbers, federal, state)
    odds = laid.odds(branch.follow(laid, precision).logs)
    answers = {}
    for agent in laid.agents:
        node = tree.nodes[agent.node]
        kinds = laid.types[agent.player]
        name = f"{node.id or 'start'}{f' ({kinds[agent.kind].name})' if len(kinds) > 1 else ''}"
        for place, move in enumerate(node.moves):
            answers[f"{agent.player} | {name} | {move}"] = odds[agent.node, agent.kind][place]
    return answers
