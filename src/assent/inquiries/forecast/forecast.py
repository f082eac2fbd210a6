"""Forecast: will a matter be ratified, judged from the few like it, with the base rate and the score beside it?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import NotApplicable, QueryError
from assent.inquiries.forecast.forecasting import Compared, Forecasting, Horizon, Parameter, Point
from assent.inquiries.forecast.reference_class import Introduced, ReferenceClass
from assent.inquiries.forecast.scoring import Score, score_of
from assent.inquiries.matter.standing import ADOPTED, PENDING, Standing, standing
from assent.inquiries.matter.status import shown_readings
from assent.inquiries.matter.supposing import Supposed, supposing
from assent.inquiries.reproduce import command

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assent.circuit.case import Case
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.doctrine import Doctrine

RATE = "one rate of completion after the time, from the others (Jeffreys' prior)"
BLEND = (
    "beta-Weibull cure model on the clock of legislatures' sessions, fitted by maximum tempered likelihood, averaged "
    "with the base rate (Jeffreys' prior)"
)


class Forecast(Struct, frozen=True):
    """Will it be ratified?

    Attributes
    ----------
    probability, baseline
        That it is complete by the horizon: as forecast, and by the base rate alone.
    low, high
        The 90 % range of the probability when the reference class is drawn anew.
    by
        The same for the day asked for.
    curve
        How it grows with time.
    score
        How this way of forecasting did where the answer is known; ``None`` where it cannot be scored.
    events
        How many matters it is forecast from.
    error_bound
        By how much the probability changes when the sums behind it are refined fourfold: the error of the computation,
        not of the forecast.
    """

    matter: str
    title: str
    procedure: str
    as_of: date
    known_as_of: date
    probability: float
    baseline: float
    low: float
    high: float
    horizon: Horizon
    by: Point | None
    curve: tuple[Point, ...]
    score: Score | None
    events: int
    reference_class: Compared
    introduced: Introduced | None
    count: int
    required: int
    of: int
    limit: date | None
    supposed: tuple[Supposed, ...]
    parameters: tuple[Parameter, ...]
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]
    method: str
    error_bound: float
    readings: dict[str, str]
    versions: dict[str, str]
    reproduce: str


def forecast_of(
    place: Jurisdiction,
    matter: str,
    doctrine: Doctrine,
    days: tuple[date, date],
    by: date | None = None,
    yes: Iterable[str] = (),
    no: Iterable[str] = (),
) -> Forecast:
    """Will a matter be ratified within its time, and by a day?

    Parameters
    ----------
    days
        The day asked about, and the day as of which it is known.
    by
        Also by this day.
    yes, no
        Units supposed to say yes or no on the day asked about.

    Raises
    ------
    UnknownName
        No such matter.
    NotApplicable
        There is no ground for a forecast: nothing was proposed, it is decided, or nothing on file is like it.
    QueryError
        ``by`` is before the day asked about.
    """
    as_of, known = days
    group = ReferenceClass(place, doctrine, known)
    if by is not None and by < as_of:
        raise QueryError(
            f"{by} is before {as_of}, the day asked about.", where="--by", remedy=f"Give a day from {as_of} on."
        )
    case, stands, supposed = _open(group, matter, as_of, yes, no)
    asked = Forecasting(group, case, stands, as_of, by)
    reproduce = command(
        "forecast",
        matter,
        *(("--by", by.isoformat()) if by else ()),
        as_of=as_of,
        known_as_of=known,
        doctrine=doctrine,
        supposed={one.unit: one.says for one in supposed},
    )
    point = asked.point(asked.horizon.on)
    low, high = asked.range
    return Forecast(
        matter,
        case.matter.title,
        case.procedure.procedure,
        as_of,
        known,
        point.probability,
        point.baseline,
        low,
        high,
        asked.horizon,
        asked.point(by) if by else None,
        tuple(asked.point(day) for day in asked.days),
        None if asked.late_only else score_of(tuple(group.histories.values()), group.reference),
        len(asked.others),
        asked.compared,
        group.introduced(min(as_of, known)),
        stands.count,
        stands.required,
        stands.of,
        stands.limit,
        supposed,
        asked.parameters,
        asked.assumptions,
        asked.notes,
        RATE if asked.late_only else BLEND,
        asked.ahead.error if asked.ahead else 0.0,
        shown_readings(case, doctrine),
        place.versions,
        reproduce,
    )


def _open(
    group: ReferenceClass, matter: str, as_of: date, yes: Iterable[str], no: Iterable[str]
) -> tuple[Case, Standing, tuple[Supposed, ...]]:
    """The case of a matter that is before the units and still open; refused with the reason where it is not."""
    place, reference = group.place, group.reference
    if matter in place.law.procedures:
        raise NotApplicable(
            f"{matter} is a procedure: nothing has been proposed, and there is no ground for a forecast."
            f"{_few(group, as_of)}",
            remedy=f"Name a matter that has been proposed (assent matters --kind {reference.kind}).",
        )
    found = place.record.matter(matter)
    if found.kind != reference.kind or found.proposed_on is None:
        raise NotApplicable(
            f"{found.title} ({matter}) is none of the {reference.label}; nothing is on file to compare it with.",
            remedy=f"Name one of those (assent matters --kind {reference.kind}).",
        )
    if as_of < found.proposed_on:
        raise NotApplicable(
            f"{found.title} ({matter}) was proposed on {found.proposed_on}. As of {as_of} there is nothing to forecast."
            f"{_few(group, as_of)}",
            where="--as-of",
            remedy=f"Give a date from {found.proposed_on} on.",
        )
    record = group.case(matter)
    stands = standing(record, as_of)
    _still_open(stands, as_of)
    case, supposed = supposing(record, as_of, yes, no)
    stands = standing(case, as_of)
    _still_open(stands, as_of)
    return case, stands, supposed


def _still_open(stands: Standing, as_of: date) -> None:
    """Refuse a matter that is decided, or that nothing done later can bring about.

    Raises
    ------
    NotApplicable
        It is.
    """
    matter, limit = stands.case.matter, stands.limit
    if stands.stage == PENDING and (limit is None or limit > as_of):
        return
    what = "it has failed"
    if stands.stage == ADOPTED:
        what = f"it was complete on {stands.completed_on}"
    elif limit is not None and limit <= as_of:
        what = f"its time ran out on {limit}"
    raise NotApplicable(
        f"There is nothing left to forecast for {matter.title} ({matter.id}) as of {as_of}: {what}, under the readings "
        "held.",
        where="--as-of",
        remedy=f"Give a day on which it was open, or another reading (assent hinge {matter.id} says which decide).",
    )


def _few(group: ReferenceClass, as_of: date) -> str:
    few = group.introduced(min(as_of, group.known_as_of))
    return f" {few.text}" if few else ""
