"""The chance that a vote meets its conditions, from what is believed of turnout and approval together."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import betainc, betaincinv, ndtr, ndtri

from assent.models.referendum.conditions import Shares, least_yes, passes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.models.referendum.conditions import Condition

    Array = np.ndarray[Any, np.dtype[np.float64]]

FAR, PANELS, POINTS = 9.0, 60, 10


@dataclass(frozen=True, slots=True)
class Belief:
    """A share believed to have a beta distribution; known where ``sd`` is zero.

    Raises
    ------
    ValueError
        No share from 0 to 1 has that mean and standard deviation.
    """

    mean: Fraction
    sd: float

    def __post_init__(self) -> None:
        mean = float(self.mean)
        if self.sd < 0 or (self.sd and self.sd**2 >= mean * (1 - mean)):
            raise ValueError(f"no share from 0 to 1 has the mean {mean:g} and the standard deviation {self.sd:g}")

    @property
    def shape(self) -> tuple[float, float]:
        """The two parameters of the distribution."""
        mean = float(self.mean)
        size = mean * (1 - mean) / self.sd**2 - 1
        return mean * size, (1 - mean) * size

    def deviate(self, share: Array) -> Array:
        """The normal deviate that goes with a share."""
        a, b = self.shape
        at = np.clip(share, 0.0, 1.0)
        low = betainc(a, b, at)
        high = betainc(b, a, 1 - at)
        found: Array = np.where(low < 0.5, ndtri(low), -ndtri(high))
        return found

    def share(self, deviate: Array) -> Array:
        """The share that goes with a normal deviate."""
        a, b = self.shape
        found: Array = np.where(
            deviate < 0, betaincinv(a, b, ndtr(deviate)), 1 - betaincinv(b, a, ndtr(-np.abs(deviate)))
        )
        return found


def chance(conditions: Sequence[Condition], turnout: Belief, yes: Belief, correlation: float, blank: Fraction) -> float:
    """The chance that every condition is met.

    Turnout and approval are joined by a normal copula: their normal deviates have the correlation given. Given the
    turnout, the approval that is needed is known, and its chance is a normal probability; that is integrated over the
    turnout.

    Parameters
    ----------
    conditions
        What the vote has to meet.
    turnout
        Votes cast, of the electorate.
    yes
        Yes, of yes and no.
    correlation
        Between the normal deviates, above -1 and below 1.
    blank
        Votes cast that are neither yes nor no, of those cast.

    Raises
    ------
    ValueError
        The correlation is not between -1 and 1.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from assent.models.referendum.conditions import Condition
    >>> rule = (Condition("yes", "valid", Fraction(1, 2), more=True),)
    >>> round(chance(rule, Belief(Fraction(6, 10), 0.05), Belief(Fraction(1, 2), 0.05), 0.0, Fraction(0)), 6)
    0.5
    """
    if not -1 < correlation < 1:
        raise ValueError(f"the correlation is {correlation:g}; it must be above -1 and below 1")
    if not turnout.sd and not yes.sd:
        return float(passes(conditions, Shares(turnout.mean, yes.mean, blank)) or 0)
    if not turnout.sd:
        need = least_yes(conditions, turnout.mean, blank)
        return 0.0 if need is None else float(ndtr(-yes.deviate(np.array(float(need)))))
    if not yes.sd:
        low = _least_turnout(conditions, yes.mean, blank)
        return 0.0 if low is None else float(ndtr(-turnout.deviate(np.array(float(low)))))
    bar = max((c.share for c in conditions if c.of == "cast" and c.base == "electorate"), default=Fraction(0))
    first = max(-FAR, float(turnout.deviate(np.array(float(bar))))) if bar else -FAR
    if first >= FAR:
        return 0.0
    points, weights = np.polynomial.legendre.leggauss(POINTS)
    cuts = np.linspace(first, FAR, PANELS + 1)
    half = np.diff(cuts)[:, None] / 2
    z = (cuts[:-1, None] + half * (points[None, :] + 1)).ravel()
    density = (half * weights[None, :]).ravel() * np.exp(-z * z / 2) / (2 * np.pi) ** 0.5
    needed = _needed(conditions, turnout.share(z), float(blank))
    rest = (1 - correlation**2) ** 0.5
    given = np.where(needed > 1, 0.0, ndtr((correlation * z - yes.deviate(needed)) / rest))
    return float(min(max(density @ given, 0.0), 1.0))


def _needed(conditions: Sequence[Condition], turnout: Array, blank: float) -> Array:
    """The share of yes among yes and no that is needed at each turnout; above one where none is enough."""
    found = np.zeros_like(turnout)
    for condition in conditions:
        if condition.of == "yes":
            by: Any = {"valid": 1.0, "cast": 1 - blank, "electorate": (1 - blank) * turnout}[condition.base]
            found = np.maximum(found, float(condition.share) / np.maximum(by, 1e-300))
    return found


def _least_turnout(conditions: Sequence[Condition], yes: Fraction, blank: Fraction) -> Fraction | None:
    """The turnout from which a known share of yes passes; ``None`` if it never does."""
    need = Fraction(0)
    full = Shares(Fraction(1), yes, blank)
    for condition in conditions:
        if condition.of == "yes" and condition.base == "electorate":
            if not full.share(condition):
                return None
            need = max(need, condition.share / full.share(condition))
        elif condition.base == "electorate":
            need = max(need, condition.share)
        elif not condition.met(full.share(condition)):
            return None
    return need if need <= 1 else None
