"""Tallies as bars below each other: matters as they stand, or one matter as each reading has it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from assent.render.charts import (
    AGAINST,
    FILL,
    INK,
    LINE,
    MIDDLE,
    REST,
    SOFT,
    WIDE,
    footnotes,
    sheet,
    written,
)
from assent.render.diagram import wrapped
from assent.render.words import many

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from assent.inquiries.matter.status import Status

FEWEST = 3  # a tally of fewer says nothing that its stage does not
STAGES = {"adopted": FILL, "pending": MIDDLE, "lapsed": AGAINST, "failed": AGAINST}
NAME, BAR, SAID = 262.0, 186.0, 482.0  # how wide a name and a bar may be; where the words begin
LEFT = SAID - BAR - 14
BARS = "A bar is as long as the roster; its filled part is who counts, and the mark is how many it takes."
SIZE, LEAD, APART = 13, 16.0, 10.0


class Tally(NamedTuple):
    """How many count, of how many it takes, among how many; and what that comes to."""

    name: str
    stage: str
    completed_on: date | None
    counts: int
    required: int
    of: int

    @classmethod
    def of_status(cls, name: str, found: Status) -> Tally:
        """Where a matter stands, as a tally."""
        return cls(name, found.stage, found.completed_on, found.count, found.required, found.of)

    @property
    def counted(self) -> bool:
        """Whether the numbers say more than the stage."""
        return self.of >= FEWEST

    @property
    def said(self) -> str:
        """The outcome in words, with its day.

        Examples
        --------
        >>> Tally("ERA", "pending", None, 35, 38, 50).said
        '35 of 38 · pending'
        """
        ended = f"{self.stage} {self.completed_on}" if self.completed_on else self.stage
        return f"{self.counts} of {self.required} · {ended}" if self.counted else ended


class Group(NamedTuple):
    """Tallies that belong together, under their heading; ``folded`` where it is told only how many ended how."""

    title: str
    tallies: tuple[Tally, ...]
    folded: bool = False


def tally_file(groups: Iterable[Group], title: str, notes: Iterable[str]) -> str:
    """Tallies as a file of its own: each bar as long as its roster, filled by those that count.

    Examples
    --------
    >>> drawn = tally_file([Group("Amendments", (Tally("ERA", "pending", None, 35, 38, 50),))], "Matters", [])
    >>> "35 of 38 · pending" in drawn, "ERA: 35 of 38 · pending, among 50" in drawn
    (True, True)
    """
    body: list[str] = []
    told, y, barred = [], 48.0, False
    for group in groups:
        barred |= not group.folded and any(one.counted for one in group.tallies)
        y += 4
        for line in wrapped(group.title, WIDE - 32, 15, bold=True):
            y += 19
            body.append(written(line, 16, y, 15, INK).replace("<text ", '<text font-weight="600" ', 1))
        body.append(f'<line x1="16" x2="{WIDE - 16}" y1="{y + 7:g}" y2="{y + 7:g}" stroke="{LINE}"/>')
        y += 14
        if not group.folded:
            for one in group.tallies:
                y = _row(one, y, body)
            told.append(f"{group.title}: " + "; ".join(_told(one) for one in group.tallies))
        else:
            said = list(_ended(group.tallies))
            for stage, line in said:
                y = _line(stage, line, y, body)
            told.append(f"{group.title}: " + "; ".join(line for _, line in said))
        y += 8
    y = footnotes([*([BARS] if barred else []), *notes], y - 6, body)
    return sheet(title, ". ".join(told) + ".", y + 18, body)


def _told(one: Tally) -> str:
    return f"{one.name}: {one.said}, among {one.of}" if one.counted else f"{one.name}: {one.said}"


def _row(one: Tally, y: float, body: list[str]) -> float:
    """A tally with its name on the left and its words on the right; how far down it reaches."""
    lines = wrapped(one.name, NAME if one.counted else SAID - 40, SIZE)
    for at, line in enumerate(lines):
        body.append(written(line, 16, y + 14 + LEAD * at, SIZE, INK))
    paint = STAGES.get(one.stage, SOFT)
    if one.counted:
        part, mark = BAR * min(one.counts / one.of, 1.0), LEFT + BAR * min(one.required / one.of, 1.0)
        body.append(f"<g><title>{escape(_told(one))}</title>")
        body.append(f'<rect x="{LEFT:g}" y="{y + 4:g}" width="{BAR:g}" height="12" rx="2" fill="{REST}"/>')
        if part:
            body.append(f'<rect x="{LEFT:g}" y="{y + 4:g}" width="{part:.1f}" height="12" rx="2" fill="{paint}"/>')
        body.append(
            f'<path d="M{mark:.1f} {y + 1:g}v18" stroke="#ffffff" stroke-width="5"/>'
            f'<path d="M{mark:.1f} {y + 1:g}v18" stroke="{INK}" stroke-width="2"/></g>'
        )
    _mark(one.stage, SAID, y, body)
    body.append(written(one.said, SAID + 16, y + 14, SIZE, INK))
    return y + max(LEAD * len(lines), LEAD) + APART - 4


def _ended(tallies: Iterable[Tally]) -> Iterable[tuple[str, str]]:
    """How many ended how, and between when."""
    stages: dict[str, list[Tally]] = {}
    for one in tallies:
        stages.setdefault(one.stage, []).append(one)
    for stage, found in stages.items():
        days = sorted(one.completed_on for one in found if one.completed_on)
        when = "" if not days else f", {days[0]}" if days[0] == days[-1] else f", {days[0]} to {days[-1]}"
        yield stage, f"{many(len(found), 'matter')} {stage}{when}"


def _line(stage: str, said: str, y: float, body: list[str]) -> float:
    _mark(stage, 16, y, body)
    body.append(written(said, 32, y + 14, SIZE, INK))
    return y + LEAD + APART - 4


def _mark(stage: str, x: float, y: float, body: list[str]) -> None:
    """What became of it as a form too, for those who do not tell the colours apart: full, half, or struck."""
    paint, middle = STAGES.get(stage, SOFT), y + 10
    if stage == "adopted":
        body.append(f'<circle cx="{x + 5:g}" cy="{middle:g}" r="5" fill="{paint}"/>')
    elif stage == "pending":
        body.append(f'<circle cx="{x + 5:g}" cy="{middle:g}" r="4" fill="none" stroke="{paint}" stroke-width="2"/>')
    else:
        body.append(f'<path d="M{x + 1:g} {middle - 4:g}l8 8m0-8l-8 8" stroke="{paint}" stroke-width="2.2"/>')
