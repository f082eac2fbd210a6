"""A page as the typesetter's source, from which a tagged PDF is made: headings, lists and tables stay what they are.

Every piece of text is a string of the typesetter, so nothing in it can be taken for markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.page import Bar, Branch, Heading, Items, Line, Para, Picture, Table, Tree, Typed, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assent.render.page import Block

_ROLES = {
    "strong": "strong({})",
    "code": "raw({})",
    "heading": "strong({})",
    "quiet": "text(fill: luma(80), {})",
    "pass": 'text(fill: rgb("#1a6b33"), {})',
    "fail": 'text(fill: rgb("#b01c28"), {})',
    "open": 'text(fill: rgb("#6639ba"), {})',
}
WIDEST = 120.0  # points: a bar
MANY_COLUMNS = 6
POINTS = 0.75  # points of a pixel
ROOM = (481.0, 580.0)  # points across and down a page, below its headings

PREAMBLE = """\
#set document(title: sys.inputs.title, date: none)
#set page(paper: "a4", margin: (x: 20mm, y: 22mm), numbering: "1 / 1")
#set text(font: "Libertinus Serif", size: 10pt, lang: "en", region: "US")
#set par(leading: 0.6em, spacing: 0.8em)
#set list(marker: [–], indent: 0.4em, spacing: 0.5em)
#set table(stroke: (x, y) => (bottom: if y == 0 { 0.6pt } else { 0.2pt + luma(200) }), inset: (x: 4pt, y: 3pt))
#show raw: set text(font: "DejaVu Sans Mono", size: 0.82em)
#show heading.where(level: 1): set text(size: 1.7em)
#show heading.where(level: 2): set text(size: 1.3em)
#show heading.where(level: 2): set block(above: 2em, below: 0.9em)
#show heading.where(level: 3): set text(size: 1.05em)
#show heading.where(level: 3): set block(above: 1.4em, below: 0.7em)
"""


def string(text: str) -> str:
    r"""A text as a string of the typesetter.

    Examples
    --------
    >>> print(string('a "b" \\ #c'))
    "a \"b\" \\ #c"
    """
    safe = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{safe}"'


def heading(text: str, level: int) -> str:
    """A heading.

    Examples
    --------
    >>> heading("Why", 2)
    '#heading(level: 2, "Why")'
    """
    return f"#heading(level: {level}, {string(text)})"


def drawing(key: str, told: str, wide: float, high: float) -> str:
    """A drawing that is given as an input of that name, and what it says to those who do not see it.

    Parameters
    ----------
    wide, high
        Its size in pixels. It is set as large as its letters ask for, and never larger than a page has room for.

    Examples
    --------
    >>> sizes = (300, 200), (975, 700), (300, 2000)
    >>> [drawing("a", "A", *size).partition("width: ")[2].partition(",")[0] for size in sizes]
    ['225pt', '481pt', '87pt']
    """
    width = wide * POINTS * min(1.0, ROOM[0] / (wide * POINTS), ROOM[1] / (high * POINTS))
    source = f"bytes(sys.inputs.at({string(key)}))"
    return f'#image({source}, format: "svg", width: {width:.0f}pt, alt: {string(told)})'


def blocks(found: Iterable[Block], level: int = 3) -> str:
    """Blocks as source, their headings at a level.

    Examples
    --------
    >>> from assent.render.page import say, strong
    >>> blocks([Para(say("35 of ", strong("50")))])
    '#par[#"35 of ";#strong("50")]'
    """
    return "\n\n".join(_block(block, level) for block in found)


def _block(block: Block, level: int) -> str:
    if isinstance(block, Heading):
        return heading(block.text, level)
    if isinstance(block, Para):
        said = f"#par[{_line(block.line)}]"
        return f"#pad(left: {block.indent / 2}em)[{said}]" if block.indent else said
    if isinstance(block, Typed):
        return f"#block(raw({string(block.text)}))"
    if isinstance(block, Bar):
        return _bar(block)
    if isinstance(block, Tree):
        return _branches(block.branches)
    if isinstance(block, Items):
        rows = ", ".join(f"terms.item([{_line(i.term)}], [{_line(i.line)}])" for i in block.items)
        return f"#terms(tight: false, hanging-indent: 1.4em, {rows})"
    if isinstance(block, Picture):
        rows = "\n".join(plain(row) for row in block.rows)
        return f"#figure(alt: {string(block.told)}, block(align(left, raw(block: true, {string(rows)}))))"
    return _table(block)


def _line(line: Line) -> str:
    said = []
    for text, role in line:
        form = _ROLES.get(role, "{}")
        said.append(f"#{form.format(string(text))};" if not role else f"#{form.format(string(text))}")
    return "".join(said)


def _bar(bar: Bar) -> str:
    """How many of how many: the words, and a bar for the eye alone."""
    unit = WIDEST / max(bar.of, 1)
    drawn = (
        f"#pdf.artifact(box(width: {WIDEST:g}pt, height: 7pt, fill: luma(225), {{"
        f"place(rect(width: {unit * bar.count:.2f}pt, height: 7pt, fill: luma(90)));"
        f"place(dx: {unit * bar.required:.2f}pt, dy: -2pt, line(length: 11pt, angle: 90deg, stroke: 1pt))}}))"
    )
    return f"#par[{_line(bar.before)} #h(0.5em) {drawn} #h(0.5em) {_line(bar.after)}]"


def _branches(branches: tuple[Branch, ...]) -> str:
    items = ", ".join(f"[{_line(b.line)} {_branches(b.below) if b.below else ''}]" for b in branches)
    return f"#list({items})"


def _table(table: Table) -> str:
    wide = [at for at in range(len(table.head)) if at in table.wrap] or [len(table.head) - 1]
    columns = ", ".join("1fr" if at in wide else "auto" for at in range(len(table.head)))
    sides = ", ".join("right" if at in table.right else "left" for at in range(len(table.head)))
    head = ", ".join(f"strong({string(name)})" for name in table.head)
    rows = ",\n".join(", ".join(f"[{_line(cell)}]" for cell in row) for row in table.rows)
    size = "8pt" if len(table.head) >= MANY_COLUMNS else "9pt"
    return f"#block(text(size: {size}, table(columns: ({columns},), align: ({sides},), table.header({head}),\n{rows})))"


def pdf(source: str, title: str, inputs: Mapping[str, str]) -> bytes:
    """A tagged PDF (PDF/UA-1) from source and what it names, with the letters that ship with the typesetter.

    Parameters
    ----------
    source
        As ``blocks`` and the others write it.
    title
        Of the document.
    inputs
        The drawings it names.

    Examples
    --------
    >>> pdf(heading("Why", 1), "Why", {})[:5]
    b'%PDF-'
    """
    import typst

    given = {**inputs, "title": title}
    made = typst.compile(
        (PREAMBLE + source).encode(), format="pdf", sys_inputs=given, ignore_system_fonts=True, pdf_standards="ua-1"
    )
    return bytes(made)
