"""Bars: what the certificates of all counties together have to reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Bars:
    """What a total of certificates has to reach, in signatures.

    Attributes
    ----------
    required
        Valid signatures needed.
    counted_from
        With fewer certified the petition fails by its sample.
    qualifies_from
        With so many or more it qualifies without a full count.
    """

    required: int
    counted_from: int
    qualifies_from: int


def bars(required: int, fails: Fraction, qualifies: Fraction, *, at_fails: bool, at_qualifies: bool) -> Bars:
    """The bars that shares of the requirement make, in whole signatures.

    Parameters
    ----------
    fails, qualifies
        Shares of the requirement.
    at_fails, at_qualifies
        Whether exactly that share already fails, and already qualifies.

    Examples
    --------
    >>> from fractions import Fraction
    >>> bars(807_615, Fraction(95, 100), Fraction(110, 100), at_fails=False, at_qualifies=False)
    Bars(required=807615, counted_from=767235, qualifies_from=888377)
    """
    low, high = required * fails, required * qualifies
    counted = low.numerator // low.denominator + 1 if at_fails else -(-low.numerator // low.denominator)
    enough = -(-high.numerator // high.denominator) if at_qualifies else high.numerator // high.denominator + 1
    return Bars(required, counted, enough)
