"""A replay on a page: each matter's official outcome beside the one the law on file gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.page import Block, Heading, Item, Items, Line, Page, Para, Table, code, quiet, say, strong
from assent.render.words import MARKS, foot, many, staged

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.matter.replay import Replay, Row


def replay_page(replay: Replay, place: Jurisdiction, *, full: bool = False) -> Page:
    """Does the law on file give the official outcome of every matter?"""
    del place
    rest = replay.cases - replay.agree
    verdict = "every one agrees" if not rest else f"{replay.agree} agree and {rest} do not"
    blocks: list[Block] = [
        Para(say(strong(f"{many(replay.cases, 'matter')} replayed against the official outcome: {verdict}."))),
        Para(say(quiet(f"As of {replay.as_of}. Each matter is judged as known on the day it was certified."))),
        Table(
            ("", "Matter", "Official", "Found", "Rests on a reading of"),
            tuple(_row(row, full=full) for row in replay.rows),
            wrap=frozenset({1, 2, 3, 4} if full else {1, 3, 4}),
        ),
    ]
    resting = [row for row in replay.rows if row.rests_on]
    if resting:
        blocks += [
            Heading("What other readings would give"),
            Items(tuple(_rests(row) for row in resting), widest=26),
            Para(say(quiet("Each reading alone, all others as chosen; assent hinge MATTER shows them together."))),
        ]
    noted = [row for row in replay.rows if row.note and (full or not row.agrees)]
    if noted:
        blocks += [
            Heading("Notes"),
            Items(tuple(Item(say(code(row.matter)), say(row.note)) for row in noted), widest=26),
        ]
    return Page("Replay", (*blocks, *foot(replay.versions, replay.reproduce)))


def _row(row: Row, *, full: bool) -> tuple[Line, ...]:
    got = say(quiet("the same")) if row.agrees else staged(row.got.stage, row.got.completed_on)
    names = dict.fromkeys(said.partition("=")[0] for said in row.rests_on)
    known = quiet(f" known {row.known_as_of}") if full else ""
    return (
        (MARKS["pass" if row.agrees else "fail"],),
        say(code(row.matter)),
        say(staged(row.expected.stage, row.expected.completed_on), known),
        got,
        say(", ".join(names)),
    )


def _rests(row: Row) -> Item:
    said: list[str | Line] = []
    for reading, outcome in row.rests_on.items():
        said += ["; " if said else "", say(code(reading)), " → ", staged(outcome.stage, outcome.completed_on)]
    return Item(say(code(row.matter)), say(*said))
