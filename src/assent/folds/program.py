"""Programs: a game with prices and side constraints as an integer program, solved by HiGHS with a proven bound.

One integer for each class of alike leaves, one binary for each gate. A gate's binary may be one only if its need is
met; where a constraint counts gates that are met, it must then be one too. What the solver says is rounded and checked
against the game in whole numbers; what fails the check is cut off and the program solved again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import highspy

    from assent.folds.game import Game

Counts = dict[int, int]
INFINITY = float("inf")
EXACT = 10**6
"""Prices up to here go to the solver as they are; larger ones are scaled, or it loses its footing."""
LARGE = 10**4
SURE = 10**9
"""Needs above this lie beyond the solver's tolerances: it is given them in larger units, rounded so that nothing that
meets them is lost. Its bounds hold all the same, and what it finds is checked exactly."""
COARSE = 10**8
"""What such a need comes to in the larger units."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A side constraint: so much of some classes and met rows together, at least, at most.

    Attributes
    ----------
    classes, rows
        Class or row → what one unit, or the met gate, counts.
    least, most
        Bounds, ``None`` where there is none.
    """

    classes: Mapping[int, Fraction]
    rows: Mapping[int, Fraction]
    least: Fraction | None
    most: Fraction | None

    def kept(self, counts: Mapping[int, int], met: Sequence[bool]) -> bool:
        """Whether a coalition keeps to it."""
        total = sum((w * counts.get(c, 0) for c, w in self.classes.items()), Fraction(0))
        total += sum((w for row, w in self.rows.items() if met[row]), Fraction(0))
        return (self.least is None or total >= self.least) and (self.most is None or total <= self.most)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver found: counts by class, or ``None``; a bound below which no cost can be; whether it is proven."""

    counts: Counts | None
    bound: Fraction
    proven: bool


@dataclass
class Program:
    """The cheapest coalitions of a game under side constraints.

    Attributes
    ----------
    game
        The game; ``extra`` classes beyond its own decide nothing in it but count in bounds.
    prices, sizes
        Of each class, those of the game first. Prices are whole numbers.
    musts
        Rows that must be met.
    bounds
        Side constraints.
    """

    game: Game
    prices: Sequence[int]
    sizes: Sequence[int]
    musts: frozenset[int] = frozenset()
    bounds: Sequence[Bound] = ()
    cuts: list[Counts] = field(default_factory=list)
    differ: list[Counts] = field(default_factory=list)
    lacking: list[Counts] = field(default_factory=list)

    def keeps(self, counts: Mapping[int, int]) -> bool:
        """Whether a coalition wins and keeps to everything asked."""
        met = self.game.met(counts)
        return self._enough(met) and all(bound.kept(counts, met) for bound in self.bounds)

    def _enough(self, met: Sequence[bool]) -> bool:
        """Whether what is met wins, and holds all that must be met."""
        root = self.game.root
        won = root if isinstance(root, bool) else met[root - len(self.game.classes)]
        return won and all(met[row] for row in self.musts)

    def cost(self, counts: Mapping[int, int]) -> int:
        """The cost of a coalition."""
        return sum(self.prices[c] * n for c, n in counts.items())

    def best(self, seconds: float) -> Answer:
        """The cheapest coalition that holds no earlier one; call ``forbid`` before asking for the next."""
        until = monotonic() + seconds
        while True:
            answer = self._solved(max(0.05, until - monotonic()))
            if answer.counts is None:
                return answer
            if self.keeps(answer.counts):
                counts = self._thinned(answer.counts, until, spare=not answer.proven)
                cost = self.cost(counts)
                exact = max(self.prices, default=1) <= EXACT
                slack = Fraction(1) - Fraction(1, 1000) if exact else Fraction(cost, 10**9)
                proven = answer.proven and cost - answer.bound <= slack
                return Answer(counts, Fraction(cost) if proven else min(answer.bound, Fraction(cost)), proven)
            if monotonic() > until:
                return Answer(None, answer.bound, proven=False)
            # of what is not enough no part is enough either: more has to be taken, not other
            (self.differ if self._enough(self.game.met(answer.counts)) else self.lacking).append(answer.counts)

    def forbid(self, counts: Counts) -> None:
        """Leave out this coalition and all that hold it."""
        self.cuts.append({c: n for c, n in counts.items() if n})

    def _thinned(self, counts: Counts, until: float, *, spare: bool) -> Counts:
        """The coalition without members that can be spared, dear ones first; without ``spare`` only free ones."""
        kept = {c: n for c, n in counts.items() if n}
        for c in sorted(kept, key=lambda c: (-self.prices[c], c)):
            while kept.get(c) and (monotonic() < until if spare and self.prices[c] else not self.prices[c]):
                fewer = {**kept, c: kept[c] - 1}
                if not self.keeps(fewer):
                    break
                kept = {k: n for k, n in fewer.items() if n}
        return kept

    def _solved(self, seconds: float) -> Answer:
        import highspy

        model = _Model(self)
        solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy leaves its constructor without types
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 1e-9),
            ("mip_feasibility_tolerance", 1e-9),
            ("time_limit", seconds),
        ):
            solver.setOptionValue(option, value)
        solver.passModel(model.lp())
        solver.run()
        status, info = solver.getModelStatus(), solver.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Answer(None, Fraction(0), proven=True)
        bound = Fraction(info.mip_dual_bound) * model.unit if abs(info.mip_dual_bound) < INFINITY else Fraction(0)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Answer(None, bound, proven=False)
        values = solver.getSolution().col_value
        counts = {c: n for c in range(len(self.sizes)) if (n := round(values[c]))}
        return Answer(counts, bound, status == highspy.HighsModelStatus.kOptimal)


