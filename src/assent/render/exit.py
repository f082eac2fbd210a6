"""How a state could leave, on a page: the answer, the paths at a glance, then each with what it needs."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from assent.inquiries.filed.needs import NOBODY
from assent.render.evidence import evidence_blocks
from assent.render.numbers import power, share
from assent.render.page import (
    Block,
    Branch,
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
)  # fmt: skip
from assent.render.unasked import unasked_blocks
from assent.render.upstream import upstream_blocks
from assent.render.ways import percent
from assent.render.words import MARKS, Sources, dated, foot, held, joined, many, notes, readings

if TYPE_CHECKING:
    from assent.inquiries.counting.weight import Weight
    from assent.inquiries.exit.exit import Exit, Path, StateSide, Step
    from assent.inquiries.exit.precedents import Claim, Precedent
    from assent.inquiries.exit.stands import Applications
    from assent.inquiries.filed.needs import Fewest, Need
    from assent.inquiries.jurisdiction import Jurisdiction

MOST_PLAIN = 300
VERDICTS: dict[str, Role] = {"right": "pass", "wrong": "fail", "incomplete": "open", "contested": "open"}
MORE = "--full lists them, and the authorities of each"
GLANCE = (
    "Lawful: under every reading (yes), some (contested) or none (no). Here: under the readings held, listed below. "
    "Blocked from: the smallest share of the people whose states or members can stop it."
)
LAWFUL: dict[str, Role] = {"yes": "pass", "no": "fail", "contested": "open"}


def exit_page(found: Exit, place: Jurisdiction, *, full: bool = False) -> Page:
    """How a state could leave: its own step, every path, the precedents and the claims."""
    sources = Sources(place.law)
    blocks: list[Block] = [
        Para(say(strong(_answer(found)), " ", code(found.state))),
        Para(say(found.finding)),
        Para(say(dated(found.as_of, found.known_as_of), quiet(f" Shares are of the {found.population}."))),
        Heading("The paths at a glance"),
        _glance(found),
        Para(say(quiet(GLANCE))),
        *_state_side(found, sources),
        *upstream_blocks(found.upstream, found.polls, (found.state, found.name), sources, full=full),
    ]
    told: dict[str, int] = {}
    for at, path in enumerate(found.paths, 1):
        blocks += [Heading(f"Path {at}. {path.title}"), *_path(path, at, {} if full else told, sources)]
    blocks += [
        *_applications(found.applications),
        *unasked_blocks(found.without_asking, found.name),
        *readings(place.law, found.readings, found.reproduce),
        *_precedents(found.precedents, sources, full=full),
        *evidence_blocks(found.evidence, sources, full=full),
        *_claims(found.claims, sources, full=full),
        *notes(found.notes),
        *sources.blocks(),
        *foot(found.versions, found.reproduce),
    ]
    return Page(f"How {found.name} could leave", tuple(blocks))


def _answer(found: Exit) -> str:
    total = len(found.paths)
    sure = sum(path.lawful == "yes" for path in found.paths)
    some = sum(path.lawful == "contested" for path in found.paths)
    here = sum(path.lawful_here for path in found.paths)
    begun = [path for path in found.paths if path.stands.stage != "not begun"]
    lead = f"{sure or 'none'} of {total} paths is" if sure < 2 else f"{sure} of {total} paths are"
    walked = f"{many(len(begun), 'path')} begun" if begun else "nobody has begun any"
    under = f"{some} {'is' if some == 1 else 'are'} under some, {here} under the readings held here"
    return f"{found.name}: {lead} lawful under every reading of the law, {under}; {walked}."


def _glance(found: Exit) -> Table:
    rows = []
    for at, path in enumerate(found.paths, 1):
        shares = [n.block.population_share for n in path.needs if n.block.population_share is not None and not n.either]
        mark = MARKS["pass"] if path.lawful_here else MARKS["fail"]
        rows.append((
            say(str(at)),
            say(path.title),
            (Span(path.lawful, LAWFUL.get(path.lawful, "")),),
            (mark,),
            say(percent(min(shares)) if shares else quiet("–")),
            say(path.stands.stage),
        ))  # fmt: skip
    head = ("", "Path", "Lawful", "Here", "Blocked from", "Stands")
    return Table(head, tuple(rows), frozenset({0, 4}), frozenset({1}))


def _state_side(found: Exit, sources: Sources) -> list[Block]:
    side: StateSide = found.state_side
    blocks: list[Block] = [Heading(f"First, {found.name}'s own step"), Para(say(side.finding))]
    if not side.on_file:
        blocks.append(Para(say(quiet("No law of this state's own is on file; what follows is true of every state."))))
    blocks.append(Tree(tuple(_own_step(step, sources) for step in side.steps)))
    for name, cites in (("Cases", side.cases), ("Measures", side.measures)):
        if cites:
            blocks.append(Para(say(quiet(f"{name} on file:"), sources.mark(cites))))
    return blocks


def _own_step(step: Step, sources: Sources) -> Branch:
    head = say(strong(step.title), quiet(f" ({step.standing})"), ". ", step.what, sources.mark(step.cite))
    below = [Branch(_number(need, sources)) for need in step.needs]
    return Branch(head, (*below, Branch(say(quiet("who decides: "), step.who_decides))))


def _path(path: Path, number: int, told: dict[str, int], sources: Sources) -> list[Block]:
    terms: list[str | Line] = []
    for term in path.lawful_under:
        terms += [" or " if terms else "", held(term)]
    mark = MARKS["pass"] if path.lawful_here else MARKS["fail"] if path.lawful == "no" else MARKS["open"]
    here = "lawful under the readings held here" if path.lawful_here else "not lawful under the readings held here"
    under = ("; lawful under ", *terms) if terms else ("; lawful under no reading on file",)
    branches = [Branch(say(mark, " ", Span(here, mark.role), *under, "."))]
    for either, group in groupby(path.needs, key=lambda need: need.either):
        needs = tuple(_need(need, number, told, sources) for need in group)
        branches += [Branch(say(f"one of these: {either}"), needs)] if either else needs
    branches += _weight(path.weight)
    branches += [Branch(say(quiet("stands: "), path.stands.text))]
    branches += [Branch(say(quiet("assumed: "), text)) for text in path.assumes]
    return [Para(say(path.about, sources.mark(path.cite), " ", code(path.id))), Tree(tuple(branches))]


def _weight(weight: Weight) -> list[Branch]:
    """How power over a path is shared, and how rare its winning coalitions are."""
    if weight.log10_winning is None:
        return [Branch(say(quiet("power: "), f"not counted: {weight.reason}"))] if weight.reason else []
    parts = [f"{part.label or part.id} {share(part.share)}" for part in weight.bodies]
    own = f"; the asking state's own members {share(weight.state_share)} of all" if weight.state_share else ""
    won = power(10**weight.log10_winning if weight.log10_winning < MOST_PLAIN else float("inf"), weight.log10_winning)
    part = share(10 ** (weight.log10_share or 0.0), weight.log10_share)
    told = f"{', '.join(parts)} (Banzhaf){own}; {won} of 2^{weight.members:,} coalitions win, {part}"
    return [Branch(say(quiet("power: "), told))]


def _need(need: Need, path: int, told: dict[str, int], sources: Sources) -> Branch:
    below = []
    for name, fewest in (("to block", need.block), ("to meet", need.meet)):
        said = _fewest(fewest, who=name == "to block")
        if said:
            below.append(Branch(say(quiet(f"{name}: "), said)))
    if need.parties:
        below.append(Branch(say(quiet("parties: "), _parties(need))))
    first = told.setdefault(repr(need), path)
    line = _number(need, sources)
    if first < path and below:
        return Branch(say(line, quiet(f" to block and to meet: as on path {first}")))
    return Branch(line, tuple(below))


def _number(need: Need, sources: Sources) -> Line:
    """What a need asks for: its number where it can be counted, else its share."""
    name = need.label or need.body
    assumed = quiet(" (assumed where not known)") if need.assumed else ""
    if need.of == 0:
        return say(name, ": ", need.base, ".", sources.mark(need.cite))
    if need.of == 1 and not need.fraction:
        return say(name, quiet(f" ({need.base})"), ".", sources.mark(need.cite))
    quorum = f"; quorum {need.quorum}" if need.quorum else ""
    if need.base == NOBODY:
        return say(name, ".", sources.mark(need.cite))
    if need.need is None or need.of is None:
        note = f" ({need.note})" if need.note and need.base not in need.note else ""
        return say(name, ": ", strong(f"{need.fraction} of {need.base}"), note, assumed, sources.mark(need.cite))
    fraction = "all" if need.fraction == "1" else need.fraction
    share = f" ({fraction} of {need.base}{quorum})" if fraction else f" (of {need.base}{quorum})"
    return say(name, ": ", strong(f"{need.need:,}\u00a0of\u00a0{need.of:,}"), share, assumed, sources.mark(need.cite))


def _fewest(fewest: Fewest, *, who: bool) -> str:
    parts = []
    if fewest.members is not None:
        parts.append(many(fewest.members, "member"))
    if fewest.chambers is not None:
        parts.append(many(fewest.chambers, "chamber"))
    if fewest.states is not None:
        parts.append(f"{many(fewest.states, 'state')} at the fewest")
    if fewest.population_share is not None:
        states = f" ({', '.join(fewest.population_of)})" if who and len(fewest.population_of) <= 17 else ""
        parts.append(f"from {percent(fewest.population_share)} of the people{states}")
    return ", ".join(parts)


def _parties(need: Need) -> str:
    told = [f"{name} {count}" for name, count in need.parties.items()]
    most = max((n for name, n in need.parties.items() if name != "neither"), default=0)
    enough = "none holds enough alone" if need.need is None or most < need.need else "one holds enough alone"
    return f"every chamber is held by: {', '.join(told)}; {enough}"


def _applications(applied: Applications) -> list[Block]:
    if not applied.counts:
        return []
    usual = applied.counts[0].readings
    rows = tuple(
        (say(c.title), say(f"{c.count} of {c.of}"), say(str(c.required)), say(_changed(c.readings, usual)))
        for c in applied.counts
    )
    alone = "A reading that is not listed changes no count."
    lead = f"On leaving: {many(applied.on_exit, 'application')} on file."
    return [
        Heading("Applications for a convention"),
        Para(say(f"{lead} {applied.incompleteness} {alone}")),
        Table(("Subject", "Count", "Needed", "Under"), rows, frozenset({1, 2}), frozenset({0, 3})),
    ]


def _changed(readings: dict[str, str], usual: dict[str, str]) -> str:
    """The readings that are not the usual ones."""
    return ", ".join(f"{q}={r}" for q, r in readings.items() if usual.get(q) != r) or "the readings held here"


def _precedents(precedents: tuple[Precedent, ...], sources: Sources, *, full: bool) -> list[Block]:
    if not precedents:
        return []
    items = [Item(say(str(p.date)), _precedent(p, sources, full=full)) for p in precedents]
    blocks: list[Block] = [Heading("What happened before"), Items(tuple(items))]
    seen: list[tuple[dict[str, object], ...]] = []
    for p in precedents:
        if not p.rows or p.rows in seen:
            continue
        seen.append(p.rows)
        if full:
            rows = tuple(Item((quiet("·"),), say(_row(row))) for row in p.rows)
            blocks += [Heading(f"On file: {p.title}"), Items(rows)]
    hidden = sum(len(rows) for rows in seen)
    if hidden and not full:
        blocks.append(Para(say(quiet(f"{many(hidden, 'row')} of votes and proposals stand behind these; {MORE}."))))
    return blocks


def _precedent(p: Precedent, sources: Sources, *, full: bool) -> Line:
    marks = sources.mark(p.cite) if full else ""
    return say(strong(p.title), ". ", p.result, quiet(" Rule: "), p.rule, quiet(" Shows: "), p.shows, marks)


def _row(row: dict[str, object]) -> str:
    told = [f"{key} {value}" for key, value in row.items() if value not in {None, ""} and key not in {"id", "source"}]
    return "; ".join(told)


def _claims(claims: tuple[Claim, ...], sources: Sources, *, full: bool) -> list[Block]:
    if not claims:
        return []
    counts = {v: sum(c.verdict == v for c in claims) for v in dict.fromkeys(c.verdict for c in claims)}
    items = tuple(Item(_verdict(c), _claim(c, sources, full=full)) for c in claims)
    told = joined(f"{count} {verdict}" for verdict, count in counts.items())
    return [
        Heading("What was claimed, line by line"),
        Para(say(f"{many(len(claims), 'claim')}: {told}.")),
        Items(items),
    ]


def _verdict(claim: Claim) -> Line:
    return (Span(claim.verdict, VERDICTS.get(claim.verdict, "strong")),)


def _claim(claim: Claim, sources: Sources, *, full: bool) -> Line:
    line = say(strong(claim.text), " ", claim.finds)
    return say(line, sources.mark(claim.cite), quiet(f" {claim.source}")) if full else line
