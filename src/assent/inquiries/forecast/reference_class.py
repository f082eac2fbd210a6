"""Reference class: the matters that a forecast compares with, and what is fixed before anything is fitted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from assent.circuit.compile import compile_case, courses
from assent.errors import LawError, NotApplicable
from assent.folds.verdict import PASS, local
from assent.inquiries.matter.standing import standing, verdict_of
from assent.law.citations import Cite
from assent.law.loading import convert, read_yaml
from assent.models.forecast.blend import Settings
from assent.models.forecast.clock import sitting_clock
from assent.models.forecast.history import History
from assent.values.dates import LAST, years_after

if TYPE_CHECKING:
    from assent.circuit.case import Case
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.doctrine import Doctrine

FOLDER = "forecast"
MOST_DRAWS = 10_000


class Setting(Struct, frozen=True, forbid_unknown_fields=True):
    """A number that is fixed beforehand, and why."""

    name: Literal["temper", "model_share", "least", "draws"]
    symbol: str
    value: Fraction
    unit: str
    standing: Literal["evidence", "assumption"]
    why: str


class Reference(Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``forecast/reference.yaml`` of a jurisdiction.

    Attributes
    ----------
    kind
        The kind of matter that can be forecast.
    label, told
        What the class is called, and what is to be said of it.
    years
        The time forecast.
    landmarks
        Ages in days at which forecasts are scored.
    notes
        What may stand in the way, by procedure.
    introduced
        A sentence on how few proposals get so far.
    """

    kind: str
    label: str
    told: str
    years: int
    why: str
    cite: tuple[str | Cite, ...]
    landmarks: tuple[int, ...]
    settings: tuple[Setting, ...]
    assumes: tuple[str, ...]
    late: str
    notes: dict[str, str]
    introduced: str

    def number(self, name: str) -> Fraction:
        """The value of a setting."""
        return next(one.value for one in self.settings if one.name == name)

    @property
    def fixed(self) -> Settings:
        """The settings of the model."""
        return Settings(float(self.number("temper")), float(self.number("model_share")))


class Introduced(Struct, frozen=True):
    """How many measures were introduced by a day, and how many of them got as far as the units.

    Attributes
    ----------
    introduced
        Measures; approximate.
    share
        Of them that were sent.
    """

    through: date
    introduced: int
    sent: int
    share: float
    text: str
    source: str


