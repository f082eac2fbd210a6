"""Why: the justification of a status, with what it takes to reproduce it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.folds.because import Because
from assent.inquiries.matter.status import status
from assent.inquiries.matter.supposing import Supposed
from assent.inquiries.reproduce import command

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.doctrine import Doctrine


class Why(Struct, frozen=True):
    """Why a matter stands where it stands."""

    matter: str
    title: str
    as_of: date
    known_as_of: date
    readings: dict[str, str]
    stage: str
    completed_on: date | None
    because: Because
    supposed: tuple[Supposed, ...]
    notes: tuple[str, ...]
    versions: dict[str, str]
    reproduce: str


def why(
    place: Jurisdiction,
    matter: str,
    doctrine: Doctrine,
    as_of: date,
    known_as_of: date,
    yes: Iterable[str] = (),
    no: Iterable[str] = (),
) -> Why:
    """Why a matter stands where it stands: the tree of its status, alone.

    Raises
    ------
    UnknownName
        No such matter.
    NotApplicable
        The matter had not been proposed by ``as_of``.
    """
    found = status(place, matter, doctrine, as_of, known_as_of, yes, no)
    return Why(
        matter,
        found.title,
        as_of,
        known_as_of,
        found.readings,
        found.stage,
        found.completed_on,
        found.because,
        found.supposed,
        found.notes,
        found.versions,
        command(
            "because",
            matter,
            as_of=as_of,
            known_as_of=known_as_of,
            doctrine=doctrine,
            supposed={one.unit: one.says for one in found.supposed},
        ),
    )
