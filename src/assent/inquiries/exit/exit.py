"""Exit: how could a state leave? Its own step, every path and its needs, what happened before, what was claimed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.circuit.case import Case
from assent.inquiries.counting.weight import Weight, weight_of
from assent.inquiries.exit.evidence import Evidence, evidence_of
from assent.inquiries.exit.figures import figures_of
from assent.inquiries.exit.precedents import Claim, Precedent, claims_of, precedents_of
from assent.inquiries.exit.stands import Applications, Stands, applications_of, stands_of
from assent.inquiries.filed.needs import Census, Need, needs_of, structure
from assent.inquiries.matter.standing import standing
from assent.inquiries.referendum.polls import Wording, wordings_of
from assent.inquiries.referendum.upstream import Upstream, upstream_of
from assent.inquiries.reproduce import command
from assent.inquiries.standoff.unasked import Unasked, unasked_of
from assent.inquiries.states import find_state
from assent.law.citations import Cite, told
from assent.law.loading import convert, read_yaml
from assent.law.rules import Node

if TYPE_CHECKING:
    from assent.circuit.structure import Structure
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.doctrine import Doctrine
    from assent.law.procedures import Procedure
    from assent.law.questions import Question

SECESSION = "secession"
NO_PEOPLE = "population that day, which is not on file"


class Step(Struct, frozen=True):
    """One step of the state's own."""

    id: str
    title: str
    what: str
    needs: tuple[Need, ...]
    who_decides: str
    cite: tuple[str, ...]
    standing: str


class StateSide(Struct, frozen=True):
    """What a state's own law lets it ask or declare, and who decides it."""

    on_file: bool
    finding: str
    steps: tuple[Step, ...]
    cases: tuple[str, ...]
    measures: tuple[str, ...]


class Path(Struct, frozen=True):
    """A way out.

    Attributes
    ----------
    lawful
        Over all readings that can be held: ``yes`` (under all), ``no`` (under none) or ``contested``.
    lawful_here
        Under the readings chosen.
    lawful_under
        The conjunctions of readings under which it is lawful; any one suffices.
    weight
        How many coalitions pass it, and how power over it is shared.
    """

    id: str
    title: str
    about: str
    lawful: str
    lawful_here: bool
    lawful_under: tuple[dict[str, str], ...]
    needs: tuple[Need, ...]
    stands: Stands
    assumes: tuple[str, ...]
    precedents: tuple[str, ...]
    cite: tuple[str, ...]
    weight: Weight


class Exit(Struct, frozen=True):
    """How a state could leave.

    Attributes
    ----------
    finding
        What the text says of leaving.
    population
        Whose base the population shares have.
    """

    state: str
    name: str
    as_of: date
    known_as_of: date
    readings: dict[str, str]
    finding: str
    population: str
    state_side: StateSide
    upstream: tuple[Upstream, ...]
    polls: tuple[Wording, ...]
    paths: tuple[Path, ...]
    applications: Applications
    without_asking: Unasked | None
    precedents: tuple[Precedent, ...]
    evidence: Evidence
    claims: tuple[Claim, ...]
    notes: tuple[str, ...]
    versions: dict[str, str]
    reproduce: str


def exit_of(place: Jurisdiction, state: str, doctrine: Doctrine, as_of: date, known_as_of: date) -> Exit:
    """How a state could leave.

    Parameters
    ----------
    state
        Code (``CA``) or name.

    Raises
    ------
    UnknownName
        No such state.
    NotApplicable
        It is no state, or was none on that day.
    """
    code, name = find_state(place, state, as_of)
    census = Census(place, as_of)
    expand = structure(census, doctrine, {"state": code})
    counted = applications_of(place, doctrine, as_of, known_as_of)
    ways = [p for p in place.law.procedures.values() if p.lawful is not None]
    paths = tuple(_path(census, doctrine, p, expand, counted) for p in ways)
    figures = figures_of(place, census, doctrine, as_of)
    asked = {q for p in ways for term in p.lawful or () for q in term} | set(doctrine.chosen)
    asked |= {q.question for q in place.law.questions.values() if "exit" in q.applies_to.kinds}
    return Exit(
        code,
        name,
        as_of,
        known_as_of,
        {q: doctrine.reading(q) for q in sorted(asked)},
        place.profile.finding,
        place.profile.population.what if census.population else NO_PEOPLE,
        _state_side(place, census, doctrine, code),
        upstream_of(place, code, name, as_of),
        wordings_of(place, code, as_of),
        paths,
        counted,
        unasked_of(place, code, name),
        precedents_of(place, as_of, figures),
        evidence_of(place, as_of),
        claims_of(place, figures),
        _notes(place, doctrine, code, as_of, known_as_of),
        place.versions,
        command("exit", code, as_of=as_of, known_as_of=known_as_of, doctrine=doctrine),
    )


