"""Ask clingo where a matter stands under every set of readings.

Knows the rows of a record and ``article_v.lp``, and no code of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import clingo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PROGRAM = Path(__file__).parent / "article_v.lp"
FAR = date(9000, 1, 1)
MOVING = ("ratify", "reaffirm", "reject", "rescind", "revoke-rescission")
OPTIONS = {
    "rescission": ("void", "effective"),
    "after-rejection": ("counts", "void"),
    "seceded-states": ("counted", "excluded"),
    "governor-veto": ("ignored", "effective"),
    "tennessee-1920": ("counts", "void"),
    "contemporaneity": ("not-required", "required"),
    "deadline": ("binding", "not-binding"),
    "extension": ("valid", "invalid"),
    "completion": ("last-ratification", "certification", "congress"),
}


class Fact(NamedTuple):
    """An act as the oracle sees it."""

    id: str
    actor: str
    kind: str
    day: date
    recorded: date
    of: str = ""
    limit: date | None = None


class Answer(NamedTuple):
    """What the oracle says under one set of readings."""

    stage: str
    completed_on: date | None
    count: int
    required: int
    of: int


@dataclass
class Matter:
    """What is asked about, in plain values."""

    proposed: date
    acts: Sequence[Fact]
    roster: Sequence[tuple[str, date, date]]
    limit: date | None = None
    place: str = "text"
    seceded: Iterable[str] = ()
    case_acts: Iterable[str] = ()
    years: int = 15
    vary: Sequence[str] = field(default_factory=lambda: list(OPTIONS))


def ask(matter: Matter, as_of: date, known: date) -> dict[frozenset[tuple[str, str]], Answer]:
    """The outcome under every set of readings of the questions varied (the others are held at their default)."""
    # --eq=0: with equivalence preprocessing on, clingo 5.8.3 counted six of seven true atoms on one random record.
    control = clingo.Control(["--warn=none", "--eq=0", "0"])
    control.load(str(PROGRAM))
    control.add("base", [], "\n".join(f"{fact}." for fact in _facts(matter, as_of, known)))
    control.ground([("base", [])])
    answers: dict[frozenset[tuple[str, str]], Answer] = {}
    with control.solve(yield_=True) as models:
        for model in models:
            readings, answer = _read(model.symbols(shown=True), matter.vary)
            answers[readings] = answer
    return answers


def _facts(matter: Matter, as_of: date, known: date) -> Iterable[str]:
    for name, options in OPTIONS.items():
        yield f"question({_word(name)})"
        for option in options if name in matter.vary else options[:1]:
            yield f"option({_word(name)},{_word(option)})"
    yield f"as_of({as_of.toordinal()})"
    yield f"known({known.toordinal()})"
    yield f"proposed({matter.proposed.toordinal()})"
    if matter.limit:
        yield f"limit({matter.limit.toordinal()},{_word(matter.place)})"
    for unit, since, until in matter.roster:
        yield f'member("{unit}",{since.toordinal()},{until.toordinal()})'
    for unit in matter.seceded:
        yield f'seceded("{unit}")'
    for act_id in matter.case_acts:
        yield f'case_act("{act_id}")'
    for act in matter.acts:
        yield from _act(act, matter.years)
    moving = [act for act in matter.acts if act.kind in MOVING and "/" in act.actor]
    for unit in {act.actor.partition("/")[0] for act in moving}:
        own = sorted((a for a in moving if a.actor.startswith(f"{unit}/")), key=lambda a: (a.day, a.id))
        for place, act in enumerate(own, start=1):
            yield f'nth("{unit}",{place},"{act.id}")'
    for day in sorted(_days(matter, as_of)):
        if matter.proposed <= day <= as_of:
            yield f"day({day.toordinal()})"


def _act(act: Fact, years: int) -> Iterable[str]:
    yield f'act("{act.id}","{act.actor}",{_word(act.kind)},{act.day.toordinal()},{act.recorded.toordinal()})'
    if act.of:
        yield f'of("{act.id}","{act.of}")'
    if act.limit:
        yield f'moves_limit("{act.id}",{act.limit.toordinal()})'
    leap = (act.day.month, act.day.day) == (2, 29)
    last = act.day.replace(year=act.day.year + years, day=28 if leap else act.day.day)
    yield f'ends("{act.id}",{last.toordinal()})'


def _days(matter: Matter, as_of: date) -> set[date]:
    """Every day on which something happens that could let the test pass, and those asked about."""
    days = {matter.proposed, as_of, *(act.day for act in matter.acts)}
    days |= {act.limit for act in matter.acts if act.limit} | ({matter.limit} if matter.limit else set())
    for _, since, until in matter.roster:
        days |= {since, until + timedelta(days=1)}
    return days


def _word(text: str) -> str:
    return text.replace("-", "_")


def _read(symbols: Sequence[clingo.Symbol], vary: Sequence[str]) -> tuple[frozenset[tuple[str, str]], Answer]:
    words = {_word(w): w for name, options in OPTIONS.items() for w in (name, *options)}
    held, found = set(), {}
    for symbol in symbols:
        if symbol.name == "held":
            question, reading = (words[a.name] for a in symbol.arguments)
            if question in vary:
                held.add((question, reading))
        else:
            (value,) = symbol.arguments
            found[symbol.name] = value.name if symbol.name == "stage" else value.number
    completed = found.get("completed")
    return frozenset(held), Answer(
        found["stage"],
        date.fromordinal(completed) if completed else None,
        found["count"],
        found["required"],
        found["whole"],
    )