class _Model:
    """The columns and rows of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        game = program.game
        self.classes, self.inner = len(program.sizes), len(game.classes)
        dearest = max(program.prices, default=1)
        self.unit = Fraction(dearest, LARGE) if dearest > EXACT else Fraction(1)
        self.cost = [float(p / self.unit) for p in program.prices]
        self.low = [0.0] * self.classes
        self.high = [float(n) for n in program.sizes]
        self.rows: list[dict[int, float]] = []
        self.row_low: list[float] = []
        self.row_high: list[float] = []
        first = self.classes
        root = -1 if isinstance(game.root, bool) else game.root - self.inner
        for place in range(len(game.rows)):
            self._column(1.0 if place == root or place in program.musts else 0.0, 1.0)
        exact = self._exact(game)
        for place, row in enumerate(game.rows):
            columns = [ref if ref < self.inner else first + ref - self.inner for _, ref in row.items]
            unit = 1 if row.need <= SURE else row.need // COARSE
            weights = [min(w, row.need) for w, _ in row.items]
            sums = {c: float(-(-w // unit)) for c, w in zip(columns, weights, strict=True)}
            most = sum(w * game.many(ref) for w, ref in row.items)
            self._row({**sums, first + place: -float(row.need // unit)}, 0.0, INFINITY)
            for weight, ref in row.items:
                lack = row.need - most + weight * game.many(ref)
                if lack > 0 and len(row.items) > 1:  # it cannot be met without
                    column = ref if ref < self.inner else first + ref - self.inner
                    self._row({column: 1.0, first + place: -float(-(-lack // weight))}, 0.0, INFINITY)
            if place in exact:
                sums = {c: float(w // unit) for c, w in zip(columns, weights, strict=True)}
                short = (row.need - 1) // unit
                over = sum(w // unit * game.many(ref) for w, (_, ref) in zip(weights, row.items, strict=True)) - short
                self._row({**sums, first + place: -float(over)}, -INFINITY, float(short))
        for c, place in self._servants(game).items():
            self._row({c: 1.0, first + place: -self.high[c]}, -INFINITY, 0.0)
        for bound in program.bounds:
            sums = {c: float(w) for c, w in bound.classes.items()}
            sums |= {first + row: float(w) for row, w in bound.rows.items()}
            scale = max(map(abs, sums.values()), default=1.0) or 1.0
            low = -INFINITY if bound.least is None else float(bound.least) / scale
            high = INFINITY if bound.most is None else float(bound.most) / scale
            self._row({c: w / scale for c, w in sums.items()}, low, high)
        for cut in program.cuts:
            self._any(cut, {})
        for point in program.lacking:
            self._any({}, {c: point.get(c, 0) for c, size in enumerate(program.sizes) if point.get(c, 0) < size})
        for point in program.differ:
            more = {c: point.get(c, 0) for c, size in enumerate(program.sizes) if point.get(c, 0) < size}
            self._any({c: n for c, n in point.items() if n}, more)

    def _column(self, low: float, high: float) -> int:
        self.cost.append(0.0)
        self.low.append(low)
        self.high.append(high)
        return len(self.cost) - 1

    def _row(self, sums: dict[int, float], low: float, high: float) -> None:
        self.rows.append(sums)
        self.row_low.append(low)
        self.row_high.append(high)

    def _any(self, fewer: Counts, more: Counts) -> None:
        """Of some class fewer than a count are taken, or of some class more."""
        sums: dict[int, float] = {}
        low = 1.0
        for c, count in fewer.items():
            size = self.program.sizes[c]
            if size == 1:
                sums[c] = -1.0
                low -= 1
            else:
                column = self._column(0.0, 1.0)
                self._row({c: 1.0, column: size - count + 1.0}, -INFINITY, float(size))
                sums[column] = 1.0
        for c, count in more.items():
            if self.program.sizes[c] == 1:
                sums[c] = 1.0
            else:
                column = self._column(0.0, 1.0)
                self._row({c: 1.0, column: -(count + 1.0)}, 0.0, INFINITY)
                sums[column] = 1.0
        self._row(sums, low, INFINITY)

    def _servants(self, game: Game) -> dict[int, int]:
        """Priced classes that serve one row alone and no bound: they are taken only where that row is met."""
        uses: dict[int, list[int]] = {}
        for place, row in enumerate(game.rows):
            for _, ref in row.items:
                if ref < self.inner:
                    uses.setdefault(ref, []).append(place)
        wanted = {c for b in self.program.bounds for c, w in b.classes.items() if b.least is not None or w < 0}
        return {c: rows[0] for c, rows in uses.items() if len(rows) == 1 and c not in wanted}

    def _exact(self, game: Game) -> set[int]:
        """The rows whose binary must be one if they are met: those that bounds count, and all below them."""
        todo = [row for bound in self.program.bounds for row in bound.rows]
        seen = set(todo)
        while todo:
            for _, ref in game.rows[todo.pop()].items:
                if ref >= self.inner and ref - self.inner not in seen:
                    seen.add(ref - self.inner)
                    todo.append(ref - self.inner)
        return seen

    def lp(self) -> highspy.HighsLp:
        """The program as HiGHS takes it."""
        import highspy
        import numpy as np

        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.cost), len(self.rows)
        lp.col_cost_ = np.array(self.cost)
        lp.col_lower_, lp.col_upper_ = np.array(self.low), np.array(self.high)
        lp.row_lower_, lp.row_upper_ = np.array(self.row_low), np.array(self.row_high)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(self.cost)
        starts = [0]
        for row in self.rows:
            starts.append(starts[-1] + len(row))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = len(self.cost), len(self.rows)
        lp.a_matrix_.start_ = np.array(starts)
        lp.a_matrix_.index_ = np.array([c for row in self.rows for c in row], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([v for row in self.rows for v in row.values()])
        return lp
