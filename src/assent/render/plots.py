"""Plots: lines over two axes, with what they mean in words; drawn for a page, or as part of a file of its own.

On a page places along an axis are percentages, so that lines stretch with the page and letters do not; in a file each
line stands where it is. What is painted how is said by classes.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

LEFT, RIGHT, TOP, BOTTOM = 9.0, 98.0, 5.0, 88.0  # of the plot, in percent of the drawing
HUNDREDS = ((0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, "100"))


class Line(NamedTuple):
    """A line of a plot: its class, and its points, both from 0 to 1."""

    kind: str
    points: tuple[tuple[float, float], ...]


class Plot(NamedTuple):
    """Lines over two axes.

    Attributes
    ----------
    across, up
        The ticks of both axes: place and text.
    axes
        What the axes are, in a sentence.
    keys
        What is what: class and words, for the legend.
    here, goal
        The point at which one stands, and one to be reached.
    marks
        Lines from top to bottom: place and class.
    """

    lines: tuple[Line, ...]
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...] = HUNDREDS
    axes: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    here: tuple[float, float] | None = None
    goal: tuple[float, float] | None = None
    marks: tuple[tuple[float, str], ...] = ()


def percent(at: float) -> str:
    """A place as a percentage, short.

    Examples
    --------
    >>> percent(12.34567), percent(50.0)
    ('12.35%', '50%')
    """
    return f"{at:.2f}".rstrip("0").rstrip(".") + "%"


def plot_parts(plot: Plot, size: tuple[float, float] | None = None) -> str:
    """The inside of a plot: its grid, its lines, and the points at which one stands.

    Parameters
    ----------
    size
        How wide and high the drawing is, where that is fixed; otherwise the lines stretch with it.

    Examples
    --------
    >>> "cur-line" in plot_parts(Plot((Line("cur-line", ((0, 0), (1, 1))),), ((0, "0"),)))
    True
    """
    left, right, out = percent(LEFT), percent(RIGHT), []
    for at, text in plot.up:
        y = _down(at)
        out.append(f'<line class="cur-grid" x1="{left}" x2="{right}" y1="{y}" y2="{y}"/>')
        out.append(f'<text class="cur-tick a-end" x="{percent(LEFT - 1.5)}" y="{y}" dy="4">{escape(text)}</text>')
    for at, text in plot.across:
        said = f'x="{_along(at)}" y="{percent(BOTTOM)}" dy="18"'
        out.append(f'<text class="cur-tick a-middle" {said}>{escape(text)}</text>')
    for at, kind in plot.marks:
        x = _along(at)
        out.append(f'<line class="{kind}" x1="{x}" x2="{x}" y1="{percent(TOP)}" y2="{percent(BOTTOM)}"/>')
    out.append(_lines(plot.lines, size))
    for point, kind, dot in ((plot.goal, "goal", "aim"), (plot.here, "here", "point")):
        if point is not None and 0 <= point[0] <= 1:
            x, y = _along(point[0]), _down(point[1])
            out.append(f'<line class="cur-{kind}" x1="{x}" x2="{x}" y1="{y}" y2="{percent(BOTTOM)}"/>')
            out.append(f'<line class="cur-{kind}" x1="{left}" x2="{x}" y1="{y}" y2="{y}"/>')
            out.append(f'<circle class="cur-{dot}" cx="{x}" cy="{y}" r="6"/>')
    return "".join(out)


def _lines(lines: Iterable[Line], size: tuple[float, float] | None) -> str:
    if size is not None:
        wide, high = size[0] / 100, size[1] / 100
        return "".join(
            f'<polyline class="{line.kind}" points="'
            + " ".join(
                f"{wide * (LEFT + (RIGHT - LEFT) * x):.2f},{high * (BOTTOM - (BOTTOM - TOP) * y):.2f}"
                for x, y in line.points
            )
            + '"/>'
            for line in lines
        )
    drawn = "".join(
        f'<polyline class="{line.kind}" points="'
        + " ".join(f"{100 * x:.2f},{100 * (1 - y):.2f}" for x, y in line.points)
        + '" vector-effect="non-scaling-stroke"/>'
        for line in lines
    )
    box = f'x="{percent(LEFT)}" y="{percent(TOP)}" width="{percent(RIGHT - LEFT)}" height="{percent(BOTTOM - TOP)}"'
    return f'<svg {box} viewBox="0 0 100 100" preserveAspectRatio="none" overflow="visible">{drawn}</svg>'


def _along(at: float) -> str:
    return percent(LEFT + (RIGHT - LEFT) * at)


def _down(share: float) -> str:
    return percent(BOTTOM - (BOTTOM - TOP) * share)


def round_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers along an axis.

    Examples
    --------
    >>> round_ticks(991_000, 1_700_000)
    [1000000, 1200000, 1400000, 1600000]
    """
    size = 10 ** (len(str(int(high - low))) - 1)
    unit = next(
        u for u in (size / 10, size / 5, size / 2, size, 2 * size, 5 * size, 10 * size) if (high - low) / u <= most
    )
    first = int(-(-low // unit))
    return [int(n * unit) for n in range(first, int(high // unit) + 1)]
