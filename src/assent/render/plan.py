"""The cheapest way, on a page: whom to win, what is proven of it, and the next best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.page import Block, Heading, Line, Page, Para, Table, code, quiet, say, strong
from assent.render.words import foot, many, notes, readings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.inquiries.counting.plan import Plan, Way, Won
    from assent.inquiries.jurisdiction import Jurisdiction

FOLD = 12
AMONG = 6


def plan_page(found: Plan, place: Jurisdiction, *, full: bool = False) -> Page:
    """Whom to win: the price, the members body by body, what is proven, and the next best ways."""
    when = f"As of {found.as_of}. " if found.as_of else ""
    blocks: list[Block] = [Para(say(strong(answer(found)), " ", code(found.procedure)))]
    if found.matter and found.matter.text not in found.reason:
        blocks.append(Para(say(found.matter.text, " ", code(found.matter.id))))
    blocks.append(Para(say(found.title, quiet(f". {when}Priced by {found.priced_by}, in {found.unit}."))))
    if found.members:
        blocks += [Heading("Whom to win" if found.goal == "pass" else "Who must say no"), *_members(found, full=full)]
    blocks += [*_next(found), *_proof(found)]
    blocks += [
        *notes(found.assumptions),
        *readings(place.law, found.readings, found.reproduce),
        *foot(found.versions, found.reproduce),
    ]
    return Page(f"Plan to {found.goal} {found.procedure}", tuple(blocks))


def answer(found: Plan) -> str:
    """What it takes, in a sentence."""
    done = "pass it" if found.goal == "pass" else "block it"
    if found.cost is None:
        return f"Nobody can {done}. {found.reason}".rstrip(".") + "."
    if not found.members:
        return f"Nothing more is needed to {done}. {found.reason}".rstrip()
    verb = "pass" if found.goal == "pass" else "block"
    more = " more" if found.settled else ""
    members = many(found.size, f"member{more}" if found.size == 1 else f"{more.strip()} member".strip())
    local = sum(won.members for won in found.members if won.state)
    states = f" in {many(len({won.state for won in found.members if won.state}), 'state')}" if local else ""
    if local and local < found.size:
        states = f", {local:,} of them{states},"
    if found.priced_by == "members":
        sure = "and no fewer can" if found.proof == "optimal" else f"and perhaps {price(found.gap or 0)} fewer"
        return f"{members}{states} can {verb} it, {sure}."
    sure = "nothing cheaper does it" if found.proof == "optimal" else f"perhaps {price(found.gap or 0)} less does it"
    return f"It takes {price(found.cost)} {found.unit} to {verb} it: {members}{states.rstrip(',')}; {sure}."


def price(cost: float) -> str:
    """What something costs, in its unit."""
    return f"{int(cost):,}" if float(cost).is_integer() else f"{cost:,.2f}"


def _members(found: Plan, *, full: bool) -> list[Block]:
    local = [won for won in found.members if won.state]
    fold = not full and len(local) > FOLD
    rows = [_row(won, found) for won in found.members if not (fold and won.state)]
    blocks: list[Block] = []
    plain = found.priced_by == "members"
    if rows:
        head = ("Body", "Win", "Of", "") if plain else ("Body", "Win", "Of", "Each", "Cost")
        blocks.append(Table(head, tuple(rows), frozenset({1, 2, 3, 4} if not plain else {1, 2}), frozenset({0})))
    if fold:
        asked = [won for won in local if plain or won.cost]
        cost = sum(won.cost for won in local)
        states = len({won.state for won in local})
        lead = f"{many(sum(won.members for won in local), 'member')} in {many(states, 'state')}"
        free = sum(won.members for won in local if not won.cost)
        paid = "" if plain else f" for {price(cost)}" + (f", of whom {free:,} cost nothing" if free else "")
        which = "those who cost something, chamber by chamber" if free and not plain else "chamber by chamber"
        told = [f"{state}\u00a0{'+'.join(map(str, bodies.values()))}" for state, bodies in chambers(asked).items()]
        listed = f", {which}: {', '.join(told)}." if told else "."
        blocks.append(Para(say(strong(lead), paid, listed, quiet(" --full lists them."))))
    return blocks


def chambers(members: Sequence[Won]) -> dict[str, dict[str, int]]:
    """State → its bodies with how many are taken of each."""
    found: dict[str, dict[str, int]] = {}
    for won in sorted(members, key=lambda w: w.state):
        bodies = found.setdefault(won.state, {})
        name = _stem(won)
        bodies[name] = bodies.get(name, 0) + won.members
    return found


def _stem(won: Won) -> str:
    stem, _, number = won.id.rpartition("/")
    return stem if number.isdecimal() and stem else won.id


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - AMONG} more" if len(names) > AMONG else ""
    return ", ".join(names[:AMONG]) + more


def _in_a_row(names: Sequence[str]) -> bool:
    """Whether names are numbers of one body, each the next."""
    stem, _, first = names[0].rpartition("/")
    return first.isdecimal() and all(name == f"{stem}/{int(first) + at}" for at, name in enumerate(names))


def _row(won: Won, found: Plan) -> tuple[Line, ...]:
    whom = ""
    if won.group:
        whom = f" {won.group}"
    elif won.among and won.of != won.members:
        whom = f" any of {_listed(won.among)}"
    elif len(won.among) > 1:
        whom = f" to {won.among[-1]}" if _in_a_row(won.among) else f" and {_listed(won.among[1:])}"
    name = say(code(won.id), quiet(f" {won.label}" if won.label else ""), quiet(whom))
    cells = [name, say(f"{won.members:,}"), say(f"{won.of:,}")]
    if found.priced_by == "members":
        return (*cells, ())
    return (*cells, say(price(won.each)), say(price(won.cost)))


def _next(found: Plan) -> list[Block]:
    if not found.next_best:
        return []
    rows = tuple(
        (say(price(way.cost)), say(f"{way.size:,}"), say(differs(found.members, way))) for way in found.next_best
    )
    return [
        Heading("The next best ways"),
        Table(("Cost", "Members", "In place of the first"), rows, frozenset({0, 1}), frozenset({2})),
        Para(say(quiet("None of them holds all of an earlier one."))),
    ]


def differs(first: Sequence[Won], way: Way) -> str:
    """What another way takes more and less of than the first."""
    before, after = _counts(first), _counts(way.members)
    more = [f"{name} +{after[name] - before.get(name, 0)}" for name in after if after[name] > before.get(name, 0)]
    less = [f"{name} −{before[name] - after.get(name, 0)}" for name in before if before[name] > after.get(name, 0)]
    shown = [*more[:4], *less[:4]]
    rest = len(more) + len(less) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "") or "the same, of others who are alike"


def _counts(members: Sequence[Won]) -> dict[str, int]:
    """How many are taken of each body, at each price where a body has several."""
    prices: dict[str, set[float]] = {}
    for won in members:
        prices.setdefault(_stem(won), set()).add(won.each)
    found: dict[str, int] = {}
    for won in members:
        at = f" at {price(won.each)}" if len(prices[_stem(won)]) > 1 else ""
        found[_stem(won) + at] = found.get(_stem(won) + at, 0) + won.members
    return found


def _proof(found: Plan) -> list[Block]:
    if found.cost is None or not found.method:
        return []
    told = {
        "optimal": "Proven: no cheaper coalition does it.",
        "gap": f"Not proven: a cheaper coalition could save up to {price(found.gap or 0)}.",
    }.get(found.proof, "")
    return [Para(say(told, quiet(f" Method: {found.method}.")))]
