"""A timeline on a page: the days on which something happened, and where the matter stood after each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.page import Line, Page, Para, Span, Table, code, quiet, say, strong
from assent.render.words import STAGES, dated, foot, many, readings

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.matter.timeline import Moment, Timeline


def timeline_page(timeline: Timeline, place: Jurisdiction, *, full: bool = False) -> Page:
    """When the answer changed: one row for each day, with the running count."""
    rows: list[tuple[Line, ...]] = []
    before = ""
    for moment in timeline.moments:
        stage = say(Span(moment.stage, STAGES.get(moment.stage, ""))) if moment.stage != before else ()
        said = "; ".join(moment.events) or _changed(moment)
        told = say(said, quiet(f" ({', '.join(moment.acts)})")) if full and moment.acts else say(said)
        rows.append(
            (say(str(moment.on)), told, say(f"{moment.count} of {moment.of}"), say(str(moment.required)), stage)
        )
        before = moment.stage
    blocks = (
        Para(say(strong(_answer(timeline)), " ", code(timeline.matter))),
        Para(dated(timeline.as_of, timeline.known_as_of)),
        Table(("Date", "What happened", "Count", "Needed", "Stage"), tuple(rows), frozenset({2, 3}), frozenset({1})),
        *readings(place.law, timeline.readings, timeline.reproduce),
        *foot(timeline.versions, timeline.reproduce),
    )
    return Page(timeline.title, blocks)


def _answer(timeline: Timeline) -> str:
    if not timeline.moments:
        return f"{timeline.title}: nothing happened by {timeline.as_of}."
    turns = [
        moment
        for before, moment in zip((None, *timeline.moments), timeline.moments, strict=False)
        if before is None or before.stage != moment.stage
    ]
    last = timeline.moments[-1]
    since = f" since {turns[-1].on}" if turns else ""
    days = many(len(timeline.moments), "day")
    return f"{timeline.title}: {last.stage}{since}, after {days} on which something changed."


def _changed(moment: Moment) -> str:
    return "the roster changed" if moment.stage == "pending" else moment.stage
