"""Charts: bars, a curve and a hundred dots as plain SVG, without a script, each with its words.

Parts are for pages, whose style sheet paints their classes; places along an axis are percentages, so that lines
stretch with the page and letters do not. ``X_svg`` is a file of its own, painted where it stands.
"""

from __future__ import annotations

from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEFT, RIGHT, TOP, BOTTOM = 9.0, 98.0, 5.0, 88.0  # of the plot, in percent of the drawing
ACROSS = 10  # dots in a row
STEP, RADIUS = 12, 4.6
GROUND, INK, SOFT, LINE, FILL, REST = "#ffffff", "#1c2130", "#5a5f6e", "#dcd8ce", "#1f6f54", "#e4e1d8"
FONT = "system-ui, Segoe UI, DejaVu Sans, sans-serif"
WIDE, ROW = 720, 26
PLOT = (474, 220)
LETTERS, HEAD = 104, 70  # in a line of a note, and of a title


class Bar(NamedTuple):
    """A bar: whose it is, how long it is, and the number in words."""

    name: str
    value: float
    said: str


class Point(NamedTuple):
    """A point of a curve, both from 0 to 1."""

    x: float
    y: float


def percent(at: float) -> str:
    """A place as a percentage, short.

    Examples
    --------
    >>> percent(12.34567), percent(50.0)
    ('12.35%', '50%')
    """
    return f"{at:.2f}".rstrip("0").rstrip(".") + "%"


def dot_parts(filled: int, of: int = 100) -> str:
    """A hundred dots, so many of them filled, row by row.

    Examples
    --------
    >>> dot_parts(36).count("d-yes"), dot_parts(36).count("d-no")
    (36, 64)
    """
    return "".join(
        f'<circle class="d-{"yes" if at < filled else "no"}" cx="{at % ACROSS * STEP + STEP // 2}" '
        f'cy="{at // ACROSS * STEP + STEP // 2}" r="{RADIUS}"/>'
        for at in range(of)
    )


def curve_parts(
    points: Sequence[Point], here: Point | None, low: float, high: float, size: tuple[float, float] | None = None
) -> str:
    """The inside of a curve: its grid, its line, and the point at which one stands.

    Parameters
    ----------
    points
        From left to right.
    here
        Where one stands, if that is on the curve.
    low, high
        The ends of the axis from left to right.
    size
        How wide and high the drawing is, where that is fixed; otherwise the line stretches with it.

    Examples
    --------
    >>> "cur-line" in curve_parts([Point(0, 0), Point(1, 1)], Point(0.5, 0.5), 0, 1)
    True
    """
    span = high - low
    across = [low + span * part / 5 for part in range(6)]
    out = []
    for part in range(5):
        y = _down(part / 4)
        out.append(f'<line class="cur-grid" x1="{percent(LEFT)}" x2="{percent(RIGHT)}" y1="{y}" y2="{y}"/>')
        out.append(f'<text class="cur-tick a-end" x="{percent(LEFT - 1.5)}" y="{y}" dy="4">{part * 25}</text>')
    for value in across:
        x = _along(value, low, high)
        out.append(f'<text class="cur-tick a-middle" x="{x}" y="{percent(BOTTOM)}" dy="18">{100 * value:.3g}</text>')
    out.append(_line([((p.x - low) / span, p.y) for p in points], size))
    if here is not None and low <= here.x <= high:
        x, y = _along(here.x, low, high), _down(here.y)
        out.append(f'<line class="cur-here" x1="{x}" x2="{x}" y1="{y}" y2="{percent(BOTTOM)}"/>')
        out.append(f'<line class="cur-here" x1="{percent(LEFT)}" x2="{x}" y1="{y}" y2="{y}"/>')
        out.append(f'<circle class="cur-point" cx="{x}" cy="{y}" r="6"/>')
    return "".join(out)


def _line(places: Iterable[tuple[float, float]], size: tuple[float, float] | None) -> str:
    """The line through places of the plot, each from 0 to 1 to the right and upwards."""
    if size is None:
        drawn = " ".join(f"{100 * x:.2f},{100 * (1 - y):.2f}" for x, y in places)
        box = f'x="{percent(LEFT)}" y="{percent(TOP)}" width="{percent(RIGHT - LEFT)}" height="{percent(BOTTOM - TOP)}"'
        return (
            f'<svg {box} viewBox="0 0 100 100" preserveAspectRatio="none" overflow="visible">'
            f'<polyline class="cur-line" points="{drawn}" vector-effect="non-scaling-stroke"/></svg>'
        )
    wide, high = size[0] / 100, size[1] / 100
    drawn = " ".join(
        f"{wide * (LEFT + (RIGHT - LEFT) * x):.2f},{high * (BOTTOM - (BOTTOM - TOP) * y):.2f}" for x, y in places
    )
    return f'<polyline class="cur-line" points="{drawn}"/>'


