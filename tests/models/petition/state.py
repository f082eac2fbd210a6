"""A petition of the size of the real thing: 58 counties, the largest with a quarter of all."""

from fractions import Fraction

from assent.models.petition.bars import bars
from assent.models.petition.certificate import Method
from assent.models.petition.outcome import County, Petition, spread

METHOD = Method(500, Fraction(3, 100), 500, percent_places=2)
WEIGHTS = tuple(10_039_107 / (n + 1) ** 1.35 for n in range(58))
BARS = bars(874_641, Fraction(95, 100), Fraction(110, 100), at_fails=False, at_qualifies=False)


def statewide(raw, validity, duplicates, held=BARS):
    return Petition(tuple(County(n, validity, duplicates) for n in spread(raw, WEIGHTS)), METHOD, held)


def plain(petition, shift=0.0):
    return [(p.raw, p.sample, p.valid, p.pairs) for p in petition.parts(shift)]
