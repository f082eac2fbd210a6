"""Status: where a matter stands, and why, on a day, as known on a day, under a set of readings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.circuit.evidence import evidence
from assent.folds.because import Because, because
from assent.folds.verdict import FAIL, OPEN, PASS
from assent.inquiries.matter.positions import Position, positions
from assent.inquiries.matter.standing import ADOPTED, FAILED, LAPSED, Standing, asked_in_time, standing
from assent.inquiries.matter.supposing import Supposed, supposing
from assent.inquiries.reproduce import command, shown
from assent.law.citations import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assent.circuit.case import Case
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.doctrine import Doctrine
    from assent.law.questions import Question
    from assent.record.acts import Act


class Knowledge(Struct, frozen=True):
    """How much of the answer rests on silence.

    Attributes
    ----------
    complete_through
        The day up to which the acts counted are all on file; ``None`` when no such fact is on file.
    not_recorded
        Units without a yes on file, where silence (since ``complete_through``) cannot be read as "not done".
    decides
        Whether what is not recorded could change the stage.
    also_rests_on
        Acts that the readings held make matter and of which the file is not known to be complete: none of them may be
        missing.
    """

    complete_through: date | None
    not_recorded: tuple[str, ...]
    decides: bool
    also_rests_on: tuple[str, ...] = ()


class Status(Struct, frozen=True):
    """Where a matter stands.

    Attributes
    ----------
    stage
        ``pending``, ``adopted``, ``failed`` or ``lapsed``.
    completed_on
        The first day on which the test passed; ``None`` if it had not by ``as_of``.
    count, required, of
        Units counted, units required and units there are: on the completion day if adopted, else on ``as_of``.
    limit
        The last day on which acts count; ``None`` without a binding limit.
    units
        Where each unit that is counted stands, in the order of the roster.
    supposed
        What was supposed beside the record; the answer holds if it were so.
    """

    matter: str
    title: str
    procedure: str
    as_of: date
    known_as_of: date
    readings: dict[str, str]
    stage: str
    completed_on: date | None
    count: int
    required: int
    of: int
    limit: date | None
    because: Because
    units: tuple[Position, ...]
    supposed: tuple[Supposed, ...]
    knowledge: Knowledge
    notes: tuple[str, ...]
    versions: dict[str, str]
    reproduce: str


def status(
    place: Jurisdiction,
    matter: str,
    doctrine: Doctrine,
    as_of: date,
    known_as_of: date,
    yes: Iterable[str] = (),
    no: Iterable[str] = (),
) -> Status:
    """Where a matter stands, and why.

    Raises
    ------
    UnknownName
        No such matter, or no such unit to suppose something of.
    NotApplicable
        The matter had not been proposed by ``as_of``.
    QueryError
        A unit is supposed to say yes and no.

    Examples
    --------
    >>> from assent import library
    >>> us = library()
    >>> library().status("us/amendment/14", as_of="2020-01-01").completed_on
    datetime.date(1868, 7, 9)
    """
    record = place.cases.case(matter, doctrine, known_as_of)
    asked_in_time(record, as_of)
    case, supposed = supposing(record, as_of, yes, no)
    stands = standing(case, as_of)
    found = evidence(case, stands.compiled, stands.states, stands.day, stands.as_of)
    readings = shown_readings(case, doctrine)
    return Status(
        matter,
        case.matter.title,
        case.procedure.procedure,
        as_of,
        known_as_of,
        readings,
        stands.stage,
        stands.completed_on,
        stands.count,
        stands.required,
        stands.of,
        stands.limit,
        _because(case, stands, because(stands.compiled.root, stands.verdicts, found)),
        positions(stands, found, record, supposed),
        supposed,
        _knowledge(case, stands),
        _notes(case, doctrine, stands),
        place.versions,
        command(
            "status",
            matter,
            as_of=as_of,
            known_as_of=known_as_of,
            doctrine=doctrine,
            supposed={one.unit: one.says for one in supposed},
        ),
    )


def shown_readings(case: Case, doctrine: Doctrine) -> dict[str, str]:
    """Question → reading: those that apply to the matter, and those chosen."""
    applied = {question.question: reading.id for question, reading in case.applicable}
    return dict(sorted({**applied, **doctrine.chosen}.items()))


def _because(case: Case, stands: Standing, tree: Because) -> Because:
    verdict = PASS if stands.stage == ADOPTED else FAIL if stands.stage in {FAILED, LAPSED} else OPEN
    children = [*_clock(case, stands), tree, *_standing_readings(case)]
    title = case.matter.title
    said = {
        ADOPTED: f"{title} was complete on {stands.completed_on}{' at the latest' if _undated(case, stands) else ''}.",
        LAPSED: f"{title} lapsed: its time ran out on {stands.limit}.",
        FAILED: f"{title} has failed: on the acts on file it can no longer pass.",
    }.get(stands.stage, f"{title} is pending.")
    if stands.hangs_on_silence:
        said = (
            f"{title}: its time ran out on {stands.limit}; what is not recorded decides whether it had passed by then."
        )
    return Because(
        said,
        verdict,
        told(case.procedure.cite),
        facts=(f"matters.csv: {case.matter.id}",),
        children=tuple(children),
    )


def _clock(case: Case, stands: Standing) -> list[Because]:
    limit = case.matter.clock_limit
    if limit is None:
        return []
    place = {"text": "in its own text", "proposing-clause": "in the proposing clause"}.get(case.matter.clock_place, "")
    facts = (f"matters.csv: {case.matter.id}",)
    readings, cites = case.bare.kept("clock", lambda: _readings_of(case.bare, "clock"))
    if case.dropped:
        said = f"The limit of {limit}, {place}, does not bind ({case.dropped})."
        return [Because(said, PASS, cites, facts=facts, readings=readings)]
    moved = [act for act, void in case.extensions if not void and act.earliest <= stands.as_of]
    voided = [act for act, void in case.extensions if void]
    said = f"Only acts up to {stands.limit} count: the limit was set {place} for {limit}"
    said += "".join(f", and moved to {act.limit} on {act.when}" for act in moved)
    said += "".join(f"; moving it to {act.limit} was void" for act in voided) + "."
    verdict = FAIL if stands.stage == LAPSED else PASS if stands.stage == ADOPTED else OPEN
    acts = tuple(act.id for act in (*moved, *voided))
    return [Because(said, verdict, cites, acts, facts, readings)]


def _standing_readings(case: Case) -> list[Because]:
    """Readings that act on the whole and not on one leaf: a roster, a window, another rule."""
    found = []
    for question, reading in case.applicable:
        kinds = {effect.kind for effect in reading.effects}
        if kinds & {"roster", "window", "group", "use"} and case.doctrine.in_force(question, reading):
            said = f"{question.title} {reading.title} ({question.question}={reading.id})"
            cites = told(reading.authorities)
            found.append(Because(said, PASS, cites, readings={question.question: reading.id}))
    return found


def _readings_of(case: Case, kind: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The readings of the questions about one kind of effect, and their authorities."""
    readings: dict[str, str] = {}
    cites: list[str] = []
    for question, chosen in case.applicable:
        if _about(question, kind) and case.doctrine.in_force(question, chosen) and _bears(case, question):
            readings[question.question] = chosen.id
            cites.extend(told(chosen.authorities))
    return readings, tuple(dict.fromkeys(cites))


