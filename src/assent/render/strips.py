"""The record as a strip: how many acts there are of each time, and below it a lane for each matter, or kind of act."""

from __future__ import annotations

from collections import Counter
from datetime import date
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from assent.errors import NotApplicable
from assent.render.charts import FILL, INK, LINE, MIDDLE, REST, SOFT, WIDE, footnotes, sheet, written
from assent.render.diagram import wrapped
from assent.render.plots import round_ticks
from assent.render.words import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assent.inquiries.filed.acts import ActRow, Acts

LEFT, RIGHT, NAME = 250.0, 662.0, 226.0  # of the strip, and how wide a name may be
LANES, LANE, LEAD = 24, 22.0, 14.0  # at most; how high one is, and a line of its name
COLUMNS, HIGH = 60, 72.0  # at most, and how high the tallest
FEW = 3  # years in which columns say no more than the marks
YEARS = (1, 2, 5, 10, 20, 50, 100)
DISPUTED = "Amber: sources differ on the day."
ROUGH = "An act of which only the month or the year is known stands at its beginning."


class Span(NamedTuple):
    """The days that a strip shows."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day stands."""
        whole = (self.last - self.first).days or 1
        return LEFT + (RIGHT - LEFT) * (day - self.first).days / whole

    def ticks(self) -> list[tuple[date, str]]:
        """Days along the axis, with their labels: round years, or the first and the last day where it is short.

        Examples
        --------
        >>> [said for _, said in Span(date(1972, 3, 22), date(1982, 6, 30)).ticks()]
        ['1974', '1976', '1978', '1980', '1982']
        >>> [said for _, said in Span(date(1919, 6, 4), date(1920, 8, 18)).ticks()]
        ['1919-06-04', '1920-08-18']
        """
        years = [int(year) for year in round_ticks(self.first.year, self.last.year, 6)] if self.years > FEW else []
        found = [(date(year, 1, 1), str(year)) for year in years if date(year, 1, 1) >= self.first]
        return found or [(day, str(day)) for day in dict.fromkeys(self)]

    @property
    def years(self) -> int:
        """From the year of the first to that of the last."""
        return self.last.year - self.first.year


class Lane(NamedTuple):
    """Acts that stand side by side."""

    name: str
    acts: Sequence[ActRow]

    @property
    def lines(self) -> list[str]:
        """Its name in two lines at most."""
        first, *more = wrapped(self.name, NAME, 12)
        return [first, *more] if len(more) < 2 else [first, f"{more[0].rstrip(' ,;:(')}…"]

    @property
    def high(self) -> float:
        """How high it is drawn."""
        return LANE + (LEAD - 3) * (len(self.lines) - 1)


