"""Plan: the cheapest way to pass or to block, given prices, who is settled, and side constraints.

A game whose parts share no leaf and has no side constraint is a tree of knapsacks and solved exactly without a solver.
All others are integer programs, with a proof that there is no cheaper coalition, or with the gap that is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from time import monotonic
from typing import TYPE_CHECKING, Literal

from assent.circuit.names import Namer, whole
from assent.folds.game import Game, Options, Take, game, refuse_exceptions
from assent.folds.knapsack import TooManySums, cheapest_ways, taken
from assent.folds.modules import Module, modules
from assent.folds.program import Answer, Bound, Counts, Program
from assent.folds.reduced import reduced
from assent.folds.terms import Fixed, Goal, Limit, Number, Register, checked, fixed, marks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from assent.circuit.nodes import Node
    from assent.folds.verdict import Verdict

__all__ = ["Coalition", "Effort", "Limit", "Plan", "plan"]
Method = Literal["", "knapsack", "program"]


@dataclass(frozen=True, slots=True)
class Coalition:
    """Who is to be won, and what it costs. Of the alike, any so many will do.

    Attributes
    ----------
    gap
        By how much one that holds no earlier one could be cheaper: 0 when it is proven that none is.
    """

    cost: Number
    members: tuple[Take, ...]
    gap: Number = 0

    @property
    def size(self) -> int:
        """How many are to be won."""
        return sum(take.count for take in self.members)


@dataclass(frozen=True, slots=True)
class Plan:
    """The cheapest coalition.

    Attributes
    ----------
    cost, members
        What it costs and who is to be won beyond those who are settled; ``None`` and nobody if it cannot be done.
    proof
        ``optimal``, ``gap`` or ``impossible``.
    gap
        By how much a cheaper coalition could be cheaper: 0 when the proof is complete; ``None`` where nothing is known.
    next_best
        The next ones by cost. None of them holds all of an earlier one.
    method
        ``knapsack`` (exact) or ``program`` (HiGHS).
    reason
        Why it cannot be done, where that is known.
    """

    goal: Goal
    cost: Number | None
    members: tuple[Take, ...]
    proof: Literal["optimal", "gap", "impossible"]
    gap: Number | None
    next_best: tuple[Coalition, ...]
    method: Method
    reason: str = ""

    @property
    def size(self) -> int:
        """How many are to be won."""
        return sum(take.count for take in self.members)


@dataclass(frozen=True, slots=True)
class Effort:
    """How far to go.

    Attributes
    ----------
    best
        How many coalitions to look for, the cheapest included.
    seconds
        For the solver, all coalitions together.
    method
        ``knapsack`` or ``program`` to insist on one.
    otherwise
        What a leaf without a price costs; ``None`` if it cannot be won. With no prices at all each leaf costs one.
    name
        What a leaf is called: by act and actor, or by actor alone.
    """

    best: int = 4
    seconds: float = 5.0
    method: Method = ""
    otherwise: Number | None = None
    name: Namer = whole


def plan(  # noqa: PLR0913 - each is a question of its own, asked by name
    node: Node,
    goal: Goal,
    cost: Mapping[str, Number] | None = None,
    *,
    settled: Mapping[str, Verdict] | None = None,
    include: Collection[str] = (),
    exclude: Collection[str] = (),
    limits: Collection[Limit] = (),
    effort: Effort | None = None,
) -> Plan:
    """The cheapest coalition to pass or to block.

    Parameters
    ----------
    node
        A circuit without exceptions.
    goal
        ``pass``, or ``block``: the members are then those who must say no.
    cost
        Name → price of each leaf it stands for, zero or more. A leaf's own price goes before its actor's, and that
        before the nearest gate's. Without prices each leaf costs one.
    settled
        Name of a leaf or gate → what it has said. Who is settled costs nothing and cannot be won.
    include
        Leaves that must be in the coalition, gates that it must meet (block).
    exclude
        Leaves, and all leaves below gates, that must not be in it.
    limits
        Side constraints.
    effort
        How many coalitions, how long, what is not priced.

    Raises
    ------
    ValueError
        The circuit is not monotone; a name is unknown or stands for two acts; a price is negative or no number.

    Examples
    --------
    >>> from assent.circuit.nodes import Gate, Leaf
    >>> three = Gate("g", "two of three", 2, tuple(Leaf("ratify", s) for s in "abc"))
    >>> found = plan(three, "pass", {"a": 5, "b": 1, "c": 2})
    >>> found.cost, [take.name for take in found.members], found.proof
    (3, ['ratify:b', 'ratify:c'], 'optimal')
    >>> [other.cost for other in found.next_best]
    [6, 7]
    """
    if goal not in {"pass", "block"}:
        raise ValueError(f"a plan is to pass or to block, not {goal!r}")
    refuse_exceptions(node)
    effort = effort or Effort()
    for limit in limits:
        checked(f"the weight in {limit.label!r}", limit.weights, negative=True)
    register = Register(node, effort.name)
    prices = _prices(register, cost, effort.otherwise)
    known = fixed(register, goal, settled or {}, include, exclude)
    if known.clash:
        return Plan(goal, None, (), "impossible", None, (), "", known.clash)
    return _Task(node, goal, register, prices, known, tuple(limits), effort, cost or {}).plan()


def _prices(register: Register, cost: Mapping[str, Number] | None, otherwise: Number | None) -> dict[str, Fraction]:
    checked("the cost", cost or {})
    if otherwise is not None:
        checked("the cost", {"all others": otherwise})
    if not cost and otherwise is None:
        otherwise = 1
    found = register.spread(cost or {})
    if otherwise is not None:
        found = dict.fromkeys(register.leaves, Fraction(otherwise)) | found
    return found


@dataclass
class _Task:
    """One question, its names looked up."""

    node: Node
    goal: Goal
    register: Register
    prices: dict[str, Fraction]
    known: Fixed
    limits: tuple[Limit, ...]
    effort: Effort
    given: Mapping[str, Number]

    def plan(self) -> Plan:
        unpriced = [leaf for leaf in self.known.paid if leaf not in self.prices]
        if unpriced:
            return Plan(self.goal, None, (), "impossible", None, (), "", f"{unpriced[0]} must be in and has no price")
        self.unit = lcm(*(p.denominator for p in self.prices.values()), 1)
        columns = [self._column(limit) for limit in self.limits]
        lost = {leaf: False for leaf in self.register.leaves if leaf not in self.prices}
        made = game(
            self.node,
            Options(
                dual=self.goal == "block",
                name=self.effort.name,
                fixed={**lost, **self.known.leaves},
                gates=self.known.gates,
                mark=marks([self.prices, *columns]),
                keep=frozenset(self.known.musts) | {n for limit in self.limits if limit.gates for n in limit.weights},
            ),
        )
        self.base = sum((self.prices[leaf] for leaf in self.known.paid), Fraction(0))
        if made.root is False:
            return Plan(self.goal, None, (), "impossible", None, (), "", "it is settled, or nobody left can be won")
        found = modules(made)
        top = found if isinstance(found, Module) else None
        plain = not self.limits and not self.known.musts and (top is None or not top.knots())
        if plain and self.effort.method != "program":
            try:
                return self._by_knapsack(made, top)
            except TooManySums:
                if self.effort.method == "knapsack":
                    raise
        elif self.effort.method == "knapsack":
            raise ValueError("shared leaves, gates that must be met and side constraints need the method 'program'")
        return self._by_program(made, columns)

    def _column(self, limit: Limit) -> dict[str, Fraction]:
        """What each leaf counts in a constraint."""
        if limit.gates:
            return {}
        found: dict[str, Fraction] = {}
        for name, weight in limit.weights.items():
            for leaf in self.register.all(name):
                if found.setdefault(leaf, Fraction(weight)) != weight:
                    raise ValueError(f"{leaf!r} is given two weights in {limit.label!r}")
        return found

    def _by_knapsack(self, made: Game, top: Module | None) -> Plan:
        if top is None:
            return self._told(made.classes, [{}], [], "knapsack")
        prices = [int(self.prices[ids[0]] * self.unit) for ids in made.classes]
        ways = cheapest_ways(top, prices, max(1, self.effort.best))
        return self._told(made.classes, [dict(taken(choice)) for _, _, choice in ways], [], "knapsack")

    def _by_program(self, made: Game, columns: list[dict[str, Fraction]]) -> Plan:
        until = monotonic() + self.effort.seconds
        musts = self._rows(made, self.known.musts)
        if musts is None:
            return Plan(self.goal, None, (), "impossible", None, (), "program", "a gate that must be met cannot be")
        extra = list(self._counted(made, columns))
        bounds = list(self._bounds(made, [*made.classes, *extra], columns))
        program, told = self._program(made, extra, musts, bounds)
        if program.keeps({}):
            return self._told([*made.classes, *extra], [{}], [], "program")
        found: list[Counts] = []
        gaps: list[Fraction] = []
        while len(found) < max(1, self.effort.best):
            left = until - monotonic()
            if found and left <= 0:
                break
            answer = program.best(left)
            if answer.counts is None:
                if not found:
                    return self._none(answer)
                break
            gaps.append(program.cost(answer.counts) - answer.bound)
            found.append(answer.counts)
            program.forbid(answer.counts)
        return self._told([*made.classes, *extra], [told(counts) for counts in found], gaps, "program")

    def _none(self, answer: Answer) -> Plan:
        if answer.proven:
            return Plan(self.goal, None, (), "impossible", None, (), "program", "the constraints cannot be kept")
        return Plan(self.goal, None, (), "gap", None, (), "program", "no coalition was found in the time")

    def _program(
        self, made: Game, extra: list[tuple[str, ...]], musts: set[int], bounds: list[Bound]
    ) -> tuple[Program, Callable[[Counts], Counts]]:
        """The integer program of the reduced game, and how its coalitions are told in the classes of the game."""
        prices = [int(self.prices[ids[0]] * self.unit) for ids in (*made.classes, *extra)]
        base = len(made.classes)
        rows = musts.union(*(bound.rows for bound in bounds))
        classes = {c for bound in bounds for c in bound.classes if c < base}
        small = reduced(made, prices, classes, rows, max(1, self.effort.best))
        new = len(small.game.classes)

        def place(c: int) -> int | None:
            return small.classes.get(c) if c < base else new + c - base

        moved = [
            Bound(
                {at: w for c, w in bound.classes.items() if (at := place(c)) is not None},
                {small.rows[row]: w for row, w in bound.rows.items()},
                bound.least,
                bound.most,
            )
            for bound in bounds
        ]

        def told(counts: Counts) -> Counts:
            own = small.told({c: n for c, n in counts.items() if c < new})
            return own | {c - new + base: n for c, n in counts.items() if c >= new}

        program = Program(
            small.game,
            [*small.prices, *prices[base:]],
            [len(ids) for ids in (*small.game.classes, *extra)],
            frozenset(small.rows[row] for row in musts),
            moved,
        )
        return program, told

    def _told(self, ids: Sequence[tuple[str, ...]], found: list[Counts], gaps: list[Fraction], method: Method) -> Plan:
        own = tuple(Take((leaf,), 1) for leaf in self.known.paid)
        whole_numbers = all(isinstance(v, int) for v in self.given.values()) and not isinstance(
            self.effort.otherwise, (float, Fraction)
        )
        floats = any(isinstance(v, float) for v in (*self.given.values(), self.effort.otherwise))

        def number(cost: Fraction) -> Number:
            return float(cost) if floats else int(cost) if whole_numbers else cost

        coalitions = []
        for place, counts in enumerate(found):
            cost = self.base + sum((self.prices[ids[c][0]] * n for c, n in counts.items()), Fraction(0))
            takes = tuple(Take(ids[c], n) for c, n in sorted(counts.items()) if n)
            gap = gaps[place] / self.unit if gaps else Fraction(0)
            coalitions.append(Coalition(number(cost), own + takes, number(gap) if gap else 0))
        first, *rest = coalitions
        proof: Literal["optimal", "gap"] = "gap" if first.gap else "optimal"
        return Plan(self.goal, first.cost, first.members, proof, first.gap, tuple(rest), method)

    def _counted(self, made: Game, columns: list[dict[str, Fraction]]) -> Iterator[tuple[str, ...]]:
        """Classes of leaves that decide nothing but count in a constraint."""
        alike: dict[object, list[str]] = {}
        mark = marks([self.prices, *columns])
        for leaf in made.idle:
            if any(leaf in column for column in columns):
                alike.setdefault(mark(leaf), []).append(leaf)
        return (tuple(ids) for ids in alike.values())

    def _rows(self, made: Game, names: Collection[str]) -> set[int] | None:
        """The rows of gates; those that are met already are left out; ``None`` if one cannot be."""
        found = set()
        for name in names:
            ref = self._row(made, name)
            if ref is False:
                return None
            if ref is not True:
                found.add(ref - len(made.classes))
        return found

    def _row(self, made: Game, name: str) -> int | bool:
        self.register.one(name)
        refs = set(made.named.get(name, ()))
        if not refs:
            raise ValueError(f"{name!r} is a leaf, not a gate")
        if len(refs) > 1:
            raise ValueError(f"{name!r} names gates that are not met together")
        return refs.pop()

    def _bounds(
        self, made: Game, classes: list[tuple[str, ...]], columns: list[dict[str, Fraction]]
    ) -> Iterator[Bound]:
        base = len(made.classes)
        for limit, column in zip(self.limits, columns, strict=True):
            done = Fraction(0)
            rows: dict[int, Fraction] = {}
            if limit.gates:
                for name, weight in limit.weights.items():
                    ref = self._row(made, name)
                    if ref is True:
                        done += Fraction(weight) if limit.settled else 0
                    elif ref is not False:
                        rows[ref - base] = rows.get(ref - base, Fraction(0)) + Fraction(weight)
            own = {c: column[ids[0]] for c, ids in enumerate(classes) if ids[0] in column}
            sure = set(self.known.paid)
            if limit.settled:
                sure |= {leaf for leaf, favour in self.known.leaves.items() if favour}
            done += sum((column[leaf] for leaf in sure if leaf in column), Fraction(0))
            least = None if limit.least is None else Fraction(limit.least) - done
            most = None if limit.most is None else Fraction(limit.most) - done
            yield Bound(own, rows, least, most)
