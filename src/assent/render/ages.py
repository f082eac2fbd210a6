"""How old the data are, as a drawing: a bar for each file that says up to when it holds; then what happened last."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from assent.errors import NotApplicable
from assent.render.charts import FILL, INK, LINE, MIDDLE, SOFT, footnotes, sheet, written
from assent.render.strips import LEFT, RIGHT, Span
from assent.render.words import many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.inquiries.filed.staleness import DataFile, Staleness

OLD = 365  # days after which a reader is told so
WIDEST, ROW = 250.0, 24.0
FULL = LEFT + WIDEST


def svg(found: Staleness) -> str:
    """How old each file of data is, as a file of its own.

    Raises
    ------
    NotApplicable
        No file says up to when it holds, nor when something happened.

    Examples
    --------
    >>> from assent import library
    >>> drawn = svg(library().staleness("2026-08-15"))
    >>> "facts/chambers.csv: holds as of 2026-08-05, 10 days ago" in drawn
    True
    """
    aged = sorted((file for file in found.files if file.age is not None), key=lambda file: -(file.age or 0))
    dated = sorted((file for file in found.files if file.age is None and file.last), key=_last)
    if not aged and not dated:
        raise NotApplicable("No file says how old it is: there is nothing to draw.")
    body: list[str] = []
    y = 48.0
    if aged:
        y = _head("Holds as of a day", y, body)
        y = _bars(aged, y, body)
    if dated:
        y = _head("The last happening in it", y + 10, body)
        y = _dots(dated, found, y, body)
    silent = len(found.files) - len(aged) - len(dated)
    notes = [f"{many(silent, 'file')} more {'says' if silent == 1 else 'say'} neither."] if silent else []
    notes += ["Amber: more than a year before the day asked about."] if any((f.age or 0) > OLD for f in aged) else []
    notes += [f"As of {found.as_of}. Again: {found.reproduce}"]
    y = footnotes(notes, y, body)
    rows = sum(file.rows for file in found.files)
    title = f"How old the data are: {many(len(found.files), 'file')}, {many(rows, 'row')}"
    return sheet(title, "; ".join(map(_told, [*aged, *dated])) + ".", y + 18, body)


def _last(file: DataFile) -> str:
    return str(file.last)


def _told(file: DataFile) -> str:
    if file.age is None:
        return f"{file.file}: last happening {file.last}"
    return f"{file.file}: holds as of {file.newest}, {_age(file.age)}"


def _age(days: int) -> str:
    """How long ago, or how long after the day asked about.

    Examples
    --------
    >>> _age(10), _age(-1)
    ('10 days ago', '1 day after')
    """
    return f"{many(days, 'day')} ago" if days >= 0 else f"{many(-days, 'day')} after"


def _head(said: str, y: float, body: list[str]) -> float:
    body.append(written(said, 16, y + 18, 15, INK).replace("<text ", '<text font-weight="600" ', 1))
    return y + 28


def _bars(files: Sequence[DataFile], y: float, body: list[str]) -> float:
    """A bar for each file, as long as it is old, and where a year ends."""
    top = max(*(file.age or 0 for file in files), OLD)
    year = LEFT + WIDEST * OLD / top
    if any((file.age or 0) > 0 for file in files):
        body.append(f'<path d="M{year:.1f} {y:g}v{ROW * len(files) + 4:g}" stroke="{SOFT}" stroke-dasharray="3 3"/>')
        body.append(written("a year", year, y + ROW * len(files) + 16, 12, SOFT, "middle"))
    for file in files:
        age = file.age or 0
        body.append(f"<g><title>{escape(_told(file))}</title>")
        body.append(written(file.file, LEFT - 14, y + 15, 13, INK, "end"))
        paint = MIDDLE if age > OLD else FILL
        if age > 0:
            long = WIDEST * age / top
            body.append(f'<rect x="{LEFT:g}" y="{y + 3:g}" width="{long:.1f}" height="16" rx="2" fill="{paint}"/>')
        body.append(written(f"{file.newest} · {_age(age)}", FULL + 12, y + 15, 13, SOFT))
        body.append("</g>")
        y += ROW
    return y + 26


def _dots(files: Sequence[DataFile], found: Staleness, y: float, body: list[str]) -> float:
    """A dot for each file on the day of the last that happened in it, along the years to the day asked about."""
    days = [file.last for file in files if file.last]
    span = Span(days[0], max(found.as_of, days[-1]))
    for day, said in span.ticks():
        x = span.at(day)
        body.append(f'<path d="M{x:.1f} {y + 16:g}v{ROW * len(files):g}" stroke="{LINE}"/>')
        body.append(written(said, x, y + 12, 12, SOFT, "middle"))
    y += 18
    for file in files:
        x = span.at(file.last or span.first)
        body.append(f"<g><title>{escape(_told(file))}</title>")
        body.append(written(file.file, LEFT - 14, y + 15, 13, INK, "end"))
        body.append(f'<path d="M{x:.1f} {y + 11:g}H{RIGHT:g}" stroke="{FILL}" stroke-opacity=".35" stroke-width="2"/>')
        body.append(f'<circle cx="{x:.1f}" cy="{y + 11:g}" r="5" fill="{FILL}"/>')
        body.append("</g>")
        y += ROW
    return y + 6
