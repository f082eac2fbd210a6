"""Evidence: what followed past votes to leave, with consent and without, and how often it came to civil war."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from assent.errors import RecordError
from assent.inquiries.filed.wording import flat
from assent.law.citations import Cite, told
from assent.law.loading import convert, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from assent.inquiries.jurisdiction import Jurisdiction

FOLDER = "exit"
ANSWERS = ("accept", "negotiate", "refuse", "litigate", "sanction", "police", "direct-rule", "force")


class Rate(Struct, frozen=True):
    """How often something happened: ``k`` of ``n`` cases of a universe, with a 95 percent interval.

    Attributes
    ----------
    bears_on
        ``war``, ``victory`` (the parameter p of the standoff), ``success`` or ``amendment``.
    method
        How the interval was made.
    """

    id: str
    what: str
    bears_on: str
    k: int
    n: int
    share: Fraction
    low: float
    high: float
    method: str
    universe: str
    caution: str
    source: str


class Response(Struct, frozen=True):
    """What followed a vote for leaving.

    Attributes
    ----------
    consent
        By what the parent had agreed beforehand; empty where it had not.
    answers
        The parent's answers in order.
    implemented
        ``yes``, ``no`` or ``pending``.
    parent_dissolved
        Whether the parent was falling apart.
    checked
        ``text`` (a text on the answer) or ``row`` (the sources of the vote's own row).
    """

    vote: str
    territory: str
    parent: str
    date: str
    prior_consent: bool
    consent: str
    answers: tuple[str, ...]
    implemented: str
    parent_dissolved: bool
    checked: str
    note: str
    source: str


class Split(Struct, frozen=True):
    """A group of the votes: how many were carried out of how many that are decided. A count, not a sample."""

    group: str
    implemented: int
    decided: int
    pending: int
    forced: int


class Conflict(Struct, frozen=True):
    """A civil conflict that is named in the discussion, and what it is a case of."""

    id: str
    title: str
    began: str
    ended: str
    deaths_low: int | None
    deaths_high: int | None
    deaths_of: str
    kind: str
    about_leaving: bool
    shows: str
    source: str


class LeftOut(Struct, frozen=True):
    """A vote for leaving that is not counted, and why."""

    vote: str
    why: str


class Evidence(Struct, frozen=True):
    """The evidence on past exits with and without consent, by a day.

    Attributes
    ----------
    universe
        Which votes are counted.
    """

    lead: str
    universe: str
    splits: tuple[Split, ...]
    responses: tuple[Response, ...]
    left_out: tuple[LeftOut, ...]
    rates: tuple[Rate, ...]
    conflicts_lead: str
    conflicts: tuple[Conflict, ...]
    cautions: tuple[str, ...]
    cite: tuple[str, ...]


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    lead: str
    universe: str
    left_out: tuple[LeftOut, ...]
    cautions: tuple[str, ...]
    conflicts: str
    cite: tuple[str | Cite, ...] = ()


def evidence_of(place: Jurisdiction, as_of: date) -> Evidence:
    """What is on file of what had happened by a day.

    Raises
    ------
    RecordError
        A row names a vote that is not on file, or an answer that is none.
    LawError
        The texts on file are wrong.

    Examples
    --------
    >>> from datetime import date
    >>> from assent.inquiries.jurisdiction import Jurisdiction
    >>> found = evidence_of(Jurisdiction("us"), date(2026, 1, 1))
    >>> [(split.group, split.implemented, split.decided) for split in found.splits][:2]
    [('agreed beforehand', 5, 5), ('not agreed beforehand', 5, 14)]
    """
    file = place.root / FOLDER / "evidence.yaml"
    text = convert(read_yaml(file), _File, file)
    votes = {row["id"]: row for row in place.rows(f"{FOLDER}/referendums.csv")}
    responses = tuple(
        response
        for response in (_response(place, row, votes) for row in place.rows(f"{FOLDER}/responses.csv"))
        if response.date[:10] <= str(as_of)
    )
    return Evidence(
        flat(text.lead),
        flat(text.universe),
        _splits(responses),
        responses,
        tuple(LeftOut(out.vote, flat(out.why)) for out in text.left_out if out.vote in votes),
        tuple(_rate(row) for row in place.rows(f"{FOLDER}/base_rates.csv")),
        flat(text.conflicts),
        tuple(c for c in (_conflict(row) for row in place.rows(f"{FOLDER}/conflicts.csv")) if c.began <= str(as_of)),
        tuple(flat(said) for said in text.cautions),
        told(text.cite),
    )


def _response(place: Jurisdiction, row: Mapping[str, Any], votes: Mapping[str, Mapping[str, Any]]) -> Response:
    where = str(place.root / FOLDER / "responses.csv")
    if row["vote"] not in votes:
        raise RecordError(
            f"{row['vote']!r} is no vote on file.", where=where, remedy="Name a vote of referendums.csv by its id."
        )
    vote = votes[row["vote"]]
    answers = tuple(part.strip() for part in row["response"].split(";"))
    wrong = next((said for said in answers if said not in ANSWERS), None)
    if wrong is not None:
        raise RecordError(f"{wrong!r} is no answer.", where=where, remedy=f"Valid: {', '.join(ANSWERS)}.")
    return Response(
        row["vote"],
        vote["territory"],
        vote["parent"],
        vote["date"],
        row["prior_consent"] == "yes",
        row["consent"],
        answers,
        row["implemented"],
        row["parent_dissolved"] == "yes",
        row["checked"],
        row["note"],
        row["source"],
    )


def _splits(responses: tuple[Response, ...]) -> tuple[Split, ...]:
    """With consent, without, and without where the parent was not falling apart."""
    groups = {
        "agreed beforehand": [r for r in responses if r.prior_consent],
        "not agreed beforehand": [r for r in responses if not r.prior_consent],
        "not agreed, and the parent state was not falling apart": [
            r for r in responses if not r.prior_consent and not r.parent_dissolved
        ],
    }
    return tuple(
        Split(
            group,
            sum(r.implemented == "yes" for r in held),
            sum(r.implemented != "pending" for r in held),
            sum(r.implemented == "pending" for r in held),
            sum("force" in r.answers for r in held),
        )
        for group, held in groups.items()
    )


def _rate(row: Mapping[str, Any]) -> Rate:
    return Rate(
        row["id"],
        row["what"],
        row["bears_on"],
        row["k"],
        row["n"],
        Fraction(row["k"], row["n"]),
        row["low_95"],
        row["high_95"],
        "95 percent interval by Jeffreys, as if the cases were independent",
        row["universe"],
        row["caution"],
        row["source"],
    )


def _conflict(row: Mapping[str, Any]) -> Conflict:
    return Conflict(
        row["id"],
        row["title"],
        row["from"],
        row["to"] or "",
        row["deaths_low"],
        row["deaths_high"],
        row["deaths_of"],
        row["kind"],
        row["about_leaving"] == "yes",
        row["shows"],
        row["source"],
    )
