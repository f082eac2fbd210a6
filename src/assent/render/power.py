"""Who weighs how much, on a page: the answer in a sentence, then a row for each group."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from assent.render.numbers import EXACT_DIGITS, bound, count, digits, power, share
from assent.render.page import Block, Line, Page, Para, Span, Table, code, quiet, say, strong
from assent.render.words import foot, joined, many, notes, readings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assent.inquiries.counting.power import Power, Share
    from assent.inquiries.jurisdiction import Jurisdiction

MOST = 20
BAR = 16
NAMES = {
    "banzhaf": "Banzhaf",
    "shapley-shubik": "Shapley–Shubik",
    "birnbaum": "Birnbaum",
    "coleman-initiate": "Coleman's power to initiate",
    "coleman-prevent": "Coleman's power to prevent",
    "johnston": "Johnston",
    "deegan-packel": "Deegan–Packel",
    "holler": "Holler",
}


def power_page(found: Power, place: Jurisdiction, *, full: bool = False) -> Page:
    """Who weighs how much: the largest shares, a table, how it was worked out, and what was assumed."""
    name = NAMES.get(found.index, found.index)
    rows = rows_of(found.values)
    shown = rows if full else rows[:MOST]
    when = f"As of {found.as_of}. " if found.as_of else ""
    blocks: list[Block] = [
        Para(say(strong(answer(rows, name)), " ", code(found.procedure))),
        Para(say(found.title, quiet(f". {when}{many(found.members, 'member')}. {name}: {found.about}."))),
        _table(found, shown),
    ]
    if len(shown) < len(rows):
        rest = sum(s.normalized for group in rows[MOST:] for s in group)
        blocks.append(Para(say(quiet(f"{len(rows) - MOST:,} more rows, {share(rest)} together; --full lists them."))))
    blocks += [
        Para(say(quiet(f"Method: {found.method}; {bound(found.error_bound)}.{_swings(found)}"))),
        *notes(found.assumptions),
        *readings(place.law, found.readings, found.reproduce),
        *foot(found.versions, found.reproduce),
    ]
    return Page(f"Power in {found.procedure}", tuple(blocks))


def rows_of(values: Iterable[Share]) -> list[tuple[Share, ...]]:
    """Who weighs how much, row by row: members of a body who follow each other with the same numbers are one."""
    return [tuple(group) for _, group in groupby(values, key=_alike)]


def _alike(row: Share) -> tuple[object, ...]:
    """Members who follow each other with the same numbers in the same body are one row."""
    stem, _, number = row.id.rpartition("/")
    return (stem if number.isdecimal() and stem else row.id, row.value, row.normalized, row.log10)


def answer(rows: list[tuple[Share, ...]], name: str) -> str:
    """Who weighs most by an index, in a sentence."""
    top = [f"{name_of(group)} {share(sum(s.normalized for s in group))}" for group in rows[:3]]
    rest = "" if len(rows) <= 3 else " first"
    return f"By {name}, {joined(top)} of all power{rest}."


def name_of(group: tuple[Share, ...]) -> str:
    """What a row is called."""
    first, last = group[0], group[-1]
    return first.label or first.id if len(group) == 1 else f"{first.id}…{last.id.rpartition('/')[2]}"


def _table(found: Power, rows: list[tuple[Share, ...]]) -> Table:
    exact = all(s.swings is not None and s.swings < 10**EXACT_DIGITS for group in rows for s in group)
    longest = max((len(count(sum(s.swings or 0 for s in group))) for group in rows), default=0) if exact else 0
    bar = max(4, BAR - max(0, longest - 6))  # what long numbers take is taken from it
    top = max((sum(s.normalized for s in group) for group in rows), default=0)
    lines = []
    for group in rows:
        first = group[0]
        members = sum(s.members for s in group)
        part = sum(s.normalized for s in group)
        cells: list[Line] = [
            say(code(name_of(group) if len(group) > 1 else first.id),
                quiet(f" {first.label}" if first.label and first.label != first.id else "")),
            say(f"{members:,}"),
            say(share(part)),
            (Span("▓" * round(bar * part / top) if top else "", "strong"),),
            say(power((first.value or 0.0) / first.members, _each(first), 4)),
        ]  # fmt: skip
        if exact:
            cells.append(say(count(sum(s.swings or 0 for s in group))))
        lines.append(tuple(cells))
    head = [found.by.capitalize(), "Members", "Share", "", "Of one member"]
    right = frozenset({1, 2, 4, 5} if exact else {1, 2, 4})
    return Table(tuple([*head, "Swings"] if exact else head), tuple(lines), right, frozenset({0}))


def _each(row: Share) -> float | None:
    from math import log10

    return None if row.log10 is None else row.log10 - log10(row.members)


def _swings(found: Power) -> str:
    largest = max((s.swings for s in found.values if s.swings is not None), default=None)
    if largest is None or largest < 10**EXACT_DIGITS:
        return ""
    return f" Swings are counted exactly, in whole numbers of up to {digits(largest):,} digits; --json gives them."
