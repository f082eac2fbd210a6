"""Efg: a standoff as an extensive game for Gambit, with every probability and payoff as an exact fraction."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assent.models.standoff.tree import CHANCE, FEDERAL, STATE, chances, payoffs

if TYPE_CHECKING:
    from assent.models.standoff.parameters import Number, Parameters
    from assent.models.standoff.private import Type
    from assent.models.standoff.tree import Node, Tree

PLAYERS = (STATE, FEDERAL)  # in the order in which Gambit numbers them
START = "start"


def efg(
    tree: Tree,
    parameters: Parameters,
    title: str,
    federal: tuple[Type, ...] = (),
    state: tuple[Type, ...] = (),
) -> str:
    """The text of an ``.efg`` file.

    Parameters
    ----------
    title
        The game's name.
    federal, state
        Types of the sides, if what force costs them is private: chance draws them first, and each side knows its own.

    Examples
    --------
    >>> from assent.models.standoff.literature import BARE
    >>> from assent.models.standoff.tree import Menu, tree_of
    >>> efg(tree_of(Menu(("tolerate",))), BARE, "Nobody minds").splitlines()[0]
    'EFG 2 R "Nobody minds" { "state" "federal" }'
    """
    return _Writer(tree, parameters.exact(), federal, state).text(title)


class _Writer:
    """Writes the nodes depth first, numbering information sets and outcomes as it comes to them."""

    def __init__(self, tree: Tree, parameters: Parameters, federal: tuple[Type, ...], state: tuple[Type, ...]) -> None:
        self.tree = tree
        self.odds = chances(parameters)
        self.lines: list[str] = []
        self.sets: dict[tuple[str, int, int], int] = {}
        self.lotteries = self.outcomes = 0
        self.types = {FEDERAL: tuple(t for t in federal if t.prior), STATE: tuple(t for t in state if t.prior)}
        kinds = {side: held or (None,) for side, held in self.types.items()}
        self.worth = {
            (f, s): payoffs(tree, _told(parameters, one, other))
            for f, one in enumerate(kinds[FEDERAL])
            for s, other in enumerate(kinds[STATE])
        }

    def text(self, title: str) -> str:
        sides = " ".join(f'"{side}"' for side in PLAYERS)
        self.lines = [f'EFG 2 R "{_quoted(title)}" {{ {sides} }}', '""', ""]
        self._types([FEDERAL, STATE], {})
        return "\n".join([*self.lines, ""])

    def _types(self, sides: list[str], kinds: dict[str, int]) -> None:
        """Chance draws the types of the sides that have several."""
        if not sides:
            self._node(0, kinds)
            return
        side, *rest = sides
        held = self.types[side]
        if len(held) < 2:
            self._types(rest, kinds)
            return
        self._chance(self._name(f"{side} type", kinds), [t.name for t in held], [t.prior for t in held])
        for kind in range(len(held)):
            self._types(rest, {**kinds, side: kind})

    def _node(self, at: int, kinds: dict[str, int]) -> None:
        node = self.tree.nodes[at]
        worth = self.worth[kinds.get(FEDERAL, 0), kinds.get(STATE, 0)][at]
        if worth is not None:
            self.outcomes += 1
            own = {FEDERAL: worth[0], STATE: worth[1]}
            paid = ", ".join(_exact(own[side]) for side in PLAYERS)
            name = self._name(node.id, kinds)
            self.lines.append(f't "{name}" {self.outcomes} "{name}" {{ {paid} }}')
            return
        if node.player == CHANCE:
            self._chance(self._name(node.id, kinds), list(node.moves), list(self.odds[node.lottery]))
        else:
            self._decision(at, node, kinds)
        for below in node.below:
            self._node(below, kinds)

    def _decision(self, at: int, node: Node, kinds: dict[str, int]) -> None:
        side = node.player
        kind = kinds.get(side, 0)
        key = (side, at, kind)
        number = self.sets.setdefault(key, 1 + sum(known[0] == side for known in self.sets))
        held = self.types[side]
        known = f" ({_quoted(held[kind].name)})" if side in kinds else ""
        moves = " ".join(f'"{move}"' for move in node.moves)
        label, place = self._name(node.id, kinds), PLAYERS.index(side) + 1
        self.lines.append(f'p "{label}" {place} {number} "{node.id or START}{known}" {{ {moves} }} 0')

    def _name(self, node: str, kinds: dict[str, int]) -> str:
        """What a node is called: each name once, so the types that chance has drawn stand in it."""
        drawn = [self.types[side][kinds[side]].name for side in (FEDERAL, STATE) if side in kinds]
        return _quoted("/".join([*drawn, node or START]) if drawn else node or START)

    def _chance(self, name: str, moves: list[str], odds: list[Number]) -> None:
        self.lotteries += 1
        told = " ".join(f'"{_quoted(move)}" {_exact(p)}' for move, p in zip(moves, odds, strict=True))
        self.lines.append(f'c "{name}" {self.lotteries} "{name}" {{ {told} }} 0')


def _told(parameters: Parameters, federal: Type | None, state: Type | None) -> Parameters:
    new = {}
    if federal is not None:
        new["federal_force_cost"] = federal.force_cost
    if state is not None:
        new["state_force_cost"] = state.force_cost
    return parameters.having(**new)


def _exact(number: Number) -> str:
    return str(Fraction(number))


def _quoted(text: str) -> str:
    return text.replace("\\", "/").replace('"', "'")
