"""A petition on a page: the answer, what it rests on, what turns it, and what the law says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.assumed import assumed_blocks
from assent.render.canvass import NBSP, PROGRESS, RARE, chance, chances_table, count_blocks, percent, progress_blocks
from assent.render.numbers import share
from assent.render.page import Block, Heading, Item, Items, Page, Para, Span, Table, code, quiet, say, strong
from assent.render.pastpetitions import past_blocks
from assent.render.words import Sources, foot, notes

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.petition.law import Requirement
    from assent.inquiries.petition.petition import Petition
    from assent.inquiries.petition.prospects import Needed, Outlook, Point, Progress

BAR = 20


def petition_page(found: Petition, place: Jurisdiction, *, full: bool = False) -> Page:
    """A petition: what was asked first, then what it rests on, the requirement and the law."""
    sources = Sources(place.law)
    day = quiet(f" As of {found.as_of}.")
    plain = bool(found.past or found.certificate)
    blocks: list[Block] = [Para(say(strong(_answer(found)), " ", code(found.state), day if plain else ""))]
    if not plain:
        blocks.append(Para(say(_lead(found.requirement), day)))
    if found.outlook:
        blocks += [*_outlook(found.outlook, found.error_bound), *_counties(found, full=full)]
    if found.needed:
        blocks += _needed(found.needed, found)
    if found.progress:
        blocks += progress_blocks(found.progress, full=full)
    if found.past:
        blocks += past_blocks(found.past, found.history, full=full)
    if found.certificate:
        blocks += count_blocks(found.certificate)
    blocks += assumed_blocks(found.parameters, sources)
    if found.break_even:
        blocks += _turns(found)
    if not plain:
        blocks += _requirement(found, sources)
    if not found.past:
        blocks += _law(found, sources)
    blocks += _method(found)
    said = (*found.assumptions, *found.notes)
    return Page(
        f"Petition in {found.name}",
        (*blocks, *notes(said), *sources.blocks(), *foot(found.versions, found.reproduce)),
    )


def _answer(found: Petition) -> str:
    if found.outlook:
        return _ends(found.outlook, found.error_bound)
    if found.needed:
        need = found.needed
        alone = "" if need.raw_by_sample is None else f", and {need.raw_by_sample:,} without a full count"
        return (
            f"{need.raw:,} signatures qualify with a chance of {share(need.target)}{alone}, if what is assumed below "
            "holds."
        )
    if found.progress:
        at = found.progress
        if not at.counties_out:
            return f"All is in: {at.certified:,} of {at.raw:,} signatures are certified. {_ended(at)}"
        chances = [chance(p, PROGRESS) for p in (at.chances.full_count, at.chances.fails, at.chances.by_sample)]
        return (
            f"{at.certified:,} signatures are certified and {at.raw_out:,} are still out: a full count with a chance "
            f"of {chances[0]}, failed with {chances[1]}, qualified without one with {chances[2]}."
        )
    if found.certificate:
        return f"{found.certificate.certified:,} of {found.certificate.raw:,} signatures are certified as valid."
    known = [past for past in found.past if past.agrees is not None]
    agree = sum(bool(past.agrees) for past in known)
    return (
        f"{len(found.past)} stages of petitions are on file; {len(known)} have a number to go by, and {agree} of those "
        "ended as the law on file says."
    )


def _ends(found: Outlook, error: float | None) -> str:
    at = found.chances
    after = ""
    if at.after_full_count is not None and at.full_count > RARE:
        after = f" (which it passes with {chance(at.after_full_count, error)})"
    sample, full, fails = (chance(p, error) for p in (at.by_sample, at.full_count, at.fails))
    return (
        f"{found.raw:,} signatures qualify with a chance of {chance(at.qualifies, error)}, if what is assumed below "
        f"holds: {sample} by the sample, {full} to a full count{after}, {fails} failed."
    )


def _ended(at: Progress) -> str:
    if at.chances.by_sample == 1:
        return "It qualifies by the sample."
    if at.chances.fails == 1:
        return "It fails by the sample."
    return f"Every signature has to be counted; it qualifies then with a chance of {share(at.chances.qualifies)}."


def _lead(need: Requirement) -> str:
    votes = "" if need.votes is None else f"{need.votes:,} "
    return (
        f"A petition for an {need.title} needs {need.required:,} valid signatures: {percent(float(need.share))} of the "
        f"{votes}{need.of} ({need.election})."
    )


def _outlook(found: Outlook, error: float | None) -> list[Block]:
    told = (
        f"Expected to be certified: {found.certified:,.0f}, give or take {found.sd:,.0f} (one standard deviation), of "
        f"which {found.sampling_sd:,.0f} is the luck of the samples."
    )
    return [
        Heading("How it may end"),
        chances_table(found.chances, error, found.normal),
        Para(say(told)),
    ]


def _counties(found: Petition, *, full: bool) -> list[Block]:
    """County by county, what the law has checked."""
    if len(found.counties) < 2:
        return []
    raw = sum(county.raw for county in found.counties)
    if not full:
        most = max(found.counties, key=lambda county: county.raw)
        said = f"{len(found.counties)} counties; {most.county} alone holds {percent(most.raw / raw)}."
        return [Para(say(said, quiet(" --full tells how each is checked.")))]
    rows = tuple(
        (
            say(c.county),
            say(f"{c.raw:,}"),
            say("all" if c.sample >= c.raw else f"{c.sample:,}"),
            say(f"{c.weight:.2f}"),
            say(f"{c.sampling_sd:,.0f}"),
        )
        for c in sorted(found.counties, key=lambda c: -c.raw)
    )
    told = "One checked stands for so many; ± is the luck of the county's sample, signatures."
    return [
        Table(("County", "Filed", "Checked", "Stands for", "±"), rows, frozenset({1, 2, 3, 4}), frozenset({0})),
        Para(say(quiet(told))),
    ]


def _turns(found: Petition) -> list[Block]:
    rows = tuple(
        (say(percent(turn.validity) if turn.validity <= 1 else quiet("more than all")), say(turn.what))
        for turn in found.break_even
    )
    blocks: list[Block] = [
        Heading("What it turns on"),
        Table(("Valid", "From there on"), rows, frozenset({0}), frozenset({1})),
    ]
    if found.curve:
        points = tuple(map(_point, found.curve))
        head = ("Valid", "Sample", "Full count", "Fails", "Qualifies", "")
        blocks += [
            Para(say("If the share that is valid were known:")),
            Table(head, points, frozenset({0, 1, 2, 3, 4})),
        ]
    return blocks


def _point(point: Point) -> tuple[tuple[Span, ...], ...]:
    at = point.chances
    told = tuple(say(percent(p)) for p in (at.by_sample, at.full_count, at.fails, at.qualifies))
    return (say(f"{100 * point.validity:.0f}{NBSP}%"), *told, (Span("▓" * round(BAR * at.qualifies), "strong"),))


def _needed(need: Needed, found: Petition) -> list[Block]:
    rows = [(say("one way or the other"), say(f"{need.raw:,}"), say(share(need.chance)))]
    if need.raw_by_sample is not None and need.chance_by_sample is not None:
        rows.append((say("without a full count"), say(f"{need.raw_by_sample:,}"), say(share(need.chance_by_sample))))
    blocks: list[Block] = [
        Heading("How many it takes"),
        Table(("To qualify", "Signatures", "Chance"), tuple(rows), frozenset({1, 2}), frozenset({0})),
    ]
    others = tuple(
        (say(f"{100 * r.validity:.0f}{NBSP}%"), say(f"{r.raw:,}" if r.raw is not None else quiet("no number does")))
        for r in found.reserve
    )
    own = "has no number" if need.closed_form is None else f"gives {need.closed_form:,}"
    told = (
        f"The closed form, requirement over (valid − duplicates − deviate × standard deviation), {own} here, and for "
        "other shares of valid signatures:"
    )
    return [*blocks, Para(say(quiet(told))), Table(("Valid", "Signatures"), others, frozenset({0, 1}))]


def _requirement(found: Petition, sources: Sources) -> list[Block]:
    rows = tuple(
        (
            say(need.title, sources.mark(need.cite)),
            say(percent(float(need.share))),
            say(f"{need.required:,}"),
            say(f"{need.counted_from:,}"),
            say(f"{need.qualifies_from:,}"),
        )
        for need in sorted((found.requirement, *found.others), key=lambda need: need.required)
    )
    return [
        Heading("What is required"),
        Table(("Measure", "Share", "Required", "Full count from", "Qualifies from"), rows, frozenset({1, 2, 3, 4}),
              frozenset({0})),
    ]  # fmt: skip


def _law(found: Petition, sources: Sources) -> list[Block]:
    items = tuple(Item(say(strong(step.title)), say(step.what, sources.mark(step.cite))) for step in found.law)
    return [Heading("What the law says"), Items(items)]


def _method(found: Petition) -> list[Block]:
    error = "" if found.error_bound is None else f"; each chance to {found.error_bound:.0e}"
    return [Para(say(quiet(f"Method: {found.method}{error}.")))]
