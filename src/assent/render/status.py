"""Status, and why, on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.page import Bar, Block, Heading, Item, Items, Page, Para, Span, Tree, code, quiet, say, strong
from assent.render.tree import branches
from assent.render.words import STAGES, Sources, dated, foot, joined, notes, readings

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.matter.status import Knowledge, Status
    from assent.inquiries.matter.supposing import Supposed
    from assent.inquiries.matter.why import Why

FEWEST = 3  # a bar of fewer cells says nothing that its numbers do not


def status_page(status: Status, place: Jurisdiction, *, full: bool = False) -> Page:
    """Where a matter stands: the answer, the count, why, under which readings, and what is not recorded."""
    sources = Sources(place.law)
    blocks: list[Block] = [Para(say(strong(status.because.text), " ", code(status.matter)))]
    if status.of >= FEWEST:
        blocks.append(_bar(status))
    blocks += [
        Para(say(dated(status.as_of, status.known_as_of), quiet(" Procedure "), code(status.procedure))),
        *_supposed(status.supposed),
        Heading("Why"),
        Tree(branches(status.because, sources, full=full)),
        *readings(place.law, status.readings, status.reproduce),
        *_not_recorded(status.knowledge, place),
        *notes(status.notes),
    ]
    return Page(status.title, (*blocks, *sources.blocks(), *foot(status.versions, status.reproduce)))


def why_page(why: Why, place: Jurisdiction, *, full: bool = False) -> Page:
    """Why a matter stands where it stands: the tree alone, with its sources."""
    sources = Sources(place.law)
    blocks = (
        Para(say(strong(why.because.text), " ", code(why.matter))),
        Para(dated(why.as_of, why.known_as_of)),
        *_supposed(why.supposed),
        Tree(branches(why.because, sources, full=full)),
        *sources.blocks(),
        *foot(why.versions, why.reproduce),
    )
    return Page(why.title, blocks)


def _supposed(supposed: tuple[Supposed, ...]) -> list[Block]:
    """What is only supposed, before anything that rests on it."""
    if not supposed:
        return []
    items = tuple(Item(say(code(f"--{one.says} {one.unit}")), say(one.text)) for one in supposed)
    return [Heading("What if: not on record"), Items(items)]


def _bar(status: Status) -> Bar:
    short = status.required - status.count
    tail = f", {short} short" if short > 0 else ", reached"
    return Bar(
        status.count,
        status.required,
        status.of,
        say(Span(f"{status.count} of {status.of}", "strong")),
        say(f"{status.required} needed{tail}"),
        STAGES.get(status.stage, ""),
    )


def _not_recorded(known: Knowledge, place: Jurisdiction) -> list[Block]:
    blocks: list[Block] = []
    if known.not_recorded:
        blocks.append(Para(say(_silent(known, place))))
    if known.also_rests_on:
        acts = joined(known.also_rests_on)
        blocks.append(Para(say(f"By the readings held it rests, too, on no act being missing of these kinds: {acts}.")))
    return [Heading("Not recorded"), *blocks] if blocks else []


def _silent(known: Knowledge, place: Jurisdiction) -> str:
    names = {m.unit: m.name for rows in place.record.rosters.values() for m in rows}
    who = [names.get(unit, unit).replace(" ", "\u00a0") for unit in known.not_recorded]
    if known.complete_through:
        lead = f"The file is complete to {known.complete_through}; of what these have done since nothing is on file"
    else:
        lead = "The file is not known to be complete, and has no yes of these"
    weight = (
        "What is not recorded decides this answer."
        if known.decides
        else "No verdict above rests on reading this silence as a no."
    )
    return f"{lead}, which is not a no: {', '.join(sorted(who))}. {weight}"
