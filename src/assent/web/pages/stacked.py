"""Wide tables that a phone shows row by row: each cell with the name of its column; still tables to those who listen.

A style sheet that lays rows out as boxes takes their meaning as a table away in some browsers: so each part says what
it is. The names before the cells are drawn from ``data-of`` by the style sheet, and the row of headings stays for those
who listen.
"""

from __future__ import annotations

import re

from markupsafe import Markup

SHORT = 20  # letters that stand beside others; a column with longer cells takes the whole width
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr\b(.*?)>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(td|th)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_CLASS = re.compile(r'class="([^"]*)"')


def stacked(html: str) -> Markup:
    """The tables of a piece of HTML, each ready to be shown row by row.

    Examples
    --------
    >>> head = '<thead><tr><th scope="col">File</th><th scope="col">Rows</th></tr></thead>'
    >>> row = '<tr><th scope="row">a.csv</th><td>67</td></tr>'
    >>> print(stacked(f"<table>{head}<tbody>{row}</tbody></table>").split("<td ")[1])
    role="cell" data-of="Rows">67</td></tr></tbody></table>
    """
    return Markup(_TABLE.sub(lambda found: _table(found[0]), html))  # noqa: S704 - of a template, escaped there


def _table(html: str) -> str:
    head, cut, body = html.partition("</thead>")
    names = [_text(cell[2]).replace('"', "&quot;") for cell in _CELL.findall(head)]
    rows = [_CELL.findall(row) for _, row in _ROW.findall(body)]
    whole = [row for row in rows if len(row) == len(names)]
    longest = [max((len(_text(row[at][2])) for row in whole), default=0) for at in range(len(names))]

    def row(found: re.Match[str]) -> str:
        at = iter(range(len(names)))
        cells = _CELL.sub(lambda cell: _cell(cell, next(at), names, longest), found[2])
        return f'<tr role="row"{found[1]}>{cells}</tr>'

    head = head.replace("<th ", '<th role="columnheader" ').replace("<tr", '<tr role="row"')
    head = head.replace("<thead", '<thead role="rowgroup"')
    body = _ROW.sub(row, body).replace("<tbody", '<tbody role="rowgroup"')
    return _with(f"{head}{cut}{body}", "stacked").replace("<table", '<table role="table"', 1)


def _cell(found: re.Match[str], at: int, names: list[str], longest: list[int]) -> str:
    tag, given, inside = found.groups()
    if tag == "th":
        return f'<th role="rowheader" data-of="{names[at]}"{given}>{inside}</th>'
    if "colspan" in given:
        return _with(f'<td role="cell"{given}>{inside}</td>', "long")
    said = f'<td role="cell" data-of="{names[at]}"{given}>{inside}</td>'
    return _with(said, "long") if longest[at] > SHORT else said


def _text(html: str) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", html).strip()


def _with(html: str, name: str) -> str:
    """An element, the first of a piece of HTML, with one class more."""
    start, cut, rest = html.partition(">")
    if _CLASS.search(start):
        return _CLASS.sub(rf'class="\1 {name}"', start) + cut + rest
    return f'{start} class="{name}"{cut}{rest}'
