"""Reduced games: the same question to the solver with fewer unknowns.

A part that shares no leaf and that no side constraint looks into is bought whole or not at all: its cheapest ways take
its place. In a gate whose members count alike, the cheapest members that every good coalition takes are one item, and
the dearest that none takes are gone. The k best coalitions of the reduced game are those of the game.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assent.folds.game import Game, Row
from assent.folds.knapsack import TooManySums, cheapest_ways, taken
from assent.folds.modules import Module, modules

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from assent.folds.program import Counts


@dataclass(frozen=True, slots=True)
class Reduced:
    """A reduced game.

    Attributes
    ----------
    game
        Its own classes; a class that stands for a way or a bundle has one member.
    prices
        Of each class.
    classes, rows
        Class or row of the old game → its number in this one; what has gone is missing.
    means
        For each class, what one member of it stands for: old class → count.
    """

    game: Game
    prices: list[int]
    classes: Mapping[int, int]
    rows: Mapping[int, int]
    means: Sequence[Counts]

    def told(self, counts: Counts) -> Counts:
        """A coalition in the classes of the old game."""
        found: Counts = {}
        for place, count in counts.items():
            for c, n in self.means[place].items():
                found[c] = found.get(c, 0) + n * count
        return found


def reduced(game: Game, prices: Sequence[int], classes: Collection[int], rows: Collection[int], best: int) -> Reduced:
    """A game reduced for its so many best coalitions.

    Parameters
    ----------
    game
        The game, not decided.
    prices
        Of each class.
    classes, rows
        What side constraints look at and has to stay.
    best
        How many coalitions will be asked for.
    """
    return _Reducer(game, prices, set(classes), set(rows), best).made()


class _Reducer:
    def __init__(self, game: Game, prices: Sequence[int], classes: set[int], rows: set[int], best: int) -> None:
        self.game, self.prices, self.rows, self.best = game, prices, rows, best
        self.base = len(game.classes)
        self.uses: dict[int, int] = {}
        for row in game.rows:
            for _, ref in row.items:
                self.uses[ref] = self.uses.get(ref, 0) + 1
        self.held = classes | self._outside(rows)
        self.means: list[Counts] = []
        self.own: list[tuple[str, ...]] = []
        self.cost: list[int] = []
        self.moved: dict[int, int] = {}
        self.ways: dict[int, list[int]] = {}

    def _outside(self, rows: Collection[int]) -> set[int]:
        """The classes below rows that the last word does not hang on."""
        inside = set(self._below([] if isinstance(self.game.root, bool) else [self.game.root - self.base]))
        return {
            ref
            for row in self._below([row for row in rows if row not in inside])
            for _, ref in self.game.rows[row].items
            if ref < self.base
        }

    def _below(self, rows: list[int]) -> set[int]:
        todo, seen = list(rows), set(rows)
        while todo:
            for _, ref in self.game.rows[todo.pop()].items:
                if ref >= self.base and ref - self.base not in seen:
                    seen.add(ref - self.base)
                    todo.append(ref - self.base)
        return seen

    def made(self) -> Reduced:
        top = modules(self.game)
        if isinstance(top, Module):
            self._collapse(top, last=True)
        tops = [*self.rows, *([] if isinstance(self.game.root, bool) else [self.game.root - self.base])]
        kept = sorted(self._reached(tops))
        place = {row: i for i, row in enumerate(kept)}
        bodies = [self._body(row) for row in kept]
        inner = len(self.own)
        rows = []
        for need, items in bodies:
            rows.append(Row(need, tuple((w, ref if ref >= 0 else inner + place[~ref]) for w, ref in items)))
        root = self.game.root if isinstance(self.game.root, bool) else inner + place[self.game.root - self.base]
        game = Game(tuple(self.own), (), tuple(rows), root, {})
        return Reduced(game, self.cost, self.moved, place, self.means)

    def _reached(self, tops: list[int]) -> set[int]:
        todo, seen = list(tops), set(tops)
        while todo:
            row = todo.pop()
            if row not in self.ways:
                for _, ref in self.game.rows[row].items:
                    if ref >= self.base and ref - self.base not in seen:
                        seen.add(ref - self.base)
                        todo.append(ref - self.base)
        return seen

    def _collapse(self, module: Module, *, last: bool) -> bool:
        """Put ways in the place of modules, the largest that can be; whether nothing in this one has to stay."""
        free = [self._free(part) if isinstance(part, Module) else part not in self.held for part in module.parts]
        whole = all(free) and not module.knot
        if whole and not last:
            try:
                found = cheapest_ways(module, self.prices, self.best)
            except TooManySums:
                whole = False
            else:
                self.ways[module.row] = [self._class(dict(taken(c)), cost) for cost, _, c in found]
                return True
        for part in module.parts:
            if isinstance(part, Module):
                self._collapse(part, last=False)
        return False

    def _free(self, module: Module) -> bool:
        """Whether a part of a module can be bought whole."""
        return (
            module.row not in self.rows
            and not module.knot
            and all(self._free(p) if isinstance(p, Module) else p not in self.held for p in module.parts)
        )

    def _class(self, means: Counts, price: int, ids: tuple[str, ...] = ("",)) -> int:
        self.means.append(means)
        self.own.append(ids)
        self.cost.append(price)
        return len(self.own) - 1

    def _old(self, c: int) -> int:
        """The number of a class that stays as it is."""
        if c not in self.moved:
            self.moved[c] = self._class({c: 1}, self.prices[c], self.game.classes[c])
        return self.moved[c]

    def _body(self, row: int) -> tuple[int, list[tuple[int, int]]]:
        """Need and items of a row, a class by its number and a row by ~ of its old one."""
        if row in self.ways:
            return 1, [(1, c) for c in self.ways[row]]
        need, items = self.game.rows[row].need, self.game.rows[row].items
        loose = [ref for w, ref in items if w == 1 and ref < self.base and ref not in self.held and self.uses[ref] == 1]
        if any(w != 1 for w, _ in items) or len(loose) <= 2 * self.best + 1:
            return need, [(w, self._old(ref) if ref < self.base else ~(ref - self.base)) for w, ref in items]
        loose.sort(key=lambda c: (self.prices[c], c))
        apart = set(loose)
        others = [ref for _, ref in items if ref not in apart]
        least = max(0, need - sum(self.game.many(ref) for ref in others))
        low = self._border(loose, least) - self.best
        high = self._border(loose, need) + self.best
        sure = loose[: max(0, low)]
        body = [(1, self._old(ref) if ref < self.base else ~(ref - self.base)) for ref in others]
        body += [(1, self._old(c)) for c in loose[max(0, low) : high + 1]]
        if sure:
            means = {c: len(self.game.classes[c]) for c in sure}
            body.append((sum(means.values()), self._class(means, sum(self.prices[c] * n for c, n in means.items()))))
        return need, body

    def _border(self, classes: list[int], units: int) -> int:
        """The place of the class in which the last of so many units is, cheapest first."""
        for place, c in enumerate(classes):
            units -= len(self.game.classes[c])
            if units <= 0:
                return place
        return len(classes) - 1
