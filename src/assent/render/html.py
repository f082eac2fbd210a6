"""A page as HTML for a notebook: self-contained, readable on a light and on a dark ground, no script."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from assent.render.page import Bar, Branch, Heading, Items, Line, Para, Picture, Table, Tree, Typed, plain

if TYPE_CHECKING:
    from assent.render.page import Block, Page

_STYLE = """\
.assent{line-height:1.45;max-width:60rem}.assent h3{margin:1em 0 .3em;font-size:1.05em}
.assent p{margin:.3em 0}.assent ul{margin:0;padding-left:1.3em;list-style:none}
.assent table{border-collapse:collapse}
.assent td,.assent th{padding:.15em .7em .15em 0;text-align:left;vertical-align:top}
.assent td.right,.assent th.right{text-align:right}
.assent dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em;margin:0}
.assent dt,.assent dd{margin:0}.assent .quiet{opacity:.75}.assent .pass{color:#1a7f37}.assent .fail{color:#cf222e}
.assent .open{color:#8250df}.assent code{background:none;color:inherit;font-size:.95em}
@media(prefers-color-scheme:dark){
.assent .pass{color:#3fb950}.assent .fail{color:#ff7b72}.assent .open{color:#d2a8ff}}"""


def html(page: Page) -> str:
    """A page as a fragment of HTML.

    Examples
    --------
    >>> from assent.render.page import Page, Para, say
    >>> "<p>35 &lt; 38</p>" in html(Page("", (Para(say("35 < 38")),)))
    True
    """
    body = "\n".join(_block(block) for block in page.blocks)
    return f'<div class="assent"><style>{_STYLE}</style>\n{body}\n</div>'


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h3>{escape(block.text)}</h3>"
    if isinstance(block, Para):
        inset = f' style="margin-left:{block.indent / 2}em"' if block.indent else ""
        return f"<p{inset}>{_line(block.line)}</p>"
    if isinstance(block, Typed):
        return f"<p><code>{escape(block.text)}</code></p>"
    if isinstance(block, Bar):
        said = escape(f"{plain(block.before)}, {plain(block.after)}")
        scale = f'min="0" max="{block.of}" low="{block.required}" value="{block.count}"'
        meter = f'<meter {scale} title="{said}">{said}</meter>'
        return f"<p>{_line(block.before)} {meter} {_line(block.after)}</p>"
    if isinstance(block, Tree):
        return _branches(block.branches)
    if isinstance(block, Items):
        return "<dl>" + "".join(f"<dt>{_line(i.term)}</dt><dd>{_line(i.line)}</dd>" for i in block.items) + "</dl>"
    if isinstance(block, Picture):
        rows = "\n".join(_line(row) for row in block.rows)
        return f'<pre role="img" aria-label="{escape(block.told)}">{rows}</pre>'
    return _table(block)


def _branches(branches: tuple[Branch, ...]) -> str:
    return (
        "<ul>" + "".join(f"<li>{_line(b.line)}{_branches(b.below) if b.below else ''}</li>" for b in branches) + "</ul>"
    )


def _table(table: Table) -> str:
    sides = [' class="right"' if at in table.right else "" for at in range(len(table.head))]
    head = "".join(
        f'<th scope="col"{side}>{escape(name)}</th>' if name else "<td></td>"
        for name, side in zip(table.head, sides, strict=True)
    )
    rows = "".join(
        "<tr>" + "".join(f"<td{side}>{_line(cell)}</td>" for cell, side in zip(row, sides, strict=True)) + "</tr>"
        for row in table.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _line(line: Line) -> str:
    said = []
    for text, role in line:
        safe = escape(text)
        tag = {"strong": "strong", "code": "code"}.get(role)
        said.append(f"<{tag}>{safe}</{tag}>" if tag else f'<span class="{role}">{safe}</span>' if role else safe)
    return "".join(said)
