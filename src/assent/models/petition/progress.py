"""Progress: what the counties that have reported say about those that are still out, while the count is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.special import ndtr

from assent.models.petition.sample import Part, moments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.models.petition.bars import Bars
    from assent.models.petition.certificate import Method

FEWEST = 3
WIDE, POINTS = 8.0, 64


class Reported(NamedTuple):
    """A county that has reported: signatures filed, signatures certified, and the sampling variance of these."""

    raw: int
    certified: float
    variance: float


class Spread(NamedTuple):
    """How the share certified varies between counties.

    Attributes
    ----------
    mean, error
        The mean share, and the standard error of that mean.
    between
        The standard deviation between counties, beyond what sampling explains.
    counties
        How many it was estimated from.
    """

    mean: float
    error: float
    between: float
    counties: int


class Ahead(NamedTuple):
    """What may come of a petition that is being counted.

    Attributes
    ----------
    mean, sd
        Of the total that will be certified, signatures.
    by_sample, full, fails
        Qualifies by the sample alone, every signature is counted, fails by the sample; together one.
    by_count
        It comes to a full count and qualifies by it.
    share_for_count, share_to_qualify
        The share of the signatures still out that has to be certified for a full count, and to qualify without one.
    """

    mean: float
    sd: float
    by_sample: float
    full: float
    fails: float
    by_count: float
    share_for_count: float | None
    share_to_qualify: float | None

    @property
    def qualifies(self) -> float:
        """The chance that it qualifies, one way or the other."""
        return self.by_sample + self.by_count


def sampling_variance(raw: int, sample: int, valid: int, duplicates: int, method: Method) -> float:
    """The sampling variance of a certificate, with what the sample itself says of the county put in.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from assent.models.petition.certificate import Method
    >>> rule = Method(500, Fraction(3, 100), 500, percent_places=2)
    >>> round(sampling_variance(24_034, 722, 516, 2, rule) ** 0.5)
    1581
    """
    if sample >= raw:
        return 0.0
    value = raw / sample
    pairs = min(round(duplicates * value * value), (valid + duplicates) * raw // (2 * sample))
    lines = min(raw, max(round((valid + duplicates) * value), 2 * pairs))
    return moments(Part(raw, sample, lines, pairs), corrects=method.corrects).variance


def spread_between(shares: Sequence[float], variances: Sequence[float]) -> Spread:
    """The mean share and the spread between counties, by the method of moments.

    Parameters
    ----------
    shares
        Of each county: certified of filed.
    variances
        The sampling variance of each share.

    Raises
    ------
    ValueError
        Fewer than three counties: a spread cannot be told from them.

    References
    ----------
    R. DerSimonian and N. Laird, "Meta-analysis in clinical trials", Controlled Clinical Trials 7 (1986) 177-188.

    Examples
    --------
    >>> found = spread_between([0.60, 0.70, 0.80], [0.0001] * 3)
    >>> round(found.mean, 3), round(found.between, 3)
    (0.7, 0.099)
    """
    if len(shares) < FEWEST:
        raise ValueError(f"{len(shares)} counties do not tell how counties differ; it takes {FEWEST}")
    y = np.asarray(shares, float)
    v = np.maximum(np.asarray(variances, float), 1e-12)
    w = 1 / v
    q = float((w * (y - (w @ y) / w.sum()) ** 2).sum())
    between = max(0.0, (q - (len(y) - 1)) / (w.sum() - (w**2).sum() / w.sum()))
    # Unequal weights matter little once counties differ; equal ones where every county was counted in full.
    held = 1 / (v + between)
    return Spread(float(held @ y / held.sum()), float(held.sum() ** -0.5), float(between**0.5), len(y))


def ahead(reported: Sequence[Reported], out: Sequence[tuple[int, float]], spread: Spread | None, bars: Bars) -> Ahead:
    """What may come, given what has been certified and how counties differ.

    Parameters
    ----------
    reported
        The counties that have reported.
    out
        Of each county still out: signatures filed, and the sampling variance its certificate will have.
    spread
        How counties differ; not needed when none is out.
    bars
        What the total has to reach.

    Notes
    -----
    The share of a county still out is normal about the mean of the counties, with the spread between them; the error
    of that mean is common to all that are out. What a full count would find is normal about the certificate with the
    sampling variance, as if nothing were known beforehand.
    """
    certified = sum(county.certified for county in reported)
    noise = sum(county.variance for county in reported) + sum(variance for _, variance in out)
    mean, variance = certified, 0.0
    waiting = sum(raw for raw, _ in out)
    if out:
        if spread is None:
            raise ValueError("counties are out and nothing is known of how counties differ")
        mean += waiting * spread.mean
        variance = (waiting * spread.error) ** 2 + sum((raw * spread.between) ** 2 + own for raw, own in out)
    sd = variance**0.5
    short = [bar - certified for bar in (bars.counted_from, bars.qualifies_from)]
    shares = tuple(need / waiting for need in short) if waiting else (None, None)
    if not sd:
        by_sample, fails = float(mean >= bars.qualifies_from), float(mean < bars.counted_from)
        full = 1 - by_sample - fails
        return Ahead(mean, 0.0, by_sample, full, fails, full * float(_count(np.float64(mean), noise, bars)), *shares)
    by_sample = float(ndtr((mean - bars.qualifies_from + 0.5) / sd))
    fails = float(ndtr((bars.counted_from - 0.5 - mean) / sd))
    low = max(bars.counted_from - 0.5, mean - WIDE * sd)
    high = min(bars.qualifies_from - 0.5, mean + WIDE * sd)
    by_count = 0.0
    if low < high:
        points, weights = np.polynomial.legendre.leggauss(POINTS)
        edges = np.linspace(low, high, 17)
        half = np.diff(edges)[:, None] / 2
        at = edges[:-1, None] + half * (points[None, :] + 1)
        density = np.exp(-(((at - mean) / sd) ** 2) / 2) / (sd * (2 * np.pi) ** 0.5)
        by_count = float((density * _count(at, noise, bars) * half * weights[None, :]).sum())
    full = max(0.0, 1 - by_sample - fails)
    return Ahead(mean, sd, by_sample, full, fails, min(by_count, full), *shares)


def _count(certified: Any, noise: float, bars: Bars) -> Any:
    """The chance that a full count finds enough where so many are certified."""
    if noise <= 0:
        return np.asarray(certified >= bars.required, float)
    return ndtr((certified - bars.required) / noise**0.5)
