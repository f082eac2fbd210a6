"""Upstream: what a state could set going by itself before any path: its petition, and the vote that this would call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import NotApplicable
from assent.inquiries.petition.law import requirement_of, rule_of
from assent.inquiries.referendum.law import referendum_law
from assent.inquiries.reproduce import command
from assent.law.citations import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from assent.inquiries.jurisdiction import Jurisdiction

PETITION, REFERENDUM = "petition", "referendum"


class Upstream(Struct, frozen=True):
    """A stage before any path.

    Attributes
    ----------
    stage
        ``petition`` or ``referendum``.
    needs
        What it takes, in words.
    required
        Signatures required; ``None`` for a vote.
    binds, starts
        For a vote: whether it binds, and what it would start.
    ask
        The command that says more.
    """

    id: str
    stage: str
    title: str
    needs: str
    required: int | None
    binds: str
    starts: str
    cite: tuple[str, ...]
    ask: str


def upstream_of(place: Jurisdiction, code: str, name: str, as_of: date) -> tuple[Upstream, ...]:
    """The petitions that a state's law knows, and the votes on leaving that measures of its own would have called."""
    return (*_petitions(place, code, name, as_of), *_votes(place, code, as_of))


def _petitions(place: Jurisdiction, code: str, name: str, as_of: date) -> Iterator[Upstream]:
    try:
        rule = rule_of(place, code, name)
    except NotApplicable:
        return
    for kind in rule.kinds:
        try:
            need = requirement_of(place, rule, kind, as_of)
        except NotApplicable:
            continue
        said = (
            f"{need.required:,} valid signatures; by the sample it fails with fewer than {need.counted_from:,} and "
            f"qualifies with {need.qualifies_from:,}, and in between every signature is counted"
        )
        ask = command(PETITION, code, "--kind", kind.id)
        yield Upstream(kind.id, PETITION, kind.title, said, need.required, "", "", told(kind.cite), ask)


def _votes(place: Jurisdiction, code: str, as_of: date) -> Iterator[Upstream]:
    for rule in referendum_law(place).of_state(code, as_of):
        ask = command(REFERENDUM, code, "--rule", rule.id)
        starts = " ".join(rule.starts.split())
        yield Upstream(rule.id, REFERENDUM, rule.title, rule.text, None, rule.binds, starts, told(rule.cite), ask)
