"""Precedents and claims: what happened before, and what was said, each with what it is worth."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from assent.inquiries.exit.figures import filled
from assent.law.citations import Cite, told
from assent.law.loading import convert, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assent.inquiries.jurisdiction import Jurisdiction


class Precedent(Struct, frozen=True):
    """Something that happened, by what rule, how it ended, and what it shows for leaving today."""

    id: str
    title: str
    date: date
    kind: str
    what: str
    rule: str
    result: str
    shows: str
    cite: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


class Claim(Struct, frozen=True):
    """Something that was claimed (or left blank), and what the law and the record say of it."""

    id: str
    text: str
    blank: bool
    verdict: str
    finds: str
    source: str
    cite: tuple[str, ...]


class _Precedent(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    title: str
    date: date
    kind: str
    what: str
    rule: str
    result: str
    shows: str
    cite: tuple[str | Cite, ...] = ()
    data: str = ""
    where: dict[str, str] = {}


class _Precedents(Struct, frozen=True, forbid_unknown_fields=True):
    precedents: tuple[_Precedent, ...]


class _Claim(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    claim: str
    blank: bool
    verdict: Literal["right", "wrong", "incomplete", "blank-filled", "contested"]
    finds: str
    source: str
    cite: tuple[str | Cite, ...] = ()


class _Claims(Struct, frozen=True, forbid_unknown_fields=True):
    claims: tuple[_Claim, ...]


def precedents_of(place: Jurisdiction, as_of: date, figures: Mapping[str, str]) -> tuple[Precedent, ...]:
    """What had happened by a day, in order, each with the rows of data it stands for."""
    file = place.root / "exit" / "precedents.yaml"
    found = convert(read_yaml(file), _Precedents, file).precedents

    def said(text: str) -> str:
        return filled(text, figures, file)

    return tuple(
        Precedent(
            p.id,
            p.title,
            p.date,
            p.kind,
            said(p.what),
            said(p.rule),
            said(p.result),
            said(p.shows),
            told(p.cite),
            tuple(r for r in place.rows(p.data) if _by(r, as_of) and _meets(r, p.where)) if p.data else (),
        )
        for p in sorted(found, key=lambda p: p.date)
        if p.date <= as_of
    )


def claims_of(place: Jurisdiction, figures: Mapping[str, str]) -> tuple[Claim, ...]:
    """The claims on file, in their order."""
    file = place.root / "exit" / "claims.yaml"
    return tuple(
        Claim(
            c.id,
            " ".join(c.claim.split()),
            c.blank,
            c.verdict,
            filled(c.finds, figures, file),
            c.source,
            told(c.cite),
        )
        for c in convert(read_yaml(file), _Claims, file).claims
    )


def _by(row: dict[str, Any], as_of: date) -> bool:
    day = row.get("date")
    return day is None or str(day)[:10] <= str(as_of)


def _meets(row: dict[str, Any], where: Mapping[str, str]) -> bool:
    return all(str(row[column]) == value for column, value in where.items())
