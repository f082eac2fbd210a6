"""Counting questions as drawings of their own: power as bars, chance as dots and a curve, coalitions on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.errors import NotApplicable
from assent.inquiries.counting.chance import Chance
from assent.inquiries.counting.plan import Plan
from assent.inquiries.counting.power import Power
from assent.render.atlas import atlas
from assent.render.chance import answer as chance_said
from assent.render.charts import Bar, Point, bar_file, curve, plot_file
from assent.render.map import Mark, map_file
from assent.render.numbers import share
from assent.render.plan import answer as plan_said
from assent.render.power import NAMES, name_of, rows_of
from assent.render.tiles import tile_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from assent.inquiries.counting.coalitions import Coalitions
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.render.plots import Plot

BARS = 25


def svg(result: Power | Chance | Plan | Coalitions, place: Jurisdiction, view: str = "map") -> str:
    """The answer to a counting question, as a drawing of its own.

    Parameters
    ----------
    place
        Where it came from.
    view
        ``map``, or ``tiles``: equal ones; for drawings of units.

    Raises
    ------
    NotApplicable
        There is nothing to draw.

    Examples
    --------
    >>> from assent import library
    >>> us = library()
    >>> svg(us.power("us/article-v/propose"), us.place).count("<rect")
    3
    """
    if isinstance(result, Power):
        return _power(result)
    if isinstance(result, Chance):
        return _chance(result)
    if isinstance(result, Plan):
        units = {won.state for won in result.members if won.state}
        title = f"{'Who has to say yes' if result.goal == 'pass' else 'Who has to say no'}: {plan_said(result)}"
        if units:
            return _units(place, units, title, ("In the cheapest way", "Not needed"), view)
        return _bodies(((won.label or won.id, won.members, won.of) for won in result.members), title, result.title)
    people = result.population_to_block
    if people is not None and people.who:
        title = f"{share(float(people.share))} of the people can block: {result.title}"
        return _units(place, people.who, title, ("Enough together", "Not needed"), view)
    fewest = result.fewest_to_block
    if fewest is None:
        raise NotApplicable(f"There is nothing to draw of {result.procedure}: nobody can block it.")
    title = f"The fewest who can block: {result.title}"
    return _bodies(((who.label or who.id, who.members, who.of) for who in fewest.who), title, "")


def has_drawing(result: Power | Chance | Plan | Coalitions) -> bool:
    """Whether there is somebody to draw: not where nobody is needed, or nobody can do it.

    Examples
    --------
    >>> from assent import library
    >>> has_drawing(library().plan(matter="us/amendment/27"))
    False
    """
    if isinstance(result, Power | Chance):
        return True
    if isinstance(result, Plan):
        return bool(result.members)
    people = result.population_to_block
    return bool(people is not None and people.who) or result.fewest_to_block is not None


def _power(found: Power) -> str:
    rows = rows_of(found.values)
    bars = [Bar(name_of(group), weight, share(weight)) for group in rows[:BARS]
            for weight in (sum(one.normalized for one in group),)]  # fmt: skip
    rest = sum(one.normalized for group in rows[BARS:] for one in group)
    notes = [f"{NAMES[found.index]}: {found.about}.", f"As of {found.as_of}. {found.members:,} members."]
    notes += [f"{len(rows) - BARS} more, {share(rest)} together."] if rest else []
    return bar_file(bars, f"Power by {found.by}: {found.title}", notes)


def _chance(found: Chance) -> str:
    words = [
        chance_said(found),
        *(told.replace("; --p)", ")") for told in found.assumptions),
        f"As of {found.as_of}.",
    ]
    shares = (("yes", found.probability), ("no", 1 - found.probability))
    return plot_file(_over(found), shares, words, f"Chance: {found.title}")


def _over(found: Chance) -> Plot | None:
    """The curve, where one was asked for."""
    if found.curve is None:
        return None
    over = found.curve.over
    points = [Point(point.at, point.probability) for point in found.curve.points]
    at = next((move.probability for move in found.moves if move.assumption == over), None)
    here = Point(at, found.probability) if at is not None else None
    whom = "everyone not named otherwise" if over == "*" else over
    axes = f"Over {whom}, in 100, from left to right; the chance in 100 upwards."
    return curve(points, here, points[0].x, points[-1].x)._replace(axes=axes)


def _units(place: Jurisdiction, chosen: Collection[str], title: str, words: tuple[str, str], view: str) -> str:
    found = atlas(place)
    if not found.outlines:
        raise NotApplicable("There is no map to draw it on.")
    marks = {
        outline.unit: Mark(outline.unit, "yes" if outline.unit in chosen else "none", outline.unit)
        for outline in found.outlines
    }
    told = {"yes": f"{words[0]} ({len(set(chosen))})", "none": words[1]}
    if view == "tiles":
        return tile_file(found.tiles, marks, title, told)
    return map_file(found.outlines, marks, title, told)


def _bodies(rows: Iterable[tuple[str, int, int]], title: str, note: str) -> str:
    bars = [Bar(name, members / of, f"{members:,} of {of:,}") for name, members, of in rows if of]
    if not bars:
        raise NotApplicable("There is nothing to draw: nobody is needed.")
    return bar_file(bars, title, [note] if note else [], most=1.0)
