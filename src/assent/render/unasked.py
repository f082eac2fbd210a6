"""What a standoff says in short, on the page of the ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.page import Block, Heading, Item, Items, Para, code, quiet, say, strong

if TYPE_CHECKING:
    from assent.inquiries.standoff.unasked import Unasked


def unasked_blocks(found: Unasked | None, name: str) -> list[Block]:
    """What would follow without asking: what it turns on first, then the story, and that it rests on assumptions."""
    if found is None:
        return []
    values = tuple(Item((quiet("·"),), say(b.text)) for b in found.break_even)
    story = ", then ".join(step.text for step in found.path)
    then = ", then ".join(step.text for step in found.if_defied)
    known = "; ".join(f"{p.name} (stake {p.stake:g}) is {p.fate}" for p in found.known)
    evidence = f" ({', '.join(found.measured)} alone is evidence)" if found.measured else ""
    lines: list[Block] = [
        Heading("Without asking"),
        Items(values),
        Para(say(f"With the default numbers {story}. If it went ahead: {then}.")),
        Para(say(f"By the same numbers {known}: what is let be at a small stake does not extrapolate.")),
    ]
    told = f"Consequences of {found.assumed} assumptions{evidence}, the same for every state, not a forecast."
    return [*lines, Para(say(strong(told), quiet(f" {name} in full: "), code(found.more)))]
