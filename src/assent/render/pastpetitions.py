"""Past petitions on a page: how each ended, what the law makes of its numbers, and how it looked on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.canvass import percent
from assent.render.numbers import share
from assent.render.page import Block, Heading, Item, Items, Para, Span, Table, code, quiet, say, strong
from assent.render.words import MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.inquiries.petition.prospects import Past, Progress

UNKNOWN = quiet("not known")
SAID = {
    "failed": "failed",
    "full-count": "to a full count",
    "qualified": "qualified",
    "not-filed": "not submitted",
    "given-up": "given up",
}
STAGES = {"sample": "sample", "count": "full count", "not-filed": "never filed"}


def past_blocks(past: Sequence[Past], history: Sequence[Progress], *, full: bool = False) -> list[Block]:
    """The petitions on file, then their counts on the way."""
    rows = tuple(
        (
            (MARKS["pass"],) if p.agrees else (MARKS["fail"],) if p.agrees is False else (quiet("·"),),
            say(p.title, quiet(f", {STAGES[p.stage]}")),
            say(p.on),
            _number(p.required),
            _number(p.raw),
            _certified(p),
            say(SAID[p.outcome]),
        )
        for p in past
    )
    head = ("", "Petition", "On", "Required", "Filed", "Valid", "Ended")
    blocks: list[Block] = [
        Heading("What became of the others"),
        Table(head, rows, frozenset({3, 4, 5}), frozenset({1, 6})),
        Para(say(quiet("✓ ended as the law on file says of the number valid; · no number is known to go by."))),
    ]
    told = [p for p in past if p.note]
    if full:
        blocks.append(Items(tuple(Item(say(code(p.id)), say(f"{p.note}. ", quiet(p.source))) for p in told)))
    else:
        blocks += [Para(say(strong(p.title), quiet(f", {STAGES[p.stage]}"), f": {p.note}.")) for p in told]
    return [*blocks, *_history(history)]


def _history(history: Sequence[Progress]) -> list[Block]:
    if not history:
        return []
    rows = tuple(
        (
            say(str(at.on)),
            say(f"{at.counties_out}"),
            say(f"{at.raw_out:,}"),
            say(percent(at.certified / (at.raw - at.raw_out))),
            say(percent(at.needed_for_count) if at.needed_for_count is not None else quiet("–")),
            say(share(at.chances.full_count)),
            say(strong(share(at.chances.fails))),
        )
        for at in history
    )
    head = ("Day", "Out", "Signatures", "Certified", "Needed", "Full count", "Fails")
    told = (
        "Out: counties that had not reported, with the signatures filed there. Certified: of the signatures in. "
        "Needed: of those out, for a full count. The chances are what was to be expected that day of counties like "
        "those in."
    )
    return [
        Heading("How it looked on the way"),
        Table(head, rows, frozenset({1, 2, 3, 4, 5, 6})),
        Para(say(quiet(told))),
    ]


def _number(number: int | None) -> tuple[Span, ...]:
    return say(UNKNOWN) if number is None else say(f"{number:,}")


def _certified(past: Past) -> tuple[Span, ...]:
    if past.certified is None:
        return say(UNKNOWN)
    return say(f"{past.certified:,}", f" ({past.percent:.1f}\u00a0%)" if past.percent is not None else "")
