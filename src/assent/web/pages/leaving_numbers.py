"""The numbers of a standoff as a form: each with its unit, its standing, its source, and values to choose from."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assent.inquiries.standoff.entries import FOLDER, Entries
from assent.inquiries.standoff.parameters import given_of
from assent.law.loading import convert, read_yaml
from assent.web.pages.leaving import Authority, cited
from assent.web.pages.leaving_regions import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assent.api import Library
    from assent.inquiries.standoff.entries import Entry
    from assent.inquiries.standoff.parameters import Parameter
    from assent.web.pages.leaving_regions import Setting

STEPS = 20
SWITCH, COUNT, PRECISION = "switch", "count", "precision"
GROUPS = (
    ("The question", ("stake", "statehood", "precedent")),
    ("Force", ("victory", "federal-force-cost", "state-force-cost")),
    (
        "Court and sanctions",
        ("ruling", "federal-court-cost", "state-court-cost", "federal-sanction-cost", "state-sanction-cost"),
    ),
    (
        "Backing down, and what others make of it",
        (
            "federal-audience-cost",
            "state-audience-cost",
            "precedent-cost",
            "precedent-on-concession",
            "precedent-on-lawful-exit",
        ),
    ),
    (
        "The lawful route, and recognition",
        (
            "lawful-chance",
            "campaign-cost",
            "settlement",
            "recognition-with-consent",
            "recognition-without-consent",
            "unrecognised-worth",
        ),
    ),
)


class Value(NamedTuple):
    """A value to choose: as the address has it (empty where it need not be said), and as it is told."""

    said: str
    told: str
    held: bool


class Number(NamedTuple):
    """A number of the model, and the values one may give it."""

    name: str
    symbol: str
    label: str
    unit: str
    now: str
    standing: str
    why: str
    source: str
    cites: tuple[Authority, ...]
    given: str
    values: tuple[Value, ...]
    slides: bool
    drop: str


class Group(NamedTuple):
    """Numbers that belong together."""

    title: str
    numbers: tuple[Number, ...]
    set: int


@lru_cache(maxsize=8)
def _entries(library: Library) -> dict[str, Entry]:
    file = library.place.root / FOLDER / "parameters.yaml"
    return {entry.name: entry for entry in convert(read_yaml(file), Entries, file).parameters}


@lru_cache(maxsize=8)
def defaults_of(library: Library) -> Mapping[str, str]:
    """The library's value of each number, as an address writes it."""
    return {name: _text(p) for name, p in given_of(library.place).parameters.items()}


def _text(parameter: Parameter) -> str:
    value = parameter.value
    return "" if value is None else value if isinstance(value, str) else plain(value)


def groups_of(library: Library, setting: Setting, found: tuple[Parameter, ...], *, private: bool) -> tuple[Group, ...]:
    """The numbers as a form, in groups; those that no group names come last.

    Parameters
    ----------
    setting
        Where setting one leads.
    found
        The numbers of the answer.
    private
        Whether those of private resolve are asked for too.
    """
    by_name = {p.name: p for p in found}
    named = [name for _, names in GROUPS for name in names]
    rest = [p.name for p in found if p.name not in named and p.use == "game"]
    groups = [(title, [name for name in names if name in by_name]) for title, names in GROUPS]
    groups.append(("Mistakes", rest))
    if private:
        groups.append(("What one side hides", [p.name for p in found if p.use == "private"]))
    groups.append(("For results of the literature", [p.name for p in found if p.use == "literature"]))
    made = []
    for title, names in groups:
        numbers = tuple(_number(library, setting, by_name[name]) for name in names)
        if numbers:
            made.append(Group(title, numbers, sum(bool(number.given) for number in numbers)))
    return tuple(made)


def _number(library: Library, setting: Setting, parameter: Parameter) -> Number:
    entry = _entries(library)[parameter.name]
    default = defaults_of(library)[parameter.name]
    now = _text(parameter)
    call = entry.symbol if entry.symbol.isascii() else entry.ascii or entry.name
    held = setting.held.get(parameter.name)
    base = default if held is not None or not parameter.given else now  # what holds if this number is not set
    values = [Value("", f"{base or 'swept'} (as it is)" if base else "swept", held is None)]
    values += [
        Value(f"{call}={value}", value, held is not None and value == now) for value in _grid(entry) if value != base
    ]
    if held is not None and not any(v.held for v in values):
        values.append(Value(f"{call}={held}", now, held=True))
    if entry.domain != SWITCH:
        values.sort(key=lambda v: _order(v, base))
    left = {name: value for name, value in setting.held.items() if name != parameter.name}
    drop = setting.ask.url(set=tuple(f"{name}={value}" for name, value in left.items())) if held is not None else ""
    return Number(
        parameter.name,
        parameter.symbol,
        parameter.label,
        parameter.unit,
        now or "swept",
        parameter.standing,
        parameter.why,
        parameter.source,
        cited(library, parameter.cite),
        parameter.given,
        tuple(values),
        entry.domain not in {SWITCH, COUNT} and bool(base),
        drop,
    )


def _order(value: Value, base: str) -> float:
    text = value.said.rpartition("=")[2] or base
    return float(Fraction(text)) if text else -1.0


def _grid(entry: Entry) -> list[str]:
    """The values that are offered: the words of a switch, or steps over its span."""
    if entry.choices:
        return [str(choice) for choice in entry.choices]
    if entry.domain == COUNT:
        return [str(n) for n in range(1, 11)]
    if entry.domain == PRECISION:
        return ["3", "5", "10", "20", "30"]
    low, high = (Fraction(str(entry.span.from_)), Fraction(str(entry.span.to))) if entry.span else _free(entry)
    return [plain(float(low + (high - low) * Fraction(at, STEPS))) for at in range(STEPS + 1)]


def _free(entry: Entry) -> tuple[Fraction, Fraction]:
    """A span for a number that has none: all shares, or up to twice what it is."""
    if entry.domain == "share":
        return Fraction(0), Fraction(1)
    if entry.domain == "discount":
        return Fraction("0.025"), Fraction("0.975")
    return Fraction(0), 2 * Fraction(entry.value or "1")