def svg(found: Acts) -> str:
    """The acts of a record over time, as a file of its own.

    Raises
    ------
    NotApplicable
        No act meets what was asked.

    Examples
    --------
    >>> from assent import library
    >>> drawn = svg(library().acts("us/amendment/era", "ID"))
    >>> "<desc" in drawn, "ratify: 1 act, 1972-03-24" in drawn
    (True, True)
    """
    if not found.acts:
        raise NotApplicable("No act on file meets this: there is nothing to draw.")
    span = Span(found.acts[0].earliest, found.acts[-1].earliest)
    body: list[str] = []
    notes = [DISPUTED] if found.disputed else []
    y = 56.0
    if span.years > FEW:
        step = next((years for years in YEARS if span.years / years <= COLUMNS), YEARS[-1])
        first = max(span.first.year // step * step, 1)
        span = Span(date(first, 1, 1), _new_year(first + step * ((span.last.year - first) // step + 1)))
        y = _columns(found.acts, span, step, y, body)
        notes.insert(0, f"Above: how many acts there are of each {'year' if step == 1 else f'{step} years'}.")
    lanes = list(_lanes(found))
    y = _axis(span, y, sum(lane.high for lane in lanes), body)
    for lane in lanes:
        _lane(lane, span, y, body)
        y += lane.high
    notes += [ROUGH] if any(act.precision != "day" for act in found.acts) else []
    y = footnotes([*notes, f"Again: {found.reproduce}"], y + 8, body)
    return sheet(_title(found), "; ".join(map(_told, lanes)) + ".", y + 18, body)


def _title(found: Acts) -> str:
    """What is shown, in words."""
    first = found.acts[0]
    limits = [first.title] if found.matter else []
    limits += [first.name] if found.state else []
    limits += [found.act.replace("-", " ")] if found.act else []
    limits += [f"since {found.since}"] if found.since else []
    limits += [f"until {found.until}"] if found.until else []
    return f"The record: {many(found.total, 'act')}{', ' + ', '.join(limits) if limits else ''}"


def _lanes(found: Acts) -> Iterable[Lane]:
    """By kind of act where there is one matter, else by matter; beyond so many those with the fewest acts together."""
    lanes: dict[str, list[ActRow]] = {}
    for act in found.acts:
        lanes.setdefault(act.act.replace("-", " ") if found.matter else act.title, []).append(act)
    shown = set(lanes)
    if len(lanes) > LANES:
        shown = set(sorted(lanes, key=lambda name: -len(lanes[name]))[: LANES - 1])
    yield from (Lane(name, acts) for name, acts in lanes.items() if name in shown)
    rest = [act for name, acts in lanes.items() if name not in shown for act in acts]
    if rest:
        yield Lane(f"{len(lanes) - len(shown)} others", rest)


def _told(lane: Lane) -> str:
    days = sorted(act.earliest for act in lane.acts)
    when = f"{days[0]}" if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
    disputed = sum(act.disputed for act in lane.acts)
    differ = f", sources differ on the day of {disputed}" if disputed else ""
    return f"{lane.name}: {many(len(lane.acts), 'act')}, {when}{differ}"


def _columns(acts: Sequence[ActRow], span: Span, step: int, y: float, body: list[str]) -> float:
    """How many acts there are of each so many years, those that are disputed below; how far down that reaches."""
    start = span.first.year

    def counted(those: Iterable[ActRow]) -> Counter[int]:
        return Counter((act.earliest.year - start) // step for act in those)

    every, amber = counted(acts), counted(act for act in acts if act.disputed)
    most, base = max(every.values()), y + HIGH
    body.append(f'<path d="M{LEFT:g} {y:g}H{RIGHT:g}" stroke="{LINE}"/>')
    body.append(written(f"{most:,}", LEFT - 14, y + 5, 12, SOFT, "end"))
    for at, number in sorted(every.items()):
        year = start + at * step
        x = span.at(date(year, 1, 1))
        wide = span.at(min(_new_year(year + step), span.last)) - x - 1
        high, low = HIGH * number / most, HIGH * amber[at] / most
        when = str(year) if step == 1 else f"{year} to {year + step - 1}"
        body.append(f"<g><title>{when}: {many(number, 'act')}</title>")
        for top, long, paint in ((base - high, high - low, FILL), (base - low, low, MIDDLE)):
            if long:
                at_ = f'x="{x:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{long:.1f}"'
                body.append(f'<rect {at_} fill="{paint}"/>')
        body.append("</g>")
    return base + 6


def _new_year(year: int) -> date:
    return date(year, 1, 1) if year <= date.max.year else date.max


def _axis(span: Span, y: float, high: float, body: list[str]) -> float:
    """The days along the strip, each with a line through all lanes; where the lanes begin."""
    ticks = span.ticks()
    for at, (day, said) in enumerate(ticks):
        x = span.at(day)
        ends = len(ticks) < 3 and len(said) > 4
        anchor = "middle" if not ends else "end" if at and at == len(ticks) - 1 else "start"
        body.append(f'<path d="M{x:.1f} {y:g}V{y + 22 + high:g}" stroke="{LINE}"/>')
        body.append(written(said, x, y + 13, 12, SOFT, anchor))
    return y + 22


def _lane(lane: Lane, span: Span, y: float, body: list[str]) -> None:
    """A lane: its name, a mark for each act, those that are disputed on top, and how many there are."""
    middle = y + lane.high / 2
    body.append(f"<g><title>{escape(_told(lane))}</title>")
    for at, line in enumerate(lane.lines):
        body.append(written(line, LEFT - 14, middle + 4 + LEAD * (at - (len(lane.lines) - 1) / 2), 12, INK, "end"))
    body.append(f'<path d="M{LEFT:g} {middle:g}H{RIGHT:g}" stroke="{REST}"/>')
    for disputed, paint in ((False, FILL), (True, MIDDLE)):
        places = sorted({round(span.at(act.earliest), 1) for act in lane.acts if act.disputed is disputed})
        if places:
            marks = "".join(f"M{x:g} {middle - 7:g}v14" for x in places)
            body.append(f'<path d="{marks}" stroke="{paint}" stroke-width="2"/>')
    body.append(written(f"{len(lane.acts):,}", WIDE - 16, middle + 4, 13, SOFT, "end"))
    body.append("</g>")