def _about(question: Question, kind: str) -> bool:
    return any(effect.kind == kind for reading in question.readings for effect in reading.effects)


def _bears(case: Case, question: Question) -> bool:
    """Whether a question about clocks is about this matter's clock."""
    clocks = [e.clock for r in question.readings for e in r.effects if e.clock]
    return any(c.place == case.matter.clock_place if c.place else bool(case.extensions) for c in clocks)


def _knowledge(case: Case, stands: Standing) -> Knowledge:
    act = stands.compiled.count.act
    rows = case.completeness(act)
    through = min((row.through for row in rows), default=None) if len(rows) == len(case.group) else None
    through = min(through, case.known_as_of) if through else None
    compiled = stands.compiled
    silent = tuple(compiled.units.get(leaf) or compiled.names.get(leaf, leaf) for leaf in stands.unrecorded)
    moved = {done for _, _, effect in case.effects for done in effect.transition or {} if done in case.table(act)}
    missing = sorted(done for done in moved if not case.complete(done, stands.day))
    return Knowledge(through, silent, stands.hangs_on_silence, tuple(missing))


def _undated(case: Case, stands: Standing) -> list[Act]:
    """Acts without a day on file whose last possible day is that of completion."""
    if stands.completed_on is None:
        return []
    return [act for act in case.known if not act.dated and act.latest == stands.completed_on]


def _notes(case: Case, doctrine: Doctrine, stands: Standing) -> tuple[str, ...]:
    notes = [
        f"{name}={said}: the number of years is {said.partition(':')[2]}, an input."
        for name, said in shown(doctrine, shown_readings(case, doctrine)).items()
        if ":" in said
    ]
    if stands.as_of > case.known_as_of:
        notes.append(f"What was done after {case.known_as_of} is not known: this is how it stands if nothing was.")
    late = _undated(case, stands)
    if late:
        notes.append(
            f"The day of completion is the last it can be: {', '.join(a.id for a in late)} has no day on file."
        )
    applied = {question.question for question, _ in case.applicable}
    for name, reading in doctrine.chosen.items():
        question = case.law.question(name)
        if name not in applied:
            notes.append(f"{name}={reading} does not bear on this matter: the question is about others.")
        elif not doctrine.in_force(question, question.reading(reading)):
            needed = question.required(question.reading(reading))
            notes.append(
                f"{name}={reading} has no effect without {' and '.join(f'{q}={r}' for q, r in needed.items())}."
            )
    notes.extend(case.procedure.assumes)
    if case.matter.official_note:
        notes.append(f"Official record: {case.matter.official_note}")
    return tuple(notes)
