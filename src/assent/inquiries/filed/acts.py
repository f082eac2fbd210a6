"""Acts: the record itself, each act with its source, and where what is claimed of it differs."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from assent.errors import QueryError, UnknownName
from assent.inquiries.reproduce import command
from assent.inquiries.states import find_state
from assent.record.audit import Finding, audit
from assent.values.dates import LAST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.record.acts import Act

CLAIMS = "claims.csv"


class Claim(Struct, frozen=True):
    """What one source says of an act. ``differs`` where it gives another day than the record keeps."""

    date: str
    source_class: str
    differs: bool
    note: str
    source: str


class ActRow(Struct, frozen=True):
    """An act on file. What is not known is ``None`` or empty, never no.

    Attributes
    ----------
    title
        Of the matter.
    state, name
        The unit that acted: its code and its name; ``body`` is its body.
    when, precision
        The day as far as it is known, and how far that is.
    known_on
        When it became known.
    resolution, alt_dates
        Why this day, where sources differ, and the others.
    standing
        ``read`` or ``recalled``.
    claims
        What each source says of it.
    disputed
        Whether sources give more than one day.
    """

    id: str
    matter: str
    title: str
    state: str
    name: str
    body: str
    act: str
    when: str
    precision: str
    earliest: date
    known_on: date
    yes: int | None
    no: int | None
    of_act: str
    confidence: str
    resolution: str
    alt_dates: str
    note: str
    standing: str
    source: str
    claims: tuple[Claim, ...]
    disputed: bool


class Acts(Struct, frozen=True):
    """The acts on file that meet a filter, in order of their days.

    Attributes
    ----------
    total, disputed
        How many there are, and of how many the sources give more than one day.
    kinds, matters, states
        How many of each there are under the filter, each without the filter of its own kind.
    findings
        Where the record or the official list contradicts itself on these matters.
    """

    jurisdiction: str
    matter: str
    state: str
    act: str
    since: date | None
    until: date | None
    total: int
    disputed: int
    acts: tuple[ActRow, ...]
    kinds: dict[str, int]
    matters: dict[str, int]
    states: dict[str, int]
    findings: tuple[Finding, ...]
    versions: dict[str, str]
    reproduce: str


def acts_of(
    place: Jurisdiction, matter: str, state: str, act: str, since: date | None, until: date | None, *, disputed: bool
) -> Acts:
    """The acts on file that meet a filter.

    Parameters
    ----------
    matter, state, act
        The matter, the state that acted, the kind of act; empty for all.
    since, until
        The days between which it may have happened.
    disputed
        Only those of which sources give more than one day.

    Raises
    ------
    UnknownName
        No such matter, state or kind of act.
    QueryError
        The days are the wrong way round.
    """
    record = place.record
    if matter:
        record.matter(matter)
    code = find_state(place, state, LAST)[0] if state else ""
    every = [one for acts in record.acts.values() for one in acts]
    known = {one.act for one in every}
    if act and act not in known:
        raise UnknownName("kind of act on file", act, known, where="--act")
    if since and until and until < since:
        raise QueryError(f"{until} is before {since}.", where="--until", remedy="Give a later day.")
    claims = _claims(place)
    every = [one for one in every if _when(one, since, until) and (not disputed or _disputed(one, claims))]

    def having(*, but: str = "") -> list[Act]:
        return [
            one
            for one in every
            if (but == "matter" or not matter or one.matter == matter)
            and (but == "state" or not code or _unit(one) == code)
            and (but == "act" or not act or one.act == act)
        ]

    found = sorted(having(), key=lambda one: (one.earliest, one.id))
    names = {member.unit: member.name for members in record.rosters.values() for member in members}
    rows = tuple(_row(place, one, names, claims) for one in found)
    about = {one.matter for one in found}
    options = {"--matter": matter, "--state": code, "--act": act, "--since": since, "--until": until}
    words = [word for name, said in options.items() if said for word in (name, str(said))]
    words += ["--disputed"] if disputed else []
    return Acts(
        place.name,
        matter,
        code,
        act,
        since,
        until,
        len(rows),
        sum(row.disputed for row in rows),
        rows,
        _counted(one.act for one in having(but="act")),
        _counted(one.matter for one in having(but="matter")),
        _counted(unit for one in having(but="state") if (unit := _unit(one)) in names),
        tuple(finding for finding in _findings(place) if finding.matter in about),
        place.versions,
        command("record", "acts", *words),
    )


@lru_cache(maxsize=8)
def _findings(place: Jurisdiction) -> tuple[Finding, ...]:
    """Every contradiction in the record, which is looked through once."""
    return audit(place.record).findings


@lru_cache(maxsize=8)
def _claims(place: Jurisdiction) -> Mapping[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for _, row in place.record.table(CLAIMS):
        found.setdefault(row["act_id"], []).append(row)
    return found


def _counted(names: Iterator[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        found[name] = found.get(name, 0) + 1
    return found


def _unit(act: Act) -> str:
    return act.actor.partition("/")[0]


def _when(act: Act, since: date | None, until: date | None) -> bool:
    """Whether an act may have happened between two days."""
    return (until is None or act.earliest <= until) and (since is None or act.latest is None or act.latest >= since)


def _disputed(act: Act, claims: Mapping[str, list[dict[str, Any]]]) -> bool:
    return bool(act.alt_dates) or any(_differs(act, claim) for claim in claims.get(act.id, ()))


def _differs(act: Act, claim: Mapping[str, Any]) -> bool:
    """Whether a claim gives another day: one less exact that holds the act's own day does not."""
    said = str(claim["date"] or "")
    if not said:
        return False
    kept = act.earliest.isoformat() if act.dated else act.when
    return not kept.startswith(said) and not said.startswith(kept)


def _row(place: Jurisdiction, act: Act, names: Mapping[str, str], claims: Mapping[str, list[dict[str, Any]]]) -> ActRow:
    unit, _, body = act.actor.partition("/")
    said = tuple(
        Claim(str(c["date"] or ""), c["source_class"], _differs(act, c), c["note"], c["source"])
        for c in claims.get(act.id, ())
    )
    return ActRow(
        act.id,
        act.matter,
        place.record.matters[act.matter].title,
        unit,
        names.get(unit, place.profile.title if unit == place.name else unit),
        body,
        act.act,
        act.when,
        act.precision,
        act.earliest,
        act.recorded_on,
        act.yes,
        act.no,
        act.of_act,
        act.confidence,
        act.resolution,
        act.alt_dates,
        act.note,
        act.standing,
        act.source,
        said,
        _disputed(act, claims),
    )
