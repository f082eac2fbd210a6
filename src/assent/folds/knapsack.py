"""Knapsacks: the cheapest minimal coalitions of a game whose parts share no leaf, exactly and without a solver.

What a gate needs is taken from its cheapest parts. To find the k best ways, only the parts next to the border between
taken and not taken can change places: a way with t exchanges has t - 1 others before it. Where weights differ, sums are
gone through in falling weight; the last unit taken is the one that meets the need, so that every way is minimal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.folds.modules import Module

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Choice = tuple["Choice", "Choice"] | tuple[int, int] | None
Way = tuple[int, int, Choice]
"""Cost, members, and what is taken: (class, count), or two choices together."""

NOTHING: Way = (0, 0, None)
STEPS = 2_000_000


class TooManySums(ValueError):
    """The weights of a gate have more sums than can be gone through."""


class Item:
    """A part of a threshold with what it costs to take 0, 1, … units of it."""

    __slots__ = ("part", "price", "units", "ways")

    def __init__(self, part: int, units: int, ways: list[Way] | None, price: int = 0) -> None:
        self.part, self.units, self.ways = part, units, ways
        self.price = (ways[0][0], ways[0][1]) if ways else (price, 1)

    def taken(self, count: int) -> list[Way]:
        """The best ways to take so many units."""
        if not count:
            return [NOTHING]
        if self.ways is not None:
            return self.ways
        return [(self.price[0] * count, count, (self.part, count))]


def cheapest_ways(module: Module, prices: Sequence[int], best: int) -> list[Way]:
    """The cheapest minimal coalitions, at most so many, cheapest first; of equal cost the one with fewest members.

    Parameters
    ----------
    module
        A module without knots.
    prices
        The price of one member of each class.
    best
        How many.

    Raises
    ------
    TooManySums
        A weighted gate is too large.

    Examples
    --------
    >>> from assent.circuit.nodes import Gate, Leaf
    >>> from assent.folds.game import game
    >>> from assent.folds.modules import modules
    >>> made = game(Gate("g", "", 3, tuple(Leaf("v", s) for s in "abc"), weights=(1, 2, 3)))
    >>> [(cost, sorted(taken(choice))) for cost, _, choice in cheapest_ways(modules(made), (1, 1, 3), 2)]
    [(2, [(0, 1), (1, 1)]), (3, [(2, 1)])]
    """
    items = []
    for place, (part, size) in enumerate(zip(module.parts, module.sizes, strict=True)):
        if isinstance(part, Module):
            ways = cheapest_ways(part, prices, best)
            items.append((module.weights[place], Item(-1, 1, ways)))
        else:
            items.append((module.weights[place], Item(part, size, None, prices[part])))
    if len({weight for weight, _ in items}) == 1:
        weight = items[0][0]
        return _any(-(-module.need // weight), [item for _, item in items], best)
    return _weighted(module.need, items, best)


def taken(choice: Choice) -> Iterator[tuple[int, int]]:
    """Class and count of everything in a choice."""
    todo = [choice]
    while todo:
        now = todo.pop()
        if now is None:
            continue
        one, other = now
        if isinstance(one, int) and isinstance(other, int):
            yield one, other
        else:
            todo += [other, one]  # type: ignore[list-item]  # two choices, since they are not two numbers


def _together(one: list[Way], other: list[Way], best: int) -> list[Way]:
    if len(one) == 1 and one[0] is NOTHING:
        return other
    if len(other) == 1 and other[0] is NOTHING:
        return one
    pairs: list[Way] = [(a[0] + b[0], a[1] + b[1], (a[2], b[2])) for a in one for b in other]
    return sorted(pairs, key=_rank)[:best]


def _rank(way: Way) -> tuple[int, int]:
    return way[0], way[1]


def _any(need: int, items: list[Item], best: int) -> list[Way]:
    """The best ways to take so many units, no matter of what."""
    order = sorted(items, key=lambda item: item.price)
    first, left = [], need
    for item in order:
        first.append(min(item.units, left))
        left -= first[-1]
    if left > 0:
        return []
    border = max((i for i, n in enumerate(first) if n), default=-1)
    low, high = border - best, border + best
    ways = [NOTHING]
    for i, item in enumerate(order[: max(0, low)]):
        ways = _together(ways, item.taken(first[i]), best)
    reach = best - 1
    states = {0: ways}
    for i in range(max(0, low), min(high + 1, len(order))):
        item = order[i]
        later: dict[int, list[Way]] = {}
        for off, so_far in states.items():
            for count in range(max(0, first[i] - reach), min(item.units, first[i] + reach) + 1):
                now = off + count - first[i]
                if abs(now) <= reach:
                    later.setdefault(now, []).extend(_together(so_far, item.taken(count), best))
        states = {off: sorted(found, key=_rank)[:best] for off, found in later.items()}
    return states.get(0, [])


def _heaviest(need: int, items: list[tuple[int, Item]]) -> list[Way]:
    """The best cover where every unit costs the same: the heaviest first."""
    way = NOTHING
    for weight, item in sorted(items, key=lambda pair: -pair[0]):
        count = min(item.units, -(-need // weight))
        way = _together([way], item.taken(count), 1)[0]
        need -= weight * count
        if need <= 0:
            return [way]
    return []


def _weighted(need: int, items: list[tuple[int, Item]], best: int) -> list[Way]:
    """The best minimal covers of a need by items of different weight."""
    if best == 1 and len({item.price for _, item in items}) == 1 and all(item.ways is None for _, item in items):
        return _heaviest(need, items)
    groups: dict[int, list[Item]] = {}
    for weight, item in items:
        groups.setdefault(weight, []).append(item)
    sums: dict[int, list[Way]] = {0: [NOTHING]}
    met: list[Way] = []
    steps = 0
    for weight in sorted(groups, reverse=True):
        group = groups[weight]
        most = min(sum(item.units for item in group), -(-need // weight))
        steps += len(sums) * (most + 1) * best * best
        if steps > STEPS:
            raise TooManySums(f"the weights have too many sums below {need}")
        own = [_any(count, group, best) for count in range(most + 1)]
        later: dict[int, list[Way]] = {}
        for done, ways in sums.items():
            for count, more in enumerate(own):
                now = done + count * weight
                found = _together(ways, more, best) if more else []
                if now >= need:
                    met += found
                    break
                if found:
                    later.setdefault(now, []).extend(found)
        sums = {done: sorted(found, key=_rank)[:best] for done, found in later.items()}
        met = sorted(met, key=_rank)[:best]
    return met
