"""Parameters: the numbers of a standoff, and what follows from them before anybody moves."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

Number = Any  # a whole number, a Fraction, a float, or an array of floats; one set of numbers is of one kind


@dataclass(frozen=True, slots=True)
class Parameters:
    """The numbers of a standoff.

    Each may be a whole number or a ``Fraction`` (then everything that follows is exact), a float, or an array of
    floats (then everything is computed for the whole array).

    Attributes
    ----------
    stake
        s: the share of the whole that is at issue; 1 is exit. Above 0, at most 1.
    victory
        p: the chance that the federal side prevails by force.
    federal_force_cost, state_force_cost
        kF, kS: what force costs, in federal and in state units.
    federal_court_cost, state_court_cost
        lF, lS: what litigation costs.
    federal_sanction_cost, state_sanction_cost
        xF, xS: what sanctions cost the side that imposes them and the side that bears them.
    federal_audience_cost, state_audience_cost
        aF, aS: what backing down costs, for each unit of stake.
    precedent_cost
        R: what yielding costs the federal side elsewhere, for each unit of stake.
    precedent_on_concession, precedent_on_lawful_exit
        φ, η: the share of it on a concession, and on a lawful exit.
    ruling
        j: the chance that the court rules for the federal side.
    lawful_chance
        q: the chance that the lawful route completes.
    recognition_with_consent, recognition_without_consent
        rc, ru: the chance of recognition.
    unrecognised_worth
        u: the worth of possession that nobody recognises, as a share of recognised possession.
    campaign_cost, settlement
        mS, D: what the lawful campaign costs the state; what a settlement moves from the state to the federal side.
    statehood
        Whether recognition matters: no for a statute, which is simply followed or not.
    lump_sum
        Whether any concession sets the same precedent, however small.
    """

    stake: Number
    victory: Number
    federal_force_cost: Number
    state_force_cost: Number
    federal_court_cost: Number
    state_court_cost: Number
    federal_sanction_cost: Number
    state_sanction_cost: Number
    federal_audience_cost: Number
    state_audience_cost: Number
    precedent_cost: Number
    precedent_on_concession: Number
    precedent_on_lawful_exit: Number
    ruling: Number
    lawful_chance: Number
    recognition_with_consent: Number
    recognition_without_consent: Number
    unrecognised_worth: Number
    campaign_cost: Number
    settlement: Number
    statehood: bool = True
    lump_sum: bool = False

    @property
    def recognised(self) -> Number:
        """ρ: what possession without consent is worth, as a share of recognised possession."""  # noqa: RUF002 - its usual symbol
        if not self.statehood:
            return 1
        return self.recognition_without_consent + (1 - self.recognition_without_consent) * self.unrecognised_worth

    @property
    def possession(self) -> Number:
        """A = s·ρ: possession without consent, in state units."""  # noqa: RUF002 - its usual symbol
        return self.stake * self.recognised

    @property
    def consented(self) -> Number:
        """C = s·(rc + (1 − rc)·u): possession with consent, in state units."""
        if not self.statehood:
            return self.stake
        given = self.recognition_with_consent
        return self.stake * (given + (1 - given) * self.unrecognised_worth)

    @property
    def fight(self) -> Number:
        """W = (1 − p)·A − kS: what fighting is worth to the state."""
        return (1 - self.victory) * self.possession - self.state_force_cost

    def having(self, **new: Number) -> Parameters:
        """The same with other numbers in place of some."""
        return replace(self, **new)

    def floats(self) -> Parameters:
        """The same in floating point."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in NUMBERS}
        return self.having(**{name: held if hasattr(held, "dtype") else float(held) for name, held in plain.items()})

    def exact(self) -> Parameters:
        """The same in fractions; a float is the fraction that it is."""
        return self.having(**{name: Fraction(getattr(self, name)) for name in NUMBERS})


NUMBERS = tuple(field.name for field in fields(Parameters) if field.name not in {"statehood", "lump_sum"})
