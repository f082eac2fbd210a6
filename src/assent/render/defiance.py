"""The record of defiance, on a page: who lives under it, state by state or year by year, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    code,
    quiet,
    say,
    strong,
)
from assent.render.words import Sources, foot, joined, many, notes, readings

if TYPE_CHECKING:
    from assent.inquiries.defiance.defiance import Defiance, Episode, Ladder, Posture
    from assent.inquiries.defiance.state_laws import Living, StateLaw, StateRow, Year
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.standoff.ladder import Rung

STANCES: dict[str, Role] = {"enforce": "fail", "tolerate": "pass", "loosen": "pass", "mixed": "open"}
FATES: dict[str, Role] = {"tolerated": "pass", "deterred": "fail", "fought": "fail"}
HELPS = {"federal": "for the federal side", "state": "for the states", "neither": "open"}


def defiance_page(found: Defiance, place: Jurisdiction, *, full: bool = False) -> Page:
    """Who allows what federal law forbids, what the federal side did, and why it does not simply extrapolate."""
    sources = Sources(place.law)
    blocks: list[Block] = [
        Para(say(strong(_answer(found)))),
        Para(say(found.about, sources.mark(found.against))),
        Para(say(quiet(f"As of {found.as_of}{_through(found)}. Federal answer so far: {found.answered}."))),
    ]
    tables = {"state": _states(found, full=full), "year": _years(found, full=full or found.by == "year")}
    if found.state:
        blocks += _one(found)
    else:
        blocks += tables[found.by]
    blocks += tables["year"] if found.by == "state" and (full or not found.state) else []
    blocks += [
        *_postures(found.postures, sources),
        *_cases(found, sources),
        *_episodes(found, sources, full=full),
        *_ladder(found.ladder, found.subject),
        *readings(place.law, found.readings, found.reproduce),
        *notes(found.notes),
        *sources.blocks(),
        *foot(found.versions, found.reproduce),
    ]
    return Page(found.title, tuple(blocks))


def _answer(found: Defiance) -> str:
    if found.state:
        return _answer_of_one(found)
    if not found.living or not any(part.states for part in found.living):
        return f"By {found.as_of} no state on file allowed what federal law forbids; the record begins later."
    parts = [
        f"{many(part.states, 'state')} with {part.percent:.1f}\u00a0% of the people "
        f"{'allows' if part.states == 1 else 'allow'} {found.kinds[part.kind]}"
        for part in found.living
        if part.states
    ]
    return f"Against federal law, {joined(parts)}."


def _answer_of_one(found: Defiance) -> str:
    row = next((row for row in found.states if row.furthest), None)
    if row is None:
        perhaps = " for certain" if found.states else ""
        return (
            f"By {found.as_of} {found.name} had adopted no law on file that allows what federal law forbids{perhaps}."
        )
    people = f"; {row.people:,} people live there" if row.people is not None else ""
    return f"By {found.as_of} {found.name} had allowed {found.kinds[row.furthest]}, against federal law{people}."


def _through(found: Defiance) -> str:
    late = found.as_of > found.complete_through
    return f"; state laws are on file through {found.complete_through}" if late else ""


def _one(found: Defiance) -> list[Block]:
    if not found.states:
        return []
    row = found.states[0]
    later = quiet(" Adopted in that year or month, on a day that is not on file; not counted yet.")
    items = tuple(
        Item(
            say(law.adopted),
            say(strong(law.allows), ": ", _how(law), _aside(law), later if law.kind in row.open else ""),
        )
        for law in row.laws
    )
    return [Heading(f"The laws of {found.name}"), Items(items)]


def _how(law: StateLaw) -> str:
    parts = [law.process.replace("-", " ") or "process not on file", law.measure, _vote(law)]
    return ", ".join(part for part in parts if part)


def _vote(law: StateLaw, *, counts: bool = True) -> str:
    if law.chambers:
        return law.chambers if counts else law.chambers.partition(" (")[0].partition(",")[0] + " …"
    if law.yes_percent is None:
        return ""
    about = "" if law.exact else "about "
    told = f" ({law.yes:,} to {law.no:,})" if counts and law.yes is not None and law.no is not None else ""
    return f"{about}{law.yes_percent:g}\u00a0%{told}"


def _aside(law: StateLaw) -> Line:
    legal = f" Possession legal from {law.legal_from}." if law.legal_from else ""
    return say(quiet(f".{legal}{f' Note: {law.note}.' if law.note else ''} Source: {law.source}"))


def _states(found: Defiance, *, full: bool) -> list[Block]:
    kinds = list(found.kinds)
    far = [row for row in found.states if row.furthest == kinds[-1]]
    rest = [row for row in found.states if row.furthest != kinds[-1]]
    shown = found.states if full else tuple(far)
    if not found.states:
        return []
    blocks: list[Block] = [Heading("State by state")]
    if shown:
        head = ("State", *(found.kinds[kind] for kind in kinds[1:]), "How", "Vote")
        rows = tuple(_row(row, kinds[1:], full=full) for row in shown)
        blocks.append(Table(head, rows, frozenset(), frozenset({0, len(head) - 1})))
    if rest and not full:
        told = ", ".join(f"{row.state}\u00a0{row.laws[-1].adopted[:4]}" for row in rest)
        blocks.append(Para(say(quiet(f"Less than that: {told}. --full lists them with process and vote."))))
    return blocks


def _row(row: StateRow, kinds: list[str], *, full: bool) -> tuple[Line, ...]:
    by_kind = {law.kind: law for law in row.laws}
    last = row.laws[-1]
    name = say(row.name, quiet(" (no state)") if not row.member else "")
    years = [say(by_kind[kind].adopted[:4]) if kind in by_kind else say(quiet("–")) for kind in kinds]
    how = say(last.process.replace("-", " ")) if last.process else say(quiet("not on file"))
    vote = _vote(last, counts=full)
    return (name, *years, how, say(vote) if vote else say(quiet("not on file")))


def _years(found: Defiance, *, full: bool) -> list[Block]:
    shown = [
        year
        for at, year in enumerate(found.by_year)
        if full or any(year.added.values()) or year.postures or at == len(found.by_year) - 1
    ]
    if not shown:
        return []
    counted = [part.kind for part in shown[-1].living]
    head = ("Year", *(found.kinds[kind] for kind in counted), "New", "Federal side")
    rows = tuple(_year(year, counted) for year in shown)
    under = "States, and the share of the people who live in them, at the end of each year"
    last = found.by_year[-1]
    cut = f" ({last.year}: on {last.until})" if (last.until.month, last.until.day) != (12, 31) else ""
    return [
        Heading("Year by year"),
        Table(head, rows, frozenset(range(1, len(counted) + 1)), frozenset({len(head) - 2, len(head) - 1})),
        Para(say(quiet(f"{under}{cut}. * any use by adults."))),
    ]


def _year(year: Year, counted: list[str]) -> tuple[Line, ...]:
    living = {part.kind: part for part in year.living}
    new = [f"{code_}{'*' if kind == counted[-1] else ''}" for kind in counted for code_ in year.added.get(kind, ())]
    return (
        say(str(year.year)),
        *(_living(living[kind]) for kind in counted),
        say(", ".join(new)),
        say("; ".join(year.postures)),
    )


def _living(part: Living) -> Line:
    return say(f"{part.states}\u00a0·\u00a0{part.percent:.1f}\u00a0%") if part.states else say(quiet("–"))


def _postures(postures: tuple[Posture, ...], sources: Sources) -> list[Block]:
    if not postures:
        return []
    items = tuple(
        Item(
            say(str(p.date)),
            say(strong(p.title), " ", Span(f"({p.stance})", STANCES.get(p.stance, "")), ". ", p.what,
                quiet(f" {p.by}."), sources.mark(p.cite)),
        )
        for p in postures
    )  # fmt: skip
    return [Heading("What the federal side did"), Items(items)]


def _cases(found: Defiance, sources: Sources) -> list[Block]:
    items = tuple(
        Item(say(quiet(HELPS.get(said.says_for, said.says_for))), say(said.what, ".", sources.mark(said.cite)))
        for said in found.cases
    )
    return [Heading("What courts have said"), Items(items)] if items else []


def _episodes(found: Defiance, sources: Sources, *, full: bool) -> list[Block]:
    chosen = [e for e in found.episodes if not found.state or not e.state or e.state == found.state]
    blocks: list[Block] = [Heading("Earlier and other defiance")] if chosen else []
    for episode in chosen:
        blocks.append(Para(say(strong(episode.title), ". ", episode.about)))
        blocks.append(Items(tuple(_act(act.date, act.by, act.what, sources.mark(act.cite)) for act in episode.acts), 2))
        blocks.append(Para(_outcome(episode, full=full), 2))
    return blocks


def _act(day: object, by: str, what: str, mark: Span) -> Item:
    return Item(say(str(day)), say(quiet(f"{by}: "), what, ".", mark))


def _outcome(episode: Episode, *, full: bool) -> Line:
    shows = say(quiet(" Shows: "), episode.shows) if full else ()
    return say(quiet("Answered: "), episode.answered, ". ", quiet("Ended: "), episode.ended, shows)


def _ladder(ladder: Ladder, subject: str) -> list[Block]:
    rows = tuple(_rung(rung, ladder) for rung in ladder.rungs)
    evidence = [symbol for symbol, told in ladder.numbers.items() if told.endswith("(evidence)")]
    taken = ", ".join(f"{symbol} {told.partition(' ')[0]}" for symbol, told in ladder.numbers.items())
    rests = f"only {joined(evidence)} rests on evidence" if evidence else "none rests on evidence"
    return [
        Heading("Why it does not simply extrapolate"),
        Para(say(f"{ladder.says} {ladder.lesson}")),
        Table(("Stake", "Fate", "In the standoff", "Here stands"), rows, frozenset(), frozenset({2, 3})),
        Para(
            say(
                quiet(
                    "Stakes are shares of what keeping the whole authority is worth; where "
                    f"{subject} and leaving stand is an assumption. By {ladder.method}, at these numbers: {taken}. Of "
                    f"them {rests}; the others are assumptions. "
                ),
                code(ladder.more),
                quiet(" lets you change them."),
            )
        ),
    ]


def _rung(rung: Rung, ladder: Ladder) -> tuple[Line, ...]:
    here = [p for p in ladder.placed if rung.from_ < p.stake <= rung.to]
    stake = f"{rung.from_:.3g} to {rung.to:.3g}" if rung.from_ else f"up to {rung.to:.3g}"
    fate = Span(rung.fate, FATES.get(rung.fate, ""))
    return (say(stake), (fate,), say(f"{rung.begins} {rung.text}".strip()), say(joined([p.name for p in here] or [""])))
