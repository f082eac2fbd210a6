"""Polls on a page: wording by wording, never together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.page import Block, Heading, Line, Page, Para, Table, code, quiet, say, strong
from assent.render.words import foot, many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.referendum.polls import Poll, Polls, Wording

ALL = {"all adults", "adults", "registered voters"}
NBSP = "\u00a0"
NATION = "nation"


def polls_page(found: Polls, place: Jurisdiction, *, full: bool = False) -> Page:
    """The polls on file that touch a state."""
    del place
    count = sum(len(wording.polls) for wording in found.wordings)
    lead = f"{many(count, 'figure')} on {found.name} leaving, in {many(len(found.wordings), 'wording')}."
    return Page(
        f"Polls on {found.name} leaving",
        (
            Para(say(strong(lead), " ", code(found.state), quiet(f" As of {found.as_of}."))),
            *wording_blocks(found.wordings, found.note, full=full),
            *foot(found.versions, found.reproduce),
        ),
    )


def wording_blocks(wordings: Sequence[Wording], note: str = "", *, full: bool = False, own: str = "") -> list[Block]:
    """The polls, wording by wording; whole publics alone unless all groups are asked for.

    Parameters
    ----------
    own
        A state: only its own figures and its region's; the command that shows the rest is told.
    """
    blocks: list[Block] = []
    folded = 0
    for wording in wordings:
        shown = [p for p in wording.polls if full or (p.who in ALL and not (own and p.place_kind == NATION))]
        folded += len(wording.polls) - len(shown)
        if not shown:
            continue
        region = f" {wording.region} is the region that holds it." if wording.region else ""
        what = "" if wording.measures == "support" else f" ({wording.measures}, not support)"
        aside = quiet(f" {wording.note}{region}")
        blocks.append(Para(say(strong(wording.id), f": asked {wording.asks}{what}.", aside)))
        head = ("Asked by", "When", "Where", "Who", "Asked", "Yes", "No")
        blocks.append(Table(head, tuple(map(_row, shown)), frozenset({4, 5, 6}), frozenset({0, 3})))
    more = ""
    if folded:
        where = f"assent referendum {own} has them" if own else "--full lists them"
        whom = "the nation, parties" if own else "parties"
        more = f"{many(folded, 'figure')} of {whom} and other groups are left out; {where}."
    if note or more:
        blocks.append(Para(say(quiet(f"{note} {more}".strip()))))
    return [Heading("What people were asked, wording by wording"), *blocks] if blocks else []


def _row(poll: Poll) -> tuple[Line, ...]:
    return (
        say(poll.pollster),
        say(poll.start if poll.end == poll.start else f"{poll.start} to {poll.end}"),
        say(poll.place),
        say(poll.who),
        say(f"{poll.n:,}" if poll.n is not None else quiet("–")),
        say(f"{poll.support:g}{NBSP}%"),
        say(f"{poll.oppose:g}{NBSP}%" if poll.oppose is not None else quiet("–")),
    )
