"""Spoken: what the record of a matter settles already for a plan: who has said yes, and who no longer can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.circuit.case import Case
from assent.folds.verdict import OPEN
from assent.inquiries.counting.plan import Matter, Spoken
from assent.inquiries.matter.standing import ADOPTED, FAILED, LAPSED, standing, verdict_of

if TYPE_CHECKING:
    from datetime import date

    from assent.inquiries.counting.game import Game
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.doctrine import Doctrine


def spoken_of(
    place: Jurisdiction, game: Game, matter: str, doctrine: Doctrine, as_of: date, known_as_of: date
) -> Spoken:
    """What is settled of a matter on a day.

    Raises
    ------
    QueryError
        No such matter, or it had not been proposed.
    """
    case = Case(place.law, place.record, place.record.matter(matter), doctrine, known_as_of)
    stands = standing(case, as_of)
    verdicts = {}
    for leaf, state in stands.states.items():
        name = leaf if leaf in game.of_stem else game.recorded.get(leaf, "")
        verdict = verdict_of(state)
        if name and verdict is not OPEN:
            verdicts[name] = verdict.value
    said = {
        ADOPTED: f"was adopted on {stands.completed_on}",
        LAPSED: f"lapsed on {stands.limit}",
        FAILED: "has failed",
    }.get(stands.stage, f"is {stands.stage}")
    text = f"{case.matter.title} {said}: {stands.count} of {stands.of}, {stands.required} needed."
    words = ["--matter", matter, "--known-as-of", known_as_of.isoformat()]
    told = Matter(matter, case.matter.title, stands.stage, stands.count, stands.required, stands.of, text)
    over = {ADOPTED: "pass", LAPSED: "block", FAILED: "block"}.get(stands.stage, "")
    return Spoken(told, verdicts, tuple(words), over)


def procedure_of(place: Jurisdiction, matter: str) -> tuple[str, str]:
    """The procedure by which a matter is decided, and the unit it is about.

    Raises
    ------
    UnknownName
        No such matter.
    """
    found = place.record.matter(matter)
    return found.procedure, found.unit
