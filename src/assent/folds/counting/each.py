"""Each: a number for one member of every run of alike leaves, as arrays, and as objects where somebody looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assent.circuit.flat import Alike


@dataclass(frozen=True, slots=True)
class Each:
    """What is found of one member, and of every other in a run of alike leaves.

    Attributes
    ----------
    alike
        The run.
    value
        Of one member; 0.0 where it is below the smallest float (see ``log10``).
    log10
        Decimal logarithm of its size.
    """

    alike: Alike
    value: float
    log10: float

    @property
    def id(self) -> str:
        """Leaf id of the first of them."""
        return self.alike.id

    @property
    def members(self) -> int:
        """How many there are."""
        return self.alike.members

    def ids(self) -> Iterator[str]:
        """The leaf id of each."""
        return self.alike.ids()
