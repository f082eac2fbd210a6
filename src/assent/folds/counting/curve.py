"""Curve: a smooth function at many points, from a few.

The function is worked out at Chebyshev points, each time between those there are, until what was found at the new ones
is what the polynomial through the old ones said. A smooth function is then known everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from assent.folds.counting.logs import Array

FIRST = 8  # intervals to begin with


def curve(points: Array, function: Callable[[Array], Array], near: float) -> Array:
    """A function at each point: straight away where that takes no more, else by a polynomial that is near enough.

    Parameters
    ----------
    points
        Numbers, not all the same.
    function
        Takes points, gives a row of values for each of several functions.
    near
        How far a polynomial may be from what is found, at all points that were not used to make it.

    Examples
    --------
    >>> asked = []
    >>> many = np.linspace(0.0, 2.0, 1000)
    >>> found = curve(many, lambda x: asked.extend(x) or np.array([np.exp(x), np.cos(x)]), 1e-9)
    >>> len(asked), bool(abs(found - [np.exp(many), np.cos(many)]).max() < 1e-9)
    (33, True)
    """
    low, high = points.min(), points.max()
    size = FIRST
    if len(points) <= 4 * size + 1:  # what it takes to find the polynomial near enough, as a rule
        return function(points)
    nodes = _nodes(low, high, size)
    values = function(nodes)
    while len(points) > 2 * size + 1 and np.isfinite(values).all():
        size *= 2
        finer = _nodes(low, high, size)
        between = function(finer[1::2])
        apart = np.abs(_through(nodes, values, finer[1::2]) - between).max()
        nodes, values = finer, _woven(values, between)
        if apart <= near:
            return _through(nodes, values, points)
    return function(points)


def _nodes(low: float, high: float, size: int) -> Array:
    at: Array = 0.5 * (low + high) - 0.5 * (high - low) * np.cos(np.pi * np.arange(size + 1) / size)
    return at


def _woven(even: Array, odd: Array) -> Array:
    out = np.empty((len(even), even.shape[1] + odd.shape[1]))
    out[:, ::2], out[:, 1::2] = even, odd
    return out


def _through(nodes: Array, values: Array, points: Array) -> Array:
    """The polynomial through the values at Chebyshev points, in its barycentric form."""
    weights = np.where(np.arange(len(nodes)) % 2, -1.0, 1.0)
    weights[[0, -1]] *= 0.5
    gaps = points[:, None] - nodes
    there = gaps == 0.0
    shares = weights / np.where(there, 1.0, gaps)
    shares = np.where(there.any(axis=1, keepdims=True), there, shares)
    found: Array = values @ (shares / shares.sum(axis=1, keepdims=True)).T
    return found
