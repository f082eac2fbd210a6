"""The law of petitions: how a state counts, samples and certifies signatures, and how many it asks for on a day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from assent.errors import LawError, NotApplicable, UnknownName
from assent.law.citations import Cite, told
from assent.law.loading import convert, read_yaml
from assent.values.fractions import votes_needed

if TYPE_CHECKING:
    from pathlib import Path

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.models.petition.bars import Bars
    from assent.models.petition.certificate import Method

FOLDER = "petition"
COUNTY, WHOLE = "county", "state"


class Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of measure, and the share of a vote that its petition needs."""

    id: str
    title: str
    share: Fraction
    of: str
    cite: tuple[str | Cite, ...] = ()


class Sample(Struct, frozen=True, forbid_unknown_fields=True):
    """How many signatures are checked: at least so many, at least this share, all up to so many."""

    least: int
    share: Fraction
    all_up_to: int


class Rounding(Struct, frozen=True, forbid_unknown_fields=True):
    """How a sample becomes a certificate."""

    percent_places: int | None
    rounded: Literal["up", "nearest"]
    value_places: int
    weight_places: int
    duplicates: Literal["projected", "left"]


class Total(Struct, frozen=True, forbid_unknown_fields=True):
    """The shares of the requirement at which a petition fails, and qualifies without a full count."""

    fails: Literal["below", "at"]
    fails_at: Fraction
    qualifies: Literal["above", "at"]
    qualifies_at: Fraction


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    """A worked example of the law's own."""

    raw: int
    sample: int
    valid: int
    duplicates: int
    uncorrected: int
    estimated: int
    certified: int
    cite: tuple[str | Cite, ...] = ()


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """A step of the law."""

    title: str
    what: str
    cite: tuple[str | Cite, ...] = ()


class Default(Struct, frozen=True, forbid_unknown_fields=True):
    """A default: its value as text, whether it is evidence or an assumption, and why."""

    value: str
    standing: Literal["evidence", "assumption"]
    why: str
    cite: tuple[str | Cite, ...] = ()


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """The law of one state on petitions; one file each under ``petition/rules``."""

    state: str
    title: str
    unit: Literal["county", "state"]
    units: str
    default_kind: str
    kinds: tuple[Kind, ...]
    sample: Sample
    certificate: Rounding
    total: Total
    steps: tuple[Step, ...]
    defaults: dict[str, Default]
    example: Example | None = None
    notes: tuple[str, ...] = ()

    def kind(self, name: str) -> Kind:
        """A kind of measure by its id; the usual one if none is named.

        Raises
        ------
        UnknownName
            There is none of that name.
        """
        wanted = name or self.default_kind
        found = next((kind for kind in self.kinds if kind.id == wanted), None)
        if found is None:
            raise UnknownName("kind of petition", wanted, (kind.id for kind in self.kinds), where="--kind")
        return found

    def method(self) -> Method:
        """How a sample is drawn and certified, as the model takes it."""
        from assent.models.petition.certificate import Method

        rounding = self.certificate
        return Method(
            self.sample.least,
            self.sample.share,
            self.sample.all_up_to,
            rounding.percent_places,
            rounding.rounded == "up",
            rounding.value_places,
            rounding.weight_places,
            rounding.duplicates == "projected",
        )

    def bars(self, required: int) -> Bars:
        """What the total has to reach, in whole signatures."""
        from assent.models.petition.bars import bars

        t = self.total
        return bars(required, t.fails_at, t.qualifies_at, at_fails=t.fails == "at", at_qualifies=t.qualifies == "at")


class Requirement(Struct, frozen=True):
    """How many valid signatures are needed.

    Attributes
    ----------
    votes
        The vote that is the base; ``None`` where only the requirement itself is on file.
    election
        The election whose vote it is.
    counted_from, qualifies_from
        Fewer certified by the sample is a failure; so many certified qualify without a full count.
    """

    kind: str
    title: str
    required: int
    share: Fraction
    of: str
    votes: int | None
    election: date
    counted_from: int
    qualifies_from: int
    cite: tuple[str, ...]
    source: str
    note: str


def rule_of(place: Jurisdiction, state: str, name: str) -> Rule:
    """The law of a state on petitions.

    Raises
    ------
    NotApplicable
        None is on file for the state.
    """
    folder = place.root / FOLDER / "rules"
    file = folder / f"{state}.yaml"
    if not file.is_file():
        known = sorted(other.stem for other in folder.glob("*.yaml"))
        raise NotApplicable(
            f"How {name} counts the signatures of a petition is not on file.",
            where="STATE",
            remedy=f"On file: {', '.join(known) or 'none'}. A file {FOLDER}/rules/{state}.yaml in the library adds it.",
        )
    return read_rule(file)


def read_rule(file: Path) -> Rule:
    """A file under ``petition/rules``.

    Raises
    ------
    LawError
        With file, line, field and remedy; or its worked example does not come out.
    """
    rule = convert(read_yaml(file), Rule, file)
    if not rule.kinds or rule.default_kind not in {kind.id for kind in rule.kinds}:
        raise LawError(
            f"default_kind is {rule.default_kind!r}, which is no kind of it.",
            where=f"{file}, field default_kind",
            remedy="Name one of the kinds.",
        )
    example = rule.example
    if example is not None:
        from assent.models.petition.certificate import certificate

        method = rule.method()
        found = certificate(example.raw, example.sample, example.valid, example.duplicates, method)
        if (found.uncorrected, found.estimated, found.certified) != (
            example.uncorrected,
            example.estimated,
            example.certified,
        ) or method.sample(example.raw) != example.sample:
            raise LawError(
                f"The worked example comes out as {found.certified:,}, not {example.certified:,}.",
                where=f"{file}, field example",
                remedy="Correct the roundings (certificate, sample), or the example.",
            )
    return rule


def requirement_of(place: Jurisdiction, rule: Rule, kind: Kind, as_of: date) -> Requirement:
    """What a kind of petition needs by the last election on file before a day.

    A published number is taken where there is one; else it is the share of the vote, rounded up.

    Raises
    ------
    NotApplicable
        No requirement is on file for the day.
    """
    rows = [row for row in place.rows(f"{FOLDER}/requirements.csv") if row["state"] == rule.state]
    before = sorted((row for row in rows if row["election"] <= as_of), key=lambda row: row["election"])
    told_ones = [row for row in before if _needed(row, kind) is not None]
    if not told_ones:
        first = min((row["election"] for row in rows), default=None)
        raise NotApplicable(
            f"How many signatures were needed on {as_of} is not on file.",
            where="--as-of",
            remedy=f"The first requirement on file is that of the election of {first}."
            if first
            else "None is on file.",
        )
    row = told_ones[-1]
    note = str(row["note"])
    if before[-1] is not row:
        later = before[-1]["election"]
        note = (
            f"The vote of {later} is not on file, so the requirement after it is not known; this one is that of "
            f"petitions cleared before it."
        )
    required = _needed(row, kind) or 0
    bars = rule.bars(required)
    return Requirement(
        kind.id,
        kind.title,
        required,
        kind.share,
        kind.of,
        row["votes"],
        row["election"],
        bars.counted_from,
        bars.qualifies_from,
        told(kind.cite),
        str(row["source"]),
        note,
    )


def _needed(row: dict[str, Any], kind: Kind) -> int | None:
    published: int | None = row.get(kind.id)
    if published is not None:
        return published
    return None if row["votes"] is None else votes_needed(kind.share, row["votes"])
