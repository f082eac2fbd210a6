"""Timeline: when the answer changed, evaluated at the days on which something happened and at no others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.circuit.case import Case, Shelf
from assent.circuit.evidence import PAST
from assent.inquiries.matter.standing import Standing, standing
from assent.inquiries.matter.status import shown_readings
from assent.inquiries.reproduce import command

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.doctrine import Doctrine


class Moment(Struct, frozen=True):
    """A day on which something happened, and where the matter stood at its end."""

    on: date
    events: tuple[str, ...]
    acts: tuple[str, ...]
    stage: str
    count: int
    required: int
    of: int


class Timeline(Struct, frozen=True):
    """When the answer changed."""

    matter: str
    title: str
    as_of: date
    known_as_of: date
    readings: dict[str, str]
    moments: tuple[Moment, ...]
    versions: dict[str, str]
    reproduce: str


def timeline(place: Jurisdiction, matter: str, doctrine: Doctrine, as_of: date, known_as_of: date) -> Timeline:
    """When the answer changed, up to a day.

    Only days on which the stage, the count, the number required or the roster changed, or an act was done, are listed.
    After adoption acts are still told, though they change nothing.

    Raises
    ------
    UnknownName
        No such matter.
    NotApplicable
        The matter had not been proposed by ``as_of``.
    """
    case = Case(place.law, place.record, place.record.matter(matter), doctrine, known_as_of, Shelf())
    standing(case, as_of)
    moments: list[Moment] = []
    before: tuple[object, ...] = ()
    begun = case.matter.proposed_on or min((act.earliest for act in case.known), default=as_of)
    for day in (day for day in case.change_points(as_of) if day >= begun):
        stands = standing(case, day)
        acts = [act for act in case.known if (act.latest or act.earliest) == day]
        events = [_told(place, case, act.id) for act in acts]
        entered = [
            m for rows in place.record.rosters.values() for m in rows if m.since == day and m.unit in _counted(stands)
        ]
        events += [f"{name} enters" for name in dict.fromkeys(m.name for m in entered)]
        limit = case.limit(day)
        if limit and day > limit and not any(m.on > limit for m in moments):
            events.append(f"the limit of {limit} has passed")
        now = (stands.stage, stands.count, stands.required, stands.of)
        if events or (before and now != before):
            moments.append(Moment(day, tuple(events), tuple(a.id for a in acts), *now))
        before = now
    return Timeline(
        matter,
        case.matter.title,
        as_of,
        known_as_of,
        shown_readings(case, doctrine),
        tuple(moments),
        place.versions,
        command("timeline", matter, as_of=as_of, known_as_of=known_as_of, doctrine=doctrine),
    )


def _counted(stands: Standing) -> set[str]:
    return set(stands.compiled.units.values())


def _told(place: Jurisdiction, case: Case, act_id: str) -> str:
    act = case.record.act_by_id[act_id]
    unit, _, body = act.actor.partition("/")
    names = {m.unit: m.name for rows in case.record.rosters.values() for m in rows}
    who = names.get(unit) or place.profile.names.get(act.actor) or body
    if unit in names and body not in {"legislature", "convention"}:
        who = f"{who} ({body.replace('-', ' ')})"
    votes = f" {act.yes}–{act.no}" if act.yes is not None and act.no is not None else ""
    void = case.void.get(act_id)
    mark = f" (void: {void.why or f'{void.question}={void.reading}'})" if void else ""
    when = "" if act.dated else f" (in {act.when}, on a day not on file)" if act.when != "undated" else " (undated)"
    return f"{who} {PAST.get(act.act, act.act)}{votes}{when}{mark}"
