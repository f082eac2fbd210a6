"""Knots: gates that share leaves, counted exactly by going through the parts one after another.

What is left of the gates after some parts have been decided is a state: for each gate the least attainable sum of what
is left that meets its need, so that states which cannot be told apart are one. A minimal coalition is found beside its
own members: the state reached by it, and for each of its members the state that would have been reached without it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assent.folds.modules import Module

State = tuple[int, ...]
Both = tuple[State, tuple[State, ...]]

MET, FAILED = 0, -1
SUMS = 1 << 12
STATES = 1_500_000


class TooManyStates(ValueError):
    """A knot has more states than can be gone through."""


@dataclass
class Knot:
    """The states of a module whose gates share parts.

    Parameters
    ----------
    module
        The module; its last row is the one that counts.
    """

    module: Module
    order: list[int] = field(init=False)

    def __post_init__(self) -> None:
        rows = self.module.rows
        self.order = self._order()
        spot = {part: level for level, part in enumerate(self.order)}
        levels = len(self.order)
        self.uses: list[list[tuple[int, int]]] = [[] for _ in range(levels)]
        self.parents: list[list[tuple[int, int]]] = [[] for _ in rows]
        self.inner: list[list[tuple[int, int]]] = [[] for _ in rows]
        self.rest = [[0] * (levels + 1) for _ in rows]
        for place, (_, items) in enumerate(rows):
            for weight, ref in items:
                if ref < 0:
                    self.parents[~ref].append((place, weight))
                    self.inner[place].append((~ref, weight))
                else:
                    self.uses[spot[ref]].append((place, weight))
                    self.rest[place][spot[ref]] += weight * self.module.sizes[ref]
            for level in range(levels - 1, -1, -1):
                self.rest[place][level] += self.rest[place][level + 1]
        self.sums = [self._sums(place) for place in range(len(rows))]
        self.known: dict[tuple[int, int, tuple[int, ...]], list[int] | None] = {}
        self.start: State = tuple(need for need, _ in rows)
        self.stepped: dict[tuple[State, int], State | bool] = {}

    def _order(self) -> list[int]:
        """Parts in the order they are decided: gate by gate from the bottom, heavy ones first."""
        rows = self.module.rows
        top: dict[int, int] = {}
        first: dict[int, int] = {}
        for place, (need, items) in enumerate(rows):
            for weight, ref in items:
                if ref >= 0:
                    first.setdefault(ref, place)
                    top[ref] = max(top.get(ref, 0), weight * 1_000_000 // need)
        return sorted(first, key=lambda ref: (first[ref], -top[ref], ref))

    def _sums(self, place: int) -> list[list[int] | None]:
        """For each level, the sums a gate can still get from parts; ``None`` where there are too many to list."""
        found: list[list[int] | None] = [[0]]
        for level in range(len(self.order) - 1, -1, -1):
            now = found[-1]
            weight = next((w for p, w in self.uses[level] if p == place), 0)
            most = self.module.sizes[self.order[level]]
            if now is not None and weight:
                if len(now) * (most + 1) > 8 * SUMS:
                    now = None
                else:
                    sums = {s + weight * n for s in now for n in range(most + 1)}
                    now = sorted(sums) if len(sums) <= SUMS else None
            found.append(now)
        return found[::-1]

    def _attainable(self, place: int, level: int, inner: tuple[int, ...]) -> list[int] | None:
        """The sums a gate can still get when these gates below it are open."""
        if not inner:
            return self.sums[place][level]
        key = (place, level, inner)
        if key not in self.known:
            now = self.sums[place][level]
            for weight in inner:
                if now is None or len(now) > SUMS:
                    now = None
                    break
                now = sorted({s + w for s in now for w in (0, weight)})
            self.known[key] = now
        return self.known[key]

    def step(self, level: int, state: State, count: int) -> State | bool:
        """The state after so many units of the part at a level; whether it is met where that is decided."""
        needs = list(state)
        if count:
            for place, weight in self.uses[level]:
                if needs[place] > 0:
                    needs[place] = max(needs[place] - weight * count, MET)
        for place, need in enumerate(needs):
            if state[place] <= 0:
                continue
            needs[place] = self._rounded(place, level + 1, need, needs) if need else MET
            if needs[place] == MET:
                for above, weight in self.parents[place]:
                    if needs[above] > 0:
                        needs[above] = max(needs[above] - weight, MET)
        if needs[-1] <= 0:
            return needs[-1] == MET
        for place in range(len(needs) - 2, -1, -1):
            if needs[place] > 0 and all(needs[above] <= 0 for above, _ in self.parents[place]):
                needs[place] = FAILED
        return tuple(needs)

    def _step(self, level: int, state: State, count: int) -> State | bool:
        """The same, found once: the states without a member are those of other coalitions."""
        key = state, count
        found = self.stepped.get(key)
        if found is None:
            found = self.stepped[key] = self.step(level, state, count)
        return found

    def _rounded(self, place: int, level: int, need: int, needs: list[int]) -> int:
        """The least sum that a gate can still get and that meets its need."""
        inner = tuple(w for p, w in self.inner[place] if needs[p] > 0)
        if need > self.rest[place][level] + sum(inner):
            return FAILED
        sums = self._attainable(place, level, inner)
        return sums[bisect_left(sums, need)] if sums else need

    def graph(self) -> Graph:
        """All ways to minimal coalitions.

        Raises
        ------
        TooManyStates
            There are more states than can be gone through.
        """
        start: Both = (self.start, ())
        levels: list[dict[Both, int]] = [{start: 0}]
        edges: list[list[list[tuple[int, int]]]] = []
        size = 1
        for level, part in enumerate(self.order):
            number: dict[Both, int] = {}
            self.stepped = {}
            ways = [self._ways(level, both, self.module.sizes[part], number) for both in levels[-1]]
            edges.append(ways)
            levels.append(number)
            size += len(number)
            if size > STATES:
                raise TooManyStates(f"shared leaves lead to more than {STATES:,} states")
        return Graph(self, edges)

    def _ways(self, level: int, both: Both, most: int, number: dict[Both, int]) -> list[tuple[int, int]]:
        """The counts of a part that may lead to a minimal coalition, each with the state after (-1: it is one)."""
        found = []
        state, without = both
        before: State | bool = False
        for count in range(most + 1):
            after = self._step(level, state, count)
            one_less, before = before, after
            if after is False:
                continue
            rest: set[State] = set()
            undone = False
            for other in (*((self._step(level, w, count)) for w in without), one_less):
                if other is True:
                    undone = True
                    break
                if other is not False:
                    rest.add(other)
            if undone:
                break  # with more of this part, as well
            if after is True:
                found.append((count, -1))
            else:
                key = (after, _highest(rest))
                found.append((count, number.setdefault(key, len(number))))
        return found


@dataclass
class Graph:
    """The ways through a knot to its minimal coalitions, level by level."""

    knot: Knot
    edges: list[list[list[tuple[int, int]]]]

    def total(self, coefs: Sequence[Sequence[int]]) -> int:
        """The sum over all minimal coalitions of the product of each part's coefficient."""
        return self._totals(coefs)[0][0]

    def _totals(self, coefs: Sequence[Sequence[int]]) -> list[list[int]]:
        order = self.knot.order
        tail = 1
        totals: list[list[int]] = [[]]
        for level in range(len(order) - 1, -1, -1):
            row, below = coefs[order[level]], totals[-1]
            totals.append(
                [sum(row[n] * (tail if to < 0 else below[to]) for n, to in ways) for ways in self.edges[level]]
            )
            tail *= row[0]
        return totals[::-1]

    def each(self) -> Iterator[dict[int, int]]:
        """Each minimal coalition: part → how many units of it."""
        order = self.knot.order
        alive = self._totals([[1] * (n + 1) for n in self.knot.module.sizes])

        def walk(level: int, place: int) -> Iterator[dict[int, int]]:
            for count, to in reversed(self.edges[level][place]):
                own = {order[level]: count} if count else {}
                if to < 0:
                    yield own
                elif alive[level + 1][to]:
                    for rest in walk(level + 1, to):
                        yield {**own, **rest}

        return walk(0, 0)


def _highest(states: set[State]) -> tuple[State, ...]:
    """The states that no other one is at least as near to being met as."""
    if len(states) < 2:
        return tuple(states)
    order = sorted(states, key=lambda s: tuple(1 << 200 if n == FAILED else n for n in s))
    kept: list[State] = []
    for state in order:
        if not any(all(map(_nearer, keep, state)) for keep in kept):
            kept.append(state)
    return tuple(kept)


def _nearer(one: int, other: int) -> bool:
    """Whether a need is met at least as easily as another."""
    return one == other or (one != FAILED and (other == FAILED or one <= other))
