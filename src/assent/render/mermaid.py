"""A procedure as a Mermaid flowchart: text that wikis and notebooks draw."""

from __future__ import annotations

from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING

from assent.render.flow import Box, flow

if TYPE_CHECKING:
    from assent.inquiries.filed.show import QuestionShown, Shown
    from assent.render.flow import Part

_WIDTH = 44


def mermaid(shown: Shown | QuestionShown) -> str:
    """A procedure as Mermaid text.

    Raises
    ------
    NotApplicable
        A question of law has no stages to draw.
    """
    return "\n".join(["flowchart TD", *_Writer().part(flow(shown), "  ")[0]])


class _Writer:
    """Numbers the nodes and writes the lines of one chart."""

    def __init__(self) -> None:
        self.count = 0

    def name(self, letter: str) -> str:
        """A name not yet used."""
        self.count += 1
        return f"{letter}{self.count}"

    def part(self, part: Part, inset: str) -> tuple[list[str], str]:
        """The lines of a part, and the name by which arrows reach it."""
        if isinstance(part, Box):
            name = self.name("n")
            shape = ('(["', '"])') if part.unsure else ('["', '"]')
            return [f"{inset}{name}{shape[0]}{_text(part.title, part.said)}{shape[1]}"], name
        name = self.name("g")
        joined = {"then": "in this order", "and": "all of these", "or": "any one of these", "unless": "unless"}[
            part.join
        ]
        lines = [f'{inset}subgraph {name}["{_text(part.title, part.said or joined)}"]', f"{inset}  direction TB"]
        names = []
        for child in part.parts:
            written, child_name = self.part(child, inset + "  ")
            lines += written
            names.append(child_name)
        arrow = {"then": "-->", "and": "---|and|", "or": "-.-|or|", "unless": "-.-|unless|"}[part.join]
        lines += [f"{inset}  {one} {arrow} {two}" for one, two in pairwise(names)]
        return [*lines, f"{inset}end"], name


def _text(title: str, said: str) -> str:
    lines = [f"<b>{_safe(title)}</b>"] if title else []
    lines += [_safe(line) for line in wrap(said, _WIDTH)]
    return "<br/>".join(lines)


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "#quot;").replace("<", "&lt;").replace(">", "&gt;")
