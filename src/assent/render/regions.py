"""A map of regions: as letters in a picture, as a table, and as a drawing in plain SVG without a script."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from assent.render.page import Block, Para, Picture, Span, Table, quiet, say, strong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.inquiries.standoff.regions import Axis, Region, RegionMap
    from assent.render.page import Line

MOST_ACROSS, MOST_UP = 60, 24
TICKS = 5
LIGHT = ("#cfe3f5", "#fbe3b5", "#d4ecd5", "#f3cfc9", "#e2d6f2", "#d9d6cc", "#bfe6e4", "#f0d3e4")
DARK = ("#1f4e79", "#6b5313", "#2d5a3a", "#7a352b", "#4d3d73", "#4a4a45", "#1f5c5a", "#6b3355")
INK_LIGHT, INK_DARK = "#1f2328", "#f0f6fc"
HERE = "◆"


def regions_blocks(found: RegionMap) -> list[Block]:
    """The map as letters, and what each letter stands for."""
    rows = tuple(
        (
            (Span(region.letter, "strong"),),
            say(region.text, strong(f" {HERE} here") if region.here else ""),
            say(_part(region.share)),
            say(_ends(region.x)),
            say(_ends(region.y)),
        )
        for region in found.regions
    )
    told = (
        f"{HERE}: the standoff asked about. Small letters: the state does not go ahead. A digit: the first of the "
        "percent that are offered and accepted. On the right, from where to where a region reaches."
    )
    return [
        Para(say(f"Up: {found.y.label}, {found.y.symbol}. Across: {found.x.label}, {found.x.symbol}.")),
        Picture(_picture(found), told_of(found)),
        Para(say(quiet(told))),
        Table(
            ("", "What happens", "Of all", found.x.symbol, found.y.symbol), rows, frozenset({2, 3, 4}), frozenset({1})
        ),
    ]


def told_of(found: RegionMap) -> str:
    """The map in words, for those who do not see it."""
    parts = [
        f"{region.letter}: {region.text}, {_part(region.share)} of the map, {found.x.symbol} {_ends(region.x)}, "
        f"{found.y.symbol} {_ends(region.y)}"
        for region in found.regions
    ]
    return f"What happens over {found.x.label} and {found.y.label}. " + "; ".join(parts) + "."


def _part(share: float) -> str:
    return f"{100 * share:.0f}\u00a0%" if share >= 0.005 else "<1\u00a0%"


def _ends(ends: tuple[float, float]) -> str:
    low, high = ends
    return f"{low:.3g}" if low == high else f"{low:.3g}–{high:.3g}"


def _picture(found: RegionMap) -> tuple[Line, ...]:
    columns = _kept(len(found.x.values), MOST_ACROSS)
    rows = _kept(len(found.y.values), MOST_UP)
    here = (_at(found.x, columns), _at(found.y, rows))
    ticks = {rows[0], rows[len(rows) // 2], rows[-1]}
    drawn: list[Line] = []
    for row in reversed(rows):
        label = f"{found.y.values[row]:.3g}" if row in ticks else ""
        line = [HERE if here == (column, row) else found.rows[row][column] for column in columns]
        spans = [
            Span("".join(group), "strong" if mine else "")
            for mine, group in groupby(line, key=lambda sign: sign == HERE)
        ]
        drawn.append(say(quiet(f"{label:>8} │ "), *spans))
    drawn.append(say(quiet(" " * 9 + "└" + "─" * (len(columns) + 1))))
    low, middle, high = (f"{found.x.values[at]:.3g}" for at in (columns[0], columns[len(columns) // 2], columns[-1]))
    half = len(columns) // 2
    scale = f"{low:<{half}}{middle}"
    drawn.append(say(quiet(" " * 11 + f"{scale:<{max(len(columns) - len(high), len(scale) + 1)}}{high}")))
    return tuple(drawn)


def _kept(count: int, most: int) -> list[int]:
    """Which values are drawn: all, or as many as fit, evenly."""
    if count <= most:
        return list(range(count))
    return [round(at * (count - 1) / (most - 1)) for at in range(most)]


def _at(axis: Axis, kept: Sequence[int]) -> int:
    """The value drawn that is nearest to the standoff asked about; -1 where the map does not reach."""
    if not axis.values[0] <= axis.here <= axis.values[-1]:
        return -1
    return min(kept, key=lambda at: abs(axis.values[at] - axis.here))


# ── the drawing ─────────────────────────────────────────────────────────────────────────────────────────────────────

WIDE, LEFT, RIGHT, TOP, HIGH, LINE = 760.0, 70.0, 20.0, 82.0, 380.0, 20.0
_STYLE = "".join([
    f".ground{{fill:#fff}}text{{fill:{INK_LIGHT};font-family:system-ui,'Segoe UI','DejaVu Sans',sans-serif;",
    "font-size:14px}.head{font-size:17px;font-weight:600}.letter{font-weight:700;font-size:18px}",
    ".quiet{fill:#57606a;font-size:13px}.cell{shape-rendering:crispEdges}.frame{fill:none;stroke:#57606a}.here{fill:none;stroke:#1f2328;stroke-width:2}",
    *(f".r{at}{{fill:{fill}}}" for at, fill in enumerate(LIGHT)),
    "@media(prefers-color-scheme:dark){.ground{fill:#0d1117}",
    f"text{{fill:{INK_DARK}}}.quiet{{fill:#b1bac4}}.frame{{stroke:#9198a1}}.here{{stroke:{INK_DARK}}}",
    *(f".r{at}{{fill:{fill}}}" for at, fill in enumerate(DARK)),
    "}",
])  # fmt: skip


def svg(found: RegionMap, title: str) -> str:
    """A map as SVG: regions in colour and with their letters, the axes, and the standoff asked about.

    Parameters
    ----------
    title
        What stands above it.
    """
    legend = [(region, _wrapped(f"{region.text} ({_part(region.share)})")) for region in found.regions]
    below = TOP + HIGH + 62
    height = below + LINE * sum(len(lines) for _, lines in legend) + 24
    colours = {region.letter: at % len(LIGHT) for at, region in enumerate(found.regions)}
    space = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE:g} {height:g}"'
    return "\n".join([
        f'<svg {space} role="img" aria-labelledby="title desc" style="width:100%;max-width:{WIDE:g}px;height:auto">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(told_of(found))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="ground" width="{WIDE:g}" height="{height:g}"/>',
        _text(title, 16, 30, "head"),
        *_cells(found, colours),
        *_axes(found),
        *_here(found),
        *_legend(legend, below, colours),
        "</svg>",
        "",
    ])  # fmt: skip


def _cells(found: RegionMap, colours: dict[str, int]) -> list[str]:
    across, up = len(found.x.values), len(found.y.values)
    wide, high = (WIDE - LEFT - RIGHT) / across, HIGH / up
    drawn = []
    for row, letters in enumerate(found.rows):
        y = TOP + HIGH - (row + 1) * high
        column = 0
        for letter, run in groupby(letters):
            count = len(list(run))
            size = f'width="{count * wide + 0.3:.2f}" height="{high + 0.3:.2f}"'
            drawn.append(f'<rect class="cell r{colours[letter]}" x="{LEFT + column * wide:.2f}" y="{y:.2f}" {size}/>')
            column += count
    for letter in colours:
        x, up_ = _middle(found, letter)
        drawn.append(
            _text(letter, LEFT + (x + 0.5) * wide, TOP + HIGH - (up_ + 0.5) * high + 6, "letter", anchor="middle")
        )
    return drawn


def _middle(found: RegionMap, letter: str) -> tuple[int, int]:
    """The cell of a region nearest to its centre, so that its letter stands inside."""
    cells = [(x, y) for y, row in enumerate(found.rows) for x, sign in enumerate(row) if sign == letter]
    centre = (sum(x for x, _ in cells) / len(cells), sum(y for _, y in cells) / len(cells))
    return min(cells, key=lambda cell: (cell[0] - centre[0]) ** 2 + (cell[1] - centre[1]) ** 2)


def _axes(found: RegionMap) -> list[str]:
    right, bottom = WIDE - RIGHT, TOP + HIGH
    drawn = [f'<rect class="frame" x="{LEFT:g}" y="{TOP:g}" width="{right - LEFT:g}" height="{HIGH:g}"/>']
    for tick in range(TICKS):
        share = tick / (TICKS - 1)
        for axis in (found.x, found.y):
            value = axis.values[0] + share * (axis.values[-1] - axis.values[0])
            said, at = f"{value:.4g}", _place(axis, value)
            if axis is found.x:
                drawn.append(_text(said, LEFT + at * (right - LEFT), bottom + 18, "quiet", anchor="middle"))
            else:
                drawn.append(_text(said, LEFT - 8, bottom - at * HIGH + 5, "quiet", anchor="end"))
    drawn.append(_text(f"→ {_named(found.x)}", LEFT, bottom + 40, ""))
    drawn.append(_text(f"↑ {_named(found.y)}", LEFT, TOP - 10, ""))
    return drawn


def _place(axis: Axis, value: float) -> float:
    """Where a value stands along its side, from 0 to 1; each value of the map stands in the middle of its cell."""
    count = len(axis.values)
    return (0.5 + (count - 1) * (value - axis.values[0]) / (axis.values[-1] - axis.values[0])) / count


def _named(axis: Axis) -> str:
    return f"{axis.label}, {axis.symbol} ({axis.unit})"


def _here(found: RegionMap) -> list[str]:
    if any(not axis.values[0] <= axis.here <= axis.values[-1] for axis in (found.x, found.y)):
        return []
    x = LEFT + _place(found.x, found.x.here) * (WIDE - LEFT - RIGHT)
    y = TOP + HIGH - _place(found.y, found.y.here) * HIGH
    return [
        f'<path class="here" d="M{x - 9:.2f} {y:.2f}L{x:.2f} {y - 9:.2f}L{x + 9:.2f} {y:.2f}L{x:.2f} {y + 9:.2f}Z"/>'
    ]


def _legend(legend: Sequence[tuple[Region, list[str]]], y: float, colours: dict[str, int]) -> list[str]:
    drawn = []
    for region, lines in legend:
        drawn.append(f'<rect class="r{colours[region.letter]}" x="16" y="{y - 14:g}" width="22" height="18"/>')
        drawn.append(_text(region.letter, 27, y, "", anchor="middle"))
        for line in lines:
            drawn.append(_text(line, 48, y, ""))
            y += LINE
    drawn.append(_text("The diamond marks the standoff asked about.", 16, y + 4, "quiet"))
    return drawn


def _text(said: str, x: float, y: float, kind: str, *, anchor: str = "") -> str:
    look = f' class="{kind}"' if kind else ""
    held = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{look} x="{x:.2f}" y="{y:.2f}"{held}>{escape(said)}</text>'


def _wrapped(said: str, most: int = 88) -> list[str]:
    from textwrap import wrap

    return wrap(said, most)
