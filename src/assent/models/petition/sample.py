"""The sample: the exact law of the certificate of one county, duplicates and roundings included."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.special import gammaln

from assent.models.petition.certificate import estimated_of, uncorrected_of
from assent.models.petition.law import Law, law_on

if TYPE_CHECKING:
    from assent.models.petition.certificate import Method

    Array = np.ndarray[Any, np.dtype[np.float64]]

SPREAD, EXTRA = 7.5, 12
ALONE, LEAST = 1 << 18, 8  # multiplications that are done on one thread, and columns taken at once at least


@dataclass(frozen=True, slots=True)
class Part:
    """What one county holds.

    Attributes
    ----------
    raw
        Signatures filed.
    sample
        Signatures checked.
    valid
        Valid signatures, copies counted.
    pairs
        Signers who signed twice.
    """

    raw: int
    sample: int
    valid: int
    pairs: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.sample <= self.raw or not 0 <= 2 * self.pairs <= self.valid <= self.raw:
            raise ValueError(f"{self} cannot be")

    @property
    def distinct(self) -> int:
        """Signers whose signature is valid: what a full count finds."""
        return self.valid - self.pairs


class Moments(NamedTuple):
    """Mean and variance of a certificate, without its roundings."""

    mean: float
    variance: float


def moments(part: Part, *, corrects: bool = True) -> Moments:
    """Mean and variance of a county's certificate in closed form, without the roundings.

    With ``y`` valid signatures and ``d`` complete pairs in the sample, the certificate is ``A y - A² d`` for
    ``A = raw / sample`` (``A (y - d)`` where duplicates are not corrected). ``y`` is hypergeometric; the moments of
    ``d`` and its product with ``y`` follow from the chance that two, three or four given signatures are drawn.

    Examples
    --------
    >>> found = moments(Part(24_034, 722, 17_000, 300))
    >>> round(found.mean, 2), round(found.variance**0.5)
    (16700.4, 693)
    """
    n, m, valid, pairs = part.raw, part.sample, part.valid, part.pairs
    if m >= n or not m:
        return Moments(float(part.distinct if m else 0), 0.0)
    value = n / m
    two = m * (m - 1) / (n * (n - 1))
    three = two * (m - 2) / (n - 2) if n > 2 else 0.0
    four = three * (m - 3) / (n - 3) if n > 3 else 0.0
    y, d = m * valid / n, pairs * two
    var_y = m * (valid / n) * (1 - valid / n) * (n - m) / (n - 1)
    var_d = pairs * (pairs - 1) * four + d - d * d
    both = pairs * (2 * two + (valid - 2) * three) - y * d
    by = value * value if corrects else value
    mean = value * y - by * d
    return Moments(mean, max(value**2 * var_y - 2 * value * by * both + by**2 * var_d, 0.0))


def law_of(part: Part, method: Method, step: int = 1) -> Law:
    """The exact law of a county's certificate.

    The ``x`` signatures drawn from those of double signers are hypergeometric, and so are the valid ones drawn from
    the rest; of the ``x``, ``d`` are complete pairs with probability C(D,d) C(D-d,x-2d) 2^(x-2d) / C(2D,x). Each
    ``(y, d)`` gives one certificate, rounded as the rule says. Only what lies beyond seven and a half standard
    deviations, less than 1e-13 of all, is left out.

    Parameters
    ----------
    part
        What the county holds.
    method
        How its sample is drawn and certified.
    step
        The distance between values of the law; above one, each certificate is split between its neighbours.

    References
    ----------
    R. Smith-Cayama and D. R. Thomas, "Estimating the Number of Distinct Valid Signatures in Initiative Petitions",
    Journal of Official Statistics 21 (2005) 489-504: the estimator, unbiased if nobody signs more than twice.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from assent.models.petition.certificate import Method
    >>> found = law_of(Part(2_000, 500, 1_500, 20), Method(500, Fraction(3, 100), 500, percent_places=2))
    >>> round(found.mean, 1), round(float(found.mass.sum()), 12)
    (1480.0, 1.0)
    """
    if part.sample >= part.raw:
        return Law(part.distinct, step, np.ones(1), 0.0)
    joint, y0, d0 = _joint(part)
    d, y = np.ogrid[d0 : d0 + joint.shape[0], y0 : y0 + joint.shape[1]]
    found = uncorrected_of(part.raw, part.sample, y - d, method) - estimated_of(part.raw, part.sample, d, method)
    return law_on(found.ravel(), joint.ravel(), step)


def _joint(part: Part) -> tuple[Array, int, int]:
    """The chance of d complete pairs (rows) and y valid signatures (columns) in the sample, and where both begin."""
    n, m, pairs = part.raw, part.sample, part.pairs
    singles, invalid = part.valid - 2 * pairs, n - part.valid
    given, x0, d0 = _pairs(n, m, pairs)
    low, high = _range(n, part.valid, m)
    x, y = np.arange(x0, x0 + given.shape[0])[:, None], np.arange(low, high + 1)[None, :]
    first = low - int(x[-1, 0])
    of_singles = _chosen(singles, first, high - x0)[y - x - first]
    draws = of_singles + _chosen(invalid, m - high, m - low)[::-1][None, :]
    best = draws.max(axis=1, keepdims=True)
    draws = np.exp(draws - np.where(np.isfinite(best), best, 0.0))
    draws /= np.maximum(draws.sum(axis=1, keepdims=True), np.finfo(float).tiny)
    # a few columns at a time: a linear-algebra library takes threads for more, which cost more than they bring
    few = max(LEAST, ALONE // given.size)
    parts = [given.T @ draws[:, at : at + few] for at in range(0, draws.shape[1], few)]
    return np.concatenate(parts, axis=1), low, d0


@lru_cache(maxsize=512)
def _pairs(n: int, m: int, pairs: int) -> tuple[Array, int, int]:
    """The chance of x signatures of double signers (rows) with d complete pairs (columns), and where both begin."""
    if not pairs:
        return np.ones((1, 1)), 0, 0
    lines = 2 * pairs
    low, high = _range(n, lines, m)
    drawn = _chosen(lines, low, high) + _chosen(n - lines, m - high, m - low)[::-1]
    mean = pairs * m * (m - 1) / (n * (n - 1))
    most = SPREAD * mean**0.5 + 2 * EXTRA
    d0, d1 = max(0, low - pairs, int(mean - most)), min(pairs, high // 2, int(mean + most) + 1)
    x, d = np.arange(low, high + 1)[:, None], np.arange(d0, d1 + 1)[None, :]
    single, none = x - 2 * d, pairs - x + d
    real = (single >= 0) & (none >= 0)
    ways = np.where(real, -2 * d * np.log(2.0), -np.inf)
    for some in (d, np.where(real, single, 0), np.where(real, none, 0)):
        ways = ways - gammaln(some + 1.0)
    return _shares(drawn)[:, None] * np.apply_along_axis(_shares, 1, ways), low, d0


def _range(n: int, marked: int, m: int) -> tuple[int, int]:
    """How many of some marked signatures may be in the sample, up to 7.5 standard deviations from their mean."""
    share = marked / n
    half = SPREAD * (m * share * (1 - share) * (n - m) / max(n - 1, 1)) ** 0.5 + EXTRA
    return max(0, m - (n - marked), int(m * share - half)), min(m, marked, int(m * share + half) + 1)


def _chosen(of: int, first: int, last: int) -> Array:
    """The logarithm of C(of, k) for k from ``first`` to ``last``, up to a constant; minus infinity where it is zero.

    Sums of logarithms of ratios keep the digits that a difference of large log-factorials loses.
    """
    found = np.full(last - first + 1, -np.inf)
    low, high = max(first, 0), min(last, of)
    if low <= high:
        k = np.arange(low, high, dtype=float)
        found[low - first : high - first + 1] = np.concatenate(([0.0], np.cumsum(np.log((of - k) / (k + 1.0)))))
    return found


def _shares(logs: Array) -> Array:
    """Probabilities from logarithms that lack a constant."""
    best = logs.max()
    if not np.isfinite(best):
        return np.zeros_like(logs)
    found: Array = np.exp(logs - best)
    found /= found.sum()
    return found
