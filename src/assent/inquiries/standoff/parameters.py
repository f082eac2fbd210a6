"""Parameters: the numbers of a standoff as the library holds them and as they were given, each with its standing."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import AssentError, LawError, QueryError, UnknownName
from assent.inquiries.standoff.amounts import number_of, shown_number
from assent.inquiries.standoff.entries import (
    FOLDER,
    Entries,
    Entry,
    Example,
    ScenarioFile,
    Span,
    scenario_file,
    scenarios,
)
from assent.law.citations import told
from assent.law.loading import convert, read_yaml
from assent.values.yaml import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.standoff.lawful import Lawful
    from assent.models.standoff.parameters import Parameters as Numbers

PRECISION, STATEHOOD, PRECEDENT, LUMP, LAWFUL = "precision", "statehood", "precedent", "lump-sum", "lawful-chance"


class Drawn(Struct, frozen=True):
    """What a number might be: from ``low`` to ``high``, evenly or evenly in its logarithm (``log``)."""

    low: float
    high: float
    spread: str


class Parameter(Struct, frozen=True):
    """A number of a standoff.

    Attributes
    ----------
    name, symbol
        What it is called; the command line takes either.
    value
        The number, or the word of a switch; ``None`` for a precision that is swept.
    exact
        The number as an exact fraction.
    standing
        ``evidence`` where somebody counted, ``assumption`` where nobody has.
    given
        Where it was set; empty for the library's default.
    use
        ``game``, or only for ``private`` types or for results of the ``literature``.
    range
        What it might be, for draws.
    """

    name: str
    symbol: str
    label: str
    value: float | str | None
    exact: str
    unit: str
    standing: str
    why: str
    source: str
    cite: tuple[str, ...]
    given: str
    use: str
    range: Drawn | None


@dataclass(frozen=True, slots=True)
class Given:
    """The parameters of one question.

    Attributes
    ----------
    parameters
        By name, in the order of the library.
    precisions
        The precisions Λ at which quantal response is told.
    words
        The options that give them on the command line.
    title, about
        Of the scenario, if one was given.
    spans
        Name → from where to where it is drawn on maps and searched for turning points.
    names
        Name or symbol → name.
    """

    parameters: Mapping[str, Parameter]
    precisions: tuple[float, ...]
    words: tuple[str, ...]
    title: str
    about: str
    spans: Mapping[str, tuple[Fraction, Fraction]]
    names: Mapping[str, str]
    domains: Mapping[str, str]
    route: str
    map: tuple[str, str]
    examples: tuple[Example, ...]

    def fraction(self, name: str) -> Fraction:
        """The exact value of a parameter that is a number."""
        return Fraction(self.parameters[name].exact)

    @property
    def numbers(self) -> Numbers:
        """The numbers of the game as the model takes them, exact."""
        return numbers_of(self.parameters)

    def find(self, name: str, where: str = "") -> str:
        """The name of a parameter, from its name or symbol.

        Raises
        ------
        UnknownName
            There is none.
        """
        return named(self.names, name, where)

    def number(self, name: str, said: object, where: str) -> Fraction:
        """A value of a parameter, within what is allowed.

        Raises
        ------
        QueryError
            It is no number, or not allowed.
        """
        return number_of(said, self.domains[name], where)


def named(names: Mapping[str, str], name: str, where: str) -> str:
    """The name of a parameter, from its name or symbol, small or capital letters alike where that is clear.

    Raises
    ------
    UnknownName
        There is none.
    """
    folded = {alias.casefold(): known for alias, known in names.items()}
    found = names.get(name) or folded.get(name.casefold())
    if found is None:
        raise UnknownName("parameter of a standoff", name, set(names.values()), where=where)
    return found


def numbers_of(parameters: Mapping[str, Parameter]) -> Numbers:
    """The numbers of the game as the model takes them, exact."""
    from assent.models.standoff.parameters import NUMBERS, Parameters

    return Parameters(
        **{name: Fraction(parameters[name.replace("_", "-")].exact) for name in NUMBERS},
        statehood=parameters[STATEHOOD].value == "yes",
        lump_sum=parameters[PRECEDENT].value == LUMP,
    )


def given_of(
    place: Jurisdiction,
    settings: Iterable[str] | Mapping[str, object] = (),
    scenario: str = "",
    ranges: Iterable[str] = (),
    lawful: Lawful | None = None,
) -> Given:
    """The parameters: the library's defaults, then the scenario's, then those that were set.

    Parameters
    ----------
    settings
        ``NAME=VALUE``, by name or symbol, or a mapping.
    scenario
        A file, or the name of one that ships.
    ranges
        ``NAME=LOW:HIGH``, with ``:log`` for draws even in the logarithm.
    lawful
        What the chance of the lawful route is worked out from, in place of a number.

    Raises
    ------
    QueryError
        A value is not allowed, a name is unknown, or a file cannot be read.
    LawError
        The library's own parameters are wrong.
    """
    file = place.root / FOLDER / "parameters.yaml"
    held = convert(read_yaml(file), Entries, file)
    entries = {entry.name: entry for entry in held.parameters}
    names = {alias: e.name for e in held.parameters for alias in (e.name, e.symbol, e.ascii) if alias}
    made = _Making(entries, names)
    for entry in held.parameters:
        made.defaults(entry, f"{file}, parameter {entry.name}")
    told_ = made.scenario(place, scenario) if scenario else None
    words = ["--scenario", scenario] if scenario else []
    if lawful is not None:
        chance, why = lawful.chance(place, held.lawful_route)
        made.set(LAWFUL, chance, f"--q-from {lawful.said}", "--q-from")
        made.why[LAWFUL] = why
        words += ["--q-from", lawful.said]
    form = "NAME=VALUE, as kF=0.4"
    pairs = settings.items() if hasattr(settings, "items") else [_pair(said, "--set", form) for said in settings]
    for name, value in pairs:
        known = made.set(str(name), value, f"--set {shown_number(name)}={shown_number(value)}", "--set")
        words += ["--set", f"{known}={str(value).strip()}"]
    for said in ranges:
        name, span = _pair(said, "--range", "NAME=LOW:HIGH, as kF=0.3:0.9")
        known = made.span(name, _span(span, f"--range {said}"), f"--range {said}")
        words += ["--range", f"{known}={span}"]
    parameters = {entry.name: made.parameter(entry) for entry in held.parameters}
    swept = made.values[PRECISION][0]
    return Given(
        parameters,
        (float(Fraction(swept)),) if swept else tuple(float(p) for p in held.precisions),
        tuple(words),
        told_.title if told_ else "",
        " ".join(told_.about.split()) if told_ else "",
        {e.name: (Fraction(e.span.from_), Fraction(e.span.to)) for e in held.parameters if e.span},
        names,
        {e.name: e.domain for e in held.parameters},
        held.lawful_route,
        (made.find(held.map.x, str(file)), made.find(held.map.y, str(file))),
        held.examples,
    )


class _Making:
    """The values as they come in: each later one goes before the earlier."""

    def __init__(self, entries: Mapping[str, Entry], names: Mapping[str, str]) -> None:
        self.entries, self.names = entries, names
        self.values: dict[str, tuple[str, str]] = {}  # name → exact text, and where it was set
        self.why: dict[str, str] = {}
        self.ranges: dict[str, Drawn] = {}

    def find(self, name: str, where: str) -> str:
        return named(self.names, name, where)

    def defaults(self, entry: Entry, where: str) -> None:
        self.values[entry.name] = ("", "")
        try:
            if entry.value:
                self.set(entry.name, entry.value, where, "")
            if entry.range:
                self.span(entry.name, entry.range, where)
        except QueryError as err:
            raise LawError(err.what, where=where, remedy="Correct it.") from None

    def set(self, name: str, value: object, where: str, given: str) -> str:
        """Set a value by name or symbol; its name."""
        known = self.find(name, where)
        entry = self.entries[known]
        if entry.domain == "switch":
            word = str(value).strip().casefold()
            if word not in entry.choices:
                raise UnknownName(f"value of {known}", str(value), entry.choices, where=where)
            self.values[known] = (word, given)
        else:
            self.values[known] = (str(number_of(value, entry.domain, where)), given)
        if given:
            self.ranges.pop(known, None)  # what was set is held, not drawn
            self.why[known] = f"Set by {given}."
        return known

    def span(self, name: str, span: Span, where: str) -> str:
        """Set a range; the name of the parameter."""
        known = self.find(name, where)
        domain = self.entries[known].domain
        if domain in {"switch", "count"} or self.entries[known].use != "game":
            raise QueryError(f"{known} is not drawn.", where=where, remedy="Give a range to a number of the game.")
        low, high = number_of(span.from_, domain, where), number_of(span.to, domain, where)
        if not low < high or (span.spread == "log" and not low):
            raise QueryError(
                f"{float(low):g} to {float(high):g} is no range.", where=where,
                remedy="Go from low to high; even in the logarithm, from above 0.",
            )  # fmt: skip
        self.ranges[known] = Drawn(float(low), float(high), span.spread)
        return known

    def scenario(self, place: Jurisdiction, said: str) -> ScenarioFile:
        """Take what a scenario sets."""
        file = scenario_file(place, said)
        try:
            raw = read_yaml(file)
            if raw is None:
                raise QueryError("The scenario is empty.", where=str(file), remedy="Give it a title and what it sets.")
            found = convert(raw, ScenarioFile, file)
        except AssentError as err:
            shipped = ", ".join(scenarios(place))
            remedy = err.remedy or f"Give a .yaml file that can be read, or one that ships: {shipped}."
            raise QueryError(err.what, where=err.where or str(file), remedy=remedy) from None
        for name, value in found.set.items():
            self.set(name, value, f"{file}:{line_of(file, ('set', name))}, set {name}", file.name)
        for name, span in found.ranges.items():
            self.span(name, span, f"{file}:{line_of(file, ('ranges', name))}, ranges {name}")
        return found

    def parameter(self, entry: Entry) -> Parameter:
        text, given = self.values[entry.name]
        value: float | str | None = text if entry.domain == "switch" else float(Fraction(text)) if text else None
        return Parameter(
            entry.name,
            entry.symbol,
            entry.label,
            value,
            "" if entry.domain == "switch" else text,
            entry.unit,
            "assumption" if given else entry.standing,
            self.why.get(entry.name, " ".join(entry.why.split())),
            given or " ".join(entry.source.split()),
            () if given else told(entry.cite),
            given,
            entry.use,
            self.ranges.get(entry.name),
        )


def _pair(said: str, option: str, form: str) -> tuple[str, str]:
    name, equals, value = said.partition("=")
    if not equals or not name.strip() or not value.strip():
        raise QueryError(f"{said!r} sets nothing.", where=option, remedy=f"Write {form}.")
    return name.strip(), value.strip()


def _span(said: str, where: str) -> Span:
    parts = said.split(":")
    if len(parts) not in {2, 3} or (len(parts) == 3 and parts[2] != "log"):
        raise QueryError(f"{said!r} is no range.", where=where, remedy="Write LOW:HIGH, or LOW:HIGH:log.")
    return Span(parts[0], parts[1], "log" if len(parts) == 3 else "even")
