"""States: which unit of the whole a reader means by a name or a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.errors import NotApplicable, UnknownName

if TYPE_CHECKING:
    from datetime import date

    from assent.inquiries.jurisdiction import Jurisdiction


def find_state(place: Jurisdiction, state: str, as_of: date) -> tuple[str, str]:
    """The code and name of a state that was one on a day.

    Raises
    ------
    UnknownName
        No such state.
    NotApplicable
        It is no state, or was none on that day.
    """
    wanted = state.strip().casefold()
    for code, place_ in place.profile.not_states.items():
        if wanted in {name.casefold() for name in (code, *place_.names)}:
            why = " ".join(place_.why.split())
            raise NotApplicable(f"{code} is not a state. {why}", where="STATE", remedy="Ask about a state.")
    members = place.record.rosters.get(place.profile.states, ())
    found = next((m for m in members if wanted in {m.unit.casefold(), m.name.casefold()}), None)
    if found is None:
        short = len(state) <= len("XXX")
        raise UnknownName("state", state.upper() if short else state, (m.unit if short else m.name for m in members))
    if as_of < found.since:
        raise NotApplicable(
            f"{found.name} was not a state of the Union on {as_of}: it entered on {found.since}.",
            where="--as-of",
            remedy=f"Give a date from {found.since} on.",
        )
    return found.unit, found.name
