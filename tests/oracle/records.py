"""Random small records: five to nine states, and acts on random days, written as a library and told to the oracle."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.helpers import act, build, questions
from tests.oracle.oracle import FAR, OPTIONS, Fact, Matter

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

PROPOSED = date(1850, 6, 1)
YEARS = 3  # the window; short, so that it bites
LIFE = 365 * 12


def draw(random: Random) -> tuple[Matter, dict[str, Any]]:
    """A matter as the oracle takes it, and what ``build`` needs to write it."""
    units = [f"{letter}{letter}" for letter in "ABCDEFGHI"[: random.randint(5, 9)]]
    roster = []
    for number, unit in enumerate(units):
        stays = number < 3  # so that the roster is never empty, whoever is left out
        since = date(1800, 1, 1) if stays or random.random() < 0.7 else _day(random, 1, LIFE // 2)
        until = _day(random, LIFE // 2, LIFE) if not stays and random.random() < 0.15 else FAR
        roster.append((unit, since, until))
    facts = [Fact("propose", "tiny/congress", "propose", PROPOSED, PROPOSED)]
    for unit, since, until in roster:
        facts += _acts(random, unit, max(since, PROPOSED), until)
    if random.random() < 0.4:
        facts += _vetoes(random, facts)
    for kind in ("certify", "accept"):
        if random.random() < 0.6:
            when = _day(random, LIFE // 3, LIFE)
            facts.append(Fact(kind, "tiny/officer", kind, when, when))
    limit = _day(random, LIFE // 4, LIFE) if random.random() < 0.6 else None
    if limit and random.random() < 0.6:
        facts.append(
            Fact("extend", "tiny/congress", "extend", (when := _day(random)), when, limit=limit + timedelta(days=400))
        )
        if random.random() < 0.4:
            facts.append(
                Fact(
                    "extend-2",
                    "tiny/congress",
                    "extend",
                    (when := _day(random)),
                    when,
                    limit=limit + timedelta(days=800),
                )
            )
    place = random.choice(("text", "proposing-clause"))
    case_acts = {f.id for f in facts if f.actor == "AA/legislature" and f.kind == "ratify"}
    seceded = units[-2:]
    vary = [q for q in OPTIONS if q != "extension" or any(f.kind == "extend" for f in facts)]
    matter = Matter(PROPOSED, facts, roster, limit, place, seceded, case_acts, YEARS, vary)
    given = {
        "roster": [(u, s, None if t == FAR else t) for u, s, t in roster],
        "acts": [
            act(
                f.id,
                f.actor,
                f.kind,
                f.day,
                recorded_on=f.recorded if f.recorded != f.day else None,
                of_act=f.of,
                limit=f.limit,
            )
            for f in facts
        ],
        "matter": {"proposed_on": PROPOSED, "clock_limit": limit, "clock_place": place if limit else ""},
        "complete": dict.fromkeys(("ratify", "rescind", "reject", "certify", "accept"), FAR),
        "asked": questions(seceded, "AA"),
    }
    return matter, given


def written(folder: Path, given: dict[str, Any]) -> Path:
    """The library folder."""
    return build(folder, **given)


def look(random: Random) -> tuple[date, date]:
    """A day to ask for, and a day to know by (often later, sometimes earlier)."""
    as_of = _day(random, LIFE // 3, LIFE + 1500)
    return as_of, as_of if random.random() < 0.4 else _day(random, LIFE // 2, LIFE + 1500)


def _day(random: Random, first: int = 1, last: int = LIFE) -> date:
    day = PROPOSED + timedelta(days=random.randint(first, last))
    return day - timedelta(days=1) if (day.month, day.day) == (2, 29) else day


def _acts(random: Random, unit: str, since: date, until: date) -> list[Fact]:
    found: list[Fact] = []
    days = sorted({_day(random) for _ in range(random.choice((0, 1, 1, 1, 2, 2, 3, 4)))})
    likely = {"": ("ratify", "ratify", "ratify", "reject"), "ratify": ("rescind", "rescind", "reject", "ratify"),
              "reject": ("ratify", "reject", "ratify"), "rescind": ("ratify", "revoke-rescission", "reject", "rescind"),
              "revoke-rescission": ("rescind", "reaffirm")}  # fmt: skip
    before = ""
    for number, day in enumerate(d for d in days if since < d <= until):
        kind = random.choice(likely.get(before, ("rescind", "ratify")))
        late = random.random() < 0.08
        recorded = day + timedelta(days=random.randint(200, 2500)) if late else day
        found.append(Fact(f"{unit}-{number}-{kind}", f"{unit}/legislature", kind, day, recorded))
        before = kind
    return found


def _vetoes(random: Random, facts: list[Fact]) -> list[Fact]:
    vetoed = [f for f in facts if f.kind in {"ratify", "rescind"}]
    chosen = random.sample(vetoed, min(len(vetoed), random.choice((1, 1, 2))))
    found = []
    for act_ in chosen:
        when = act_.day + timedelta(days=random.randint(1, 20))
        found.append(
            Fact(f"veto-{act_.id}", f"{act_.actor[:2]}/governor", "veto", when, max(when, act_.recorded), of=act_.id)
        )
    return found
