"""Any result as a page: what the terminal prints, set as HTML. For kinds that have no page of their own."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from assent.render.page import Bar, Heading, Items, Para, Picture, Table, Tree, Typed, plain
from assent.render.pages import page_of
from assent.web.inquiry import inquire
from assent.web.pages.setting import environment
from assent.web.pages.share import beside
from assent.web.pages.stacked import stacked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assent.api import Library
    from assent.render.page import Block, Branch, Line, Page
    from assent.web.address import Address


def answer_page(ask: Address, library: Library) -> str:
    """The answer to what an address asks.

    Raises
    ------
    QueryError
        It cannot be answered as asked.
    """
    result = inquire(library, ask)
    return document(page_of(result, library.place, full=ask.option("full") == "yes"), library, ask)


def document(page: Page, library: Library, ask: Address | None = None) -> str:
    """A page of blocks as a whole page of HTML."""
    del library
    files = beside(ask) if ask else ()
    context = {"kind": ask.kind if ask else "", "page": page, "body": blocks(page.blocks), "ask": ask, "files": files}
    return environment.get_template("answer.html").render(context)


def blocks(found: Iterable[Block]) -> Markup:
    """Blocks as HTML, with classes and no styles of their own.

    Examples
    --------
    >>> from assent.render.page import say
    >>> blocks([Para(say("35 < 38"))])
    Markup('<p>35 &lt; 38</p>')
    """
    tables = count(1)
    return Markup("\n").join(_table(one, next(tables)) if isinstance(one, Table) else _block(one) for one in found)


def _block(block: Block) -> Markup:
    if isinstance(block, Heading):
        return Markup("<h2>{}</h2>").format(block.text)
    if isinstance(block, Para):
        return Markup("<p>{}</p>").format(_line(block.line))
    if isinstance(block, Typed):
        return Markup('<pre tabindex="0">{}</pre>').format(block.text)
    if isinstance(block, Bar):
        return _bar(block)
    if isinstance(block, Tree):
        return _branches(block.branches)
    if isinstance(block, Items):
        rows = Markup("").join(
            Markup("<dt>{}</dt><dd>{}</dd>").format(_line(item.term), _line(item.line)) for item in block.items
        )
        return Markup('<dl class="pairs">{}</dl>').format(rows)
    if isinstance(block, Picture):
        lines = Markup("\n").join(_line(row) for row in block.rows)
        return Markup('<pre role="img" aria-label="{}" tabindex="0">{}</pre>').format(block.told, lines)
    return _table(block, 1)


def _bar(bar: Bar) -> Markup:
    said = f"{plain(bar.before)}, {plain(bar.after)}"
    return Markup('<p>{} <meter min="0" max="{}" low="{}" value="{}" aria-label="{}">{}</meter> {}</p>').format(
        _line(bar.before), bar.of, bar.required, bar.count, said, said, _line(bar.after)
    )


def _branches(branches: Iterable[Branch]) -> Markup:
    items = Markup("").join(
        Markup("<li>{}{}</li>").format(_line(b.line), _branches(b.below) if b.below else "") for b in branches
    )
    return Markup('<ul class="tree">{}</ul>').format(items)


def _table(table: Table, number: int) -> Markup:
    def cells(row: Iterable[object], tag: str) -> Markup:
        return Markup("").join(
            Markup("<{}{}{}>{}</{}>").format(
                Markup(tag), Markup(' scope="col"') if tag == "th" else "",  # noqa: S704 - one of two words
                Markup(' class="right"') if at in table.right else "", cell, Markup(tag),  # noqa: S704 - as above
            )
            for at, cell in enumerate(row)
        )  # fmt: skip

    named = cells(table.head, "th").replace(Markup('<th scope="col"></th>'), Markup("<td></td>"))
    head = Markup("<thead><tr>{}</tr></thead>").format(named)
    body = Markup("").join(Markup("<tr>{}</tr>").format(cells(map(_line, row), "td")) for row in table.rows)
    return Markup('<div class="scroll" role="region" aria-label="Table {}" tabindex="0">{}</div>').format(
        number, stacked(Markup("<table>{}<tbody>{}</tbody></table>").format(head, body))
    )


_ROLES = {"strong": "b", "code": "code", "quiet": "small"}


def _line(line: Line) -> Markup:
    parts = []
    for span in line:
        text = escape(span.text)
        if span.role in _ROLES:
            tag = Markup(_ROLES[span.role])  # noqa: S704 - one of three words
            parts.append(Markup("<{}>{}</{}>").format(tag, text, tag))
        elif span.role:
            parts.append(Markup('<span class="v-{}">{}</span>').format(span.role, text))
        else:
            parts.append(text)
    return Markup("").join(parts)
