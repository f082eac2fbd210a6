"""Charts: bars, a curve and a hundred dots as plain SVG, without a script, each with its words.

Parts are for pages, whose style sheet paints their classes. ``X_file`` is a file of its own, painted where it stands.
"""

from __future__ import annotations

from html import escape
from re import sub
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from assent.render.plots import LEFT, Line, Plot, plot_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HUNDRED, ACROSS = 100, 10  # dots, and in a row
STEP, RADIUS = 12, 4.6
GROUND, INK, SOFT, LINE, FILL, REST = "#ffffff", "#1c2130", "#5a5f6e", "#dcd8ce", "#1f6f54", "#e4e1d8"
MIDDLE, AIM, AGAINST, UNSURE = "#d39b2f", "#1d4f8c", "#a63c2e", "#8a5a00"
FONT = "system-ui, Segoe UI, DejaVu Sans, sans-serif"
WIDE, ROW, LONGEST = 720, 26, 310
DOTS = 180  # how wide and high a hundred of them are in a file
LETTERS, HEAD = 104, 70  # in a line of a note, and of a title
LETTER = 6.6  # how wide one of a legend is


class Bar(NamedTuple):
    """A bar: whose it is, how long it is, and the number in words."""

    name: str
    value: float
    said: str


class Point(NamedTuple):
    """A point of a curve, both from 0 to 1."""

    x: float
    y: float


def dot_parts(filled: int, of: int = HUNDRED) -> str:
    """A hundred dots, so many of them filled, row by row.

    Examples
    --------
    >>> dot_parts(36).count("d-yes"), dot_parts(36).count("d-no")
    (36, 64)
    """
    return _dots(["yes"] * filled + ["no"] * (of - filled))


def hundred(parts: Sequence[tuple[str, float]]) -> tuple[str, tuple[int, ...]]:
    """A hundred dots, shared out among the ends of something, and how many each has.

    Examples
    --------
    >>> hundred([("yes", 0.5), ("mid", 0.3), ("no", 0.2)])[1]
    (50, 30, 20)
    """
    whole = [int(HUNDRED * share) for _, share in parts]
    order = sorted(range(len(parts)), key=lambda at: whole[at] - HUNDRED * parts[at][1])
    for at in order[: max(HUNDRED - sum(whole), 0)]:
        whole[at] += 1
    return _dots([kind for (kind, _), number in zip(parts, whole, strict=True) for _ in range(number)]), tuple(whole)


def _dots(kinds: Iterable[str]) -> str:
    return "".join(
        f'<circle class="d-{kind}" cx="{at % ACROSS * STEP + STEP // 2}" cy="{at // ACROSS * STEP + STEP // 2}" '
        f'r="{RADIUS}"/>'
        for at, kind in enumerate(kinds)
    )


def curve(points: Sequence[Point], here: Point | None, low: float, high: float) -> Plot:
    """A curve over an assumption that goes from ``low`` to ``high``, and where one stands, if that is on it.

    Examples
    --------
    >>> curve([Point(0.2, 0), Point(0.6, 1)], None, 0.2, 0.6).across[1]
    (0.2, '28')
    """

    def at(x: float) -> float:
        return (x - low) / (high - low)

    across = [low + (high - low) * part / 5 for part in range(6)]
    return Plot(
        (Line("cur-line", tuple((at(point.x), point.y) for point in points)),),
        tuple((round(at(value), 9), f"{100 * value:.3g}") for value in across),
        here=(at(here.x), here.y) if here is not None else None,
    )


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
    y = 62.0
    body = []
    for bar in bars:
        long = max(LONGEST * bar.value / top, 1.0 if bar.value > 0 else 0.0)
        body.append(written(bar.name, 244, y + 14, 14, INK, "end"))
        body.append(f'<rect x="256" y="{y}" width="{long:.1f}" height="{ROW - 8}" rx="2" fill="{FILL}">'
                    f"<title>{escape(f'{bar.name} {bar.said}')}</title></rect>")  # fmt: skip
        body.append(written(bar.said, 256 + long + 8, y + 14, 13, SOFT))
        y += ROW
    y = footnotes(notes, y, body)
    told = "; ".join(f"{bar.name} {bar.said}" for bar in bars)
    return sheet(title, told, y + 18, body)


def plot_file(plot: Plot | None, shares: Sequence[tuple[str, float]], words: Iterable[str], title: str) -> str:
    """A hundred dots, a plot, or both, and what they rest on, as a file of its own.

    Parameters
    ----------
    shares
        How the dots are shared out: kind and share of each end; none for no dots.
    words
        What stands below; the whole in words too, for those who do not see it.

    Examples
    --------
    >>> plot_file(None, [("yes", 0.36), ("no", 0.64)], ["Everyone 66 in 100"], "Chance").count("<circle")
    100
    """
    told, body, y = list(words), [], 60.0
    if shares:
        body.append(f'<g transform="translate(16 56) scale({DOTS / 120:g})">{_painted(hundred(shares)[0])}</g>')
        y = 56.0 + DOTS
    if plot is not None:
        wide = WIDE - 32 - (DOTS + 18 if shares else 0)
        high = 220 if shares else 300
        inside = _painted(plot_parts(plot, (wide, high)))
        body.append(f'<svg x="{WIDE - wide - 16}" y="50" width="{wide}" height="{high}">{inside}</svg>')
        y = 50.0 + high + 6
        y = _keys(plot, WIDE - wide - 16 + wide * LEFT / 100, y, body)
        told = [*([plot.axes] if plot.axes else []), *told]
    y = footnotes(told, y + 4, body)
    return sheet(title, " ".join(told), y + 18, body)


