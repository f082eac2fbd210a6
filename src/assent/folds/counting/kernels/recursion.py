"""Recursion: at least so much weight out of independent children, by adding one child after another."""
# ruff: noqa: FBT001, PLR0913, PLR0917 - a kernel takes plain numbers and arrays

from __future__ import annotations

import math

import numpy as np

from assent.folds.counting.kernels.logs import Array, Pair, Whole, complement, peak, plus
from assent.folds.counting.switch import jit

WIDEST = 12_000_000  # numbers that a threshold may keep
FAR = 8.0  # standard deviations between mean and bound beyond which a column is tilted
NEAR = 0.25  # standard deviations the tilted mean may be off the bound
STEPS = 200
DIRECT = 12  # windows up to this width are added up one by one


@jit
def moments(weights: Whole, counts: Whole, odds: Array, theta: float) -> Pair:
    """Mean and variance of what moves, tilted."""
    mean, variance = 0.0, 0.0
    for i in range(len(weights)):
        share = 1.0 / (1.0 + math.exp(-(odds[i] + theta * weights[i])))
        mean += counts[i] * weights[i] * share
        variance += counts[i] * float(weights[i]) * weights[i] * share * (1 - share)
    return mean, variance


@jit
def tilt(weights: Whole, counts: Whole, la: Array, lb: Array, bound: int) -> float:
    """The tilt of a column: zero unless the bound is far from the mean."""
    odds, sure, most, reach = np.empty(len(weights)), 0.0, 0.0, 0.0
    for i in range(len(weights)):
        odds[i], whole = la[i] - lb[i], float(counts[i]) * weights[i]
        if lb[i] == -math.inf:
            sure += whole
        if la[i] != -math.inf:
            most += whole
        if abs(odds[i]) < math.inf:
            reach = max(reach, abs(odds[i]))
    target = bound - 0.5 * weights[0]
    mean, variance = moments(weights, counts, odds, 0.0)
    if abs(mean - target) <= FAR * math.sqrt(variance) or sure >= target or most <= target:
        return 0.0
    high = (reach + 60.0) / weights[0]
    low, theta = -high, 0.0
    for _ in range(STEPS):  # Newton's steps, or half of what is left where they lead out of it
        mean, variance = moments(weights, counts, odds, theta)
        if abs(mean - target) <= NEAR * math.sqrt(variance):
            break
        if mean < target:
            low = theta
        else:
            high = theta
        step = theta + (target - mean) / variance
        theta = step if low < step < high else 0.5 * (low + high)
    return theta


@jit
def numbers(count: int, a: float, b: float, out: Array) -> None:
    """The chance of each number of so many alike members, of whom each moves with chance a."""
    for j in range(count + 1):
        out[j] = 0.0
    if count == 0 or b == 0.0 or a == 0.0:
        out[count if b == 0.0 else 0] = 1.0
        return
    mode = min(count, int((count + 1) * a))
    log = peak(count, mode)
    if mode > 0:
        log += mode * (math.log(a) - math.log(mode / count))
    if mode < count:
        log += (count - mode) * (math.log(b) - math.log((count - mode) / count))
    out[mode] = math.exp(log)
    for j in range(mode, count):
        out[j + 1] = out[j] * ((count - j) * a) / ((j + 1) * b)
    for j in range(mode, 0, -1):
        out[j - 1] = out[j] * (j * b) / ((count - j + 1) * a)


