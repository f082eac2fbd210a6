"""What follows if a state goes ahead without asking, on a page: break-even values and a map before any prediction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.inquiries.standoff.breakeven import number
from assent.render.footing import footing_blocks
from assent.render.numbers import share
from assent.render.page import (
    Block,
    Heading,
    Item,
    Items,
    Line,
    Page,
    Para,
    Role,
    Span,
    Table,
    Tree,
    code,
    quiet,
    say,
    strong,
)
from assent.render.page import Branch as Twig
from assent.render.regions import regions_blocks
from assent.render.resolve import resolve_blocks
from assent.render.words import Sources, foot, many, notes, readings

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.standoff.branches import Branch, Payoffs
    from assent.inquiries.standoff.breakeven import BreakEven
    from assent.inquiries.standoff.ladder import Rung
    from assent.inquiries.standoff.parameters import Parameter
    from assent.inquiries.standoff.prediction import Sensitivity
    from assent.inquiries.standoff.standoff import Response, Standoff
    from assent.inquiries.standoff.story import Step

TURNS, DRIVERS, LEAST = 8, 3, 0.01
UNITS = (
    "A federal unit is what keeping the contested authority is worth to the federal side; a state unit, what fully "
    "recognised possession is worth to the state."
)
FATES: dict[str, Role] = {
    "tolerated": "pass",
    "settled": "open",
    "deterred": "fail",
    "fought": "fail",
    "lawful": "pass",
}


def standoff_page(found: Standoff, place: Jurisdiction, *, full: bool = False) -> Page:
    """Break-even values, the map, the story, the responses, the ladder, what drives it, the law, the numbers."""
    sources = Sources(place.law)
    measured = [p.symbol for p in found.parameters if p.standing == "evidence"]
    rest = f"Every default but {', '.join(measured)} is an assumption." if measured else "Every number is assumed."
    lead = f"If {found.name} went ahead without asking: what would have to be true for each outcome. No forecast."
    blocks: list[Block] = [Para(say(strong(lead), " ", code(found.state)))]
    if found.scenario:
        blocks.append(Para(say(strong(found.scenario), ". ", found.about)))
    blocks += [
        Para(say(f"{rest} {UNITS}", quiet(f" Law as of {found.as_of}; the numbers are the same for every day."))),
        *_break_even(found, full=full),
        Heading("What happens where"),
        *regions_blocks(found.map),
        *_story(found, full=full),
        *_responses(found),
        *_errors(found),
        *_ladder(found),
        *_drivers(found, full=full),
        *_draws(found),
        *_bargaining(found, sources, full=full),
        *(resolve_blocks(found.resolve, found.name) if found.resolve else ()),
        *(_tree(found) if full else ()),
        *footing_blocks(found.footing, sources, full=full),
        *_parameters(found, sources, full=full),
        *readings(place.law, found.readings, found.reproduce),
        *notes((*found.notes, f"Method: {found.method}.")),
        *sources.blocks(),
        *foot(found.versions, found.reproduce),
    ]
    return Page(f"{found.name} without asking", tuple(blocks))


def _break_even(found: Standoff, *, full: bool) -> list[Block]:
    closed = [b for b in found.break_even if b.formula]
    turns = [b for b in found.break_even if not b.formula]
    items = tuple(Item(_holds(b), say(b.text, quiet(f" {b.symbol}: {b.formula}."))) for b in closed)
    rows = tuple(
        (say(code(b.symbol)), say(number(b.here)), say(f"{b.relation} {number(b.value)}"), say(_after(b)))
        for b in (turns if full else turns[:TURNS])
    )
    blocks: list[Block] = [Heading("Break-even values"), Items(items)]
    if rows:
        more = len(turns) - len(rows)
        hidden = f" {more} more with --full." if more else ""
        head = ("", "Now", "Turns", f"Then {found.name}")
        blocks += [
            Para(say("What changes the outcome, one number moving alone, the nearest first:")),
            Table(head, rows, frozenset({1}), frozenset({3})),
            Para(say(quiet(f"Now: {_now(found)}.{hidden}"))),
        ]
    return blocks


def _holds(found: BreakEven) -> Line:
    return (Span("●" if found.holds else "○", "strong" if found.holds else "quiet"),)


def _after(found: BreakEven) -> str:
    return found.text.partition(": ")[2].partition(" ")[2].rstrip(".")


def _now(found: Standoff) -> str:
    if found.outcome == found.if_defied.outcome:
        return f"{found.name} goes ahead: {found.text}"
    return f"{found.name} {found.text}; if it went ahead: {found.if_defied.text}"


def _story(found: Standoff, *, full: bool) -> list[Block]:
    blocks: list[Block] = [Heading("If nobody makes mistakes"), Items(_steps(found.path)), Para(_worth(found.payoffs))]
    if found.path[0].move != "defy":
        defied = found.if_defied
        blocks += [
            Para(say(f"If {found.name} went ahead all the same:")),
            Items(_steps(defied.path)),
            Para(_worth(defied.payoffs)),
        ]
    passed = {step.node for step in (*found.path, *found.if_defied.path)}
    near = [tie for tie in found.ties if full or tie.node in passed]
    blocks += [Para(say(strong("Tie: "), f"{tie.text}. The first is taken.")) for tie in near]
    if len(near) < len(found.ties):
        told = f"{many(len(found.ties) - len(near), 'tie')} away from this path; --full tells them."
        blocks.append(Para(say(quiet(told))))
    if found.others:
        blocks.append(Para(say("Other equilibria lead to: ", code(", ".join(found.others)), ".")))
    return blocks


def _steps(path: tuple[Step, ...]) -> tuple[Item, ...]:
    return tuple(Item(say(quiet(f"{at}.")), say(step.text, quiet(_why(step)))) for at, step in enumerate(path, 1))


def _why(step: Step) -> str:
    if step.probability is not None:
        return f" (probability {number(step.probability)}, assumed)"
    if not step.margin:
        return " (a tie)" if step.margin == 0 else ""
    return f" (better than the next best by {number(step.margin)} {step.unit})"


def _worth(payoffs: Payoffs) -> Line:
    told = f"Worth, against the status quo: {signed(payoffs.federal)} federal, {signed(payoffs.state)} state units."
    return say(quiet(told))


def signed(value: float) -> str:
    """A payoff with its sign, to three significant digits.

    Examples
    --------
    >>> signed(-0.00837), signed(0.25), signed(0)
    ('−0.00837', '+0.25', '0')
    """
    return f"{value:+.3g}".replace("-", "−") if value else "0"


def _responses(found: Standoff) -> list[Block]:
    held = {name: getattr(found.responses, name) for name in found.responses.__struct_fields__}
    rows = tuple(_response(name, answer) for name, answer in held.items() if answer)
    gone = [name for name, answer in held.items() if not answer]
    blocks: list[Block] = [
        Heading("The federal side's answers"),
        Table(
            ("If defied", "Leads to", "Federal", "State", "Falls short by"), rows, frozenset({2, 3, 4}), frozenset({1})
        ),
    ]
    if gone:
        blocks.append(Para(say(quiet(f"Taken off the menu: {', '.join(gone)}."))))
    return blocks


def _response(name: str, answer: Response) -> tuple[Line, ...]:
    mark = (Span("✓ ", "pass"), Span(name, "strong")) if answer.best else say(f"  {name}".replace(" ", "\u00a0"))
    short = say(quiet("–")) if answer.best else say(number(answer.short_by))
    return mark, say(answer.text), say(signed(answer.payoffs.federal)), say(signed(answer.payoffs.state)), short


def _errors(found: Standoff) -> list[Block]:
    head = ("Λ", *(f"{one.precision:g}" for one in found.quantal))
    rows: list[tuple[Line, ...]] = [
        (say(f"{found.name} stays"), *(say(_percent(one.stays)) for one in found.quantal)),
        (say("takes the lawful route"), *(say(_percent(one.petitions)) for one in found.quantal)),
        (say("goes ahead"), *(say(_percent(one.defies)) for one in found.quantal)),
        (say(quiet("and then, given that:")), *(() for _ in found.quantal)),
    ]
    for name in found.responses.__struct_fields__:
        answer = getattr(found.responses, name)
        if answer:
            label = "force at once" if name == "force" else name
            rows.append((say(label), *(say(_percent(c.probability)) for c in answer.chances)))
    rows.append((say(strong("force, now or later")), *(say(strong(_percent(one.force))) for one in found.quantal)))
    told = (
        "Each choice is made with odds that grow by e^Λ for each unit that it is worth more. Nothing identifies Λ, so "
        "these are what follows from each, not how likely anything is."
    )
    right = frozenset(range(1, len(head)))
    return [
        Heading("If everybody makes mistakes"),
        Table(head, tuple(rows), right, frozenset({0})),
        Para(say(quiet(told))),
    ]


def _percent(p: float) -> str:
    if 0 < p < 1e-4:
        return share(p) if p >= 1e-5 else "<0.001\u00a0%"
    return f"{100 * p:.3g}\u00a0%"


def _ladder(found: Standoff) -> list[Block]:
    rows = tuple(_rung(rung) for rung in found.ladder)
    known = tuple(
        Item(
            say(f"{p.name}"),
            say(f"stake {number(p.stake)}: ", Span(p.fate, FATES.get(p.fate, "")), quiet(f" ({p.why})")),
        )
        for p in found.known
    )
    return [
        Heading("Why what is tolerated does not extrapolate"),
        Para(say(found.extrapolation)),
        Table(("Stake from", "Ordinary defiance is", "Because"), rows, frozenset({0}), frozenset({2})),
        Items(known),
    ]


def _rung(rung: Rung) -> tuple[Line, ...]:
    here = f" Here: {', '.join(rung.examples)}." if rung.examples else ""
    return say(number(rung.from_)), (Span(rung.fate, FATES.get(rung.fate, "")),), say(rung.begins, strong(here))


def _drivers(found: Standoff, *, full: bool) -> list[Block]:
    rows = tuple(_driven(one, full=full) for one in found.sensitivity)
    force = next(one for one in found.sensitivity if one.of == "force")
    swings = tuple(
        (
            say(code(d.symbol)),
            say(f"{d.low:.3g}–{d.high:.3g}"),
            say(f"{100 * d.share:.0f}\u00a0%"),
            say(_percent(d.at_low)),
            say(_percent(d.at_high)),
        )
        for d in (force.drivers if full else force.drivers[: 2 * DRIVERS])
    )
    at = found.prior_predictive.at_precision
    told = (
        f"Over {found.prior_predictive.draws:,} draws out of the ranges of all numbers. In percent: the part of the "
        "variance that a number explains alone."
    )
    return [
        Heading("What drives each probability"),
        Table(("With errors", "5–95 % of draws", "Driven by"), rows, frozenset({1}), frozenset({0, 2})),
        Para(say(quiet(told))),
        Para(say(f"Force, now or later, one number moving alone (Λ held at {at:g}):")),
        Table(("", "From–to", "Explains", "At low", "At high"), swings, frozenset({1, 2, 3, 4})),
    ]


def _driven(one: Sensitivity, *, full: bool) -> tuple[Line, ...]:
    shown = [d for d in one.drivers if d.share >= LEAST][: None if full else DRIVERS]
    said = ", ".join(f"{d.symbol} {100 * d.share:.0f}\u00a0%" for d in shown) or "none alone"
    return say(one.text), say(f"{_percent(one.low)} to {_percent(one.high)}".replace(" ", "\u00a0")), say(said)


def _draws(found: Standoff) -> list[Block]:
    drawn = found.prior_predictive
    rows = tuple(
        (say(one.text), say(f"{100 * one.share:.1f}\u00a0%"), say(f"±\u00a0{100 * one.error:.1f}"))
        for one in drawn.path
    )
    told = (
        f"{drawn.draws:,} draws, seed {drawn.seed}; {many(len(drawn.ranges), 'number')} drawn, each independent. The "
        "ranges are assumptions, so this is what they imply and no evidence for it. ±: standard error."
    )
    return [
        Heading(f"What {found.name} does over the ranges, without errors"),
        Table(("Outcome", "Share", ""), rows, frozenset({1, 2}), frozenset({0})),
        Para(say(quiet(told))),
    ]


def _tree(found: Standoff) -> list[Block]:
    """The whole tree: what each move is worth to both sides if everybody does what is best from there on."""
    below: dict[str | None, list[Branch]] = {}
    for one in found.tree:
        below.setdefault(one.parent, []).append(one)

    def drawn(one: Branch) -> Twig:
        chance = f" (probability {number(one.probability)})" if one.probability is not None else ""
        mark = say(Span("✓ ", "pass")) if one.chosen and one.probability is None else ()
        worth = f": {signed(one.payoffs.federal)} federal, {signed(one.payoffs.state)} state"
        line = say(*mark, one.text, chance, quiet(worth))
        return Twig(line, tuple(drawn(child) for child in below.get(one.id, ())))

    told = "✓: the best move there. Behind each move: its worth in units, if everybody does what is best from there on."
    return [
        Heading("The whole tree"),
        Para(say(quiet(told))),
        Tree(tuple(drawn(one) for one in below.get("", ()))),
    ]


def _bargaining(found: Standoff, sources: Sources, *, full: bool) -> list[Block]:
    blocks: list[Block] = [
        Heading("Bargains that both prefer to force"),
        Para(say(found.bargaining.text, quiet(f" {found.bargaining.formula}"))),
    ]
    if full:
        items = tuple(
            Item(say(one.title), say(one.text, quiet(f" {one.formula}"), sources.mark(one.cite)))
            for one in found.theory
        )
        blocks += [Heading("What the literature makes of these numbers"), Items(items)]
    return blocks


def _parameters(found: Standoff, sources: Sources, *, full: bool) -> list[Block]:
    kept = [p for p in found.parameters if full or p.use == "game" or p.given or (found.resolve and p.use == "private")]
    rows = tuple(_parameter(p, sources, full=full) for p in kept)
    told = "Set with --set, by symbol or name: kF=1.3, federal-force-cost=1.3."
    hidden = len(found.parameters) - len(kept)
    more = f" {hidden} more, and the reason for each, with --full." if hidden else ""
    return [
        Heading("The numbers"),
        Table(("", "What", "Value", "Standing"), rows, frozenset(), frozenset({1})),
        Para(say(quiet(told + more))),
    ]


def _parameter(p: Parameter, sources: Sources, *, full: bool) -> tuple[Line, ...]:
    value = "swept," if p.value is None else p.value if isinstance(p.value, str) else number(p.value)
    name = f" ({p.name})" if full and p.symbol != p.name else ""
    why = quiet(f". {p.why} Source: {p.source}.") if full else ""
    standing = strong(p.standing) if p.standing == "evidence" else quiet((p.given and f"set ({p.given})") or p.standing)
    return (
        say(code(p.symbol)),
        say(p.label, quiet(name), why, sources.mark(p.cite)),
        say(value if p.unit == "choice" else f"{value} {p.unit}"),
        say(standing),
    )
