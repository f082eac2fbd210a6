"""The evidence on past exits, as blocks of a page: with consent and without, base rates, and the conflicts named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.page import Block, Heading, Item, Items, Line, Para, Table, quiet, say, strong
from assent.render.words import joined

if TYPE_CHECKING:
    from assent.inquiries.exit.evidence import Conflict, Evidence, Rate, Response
    from assent.render.words import Sources

ONE_PERCENT = 0.01


def evidence_blocks(found: Evidence, sources: Sources, *, full: bool) -> list[Block]:
    """What followed past votes to leave, how often it came to war, and where the conflicts named stand."""
    rows = tuple(
        (say(s.group), say(f"{s.implemented} of {s.decided}"), say(str(s.pending or "–")), say(str(s.forced or "–")))
        for s in found.splits
    )
    left = joined([f"{out.vote} ({out.why})" for out in found.left_out] or ["none"])
    blocks: list[Block] = [Heading("The evidence on past exits with and without consent")]
    if found.responses:
        blocks += [
            Para(say(found.lead)),
            Table(
                ("The parent state had", "Carried out", "Pending", "Met with force"),
                rows,
                frozenset({1, 2, 3}),
                frozenset({0}),
            ),
            Para(say(quiet(f"Counted: {found.universe}; left out: {left}."))),
        ]
        if full:
            blocks.append(Items(tuple(_response(r) for r in found.responses)))
    blocks += [
        Para(
            say(
                strong("Base rates."),
                quiet(" As on file, whatever the day asked about; intervals are of 95 percent (Jeffreys)."),
            )
        ),
        Items(tuple(_rate(rate, full=full) for rate in found.rates)),
    ]
    if found.conflicts:
        blocks += [
            Para(
                say(strong("The conflicts that are pointed to."), " ", found.conflicts_lead, sources.mark(found.cite))
            ),
            Items(tuple(_conflict(conflict, full=full) for conflict in found.conflicts)),
        ]
    return [*blocks, Para(say(quiet(" ".join(found.cautions))))]


def _response(found: Response) -> Item:
    consent = f"agreed: {found.consent}" if found.prior_consent else "not agreed"
    line = say(
        strong(f"{found.territory} from {found.parent}"),
        f": {consent}; answered: {', then '.join(found.answers)}; carried out: {found.implemented}. {found.note}.",
        quiet(f" Checked against {'a text' if found.checked == 'text' else 'the row of the vote'}: {found.source}"),
    )
    return Item(say(found.date), line)


def _rate(found: Rate, *, full: bool) -> Item:
    share = f"{_percent(float(found.share))} ({_percent(found.low)} to {_percent(found.high)})"
    more = quiet(f" {found.universe}; {found.caution}. Source: {found.source}.") if full else ""
    return Item(say(share), say(f"{found.what}: {found.k:,} of {found.n:,}.", more))


def _percent(share: float) -> str:
    return f"{100 * share:.2f}\u00a0%" if share < ONE_PERCENT else f"{100 * share:.0f}\u00a0%"


def _conflict(found: Conflict, *, full: bool) -> Item:
    dead: Line = ()
    if found.deaths_low is not None and found.deaths_high is not None:
        low, high = found.deaths_low, found.deaths_high
        dead = say(f"{low:,} {found.deaths_of}. " if low == high else f"{low:,} to {high:,} {found.deaths_of}. ")
    about = "about leaving" if found.about_leaving else "not about leaving"
    more = quiet(f" Source: {found.source}.") if full else ""
    return Item(say(found.began[:4]), say(strong(found.title), f" ({found.kind}, {about}). ", dead, found.shows, more))
