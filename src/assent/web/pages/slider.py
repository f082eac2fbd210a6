"""The slider: the days of a matter from its first to its last, with a tick where something happened."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from assent.web.pages.setting import day, days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assent.api import Library
    from assent.inquiries.matter.timeline import Moment
    from assent.web.address import Address

WHOLE = 100  # per cent
MARGIN = 0.03  # of the time shown, left free after the last act
MOST_YEARS = 6
LEVELS = {"up": 1, "down": 10, "same": 19}
_REST = "\x01"  # stands in a row for what the links of a page share
Said = tuple[tuple[str, str], ...]


class Slider(NamedTuple):
    """What a slider needs.

    Attributes
    ----------
    first, days, at
        The first day, the number of days to the right end, and the day shown, counted from the first. The right end
        stands for today.
    ticks, years, rows
        Lines, years and rows of the list of days, as HTML.
    now
        How far along the day shown is, in per cent.
    before, after
        Where the steps lead; empty where there is none.
    latest, events
        The last day on which something happened, up to the day shown, and what did.
    number
        Days on which something happened.
    """

    first: date
    days: int
    at: int
    ticks: Markup
    years: Markup
    rows: Markup
    now: float
    before: str
    after: str
    latest: date | None
    events: str
    number: int


class _Track(NamedTuple):
    """What of a slider does not change with the day shown."""

    moments: tuple[Moment, ...]
    on: tuple[date, ...]
    first: date
    days: int
    ticks: Markup
    years: Markup
    rows: list[str]  # in pieces, between which stands what the links of a page share


def slider(ask: Address, library: Library, as_of: date, *, tallied: bool) -> Slider | None:
    """The slider of a matter; ``None`` where nothing happened.

    Parameters
    ----------
    ask
        The page; every step leads to the same page as of another day.
    library
        Where the record is.
    as_of
        The day shown.
    tallied
        Whether the list of days tells the count, or the stage.
    """
    held = tuple(sorted(ask.readings.items()))
    track = _track(library, ask.id, ask.known_as_of, held, ask.window, date.today(), tallied=tallied)
    if track is None:
        return None
    rest = escape(ask.changed(as_of=None).query().replace("?", "&", 1))
    upto, before = bisect_right(track.on, as_of), bisect_left(track.on, as_of)
    rows = rest.join(track.rows)
    if upto > before:
        rows = rows.replace(f"<tr>{_link(as_of)}", f'<tr class="here">{_link(as_of)}', 1)
    earlier = track.on[before - 1] if before else None
    later = track.on[upto] if upto < len(track.on) else None
    last = track.moments[upto - 1] if upto else None
    at = min(max((as_of - track.first).days, 0), track.days)
    return Slider(
        track.first,
        track.days,
        at,
        track.ticks,
        track.years,
        Markup(rows),  # noqa: S704 - escaped above and in _row
        round(at / track.days * WHOLE, 2),
        ask.url(as_of=earlier) if earlier else "",
        ask.url(as_of=later) if later or ask.as_of else "",
        last.on if last else None,
        days("; ".join(last.events) or last.stage) if last else "",
        len(track.moments),
    )


@lru_cache(maxsize=512)
def _track(
    library: Library, matter: str, known: date | None, held: Said, window: int | None, today: date, *, tallied: bool
) -> _Track | None:
    moments = library.timeline(matter, today, known or today, dict(held), window).moments
    if not moments:
        return None
    first = moments[0].on
    span = max((moments[-1].on - first).days, 1)
    length = max(min(span + max(int(span * MARGIN), 1), (today - first).days), 1)
    ticks, years = "".join(_ticks(moments, length)), "".join(_years(first, length))
    rows = "".join(_row(moment, tallied=tallied) for moment in moments).split(_REST)
    on = tuple(moment.on for moment in moments)
    return _Track(moments, on, first, length, Markup(ticks), Markup(years), rows)  # noqa: S704 - numbers alone


def _link(on: date) -> str:
    return f'<td><a data-go href="?as-of={on}'


def _row(moment: Moment, *, tallied: bool) -> str:
    said = escape(days("; ".join(moment.events) or moment.stage))
    count = f"{moment.count} of {moment.required}" if tallied else escape(moment.stage)
    return f'<tr>{_link(moment.on)}{_REST}">{day(moment.on)}</a></td><td>{said}</td><td>{count}</td></tr>'


def _ticks(moments: tuple[Moment, ...], length: int) -> Iterator[str]:
    """A line for each day: above where the count rose, below that where it fell, lowest where it stayed."""
    before = 0
    for moment in moments:
        along = (moment.on - moments[0].on).days
        move = "up" if moment.count > before else "down" if moment.count < before else "same"
        x, y = f"{along / length * WHOLE:.2f}%", LEVELS[move]
        yield f'<line class="t-{move}" data-day="{along}" x1="{x}" x2="{x}" y1="{y}" y2="{y + 8}"/>'
        before = moment.count


def _years(first: date, length: int) -> Iterator[str]:
    """Round years to be written under the slider."""
    end = first + timedelta(days=length)
    every = next((n for n in (1, 2, 5, 10, 20, 50) if (end.year - first.year) / n <= MOST_YEARS), 100)
    for year in range(first.year - first.year % every + every, end.year + 1, every):
        at = (date(year, 1, 1) - first).days / length * WHOLE
        side = "end" if at > WHOLE - 4 else "start" if at < 4 else "middle"
        yield f'<text x="{at:.2f}%" y="13" class="a-{side}">{year}</text>'
