"""Listings, an authority, and the results of checks on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.inquiries.filed.wording import applies_in_words
from assent.render.page import Block, Heading, Item, Items, Line, Page, Para, Table, code, quiet, say, strong
from assent.render.texts import texts
from assent.render.words import MARKS, foot, held, many, staged

if TYPE_CHECKING:
    from assent.inquiries.filed.check import Checked, RecordChecked
    from assent.inquiries.filed.listing import Cited, MatterRow, Matters, Procedures, QuestionRow, Questions
    from assent.inquiries.jurisdiction import Jurisdiction

FINDINGS = {
    "order_break": "out of the order of dates",
    "count_mismatch": "a count that its own list does not bear out",
    "proclaimed_before_completed": "proclaimed before it was complete",
    "left_out": "left out of the list",
    "not_in_record": "in the list and not in the record",
    "date_differs": "another date than the record",
    "disputed": "sources that differ, resolved in the record",
    "dangling": "a name that refers to nothing",
    "before_proposal": "done before the proposal",
}


def matters_page(found: Matters, place: Jurisdiction, *, full: bool = False) -> Page:
    """The matters on file, by kind."""
    del place
    kinds = list(dict.fromkeys(row.kind for row in found.matters))
    blocks: list[Block] = [
        Para(say(strong(f"{many(len(found.matters), 'matter')} on file, of {many(len(kinds), 'kind')}.")))
    ]
    for kind in kinds:
        rows = tuple(_matter(row, full=full) for row in found.matters if row.kind == kind)
        blocks += [
            Heading(kind),
            Table(("Matter", "Title", "Proposed", "Official outcome"), rows, wrap=frozenset({0, 1})),
        ]
    blocks.append(Para(say(quiet("The outcome is the official one; assent status MATTER works it out."))))
    return Page("Matters", (*blocks, *foot(found.versions, found.reproduce)))


def _matter(row: MatterRow, *, full: bool) -> tuple[Line, ...]:
    title = say(row.title, quiet(f" {row.procedure}")) if full else say(row.title)
    return (
        say(code(row.id)),
        title,
        say(str(row.proposed_on or "")),
        staged(row.stage, row.completed_on) if row.stage else (),
    )


def procedures_page(found: Procedures, place: Jurisdiction, *, full: bool = False) -> Page:
    """The procedures on file, those together whose ids begin alike."""
    said = texts(place)
    heads = list(dict.fromkeys(row.id.split("/")[1] for row in found.procedures))
    blocks: list[Block] = [Para(say(strong(f"{many(len(found.procedures), 'procedure')} on file.")))]
    for head in heads:
        rows = [row for row in found.procedures if row.id.split("/")[1] == head]
        blocks += [
            Heading(said.procedure(head)),
            Items(
                tuple(
                    Item(say(code(row.id)), say(row.title, quiet(f". {row.about}") if full and row.about else ""))
                    for row in rows
                ),
                widest=34,
            ),
        ]
    told = "assent show PROCEDURE tells all" + ("." if full else "; --full says what each is about.")
    return Page("Procedures", (*blocks, Para(say(quiet(told))), *foot(found.versions, found.reproduce)))


def questions_page(found: Questions, place: Jurisdiction, *, full: bool = False) -> Page:
    """The questions of law on file, each with its readings."""
    del place, full
    blocks: list[Block] = [Para(say(strong(f"{many(len(found.questions), 'question')} of law on file.")))]
    for question in found.questions:
        blocks += _question(question)
    told = "● default, which is only the reading by which the official record was kept. assent show QUESTION tells all."
    return Page("Questions of law", (*blocks, Para(say(quiet(told))), *foot(found.versions, found.reproduce)))


def _question(question: QuestionRow) -> list[Block]:
    items = tuple(
        Item(
            say("● " if reading.default else "○ ", code(reading.id)),
            say(reading.title, quiet(f" ({reading.standing})")),
        )
        for reading in question.readings
    )
    about = quiet(f" {applies_in_words(question.applies_to)}")
    needs = (quiet("; needs "), held(question.require)) if question.require else ()
    return [Para(say(code(question.id), ": ", strong(question.title), about, *needs)), Items(items, indent=2)]


def cited_page(found: Cited, place: Jurisdiction, *, full: bool = False) -> Page:
    """An authority in full: what it says, whether and where it was read, and who relies on it."""
    del place, full
    it = found.authority
    items = [Item(say(quiet("kind")), say(it.kind))]
    for name, said in (
        ("body", it.body),
        ("date", str(it.date or it.year or "")),
        ("says", it.says),
        ("note", it.note),
    ):
        if said:
            items.append(Item(say(quiet(name)), say(" ".join(said.split()))))
    told = (
        f"read, at {' '.join(it.where.split())}"
        if it.standing == "read"
        else "recalled: its text was not before the author"
    )
    items.append(Item(say(quiet("standing")), say(told)))
    blocks: list[Block] = [Para(say(strong(found.as_cited), " ", code(it.id))), Items(tuple(items))]
    if found.cited_by:
        users = tuple(Item((quiet("·"),), say(code(user))) for user in found.cited_by)
        blocks += [Heading("Cited by"), Items(users)]
    return Page(it.title, (*blocks, *foot(found.versions, found.reproduce)))


def checked_page(found: Checked, place: Jurisdiction, *, full: bool = False) -> Page:
    """A file in which nothing is wrong."""
    del place
    what = many(found.rows, "row") if found.rows is not None else ", ".join(found.holds if full else found.holds[:6])
    more = "" if full or len(found.holds) <= 6 else f" and {len(found.holds) - 6} more"
    line = say(MARKS["pass"], " ", strong(f"{found.file}: nothing is wrong."), f" It holds {found.kind}: {what}{more}.")
    return Page("Check", (Para(line), Para(say(quiet(f"References were looked up in {found.against}.")))))


def record_page(found: RecordChecked, place: Jurisdiction, *, full: bool = False) -> Page:
    """What was read, and what contradicts what."""
    del place
    total = sum(found.rows.values())
    read = f"{many(total, 'row')} of {many(len(found.rows), 'file')}"
    lead = f"{read} are as the data dictionary asks; {many(len(found.findings), 'contradiction')} found."
    blocks: list[Block] = [Para(say(strong(lead)))]
    for about in dict.fromkeys(f.about for f in found.findings):
        for kind in dict.fromkeys(f.kind for f in found.findings if f.about == about):
            rows = [f for f in found.findings if (f.about, f.kind) == (about, kind)]
            blocks.append(Heading(f"{about}: {FINDINGS.get(kind, kind)} ({len(rows)})"))
            shown = rows if full or about != "record" else rows[:10]
            blocks.append(Items(tuple(Item(say(code(f.matter)), say(f.detail)) for f in shown), widest=26))
            if len(shown) < len(rows):
                blocks.append(Para(say(quiet(f"{len(rows) - len(shown)} more; --full lists them."))))
    if full:
        items = tuple(Item(say(code(name)), say(many(count, "row"))) for name, count in found.rows.items())
        blocks += [Heading("Read"), Items(items, widest=34)]
    blocks.append(Para(say(quiet("Both sides of a contradiction are kept; neither is corrected by the other."))))
    return Page("Record check", (*blocks, *foot(found.versions, found.reproduce)))
