"""The certificate: how a sample of signatures becomes a number of valid ones, rounding by rounding."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

MOST = 3 * 10**7


@dataclass(frozen=True, slots=True)
class Method:
    """How a sample is drawn, and how it is turned into a certificate.

    Attributes
    ----------
    least, share
        A sample holds at least so many signatures, and at least this share of them.
    all_up_to
        Where so many are filed or fewer, each is checked.
    percent_places
        Decimals to which the percentage of valid ones is rounded (half up); ``None`` if it is not rounded.
    up
        Whether the valid ones it gives are rounded up, or to the nearest whole number.
    value_places, weight_places
        Decimals of the value of a signature, and of the weight of a duplicate.
    corrects
        Whether duplicates found in the sample are projected onto the petition.
    """

    least: int
    share: Fraction
    all_up_to: int = 0
    percent_places: int | None = None
    up: bool = True
    value_places: int = 4
    weight_places: int = 4
    corrects: bool = True

    def sample(self, raw: int) -> int:
        """How many of so many signatures are checked.

        Examples
        --------
        >>> Method(500, Fraction(3, 100), 500).sample(24_034)
        722
        """
        if raw <= max(self.all_up_to, self.least):
            return raw
        return min(raw, max(self.least, -(-self.share.numerator * raw // self.share.denominator)))


class Certificate(NamedTuple):
    """A certificate and the figures on the way to it.

    Attributes
    ----------
    percent
        Valid ones in the sample, in percent, as rounded.
    uncorrected
        Valid signatures before duplicates.
    value, weight
        Signatures of the petition for which one in the sample stands; signatures for which one duplicate stands.
    estimated
        Duplicates estimated in the petition.
    certified
        Valid signatures certified.
    """

    percent: Fraction
    uncorrected: int
    value: Fraction
    weight: Fraction
    estimated: int
    certified: int


def certificate(raw: int, sample: int, valid: int, duplicates: int, method: Method) -> Certificate:
    """The certificate of one count.

    Parameters
    ----------
    raw, sample
        Signatures filed and signatures checked.
    valid
        Valid ones in the sample, each signer counted once.
    duplicates
        Further valid signatures of signers already counted, in the sample.
    method
        How it is rounded.

    Raises
    ------
    ValueError
        A number is below zero, or the sample does not hold what is said of it.

    Examples
    --------
    >>> found = certificate(24_034, 722, 516, 2, Method(500, Fraction(3, 100), 500, percent_places=2))
    >>> float(found.percent), found.uncorrected, float(found.value), float(found.weight), found.estimated
    (71.47, 17178, 33.2881, 1074.8095, 2150)
    >>> found.certified
    15028
    """
    check(raw, sample, valid, duplicates)
    percent, value, weight = _figures(raw, sample, valid, method)
    uncorrected = uncorrected_of(raw, sample, valid, method)
    estimated = estimated_of(raw, sample, duplicates, method)
    return Certificate(percent, uncorrected, value, weight, estimated, uncorrected - estimated)


def check(raw: int, sample: int, valid: int, duplicates: int) -> None:
    """Refuse counts that cannot be.

    Raises
    ------
    ValueError
        See ``certificate``.
    """
    for name, number in (("raw count", raw), ("sample", sample), ("number of valid ones", valid),
                         ("number of duplicates", duplicates)):  # fmt: skip
        if number < 0:
            raise ValueError(f"the {name} is {number:,}, which is below zero")
    if raw > MOST:
        raise ValueError(f"the raw count is {raw:,}; more than {MOST:,} are not worked out")
    if sample > raw:
        raise ValueError(f"the sample of {sample:,} is larger than the {raw:,} signatures it is drawn from")
    if raw and not sample:
        raise ValueError("the sample is empty")
    if valid + duplicates > sample:
        raise ValueError(f"{valid:,} valid ones and {duplicates:,} duplicates are more than the sample of {sample:,}")
    if duplicates and not valid:
        raise ValueError(f"there are {duplicates:,} duplicates and nobody who signed validly")


def uncorrected_of(raw: int, sample: int, valid: Any, method: Method) -> Any:
    """Valid signatures before duplicates; ``valid`` may be an array of whole numbers."""
    if not sample or sample >= raw:
        return valid
    if method.percent_places is None:
        return _divided(valid * raw, sample, up=method.up)
    scale = 10 ** (method.percent_places + 2)
    percent = _divided(valid * scale, sample, up=False)
    return _divided(percent * raw, scale, up=method.up)


def estimated_of(raw: int, sample: int, duplicates: Any, method: Method) -> Any:
    """Duplicates estimated in the petition; ``duplicates`` may be an array of whole numbers."""
    if not sample or sample >= raw or not method.corrects:
        return duplicates * 0
    _, _, weight = _figures(raw, sample, 0, method)
    return _divided(duplicates * weight.numerator, weight.denominator, up=True)


def counts_as(copies: int, raw: int, sample: int) -> float:
    """What a signer with so many valid copies adds to the certificate, on average, where duplicates are corrected.

    A copy found in the sample beside another is taken for one of as many pairs as it would stand for if nobody signed
    more than twice; who signs three times takes nearly nothing away from a true count of one, who signs more takes
    others' signatures away.

    Examples
    --------
    >>> [round(counts_as(r, 100_000, 3_000), 2) + 0.0 for r in (1, 2, 3, 4, 5)]
    [1.0, 1.0, 0.03, -1.88, -4.7]
    """
    if sample >= raw:
        return 1.0
    value = raw / sample
    found = 1.0
    for at in range(copies):
        found *= (raw - sample - at) / (raw - at)
    some = 1 - found
    return value * some - value * (value - 1) * (copies / value - some)


def _figures(raw: int, sample: int, valid: int, method: Method) -> tuple[Fraction, Fraction, Fraction]:
    """The percentage, the value of a signature and the weight of a duplicate, rounded."""
    if not sample:
        return Fraction(0), Fraction(1), Fraction(0)
    percent = Fraction(100 * valid, sample)
    if method.percent_places is not None:
        percent = _rounded(percent, method.percent_places)
    if not method.corrects:
        return percent, Fraction(raw, sample), Fraction(0)
    value = _rounded(Fraction(raw, sample), method.value_places)
    return percent, value, _rounded(value * (value - 1), method.weight_places)


def _rounded(number: Fraction, places: int) -> Fraction:
    """Half up, to so many decimals."""
    scale = 10**places
    return Fraction((2 * number.numerator * scale + number.denominator) // (2 * number.denominator), scale)


def _divided(number: Any, by: int, *, up: bool) -> Any:
    """A quotient rounded up, or half up."""
    if up:
        return -(-number // by)
    return (2 * number + by) // (2 * by)
