"""Ranks: Johnston and Deegan–Packel where leaves can be ranked, for more members than whole numbers of 64 bits count.

As in ``ranked``, the members a coalition cannot lose are its first ones in rank, and a diagram in that order is read
from both ends. In place of a table by numbers of members each of these is a power of z, and the sum of 1/c over
coalitions in which c members share is an integral of z^(c-1), by Gauss–Legendre with as many nodes as make it exact.
How many ways lead on from a state is counted in whole numbers, so that their differences lose nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assent.folds.counting.logs import log
from assent.folds.counting.quadrature import legendre
from assent.folds.counting.sweep import EPSILON

if TYPE_CHECKING:
    from assent.folds.counting.diagram import Diagram, Whole
    from assent.folds.counting.logs import Array

MOST_LEAVES = 1_000  # two to so many coalitions is still a float
MOST_WORK = 60_000_000  # states times nodes


def nodes(diagram: Diagram) -> int:
    """How many nodes make the integrals exact."""
    return len(diagram.layers) // 2 + 1


def fits(diagram: Diagram) -> bool:
    """Whether a diagram is small enough."""
    return len(diagram.layers) <= MOST_LEAVES and diagram.states * (nodes(diagram) + 1) <= MOST_WORK


def values(diagram: Diagram, index: str) -> tuple[dict[int, float], float]:
    """The logarithm of the index of one member of each input of a diagram in order of rank, and its relative error.

    Parameters
    ----------
    diagram
        One that ``fits``.
    index
        ``johnston``, as a number of coalitions, or ``deegan-packel``, as a share of the minimal ones.
    """
    at, rest, weights = legendre(nodes(diagram))
    z, weights = np.append(at, 1.0), np.append(weights, 0.0)  # at one everything is counted once
    marks, sign = _marks(diagram, index)
    ahead = _ahead(diagram, marks, z)
    every = float(ahead[0][:, -1].sum()) if index == "deegan-packel" else 1.0
    further = z if index == "deegan-packel" else -np.append(rest, 0.0)
    found: dict[int, float] = {}
    before = np.ones((1, len(z)))
    for place, layer in enumerate(diagram.layers):
        if layer.leaf not in found:
            here = marks[place][:, None] + further * ahead[place + 1][layer.high]
            found[layer.leaf] = float((weights * (before * here).sum(axis=0)).sum()) / every
        before = _moved(layer.low, before, layer.high, before * z, len(ahead[place + 1]))
    size = len(diagram.layers)
    logs = {leaf: float(log(np.array(max(value, 0.0)))) for leaf, value in found.items()}
    return logs, EPSILON * size * (4.0 + (size if sign < 0 else 0))


def _marks(diagram: Diagram, index: str) -> tuple[list[Array], int]:
    """For each layer's states: whether its member is the last of a minimal coalition; or in how many it cannot be lost.

    And whether what is met further on is added or taken off.
    """
    minimal = index == "deegan-packel"
    ahead = diagram.ends if minimal else diagram.ends.astype(int).astype(object)
    found: list[Array] = []
    for layer in reversed(diagram.layers):
        high, low = ahead[layer.high], ahead[layer.low]
        found.append((high & ~low if minimal else high - low).astype(float))
        ahead = low if minimal else high + low
    return found[::-1], 1 if minimal else -1


def _ahead(diagram: Diagram, marks: list[Array], z: Array) -> list[Array]:
    """For each state, the marks met further on by a member, each times z for every member before that one."""
    found = [np.zeros((len(diagram.ends), len(z)))]
    for layer, mark in zip(reversed(diagram.layers), reversed(marks), strict=True):
        found.append(found[-1][layer.low] + z * found[-1][layer.high] + mark[:, None])
    return found[::-1]


def _moved(low: Whole, stay: Array, high: Whole, move: Array, size: int) -> Array:
    """What arrives at each of the next states."""
    where = np.concatenate([low, high])
    order = np.argsort(where, kind="stable")
    starts = np.searchsorted(where[order], np.arange(size))
    found: Array = np.add.reduceat(np.concatenate([stay, move])[order], starts, axis=0)
    return found
