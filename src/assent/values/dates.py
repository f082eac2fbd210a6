"""Dates: read from text, and stepped through."""

from __future__ import annotations

from datetime import date, timedelta

from assent.errors import BadDate

FIRST = date.min
LAST = date.max
DAY = timedelta(days=1)


def read_date(text: str, *, where: str = "") -> date:
    """Read an ISO date.

    Parameters
    ----------
    text
        ``YYYY-MM-DD``, or the words ``today`` and ``now``.
    where
        The option or field, for the message.

    Raises
    ------
    BadDate
        The text is no date of the calendar.

    Examples
    --------
    >>> read_date("1868-07-09")
    datetime.date(1868, 7, 9)
    """
    if text in {"today", "now"}:
        return date.today()
    try:
        read = date.fromisoformat(text)
    except ValueError:
        read = None
    if read is None or len(text) != len("YYYY-MM-DD"):
        raise BadDate(f"{text!r} is no date.", where=where, remedy=_remedy(text))
    return read


def _remedy(text: str) -> str:
    parts = text.replace("/", "-").split("-")
    if len(parts) == 1 and parts[0].isdigit() and len(parts[0]) == len("YYYY"):
        return f"Write a whole date as YYYY-MM-DD, for example {parts[0]}-12-31."
    numbers = [int(p) for p in parts if p.isdigit()]
    if len(numbers) == len(parts) == len(("y", "m", "d")) and numbers[0] > 0:
        year, month, day = numbers[0], min(max(numbers[1], 1), 12), max(numbers[2], 1)
        while day > 1:
            try:
                return f"Write it as YYYY-MM-DD; the nearest date is {date(year, month, day)}."
            except ValueError:
                day = min(day - 1, 31)
    return f"Write it as YYYY-MM-DD, for example {date.today()}."


def years_after(day: date, years: int) -> date:
    """The same day, a number of years later (29 February becomes the 28th).

    Examples
    --------
    >>> years_after(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    year = day.year + years
    if year > LAST.year:
        return LAST
    if year < FIRST.year:
        return FIRST
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
