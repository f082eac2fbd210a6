"""The page of the acts on file: what was done, by whom, when and on whose word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.page import Heading, Item, Items, Page, Para, Table, code, quiet, say, strong
from assent.render.words import foot, many

if TYPE_CHECKING:
    from assent.inquiries.filed.acts import ActRow, Acts
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.render.page import Block, Line

SHOWN = 30


def acts_page(found: Acts, place: Jurisdiction, *, full: bool = False) -> Page:
    """What was done, by whom, on which day and on whose word."""
    del place
    lead = f"{many(found.total, 'act')} on file"
    more = f"; sources differ on the day of {found.disputed}" if found.disputed else ""
    blocks: list[Block] = [Para(say(strong(f"{lead}{more}.")))]
    rows = found.acts if full else found.acts[-SHOWN:]
    if rows:
        blocks.append(Table(("Day", "Who", "Act", "Matter"), tuple(_row(row) for row in rows)))
    if len(rows) < found.total:
        blocks.append(Para(say(quiet(f"The last {len(rows)}; --full lists all {found.total}, with every source."))))
    disputed = [row for row in rows if row.disputed]
    if disputed:
        items = tuple(Item(say(code(row.id)), say(_kept(row))) for row in disputed[: None if full else 8])
        blocks += [Heading("Claims that differ"), Items(items, widest=30)]
    if full and rows:
        sources: dict[str, int] = {}
        for row in rows:
            sources[row.source] = sources.get(row.source, 0) + 1
        items = tuple(Item(say(f"{n}"), say(said)) for said, n in sorted(sources.items(), key=lambda pair: -pair[1]))
        blocks += [Heading("Sources"), Items(items)]
    return Page("The record", (*blocks, *foot(found.versions, found.reproduce)))


def _row(row: ActRow) -> tuple[Line, ...]:
    vote = quiet(f" {row.yes}-{row.no}") if row.yes is not None and row.no is not None else ""
    who = say(row.name, quiet(f" {row.body}") if row.body else "")
    return say(row.when), who, say(row.act, vote, " ?" if row.disputed else ""), say(code(row.matter))


def _kept(row: ActRow) -> str:
    others = list(dict.fromkeys(claim.date for claim in row.claims if claim.differs)) or [row.alt_dates]
    said = f"kept as {row.when}; others give {', '.join(others)}"
    return f"{said}. {row.resolution}" if row.resolution else f"{said}."
