"""Exact: quotients and logarithms of whole numbers too long for a float."""

from __future__ import annotations

from math import inf, log


def quotient(above: int, below: int) -> float:
    """One whole number by another, rounded once; 0.0 below the smallest float, infinity above the largest.

    Examples
    --------
    >>> quotient(3 * 10**4000, 10**4000), quotient(1, 10**4000), quotient(10**4000, 1), quotient(0, 0)
    (3.0, 0.0, inf, 0.0)
    """
    try:
        return above / below if below else 0.0
    except OverflowError:
        return inf


def log10(above: int, below: int) -> float:
    """Decimal logarithm of a quotient; minus infinity for zero.

    Examples
    --------
    >>> round(log10(1, 10**4000), 9)
    -4000.0
    """
    return (log(above) - log(below)) / log(10) if above and below else -inf
