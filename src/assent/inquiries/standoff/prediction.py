"""Prediction: what follows in a standoff from ranges instead of numbers, and what drives each probability."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import QueryError
from assent.inquiries.standoff.story import brief

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assent.inquiries.standoff.parameters import Given
    from assent.models.standoff.draws import Predicted
    from assent.models.standoff.tree import Tree

DRAWS, FEWEST, MOST = 4000, 200, 200_000
KEPT = 8
PRECISION = "precision"
ABOUT = {
    "defies": "the state goes ahead",
    "tolerate": "the federal side lets it be",
    "negotiate": "it offers terms",
    "litigate": "it goes to court",
    "sanction": "it imposes sanctions",
    "force": "force is used, at once or later",
}


class Share(Struct, frozen=True):
    """An outcome of the exact solution, and the share of draws in which it comes about (standard error beside it)."""

    outcome: str
    text: str
    share: float
    error: float


class Driver(Struct, frozen=True):
    """How a probability hangs on one number.

    Attributes
    ----------
    share
        The part of the variance over all draws that this number explains alone.
    low, high
        The ends of its range.
    at_low, at_high
        The probability at those ends, all others as they are in this standoff, at the precision ``at_precision``.
    """

    parameter: str
    symbol: str
    share: float
    low: float
    high: float
    at_low: float
    at_high: float


class Sensitivity(Struct, frozen=True):
    """A probability over the draws, and what drives it, the most important first.

    Attributes
    ----------
    of
        ``defies``; a response of the federal side, given that the state goes ahead; or ``force`` at any time, given
        the same.
    mean, low, median, high
        Over the draws: the mean, and the 5th, 50th and 95th percentiles.
    """

    of: str
    text: str
    mean: float
    low: float
    median: float
    high: float
    drivers: tuple[Driver, ...]


class Prediction(Struct, frozen=True):
    """What follows from ranges: a prior turned into a forecast, no better than the prior.

    Attributes
    ----------
    ranges
        How each number was drawn; the others were held.
    path, defied
        The exact solution: from the start, and once the state goes ahead.
    at_precision
        The precision at which one number after another was moved.
    force_on_path
        The share of draws in which force is used by sides that make no mistakes.
    """

    draws: int
    seed: int
    ranges: dict[str, tuple[float, float, str]]
    path: tuple[Share, ...]
    defied: tuple[Share, ...]
    at_precision: float
    force_on_path: float


def prediction_of(
    tree: Tree, given: Given, draws: int = DRAWS, seed: int = 1
) -> tuple[Prediction, tuple[Sensitivity, ...]]:
    """What follows from the ranges, and what drives it.

    Raises
    ------
    QueryError
        The number of draws or the seed is out of bounds.
    """
    from assent.models.standoff.draws import Range, predict

    if not FEWEST <= draws <= MOST:
        raise QueryError(f"{draws:,} draws are asked for.", where="--draws", remedy=f"Ask for {FEWEST} to {MOST:,}.")
    if seed < 0:
        raise QueryError(f"{seed} is no seed.", where="--seed", remedy="Give a whole number, 0 or more.")
    held = {name: p.range for name, p in given.parameters.items() if p.range is not None}
    middle = _middle(given)
    ranges = {_field(name): Range(r.low, r.high, r.spread == "even") for name, r in held.items()}
    found = predict(tree, given.numbers, middle, ranges, draws, seed)
    swings = _swings(tree, given, middle, {name: (r.low, r.high) for name, r in held.items()})
    drawn = Prediction(
        draws,
        seed,
        {name: (r.low, r.high, r.spread) for name, r in held.items()},
        tuple(_share(name, brief(name), share, draws) for name, share in found.path.items()),
        tuple(_share(name, brief(name), share, draws) for name, share in found.defied.items()),
        middle,
        sum((share for name, share in found.path.items() if name.endswith("/force")), 0.0),
    )
    return drawn, tuple(_sensitivity(name, found, given, swings) for name in found.chances)


def _share(outcome: str, text: str, share: float, draws: int) -> Share:
    return Share(outcome, text, share, sqrt(share * (1 - share) / draws))


def _middle(given: Given) -> float:
    """The precision at which one number is moved alone: the one given, or the middle of the sweep."""
    return given.precisions[len(given.precisions) // 2]


def _swings(
    tree: Tree, given: Given, precision: float, ends: Mapping[str, tuple[float, float]]
) -> dict[str, dict[str, tuple[float, float]]]:
    """What is asked for → parameter → the probability at the low and at the high end of its range."""
    import numpy as np

    from assent.models.standoff.batch import quantal
    from assent.models.standoff.draws import DEFIES, FORCE

    names = list(ends)
    size = 2 * len(names)
    plain = given.numbers.floats()
    changed = {}
    precisions = np.full(size, precision)
    for at, name in enumerate(names):
        column = precisions if name == PRECISION else np.full(size, float(getattr(plain, _field(name))))
        column[2 * at : 2 * at + 2] = ends[name]
        if name != PRECISION:
            changed[_field(name)] = column
    found = quantal(tree, plain.having(**changed), precisions, size)
    defied = tree.place("defy")
    told = {DEFIES: found.odds[0][tree.nodes[0].moves.index("defy")], FORCE: found.given(defied, FORCE)}
    told |= {move: found.odds[defied][at] for at, move in enumerate(tree.nodes[defied].moves) if move != FORCE}
    return {
        of: {name: (float(p[2 * at]), float(p[2 * at + 1])) for at, name in enumerate(names)} for of, p in told.items()
    }


def _sensitivity(
    of: str, found: Predicted, given: Given, swings: Mapping[str, Mapping[str, tuple[float, float]]]
) -> Sensitivity:
    import numpy as np

    from assent.models.standoff.draws import driven

    chance = found.chances[of]
    drivers = []
    for name, values in found.values.items():
        known = name.replace("_", "-")
        parameter = given.parameters[known]
        if parameter.range is None:
            continue
        drivers.append(Driver(known, parameter.symbol, driven(chance, values), parameter.range.low,
                              parameter.range.high, *swings[of][known]))  # fmt: skip
    drivers.sort(key=lambda driver: (-driver.share, -abs(driver.at_high - driver.at_low)))
    low, median, high = (float(q) for q in np.quantile(chance, (0.05, 0.5, 0.95)))
    return Sensitivity(of, ABOUT[of], float(chance.mean()), low, median, high, tuple(drivers))


def _field(name: str) -> str:
    return name.replace("-", "_")
