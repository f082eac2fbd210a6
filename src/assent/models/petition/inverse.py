"""The inverse: how many signatures have to be filed for a chance of qualifying."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scipy.special import ndtr, ndtri

from assent.models.petition.belief import Believed
from assent.models.petition.certificate import MOST

if TYPE_CHECKING:
    from collections.abc import Callable

    from assent.models.petition.outcome import Petition

CLOSE = 1e-4
NEAR = 2e-4
TRIES = 6
FARTHEST = 8.0


class Enough(NamedTuple):
    """How many signatures are enough.

    Attributes
    ----------
    raw
        Signatures that reach the target; one in ten thousand fewer, or a chance greater by 0.0002, may do as well.
    chance
        Their chance.
    """

    raw: int
    chance: float


def enough(filed: Callable[[int], Petition], sd: float, target: float, *, without_count: bool = False) -> Enough:
    """The fewest signatures that reach a chance of qualifying, to one in ten thousand.

    The normal law says where to look; the exact one decides.

    Parameters
    ----------
    filed
        The petition with so many signatures.
    sd
        Standard deviation of the share that is valid.
    target
        The chance wanted, above 0 and below 1.
    without_count
        By the sample alone, without a full count.

    Raises
    ------
    ValueError
        No number of signatures reaches it.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from assent.models.petition.certificate import Method
    >>> from assent.models.petition.bars import Bars
    >>> from assent.models.petition.outcome import County, Petition
    >>> rule, bars = Method(500, Fraction(3, 100), 500, percent_places=2), Bars(148_000, 140_600, 162_801)
    >>> found = enough(lambda raw: Petition((County(raw, 0.75, 0.01),), rule, bars), 0.02, 0.95)
    >>> 200_000 < found.raw < 215_000, found.chance >= 0.95
    (True, True)
    """

    @cache
    def exact(raw: int) -> float:
        held = Believed(filed(raw), sd)
        return held.by_sample() if without_count else held.qualifies()

    roughly, least = _roughly(filed, sd, without_count=without_count)
    start = _least(roughly, least, target)
    return _met(exact, roughly, least, target) or _searched(exact, start, target, least)


def _roughly(filed: Callable[[int], Petition], sd: float, *, without_count: bool) -> tuple[Callable[[int], float], int]:
    """The chance by the normal law, in closed form, and the least number there can be.

    What a signature adds to the mean and to the variance is taken from a petition of about the right size.
    """
    bars = filed(MOST // 1000).bars
    size = min(MOST, int(bars.required / max(filed(bars.required * 2).distinct() / (bars.required * 2), 0.01)))
    model = filed(size)
    mean, spread = model.normal()
    gain, noise, bar = mean / size, spread**2 / size, bars.qualifies_from
    if not without_count:
        gain, noise, bar = model.distinct() / size, 0.0, bars.required

    def chance(raw: int) -> float:
        wide = (noise * raw + (sd * raw) ** 2) ** 0.5
        if raw < bars.required or not wide:
            return float(raw >= bars.required and gain * raw >= bar)
        return float(ndtr((gain * raw - bar) / wide))

    return chance, bars.required


def _met(exact: Callable[[int], float], roughly: Callable[[int], float], least: int, target: float) -> Enough | None:
    """By moving the normal law's answer: on the scale of normal deviates it is off by nearly the same nearby."""
    aim, off = _deviate(target + NEAR / 2), 0.0
    for _ in range(TRIES):
        if abs(aim - off) >= FARTHEST:
            return None
        at = _least(roughly, least, float(ndtr(aim - off)))
        chance = exact(at)
        if target <= chance <= target + NEAR:
            return Enough(at, chance)
        off = _deviate(chance) - _deviate(roughly(at))
    return None


def _least(chance: Callable[[int], float], least: int, target: float) -> int:
    """The least number with a chance, if the chance grows with it."""
    low, high = _between(chance, least - 1, least, target)
    return _halved(chance, low, high, target, 1)[0]


def _searched(exact: Callable[[int], float], start: int, target: float, least: int) -> Enough:
    """By halving, where the chance jumps."""
    low, high = _between(exact, max(least - 1, int(start * 0.999)), max(least, int(start * 1.001)), target)
    if low >= least and exact(low) >= target:
        low, high = least - 1, low
    return Enough(*_halved(exact, low, high, target, max(1, int(CLOSE * high))))


def _between(chance: Callable[[int], float], low: int, high: int, target: float) -> tuple[int, int]:
    """A number that is not enough and one that is, farther and farther up."""
    while chance(high) < target:
        if high >= MOST:
            raise ValueError(f"no number of signatures up to {MOST:,} reaches a chance of {target:g}")
        low, high = high, min(MOST, int(high * 1.3) + 1)
    return low, high


def _halved(chance: Callable[[int], float], low: int, high: int, target: float, width: int) -> tuple[int, float]:
    """The least number that is enough, by halving, and its chance."""
    while high - low > width:
        middle = (low + high) // 2
        if chance(middle) >= target:
            high = middle
        else:
            low = middle
    return high, chance(high)


def _deviate(chance: float) -> float:
    return float(min(max(ndtri(min(max(chance, 0.0), 1.0)), -FARTHEST), FARTHEST))
