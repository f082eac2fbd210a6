"""What no rule decides, as plots for its page and drawings of its own: petitions, votes, defiance, forecasts."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from assent.errors import NotApplicable
from assent.inquiries.referendum.past import MET, NOT_MET
from assent.render.atlas import atlas
from assent.render.canvass import percent
from assent.render.charts import Bar, bar_file, plot_file
from assent.render.forecast import percent as forecast
from assent.render.map import Mark, map_file
from assent.render.plots import Line, Plot, round_ticks
from assent.render.tiles import tile_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.inquiries.defiance.defiance import Defiance
    from assent.inquiries.defiance.state_laws import StateRow
    from assent.inquiries.forecast.forecast import Forecast
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.petition.petition import Petition
    from assent.inquiries.petition.prospects import Needed
    from assent.inquiries.referendum.past import Held
    from assent.inquiries.referendum.referendum import Referendum, RuleShown

FILLS = ("after", "yes")  # how the kinds of use that are counted are drawn in a file, the furthest last
SHAPES = ("cur-mid", "cur-line")  # and as lines
STANCES = (
    ("st-tolerate", "the federal side lets be or loosens"),
    ("st-enforce", "it enforces"),
    ("st-mixed", "both"),
)


# ── petitions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def petition_plot(found: Petition, needed: Needed | None = None) -> Plot:
    """The chance of qualifying over the number of signatures filed, and the number that reaches a chance wanted."""
    low, high = found.over_raw[0].raw, found.over_raw[-1].raw
    assert found.outlook is not None  # noqa: S101 - the curve is about a number of signatures

    def at(number: float) -> float:
        return (number - low) / (high - low)

    keys = [("cur-line", "one way or the other"), ("cur-mid", "by the sample alone")]
    keys += [("cur-aim", f"{percent(needed.target)} at {needed.raw:,}")] if needed else []
    return Plot(
        (
            Line("cur-mid", tuple((at(f.raw), f.chances.by_sample) for f in found.over_raw)),
            Line("cur-line", tuple((at(f.raw), f.chances.qualifies) for f in found.over_raw)),
        ),
        tuple((at(n), f"{n / 1e6:g} m" if high > 1e6 else f"{n // 1000} k") for n in round_ticks(low, high)),
        axes="Signatures filed; upwards, how many in 100 such petitions qualify.",
        keys=(*keys, ("cur-point", f"{found.outlook.raw:,} filed")),
        here=(at(found.outlook.raw), found.outlook.chances.qualifies),
        goal=(at(needed.raw), needed.target) if needed else None,
    )


def petition_svg(found: Petition) -> str:
    """How a petition may end, how many signatures it takes, or what became of others.

    Raises
    ------
    NotApplicable
        There is nothing to draw.
    """
    need = found.requirement
    title = f"A petition in {found.name} for an {need.title}"
    asks = f"It takes {need.required:,} valid signatures. As of {found.as_of}."
    if found.outlook:
        at = found.outlook.chances
        ends = (("yes", at.by_sample, "qualifies by the sample"), ("mid", at.full_count, "comes to a full count"),
                ("no", at.fails, "fails by the sample"))  # fmt: skip
        dots = [f"Of a hundred: {', '.join(f'{said} {percent(p)}' for _, p, said in ends)} (green, amber, grey)."]
        said = f"{found.outlook.raw:,} signatures qualify with a chance of {percent(at.qualifies)}, if this holds:"
        plot = petition_plot(found) if found.over_raw else None
        words = [*dots, said, *_given(found), asks]
        return plot_file(plot, [(kind, p) for kind, p, _ in ends], words, title)
    if found.needed:
        rows = [("valid ones required", need.required), ("to qualify one way or another", found.needed.raw)]
        rows += [("without a full count", found.needed.raw_by_sample)] if found.needed.raw_by_sample else []
        bars = [Bar(said, number, f"{number:,}") for said, number in rows]
        chance = f"Signatures that reach a chance of {percent(found.needed.target)}, if this holds:"
        return bar_file(bars, f"How many signatures it takes: {title}", [chance, *_given(found), asks])
    if found.certificate:
        one = found.certificate
        rows = [("filed", one.raw), ("certified as valid", one.certified), ("required", need.required)]
        return bar_file([Bar(said, n, f"{n:,}") for said, n in rows], title, [asks])
    bars = [
        Bar(past.title, past.certified / past.required, f"{percent(past.certified / past.required)}, {past.outcome}")
        for past in found.past
        if past.certified is not None and past.required
    ]
    if not bars:
        raise NotApplicable(f"There is nothing to draw of petitions in {found.name}: no count is on file.")
    notes = ["Valid signatures certified, of those required; petitions without a count on file are left out.", asks]
    return bar_file(bars, f"What became of petitions in {found.name}", notes, most=max(1.0, *(b.value for b in bars)))


def _given(found: Petition | Referendum) -> list[str]:
    """The numbers a model rests on, in one sentence."""
    told = (
        f"{p.name} {p.value:,} ({p.standing})" if isinstance(p.value, int) else f"{p.name} {p.value:.6g} ({p.standing})"
        for p in found.parameters
        if isinstance(p.value, int | float)
    )
    return [f"{'; '.join(told)}."]


# ── votes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def referendum_plot(found: Referendum, rule: RuleShown) -> Plot:
    """The chance that a vote passes by a rule, over the share of yes."""
    low, high = found.curve[0].yes, found.curve[-1].yes

    def at(yes: float) -> float:
        return (yes - low) / (high - low)

    given = next((float(p.value) for p in found.parameters if p.name == "yes"), None)
    least = rule.least_yes if rule.least_yes and low <= rule.least_yes <= high else None
    keys = [("cur-line", "chance that it passes")]
    keys += [("cur-here", f"{percent(least)} yes, the least at that turnout")] if least else []
    stands = given is not None and rule.probability is not None
    keys += [("cur-point", f"{percent(given)} yes")] if stands and given is not None else []
    return Plot(
        (Line("cur-line", tuple((at(p.yes), p.probability) for p in found.curve)),),
        tuple((at(n / 100), f"{n}") for n in range(0, 101, 5) if low <= n / 100 <= high),
        axes="Yes, in 100 of yes and no; upwards, how many in 100 such votes pass.",
        keys=tuple(keys),
        here=(at(given), rule.probability) if given is not None and rule.probability is not None else None,
        marks=((at(least), "cur-here"),) if least else (),
    )


def referendum_svg(found: Referendum) -> str:
    """How likely a vote passes over the share of yes, what each rule takes, or what votes on file said.

    Raises
    ------
    NotApplicable
        There is nothing to draw.
    """
    day = f"As of {found.as_of}."
    if found.held:
        bars = [
            Bar(f"{held.on[:4]} {held.territory}", held.yes, ", ".join((percent(held.yes), *_met(held))))
            for held in found.held
            if held.yes is not None
        ]
        notes = [
            f"Yes, of yes and no; {len(found.held) - len(bars)} votes without a count are left out.",
            "Met, not met: the rule that the vote was held under, where one is on file and its figures tell.",
            day,
        ]
        return bar_file(bars, "Votes on leaving on file, and whether they met their rule", notes, most=1.0)
    rule = (found.rules or found.elsewhere)[0]
    if found.curve:
        chance = "" if rule.probability is None else f" The chance is {percent(rule.probability)}."
        words = [f"By the rule: {rule.asks}.{chance} It rests on:", *_given(found), day]
        return plot_file(referendum_plot(found, rule), (), words, f"A vote on leaving in {found.name}: {rule.title}")
    bars = [Bar(r.id, r.least_yes, percent(r.least_yes)) for r in (*found.rules, *found.elsewhere) if r.least_yes]
    if not bars:
        raise NotApplicable(f"There is nothing to draw of a vote in {found.name}.")
    words = ["The least share of yes, of yes and no, that each rule takes at the turnout:", *_given(found), day]
    return bar_file(bars, f"A vote on leaving in {found.name}: what each rule takes", words, most=1.0)


def _met(held: Held) -> tuple[str, ...]:
    return (held.by_rule,) if held.by_rule in {MET, NOT_MET} else ()


# ── forecasts ───────────────────────────────────────────────────────────────────────────────────────────────────────


def forecast_plot(found: Forecast) -> Plot:
    """How the chance grows with time, with the base rate beside it."""
    first, last = found.as_of, found.curve[-1].on
    span = max((last - first).days, 1)

    def at(day: date) -> float:
        return (day - first).days / span

    every = next((n for n in (1, 2, 5) if (last.year - first.year) / n <= 7), 10)
    marks = [(at(found.limit), "st-enforce")] if found.limit and first < found.limit <= last else []
    marks += [(at(found.by.on), "cur-goal")] if found.by and found.by.on <= last else []
    keys = [("cur-line", "forecast"), ("cur-base", "base rate alone"), ("cur-point", f"by {found.horizon.on}")]
    keys += [("st-enforce", "time limit")] if marks and marks[0][1] == "st-enforce" else []
    return Plot(
        (
            Line("cur-base", tuple((at(p.on), p.baseline) for p in found.curve)),
            Line("cur-line", tuple((at(p.on), p.probability) for p in found.curve)),
        ),
        tuple((at(date(y, 1, 1)), str(y)) for y in range(first.year + 1, last.year + 1, every)),
        axes="Years; upwards, the chance in 100 of being complete by then.",
        keys=tuple(keys),
        here=(at(found.horizon.on), found.probability),
        marks=tuple(marks),
    )


def forecast_svg(found: Forecast) -> str:
    """The chance of ratification as dots, and how it grows."""
    said = (
        f"{forecast(found.probability)} by {found.horizon.on}, {found.horizon.text}; the base rate alone "
        f"{forecast(found.baseline)}; nine times out of ten {forecast(found.low)} to {forecast(found.high)}."
    )
    counted = f"{found.count} of {found.of} counted, {found.required} needed."
    days = f"As of {found.as_of}, as known on {found.known_as_of}."
    shares = (("yes", found.probability), ("no", 1 - found.probability))
    return plot_file(forecast_plot(found), shares, [said, f"{counted} {days}"], f"Forecast: {found.title}")


# ── defiance ────────────────────────────────────────────────────────────────────────────────────────────────────────


def defiance_plot(whole: Defiance, as_of: date) -> Plot:
    """The share of the people over the years as steps, with what the federal side did as lines on the same axis."""
    first, last = date(whole.by_year[0].year - 1, 12, 31), whole.by_year[-1].until
    span = (last - first).days

    def at(on: date) -> float:
        return min(max((on - first).days / span, 0.0), 1.0)

    kinds = [living.kind for living in whole.living][: len(SHAPES)]
    lines = []
    for kind, shape in zip(kinds, SHAPES, strict=False):
        held = [(at(first), 0.0)]
        held += [
            (at(year.until), part.percent / 100) for year in whole.by_year for part in year.living if part.kind == kind
        ]
        steps = [held[0]]
        for (_, low), (x, y) in pairwise(held):
            steps += [(x, low), (x, y)]
        lines.append(Line(shape, tuple(steps)))
    marks = [(at(p.date), f"st-{p.stance}") for p in whole.postures]
    return Plot(
        tuple(lines),
        tuple((at(date(y, 1, 1)), str(y)) for y in range(first.year - first.year % 5 + 5, last.year + 1, 5)),
        axes="Years; upwards, people in 100 who live where it is allowed.",
        keys=(*((shape, whole.kinds[kind]) for kind, shape in zip(kinds, SHAPES, strict=False)), *STANCES),
        marks=(*marks, *(((at(as_of), "cur-goal"),) if first < as_of < last else ())),
    )


def furthest(found: Defiance, row: StateRow | None, kinds: Sequence[str]) -> int:
    """How far a state has gone along the kinds that are counted; -1 where it has not begun.

    Parameters
    ----------
    kinds
        From the least far to the furthest.
    """
    order = list(found.kinds)
    if row is None or not row.furthest:
        return -1
    return sum(order.index(row.furthest) >= order.index(kind) for kind in kinds) - 1


def defiance_svg(whole: Defiance, place: Jurisdiction, view: str = "map", state: str = "") -> str:
    """What each state allows on a day, on the map; by year, who lives where it is allowed.

    Parameters
    ----------
    whole
        The record of all states.
    view
        ``map``, or ``tiles``: equal ones.
    state
        One that is drawn apart.

    Raises
    ------
    NotApplicable
        There is no geometry.
    """
    through = f"State laws are on file through {whole.complete_through}."
    if whole.by == "year" and whole.by_year:
        return plot_file(defiance_plot(whole, whole.as_of), (), [f"As of {whole.as_of}. {through}"], whole.title)
    found = atlas(place)
    if not found.outlines:
        raise NotApplicable("There is no map to draw it on.")
    kinds = [living.kind for living in whole.living][: len(FILLS)]
    rows = {row.state: row for row in whole.states}
    marks = {}
    for member in place.record.roster(place.profile.states, whole.as_of):
        far = furthest(whole, rows.get(member.unit), kinds)
        how = FILLS[far] if far >= 0 else "none"
        said = whole.kinds[kinds[far]] if far >= 0 else "neither"
        marks[member.unit] = Mark(member.unit, how, f"{member.name}: {said}", ring=member.unit == state)
    told = {FILLS[at]: whole.kinds[kind].capitalize() for at, kind in reversed(list(enumerate(kinds)))}
    title = f"{whole.title}: what states allow on {whole.as_of}"
    title += f" (dashed: {state})" if state in marks else ""
    told |= {"none": "Neither" if told else "Nothing on file by that day"}
    if view == "tiles":
        return tile_file(found.tiles, marks, title, told)
    return map_file(found.outlines, marks, title, told)
