"""A law: the probabilities of whole numbers in a row, and the law of a sum by convolution."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    Array = np.ndarray[Any, np.dtype[np.float64]]

TRIM = 1e-18
SHORT = 64


@dataclass(frozen=True, slots=True)
class Law:
    """The law of a whole number.

    Attributes
    ----------
    low, step
        The first value, and the distance between values; where it is above one, each stands for the values around it.
    mass
        The probability of each value.
    lost
        Probability left out at the ends.
    """

    low: int
    step: int
    mass: Array
    lost: float

    @property
    def mean(self) -> float:
        """The mean."""
        return float(self._values() @ self.mass / self.mass.sum())

    @property
    def sd(self) -> float:
        """The standard deviation."""
        return float((((self._values() - self.mean) ** 2) @ self.mass / self.mass.sum()) ** 0.5)

    def at_least(self, bar: int) -> float:
        """The chance of this value or more.

        Examples
        --------
        >>> die = Law(1, 1, np.full(6, 1 / 6), 0.0)
        >>> round(die.at_least(5), 4)
        0.3333
        """
        edge = (bar - self.low) / self.step + (0.0 if self.step == 1 else 0.5 - 0.5 / self.step)
        whole = int(np.ceil(edge)) if self.step == 1 else int(np.floor(edge))
        if whole >= self.mass.size:
            return 0.0
        if whole < 0 or edge <= 0:
            return 1.0
        above = float(self.mass[whole:].sum()) if self.step == 1 else float(self.mass[whole + 1 :].sum())
        return above if self.step == 1 else above + float(self.mass[whole]) * (1 - (edge - whole))

    def below(self, bar: int) -> float:
        """The chance of less than this value, summed from its own end: a small one is not one minus a large one.

        Examples
        --------
        >>> round(Law(1, 1, np.full(6, 1 / 6), 0.0).below(3), 4)
        0.3333
        """
        last = self.low + (self.mass.size - 1) * self.step
        turned = Law(-last, self.step, self.mass[::-1], self.lost)
        return turned.at_least(1 - bar)

    def _values(self) -> Array:
        return self.low + self.step * np.arange(self.mass.size, dtype=float)


def law_on(values: Any, chances: Array, step: int) -> Law:
    """The law of whole numbers with these chances, on a grid; values between its points are split between the two.

    Splitting keeps the mean.

    Examples
    --------
    >>> law = law_on(np.array([3, 8]), np.array([0.5, 0.5]), 4)
    >>> law.low, law.mass.tolist(), law.mean
    (3, [0.5, 0.375, 0.125], 5.5)
    """
    low = int(values.min())
    if step == 1:
        mass: Any = np.bincount(values - low, weights=chances)
        return Law(low, 1, mass, 0.0)
    left, rest = np.divmod(values - low, step)
    part = rest * (1 / step)
    size = int(left.max()) + 2
    mass = np.bincount(left, chances * (1 - part), size) + np.bincount(left + 1, chances * part, size)
    return Law(low, step, mass, 0.0)


def total(laws: Iterable[Law]) -> Law:
    """The law of the sum of independent numbers, by convolution, the shortest first.

    Raises
    ------
    ValueError
        They stand on different grids.

    Examples
    --------
    >>> die = Law(1, 1, np.full(6, 1 / 6), 0.0)
    >>> round(total([die, die]).at_least(12) * 36, 6)
    1.0
    """
    held = list(laws)
    if len({law.step for law in held}) > 1:
        raise ValueError("the laws stand on different grids")
    low, lost = sum(law.low for law in held), sum(law.lost for law in held)
    step = held[0].step if held else 1
    heap = [(law.mass.size, at, law.mass, 0) for at, law in enumerate(held) if law.mass.size > 1]
    whole = float(np.prod([law.mass[0] for law in held if law.mass.size == 1]))
    heapify(heap)
    at = len(held)
    while len(heap) > 1:
        _, _, one, one_off = heappop(heap)
        _, _, two, two_off = heappop(heap)
        mass, off, gone = _trimmed(_convolved(one, two))
        lost += gone
        at += 1
        heappush(heap, (mass.size, at, mass, one_off + two_off + off))
    if not heap:
        return Law(low, step, np.full(1, whole), lost)
    _, _, mass, off = heap[0]
    return Law(low + off * step, step, mass * whole, lost)


def _convolved(one: Array, two: Array) -> Array:
    if min(one.size, two.size) <= SHORT:
        return np.convolve(one, two)
    size = one.size + two.size - 1
    length = 1 << (size - 1).bit_length()
    found: Array = np.fft.irfft(np.fft.rfft(one, length) * np.fft.rfft(two, length), length)[:size]
    return np.maximum(found, 0.0)


def _trimmed(mass: Array) -> tuple[Array, int, float]:
    """A law without what is at its ends and does not matter, how far it was cut below, and what was cut."""
    inside = np.flatnonzero(mass > TRIM)
    if not inside.size:
        return mass, 0, 0.0
    first, last = int(inside[0]), int(inside[-1]) + 1
    return mass[first:last], first, float(mass[:first].sum() + mass[last:].sum())
