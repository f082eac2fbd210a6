"""The page on how old the data are: file by file, what is complete, what is missing, what was only recalled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.page import Heading, Item, Items, Page, Para, Table, code, quiet, say, strong
from assent.render.words import foot, many

if TYPE_CHECKING:
    from assent.inquiries.filed.staleness import DataFile, Staleness
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.render.page import Block, Line

SHOWN = 8


def staleness_page(found: Staleness, place: Jurisdiction, *, full: bool = False) -> Page:
    """How old each file of data is, through which day it is complete, and what in it was only recalled."""
    del place
    rows = sum(file.rows for file in found.files)
    lead = f"{many(len(found.files), 'file')} of data, {rows:,} rows, as of {found.as_of}"
    blocks: list[Block] = [
        Para(say(strong(f"{lead}."))),
        Heading("Files"),
        Table(
            ("File", "Rows", "Holds as of", "Days ago", "Last happening"),
            tuple(_row(file) for file in found.files),
            right=frozenset({1, 3}),
        ),
        Para(
            say(quiet("Where nothing stands under 'Holds as of', the rows tell what happened, and each has its day."))
        ),
    ]
    shown = found.complete if full else found.complete[:SHOWN]
    items = tuple(Item(say(code(one.matter)), say(f"{one.act} through {one.through}. {one.note}")) for one in shown)
    blocks += [Heading(f"Complete through a day ({len(found.complete)})"), Items(items, widest=30)]
    if len(shown) < len(found.complete):
        blocks.append(Para(say(quiet(f"{len(found.complete) - len(shown)} more; --full lists them."))))
    gaps = found.gaps if full else found.gaps[:SHOWN]
    items = tuple(Item(say(code(one.matter)), say(", ".join(one.acts))) for one in gaps)
    blocks += [Heading(f"Not known to be complete ({len(found.gaps)})"), Items(items, widest=30)]
    if len(gaps) < len(found.gaps):
        blocks.append(Para(say(quiet(f"{len(found.gaps) - len(gaps)} more; --full lists them."))))
    said = f"{len(found.recalled)} of {found.authorities} authorities were recalled, their texts not being at hand"
    blocks.append(Para(say(f"{said}{':' if full else '; --full lists them.'}")))
    if full:
        blocks.append(Items(tuple(Item(say(code(one.id)), say(one.title)) for one in found.recalled), widest=30))
    return Page("The data", (*blocks, *foot(found.versions, found.reproduce)))


def _row(file: DataFile) -> tuple[Line, ...]:
    age = "" if file.age is None else f"{file.age:,}"
    return (
        say(code(file.file)), say(f"{file.rows:,}"), say(str(file.newest or "")), say(age), say(str(file.last or "")),
    )  # fmt: skip
