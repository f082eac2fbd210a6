"""Modules: a game taken apart where its parts share no leaf, so that each part can be counted by itself.

A gate is a module when every way from the top to what stands below it leads through it (Möhring and Radermacher 1984).
A module whose only gate is its own is a threshold over independent parts; one with gates inside that share parts is a
knot, which ``knots`` unties.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

    from assent.folds.game import Game


@dataclass(frozen=True)
class Module:
    """A part of a game that shares no leaf with the rest.

    Attributes
    ----------
    parts
        What it is made of: classes (their number) and modules, each once.
    rows
        Thresholds over the parts, the last being the module itself: need and (weight, part), or (weight, ~row) for a
        row before it.
    sizes
        For each part how many units it has: the members of a class, one for a module.
    row
        Its row in the game.
    """

    parts: tuple[int | Module, ...]
    rows: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]
    sizes: tuple[int, ...]
    row: int

    @property
    def knot(self) -> bool:
        """Whether parts are shared between gates inside."""
        return len(self.rows) > 1

    @property
    def need(self) -> int:
        """The need of a threshold."""
        return self.rows[-1][0]

    @cached_property
    def weights(self) -> tuple[int, ...]:
        """For a threshold: the weight of each part."""
        by = {part: weight for weight, part in self.rows[-1][1]}
        return tuple(by[i] for i in range(len(self.parts)))

    @cached_property
    def total(self) -> int:
        """For a threshold: the weight of all units of all parts."""
        return sum(w * n for w, n in zip(self.weights, self.sizes, strict=True))

    @cached_property
    def shape(self) -> Hashable:
        """Equal for two modules that differ only in who stands in them; a knot is like nothing but itself."""
        if self.knot:
            return id(self)
        shapes = (p.shape if isinstance(p, Module) else n for p, n in zip(self.parts, self.sizes, strict=True))
        return self.need, tuple(sorted(zip(self.weights, shapes, strict=True), key=repr))

    @cached_property
    def inside(self) -> frozenset[int]:
        """The classes it is made of, at any depth."""
        below = (p.inside if isinstance(p, Module) else frozenset((p,)) for p in self.parts)
        return frozenset().union(*below)

    def knots(self) -> bool:
        """Whether there is a knot at any depth."""
        return self.knot or any(isinstance(p, Module) and p.knots() for p in self.parts)


def modules(game: Game) -> Module | bool:
    """The modules of a game, from the top; the constant where a game is decided.

    Examples
    --------
    >>> from assent.circuit.nodes import Gate
    >>> from assent.folds.game import game
    >>> both = Gate(
    ...     "g", "", 2, (Gate("a", "", 2, act="v", body="a", members=3), Gate("b", "", 2, act="v", body="b", members=5))
    ... )
    >>> top = modules(game(both))
    >>> top.need, [part.need for part in top.parts]
    (2, [2, 2])
    """
    if isinstance(game.root, bool):
        return game.root
    base = len(game.classes)
    top = game.root - base
    cones = _cones(game)
    inside = cones[top]
    tree = _dominated(game, top)
    rows = range(len(game.rows))
    separate = {place for place in rows if inside >> (base + place) & 1 and cones[place] == tree[place]}
    made: dict[int, Module] = {}
    for place in sorted(separate):
        inner: list[int] = []
        _inner(game, place, separate, inner)
        order = sorted(inner)
        number: dict[int, int] = {}
        body = []
        for row in order:
            items = []
            for weight, ref in game.rows[row].items:
                if ref >= base and ref - base not in separate:
                    items.append((weight, ~order.index(ref - base)))
                else:
                    items.append((weight, number.setdefault(ref, len(number))))
            body.append((game.rows[row].need, tuple(items)))
        parts = tuple(ref if ref < base else made[ref - base] for ref in number)
        made[place] = Module(parts, tuple(body), tuple(game.many(ref) for ref in number), place)
    return made[top]


def _cones(game: Game) -> list[int]:
    """For each row the set, as bits, of what stands below it, with itself."""
    base = len(game.classes)
    cones: list[int] = []
    for place, row in enumerate(game.rows):
        bits = 1 << (base + place)
        for _, ref in row.items:
            bits |= 1 << ref if ref < base else cones[ref - base]
        cones.append(bits)
    return cones


def _dominated(game: Game, top: int) -> list[int]:
    """For each row the set, as bits, of what cannot be reached from the top but through it, with itself.

    Parents come after children, so that one pass from the top finds every immediate dominator (Cooper, Harvey and
    Kennedy 2001).
    """
    base = len(game.classes)
    parents = _parents(game, top)
    above: dict[int, int] = {base + top: base + top}
    depth = {base + top: 0}
    for ref in [*range(base + top - 1, base - 1, -1), *range(base)]:
        if ref in parents:
            first, *rest = parents[ref]
            for other in rest:
                while first != other:
                    if depth[first] >= depth[other]:
                        first = above[first]
                    else:
                        other = above[other]  # noqa: PLW2901 - both climb until they meet
            above[ref], depth[ref] = first, depth[first] + 1
    found = [1 << (base + place) for place in range(len(game.rows))]
    for ref in range(base):
        if ref in parents:
            found[above[ref] - base] |= 1 << ref
    for place in range(top):
        if base + place in parents:
            found[above[base + place] - base] |= found[place]
    return found


def _parents(game: Game, top: int) -> dict[int, list[int]]:
    """For each class or row that can be reached from the top, the rows it stands in."""
    base = len(game.classes)
    parents: dict[int, list[int]] = {}
    for place in range(top, -1, -1):
        if place == top or base + place in parents:
            for _, ref in game.rows[place].items:
                parents.setdefault(ref, []).append(base + place)
    return parents


def _inner(game: Game, place: int, separate: set[int], found: list[int]) -> None:
    """The rows of a module: its own and those that are no modules themselves."""
    found.append(place)
    base = len(game.classes)
    for _, ref in game.rows[place].items:
        if ref >= base and ref - base not in separate and ref - base not in found:
            _inner(game, ref - base, separate, found)
