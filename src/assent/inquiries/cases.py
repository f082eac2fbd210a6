"""Cases: the law and record of a matter under a doctrine, kept while they are asked about again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from assent.circuit.case import Case, Shelf
from assent.law.doctrine import Doctrine

if TYPE_CHECKING:
    from datetime import date

    from assent.law.library import Law
    from assent.record.record import Record

MOST_CASES, MOST_SHELVES = 256, 64
Said = tuple[tuple[str, str], ...]


class Cases:
    """The cases of one jurisdiction that were asked about last.

    A case depends on its matter, the day of knowledge and the doctrine alone, and its files are read once; so one that
    is kept answers as a new one would.
    """

    def __init__(self, law: Law, record: Record) -> None:
        self.law, self.record = law, record
        self._shelf = lru_cache(MOST_SHELVES)(self._new_shelf)
        self._case = lru_cache(MOST_CASES)(self._new_case)

    def case(self, matter: str, doctrine: Doctrine, known_as_of: date) -> Case:
        """The case of a matter under a doctrine, as known on a day.

        Raises
        ------
        UnknownName
            No such matter.
        """
        chosen, parameters = tuple(sorted(doctrine.chosen.items())), tuple(sorted(doctrine.parameters.items()))
        return self._case(self.record.matter(matter).id, known_as_of, chosen, parameters)

    def _new_shelf(self, matter: str, known_as_of: date) -> Shelf:
        del matter, known_as_of
        return Shelf()

    def _new_case(self, matter: str, known_as_of: date, chosen: Said, parameters: tuple[tuple[str, int], ...]) -> Case:
        doctrine = Doctrine(self.law, dict(chosen), dict(parameters))
        shelf = self._shelf(matter, known_as_of)
        return Case(self.law, self.record, self.record.matter(matter), doctrine, known_as_of, shelf)