@dataclass(frozen=True)
class ReferenceClass:
    """The matters of one kind, as far as they were known on a day, under one doctrine."""

    place: Jurisdiction
    doctrine: Doctrine
    known_as_of: date

    @cached_property
    def reference(self) -> Reference:
        """What is fixed beforehand.

        Raises
        ------
        LawError
            The file is missing or wrong.
        NotApplicable
            There is no such file.
        """
        file = self.place.root / FOLDER / "reference.yaml"
        if not file.is_file():
            raise NotApplicable(
                f"Nothing can be forecast for {self.place.name}: no reference class is on file.",
                where=str(file),
                remedy="Add the file; that of another jurisdiction shows what it holds.",
            )
        found = convert(read_yaml(file), Reference, file)
        bounds = {"temper": (0, 1), "model_share": (0, 1), "least": (1, 1000), "draws": (0, MOST_DRAWS)}
        named = [one.name for one in found.settings]
        if sorted(named) != sorted(bounds):
            raise LawError(
                f"The settings are {', '.join(named) or 'none'}.",
                where=f"{file}, field settings",
                remedy=f"Give each once: {', '.join(bounds)}.",
            )
        for one in found.settings:
            low, high = bounds[one.name]
            whole = one.name in {"least", "draws"}
            if not low <= one.value <= high or (whole and one.value.denominator > 1) or one.value < 0:
                raise LawError(
                    f"{one.name} is {one.value}.",
                    where=f"{file}, field settings",
                    remedy=f"Give a {'whole number' if whole else 'fraction'} from {low} to {high}.",
                )
        if not found.number("temper") or not found.years > 0 or not all(age > 0 for age in found.landmarks):
            raise LawError(
                "The temper, the years and the landmarks have to be above zero.",
                where=str(file),
                remedy="Correct them.",
            )
        return found

    @cached_property
    def sittings(self) -> tuple[list[tuple[int, float, float]], list[tuple[int, float]]]:
        """When legislatures sit: by year the shares in odd and even years, and by day of the year.

        Raises
        ------
        LawError
            The counts do not add up.
        """
        years = []
        for row in self.place.rows(f"{FOLDER}/sittings.csv"):
            of, annual, odd, even = (row[name] for name in ("legislatures", "annual", "odd_only", "even_only"))
            if not of or annual + odd + even != of or not annual + min(odd, even):
                raise LawError(
                    f"The counts of {row['year']} do not add up: {annual} + {odd} + {even} of {of}.",
                    where=str(self.place.root / FOLDER / "sittings.csv"),
                    remedy="Every legislature sits every year, in odd years or in even ones; some sit in each.",
                )
            years.append((row["year"], (annual + odd) / of, (annual + even) / of))
        weeks = [(row["day"], row["sitting"], row["of"]) for row in self.place.rows(f"{FOLDER}/weeks.csv")]
        if not years or not weeks or any(not 0 < sitting <= of for _, sitting, of in weeks):
            raise LawError(
                "When legislatures sit is not on file, or nobody sits on some day.",
                where=str(self.place.root / FOLDER / "weeks.csv"),
                remedy="Give each row a number from one to all there are.",
            )
        return sorted(years), sorted((day, sitting / of) for day, sitting, of in weeks)

    def case(self, matter: str) -> Case:
        """A matter under the doctrine, as known on the day."""
        return self.place.cases.case(matter, self.doctrine, self.known_as_of)

    def horizon(self, begun: date) -> date:
        """The last day of the time that is forecast for a proposal."""
        return years_after(begun, self.reference.years)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The matters whose whole time had run by the day of knowledge: what became of them is known."""
        return tuple(
            m.id
            for m in self.place.record.matters.values()
            if m.kind == self.reference.kind
            and m.proposed_on
            and self.horizon(m.proposed_on) < min(self.known_as_of, LAST)
        )

    @cached_property
    def histories(self) -> dict[str, History]:
        """What became of each of them."""
        return {name: self.history(self.case(name), self.known_as_of) for name in self.members}

    def history(self, case: Case, seen: date) -> History:
        """What became of one matter, as far as it had come on a day.

        Raises
        ------
        NotApplicable
            It is not decided by units that count alike.
        """
        begun = case.matter.proposed_on or seen
        until = min(seen, self.horizon(begun))
        terms: list[tuple[int, int, int]] = []
        spans: list[tuple[int, int | None]] = []
        held: dict[str, int] = {}
        for day in sorted({begun, *(day for day in case.change_points(until) if day >= begun)}):
            compiled, at = compile_case(case, day), (day - begun).days
            count = compiled.count
            if count.members or count.weights:
                raise NotApplicable(
                    f"{case.matter.title} is not decided by units that count alike; there is no forecast for it.",
                    remedy="Ask about another matter.",
                )
            verdicts = {leaf: verdict_of(course.on(day)) for leaf, course in courses(case, compiled).items()}
            now = {child.id for child in count.children if local(child, verdicts) is PASS}
            spans += [(held.pop(name), at) for name in sorted(set(held) - now)]
            held.update(dict.fromkeys(now - set(held), at))
            if not terms or terms[-1][1:] != (count.need, count.of):
                terms.append((at, count.need, count.of))
        stands = standing(case, seen)
        days = (self.horizon(begun) - begun).days
        return History(
            case.matter.id,
            str(begun),
            begun,
            (*spans, *((since, None) for since in sorted(held.values()))),
            tuple(terms),
            (stands.completed_on - begun).days if stands.completed_on else None,
            (stands.limit - begun).days if stands.limit else None,
            days,
            (seen - begun).days,
            sitting_clock(begun, days, *self.sittings),
        )

    def introduced(self, day: date) -> Introduced | None:
        """How few proposals had got so far by a day; ``None`` where no count is on file.

        Raises
        ------
        LawError
            The sentence on file names what is not in the row.
        """
        rows = [row for row in self.place.rows(f"{FOLDER}/introduced.csv") if row["through"] <= day]
        if not rows:
            return None
        row = max(rows, key=lambda row: row["through"])
        share = row["sent"] / max(row["introduced"], 1)
        try:
            text = self.reference.introduced.format(**row, percent=100 * share)
        except (KeyError, IndexError, ValueError) as err:
            raise LawError(
                f"The sentence cannot be filled: {err}.",
                where=f"{self.place.root / FOLDER / 'reference.yaml'}, field introduced",
                remedy=f"It may name {', '.join(row)} and percent, each in braces.",
            ) from None
        return Introduced(row["through"], row["introduced"], row["sent"], share, text, row["source"])
