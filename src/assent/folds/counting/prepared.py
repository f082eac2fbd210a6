"""Prepared: a circuit with the schedule for a pattern of beliefs, kept for when the two are asked again.

A pattern says of whom the same is believed, not what: a slider that is moved, the next scenario and the next factor ask
with the same pattern. Whatever costs more than the numbers themselves is in it.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from assent.circuit.flatten import Same, flatten
from assent.folds.counting.beliefs import Runs, assign
from assent.folds.counting.schedule import schedule
from assent.folds.counting.sweep import sweeper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from assent.circuit.flat import Flat
    from assent.circuit.nodes import Node
    from assent.folds.counting.beliefs import Belief
    from assent.folds.counting.schedule import Schedule
    from assent.folds.counting.sweep import Sweeper

    Pattern = tuple[tuple[str, int | tuple[tuple[int, int], ...]], ...]

KEPT = 4  # patterns: a diagram can be large


class Prepared:
    """What does not depend on the numbers that are believed.

    Attributes
    ----------
    flat
        The circuit.
    runs
        Its leaves in runs; what is believed of each is a place in the list of numbers.
    """

    def __init__(self, flat: Flat, runs: Runs) -> None:
        self.flat, self.runs = flat, runs

    @cached_property
    def chosen(self) -> NDArray[np.intp]:
        """For each run, the place of what is believed of it."""
        return np.array(self.runs.belief, dtype=np.intp)

    @cached_property
    def plan(self) -> Schedule:
        """What has to be worked out."""
        return schedule(self.flat, self.runs)

    @property
    def sweep(self) -> Sweeper:
        """Works it out: see ``sweep.sweeper``."""
        return sweeper(self.plan)

    @cached_property
    def divided(self) -> Flat:
        """The circuit with a class for each run."""
        return self.runs.divided(self.flat)

    def believed(self, values: Sequence[float]) -> Runs:
        """The runs with what is believed of each."""
        runs = self.runs
        return Runs(runs.classes, runs.starts, runs.members, tuple(map(values.__getitem__, runs.belief)))


def prepared(node: Node, pattern: Pattern) -> Prepared:
    """A circuit, and what is believed of whom.

    Parameters
    ----------
    node
        The circuit.
    pattern
        Words as for ``beliefs.assign``, each with the place of a number in a list, or pairs of a number of members and
        such a place.

    Raises
    ------
    ValueError
        A word names nobody in the circuit, somebody is not named, or members do not add up.
    """
    return _prepared(Same(node), pattern)


@lru_cache(maxsize=KEPT)
def _prepared(same: Same, pattern: Pattern) -> Prepared:
    flat = flatten(same.node)
    return Prepared(flat, assign(flat, dict(pattern)))


def believed(said: Mapping[str, Belief]) -> tuple[Pattern, list[float]]:
    """What is said of whom, as a pattern and the list of different numbers.

    Raises
    ------
    ValueError
        A number is not from 0 to 1.

    Examples
    --------
    >>> believed({"*": 0.5, "us/senate": [(53, 0.9), (47, 0.5)]})
    ((('*', 0), ('us/senate', ((53, 1), (47, 0)))), [0.5, 0.9])
    """
    places: dict[float, int] = {}
    pattern: list[Any] = []
    for key, belief in said.items():
        if isinstance(belief, (int, float)):
            pattern.append((key, *_placed(key, (belief,), places)))
        else:
            chances = [p for _, p in belief]
            pattern.append((key, tuple(zip([n for n, _ in belief], _placed(key, chances, places), strict=True))))
    return tuple(pattern), list(places)


def _placed(key: str, chances: Sequence[float], places: dict[float, int]) -> list[int]:
    """The place of each number in the list of different ones, which grows."""
    different = dict.fromkeys(chances)
    wrong = [p for p in different if not 0.0 <= p <= 1.0]
    if wrong:
        raise ValueError(f"{key}: {wrong[0]!r} is no probability; it must be from 0 to 1")
    fresh = [p for p in different if p not in places] if places else different
    places.update(zip(fresh, range(len(places), len(places) + len(fresh)), strict=True))
    return list(map(places.__getitem__, chances))
