"""Minimal winning coalitions, part by part: how many there are, of how many kinds, and one of each kind.

A threshold's coalitions are the coefficients of a product of polynomials, one for each part. All coefficients are held
in one Python integer, so many bits each, and multiplied at once (Kronecker 1882).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations_with_replacement, islice
from math import comb, factorial, prod
from typing import TYPE_CHECKING

from assent.folds.knots import STATES, Graph, Knot, TooManyStates
from assent.folds.modules import Module, modules

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from assent.folds.game import Game

BITS = 1 << 31
Groups = dict[int, list[Sequence[int]]]
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
        rows: list[Sequence[int]] = []
        for part, size in zip(module.parts, module.sizes, strict=True):
            if isinstance(part, Module):
                here = member is not None and member in part.inside
                rows.append((0 if here else 1, self._least(part, member if here else None)))
            elif part == member:
                rows.append([0, *_binomials(size - 1)])
            else:
                rows.append(_binomials(size))
        return self._minimal(module, _by_weight(module, rows), rows)

    def _sorts(self, module: Module) -> int:
        rows: list[Sequence[int]] = [
            (1, self._sorts(part)) if isinstance(part, Module) else [1] * (size + 1)
            for part, size in zip(module.parts, module.sizes, strict=True)
        ]
        if module.knot:
            return self._graph(module).total(rows)
        groups: Groups = {}
        for weight, bundle in _bundles(module):
            row, times = rows[bundle[0]], len(bundle)
            if times > 1:
                row = [comb(row[1] + n - 1, n) for n in range(times + 1)]
            groups.setdefault(weight, []).append(row)
        return self._minimal(module, groups, rows)

    def _minimal(self, module: Module, groups: Groups, rows: list[Sequence[int]]) -> int:
        if module.knot:
            return self._graph(module).total(rows)
        if module.need * _width(prod(sum(row) for row in rows)) <= BITS:
            return _covers(module.need, groups)
        if sum(map(len, groups.values())) < len(rows):
            return _sparse_covers(module.need, groups)
        return self._graph(module).total(rows)

    def _graph(self, module: Module) -> Graph:
        if id(module) not in self._graphs:
            self._graphs[id(module)] = Knot(module).graph()
        return self._graphs[id(module)]

    def _each(self, module: Module, limit: int) -> Iterator[Kind]:
        if module.knot:
            for counts in self._graph(module).each():
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


def _bundles(module: Module) -> list[tuple[int, tuple[int, ...]]]:
    """A threshold's parts with their weight, modules that differ only in who stands in them together."""
    found: dict[Hashable, list[int]] = {}
    for place, part in enumerate(module.parts):
        same = (module.weights[place], part.shape) if isinstance(part, Module) else (place,)
        found.setdefault(same, []).append(place)
    return [(module.weights[places[0]], tuple(places)) for places in found.values()]


def _by_weight(module: Module, rows: list[Sequence[int]]) -> Groups:
    groups: Groups = {}
    if module.knot:
        return groups
    for weight, row in zip(module.weights, rows, strict=True):
        groups.setdefault(weight, []).append(row)
    return groups


def _binomials(size: int) -> list[int]:
    """In how many ways 0, 1, … of so many can be taken."""
    row = [1]
    for n in range(size):
        row.append(row[-1] * (size - n) // (n + 1))
    return row


def _width(most: int) -> int:
    """Bits, in whole bytes, that hold a coefficient, where all of them together are no more than this."""
    return (most.bit_length() + 8) // 8 * 8


def _times(packed: int, row: Sequence[int], step: int, width: int, slots: int) -> int:
    """A packed polynomial times a row of coefficients, so many slots apart; what lies beyond the slots is dropped."""
    if len(row) == 2:
        kept = packed if row[0] == 1 else packed * row[0]
        if step >= slots:
            return kept
        made = kept + ((packed if row[1] == 1 else packed * row[1]) << step * width)
        return made if made.bit_length() <= width * slots else made & ((1 << (width * slots)) - 1)
    top = min(len(row) - 1, (slots - 1) // step)
    factor = int.from_bytes(b"".join(n.to_bytes(step * width // 8, "little") for n in row[: top + 1]), "little")
    return (packed * factor) & ((1 << (width * slots)) - 1)


def _summed(packed: int, slots: int, width: int) -> int:
    """The sum of so many slots."""
    while slots > 1:
        half = (slots + 1) // 2
        packed = (packed & ((1 << (half * width)) - 1)) + (packed >> (half * width))
        slots = half
    return packed


def _covers(need: int, groups: Groups) -> int:
    """The sum over all minimal covers of a need: in falling weight, the last unit taken is the one that meets it."""
    width = _width(prod(sum(row) for rows in groups.values() for row in rows))
    packed, total = 1, 0
    for weight, row, tail in _falling(need, groups):
        for n in range(1, len(row)):
            low, high = max(0, need - n * weight), min(need, need - (n - 1) * weight)
            if row[n] and tail and low < high:
                window = packed >> (low * width)
                if high < need:
                    window &= (1 << ((high - low) * width)) - 1
                total += tail * row[n] * _summed(window, high - low, width)
        packed = _times(packed, row, weight, width, need)
    return total


def _sparse_covers(need: int, groups: Groups) -> int:
    """The same, one sum at a time: for weights too large to give each sum a slot."""
    ways, total = {0: 1}, 0
    for weight, row, tail in _falling(need, groups):
        later: dict[int, int] = {}
        for met, number in ways.items():
            for n, coef in enumerate(row):
                now = met + n * weight
                if now >= need:
                    total += number * coef * tail
                    break
                later[now] = later.get(now, 0) + number * coef
        ways = {met: number for met, number in later.items() if number}
        if len(ways) > STATES:
            raise TooManyStates(f"the weights have more than {STATES} sums")
    return total


def _falling(need: int, groups: Groups) -> Iterator[tuple[int, list[int], int]]:
    """Each weight, heavy ones first, with the coefficients of its units and the coefficient of taking none lighter."""
    order = sorted(groups, reverse=True)
    none = [prod(row[0] for row in groups[weight]) for weight in order]
    for place, weight in enumerate(order):
        yield weight, _product(groups[weight], -(-need // weight)), prod(none[place + 1 :])


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


def _product(rows: list[Sequence[int]], most: int) -> list[int]:
    """The product of some polynomials up to a degree."""
    result = [1]
    for row in rows:
        size = min(most, len(result) + len(row) - 2) + 1
        made = [0] * size
        for i, one in enumerate(result):
            if one:
                for j in range(min(len(row), size - i)):
                    made[i + j] += one * row[j]
        result = made
    return result
