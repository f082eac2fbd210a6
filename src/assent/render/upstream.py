"""What a state could set going by itself, on the page of its exit: its petition, its vote, and the polls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.inquiries.referendum.upstream import PETITION
from assent.render.page import Block, Branch, Heading, Para, Tree, code, quiet, say, strong
from assent.render.polls import wording_blocks
from assent.render.referendum import BINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.inquiries.referendum.polls import Wording
    from assent.inquiries.referendum.upstream import Upstream
    from assent.render.words import Sources


def upstream_blocks(
    stages: Sequence[Upstream], polls: Sequence[Wording], of: tuple[str, str], sources: Sources, *, full: bool = False
) -> list[Block]:
    """The petition and vote of a state (``of``: its code and name), and what its people were asked."""
    state, name = of
    found: list[Block] = [Heading(f"What {name} could set going: a petition and a vote")]
    if stages:
        found.append(Tree(tuple(_stage(stage, sources) for stage in stages)))
    else:
        found.append(Para(say(quiet("No law of its own on petitions or on a vote on leaving is on file."))))
    return [*found, *wording_blocks(polls, full=full, own=state)]


def _stage(stage: Upstream, sources: Sources) -> Branch:
    head = say(strong(stage.title), quiet(f" ({stage.stage})"), ": ", stage.needs, ".", sources.mark(stage.cite))
    below = [] if stage.stage == PETITION else [Branch(say(quiet(f"{BINDS[stage.binds]}; "), stage.starts))]
    return Branch(head, (*below, Branch(say(code(stage.ask)))))
