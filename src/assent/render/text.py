"""A page as lines of text of a given width; where an encoding lacks a mark, a plainer one stands for it."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from assent.render.page import Bar, Branch, Heading, Items, Line, Para, Picture, Span, Table, Tree, Typed, plain, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assent.render.page import Block, Page, Role

NARROWEST = 40
_PLAINER = str.maketrans({
    "✓": "+", "✗": "x", "●": "*", "○": "o", "▓": "#", "░": ".", "│": "|", "├": "|", "└": "`", "─": "-", "→": "->",
    "·": "-", "\u00a0": " ", "–": "-", "—": "--", "…": "...", "‘": "'", "’": "'", "“": '"', "”": '"', "×": "x",
    "§": "s.", "−": "-", "½": "1/2", "◆": "*", "±": "+/-",
    "Λ": "Lambda", "δ": "delta", "η": "eta", "θ": "theta", "π": "pi", "ρ": "rho", "φ": "phi",  # noqa: RUF001
})  # fmt: skip


def text(page: Page, width: int = 80, encoding: str = "utf-8") -> str:
    """A page as plain text.

    Parameters
    ----------
    page
        What to set.
    width
        Columns; a longer word stands alone on its line.
    encoding
        What the text will be written in.
    """
    return encodable("\n".join(plain(line).rstrip() for line in lines(page, width)) + "\n", encoding)


def encodable(said: str, encoding: str) -> str:
    """The same text in characters that an encoding has.

    Examples
    --------
    >>> encodable("✓ 2/3 — two thirds", "ascii")
    '+ 2/3 -- two thirds'
    """
    try:
        said.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return "".join(c if c.isascii() else _plainer(c) for c in said)
    return said


def _plainer(character: str) -> str:
    known = character.translate(_PLAINER)
    if known.isascii():
        return known
    base = "".join(c for c in unicodedata.normalize("NFKD", character) if c.isascii())
    return base or "?"


def lines(page: Page, width: int) -> list[Line]:
    """A page as lines, with a blank line between blocks."""
    width = max(width, NARROWEST)
    found: list[Line] = []
    before: Block | None = None
    for block in page.blocks:
        if before is not None and not isinstance(before, Heading) and not _runs_on(before, block):
            found.append(())
        found.extend(_block(block, width))
        before = block
    return found


def _runs_on(before: Block, block: Block) -> bool:
    """Whether a block belongs to the sentence before it: it is set further in."""
    margin = before.indent if isinstance(before, Para) else 0 if isinstance(before, Typed) else None
    return margin is not None and isinstance(block, Para | Items) and block.indent > margin


def _block(block: Block, width: int) -> Iterable[Line]:
    if isinstance(block, Heading):
        return [(Span(block.text, "heading"),)]
    if isinstance(block, Para):
        return wrapped(block.line, width, " " * block.indent, " " * block.indent)
    if isinstance(block, Typed):
        return [(Span(block.text, "code"),)]
    if isinstance(block, Bar):
        return _bar(block, width)
    if isinstance(block, Tree):
        return [line for branch in block.branches for line in _branch(branch, width, "", "")]
    if isinstance(block, Items):
        return _items(block, width)
    if isinstance(block, Picture):
        return block.rows
    return _table(block, width)


def wrapped(line: Line, width: int, first: str = "", rest: str = "") -> list[Line]:
    """A line broken at spaces; ``first`` and ``rest`` lead the first and the other lines."""
    found: list[Line] = []
    current: list[Span] = [Span(first, "quiet")] if first else []
    used, empty = len(first), True
    room = width - max(len(first), len(rest))
    for word in _words(line):
        for at, piece in enumerate(_pieces(word, room)):
            length = sum(len(span.text) for span in piece)
            gap = 0 if empty or at else 1
            if not empty and used + gap + length > width:
                found.append(tuple(current))
                current, used, empty, gap = [Span(rest, "quiet")] if rest else [], len(rest), True, 0
            if gap:
                current.append(Span(" ", current[-1].role if current[-1].role == piece[0].role else ""))
            current.extend(piece)
            used, empty = used + gap + length, False
    found.append(tuple(current))
    return found


def _pieces(word: list[Span], room: int) -> Iterator[list[Span]]:
    """A word that is longer than a line in pieces that end in a hyphen, slash or equals sign, where it has them."""
    letters = [(letter, span.role) for span in word for letter in span.text]
    while len(letters) > room:
        ends = [at + 1 for at, (letter, _) in enumerate(letters[: max(room, 1)]) if letter in "-/="]
        if not ends:
            break
        yield _spans(letters[: ends[-1]])
        letters = letters[ends[-1] :]
    if letters:
        yield _spans(letters)


def _spans(letters: list[tuple[str, Role]]) -> list[Span]:
    runs = groupby(letters, key=lambda pair: pair[1])
    return [Span("".join(letter for letter, _ in run), role) for role, run in runs]


def _words(line: Line) -> Iterator[list[Span]]:
    word: list[Span] = []
    for span in line:
        head, *tail = span.text.split(" ")
        if head:
            word.append(Span(head.replace("\u00a0", " "), span.role))
        for piece in tail:
            if word:
                yield word
            word = [Span(piece.replace("\u00a0", " "), span.role)] if piece else []
    if word:
        yield word


def _bar(bar: Bar, width: int) -> list[Line]:
    taken = len(plain(bar.before)) + len(plain(bar.after)) + 8
    room = max(10, min(50, width - taken))
    cells = min(bar.of, room)
    full = cells * bar.count // bar.of if bar.of else 0
    tick = -(-cells * bar.required // bar.of) if bar.of else 0
    drawn: list[Span] = []
    for at in range(cells):
        if 0 < at == tick:
            drawn.append(Span("│", "strong"))
        drawn.append(Span("▓", bar.role) if at < full else Span("░", "quiet"))
    return [say("  ", bar.before, "  ", tuple(drawn), "  ", bar.after)]


def _branch(branch: Branch, width: int, first: str, rest: str) -> Iterator[Line]:
    stem = "│ " if branch.below else "  "
    yield from wrapped(branch.line, width, first, rest + stem)
    for at, child in enumerate(branch.below):
        last = at == len(branch.below) - 1
        yield from _branch(child, width, rest + ("└ " if last else "├ "), rest + ("  " if last else "│ "))


def _items(items: Items, width: int) -> Iterator[Line]:
    inset = " " * items.indent
    lengths = [len(plain(item.term)) for item in items.items]
    column = max((n for n in lengths if n <= items.widest), default=2)
    hang = inset + " " * (column + 2)
    for item, length in zip(items.items, lengths, strict=True):
        if length > items.widest:
            yield from wrapped(item.term, width, inset, inset + "  ")
            yield from wrapped(item.line, width, hang, hang)
        else:
            space = "\u00a0" * (column - length + 2)
            body = wrapped(item.line, width - len(hang)) if item.line else [()]
            yield say(inset, item.term, space.replace("\u00a0", " "), body[0])
            for more in body[1:]:
                yield say(hang, more)


def _table(table: Table, width: int) -> Iterator[Line]:
    head = tuple((Span(name, "quiet"),) for name in table.head)
    widths = [max(len(plain(row[at])) for row in (head, *table.rows)) for at in range(len(head))]
    over = sum(widths) + 2 * (len(widths) - 1) - width
    for at in sorted(table.wrap, key=lambda at: -widths[at]):
        give = min(over, widths[at] - _least(table, at, head[at]))
        if give > 0:
            widths[at] -= give
            over -= give
    for row in (head, *table.rows) if any(table.head) else table.rows:
        cells = [wrapped(cell, widths[at]) for at, cell in enumerate(row)]
        for depth in range(max(len(cell) for cell in cells)):
            yield _row([cell[depth] if depth < len(cell) else () for cell in cells], widths, table.right)


def _least(table: Table, at: int, head: Line) -> int:
    """The narrowest a column may become: its longest word, within reason."""
    words = [len(word) for row in table.rows for word in plain(row[at]).split()]
    return max(min(max(words, default=0), 18), len(plain(head)))


def _row(cells: list[Line], widths: list[int], right: frozenset[int]) -> Line:
    parts: list[Line | str] = []
    for at, (cell, wide) in enumerate(zip(cells, widths, strict=True)):
        space = " " * max(wide - len(plain(cell)), 0)
        parts += [space, cell] if at in right else [cell, space]
        if at < len(widths) - 1:
            parts.append("  ")
    return say(*parts)
