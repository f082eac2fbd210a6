"""A justification as a tree: long lists of units folded into names, grouped by how they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assent.render.page import Branch, Span, quiet, say
from assent.render.words import MARKS

if TYPE_CHECKING:
    from assent.folds.because import Because
    from assent.render.page import Said
    from assent.render.words import Sources

FOLDED = 6  # a list of more leaves than this is folded
_WHEN = re.compile(r" (?:on|in) \d{4}(?:-\d\d){0,2}(?:, \d+–\d+)?")
_BARE = "All of these:"


def branches(tree: Because, sources: Sources, *, full: bool) -> tuple[Branch, ...]:
    """What decides a verdict, as branches; the verdict itself is the page's first sentence."""
    return tuple(branch for child in tree.children for branch in _branch(child, sources, (), full=full))


def _branch(because: Because, sources: Sources, above: tuple[str, ...], *, full: bool) -> list[Branch]:
    if because.children and because.text.startswith(_BARE) and not because.cite:
        return [b for child in because.children for b in _branch(child, sources, above, full=full)]
    own = tuple(cite for cite in because.cite if cite not in above)
    said: list[Said] = [MARKS[because.verdict], " ", because.text, sources.mark(own)]
    if because.readings and not all(name in because.text for name in because.readings):
        said.append(quiet(f" ({', '.join(f'{q}={r}' for q, r in because.readings.items())})"))
    if full and (because.acts or because.facts):
        said.append(quiet(f" {'; '.join((*because.acts, *because.facts))}"))
    passed = (*above, *because.cite)
    leaves = all(not child.children for child in because.children)
    if leaves and len(because.children) > FOLDED and not full:
        return [Branch(say(*said), _folded(because, sources, passed))]
    below = [b for child in because.children for b in _branch(child, sources, passed, full=full)]
    return [Branch(say(*said), tuple(below))]


def _folded(because: Because, sources: Sources, above: tuple[str, ...]) -> tuple[Branch, ...]:
    groups: dict[tuple[str, str], list[Because]] = {}
    for child in because.children:
        _, _, how = child.text.partition(": ")
        groups.setdefault((child.verdict, _WHEN.sub("", how).rstrip(".")), []).append(child)
    found = []
    for (verdict, how), members in sorted(groups.items(), key=lambda item: -len(item[1])):
        cites = tuple(dict.fromkeys(c for m in members for c in m.cite if c not in above))
        if len(members) == 1:
            found.append(Branch(say(MARKS[verdict], " ", members[0].text, sources.mark(cites))))
            continue
        names = ", ".join(sorted(m.text.partition(": ")[0].replace(" ", "\u00a0") for m in members))
        found.append(
            Branch(
                say(
                    MARKS[verdict],
                    " ",
                    Span(f"{len(members)} {_of_many(how)}", "strong"),
                    sources.mark(cites),
                    f": {names}",
                )
            )
        )
    return tuple(found)


def _of_many(how: str) -> str:
    return "have " + how.removeprefix("has ") if how.startswith("has ") else how