def _keys(plot: Plot, left: float, y: float, body: list[str]) -> float:
    """What is what in a plot, as many in a row as fit; how far down they reach."""
    x = left
    for kind, said in plot.keys:
        long = 38 + LETTER * len(said) + 18
        if x > left and x + long > WIDE - 16:
            x, y = left, y + 20
        body.append(_painted(key_mark(kind, x, y + 8)))
        body.append(written(said, x + 38, y + 12, 12, SOFT))
        x += long
    return y + 20 if plot.keys else y


def key_mark(kind: str, x: float = 0.0, y: float = 7.0) -> str:
    """What a class of a plot looks like, for a legend: a dot, a line from top to bottom, or one across.

    Examples
    --------
    >>> key_mark("cur-point")
    '<circle class="cur-point" cx="16" cy="7" r="5"/>'
    """
    if kind in {"cur-point", "cur-aim"} or kind.startswith("d-"):
        return f'<circle class="{kind}" cx="{x + 16:g}" cy="{y:g}" r="5"/>'
    if kind.startswith("st-"):
        return f'<line class="{kind}" x1="{x + 16:g}" x2="{x + 16:g}" y1="{y - 7:g}" y2="{y + 7:g}"/>'
    return f'<line class="{kind}" x1="{x:g}" x2="{x + 32:g}" y1="{y:g}" y2="{y:g}"/>'


_PAINT = {
    "d-yes": f'fill="{FILL}"',
    "d-mid": f'fill="{MIDDLE}"',
    "d-no": f'fill="{REST}" stroke="#8c909c" stroke-width=".6"',
    "cur-grid": f'stroke="{LINE}"',
    "cur-tick a-end": f'font-size="12" fill="{SOFT}" text-anchor="end"',
    "cur-tick a-middle": f'font-size="12" fill="{SOFT}" text-anchor="middle"',
    "cur-line": f'fill="none" stroke="{FILL}" stroke-width="2.5"',
    "cur-mid": f'fill="none" stroke="{MIDDLE}" stroke-width="2"',
    "cur-base": f'fill="none" stroke="{SOFT}" stroke-width="2" stroke-dasharray="5 4"',
    "cur-here": f'stroke="{SOFT}" stroke-dasharray="3 3"',
    "cur-goal": f'stroke="{AIM}" stroke-dasharray="2 3"',
    "cur-point": f'fill="{FILL}" stroke="{GROUND}" stroke-width="2"',
    "cur-aim": f'fill="{GROUND}" stroke="{AIM}" stroke-width="2.5"',
    "st-enforce": f'stroke="{AGAINST}" stroke-width="1.6" stroke-dasharray="3 2"',
    "st-tolerate": f'stroke="{FILL}" stroke-width="1.2"',
    "st-loosen": f'stroke="{FILL}" stroke-width="1.2"',
    "st-mixed": f'stroke="{UNSURE}" stroke-width="1.6" stroke-dasharray="6 2"',
}


def _painted(parts: str) -> str:
    """Parts with their paint in place of their classes."""
    return sub(r'class="([^"]+)"', lambda found: _PAINT[found[1]], parts)


def footnotes(notes: Iterable[str], y: float, body: list[str]) -> float:
    """Sentences below a drawing, each in as many lines as it takes; how far down they reach."""
    for note in notes:
        for at, line in enumerate(wrap(note, LETTERS)):
            y += 16 if at else 20
            body.append(written(line, 16, y, 12, SOFT))
    return y


def written(said: str, x: float, y: float, size: int, fill: str, anchor: str = "start") -> str:
    """Words at a place."""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}" text-anchor="{anchor}">{escape(said)}</text>'


def sheet(title: str, told: str, high: float, body: Iterable[str]) -> str:
    """A drawing with its ground, its title and, for those who do not see it, what it tells."""
    lines = wrap(title, HEAD) or [""]
    top = 24 * (len(lines) - 1)
    high += top
    size = f'viewBox="0 0 {WIDE} {high:g}" width="{WIDE}" height="{high:g}"'
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc" font-family="{FONT}">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(told)}</desc>',
        f'<rect width="{WIDE}" height="{high:g}" fill="{GROUND}"/>',
        *(written(line, 16, 32 + 24 * at, 18, INK) for at, line in enumerate(lines)),
        f'<g transform="translate(0 {top})">',
        *body,
        "</g>",
        "</svg>",
        "",
    ])  # fmt: skip
