"""How likely it is, on a page: the chance, at once what it rests on, then what moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.numbers import bound, power, share
from assent.render.page import Block, Heading, Item, Items, Page, Para, Span, Table, code, quiet, say, strong
from assent.render.words import MARKS, foot, many, readings

if TYPE_CHECKING:
    from assent.inquiries.counting.chance import Chance, Curve, Gradient
    from assent.inquiries.counting.world import World
    from assent.inquiries.jurisdiction import Jurisdiction

MOST = 10
BAR = 30


def chance_page(found: Chance, place: Jurisdiction, *, full: bool = False) -> Page:
    """How likely it is: the chance, its assumptions, what moves it, a curve and a world if asked for."""
    when = f" As of {found.as_of}." if found.as_of else ""
    believed = tuple(Item((quiet("·"),), say(text)) for text in found.assumptions)
    blocks: list[Block] = [
        Para(say(strong(answer(found)), " ", code(found.procedure))),
        Para(say(found.title, quiet(f". {many(found.members, 'member')}.{when}"))),
        Heading("Assumed"),
        Items(believed),
        *_moves(found),
        *_gradients(found.gradients, full=full),
        *(_curve(found.curve) if found.curve else ()),
        *(_world(found.world, full=full) if found.world else ()),
        Para(say(quiet(f"Method: {found.method}; {bound(found.error_bound)}."))),
        *readings(place.law, found.readings, found.reproduce),
        *foot(found.versions, found.reproduce),
    ]
    return Page(f"Chance of {found.procedure}", tuple(blocks))


def answer(found: Chance) -> str:
    """What the chance is, in a sentence."""
    if found.probability == 0 and found.log10 is None:
        return "It cannot pass, if what is assumed below holds."
    if found.complement == 0 and found.log10_complement is None:
        return "It is certain to pass, if what is assumed below holds."
    said = share(found.probability, found.log10, found.complement)
    size = f", about 1 in {power(1 / found.probability, digits=2)}" if 1e-300 < found.probability < 0.01 else ""
    return f"The chance is {said}{size}, if what is assumed below holds."


def _moves(found: Chance) -> list[Block]:
    rows = [
        (
            say(code(move.assumption)),
            say(f"{move.members:,}"),
            say(f"{move.probability:g}"),
            say(power(move.value, digits=3)),
            say("–" if move.relative is None else f"{move.relative:+,.3g}{chr(0xA0)}%"),
        )
        for move in found.moves
    ]
    if not rows:
        return []
    head = ("Assumption", "Members", "Now", "Slope", "One point more")
    told = (
        "Slope: change of the chance per unit of the assumption. One point more: what 0.01 adds to the chance, as a "
        "share of it, to first order."
    )
    return [
        Heading("What moves it"),
        Table(head, tuple(rows), frozenset({1, 2, 3, 4}), frozenset({0})),
        Para(say(quiet(told))),
    ]


def _gradients(gradients: tuple[Gradient, ...], *, full: bool) -> list[Block]:
    shown = gradients if full else gradients[:MOST]
    rows = tuple(
        (
            say(code(g.id), quiet(f" {g.label}" if g.label else "")),
            say(code(g.assumption)),
            say(f"{g.members:,}"),
            say(f"{g.probability:g}"),
            say(power(g.value, g.log10, 3)),
        )
        for g in shown
    )
    blocks: list[Block] = [
        Heading("Whose move matters most"),
        Table(("Each of", "By", "Members", "Now", "Slope"), rows, frozenset({2, 3, 4}), frozenset({0, 1})),
    ]
    if len(shown) < len(gradients):
        blocks.append(Para(say(quiet(f"{len(gradients) - MOST:,} more groups of alike members; --full lists them."))))
    return blocks


def _curve(curve: Curve) -> list[Block]:
    rows = tuple(
        (
            say(f"{point.at:g}"),
            say(share(point.probability, point.log10, point.complement)),
            (Span("▓" * round(BAR * point.probability) or "·", "strong"),),
        )
        for point in curve.points
    )
    return [Heading(f"Over {curve.over}"), Table((curve.over, "Chance", ""), rows, frozenset({0, 1}))]


def _world(world: World, *, full: bool) -> list[Block]:
    wide = [body for body in world.bodies if full or not body.state]
    rows = tuple(
        (
            MARKS_OF[body.met],
            say(body.label or body.id, quiet(f" {body.id}" if body.label else "")),
            say(f"{body.yes:,} of {body.of:,}"),
            say(f"{body.need:,}"),
        )
        for body in wide
    )
    end = "passes" if world.met else "does not pass"
    said = [f"{name} {by:+.2f}" for name, by in world.shifts.items() if full or ":" not in name]
    shifts = f" Shifts of the log-odds: {', '.join(said)}." if said else ""
    told = f"One draw out of many, to look at: here it {end}.{shifts}"
    return [
        Heading(f"World {world.seed}"),
        Para(say(told)),
        Table(("", "Body", "Yes", "Needed"), rows, frozenset({2, 3}), frozenset({1})),
    ]


MARKS_OF = {True: (MARKS["pass"],), False: (MARKS["fail"],)}
