"""Which coalitions win, on a page: how many, the fewest that do, the minimal ones."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from assent.render.numbers import EXACT_DIGITS, count, digits, share
from assent.render.page import Block, Heading, Item, Items, Line, Page, Para, code, quiet, say, strong
from assent.render.words import foot, many, notes, readings

if TYPE_CHECKING:
    from assent.inquiries.counting.coalitions import Coalitions, Fewest, Kind, Membership, Minimal, People
    from assent.inquiries.counting.takes import Taken
    from assent.inquiries.jurisdiction import Jurisdiction

FOLD = 6


def coalitions_page(found: Coalitions, place: Jurisdiction, *, full: bool = False) -> Page:
    """Which coalitions win: the fewest members and people, how many coalitions there are, and the minimal ones."""
    when = f" As of {found.as_of}." if found.as_of else ""
    blocks: list[Block] = [
        Para(say(strong(answer(found)), " ", code(found.procedure))),
        Para(say(found.title, quiet(f". {many(found.members, 'member')}.{when}"))),
        Heading("How many"),
        Items(tuple(_counts(found))),
        *_side("To win", found.fewest_to_win, found.population_to_win, found.minimal, full=full),
        *_side("To block", found.fewest_to_block, found.population_to_block, found.minimal_blocking, full=full),
        *_membership(found.membership),
        *notes((*found.notes, *found.assumptions)),
        *readings(place.law, found.readings, found.reproduce),
        *foot(found.versions, found.reproduce),
    ]
    return Page(f"Coalitions in {found.procedure}", tuple(blocks))


def answer(found: Coalitions) -> str:
    """The fewest that suffice, in a sentence."""
    win, block = found.fewest_to_win, found.fewest_to_block
    if win is None:
        return "No coalition wins."
    if block is None:
        return "Every coalition wins; nobody can block."
    people = found.population_to_block
    from_ = f", and states with {share(float(people.share))} of the people can" if people and people.share else ""
    fewest = many(win.members, "member")
    return f"It takes {fewest} at the fewest to win; {many(block.members, 'member')} can block{from_}."


def _counts(found: Coalitions) -> list[Item]:
    part = share(found.share, found.log10_share)
    items = [
        Item(say(quiet("winning")), say(count(found.winning), quiet(f" of 2^{found.members:,}, {part}"))),
        Item(say(quiet("blocking")), say(count(found.blocking))),
    ]
    if found.winning >= 10**EXACT_DIGITS:
        told = (
            f"Exact, in whole numbers of up to {digits(max(found.winning, found.blocking)):,} digits; --json has them."
        )
        items.append(Item(say(quiet("digits")), say(quiet(told))))
    return items


def _side(title: str, fewest: Fewest | None, people: People | None, minimal: Minimal, *, full: bool) -> list[Block]:
    items = []
    if fewest:
        items.append(
            Item(say(quiet("fewest")), say(strong(many(fewest.members, "member")), ": ", _who(fewest.who, full=full)))
        )
    if people:
        sure = "" if people.proven else " (not proven least)"
        exact = f" ({people.people:,} of {people.of:,})"
        states = "every state" if people.people == people.of else ", ".join(people.who)
        items.append(Item(say(quiet("people")), say(strong(share(float(people.share))), f"{exact}{sure}: {states}")))
    if minimal.count is None:
        items.append(Item(say(quiet("minimal")), say(f"not counted: {minimal.reason}")))
    else:
        told = f"{count(minimal.count)} coalition{'s' if minimal.count != 1 else ''} "
        items.append(
            Item(
                say(quiet("minimal")),
                say(told, quiet(f"of {count(minimal.kinds or 0)} kind{'s' if minimal.kinds != 1 else ''}")),
            )
        )
    shown = minimal.listed if full or minimal.complete else minimal.listed[:1]
    term = say(quiet("kind" if minimal.complete else "such as"))
    items += [Item(term, _kind(kind, full=full)) for kind in shown]
    return [Heading(title), Items(tuple(items))]


def _kind(kind: Kind, *, full: bool) -> Line:
    times = f" (stands for {count(kind.stands_for)})" if kind.stands_for > 1 else ""
    return say(f"{many(kind.size, 'member')}: ", _who(kind.members, full=full), quiet(times))


def _who(who: tuple[Taken, ...], *, full: bool) -> Line:
    """Members body by body; the chambers of many states state by state."""
    local = [taken for taken in who if taken.state]
    fold = not full and len(local) > FOLD
    parts = [_one(taken) for taken in who if not (fold and taken.state)]
    if fold:
        by_state = groupby(sorted(local, key=lambda t: t.state), key=lambda t: t.state)
        told = [f"{state}\u00a0{'+'.join(str(t.members) for t in group)}" for state, group in by_state]
        total = sum(taken.members for taken in local)
        parts.append(f"{many(total, 'member')} in {many(len(told), 'state')} ({', '.join(told)})")
    return say("; ".join(parts))


def _one(taken: Taken) -> str:
    if taken.of == 1:
        return taken.label or taken.id
    if taken.among:
        first = ", ".join(taken.among[:3])
        more = f" and {taken.of - 3} more" if taken.of > 3 else ""
        return f"{taken.members:,} of {first}{more}" if taken.members < taken.of else f"all of {first}{more}"
    return f"{taken.members:,} of {taken.of:,} in {taken.label or taken.id}"


STANDING = {
    "all": "in every minimal coalition: without it nothing works",
    "some": "in some minimal coalitions",
    "none": "in no minimal coalition: it never matters",
}


def _membership(told: tuple[Membership, ...]) -> list[Block]:
    if not told:
        return []
    items = tuple(
        Item(
            say(code(m.member), quiet(f" to {m.goal}")),
            say(STANDING[m.standing], quiet(f" ({count(m.minimal)} of {count(m.of)})")),
        )
        for m in told
    )
    return [Heading("Is it needed?"), Items(items)]
