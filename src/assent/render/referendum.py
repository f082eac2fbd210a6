"""A referendum on a page: what it has to meet, who wins by which rule, what it is worth and what it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.inquiries.referendum.past import MET, NOT_MET
from assent.render.assumed import assumed_blocks
from assent.render.canvass import chance, percent
from assent.render.page import (
    Block,
    Branch,
    Heading,
    Item,
    Items,
    Page,
    Para,
    Span,
    Table,
    Tree,
    code,
    quiet,
    say,
    strong,
)  # fmt: skip
from assent.render.polls import wording_blocks
from assent.render.words import MARKS, Sources, foot, many, notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.referendum.past import Held
    from assent.inquiries.referendum.referendum import Referendum, RuleShown

BAR = 20
BINDS = {"yes": "binds", "no": "does not bind", "contested": "whether it binds is contested", "depends": "depends"}
IT_BINDS = {
    "yes": "It binds.",
    "no": "It does not bind.",
    "contested": "Whether it binds is contested.",
    "depends": "Whether it binds depends on the law that calls it.",
}
SUPPORT = (
    "Of those entitled to vote, how many have to say yes: at the least; when everybody against it stays at home; and "
    "to be sure whatever the others do."
)


def referendum_page(found: Referendum, place: Jurisdiction, *, full: bool = False) -> Page:
    """What a vote on leaving has to meet, or which votes on file met their rule."""
    sources = Sources(place.law)
    blocks: list[Block] = [Para(say(strong(_answer(found)), " ", code(found.state), quiet(f" As of {found.as_of}.")))]
    if found.held:
        blocks += _held(found.held, full=full)
    else:
        if found.rules:
            blocks += _rules(found, sources)
        blocks += [*_table(found), *_curve(found), *assumed_blocks(found.parameters, sources)]
        blocks += wording_blocks(found.polls, full=full)
    error = "" if found.error_bound is None else f"; each chance to {found.error_bound:.0e}"
    return Page(
        f"Referendum in {found.name}",
        (
            *blocks,
            Para(say(quiet(f"Method: {found.method}{error}."))),
            *notes((*found.assumptions, *found.notes)),
            *sources.blocks(),
            *foot(found.versions, found.reproduce),
        ),
    )


def _answer(found: Referendum) -> str:
    if found.held:
        known = [vote for vote in found.held if vote.agrees is not None]
        met = sum(vote.by_rule == MET for vote in found.held)
        not_met = sum(vote.by_rule == NOT_MET for vote in found.held)
        rest = len(found.held) - met - not_met
        agree = sum(bool(vote.agrees) for vote in known)
        return (
            f"{len(found.held)} votes are on file: {met} met the rule they were held under, {not_met} did not, of "
            f"{rest} it cannot be told. {agree} of {len(known)} agree with the record."
        )
    rules = found.rules or found.elsewhere
    first = rules[0]
    if first.passes is not None and first.probability is not None:
        verdict = "passes" if first.passes else "fails"
        return (
            f"Such a vote {verdict} by the rule {first.id} if that is how it goes; the chance is "
            f"{chance(first.probability, found.error_bound)} under what is believed below. {IT_BINDS[first.binds]}"
        )
    if not found.rules:
        return f"What a vote on leaving would have to meet in {found.name} is not on file; rules of other places are."
    need = "no share of yes is enough" if first.least_yes is None else f"it takes {percent(first.least_yes)} yes"
    return (
        f"The latest rule on file for {found.name} asks for {first.asks}. At the turnout believed below {need}; "
        f"whatever the others do, {percent(first.certain_support)} of those entitled is enough. "
        f"{IT_BINDS[first.binds]}"
    )


def _rules(found: Referendum, sources: Sources) -> list[Block]:
    branches = []
    for rule in found.rules:
        below = [
            Branch(say(quiet("asks for "), rule.asks)),
            Branch(say(quiet(f"{BINDS[rule.binds]}: "), rule.binding)),
            Branch(say(quiet("starts: "), rule.starts)),
        ]
        below += [_judged(j.text, j.share, met=j.met) for j in rule.judged]
        if rule.note:
            below.append(Branch(say(quiet(rule.note))))
        head = say(strong(rule.title), " ", code(rule.id), sources.mark(rule.cite))
        branches.append(Branch(head, tuple(below)))
    told = "" if found.electorate is None else f"{found.electorate:,} {found.electorate_is}. "
    return [
        Heading("The state's own rules" if len(found.rules) > 1 else "The rule"),
        Tree(tuple(branches)),
        Para(
            say(quiet(f"{told}None of these would take a state out of the Union by itself: assent exit {found.state}."))
        ),
    ]


def _judged(text: str, share_: float, *, met: bool) -> Branch:
    mark = MARKS["pass"] if met else MARKS["fail"]
    return Branch(say(mark, f" {text}: {100 * share_:.1f}\u00a0%"))


def _table(found: Referendum) -> list[Block]:
    rules = (*found.rules, *found.elsewhere)
    asked = any(rule.passes is not None for rule in rules)
    rows = tuple(_row(rule, found.error_bound, asked=asked) for rule in rules)
    head: tuple[str, ...] = ("Rule", "Where", "Least", "Boycott", "Sure", "Needs")
    right = {2, 3, 4, 5}
    if asked:
        head, right = ("", *head, "Chance"), {3, 4, 5, 6, 7}
    wrap = frozenset({2} if asked else {1})
    title = "Who wins by which rule" if asked else "What each rule takes"
    last = " Needs: yes, of yes and no, at the turnout believed; where a rule asks for more than a share, more."
    return [Heading(title), Table(head, rows, frozenset(right), wrap), Para(say(quiet(f"{SUPPORT}{last}")))]


def _row(rule: RuleShown, error: float | None, *, asked: bool) -> tuple[tuple[Span, ...], ...]:
    cells = (
        say(code(rule.id)),
        say(rule.where),
        say(percent(rule.least_support)),
        say(percent(rule.boycotted_support)),
        say(percent(rule.certain_support)),
        say(percent(rule.least_yes) if rule.least_yes is not None else quiet("none")),
    )
    if not asked:
        return cells
    told = quiet("–") if rule.probability is None else chance(rule.probability, error)
    return ((MARKS["pass"] if rule.passes else MARKS["fail"],), *cells, say(told))


def _curve(found: Referendum) -> list[Block]:
    if not found.curve:
        return []
    first = (found.rules or found.elsewhere)[0]
    rows = tuple(
        (
            say(percent(at.yes)),
            say(chance(at.probability, found.error_bound)),
            (Span("▓" * round(BAR * at.probability) or "·", "strong"),),
        )
        for at in found.curve
    )
    return [
        Heading(f"If so many say yes, by the rule {first.id}"),
        Table(("Yes", "Chance", ""), rows, frozenset({0, 1})),
    ]


def _held(held: Sequence[Held], *, full: bool) -> list[Block]:
    marks = {MET: MARKS["pass"], NOT_MET: MARKS["fail"]}
    rows = tuple(
        (
            (marks.get(vote.by_rule, quiet("·")),),
            say(vote.on),
            say(vote.territory),
            say(code(vote.rule) if vote.rule else quiet("–")),
            say(percent(vote.yes) if vote.yes is not None else quiet("–")),
            say(percent(vote.turnout) if vote.turnout is not None else quiet("–")),
            say(vote.recorded if vote.agrees is not False else strong(f"{vote.recorded}, in conflict")),
            say(vote.implemented),
        )
        for vote in held
    )
    head = ("", "On", "Where", "Rule", "Yes", "Turnout", "Record", "Done")
    told = (
        "✓ met, ✗ not met, by the counts or, where there are none, by printed shares far enough from the bar; · cannot "
        "be told. Record: what the sources say. Done: whether the result was carried out, which is another matter."
    )
    blocks: list[Block] = [
        Heading("Votes on file, under their rules"),
        Table(head, rows, frozenset({4, 5}), frozenset({2, 6})),
        Para(say(quiet(told))),
    ]
    conflicts = [vote for vote in held if vote.agrees is False]
    if conflicts:
        blocks.append(Para(say(f"In conflict with the record: {many(len(conflicts), 'vote')}.")))
    if full:
        blocks.append(
            Items(tuple(Item(say(code(v.id)), say(f"{v.question}; {v.asks or 'no rule'}. {v.legal_status} ",
                                                  quiet(v.source))) for v in held))
        )  # fmt: skip
    return blocks
