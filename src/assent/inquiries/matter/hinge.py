"""Hinge: on which questions of law the answer turns, and the fewest readings that force each outcome.

Over all sets of readings that can be held together, the outcomes there are, and for each its prime implicants: minimal
choices of readings under which that outcome follows whatever is held on every other question.

Reference: W. V. Quine, "The Problem of Simplifying Truth Functions", Amer. Math. Monthly 59 (1952), here over questions
with two or more readings.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.circuit.case import Case, Shelf
from assent.errors import QueryError
from assent.inquiries.matter.standing import standing
from assent.inquiries.matter.supposing import Supposed, supposing
from assent.inquiries.reproduce import command, shown
from assent.law.doctrine import Doctrine
from assent.law.library import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.questions import Effect, Question

MOST_SETS = 200_000
Outcome = tuple[str, "date | None"]


class Ending(Struct, frozen=True):
    """An outcome, and the minimal sets of readings that force it.

    Attributes
    ----------
    when
        Each entry suffices: question → reading.
    share
        Sets of readings that lead here, of all that can be held together. A count, not a probability.
    """

    stage: str
    completed_on: date | None
    when: tuple[dict[str, str], ...]
    sets: int


class Hinge(Struct, frozen=True):
    """On which questions of law an answer turns.

    Attributes
    ----------
    held
        Readings that were held fixed.
    turns_on, indifferent
        Questions that were varied: those that decide, and those that cannot change the answer.
    untried
        Readings that need a number and were given none (``--window``): nothing is said of them.
    sets
        Sets of readings that can be held together, over the questions that touch this matter at all.
    """

    matter: str
    title: str
    as_of: date
    known_as_of: date
    held: dict[str, str]
    outcomes: tuple[Ending, ...]
    turns_on: tuple[str, ...]
    indifferent: tuple[str, ...]
    untried: tuple[str, ...]
    sets: int
    supposed: tuple[Supposed, ...]
    versions: dict[str, str]
    reproduce: str


def hinge(
    place: Jurisdiction,
    matter: str,
    doctrine: Doctrine,
    as_of: date,
    known_as_of: date,
    yes: Iterable[str] = (),
    no: Iterable[str] = (),
) -> Hinge:
    """On which questions of law the answer turns.

    Readings chosen in ``doctrine`` are held; all other questions that apply are varied.

    Raises
    ------
    UnknownName
        No such matter.
    NotApplicable
        The matter had not been proposed by ``as_of``.
    QueryError
        There are too many sets of readings; hold some.
    """
    shelf = Shelf()
    case, supposed = supposing(place.cases.case(matter, doctrine, known_as_of), as_of, yes, no)
    applicable = [q for q, _ in doctrine.applicable(case.subject)]
    free = [q for q in applicable if q.question not in doctrine.chosen]
    varied = [q for q in free if touches(case, q)]
    names = [q.question for q in varied]
    options = [[r.id for r in q.readings if doctrine.can_hold(r)] for q in varied]
    total = 1
    for readings in options:
        total *= len(readings)
    if total > MOST_SETS:
        raise QueryError(
            f"There are {total:,} sets of readings.",
            where="hinge",
            remedy="Hold some questions with --reading QUESTION=READING.",
        )
    outcomes: dict[tuple[str, ...], Outcome] = {}
    for choice in product(*options):
        chosen = {**doctrine.chosen, **dict(zip(names, choice, strict=True))}
        if possible(place, chosen):
            held = Doctrine(place.law, chosen, doctrine.parameters)
            outcomes[choice] = standing(
                Case(place.law, place.record, case.matter, held, known_as_of, shelf, case.supposed), as_of
            ).outcome
    implicants = prime_implicants(outcomes, options)
    endings = tuple(
        Ending(
            stage,
            day,
            tuple(_named(names, term) for term in terms),
            sum(o == (stage, day) for o in outcomes.values()),
        )
        for (stage, day), terms in sorted(implicants.items(), key=lambda item: (item[0][0], item[0][1] or date.max))
    )
    partly = [q for q in varied if not all(doctrine.can_hold(r) for r in q.readings)]
    turning = {name for ending in endings for when in ending.when for name in when}
    return Hinge(
        matter,
        case.matter.title,
        as_of,
        known_as_of,
        shown(doctrine, doctrine.chosen),
        endings,
        tuple(n for n in names if n in turning),
        tuple(q.question for q in free if q.question not in turning and q not in partly),
        tuple(f"{q.question}={r.id}" for q in partly for r in q.readings if not doctrine.can_hold(r)),
        len(outcomes),
        supposed,
        place.versions,
        command(
            "hinge",
            matter,
            as_of=as_of,
            known_as_of=known_as_of,
            doctrine=doctrine,
            supposed={one.unit: one.says for one in supposed},
        ),
    )


Term = tuple["str | None", ...]


def prime_implicants(
    outcomes: dict[tuple[str, ...], Outcome], options: Sequence[Sequence[str]]
) -> dict[Outcome, list[Term]]:
    """Outcome → the minimal partial choices that force it.

    Parameters
    ----------
    outcomes
        Complete choice → outcome, for every choice that is possible.
    options
        The readings of each question, in the order of the choices.

    Returns
    -------
    dict
        A term has a reading or ``None`` ("any") for each question. No term forces its outcome with one reading fewer.
    """
    choices = list(outcomes)
    masks: list[dict[str, int]] = [{} for _ in options]
    reach: dict[Outcome, int] = {}
    for bit, (choice, outcome) in enumerate(outcomes.items()):
        reach[outcome] = reach.get(outcome, 0) | 1 << bit
        for mask, reading in zip(masks, choice, strict=True):
            mask[reading] = mask.get(reading, 0) | 1 << bit
    everything = (1 << len(choices)) - 1
    found: dict[Outcome, list[tuple[int, Term]]] = {outcome: [] for outcome in reach}

    def visit(place: int, covered: int, term: Term) -> None:
        if not covered:
            return
        if place == len(options):
            for outcome, wanted in reach.items():
                if not covered & ~wanted:
                    found[outcome].append((covered, term))
            return
        visit(place + 1, covered, (*term, None))
        for reading, mask in masks[place].items():
            visit(place + 1, covered & mask, (*term, reading))

    visit(0, everything, ())
    return {outcome: _maximal(terms) for outcome, terms in found.items()}


def _maximal(terms: list[tuple[int, Term]]) -> list[Term]:
    """Those terms that no other term of the same outcome covers (of equals, the one with the fewest readings)."""
    kept: list[tuple[int, Term]] = []
    order = sorted(terms, key=lambda pair: (-pair[0].bit_count(), sum(t is not None for t in pair[1])))
    for covered, term in order:
        if not any(not covered & ~wider for wider, _ in kept):
            kept.append((covered, term))
    return [term for _, term in kept]


def _named(names: Sequence[str], term: Term) -> dict[str, str]:
    return {name: reading for name, reading in zip(names, term, strict=True) if reading is not None}


def possible(place: Jurisdiction, chosen: dict[str, str]) -> bool:
    """Whether readings can be held together: what each requires is chosen, and no slot is set twice."""
    slots: set[str] = set()
    for name, reading in chosen.items():
        question = place.law.question(name)
        if reading == question.default:
            continue
        required = question.required(question.reading(reading))
        if any(chosen.get(n, place.law.question(n).default) != wanted for n, wanted in required.items()):
            return False
        for effect in question.reading(reading).effects:
            if effect.use:
                if effect.use.slot in slots:
                    return False
                slots.add(effect.use.slot)
    return True


def touches(case: Case, question: Question) -> bool:
    """Whether any reading of a question could do anything to a matter, whatever else is held."""
    names = {case.matter.procedure}
    for other in case.law.questions.values():
        for reading in other.readings:
            names |= {v for e in reading.effects if e.use and e.use.slot == "procedure" for v in _values(e.use.value)}
    asked = {q for name in _called(case, names) for node in nodes(case.law.procedure(name).rule) for q in node.when}
    if question.question in asked:
        return True
    return any(_does(case, effect) for reading in question.readings for effect in reading.effects)


def _called(case: Case, names: set[str]) -> set[str]:
    done: set[str] = set()
    waiting = [name for name in names if name in case.law.procedures]
    while waiting:
        name = waiting.pop()
        if name not in done:
            done.add(name)
            waiting.extend(case.law.procedure(name).rule.calls())
    return done


def _values(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _does(case: Case, effect: Effect) -> bool:
    acts = case.known
    if effect.transition:
        return any(act.act in effect.transition for act in acts)
    if effect.disregard:
        rule = effect.disregard
        vetoed = {act.of_act for act in acts if act.act == "veto"}
        return any(
            (not rule.acts or act.act in rule.acts)
            and (not rule.actors or act.actor in rule.actors)
            and (rule.vetoed is None or (act.id in vetoed) == rule.vetoed)
            for act in acts
        )
    if effect.clock:
        place_holds = effect.clock.place == case.matter.clock_place and case.matter.clock_limit is not None
        return place_holds if effect.clock.place else bool(case.extensions)
    if effect.window and effect.window.as_stated:
        return any(act.limit for act in acts)
    if effect.use:
        return effect.use.slot in {"procedure", "completion"}
    return True
