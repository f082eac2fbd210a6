"""Lawful: how likely the lawful route of a standoff is to complete, from what is believed of those who decide it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from assent.inquiries.counting.chance import chance_of
from assent.inquiries.counting.expansion import game_of_procedure
from assent.inquiries.counting.scenario import probability_of, read_scenario

if TYPE_CHECKING:
    from datetime import date

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.doctrine import Doctrine


@dataclass(frozen=True, slots=True)
class Lawful:
    """What is believed of those who decide the lawful route.

    Attributes
    ----------
    said
        One probability for everyone, or a file of beliefs as ``assent chance --scenario`` takes it.
    state
        Code of the state that would leave.
    """

    said: str
    doctrine: Doctrine
    as_of: date
    state: str

    def chance(self, place: Jurisdiction, route: str) -> tuple[Fraction, str]:
        """The chance that a procedure is met, and what it rests on.

        Raises
        ------
        QueryError
            The beliefs are none, or the procedure cannot be expanded to its members.
        """
        file = Path(self.said)
        typed = file.suffix in {".yaml", ".yml", ".csv"}
        beliefs = read_scenario(file=file) if typed else read_scenario({"*": self._one()})
        game = game_of_procedure(place, route, self.doctrine, self.as_of, self.state, {})
        found = chance_of(game, beliefs)
        return Fraction(found.probability), f"Worked out by: {found.reproduce}"

    def _one(self) -> float:
        return probability_of(self.said, f"--q-from {self.said}")
