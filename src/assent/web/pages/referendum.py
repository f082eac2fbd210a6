"""The page on a vote on leaving: who wins by which rule, how likely, whether it binds, and what votes elsewhere met."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assent.render.modelled import referendum_plot
from assent.web.inquiry import inquire
from assent.web.pages.modelled import called, dial, page, per_cent

if TYPE_CHECKING:
    from assent.api import Library
    from assent.inquiries.referendum.past import Held
    from assent.inquiries.referendum.referendum import Referendum, RuleShown
    from assent.web.address import Address
    from assent.web.pages.modelled import Dial

SHARES = ("turnout", "turnout-sd", "yes", "yes-sd", "correlation", "blank")
LABELS = {
    "turnout": ("Turnout, of those entitled to vote", (0.2, 1.0, 0.01)),
    "blank": ("Neither yes nor no, of those cast", (0.0, 0.1, 0.005)),
    "turnout-sd": ("How uncertain the turnout is (standard deviation)", (0.0, 0.2, 0.01)),
    "yes-sd": ("How uncertain the share of yes is (standard deviation)", (0.0, 0.15, 0.005)),
    "correlation": ("How turnout and yes move together", (-0.95, 0.95, 0.05)),
}
FIRST = ("turnout", "blank")
START = ("0.45", "0.52", "0.6")


class Choice(NamedTuple):
    """A rule to be looked at."""

    rule: RuleShown
    url: str
    held: bool


class Row(NamedTuple):
    """A point of the curve, and the page that stands on it."""

    at: float
    yes: str
    chance: str
    said: str
    url: str


def referendum_page(ask: Address, library: Library) -> str:
    """Would it pass?

    Raises
    ------
    QueryError
        A share cannot be, or there is no such rule.
    """
    here = ask.changed(replay="")
    found: Referendum = inquire(library, here)  # type: ignore[assignment]
    rule = (found.rules or found.elsewhere)[0]
    every = (*found.rules, *found.elsewhere)
    given = {name.replace("-", "_"): here.option(name) for name in ("rule", *SHARES)}
    return page(
        "referendum.html", here, library, title=f"A vote on leaving in {found.name}", method="referendum", found=found,
        nav="exit", python=called("referendum", ask.id, {**given, "as_of": ask.as_of or ""}), rule=rule,
        rules=tuple(_choices(here, library, every, rule)), own=tuple(r for r in found.rules),
        dials=_dials(here, found), yes=here.option("yes"), curve=referendum_plot(found, rule), rows=_rows(here, found),
        starts=tuple((per_cent(float(y)), _with_yes(here, y)) for y in START), first=FIRST,
        past=_past(library, ask.id, ask.as_of or date.today()),
    )  # fmt: skip


@lru_cache(maxsize=64)
def _past(library: Library, state: str, day: date) -> tuple[Held, ...]:
    return library.referendum(state, replay=True, as_of=day).held


def _choices(ask: Address, library: Library, every: tuple[RuleShown, ...], rule: RuleShown) -> list[Choice]:
    """The rules, in the order in which they stand where none is chosen."""
    if ask.option("rule"):
        plain: Referendum = inquire(library, ask.changed(rule=""))  # type: ignore[assignment]
        order = [r.id for r in (*plain.rules, *plain.elsewhere)]
        every = tuple(sorted(every, key=lambda r: order.index(r.id) if r.id in order else len(order)))
    return [Choice(r, ask.url(rule=r.id), r.id == rule.id) for r in every]


def _dials(ask: Address, found: Referendum) -> tuple[Dial, ...]:
    known = {p.name: p for p in found.parameters}
    return tuple(
        dial(known[name], label, span, ask.option(name)) for name, (label, span) in LABELS.items() if name in known
    )


def _with_yes(ask: Address, yes: str) -> str:
    return ask.url(options={**ask.options, "yes": (yes,)})


def _rows(ask: Address, found: Referendum) -> tuple[Row, ...]:
    return tuple(
        Row(
            p.yes, per_cent(p.yes), per_cent(p.probability),
            f"{per_cent(p.yes)} yes: it passes with a chance of {per_cent(p.probability)}",
            _with_yes(ask, f"{p.yes:.2f}"),
        )
        for p in found.curve
    )  # fmt: skip