@jit
def window(ahead: Array, size: int, width: int, rho: float, rising: bool, out: Array) -> None:
    """Sums over windows of what is ahead: each place counts ``rho`` times its neighbour, falling away or rising.

    Wide windows are put together from the end of one block and the beginning of the next: nothing cancels.
    """
    long = len(ahead)
    if width <= DIRECT:
        for x in range(size):
            total = 0.0
            for d in range(width):
                y = x + (d if rising else width - 1 - d)
                total = total * rho + (ahead[y] if y < long else 0.0)
            out[x] = total
        return
    cells = -(-(size + width) // width) * width
    head, tail, power = np.zeros(cells), np.zeros(cells), np.ones(width + 1)
    for d in range(width):
        power[d + 1] = power[d] * rho
    for y in range(cells):
        d, value = y % width, ahead[y] if y < long else 0.0
        before = head[y - 1] if d else 0.0
        head[y] = before * rho + value if rising else before + value * power[d]
    for y in range(cells - 1, -1, -1):
        d, value = y % width, ahead[y] if y < long else 0.0
        after = tail[y + 1] if d < width - 1 else 0.0
        tail[y] = after + value * power[width - 1 - d] if rising else after * rho + value
    for x in range(size):
        d = x % width
        if rising:
            out[x] = head[x + width - 1] + (power[d] * tail[x] if d else 0.0)
        else:
            out[x] = tail[x] + (power[width - d] * head[x + width - 1] if d else 0.0)


@jit
def arrive(here: Array, w: int, bound: int, theta: float, move: float) -> float:
    """The chance of reaching the bound by one child, less its tilt beyond it; the state before it is not there yet."""
    total = 0.0
    for x in range(max(0, bound - w), len(here)):
        total += here[x] * (1.0 if theta == 0.0 else math.exp(-theta * (x + w - bound)))
    return total * move


@jit
def arrive_some(here: Array, w: int, bound: int, theta: float, moved: Array) -> float:
    """The same for some alike children, by how many of them move."""
    count, fall, total = len(moved) - 1, math.exp(-theta * w), 0.0
    tails = np.zeros(count + 2)
    for j in range(count, -1, -1):
        tails[j] = moved[j] + fall * tails[j + 1]
    for x in range(max(0, bound - w * count), len(here)):
        j = -(-(bound - x) // w)
        total += here[x] * tails[j] * math.exp(-theta * (x + j * w - bound))
    return total


@jit
def add(here: Array, w: int, a: float, b: float, after: Array) -> None:
    """The sums with one more child."""
    size, grown = len(here), len(after)
    for x in range(size):
        after[x] = b * here[x]
    for x in range(size, grown):
        after[x] = 0.0
    for x in range(min(size, grown - w)):
        after[x + w] += a * here[x]


@jit
def add_some(here: Array, w: int, moved: Array, after: Array) -> None:
    """The sums with some alike children."""
    grown = len(after)
    for x in range(grown):
        after[x] = 0.0
    for x in range(len(here)):
        if here[x] != 0.0:
            for j in range(min(len(moved) - 1, (grown - 1 - x) // w) + 1):
                after[x + j * w] += here[x] * moved[j]


@jit
def beyond(ahead: Array, w: int, moved: Array, out: Array) -> None:
    """For each place, the sum over how many move of what stands that much further on."""
    long = len(ahead)
    for x in range(len(out)):
        total = 0.0
        for j in range(min(len(moved) - 1, (long - 1 - x) // w) + 1):
            total += moved[j] * ahead[x + j * w]
        out[x] = total


@jit
def dot(a: Array, b: Array) -> float:
    """The sum of products."""
    total = 0.0
    for x in range(len(a)):
        total += a[x] * b[x]
    return total


@jit
def ends(left: Array, reached: float, scale: float, theta: float, bound: int) -> Pair:
    """Logarithms of falling short and of reaching the bound: the side that the tilt leads to, or the smaller one."""
    if theta > 0.0:
        reach = min(reached, 0.0)
        return complement(reach), reach
    short = 0.0
    for x in range(len(left)):
        short += left[x] * (1.0 if theta == 0.0 else math.exp(theta * (bound - 1 - x)))
    short = min(math.log(short) + scale - theta * (bound - 1), 0.0)
    if theta < 0.0 or short < reached:
        return short, complement(short)
    reach = min(reached, 0.0)
    return complement(reach), reach


@jit
def sums(weights: Whole, counts: Whole, la: Array, lb: Array, bound: int, want: bool, pivots: Array) -> Pair:
    """Whether independent children reach a bound: logarithms of falling short, of reaching it, and pivots.

    Children in order of weight; ``pivots`` is filled if it is wanted.
    """
    n = len(weights)
    theta = tilt(weights, counts, la, lb, bound)
    size, start, most = np.ones(n + 1, np.int64), np.zeros(n + 1, np.int64), 1
    for i in range(n):
        size[i + 1] = min(bound, size[i] + weights[i] * counts[i])
        start[i + 1] = start[i] + size[i]
        most = max(most, counts[i])
    a, b, scale = np.empty(n), np.empty(n), np.zeros(n)
    states, moved = np.empty(start[n] + size[n]), np.empty(most + 1)
    states[0], total, reached = 1.0, 0.0, -math.inf
    for i in range(n):
        w, c, up = weights[i], counts[i], la[i] + theta * weights[i]
        if theta != 0.0:
            scale[i] = plus(up, lb[i])
        a[i], b[i] = math.exp(up - scale[i]), math.exp(lb[i] - scale[i])
        total += c * scale[i]
        here, after = states[start[i] : start[i + 1]], states[start[i + 1] : start[i + 1] + size[i + 1]]
        if c == 1:
            add(here, w, a[i], b[i], after)
            part = arrive(here, w, bound, theta, a[i]) if theta >= 0.0 else 0.0
        else:
            numbers(c, a[i], b[i], moved)
            add_some(here, w, moved[: c + 1], after)
            part = arrive_some(here, w, bound, theta, moved[: c + 1]) if theta >= 0.0 else 0.0
        if part > 0.0:
            reached = plus(reached, math.log(part) + total - theta * bound)
    if want:
        back(weights, counts, bound, theta, a, b, states, start, size, pivots)
        for i in range(n):
            pivots[i] += total - scale[i] - theta * (bound - weights[i] if theta > 0.0 else bound - 1)
    return ends(states[start[n] : start[n] + size[n]], reached, total, theta, bound)


@jit
def back(
    weights: Whole, counts: Whole, bound: int, theta: float, a: Array, b: Array, states: Array,
    start: Whole, size: Whole, pivots: Array,
) -> None:  # fmt: skip
    """The logarithm of each child's chance of being pivotal, tilted, last child first."""
    n = len(weights)
    long, most = size[n], 1
    for i in range(n):
        most = max(most, counts[i])
    ahead, lead, span, moved = np.zeros(long), np.empty(long), np.empty(long), np.empty(most + 1)
    if long == bound:
        ahead[bound - 1] = 1.0
    rho, rising = math.exp(-abs(theta)), theta > 0.0
    for i in range(n - 1, -1, -1):
        w, c, width = weights[i], counts[i], size[i]
        here = states[start[i] : start[i] + width]
        if c == 1:
            window(ahead[:long], width, w, rho, rising, span)
            pivots[i] = math.log(dot(here, span))
            for x in range(width):
                lead[x] = b[i] * ahead[x]
            for x in range(min(width, long - w)):
                lead[x] += a[i] * ahead[x + w]
        else:
            window(ahead[:long], long, w, rho, rising, span)
            numbers(c - 1, a[i], b[i], moved)
            beyond(span[:long], w, moved[:c], lead[:width])
            pivots[i] = math.log(dot(here, lead))
            numbers(c, a[i], b[i], moved)
            beyond(ahead[:long], w, moved[: c + 1], lead[:width])
        ahead, lead, long = lead, ahead, width
