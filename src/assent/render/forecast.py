"""A forecast on a page: the chance beside the base rate, how it grows, how far to trust it, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.page import Bar, Block, Heading, Item, Items, Page, Para, Span, Table, code, quiet, say, strong
from assent.render.words import dated, foot, many, notes, quiet_mark, readings

if TYPE_CHECKING:
    from assent.inquiries.forecast.forecast import Forecast
    from assent.inquiries.forecast.forecasting import Parameter, Point
    from assent.inquiries.jurisdiction import Jurisdiction

WIDE = 25
MOST = 8
LEAST = 0.001


def forecast_page(found: Forecast, place: Jurisdiction, *, full: bool = False) -> Page:
    """Will it be ratified: the chance and the base rate, the curve, the score, and what is assumed."""
    blocks: list[Block] = [
        Para(say(strong(_answer(found)), " ", code(found.matter))),
        *([Para(say(_by(found)))] if found.by else []),
        Para(say(f"{found.title}. ", dated(found.as_of, found.known_as_of))),
        Bar(found.count, found.required, found.of, say(), say(f"{found.count} of {found.of}; {found.required} needed")),
        *[Para(say(one.text)) for one in found.supposed],
        Heading("How it grows"),
        _curve(found, full=full),
        Heading("How far to trust it"),
        Items(tuple(_trust(found, full=full)), widest=14),
        Heading("Assumed"),
        Items(tuple(Item(quiet_mark, say(text)) for text in found.assumptions)),
        *(_parameters(found.parameters) if full else ()),
        Para(say(quiet(f"Method: {found.method}. Error of the computation: {_small(found.error_bound)}."))),
        *notes(found.notes),
        *readings(place.law, found.readings, found.reproduce),
        *foot(found.versions, found.reproduce),
    ]
    return Page(f"Forecast of {found.matter}", tuple(blocks))


def _answer(found: Forecast) -> str:
    asked = f"The chance of ratification by {found.horizon.on}, {found.horizon.text}, is {percent(found.probability)}"
    if found.score is None:
        return f"{asked}: a base rate and no more, for its {found.horizon.years} years are over."
    return f"{asked}; the base rate alone says {percent(found.baseline)}."


def _by(found: Forecast) -> str:
    point = found.by
    if point is None:
        return ""
    beside = "" if found.score is None else f"; the base rate alone says {percent(point.baseline)}"
    return f"By {point.on} it is {percent(point.probability)}{beside}."


def percent(value: float) -> str:
    """A chance in percent, no finer than a forecast can be.

    Examples
    --------
    >>> [percent(value).replace("\u00a0", " ") for value in (0.1953, 0.0031, 1e-58, 0.9999, 0.0)]
    ['20 %', '0.3 %', 'under 0.1 %', 'over 99 %', '0 %']
    """
    if 0.99 < value < 1:
        return "over 99\u00a0%"
    if 0 < value < LEAST:
        return f"under {100 * LEAST:g}\u00a0%"
    return f"{100 * value:.{0 if value >= 0.0095 or not value else 1}f}\u00a0%"


def _curve(found: Forecast, *, full: bool) -> Table:
    points = list(found.curve)
    if not full and len(points) > MOST:
        step = -(-len(points) // MOST)
        points = [
            point
            for at, point in enumerate(points)
            if not (len(points) - 1 - at) % step or point.on in {found.horizon.on, found.by and found.by.on}
        ]
    model = any(point.model is not None for point in points)
    head = ("By the end of", "Chance", "Base rate", "Model", "") if model else ("By the end of", "Base rate", "")
    return Table(
        head, tuple(_row(point, found, model=model) for point in points), frozenset({1, 2, 3} if model else {1})
    )


def _row(point: Point, found: Forecast, *, model: bool) -> tuple[tuple[Span, ...], ...]:
    asked = {found.horizon.on, found.by.on if found.by else found.horizon.on}
    day = str(point.on)
    drawn = (Span("▓" * round(WIDE * point.probability) or "·", "strong"),)
    cells = (say(strong(day) if point.on in asked else day), say(percent(point.probability)))
    if not model:
        return (*cells, drawn)
    said = "–" if point.model is None else percent(point.model)
    return (*cells, say(percent(point.baseline)), say(said), drawn)


def _trust(found: Forecast, *, full: bool) -> list[Item]:
    about, score = found.reference_class, found.score
    items = [
        Item(
            say("Range"),
            say(
                f"{percent(found.low)} to {percent(found.high)}, nine times out of ten, "
                + ("when the others are drawn anew." if score else "from how few there were."),
            ),
        )
    ]
    if score:
        landmarks = f"{many(len(score.landmarks), 'age')} from {score.landmarks[0]:,} to {score.landmarks[-1]:,} days"
        items.append(
            Item(
                say("Score"),
                say(
                    f"Brier {score.brier:.3f}, base rate {score.baseline_brier:.3f}: difference "
                    f"{_signed(score.difference)}, 90 % interval {_signed(score.low)} to {_signed(score.high)}. "
                    f"Log {score.log:.3f} and {score.baseline_log:.3f}. Lower is better. ",
                    quiet(f"{many(score.events, 'matter')}, {score.method}, at {landmarks}."),
                ),
            )
        )
    named = f": {', '.join(about.matters)}" if full else ""
    left = f" Left out: {'; '.join(about.left_out)}." if about.left_out else ""
    items.append(
        Item(
            say("Compared with"),
            say(
                f"{found.events} {about.about}{named}; {about.in_time} were ratified within {found.horizon.years} "
                "years. ",
                f"{about.open_then} were still open at this age, {about.open_in_time} of them ratified in that time."
                if score
                else f"In the {about.late_years:,.0f} years for which others lay open after that, {about.late} "
                f"{'was' if about.late == 1 else 'were'} ratified.",
                quiet(left),
            ),
        )
    )
    if found.introduced:
        items.append(Item(say("Before that"), say(found.introduced.text)))
    return items


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−")


def _small(value: float) -> str:
    return "none but rounding" if value == 0 else f"below {max(value, 1e-12):.0e}".replace("e-0", "e-")


def _parameters(parameters: tuple[Parameter, ...]) -> list[Block]:
    rows = tuple(
        (
            say(one.name, quiet(f" {one.symbol}" if one.symbol and one.symbol != one.name else "")),
            say(f"{one.value:.3g}"),
            say(one.unit or "–"),
            say(one.standing),
            say(one.why),
        )
        for one in parameters
    )
    return [
        Heading("Numbers"),
        Table(("Number", "Value", "Unit", "Standing", "Why"), rows, frozenset({1}), frozenset({4})),
    ]
