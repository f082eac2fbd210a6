"""The page on a forecast: the curve with the base rate beside it, the score, and a refusal where there is no ground."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from assent.errors import NotApplicable
from assent.render.modelled import forecast_plot
from assent.values.dates import years_after
from assent.web.inquiry import inquire
from assent.web.pages.modelled import called, dotted, page, per_cent
from assent.web.pages.setting import day as told
from assent.web.pages.turning import switches

if TYPE_CHECKING:
    from assent.api import Library
    from assent.inquiries.forecast.forecast import Forecast
    from assent.web.address import Address

AGES = (1, 3, 5)  # years after a proposal for which a refused forecast is offered


class Row(NamedTuple):
    """A point of the curve."""

    at: int
    on: date
    probability: str
    baseline: str
    model: str
    said: str


def forecast_page(ask: Address, library: Library) -> str:
    """Will it be ratified?

    Raises
    ------
    QueryError
        A name or a day is wrong.
    """
    matter = library.matters[ask.id]
    title = f"Forecast: {matter.title}"
    about = ask.changed(options={}, view="").url().replace("/forecast/", "/", 1)
    try:
        found: Forecast = inquire(library, ask)  # type: ignore[assignment]
    except NotApplicable as error:
        offered = _offered(ask, library)
        return page(
            "forecast.html", ask, library, title=title, method="forecast", found=None, gap=error, matter=matter,
            about=about, offered=offered, nav="matters", today=date.today(), others=_others(ask, library, matter.kind),
        )  # fmt: skip
    given = {"as_of": ask.as_of or "", "known_as_of": ask.known_as_of or "", "by": ask.option("by")}
    dots, counts = dotted([("yes", found.probability), ("off", 1 - found.probability)])
    return page(
        "forecast.html", ask, library, title=title, method="forecast", found=found, gap=None, matter=matter,
        about=about, python=called("forecast", ask.id, given), nav="matters", curve=forecast_plot(found),
        rows=_rows(found),
        dots=dots, filled=counts[0], switches=_switches(ask, library, found), today=date.today(),
        offered=_offered(ask, library), others=(),
    )  # fmt: skip


def _rows(found: Forecast) -> tuple[Row, ...]:
    return tuple(
        Row(
            (p.on - found.as_of).days, p.on, per_cent(p.probability), per_cent(p.baseline), per_cent(p.model),
            f"By {told(p.on)}: {per_cent(p.probability)}; by the base rate alone {per_cent(p.baseline)}",
        )
        for p in found.curve
    )  # fmt: skip


def _switches(ask: Address, library: Library, found: Forecast) -> tuple[object, ...]:
    return switches(ask, library, found.readings)


def _offered(ask: Address, library: Library) -> list[tuple[str, str]]:
    """Days on which there was something to forecast, or may have been."""
    begun = library.matters[ask.id].proposed_on
    if begun is None:
        return []
    days = [years_after(begun, age) for age in AGES]
    return [(told(on), ask.url(as_of=on, options={})) for on in days if on < date.today()]


def _others(ask: Address, library: Library, kind: str) -> list[tuple[str, str]]:
    """Where a forecast can be had, if not of this kind of matter."""
    from assent.inquiries.forecast.reference_class import ReferenceClass

    group = ReferenceClass(library.place, library.doctrine(), date.today())
    if kind == group.reference.kind:
        return []
    every = [m for m in library.matters.values() if m.kind == group.reference.kind]
    return [(m.title, ask.__class__("forecast", m.id).url()) for m in every]
