"""Outcomes: whether a petition qualifies by its sample, needs a full count, or fails, and what a full count finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.special import ndtr

from assent.models.petition.law import Law, total
from assent.models.petition.sample import Part, law_of, moments

if TYPE_CHECKING:
    from assent.models.petition.bars import Bars
    from assent.models.petition.certificate import Method

FINEST, FAR = 200, 10.0


@dataclass(frozen=True, slots=True)
class County:
    """What is believed of one county: signatures, the share that is valid (copies counted), the share of copies."""

    raw: int
    validity: float
    duplicates: float = 0.0


@dataclass(frozen=True, slots=True)
class Petition:
    """A petition as it is believed to be, and the rule it is checked by."""

    counties: tuple[County, ...]
    method: Method
    bars: Bars

    @property
    def raw(self) -> int:
        """Signatures filed."""
        return sum(county.raw for county in self.counties)

    @property
    def validity(self) -> float:
        """The share of all signatures that is valid, copies counted."""
        return sum(county.raw * county.validity for county in self.counties) / max(self.raw, 1)

    def parts(self, shift: float = 0.0) -> tuple[Part, ...]:
        """The counties in whole signatures, every share of valid ones moved by the same.

        What rounding takes from one county it gives to the next, so that the total is right to half a signature.
        """
        found, exact, whole = [], 0.0, 0
        for county in self.counties:
            exact += county.raw * min(max(county.validity + shift, 0.0), 1.0)
            valid = min(max(round(exact) - whole, 0), county.raw)
            whole += valid
            pairs = min(round(county.raw * county.duplicates), valid // 2)
            found.append(Part(county.raw, self.method.sample(county.raw), valid, pairs))
        return tuple(found)

    def normal(self, shift: float = 0.0) -> tuple[float, float]:
        """Mean and standard deviation of the total certified, in closed form."""
        found = [moments(part, corrects=self.method.corrects) for part in self.parts(shift)]
        return sum(m.mean for m in found), sum(m.variance for m in found) ** 0.5

    def certified(self, shift: float = 0.0, step: int = 1) -> Law:
        """The exact law of the total certified; on a coarser grid if ``step`` is above one."""
        return total(law_of(part, self.method, step) for part in self.parts(shift))

    def distinct(self, shift: float = 0.0) -> int:
        """What a full count finds."""
        return sum(part.distinct for part in self.parts(shift))

    def step(self) -> int:
        """A grid fine enough that it moves no probability by more than the error that is told."""
        return max(1, int(self.normal()[1] / FINEST))


class Outcome(NamedTuple):
    """How a petition may end.

    Attributes
    ----------
    by_sample, full, fails
        Qualifies by the sample alone, every signature is counted, fails by the sample; together one.
    by_count
        It comes to a full count and qualifies by it.
    mean, sd
        Of the total certified, signatures.
    """

    by_sample: float
    full: float
    fails: float
    by_count: float
    mean: float
    sd: float

    @property
    def qualifies(self) -> float:
        """The chance that it qualifies, one way or the other."""
        return self.by_sample + self.by_count


def outcome(petition: Petition, *, step: int = 1, shift: float = 0.0) -> Outcome:
    """The outcomes where the share of valid signatures is known.

    A petition with fewer signatures than it needs valid ones fails before any is checked.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from assent.models.petition.bars import Bars
    >>> from assent.models.petition.certificate import Method
    >>> rule = Method(500, Fraction(3, 100), 500, percent_places=2)
    >>> held = Petition((County(40_000, 0.75, 0.01),) * 5, rule, Bars(148_000, 140_600, 162_801))
    >>> found = outcome(held)
    >>> round(found.by_sample, 3), round(found.full, 3), round(found.fails, 3), found.by_count == found.full
    (0.0, 1.0, 0.0, True)
    """
    if petition.raw < petition.bars.required:
        return Outcome(0.0, 0.0, 1.0, 0.0, 0.0, 0.0)
    sure = _certain(petition, shift)
    if sure is not None:
        return sure
    law = petition.certified(shift, step)
    by_sample, fails = law.at_least(petition.bars.qualifies_from), law.below(petition.bars.counted_from)
    full = max(0.0, law.at_least(petition.bars.counted_from) - by_sample)
    enough = petition.distinct(shift) >= petition.bars.required
    return Outcome(by_sample, full, fails, full if enough else 0.0, law.mean, law.sd)


def _certain(petition: Petition, shift: float) -> Outcome | None:
    """The outcome where no bar is within ten standard deviations, where the convolution itself could not tell it."""
    mean, sd = petition.normal(shift)
    bars = petition.bars
    if min(abs(mean - bars.counted_from), abs(mean - bars.qualifies_from)) <= FAR * sd + len(petition.counties) + 1:
        return None
    by_sample, fails = float(mean >= bars.qualifies_from), float(mean < bars.counted_from)
    full = 1 - by_sample - fails
    return Outcome(by_sample, full, fails, full * (petition.distinct(shift) >= bars.required), mean, sd)


def by_normal(petition: Petition, shift: float = 0.0) -> Outcome:
    """The same by a normal sum over counties: right near the middle, wrong in the tails. Kept to be compared with."""
    if petition.raw < petition.bars.required:
        return Outcome(0.0, 0.0, 1.0, 0.0, 0.0, 0.0)
    mean, sd = petition.normal(shift)
    if not sd:
        return outcome(petition, shift=shift)
    by_sample = float(ndtr((mean - petition.bars.qualifies_from + 0.5) / sd))
    fails = float(ndtr((petition.bars.counted_from - 0.5 - mean) / sd))
    full = 1 - by_sample - fails
    enough = petition.distinct(shift) >= petition.bars.required
    return Outcome(by_sample, full, fails, full if enough else 0.0, mean, sd)


def spread(raw: int, weights: tuple[float, ...]) -> tuple[int, ...]:
    """A number of signatures over counties in proportion to weights, by largest remainders.

    Examples
    --------
    >>> spread(100, (1.0, 1.0, 1.0))
    (34, 33, 33)
    """
    exact = np.asarray(weights, float) * raw / sum(weights)
    whole = np.floor(exact).astype(int)
    rest = np.argsort(whole - exact, kind="stable")[: raw - int(whole.sum())]
    whole[rest] += 1
    return tuple(int(n) for n in whole)