def _along(value: float, low: float, high: float) -> str:
    return percent(LEFT + (RIGHT - LEFT) * (value - low) / (high - low))


def _down(share: float) -> str:
    return percent(BOTTOM - (BOTTOM - TOP) * share)


def bar_file(bars: Sequence[Bar], title: str, notes: Iterable[str], most: float = 0.0) -> str:
    """Ranked bars as a file of their own.

    Parameters
    ----------
    bars
        The longest first.
    most
        What a whole bar stands for; the longest unless given.

    Examples
    --------
    >>> "CA 4.19" in bar_file([Bar("CA", 0.0419, "4.19 %")], "Power", ["By Banzhaf."])
    True
    """
    top = most or max((bar.value for bar in bars), default=0.0) or 1.0
    y = 74.0
    body = []
    for bar in bars:
        long = max(340 * bar.value / top, 1.0 if bar.value > 0 else 0.0)
        body.append(_text(bar.name, 244, y + 14, 14, INK, "end"))
        body.append(f'<rect x="256" y="{y}" width="{long:.1f}" height="{ROW - 8}" rx="2" fill="{FILL}">'
                    f"<title>{escape(f'{bar.name} {bar.said}')}</title></rect>")  # fmt: skip
        body.append(_text(bar.said, 256 + long + 8, y + 14, 13, SOFT))
        y += ROW
    y = _notes(notes, y, body)
    told = "; ".join(f"{bar.name} {bar.said}" for bar in bars)
    return _file(title, told, y + 18, body)


def chance_file(points: Sequence[Point], here: Point | None, filled: int, words: Iterable[str], title: str) -> str:
    """A hundred dots, the curve if there is one, and what both rest on, as a file of its own.

    Examples
    --------
    >>> chance_file([], None, 36, ["Everyone 66 in 100"], "Chance").count("<circle")
    100
    """
    scale = 1.5
    body = [f'<g transform="translate(16 56) scale({scale:g})">{_painted(dot_parts(filled))}</g>']
    if points:
        plot = _painted(curve_parts(points, here, points[0].x, points[-1].x, PLOT))
        body.append(f'<svg x="{WIDE - PLOT[0] - 16}" y="50" width="{PLOT[0]}" height="{PLOT[1]}">{plot}</svg>')
    told = list(words)
    y = _notes(told, 270, body)
    return _file(title, " ".join((f"{filled} of 100 dots are filled.", *told)), y + 18, body)


_PAINT = {
    'class="d-yes"': f'fill="{FILL}"',
    'class="d-no"': f'fill="{REST}" stroke="#8c909c" stroke-width=".6"',
    'class="cur-grid"': f'stroke="{LINE}"',
    'class="cur-tick a-end"': f'font-size="12" fill="{SOFT}" text-anchor="end"',
    'class="cur-tick a-middle"': f'font-size="12" fill="{SOFT}" text-anchor="middle"',
    'class="cur-line"': f'fill="none" stroke="{FILL}" stroke-width="2.5"',
    'class="cur-here"': f'stroke="{SOFT}" stroke-dasharray="3 3"',
    'class="cur-point"': f'fill="{FILL}" stroke="{GROUND}" stroke-width="2"',
}


def _painted(parts: str) -> str:
    """Parts with their paint in place of their classes."""
    for kind, paint in _PAINT.items():
        parts = parts.replace(kind, paint)
    return parts


def _notes(notes: Iterable[str], y: float, body: list[str]) -> float:
    """Sentences below a drawing, each in as many lines as it takes; how far down they reach."""
    for note in notes:
        for at, line in enumerate(wrap(note, LETTERS)):
            y += 16 if at else 20
            body.append(_text(line, 16, y, 12, SOFT))
    return y


def _text(said: str, x: float, y: float, size: int, fill: str, anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}" text-anchor="{anchor}">{escape(said)}</text>'


def _file(title: str, told: str, high: float, body: Iterable[str]) -> str:
    lines = wrap(title, HEAD) or [""]
    top = 24 * (len(lines) - 1)
    high += top
    size = f'viewBox="0 0 {WIDE} {high:g}" width="{WIDE}" height="{high:g}"'
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc" font-family="{FONT}">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(told)}</desc>',
        f'<rect width="{WIDE}" height="{high:g}" fill="{GROUND}"/>',
        *(_text(line, 16, 32 + 24 * at, 18, INK) for at, line in enumerate(lines)),
        f'<g transform="translate(0 {top})">',
        *body,
        "</g>",
        "</svg>",
        "",
    ])  # fmt: skip