def _path(census: Census, doctrine: Doctrine, procedure: Procedure, expand: Structure, counted: Applications) -> Path:
    root = expand.of(procedure.procedure)
    terms = tuple(procedure.lawful or ())
    law = census.place.law
    return Path(
        procedure.procedure,
        procedure.title,
        " ".join(procedure.about.split()),
        _lawful([law.question(q) for q in sorted({q for term in terms for q in term})], terms),
        any(all(doctrine.reading(q) == r for q, r in term.items()) for term in terms),
        terms,
        needs_of(census, root) if root is not None else (),
        stands_of(census.place, procedure, counted),
        tuple(" ".join(a.split()) for a in procedure.assumes),
        procedure.precedents,
        told(procedure.cite),
        weight_of(census.place, procedure.procedure, doctrine, census.day, expand.names["state"]),
    )


def _lawful(questions: list[Question], terms: tuple[dict[str, str], ...]) -> str:
    """Yes, no or contested over all combinations of the readings of the questions that decide it."""
    if not terms:
        return "no"
    held: list[dict[str, str]] = [{}]
    for question in questions:
        held = [{**h, question.question: r.id} for h in held for r in question.readings]
    under = sum(any(all(h[q] == r for q, r in term.items()) for term in terms) for h in held)
    return "yes" if under == len(held) else "contested"


class _Step(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    title: str
    what: str
    who_decides: str
    standing: str
    need: Node | None = None
    cite: tuple[str | Cite, ...] = ()
    note: str = ""


class _Side(Struct, frozen=True, forbid_unknown_fields=True):
    finding: str
    steps: tuple[_Step, ...]
    state: str = ""
    name: str = ""
    cases: tuple[str | Cite, ...] = ()
    measures: tuple[str | Cite, ...] = ()


class _Sides(Struct, frozen=True, forbid_unknown_fields=True):
    states: tuple[_Side, ...]
    default: _Side


def _state_side(place: Jurisdiction, census: Census, doctrine: Doctrine, code: str) -> StateSide:
    file = place.root / "exit" / "state_side.yaml"
    sides = convert(read_yaml(file), _Sides, file)
    own = next((side for side in sides.states if side.state == code), None)
    expand = structure(census, doctrine, {"state": code})
    steps = []
    said = {step.title for step in own.steps} if own else set()
    general = [s for s in sides.default.steps if not own or (s.standing != "not-on-file" and s.title not in said)]
    for step in (*(own.steps if own else ()), *general):
        root = expand.rule(step.need) if step.need else None
        needs = needs_of(census, root) if root is not None else ()
        what = " ".join(f"{step.what} {step.note}".split())
        steps.append(Step(step.id, step.title, what, needs, step.who_decides.strip(), told(step.cite), step.standing))
    side = own or sides.default
    return StateSide(
        own is not None,
        " ".join(side.finding.split()),
        tuple(steps),
        told(side.cases),
        told(side.measures),
    )


def _notes(place: Jurisdiction, doctrine: Doctrine, state: str, as_of: date, known_as_of: date) -> tuple[str, ...]:
    seen = max((row["as_of"] for row in place.chambers.values()), default=None)
    if place.figures(place.profile.chambers, as_of):
        notes = [f"Seats and parties of the legislatures as of {seen}; population: {place.profile.population.what}."]
    else:
        notes = [f"What of seats, parties and people is not on file for {as_of} has no number above."]
    for matter in place.record.matters.values():
        acts = place.record.acts.get(matter.id, ())
        if matter.kind == SECESSION and matter.unit == state and any(act.earliest <= as_of for act in acts):
            stage = standing(Case(place.law, place.record, matter, doctrine, known_as_of), as_of).stage
            notes.append(f"On file: {matter.title}, {stage} under the readings held here (assent status {matter.id}).")
    if seen and as_of < place.profile.state_side_since:
        notes.append(f"The state's own law is told as it is on file today, not as it was on {as_of}.")
    if seen and as_of > seen:
        notes.append(f"Elections after {seen} are not in these figures.")
    return tuple(notes)
