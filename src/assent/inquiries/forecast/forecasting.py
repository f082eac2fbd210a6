"""Forecasting: what a forecast of one matter says, day by day, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import NotApplicable
from assent.law.citations import told
from assent.models.forecast.baserate import Late, late_rate
from assent.models.forecast.blend import Ahead, forecast
from assent.values.dates import years_after

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.circuit.case import Case
    from assent.inquiries.forecast.reference_class import ReferenceClass
    from assent.inquiries.matter.standing import Standing
    from assent.models.forecast.history import History

STEP = 91  # days between the points of the curve


class Point(Struct, frozen=True):
    """The chance of completion by the end of a day.

    Attributes
    ----------
    probability
        The forecast.
    baseline
        The base rate alone.
    model
        The fitted model alone; ``None`` after the time that it is about.
    """

    on: date
    probability: float
    baseline: float
    model: float | None


class Horizon(Struct, frozen=True):
    """The time that ``probability`` is about: up to a day, and why that one."""

    on: date
    years: int
    text: str
    cite: tuple[str, ...]


class Compared(Struct, frozen=True):
    """Whom the matter is compared with.

    Attributes
    ----------
    matters
        Their ids; the matter itself is never among them.
    in_time
        How many of them were complete within the time.
    open_then, open_in_time
        How many were still open at the age of the matter, and how many of those were complete in time.
    late, late_years
        How many were complete after the time, and for how many years in all they lay open then.
    left_out
        What was left out and why.
    """

    about: str
    matters: tuple[str, ...]
    in_time: int
    open_then: int
    open_in_time: int
    late: int
    late_years: float
    left_out: tuple[str, ...]


class Parameter(Struct, frozen=True):
    """A number of the model. ``standing`` is ``evidence``, ``assumption`` or ``fitted`` to the reference class."""

    name: str
    symbol: str
    value: float
    unit: str
    standing: str
    why: str


@dataclass(frozen=True)
class Forecasting:
    """A forecast being made: the matter, the others, and what follows from them."""

    group: ReferenceClass
    case: Case
    stands: Standing
    as_of: date
    by: date | None

    @property
    def begun(self) -> date:
        """The day of the proposal."""
        return self.case.matter.proposed_on or self.as_of

    @property
    def age(self) -> int:
        """Days since the proposal."""
        return (self.as_of - self.begun).days

    @cached_property
    def one(self) -> History:
        """The matter up to the day asked about."""
        return self.group.history(self.case, self.as_of)

    @property
    def late_only(self) -> bool:
        """Whether the time of the model is over."""
        return self.age >= self.one.horizon

    @cached_property
    def others(self) -> tuple[History, ...]:
        """The reference class without the matter and those proposed with it.

        Raises
        ------
        NotApplicable
            They are too few.
        """
        found = tuple(one for one in self.group.histories.values() if one.fold != self.one.fold)
        least = int(self.group.reference.number("least"))
        if len(found) < least:
            raise NotApplicable(
                f"Known on {self.group.known_as_of}: what became of {len(found)} of the other "
                f"{self.group.reference.label}. A forecast is made from {least} or more.",
                where="--known-as-of",
                remedy="Give a later day.",
            )
        return found

    @cached_property
    def horizon(self) -> Horizon:
        """The time forecast: that of the proposal, or as much again from the day asked about; never past the limit."""
        reference, limit = self.group.reference, self.stands.limit
        start, what = (self.as_of, "the day asked about") if self.late_only else (self.begun, "the proposal")
        on = years_after(start, reference.years)
        if limit and limit < on:
            return Horizon(limit, reference.years, "the last day on which acts count", ())
        text = f"{reference.years} years from {what}"
        return Horizon(on, reference.years, text, () if self.late_only else told(reference.cite))

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of the curve: each quarter, the horizon, and the day asked for."""
        last = self.horizon.on
        quarters = range(STEP, (last - self.as_of).days, STEP)
        steps = {self.as_of + timedelta(days=days) for days in quarters}
        return tuple(sorted(steps | {last} | ({self.by} if self.by else set())))

    @cached_property
    def ahead(self) -> Ahead | None:
        """What the model and the base rate say, up to the end of the model's time."""
        if self.late_only:
            return None
        wanted = sorted({self._number(day) for day in (*self.days, self.horizon.on)})
        draws = int(self.group.reference.number("draws"))
        return forecast(self.one, self.others, self.age, self._in_time(wanted), self.group.reference.fixed, draws)

    def _number(self, day: date) -> int:
        """A day as days since the proposal, not after the limit."""
        until = min(day, self.stands.limit) if self.stands.limit else day
        return (until - self.begun).days

    def _in_time(self, numbers: Sequence[int]) -> list[int]:
        return sorted({min(number, self.one.horizon) for number in numbers})

    @cached_property
    def late(self) -> Late:
        """How often the others were completed after their time.

        Raises
        ------
        NotApplicable
            None of them was open then.
        """
        found = late_rate(self.others)
        if found is None:
            raise NotApplicable(
                f"None of the others was open after {self.group.reference.years} years; nothing is known of that time.",
                where="--by",
                remedy=f"Give a day up to {self.group.horizon(self.begun)}.",
            )
        return found

    def point(self, day: date) -> Point:
        """The chance of completion by the end of a day."""
        number = self._number(day)
        if number <= self.age:
            return Point(day, 0.0, 0.0, None if self.late_only else 0.0)
        if self.ahead is None:
            chance, _, _ = self.late.by(number - self.age)
            return Point(day, chance, chance, None)
        at = self._in_time([self._number(each) for each in (*self.days, self.horizon.on)]).index(
            min(number, self.one.horizon)
        )
        chance, base, model = (float(part[at]) for part in (self.ahead.blend, self.ahead.base, self.ahead.model))
        if number <= self.one.horizon:
            return Point(day, chance, base, model)
        more, _, _ = self.late.by(number - self.one.horizon)
        return Point(day, chance + (1 - chance) * more, base + (1 - base) * more, None)

    @property
    def range(self) -> tuple[float, float]:
        """The 90 % range of the probability by the horizon."""
        if self.ahead is not None:
            return self.ahead.low, self.ahead.high
        _, low, high = self.late.by(self._number(self.horizon.on) - self.age)
        return low, high

    @cached_property
    def compared(self) -> Compared:
        """Whom the matter is compared with."""
        open_then = [one for one in self.others if one.pending(self.age)]
        reference = self.group.reference
        own = [name for name in self.group.members if name not in {one.id for one in self.others}]
        left = []
        if self.case.matter.id in own:
            left.append(f"{self.case.matter.id}: the matter itself")
        left += [f"{name}: proposed on the same day" for name in own if name != self.case.matter.id]
        left += [
            f"{m.id}: its {reference.years} years were not over on {self.group.known_as_of}"
            for m in self.group.place.record.matters.values()
            if m.kind == reference.kind
            and m.proposed_on
            and m.proposed_on <= self.group.known_as_of
            and m.id not in (*self.group.members, self.case.matter.id)
        ]
        late = late_rate(self.others)
        return Compared(
            reference.label,
            tuple(one.id for one in self.others),
            sum(one.in_time for one in self.others),
            len(open_then),
            sum(one.in_time for one in open_then),
            late.completed if late else 0,
            late.years if late else 0.0,
            tuple(left),
        )

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The numbers of the model: those fixed beforehand, then those fitted."""
        fixed = [
            Parameter(one.name, one.symbol, float(one.value), one.unit, one.standing, " ".join(one.why.split()))
            for one in self.group.reference.settings
        ]
        if self.ahead is None:
            late = self.late
            why = f"{late.completed} in {late.years:,.0f} years; 90 % interval {late.low:.2g} to {late.high:.2g}"
            return (Parameter("rate", "λ", late.rate, "completions a year", "fitted", why),)
        cure = self.ahead.cure
        fitted = [
            ("a", "a", cure.a, "dimensionless", "of the beta distribution of the share that will ever say yes"),
            ("b", "b", cure.b, "dimensionless", "of the same"),
            ("shape", "k", cure.shape, "dimensionless", "of the Weibull distribution of the time to a yes"),
            ("scale", "s", cure.scale, "years of sitting", "of the same: by then 63 % of those who ever will have"),
        ]
        return (*fixed, *(Parameter(n, symbol, value, unit, "fitted", why) for n, symbol, value, unit, why in fitted))

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the forecast takes for granted."""
        reference = self.group.reference
        after = self.late_only or (self.by is not None and self._number(self.by) > self.one.horizon)
        told_ = (reference.assumes[:1] if self.late_only else reference.assumes, (reference.late,) if after else ())
        return tuple(" ".join(text.split()) for part in told_ for text in part)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader has to know beside it."""
        known, found = self.group.known_as_of, []
        own = self.group.reference.notes.get(self.case.procedure.procedure)
        if own:
            found.append(" ".join(own.split()))
        later = [one.id for one in self.others if one.begun + timedelta(days=self._until(one)) > self.as_of]
        if later and known > self.as_of:
            found.append(
                f"Hindsight: for {len(later)} of the {len(self.others)} others something counts that came after "
                f"{self.as_of} ({', '.join(later)}). --known-as-of {self.as_of} leaves it out."
            )
        if self.as_of > known:
            found.append(f"What was done after {known} is not known: this is the forecast if nothing was.")
        if self.stands.limit and self.stands.limit < max(self.horizon.on, self.by or self.as_of):
            found.append(f"Only acts up to {self.stands.limit} count: the chance does not grow after that day.")
        if self.late_only:
            found.append(f"This cannot be scored: so late, {self.late.completed} of the others came to be complete.")
        return tuple(found)

    def _until(self, one: History) -> int:
        """The last day of one of the others that counts here."""
        ends = (one.done, one.closed, one.seen if self.late_only else one.horizon)
        return min(day for day in ends if day is not None)
