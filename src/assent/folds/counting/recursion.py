"""Recursion: at least so much weight out of independent children, by adding one child after another.

The state is the weight that has moved so far, below a bound: the quota counting those for, or what blocks (W - q + 1)
counting those against, whichever is smaller. Every sum is of terms that are not negative, so nothing cancels. The way
back runs on the support of the way there, which is short while the children added are small; it is kept, or worked out
again block by block where it would not fit.

Columns whose bound is far from the mean are tilted: each child's odds are multiplied by exp(theta · weight) so that
the mean comes to the bound, and the factor is divided out of the result as a logarithm (the change of measure of large
deviations). Tails far below the smallest float are then exact as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

from assent.folds.counting import heavy
from assent.folds.counting.alike import distribution
from assent.folds.counting.logs import Array, add_up, both, complement, log

if TYPE_CHECKING:
    from collections.abc import Iterator

KEEP = 12_000_000  # numbers of the way there that are kept; beyond that it is worked out again from fewer
MOST_NUMBERS = 150_000_000  # numbers that are held for one column at a time
FAR = 8.0  # standard deviations between mean and bound beyond which a column is tilted
NEAR = 0.25  # standard deviations the tilted mean may be off the bound
STEPS = 80
BLOCK = 48  # windows at least this wide are summed by blocks


@dataclass(frozen=True, slots=True)
class Move:
    """A child, or so many alike: how much each moves, and how many there are."""

    weight: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """Logarithms of falling short of the bound and of reaching it, per column; for each child, of being pivotal.

    ``doubts`` is what the relative error of being pivotal may be beyond rounding, where it is a difference.
    """

    short: Array
    reach: Array
    pivots: Array | None = None
    doubts: Array | None = None


def run(moves: list[Move], bound: int, la: Array, lb: Array, *, pivots: bool) -> Outcome:
    """Whether the children that move together reach a bound.

    Parameters
    ----------
    moves
        The children.
    bound
        What they have to reach, at least 1.
    la, lb
        Children by columns: logarithms of the probability of moving and of not moving.
    pivots
        Whether to work out each child's chance of being pivotal (for alike children, of one of them).

    Examples
    --------
    >>> half = np.log(np.full((3, 1), 0.5))
    >>> short = run([Move(1)] * 3, 2, half, half, pivots=False).short
    >>> round(float(np.exp(short)[0]), 12)
    0.5
    """
    order = sorted(range(len(moves)), key=lambda i: (moves[i].weight, -moves[i].count))
    sums = [0]
    for i in order:
        sums.append(min(bound - 1, sums[-1] + moves[i].weight * moves[i].count))
    if sums[-1] * (isqrt(sum(move.count for move in moves)) + 2) > MOST_NUMBERS:
        raise ValueError(
            f"the weights have to be added up one by one, to {bound:,}, which takes too much room; in larger units "
            "(thousands, say, and rounded) they can be"
        )
    width = sum(sums) + len(sums)
    columns = la.shape[1]
    if width > KEEP and pivots:
        singly = [i for i in order for _ in range(moves[i].count)]
        found = heavy.run([moves[i].weight for i in singly], bound, la[singly], lb[singly])
        if found is not None:
            first = [singly.index(i) for i in range(len(moves))]
            return Outcome(found[0], found[1], found[2][first], found[3][first])
    fit = max(1, 4 * KEEP // max(1, width))
    if columns > fit:
        parts = [
            run(moves, bound, la[:, at : at + fit], lb[:, at : at + fit], pivots=pivots)
            for at in range(0, columns, fit)
        ]
        together = np.concatenate([p.pivots for p in parts if p.pivots is not None], axis=1) if pivots else None
        return Outcome(np.concatenate([p.short for p in parts]), np.concatenate([p.reach for p in parts]), together)
    return _Pass([moves[i] for i in order], bound, la[order], lb[order], sums).outcome(order, pivots=pivots)


class _Pass:
    """One pass over children in order of weight."""

    def __init__(self, moves: list[Move], bound: int, la: Array, lb: Array, sums: list[int]) -> None:
        self.moves, self.bound, self.sums = moves, bound, sums
        self.la = la
        weights = np.array([m.weight for m in moves], dtype=float)[:, None]
        counts = np.array([m.count for m in moves], dtype=float)[:, None]
        self.tilt = tilting(weights, counts, bound, la, lb)
        self.tilted = bool(self.tilt.any())
        up = la + self.tilt * weights
        self.scale = np.logaddexp(up, lb) if self.tilted else np.zeros_like(la)
        self.a, self.b = np.exp(up - self.scale), np.exp(lb - self.scale)
        self.lb = lb
        self.total = (counts * self.scale).sum(axis=0)
        self.before = np.cumsum(np.vstack([np.zeros(la.shape[1]), counts * self.scale]), axis=0)

    def outcome(self, order: list[int], *, pivots: bool) -> Outcome:
        stride = 1
        if pivots and (sum(self.sums) + len(self.sums)) * self.la.shape[1] > KEEP:
            stride = max(2, isqrt(len(self.moves)))
        state = np.ones((1, self.la.shape[1]))
        kept: dict[int, Array] = {}
        arrived = []
        for i in range(len(self.moves)):
            if pivots and i % stride == 0:
                kept[i] = state
            arrived.append(self._arrive(i, state))
            state = self._add(i, state)
        short, reach = self._short(state), add_up(np.array(arrived))
        if self.tilted:
            up, down = self.tilt > 0, self.tilt < 0
            short = np.where(up, complement(reach), short)
            reach = np.where(down, complement(short), reach)
        short, reach = both(np.minimum(short, 0.0), np.minimum(reach, 0.0))
        if not pivots:
            return Outcome(short, reach)
        found = np.empty_like(self.la)
        for i, value in self._back(kept, stride):
            found[order[i]] = value
        return Outcome(short, reach, found)

    def _add(self, i: int, state: Array) -> Array:
        """The states after child i, shorter than the bound."""
        move, size = self.moves[i], self.sums[i + 1] + 1
        if move.count > 1:
            return _convolve(state, self._numbers(i, move.count), move.weight, size)
        out = np.zeros((size, state.shape[1]))
        np.multiply(state, self.b[i], out=out[: len(state)])
        if size > move.weight:
            out[move.weight :] += self.a[i] * state[: size - move.weight]
        return out

    def _numbers(self, i: int, count: int) -> Array:
        """How many of so many alike children move, in the tilted measure."""
        return distribution(count, log(self.a[i : i + 1]), log(self.b[i : i + 1]))

    def _arrive(self, i: int, state: Array) -> Array:
        """The logarithm of reaching the bound with child i and not before."""
        move = self.moves[i]
        low = max(0, self.bound - move.weight * move.count)
        if low >= len(state):
            return np.full(state.shape[1], -np.inf)
        part = state[low:]
        if move.count == 1:
            if self.tilted:
                part = part * np.exp(np.minimum(-self.tilt * np.arange(len(part))[:, None], 700.0))
            arrived: Array = log(part.sum(axis=0)) + self.la[i] + self.before[i] - self.tilt * low
            return arrived
        numbers = log(_exact(move.count, self.la[i], self.lb[i]))
        tails = np.logaddexp.accumulate(numbers[::-1])[::-1]
        place = np.arange(low, len(state))
        wanted = -(-(self.bound - place) // move.weight)
        several: Array = add_up(log(part) + tails[wanted] - self.tilt * place[:, None]) + self.before[i]
        return several

    def _short(self, state: Array) -> Array:
        if not self.tilted:
            return log(state.sum(axis=0))
        place = np.arange(len(state))[:, None]
        short: Array = add_up(log(state) - self.tilt * place) + self.total
        return short

    def _back(self, kept: dict[int, Array], stride: int) -> Iterator[tuple[int, Array]]:
        """Each child's chance of being pivotal, last child first."""
        ahead = np.zeros((self.sums[-1] + 1, self.la.shape[1]))
        ahead[self.bound - 1 :] = 1.0
        for start in range((len(self.moves) - 1) // stride * stride, -1, -stride):
            stop = min(start + stride, len(self.moves))
            states = [kept.pop(start)]
            for i in range(start, stop - 1):
                states.append(self._add(i, states[-1]))
            for i in range(stop - 1, start - 1, -1):
                yield i, self._pivot(i, states.pop(), ahead)
                ahead = self._lead(i, ahead)

    def _pivot(self, i: int, state: Array, ahead: Array) -> Array:
        move = self.moves[i]
        span = self._window(ahead, move.weight)
        if move.count > 1:
            numbers = self._numbers(i, move.count - 1)
            span = _correlate(span, numbers, move.weight, min(len(state), len(span)))
        shared = min(len(state), len(span))
        found = log(np.einsum("xl,xl->l", state[:shared], span[:shared]))
        low = np.where(self.tilt > 0, self.bound - move.weight, self.bound - 1)
        pivot: Array = found + self.total - self.scale[i] - self.tilt * low
        return pivot

    def _lead(self, i: int, ahead: Array) -> Array:
        """What the later children leave missing, with child i among them; on the states that can be before it."""
        move, size = self.moves[i], min(len(ahead), self.sums[i] + 1)
        if move.count > 1:
            return _correlate(ahead, self._numbers(i, move.count), move.weight, size)
        out: Array = self.b[i] * ahead[:size]
        moved = ahead[move.weight : move.weight + size]
        out[: len(moved)] += self.a[i] * moved
        return out

    def _window(self, ahead: Array, width: int) -> Array:
        if width == 1:
            return ahead
        if not self.tilted and width >= BLOCK:
            return _by_blocks(ahead, width)
        grow, fall = np.exp(-np.maximum(self.tilt, 0.0)), np.exp(np.minimum(self.tilt, 0.0))
        return _by_doubling(ahead, width, grow, fall)


def faintness(moves: list[Move], bound: int, la: Array, lb: Array) -> Array:
    """For each column, a number such that the rarer side of the bound is no likelier than exp of minus it.

    The bound of H. Chernoff (1952), at the tilt of the column; zero where the bound is near the mean.
    """
    weights = np.array([m.weight for m in moves], dtype=float)[:, None]
    counts = np.array([m.count for m in moves], dtype=float)[:, None]
    tilt = tilting(weights, counts, bound, la, lb)
    edge = np.where(tilt > 0, bound, bound - 1)
    found: Array = np.maximum(tilt * edge - (counts * np.logaddexp(la + tilt * weights, lb)).sum(axis=0), 0.0)
    return found


def tilting(weights: Array, counts: Array, bound: int, la: Array, lb: Array) -> Array:
    """The tilt of each column: zero unless the bound is far from the mean."""
    a, b = np.exp(la), np.exp(lb)
    mean = (counts * weights * a).sum(axis=0)
    deviation = np.sqrt((counts * weights**2 * a * b).sum(axis=0))
    target = bound - 0.5 * float(weights.min())
    sure = (counts * weights * np.isneginf(lb)).sum(axis=0)
    most = (counts * weights * ~np.isneginf(la)).sum(axis=0)
    far = (np.abs(mean - target) > FAR * deviation) & (sure < target) & (most > target)
    found = np.zeros(la.shape[1])
    if not far.any():
        return found
    with np.errstate(invalid="ignore"):
        odds = (la - lb)[:, far]
    finite = np.abs(odds[np.isfinite(odds)])
    reach = (float(finite.max(initial=0.0)) + 60.0) / float(weights.min())
    low, high = np.full(odds.shape[1], -reach), np.full(odds.shape[1], reach)
    tilt = np.zeros(odds.shape[1])
    for _ in range(STEPS):  # Newton's steps, or half of what is left where they lead out of it
        with np.errstate(over="ignore", divide="ignore"):
            share = 1.0 / (1.0 + np.exp(-(odds + tilt * weights)))
            gap = target - (counts * weights * share).sum(axis=0)
            spread = (counts * weights**2 * share * (1 - share)).sum(axis=0)
            step = tilt + gap / spread
        if (np.abs(gap) <= NEAR * np.sqrt(spread)).all():
            break
        low, high = np.where(gap > 0, tilt, low), np.where(gap > 0, high, tilt)
        tilt = np.where((low < step) & (step < high), step, (low + high) / 2)
    found[far] = tilt
    return found


def _exact(count: int, la: Array, lb: Array) -> Array:
    return distribution(count, la[None], lb[None])


def _convolve(state: Array, numbers: Array, weight: int, size: int) -> Array:
    """The sum of a state and so many moves of a weight, cut at a size."""
    out = np.zeros((size, state.shape[1]))
    if len(numbers) <= len(state):
        for j, chance in enumerate(numbers[: (size - 1) // weight + 1]):
            part = state[: size - j * weight]
            out[j * weight : j * weight + len(part)] += chance * part
    else:
        for x, chance in enumerate(state[:size]):
            part = out[x::weight][: len(numbers)]
            part += chance * numbers[: len(part)]
    return out


def _correlate(ahead: Array, numbers: Array, weight: int, size: int) -> Array:
    """For each place, the sum over so many moves of a weight of what stands that much further on."""
    out = np.zeros((size, ahead.shape[1]))
    if len(numbers) <= size:
        for j, chance in enumerate(numbers[: (len(ahead) - 1) // weight + 1]):
            part = ahead[j * weight : j * weight + size]
            out[: len(part)] += chance * part
    else:
        for x in range(size):
            part = ahead[x::weight][: len(numbers)]
            out[x] = (part * numbers[: len(part)]).sum(axis=0)
    return out


def _by_blocks(ahead: Array, width: int) -> Array:
    """Sums over windows of a width, each from the end of one block and the beginning of the next: nothing cancels."""
    size, columns = ahead.shape
    blocks = -(-size // width) + 1
    padded = np.zeros((blocks * width, columns))
    padded[:size] = ahead
    cut = padded.reshape(blocks, width, columns)
    heads = np.cumsum(cut, axis=1).reshape(-1, columns)
    ends = np.cumsum(cut[:, ::-1], axis=1)[:, ::-1].reshape(-1, columns)
    out = ends[:size].copy()
    out += heads[width - 1 : width - 1 + size]
    out[::width] = ends[:size:width]
    return out


def _by_doubling(ahead: Array, width: int, grow: Array, fall: Array) -> Array:
    """Sums over windows in which each place counts ``fall`` times the one before it, or ``grow`` times the next."""
    size = len(ahead)
    out, done = np.zeros_like(ahead), 0
    part, step = ahead, 1
    while width:
        if width & 1:
            moved = np.zeros_like(ahead)
            moved[: max(0, size - done)] = part[done:]
            out = out * grow**step + moved * fall**done
            done += step
        width >>= 1
        if width:
            moved = np.zeros_like(ahead)
            moved[: max(0, size - step)] = part[step:]
            part = part * grow**step + moved * fall**step
            step *= 2
    return out
