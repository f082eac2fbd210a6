"""The because-tree on a page: what decides, with its citations and its acts, long lists of units folded."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from assent.law.citations import Cite
from assent.web.address import Address
from assent.web.pages.setting import days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.api import Library
    from assent.folds.because import Because

FOLDED = 6
SHORT = 18  # letters of a pinpoint that is told beside the name of its authority
MARKS = {
    verdict: f'<span class="mark v-{verdict}" role="img" aria-label="{said}">{sign}</span>'
    for verdict, sign, said in (("pass", "✓", "yes"), ("fail", "✗", "no"), ("open", "?", "open"))
}
_HELD = re.compile(r"\b([a-z0-9-]+)=([a-z0-9-]+(?::\d+)?)\b")
_WHEN = re.compile(r" (?:on|in) \d{4}(?:-\d\d){0,2}(?:, \d+–\d+)?")
_BARE = "All of these:"


class BecauseTree:
    """Sets a because-tree as nested lists. Every text that goes in is escaped.

    Parameters
    ----------
    library
        Where citations and questions are looked up.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._at = 0

    def whole(self, tree: Because) -> Markup:
        """What decides a verdict; the verdict itself is the page's first sentence."""
        return Markup(self._list(tree.children, tree.cite))  # noqa: S704 - every text in it is escaped

    def _list(self, nodes: Sequence[Because], above: tuple[str, ...]) -> str:
        return f'<ul class="tree">{"".join(self._node(node, above) for node in nodes)}</ul>'

    def _node(self, node: Because, above: tuple[str, ...]) -> str:
        if node.children and node.text.startswith(_BARE) and not node.cite:
            return "".join(self._node(child, above) for child in node.children)
        line = self._line(node, tuple(cite for cite in node.cite if cite not in above))
        if not node.children:
            return f"<li>{line}</li>"
        passed = (*above, *node.cite)
        if len(node.children) > FOLDED and all(not child.children for child in node.children):
            return f"<li>{line}{self._folded(node, passed)}</li>"
        return f"<li>{line}{self._list(node.children, passed)}</li>"

    def _line(self, node: Because, cites: tuple[str, ...]) -> str:
        held = [_reading(self.library, q, r) for q, r in node.readings.items() if f"{q}={r}" not in node.text]
        said = _said(self.library, node.text)
        return f"{MARKS[node.verdict]} {said} {' '.join(held)} {self._cites(cites)}"

    def _cites(self, cites: tuple[str, ...]) -> str:
        if not cites:
            return ""
        if len(cites) == 1:
            return f'<span class="cites">{_cite(self.library, cites[0], whole=False)}</span>'
        self._at += 1
        items = "".join(f"<li>{_cite(self.library, cite, whole=True)}</li>" for cite in cites)
        return (
            f'<details class="cites" id="cites-{self._at}"><summary>{escape(_name(self.library, cites[0]))} '
            f"and {len(cites) - 1} more</summary><ul>{items}</ul></details>"
        )

    def _folded(self, node: Because, above: tuple[str, ...]) -> str:
        groups: dict[tuple[str, str], list[tuple[str, str, Because]]] = {}
        for child in node.children:
            name, colon, said = child.text.partition(": ")
            groups.setdefault((child.verdict, _how(said)), []).append((name, colon + said, child))
        out = []
        for (verdict, how), members in sorted(groups.items(), key=lambda item: -len(item[1])):
            cites = tuple(dict.fromkeys(c for _, _, m in members for c in m.cite if c not in above))
            if len(members) == 1:
                out.append(f"<li>{self._line(members[0][2], cites)}</li>")
                continue
            self._at += 1
            # what is said of a unit is often said of others too, and set once
            rows = "".join([f"<li>{escape(name)}{_said(self.library, said)}</li>" for name, said, _ in members])
            names = ", ".join(sorted([name for name, _, _ in members]))
            out.append(
                f"<li>{MARKS[verdict]} <b>{len(members)}</b> {_said(self.library, _many(how))} {self._cites(cites)}"
                f'<details class="who" id="who-{self._at}"><summary>{escape(names)}</summary>'
                f"<ul>{rows}</ul></details></li>"
            )
        return f'<ul class="tree">{"".join(out)}</ul>'


@lru_cache(maxsize=4096)
def _how(said: str) -> str:
    """What is said of a unit, without when it was."""
    return _WHEN.sub("", said).rstrip(".")


@lru_cache(maxsize=8192)
def _said(library: Library, text: str) -> str:
    """A sentence with its days in words and its readings as links to their switches."""
    out, last = [], 0
    for found in _HELD.finditer(text):
        if found[1] in library.questions:
            out += [escape(days(text[last : found.start()])), _reading(library, found[1], found[2])]
            last = found.end()
    return "".join([*out, escape(days(text[last:]))])


@lru_cache(maxsize=512)
def _reading(library: Library, question: str, reading: str) -> str:
    asked = library.questions[question]
    title = f"{asked.title} {asked.reading(reading.partition(':')[0]).title}"
    return f'<a class="chip" href="#q-{question}" title="{escape(title)}">{question}: {escape(reading)}</a>'


@lru_cache(maxsize=2048)
def _cite(library: Library, cite: str, *, whole: bool) -> str:
    name, _, at = cite.partition(", ")
    told = library.place.law.cited(Cite(name, at))
    shown = told if whole else _name(library, cite)
    title = "" if whole else f' title="{escape(told)}"'
    return f'<a class="cite" href="{escape(Address("cite", name).url())}"{title}>{escape(shown)}</a>'


@lru_cache(maxsize=2048)
def _name(library: Library, cite: str) -> str:
    """An authority as short as it can be told."""
    name, _, at = cite.partition(", ")
    authority = library.place.law.authority(name)
    said = authority.title
    if authority.year and str(authority.year) not in said:
        said += f" ({authority.year})"
    return f"{said}, {at}" if at and len(at) < SHORT else said


def _many(how: str) -> str:
    return "have " + how.removeprefix("has ") if how.startswith("has ") else how
