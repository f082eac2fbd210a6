"""Logs: probabilities carried as the logarithms of both sides, so that a tail of 1e-3000 is a number like any other.

Every kernel takes and gives pairs: the logarithm of a probability and that of its complement. Both are accurate
relative to themselves: whichever is the smaller has been added up from terms that are not negative.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
HALF = -0.6931471805599453
_ZERO = np.errstate(divide="ignore")  # the logarithm of zero is one like any other


@_ZERO
def complement(log: Array) -> Array:
    """The logarithm of one minus a probability given by its logarithm.

    Examples
    --------
    >>> float(complement(np.log(np.array([0.25])))[0]) == float(np.log(0.75))
    True
    """
    held = np.minimum(log, 0.0)
    return np.where(held > HALF, np.log(-np.expm1(held)), np.log1p(-np.exp(held)))


def both(first: Array, second: Array) -> tuple[Array, Array]:
    """Two complementary logarithms, the larger put right by the smaller."""
    swap, small = first > second, np.minimum(first, second)
    large = np.log1p(-np.exp(small))
    return np.where(swap, large, small), np.where(swap, small, large)


def add_up(logs: Array, axis: int = 0) -> Array:
    """The logarithm of a sum of numbers given by their logarithms."""
    top = logs.max(axis=axis, keepdims=True)
    held = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        total: Array = np.log(np.exp(logs - held).sum(axis=axis)) + held.squeeze(axis)
    return total


@_ZERO
def log(values: Array) -> Array:
    """Logarithm; of zero, minus infinity without a word."""
    return np.log(values)


def times(count: Array | int, logs: Array) -> Array:
    """The logarithm of a power; anything to the power of nothing is one."""
    with np.errstate(invalid="ignore"):
        return np.where(np.asarray(count) == 0, 0.0, count * logs)
