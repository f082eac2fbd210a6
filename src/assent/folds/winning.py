"""Minimal winning coalitions, part by part: how many there are, of how many kinds, and one of each kind.

A threshold's coalitions are minimal covers of its need (see ``covers``); parts that share leaves are gone through one
after another (see ``knots``), or read off a diagram where members can be ranked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations_with_replacement, islice
from math import comb, factorial
from typing import TYPE_CHECKING

from assent.circuit.flat import Child, Threshold
from assent.folds.covers import binomials, covers
from assent.folds.knots import Graph, Knot
from assent.folds.modules import Module, modules

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from assent.folds.counting.ranked import Reading
    from assent.folds.game import Game

Kind = tuple[dict[int, int], int]
"""How many of each class, and for how many coalitions it stands."""


@dataclass
class Winning:
    """The minimal winning coalitions of a game.

    Parameters
    ----------
    game
        The game; its idle leaves belong to no minimal coalition.

    Examples
    --------
    >>> from assent.circuit.nodes import Gate
    >>> from assent.folds.game import game
    >>> senate = Winning(game(Gate("s", "", 67, act="vote", body="senate", members=100)))
    >>> senate.minimal() == comb(100, 67), senate.kinds()
    (True, 1)
    """

    game: Game
    _graphs: dict[int, Graph] = field(default_factory=dict, repr=False)
    _known: dict[int, int] = field(default_factory=dict, repr=False)
    _read: dict[int, Reading | None] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.top = modules(self.game)

    def minimal(self, member: int | None = None) -> int:
        """How many coalitions win and lose without any one of their members.

        Parameters
        ----------
        member
            A class; count only coalitions in which one given member of it is.
        """
        if isinstance(self.top, bool):
            return int(self.top and member is None)
        if member is not None and member not in self.top.inside:
            return 0
        return self._least(self.top, member)

    def kinds(self) -> int:
        """How many kinds of minimal coalitions there are: who is alike, alone or as a group, makes no difference."""
        return int(self.top) if isinstance(self.top, bool) else self._sorts(self.top)

    def each(self, limit: int) -> Iterator[Kind]:
        """Kinds of minimal coalitions, at most so many: one coalition of each kind, and how many it stands for."""
        if isinstance(self.top, bool):
            return iter([({}, 1)][: self.top * limit])
        return islice(self._each(self.top, limit), limit)

    def _least(self, module: Module, member: int | None) -> int:
        if member is None and module.row in self._known:
            return self._known[module.row]
        read = self._reading(module)
        if read is not None:
            if member is None:
                return int(read.minimal().sum())
            at = next(i for i, layer in enumerate(read.diagram.layers) if module.parts[layer.leaf] == member)
            return int(read.shared(at, equal=True))
        rows: list[Sequence[int]] = []
        for part, size in zip(module.parts, module.sizes, strict=True):
            if isinstance(part, Module):
                here = member is not None and member in part.inside
                rows.append((0 if here else 1, self._least(part, member if here else None)))
            elif part == member:
                rows.append([0, *binomials(size - 1)])
            else:
                rows.append(binomials(size))
        found = self._minimal(module, list(zip(module.weights, rows, strict=True)) if not module.knot else [], rows)
        if member is None:
            self._known[module.row] = found
        return found

    def _reading(self, module: Module) -> Reading | None:
        """A knot of single members who can be ranked, read off a diagram."""
        if not module.knot or set(module.sizes) != {1} or any(isinstance(part, Module) for part in module.parts):
            return None
        if module.row not in self._read:
            from assent.folds.counting.ranked import reading

            size = len(module.parts)
            gates = [
                Threshold("", need, tuple([Child(ref if ref >= 0 else size + ~ref, weight) for weight, ref in items]))
                for need, items in module.rows
            ]
            places = {node: node for node in range(size + len(gates))}
            try:
                self._read[module.row] = reading(gates, places, module.sizes)
            except ValueError:  # too many states for a diagram; a knot merges more of them
                self._read[module.row] = None
        return self._read[module.row]

    def _sorts(self, module: Module) -> int:
        if self._reading(module) is not None:
            return self._least(module, None)  # nobody is like anybody else
        rows: list[Sequence[int]] = [
            (1, self._sorts(part)) if isinstance(part, Module) else [1] * (size + 1)
            for part, size in zip(module.parts, module.sizes, strict=True)
        ]
        bundled: list[tuple[int, Sequence[int]]] = []
        for weight, bundle in _bundles(module) if not module.knot else ():
            row, times = rows[bundle[0]], len(bundle)
            if times > 1:
                row = [comb(row[1] + n - 1, n) for n in range(times + 1)]
            bundled.append((weight, row))
        return self._minimal(module, bundled, rows)

    def _minimal(self, module: Module, parts: list[tuple[int, Sequence[int]]], rows: list[Sequence[int]]) -> int:
        """Covers of the need by parts, or the ways through a knot; ``rows`` are the parts one by one."""
        found = None if module.knot else covers(module.need, parts, bundled=len(parts) < len(rows))
        return self._graph(module).total(rows) if found is None else found

    def _graph(self, module: Module) -> Graph:
        if id(module) not in self._graphs:
            self._graphs[id(module)] = Knot(module).graph()
        return self._graphs[id(module)]

    def _each(self, module: Module, limit: int) -> Iterator[Kind]:
        if module.knot:
            each = self._graph(module).each() if self._reading(module) is None else _each_ranked(module)
            for counts in each:
                yield from self._mixed(module, [((part,), count) for part, count in counts.items()], limit)
            return
        bundles = sorted(_bundles(module), key=lambda b: (-b[0], repr(self._shape(module, b[1][0])), b[1]))
        for cover in _each_cover(module.need, [(w, sum(module.sizes[p] for p in bundle)) for w, bundle in bundles]):
            yield from self._mixed(module, [(bundles[i][1], count) for i, count in cover], limit)

    def _shape(self, module: Module, part: int) -> Hashable:
        held = module.parts[part]
        return held.shape if isinstance(held, Module) else module.sizes[part]

    def _mixed(self, module: Module, cover: list[tuple[tuple[int, ...], int]], limit: int) -> Iterator[Kind]:
        """Every kind in which so many of each bundle are met."""
        own: dict[int, int] = {}
        times, inner = 1, []
        for bundle, count in cover:
            part = module.parts[bundle[0]]
            if isinstance(part, Module):
                inner.append((bundle, count))
            else:
                own[part] = count
                times *= comb(module.sizes[bundle[0]], count)

        def walk(place: int) -> Iterator[Kind]:
            if place == len(inner):
                yield own, times
                return
            bundle, count = inner[place]
            for first, ways in self._several(module, bundle, count, limit):
                for other, more in walk(place + 1):
                    yield {**other, **first}, ways * more

        return walk(0)

    def _several(self, module: Module, bundle: tuple[int, ...], count: int, limit: int) -> Iterator[Kind]:
        """So many of some modules that differ only in who stands in them."""
        if not count:
            yield {}, 1
            return
        lists = [list(islice(self._each(module.parts[p], limit), limit)) for p in bundle[:count]]  # type: ignore[arg-type]  # a bundle of more than one, or of a module, holds modules
        for chosen in combinations_with_replacement(range(len(lists[0])), count):
            ways = factorial(len(bundle)) // factorial(len(bundle) - count)
            for same in Counter(chosen).values():
                ways //= factorial(same)
            own: dict[int, int] = {}
            for place, kind in enumerate(chosen):
                counts, times = lists[place][kind]
                own |= counts
                ways *= times
            yield own, ways


def _each_ranked(module: Module) -> Iterator[dict[int, int]]:
    """Each minimal coalition of single members who can be ranked: who brings it about is the last in rank.

    Whoever stands before that one weighs as much everywhere: without any of them it fails as well.
    """
    weights = [[next((w for w, ref in items if ref == part), 0) for _, items in module.rows]
               for part in range(len(module.parts))]  # fmt: skip
    order = sorted(range(len(weights)), key=lambda part: [-w for w in weights[part]])
    left = [[0] * len(module.rows)]
    for part in reversed(order):
        left.append([a + b for a, b in zip(left[-1], weights[part], strict=True)])
    left.reverse()

    def met(sums: list[int]) -> bool:
        found: list[bool] = []
        for (need, items), total in zip(module.rows, sums, strict=True):
            found.append(total + sum(w for w, ref in items if ref < 0 and found[~ref]) >= need)
        return found[-1]

    def walk(level: int, sums: list[int], chosen: dict[int, int]) -> Iterator[dict[int, int]]:
        if level == len(order) or not met([a + b for a, b in zip(sums, left[level], strict=True)]):
            return
        part = order[level]
        taken = [a + b for a, b in zip(sums, weights[part], strict=True)]
        with_it = {**chosen, part: 1}
        if met(taken):
            yield with_it
        else:
            yield from walk(level + 1, taken, with_it)
        yield from walk(level + 1, sums, chosen)

    return walk(0, [0] * len(module.rows), {})


def _bundles(module: Module) -> list[tuple[int, tuple[int, ...]]]:
    """A threshold's parts with their weight, modules that differ only in who stands in them together."""
    found: dict[Hashable, list[int]] = {}
    for place, part in enumerate(module.parts):
        same = (module.weights[place], part.shape) if isinstance(part, Module) else (place,)
        found.setdefault(same, []).append(place)
    return [(module.weights[places[0]], tuple(places)) for places in found.values()]


def _each_cover(need: int, bundles: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Every minimal cover of a need by bundles (weight, units) in falling weight: which bundles, how many of each."""
    rest = [0]
    for weight, units in reversed(bundles):
        rest.append(rest[-1] + weight * units)
    rest.reverse()
    todo: list[tuple[int, int, tuple[tuple[int, int], ...]]] = [(0, need, ())]
    while todo:
        i, left, cover = todo.pop()
        if left <= 0:
            yield list(cover)
        elif left <= rest[i]:
            weight, units = bundles[i]
            most = min(units, -(-left // weight))
            todo.extend((i + 1, left - weight * n, (*cover, (i, n)) if n else cover) for n in range(most + 1))
