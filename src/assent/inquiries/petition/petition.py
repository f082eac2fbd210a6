"""Petition: will it qualify, how many signatures are enough, where does a count stand, what became of the others?"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from assent.errors import QueryError
from assent.inquiries.petition.assumed import Assumed, assumed, plainly, share_of, whole_of
from assent.inquiries.petition.counties import MOST
from assent.inquiries.petition.law import FOLDER, Requirement, requirement_of, rule_of
from assent.inquiries.petition.prospects import (
    BreakEven,
    Certified,
    CountyShare,
    Filing,
    Needed,
    Outlook,
    Past,
    Point,
    Progress,
    Reserve,
)
from assent.inquiries.reproduce import command
from assent.inquiries.states import find_state
from assent.law.citations import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.petition.law import Kind, Rule

TARGET = Fraction(95, 100)
FILED = "share of signatures filed"


class Asked(Struct, frozen=True):
    """What is asked of a petition; ``None`` and empty ones are left to the library's defaults.

    Attributes
    ----------
    raw
        Signatures filed, or to be filed.
    validity, validity_sd
        The share that is valid, copies counted, and how uncertain it is (standard deviation).
    duplicates
        The share of signatures that are a second one of somebody who signed before.
    target
        A chance of qualifying: how many signatures reach it?
    counties
        A CSV file with ``county, raw[, validity][, duplicates]``.
    reports
        A CSV file with ``county, raw, sample, valid, duplicates``, while the count is under way.
    count
        One count to be certified: raw, sample, valid, duplicates.
    replay
        The petitions on file.
    """

    kind: str = ""
    raw: int | None = None
    validity: Fraction | None = None
    validity_sd: Fraction | None = None
    duplicates: Fraction | None = None
    target: Fraction | None = None
    counties: str = ""
    reports: str = ""
    count: tuple[int, ...] = ()
    replay: bool = False

    def words(self) -> list[str]:
        """The options that ask for it."""
        found: list[str] = []
        for option, value in (("--raw", self.raw), ("--validity", self.validity), ("--validity-sd", self.validity_sd),
                              ("--duplicates", self.duplicates), ("--target", self.target)):  # fmt: skip
            found += [] if value is None else [option, plainly(value)]
        for option, file in (("--counties", self.counties), ("--reports", self.reports)):
            found += [option, file] if file else []
        found += ["--count", ",".join(map(str, self.count))] if self.count else []
        return [*found, *(["--replay"] if self.replay else [])]


def asked_of(given: Mapping[str, Any]) -> Asked:
    """What is asked, from options as they are typed.

    Raises
    ------
    QueryError
        A number is none, or not allowed.
    """
    shares = {
        name: None if given[name] is None else share_of(given[name], f"--{name.replace('_', '-')}")
        for name in ("validity", "validity_sd", "duplicates", "target")
    }
    count = given["count"]
    parts = [] if count is None else count.split(",") if isinstance(count, str) else list(count)
    if count is not None and len(parts) != 4:
        raise QueryError(
            f"{len(parts)} numbers are given.", where="--count", remedy="Give RAW,SAMPLE,VALID,DUPLICATES."
        )
    return Asked(
        given["kind"],
        None if given["raw"] is None else whole_of(given["raw"], "--raw", MOST),
        counties=str(given["counties"] or ""),
        reports=str(given["reports"] or ""),
        count=tuple(whole_of(part, "--count", MOST) for part in parts),
        replay=bool(given["replay"]),
        **shares,
    )


class LawStep(Struct, frozen=True):
    """A step of the law."""

    title: str
    what: str
    cite: tuple[str, ...]


class Petition(Struct, frozen=True):
    """A petition.

    Attributes
    ----------
    asked
        ``outlook``, ``needed``, ``progress``, ``count`` or ``replay``.
    law
        What the law says, step by step.
    over_raw
        The chances over the number of signatures, by a normal law.
    counties
        What each county has to check.
    error_bound
        By how much a chance may be off for numerical reasons; ``None`` where nothing was approximated.
    """

    state: str
    name: str
    asked: str
    kind: str
    requirement: Requirement
    others: tuple[Requirement, ...]
    law: tuple[LawStep, ...]
    parameters: tuple[Assumed, ...]
    outlook: Outlook | None
    break_even: tuple[BreakEven, ...]
    curve: tuple[Point, ...]
    over_raw: tuple[Filing, ...]
    counties: tuple[CountyShare, ...]
    needed: Needed | None
    reserve: tuple[Reserve, ...]
    progress: Progress | None
    history: tuple[Progress, ...]
    past: tuple[Past, ...]
    certificate: Certified | None
    method: str
    error_bound: float | None
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]
    as_of: date
    versions: dict[str, str]
    reproduce: str


def petition_of(place: Jurisdiction, state: str, ask: Asked, as_of: date) -> Petition:
    """What becomes, may become or became of petitions in a state.

    Raises
    ------
    UnknownName
        No such state, kind or county.
    NotApplicable
        How the state counts is not on file, or not for the day.
    QueryError
        A number or a file is wrong.
    """
    code, name = find_state(place, state, as_of)
    rule = rule_of(place, code, name)
    kind = rule.kind(ask.kind)
    asked = _one(ask)
    held = Held(place, rule, kind, requirement_of(place, rule, kind, as_of), ask)
    found = _answered(asked, held, as_of)
    return Petition(
        state=code,
        name=name,
        asked=asked,
        kind=kind.id,
        requirement=held.requirement,
        others=tuple(requirement_of(place, rule, k, as_of) for k in rule.kinds if k is not kind),
        law=tuple(LawStep(s.title, " ".join(s.what.split()), told(s.cite)) for s in rule.steps),
        parameters=found.parameters,
        outlook=found.outlook,
        break_even=found.break_even,
        curve=found.curve,
        over_raw=found.over_raw,
        counties=found.counties,
        needed=found.needed,
        reserve=found.reserve,
        progress=found.progress,
        history=found.history,
        past=found.past,
        certificate=found.certificate,
        method=found.method,
        error_bound=found.error_bound,
        assumptions=found.assumptions,
        notes=tuple(" ".join(n.split()) for n in (*rule.notes, held.requirement.note) if n),
        as_of=as_of,
        versions=place.versions,
        reproduce=command("petition", code, "--kind", kind.id, *ask.words(), as_of=as_of),
    )


class Found(Struct, frozen=True):
    """The parts of an answer; what was not asked for is empty."""

    parameters: tuple[Assumed, ...] = ()
    outlook: Outlook | None = None
    break_even: tuple[BreakEven, ...] = ()
    curve: tuple[Point, ...] = ()
    over_raw: tuple[Filing, ...] = ()
    counties: tuple[CountyShare, ...] = ()
    needed: Needed | None = None
    reserve: tuple[Reserve, ...] = ()
    progress: Progress | None = None
    history: tuple[Progress, ...] = ()
    past: tuple[Past, ...] = ()
    certificate: Certified | None = None
    method: str = ""
    error_bound: float | None = None
    assumptions: tuple[str, ...] = ()


class Held:
    """What an answer is worked out from: the law, the requirement and what was asked, with the defaults filled in."""

    def __init__(self, place: Jurisdiction, rule: Rule, kind: Kind, requirement: Requirement, ask: Asked) -> None:
        self.place, self.rule, self.kind, self.requirement, self.ask = place, rule, kind, requirement, ask
        self.bars = rule.bars(requirement.required)
        default = rule.defaults
        self.validity, valid = assumed("validity", "v", FILED, ask.validity, default["validity"])
        self.sd, sd = assumed("validity-sd", "s", FILED, ask.validity_sd, default["validity_sd"])
        self.duplicates, copies = assumed("duplicates", "c", FILED, ask.duplicates, default["duplicates"])
        self.believed = (valid, sd, copies)
        if 2 * self.duplicates > self.validity:
            raise QueryError(
                f"{plainly(self.duplicates)} of the signatures are second ones, and only {plainly(self.validity)} are "
                "valid.",
                where="--duplicates",
                remedy="Each second signature has a first that is valid too: give at most half of the validity.",
            )

    @cached_property
    def counties(self) -> dict[str, int]:
        """The counties of the state with their people; empty where the state is counted as one."""
        if not self.rule.units:
            return {}
        rows = self.place.rows(f"{FOLDER}/{self.rule.units}.csv")
        return {row["county"]: row["population"] for row in rows if row["state"] == self.rule.state}

    def file(self, option: str, file: str) -> Path:
        """A typed file by county, where the state is counted by county.

        Raises
        ------
        QueryError
            It is not.
        """
        if not self.counties:
            raise QueryError(
                f"{self.rule.state} draws one sample of the whole petition, not one of each county.",
                where=option,
                remedy="Give --raw.",
            )
        return Path(file)


def _one(ask: Asked) -> str:
    """Which of the questions is asked.

    Raises
    ------
    QueryError
        Several at once, or one with numbers that do not belong to it.
    """
    several = [
        (name, option)
        for name, option, given in (
            ("count", "--count", bool(ask.count)),
            ("replay", "--replay", ask.replay),
            ("progress", "--reports", bool(ask.reports)),
            ("needed", "--target", ask.target is not None),
            ("outlook", "--counties", bool(ask.counties)),
            ("outlook", "--raw", ask.raw is not None and not ask.reports),
        )
        if given
    ]
    if len(several) > 1:
        first, second = several[0][1], several[1][1]
        raise QueryError(
            f"{first} and {second} ask for different things.", where=second, remedy=f"Leave {first} or {second} out."
        )
    return several[0][0] if several else "needed"


def _answered(asked: str, held: Held, as_of: date) -> Found:
    if asked == "count":
        from assent.inquiries.petition.canvass import counted

        return counted(held)
    if asked == "replay":
        from assent.inquiries.petition.past import replayed

        return replayed(held, as_of)
    if asked == "progress":
        from assent.inquiries.petition.canvass import under_way

        return under_way(held)
    if asked == "needed":
        from assent.inquiries.petition.signatures import reached

        return reached(held, held.ask.target if held.ask.target is not None else TARGET)
    from assent.inquiries.petition.signatures import filed

    return filed(held)
