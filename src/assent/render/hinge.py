"""A hinge on a page: the outcomes there are, and the fewest readings that give each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.page import Block, Branch, Heading, Item, Items, Line, Page, Para, Tree, code, quiet, say, strong
from assent.render.words import dated, foot, held, joined, many, staged

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.matter.hinge import Ending, Hinge
    from assent.law.library import Law


def hinge_page(hinge: Hinge, place: Jurisdiction, *, full: bool = False) -> Page:
    """On which questions of law the answer turns."""
    del full
    law = place.law
    blocks: list[Block] = [
        Para(say(strong(_answer(hinge)), " ", code(hinge.matter))),
        Para(
            say(
                dated(hinge.as_of, hinge.known_as_of),
                quiet(f" {many(hinge.sets, 'set')} of readings can be held together."),
            )
        ),
        Heading("Outcomes"),
        Tree(tuple(_ending(ending, hinge, law) for ending in hinge.outcomes)),
    ]
    if hinge.held:
        blocks += [Heading("Held fixed"), Para(held(hinge.held))]
    if hinge.turns_on:
        blocks += [Heading("Turns on"), _questions(law, hinge.turns_on)]
    if hinge.indifferent:
        blocks += [Heading("Indifferent: no reading of these changes the answer"), _questions(law, hinge.indifferent)]
    if hinge.untried:
        untried = f"Not tried, for want of a number of years (--window): {', '.join(hinge.untried)}."
        blocks.append(Para(say(untried)))
    note = "How many sets of readings lead somewhere is a count of sets, not a probability."
    blocks += [Para(say(quiet(note)))] if hinge.sets > 1 else []
    return Page(hinge.title, (*blocks, *foot(hinge.versions, hinge.reproduce)))


def _answer(hinge: Hinge) -> str:
    outcomes = many(len(hinge.outcomes), "outcome")
    if not hinge.turns_on:
        return f"{hinge.title}: one outcome under every reading; the answer turns on no question of law."
    return f"{hinge.title}: {outcomes}; the answer turns on {many(len(hinge.turns_on), 'question')} of law."


def _ending(ending: Ending, hinge: Hinge, law: Law) -> Branch:
    share = "" if hinge.sets == 1 else f" ({ending.sets:,} of {many(hinge.sets, 'set')} of readings)"
    return Branch(
        say(staged(ending.stage, ending.completed_on), quiet(share)),
        tuple(_way(when, law, at) for at, when in enumerate(ending.when)),
    )


def _way(when: dict[str, str], law: Law, at: int) -> Branch:
    lead = "if" if at == 0 else "or if"
    if not when:
        return Branch(say("under every reading"))
    if len(when) == 1:
        return Branch(say(f"{lead} ", *(_reading(law, q, r) for q, r in when.items())))
    return Branch(say(f"{lead} all of these are held:"), tuple(Branch(_reading(law, q, r)) for q, r in when.items()))


def _reading(law: Law, question: str, reading: str) -> Line:
    title = law.question(question).reading(reading).title
    return say(code(f"{question}={reading}"), ": ", title)


def _questions(law: Law, names: tuple[str, ...]) -> Items:
    def line(name: str) -> Line:
        question = law.question(name)
        return say(question.title, quiet(f" ({joined((r.id for r in question.readings), 'or')})"))

    return Items(tuple(Item(say(code(name)), line(name)) for name in names), widest=34)
