"""Product: how many of unequal children are met, by multiplying their generating functions two by two.

For few questions at once; the recursion adds one child after another, which is better for many columns. Every sum is of
terms that are not negative, both ways: nothing cancels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assent.folds.counting.logs import both, log

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assent.folds.counting.logs import Array

ROOM = -650.0  # logarithm of a product of chances that is still a float
WORK, COLUMNS = 1_000_000, 64  # multiplications, and questions at once, beyond which the recursion is faster


def fits(units: int, counts: NDArray[np.intp], la: Array, lb: Array) -> bool:
    """Whether it is worth it, and no product of chances can fall below the smallest float.

    Parameters
    ----------
    units, counts
        How many children there are, and how many in each block of alike ones.
    la, lb
        Blocks by columns: logarithms of the chance of one to be met, and of its complement.
    """
    if la.shape[1] > COLUMNS or units**2 * la.shape[1] > WORK:
        return False
    least = np.minimum(la, lb)
    if units * least.min() > ROOM:
        return True
    least[np.isneginf(least)] = 0.0  # what cannot be is no product
    return bool((counts @ least).min() > ROOM)


def run(la: Array, lb: Array, need: int, *, pivots: bool) -> tuple[Array, Array, Array | None]:
    """Whether so many of unequal children are met.

    Parameters
    ----------
    la, lb
        Children by columns, two or more: logarithms of the chance to be met, and of its complement.
    need
        How many have to be, from 1 to as many as there are.
    pivots
        Whether to work out for each child the chance that exactly one less of the others is met.

    Returns
    -------
    tuple
        Logarithms, by columns, of falling short and of reaching it; children by columns, of being pivotal.

    Examples
    --------
    >>> half = np.log(np.full((3, 1), 0.5))
    >>> short, reach, pivot = run(half, half, 2, pivots=True)
    >>> np.exp(reach).round(12).tolist(), np.exp(pivot[:, 0]).round(12).tolist()
    ([0.5], [0.5, 0.5, 0.5])
    """
    size, columns = la.shape
    unit = 1 << max(0, size.bit_length() - 3)  # so many make even numbers of pairs, but for the last three times
    level = _Level(columns, -(-size // unit) * unit, 2)
    level.own[:, :size, 0], level.own[:, :size, 1], level.own[:, size:, 0] = np.exp(lb.T), np.exp(la.T), 1.0
    levels = [level]
    while levels[-1].pairs:
        levels.append(levels[-1].times())
    numbers = levels.pop().own[:, 0]
    short, reach = both(*log(np.add.reduceat(numbers, [0, need], axis=1).T))
    if not pivots:
        return short, reach, None
    ahead = np.zeros((columns, 1, numbers.shape[1]))
    ahead[:, 0, need - 1] = 1.0
    while levels:
        ahead = levels.pop().back(ahead)
    return short, reach, log(ahead[:, :size, 0].T)


class _Level:
    """Generating functions of so many, columns by functions by coefficients, with room for zeros on both sides.

    Attributes
    ----------
    own
        The coefficients, without the zeros.
    pairs
        How many times two there are to multiply; what has no other is multiplied by one.
    """

    def __init__(self, columns: int, size: int, width: int) -> None:
        self.width, self.pairs = width, (size + 1) // 2 if size > 1 else 0
        self.held = np.zeros((columns, 2 * self.pairs or 1, 3 * width - 2))
        self.own = self.held[..., width - 1 : 2 * width - 1]
        if size % 2:
            self.own[:, size:, 0] = 1.0

    def times(self) -> _Level:
        """The product of each pair."""
        columns, width = len(self.held), self.width
        found = _Level(columns, self.pairs, 2 * width - 1)
        a, b, c = self.held.strides
        shape, start = (columns, self.pairs, 2 * width - 1, width), b + (width - 1) * c
        shifted: Array = np.ndarray(shape, float, self.held, start, (a, 2 * b, c, -c))
        np.matmul(shifted, self.own[:, ::2, :, None], out=found.own[:, : self.pairs, :, None])
        return found

    def back(self, ahead: Array) -> Array:
        """How the end moves with each coefficient of each of a pair: what is ahead of it, by the other of the pair."""
        columns, width = len(self.held), self.width
        a, b, c = ahead.strides
        shape = columns, self.pairs, 1, width, width
        shifted: Array = np.ndarray(shape, float, ahead, 0, (a, b, 0, c, c))
        pairs = self.own.reshape(columns, self.pairs, 2, width)
        found: Array = (shifted @ pairs[:, :, ::-1, :, None])[..., 0]
        return found.reshape(columns, 2 * self.pairs, width)
