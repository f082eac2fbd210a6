"""A procedure as a drawing: stages from top to bottom, choices side by side, in plain SVG without a script.

The drawing is at most some 760 units wide, so that its letters stay legible on a telephone; where choices do not fit
side by side they stand under each other. Widths of letters are estimated on the safe side, since the reader's font is
not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from assent.render.flow import Box, Group, flow
from assent.render.words import joined

if TYPE_CHECKING:
    from assent.inquiries.filed.show import QuestionShown, Shown
    from assent.render.flow import Part

BOX, WIDEST = 236.0, 760.0
PAD, GAP, ROW, MARGIN = 12.0, 30.0, 18.0, 16.0
_LETTERS = {**dict.fromkeys("iljtf.,:;'|!()[] ", 0.34), **dict.fromkeys("mwMW@%", 0.95), **dict.fromkeys("–—", 0.8)}

_STYLE = """\
.ground{fill:#fff}.box{fill:#f6f8fa;stroke:#57606a}.unsure{stroke-dasharray:5 4}.group{fill:none;stroke:#8c959f}
text{fill:#1f2328;font-family:system-ui,"Segoe UI","DejaVu Sans",sans-serif;font-size:14px}
.title{font-weight:600}.head{font-size:17px;font-weight:600}.quiet{fill:#57606a;font-size:13px}
.arrow{stroke:#57606a;stroke-width:1.5;fill:none}.tip{fill:#57606a}
@media(prefers-color-scheme:dark){.ground{fill:#0d1117}.box{fill:#161b22;stroke:#9198a1}.group{stroke:#656c76}
text{fill:#e6edf3}.quiet{fill:#b1bac4}.arrow{stroke:#b1bac4}.tip{fill:#b1bac4}}"""


def svg(shown: Shown | QuestionShown) -> str:
    """A procedure as SVG.

    Raises
    ------
    NotApplicable
        A question of law has no stages to draw.
    """
    part = flow(shown)
    title = getattr(shown, "title", "")
    wide = max(_width(part), 320.0)
    head = wrapped(title, wide, 17, bold=True)
    drawn: list[str] = []
    y = MARGIN
    for line in head:
        y += 22
        drawn.append(_text(line, MARGIN, y, "head"))
    y += 14
    height = y + _draw(part, MARGIN, y, wide, drawn) + MARGIN
    if _unsure(part):
        for line in wrapped("Dashed: asked for under some readings only, or a number that is assumed.", wide, 13):
            height += ROW
            drawn.append(_text(line, MARGIN, height - MARGIN + 4, "quiet"))
        height += 6
    full = wide + 2 * MARGIN
    space = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full:g} {height:g}"'
    look = f'style="width:100%;max-width:{full:g}px;height:auto"'
    return "\n".join([
        f'<svg {space} role="img" aria-labelledby="title desc" {look}>',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(_told(part))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="ground" width="{full:g}" height="{height:g}"/>',
        *drawn,
        "</svg>",
        "",
    ])  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Said:
    """The lines of a box or of the head of a group, and how high they are."""

    title: list[str]
    said: list[str]

    @property
    def height(self) -> float:
        """Height of the lines alone."""
        return ROW * (len(self.title) + len(self.said))


def _words(part: Part, wide: float) -> _Said:
    inner = wide - 2 * PAD
    said = part.said
    if isinstance(part, Group) and not said and part.join != "then":
        said = {"and": "all of these", "or": "any one of these"}.get(part.join, "")
    return _Said(wrapped(part.title, inner, 14, bold=True), wrapped(said, inner, 13))


def _width(part: Part) -> float:
    """The least width a part is drawn in."""
    if isinstance(part, Box):
        return BOX
    widths = [_width(child) for child in part.parts]
    return (_beside(widths) if _side_by_side(part, widths) else max(widths)) + (2 * PAD if _framed(part) else 0)


def _beside(widths: list[float]) -> float:
    return max(widths) * len(widths) + GAP * (len(widths) - 1)


def _side_by_side(group: Group, widths: list[float]) -> bool:
    return group.join == "or" and _beside(widths) + 2 * PAD <= WIDEST


def _framed(group: Group) -> bool:
    return bool(group.title or group.said) or group.join != "then"


def _draw(part: Part, x: float, y: float, wide: float, out: list[str]) -> float:
    """Draw a part into a column and return its height."""
    words = _words(part, wide)
    if isinstance(part, Box):
        height = words.height + 2 * PAD - 4
        out.append(_rect("box unsure" if part.unsure else "box", x, y, wide, height))
        _lines(words, x + PAD, y + PAD, out)
        return height
    if not _framed(part):
        return _stack(part, x, y, wide, out)
    at = len(out)
    head = words.height + PAD
    _lines(words, x + PAD, y + PAD - 2, out)
    below = _below(part, x + PAD, y + head + 6, wide - 2 * PAD, out)
    height = head + 6 + below + PAD
    out.insert(at, _rect("group", x, y, wide, height))
    return height


def _below(group: Group, x: float, y: float, wide: float, out: list[str]) -> float:
    widths = [_width(child) for child in group.parts]
    if not _side_by_side(group, widths):
        return _stack(group, x, y, wide, out)
    column = (wide - GAP * (len(widths) - 1)) / len(widths)
    heights = []
    for at, child in enumerate(group.parts):
        left = x + at * (column + GAP)
        heights.append(_draw(child, left, y, column, out))
        if at:
            out.append(_text("or", left - GAP / 2, y + 24, "quiet", middle=True))
    return max(heights)


def _stack(group: Group, x: float, y: float, wide: float, out: list[str]) -> float:
    top = y
    for at, child in enumerate(group.parts):
        if at:
            middle = x + wide / 2
            if group.join == "then":
                out.append(f'<path class="arrow" d="M{middle:g} {y:g}v{GAP - 9:g}"/>')
                out.append(f'<path class="tip" d="M{middle - 5:g} {y + GAP - 10:g}h10l-5 9z"/>')
            else:
                out.append(_text(group.join, middle, y + GAP / 2 + 5, "quiet", middle=True))
            y += GAP
        y += _draw(child, x, y, wide, out)
    return y - top


def _lines(words: _Said, x: float, y: float, out: list[str]) -> None:
    for kind, lines in (("title", words.title), ("quiet", words.said)):
        for line in lines:
            y += ROW
            out.append(_text(line, x, y - 4, kind))


def _rect(kind: str, x: float, y: float, wide: float, high: float) -> str:
    return f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="6"/>'


def _text(said: str, x: float, y: float, kind: str, *, middle: bool = False) -> str:
    anchor = ' text-anchor="middle"' if middle else ""
    return f'<text class="{kind}" x="{x:g}" y="{y:g}"{anchor}>{escape(said)}</text>'


def wrapped(said: str, wide: float, size: float, *, bold: bool = False) -> list[str]:
    """Words in lines that are surely no wider than ``wide``; a longer word is cut at a slash or hyphen."""
    lines: list[str] = []
    line = ""
    for word in (piece for whole in said.split() for piece in _pieces(whole, wide, size, bold=bold)):
        longer = f"{line} {word}" if line else word
        if line and _measure(longer, size, bold=bold) > wide:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def _pieces(word: str, wide: float, size: float, *, bold: bool) -> list[str]:
    if _measure(word, size, bold=bold) <= wide:
        return [word]
    pieces, piece = [], ""
    for letter in word:
        piece += letter
        if letter in "/-=" and _measure(piece, size, bold=bold) > wide / 2:
            pieces.append(piece)
            piece = ""
    return [*pieces, piece] if piece else pieces


def _measure(said: str, size: float, *, bold: bool = False) -> float:
    letters = sum(_LETTERS.get(c, 0.72 if c.isupper() else 0.6) for c in said)
    return letters * size * (1.08 if bold else 1.0)


def _unsure(part: Part) -> bool:
    return part.unsure if isinstance(part, Box) else any(_unsure(child) for child in part.parts)


def _told(part: Part) -> str:
    """A part in words, for those who do not see the drawing."""
    own = ": ".join(text for text in (part.title, part.said) if text)
    if isinstance(part, Box):
        return own
    return f"{own or 'In order'} ({joined((_told(child) for child in part.parts), part.join)})"
