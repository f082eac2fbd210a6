"""Residues: whole numbers of any length, worked out modulo several numbers of 50 bits at once.

Sums of arrays of 64-bit numbers are a hundred times faster than those of Python's integers. A residue may be doubled a
dozen times before it has to be reduced; what the numbers are is put together at the end (the Chinese remainder
theorem). Up to 62 bits one modulus of 64 bits is enough, and nothing has to be reduced at all.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from math import gcd, prod
from os import cpu_count
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Whole = NDArray[np.int64]
SMALL = 62
BITS = 50
DOUBLINGS = 12
CHUNK = 4096  # residues that can be added up before they have to be reduced
SEVERAL = 4_000_000  # additions from which moduli are worked out on as many threads as there are processors
THREADS = min(4, cpu_count() or 1)


@lru_cache(maxsize=64)
def moduli(bits: int) -> tuple[int, ...]:
    """Numbers without common divisors, whose product exceeds every number of so many bits.

    Examples
    --------
    >>> moduli(62) == (1 << 64,), len(moduli(190))
    (True, 4)
    """
    if bits <= SMALL:
        return (1 << 64,)
    found: list[int] = []
    here = 1 << BITS
    while prod(found) >> bits == 0:
        here -= 1
        if all(gcd(here, other) == 1 for other in found):
            found.append(here)
    return tuple(found)


def by_residues(bits: int, work: int, count: Callable[[int], Sequence[int]]) -> list[int]:
    """Whole numbers of at most so many bits, none below zero, from what a function finds modulo a number.

    Parameters
    ----------
    work
        How many additions it makes for each modulus.
    """
    several = moduli(bits)
    if len(several) * work > SEVERAL:
        with ThreadPoolExecutor(THREADS) as pool:
            rows = list(pool.map(count, several))
    else:
        rows = list(map(count, several))
    whole = prod(several)
    units = [whole // m * pow(whole // m, -1, m) for m in several]
    return [sum(map(int.__mul__, residues, units)) % whole for residues in zip(*rows, strict=True)]


def packed(children: Sequence[tuple[int, int]], bound: int) -> list[int]:
    """In how many ways members come to a sum up to each place below a bound, where 62 bits hold them all.

    All in one long integer, 64 bits for each sum: for few members nothing is faster (Kronecker 1882).

    Examples
    --------
    >>> packed([(1, 2), (2, 1)], 4)  # weights 1, 1 and 2: sums of 0, 1, 2, 3 in 1, 2, 2, 2 ways
    [1, 3, 5, 7]
    """
    whole, reach, mask = 1, 1, (1 << 64 * bound) - 1
    for weight, many in children:
        for _ in range(many):
            whole += whole << 64 * min(weight, bound)
            reach += weight
            if reach > bound:
                whole &= mask
                reach = bound
    found: list[int] = np.cumsum(np.frombuffer(whole.to_bytes(8 * bound, "little"), dtype="<i8")).tolist()
    return found


class Sums:
    """In how many ways members come to each sum below a bound, modulo a number.

    Attributes
    ----------
    low
        The sum that the first number is about.
    ways
        The numbers.
    """

    def __init__(self, bound: int, modulus: int) -> None:
        self.bound, self.modulus = bound, modulus
        self.low, self.doubled = 0, 0
        self.ways: Whole = np.ones(1, dtype=np.int64)

    def add(self, weight: int, most: int = 1) -> None:
        """Up to so many more of a weight, in one way each."""
        if not len(self.ways):
            return
        grown = most.bit_length()
        if self.modulus >> BITS == 0 and self.doubled + grown > DOUBLINGS:
            self.ways %= self.modulus
            self.doubled = 0
        self.doubled += grown
        here = len(self.ways)
        after = np.empty(min(self.bound - self.low, here + weight * most), dtype=np.int64)
        after[:here] = self.ways
        after[here:] = 0
        for n in range(1, most + 1):
            after[n * weight :][:here] += self.ways[: max(0, len(after) - n * weight)]
        self.ways = after

    def move(self, weight: int) -> None:
        """One more of a weight, who is always there."""
        self.ways = self.ways[: max(0, self.bound - self.low - weight)]
        self.low += weight

    def cut(self, least: int) -> None:
        """Sums below the least are no longer asked for."""
        if least > self.low:
            self.ways = self.ways[least - self.low :]
            self.low = least

    def between(self, low: int, high: int) -> int:
        """The ways to come to a sum from ``low`` up and below ``high``."""
        return total(self.ways[max(0, low - self.low) : max(0, high - self.low)], self.modulus)

    def running(self) -> Whole:
        """The ways to come to a sum up to each place."""
        return np.cumsum(self.ways) if self.modulus >> BITS else _running(self.ways, self.modulus)


def _running(values: Whole, modulus: int) -> Whole:
    values = values % modulus
    if len(values) <= CHUNK:
        return np.cumsum(values) % modulus
    rows = -(-len(values) // CHUNK)
    table = np.zeros((rows, CHUNK), dtype=np.int64)
    table.reshape(-1)[: len(values)] = values
    np.cumsum(table, axis=1, out=table)
    table %= modulus
    table[1:] += _running(table[:-1, -1], modulus)[:, None]
    table %= modulus
    return table.reshape(-1)[: len(values)]


def total(values: Whole, modulus: int) -> int:
    """The sum of numbers, modulo a number; with one of 64 bits what does not fit is lost, which does not matter."""
    if modulus >> BITS:
        return int(values.sum()) % modulus
    if len(values) <= CHUNK:
        return int((values % modulus).sum()) % modulus
    whole = len(values) // CHUNK * CHUNK
    rows = (values[:whole] % modulus).reshape(-1, CHUNK).sum(axis=1)
    return (total(rows, modulus) + total(values[whole:], modulus)) % modulus
