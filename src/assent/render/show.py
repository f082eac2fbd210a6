"""A procedure or a question of law on a page, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.inquiries.filed.wording import interval
from assent.render.page import (
    Block,
    Branch,
    Heading,
    Item,
    Items,
    Line,
    Page,
    Para,
    Span,
    Tree,
    code,
    quiet,
    say,
    strong,
)
from assent.render.words import Sources, foot, held, notes

if TYPE_CHECKING:
    from assent.inquiries.filed.show import Bearing, Clause, Own, QuestionShown, ReadingShown, Shown, Step
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.questions import Interval

MATTERS = 8  # matters named before the rest are only counted


def shown_page(shown: Shown, place: Jurisdiction, *, full: bool = False) -> Page:
    """A procedure: what has to happen, in order, with each number, and the questions that bear on it."""
    sources = Sources(place.law)
    since = interval(shown.in_force)
    blocks: list[Block] = [Para(say(strong(shown.title), sources.mark(shown.cite), " ", code(shown.procedure)))]
    if shown.about:
        blocks.append(Para(say(shown.about)))
    blocks += [
        Para(say(quiet(f"{f'In force {since}. ' if since else ''}Numbers as of {shown.as_of}."))),
        Heading("What has to happen"),
        Tree((_step(shown.rule, sources),)),
    ]
    if shown.lawful is not None:
        blocks += [Heading("Lawful"), Para(_lawful(shown.lawful))]
    if shown.unamendable:
        blocks += [Heading("What it may not touch"), Items(tuple(_clause(c, sources) for c in shown.unamendable))]
    if shown.own_rules:
        blocks += [Heading("The units' own rules"), Items(tuple(_own(own, sources) for own in shown.own_rules))]
    if shown.questions:
        items = tuple(_bearing(question) for question in shown.questions)
        blocks += [Heading("Questions of law that bear on it"), Items(items, widest=34)]
    blocks += notes(shown.assumes)
    if shown.matters:
        named = shown.matters if full else shown.matters[:MATTERS]
        more = f" and {len(shown.matters) - len(named)} more" if len(named) < len(shown.matters) else ""
        blocks += [Heading("Decided by it"), Para(say(f"{', '.join(named)}{more}."))]
    return Page(shown.title, (*blocks, *sources.blocks(), *foot(shown.versions, shown.reproduce)))


def question_page(shown: QuestionShown, place: Jurisdiction, *, full: bool = False) -> Page:
    """A question of law: each reading, who held it, on what authority, and what it changes."""
    del full
    sources = Sources(place.law)
    blocks: list[Block] = [
        Para(say(strong(shown.title), " ", code(shown.question))),
        Para(say(shown.about)),
        Para(say(quiet(f"About {shown.applies}."), *((" Needs ", held(shown.require), ".") if shown.require else ()))),
    ]
    for reading in shown.readings:
        blocks += _reading(shown.question, reading, sources)
    blocks += notes([shown.note] if shown.note else [])
    return Page(shown.title, (*blocks, *sources.blocks(), *foot(shown.versions, shown.reproduce)))


def _step(step: Step, sources: Sources) -> Branch:
    text = step.text if not step.label else f": {step.text}"
    said: list[str | Span | Line] = [strong(step.label), text or ""]
    if not step.label:
        said = [text[:1].upper() + text[1:]]
    said.append(":" if step.below and not step.text.endswith(".") else ".")
    if step.order == "each":
        said[-1] = "; each of them:"
    if step.assumed:
        said.append(quiet(" (assumed where not known)"))
    if step.when:
        terms = "; ".join(f"{q}={' or '.join(r)}" for q, r in step.when.items())
        said.append(quiet(f" (only under {terms})"))
    if step.note:
        said.append(quiet(f" {step.note}"))
    said.append(sources.mark(step.cite))
    below = [_step(child, sources) for child in step.below]
    if step.order == "in order":
        below = [Branch(say(f"{at}. ", b.line), b.below) for at, b in enumerate(below, 1)]
    return Branch(say(*said), tuple(below))


def _lawful(terms: tuple[dict[str, str], ...]) -> Line:
    if not terms:
        return say("Under no reading on file.")
    parts: list[str | Line] = ["Under "]
    for at, term in enumerate(terms):
        parts += [", or " if at else "", held(term)]
    return say(*parts, ".")


def _clause(clause: Clause, sources: Sources) -> Item:
    unless = f", unless {clause.unless}" if clause.unless else ""
    return Item((quiet("·"),), say(f"{clause.what}{unless}{_when(clause.in_force)}.", sources.mark(clause.cite)))


def _own(own: Own, sources: Sources) -> Item:
    term = say(strong(own.unit)) if own.known else say(quiet("all others"))
    return Item(term, say(f"{own.text}{_when(own.in_force)}", sources.mark(own.cite)))


def _when(when: Interval) -> str:
    said = interval(when)
    return f" ({said})" if said else ""


def _bearing(question: Bearing) -> Item:
    readings: list[str | Span] = []
    for name, standing in question.readings.items():
        mark = "●\u00a0" if name == question.default else "○\u00a0"
        readings += [" ", mark, code(name), quiet(f"\u00a0({standing})")]
    return Item(say(code(question.id)), say(question.title, *readings))


def _reading(question: str, reading: ReadingShown, sources: Sources) -> list[Block]:
    default = "; the default" if reading.default else ""
    head = say(code(f"{question}={reading.id}"), ": ", strong(reading.title), quiet(f" ({reading.standing}{default})"))
    items: list[Item] = []
    items += [Item(say(quiet("does")), say("; ".join(reading.does)))] if reading.does else []
    items += [Item(say(quiet("held by")), say("; ".join(reading.held_by)))] if reading.held_by else []
    for name, cites in (("for", reading.authorities), ("against", reading.against)):
        for cite, why in cites:
            items.append(Item(say(quiet(name)), say(why or "cited", sources.mark([cite]))))
    items += [Item(say(quiet("note")), say(reading.note))] if reading.note else []
    return [Para(head), Items(tuple(items), indent=2)] if items else [Para(head)]
