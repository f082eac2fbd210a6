"""Audit: where the record contradicts itself, and where an official list does.

The official list is kept as printed, in its own order, beside the acts as resolved; neither is corrected by the other.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from assent.record.record import Record

BEFORE = "before-completion"


class Finding(Struct, frozen=True):
    """One contradiction.

    Attributes
    ----------
    about
        ``official list`` (what an authority printed) or ``record`` (what is on file here).
    kind
        ``order_break``, ``count_mismatch``, ``proclaimed_before_completed``, ``left_out``, ``not_in_record``,
        ``date_differs`` for the list; ``disputed``, ``before_proposal`` for the record.
    """

    about: str
    matter: str
    kind: str
    detail: str
    source: str


class Audit(Struct, frozen=True):
    """Everything that was read, and what was found."""

    rows: dict[str, int]
    findings: tuple[Finding, ...]

    def of(self, *kinds: str) -> tuple[Finding, ...]:
        """The findings of these kinds, in order."""
        return tuple(f for f in self.findings if f.kind in kinds)


def audit(record: Record) -> Audit:
    """Read every file of the record and of the facts, and say where they contradict each other.

    Raises
    ------
    RecordError
        A row is wrong in itself (the first one found).
    """
    rows = {f"record/{name}": len(record.table(name)) for name in record.dictionary.files}
    rows |= {f"facts/{name}": len(record.facts(name)) for name in record.facts_dictionary.files}
    found = [*_list(record), *_acts(record)]
    return Audit(
        rows,
        tuple(sorted(found, key=lambda f: (f.about, list(record.matters).index(f.matter), f.kind, f.detail))),
    )


def _list(record: Record) -> Iterator[Finding]:
    printed: dict[str, list[dict[str, Any]]] = {}
    for _, row in record.table("official_list.csv"):
        printed.setdefault(row["matter"], []).append(row)
    for _, prints in record.table("official_prints.csv"):
        matter, source = prints["matter"], prints["source"]
        rows = sorted(printed.get(matter, ()), key=lambda row: row["position"])
        yield from _order(matter, rows)
        names = {row["state"] for row in rows if row["section"] == BEFORE}
        claimed, text = prints["count_printed"], prints["count_printed_text"]
        if claimed is not None and prints["completed_printed"] and claimed != len(names):
            detail = f"the text says {text!r}, and the list up to completion has {len(names)} names"
            yield Finding("official list", matter, "count_mismatch", detail, source)
        done, proclaimed = prints["completed_printed"], prints["proclaimed_printed"]
        if done and proclaimed and proclaimed < done:
            detail = f"proclaimed on {proclaimed}, before it was complete on {done}"
            yield Finding("official list", matter, "proclaimed_before_completed", detail, source)
        if done:
            yield from _against_acts(record, matter, rows, max(done, proclaimed or done), source)


def _order(matter: str, rows: list[dict[str, Any]]) -> Iterator[Finding]:
    dated = [row for row in rows if row["section"] == BEFORE and row["printed_date"]]
    for one, two in pairwise(dated):
        if str(two["printed_date"]) < str(one["printed_date"]):
            detail = f"{one['state']} {one['printed_date']} is followed by {two['state']} {two['printed_date']}"
            yield Finding("official list", matter, "order_break", detail, two["source"])


def _against_acts(
    record: Record, matter: str, rows: list[dict[str, Any]], until: date, source: str
) -> Iterator[Finding]:
    printed: dict[str, list[str]] = {}
    for row in rows:
        days = printed.setdefault(row["state"], [])
        if row["printed_act"] == "ratify":
            days.append(str(row["printed_date"]))
    firsts: dict[str, date] = {}
    for act in record.acts.get(matter, ()):
        if act.act == "ratify" and act.dated:
            firsts.setdefault(act.actor.partition("/")[0], act.earliest)
    for state, day in firsts.items():
        if day <= until and state not in printed and record.known_by(matter, state, until):
            yield Finding(
                "official list",
                matter,
                "left_out",
                f"{state} ratified on {day} and is not in the list",
                source,
            )
        elif printed.get(state) and str(day) not in printed[state]:
            detail = f"{state} is printed as {' and '.join(printed[state])}; the record has {day}"
            yield Finding("official list", matter, "date_differs", detail, source)


def _acts(record: Record) -> Iterator[Finding]:
    for matter, acts in record.acts.items():
        begun = record.matters[matter].proposed_on
        for act in acts:
            if act.alt_dates:
                detail = f"{act.id}: {act.when} is resolved from claims that differ ({act.alt_dates})"
                yield Finding("record", matter, "disputed", detail, act.source)
            if begun and act.latest and act.latest < begun and act.act not in {"propose", "agree"}:
                yield Finding("record", matter, "before_proposal", f"{act.id}: done before {begun}", act.source)
