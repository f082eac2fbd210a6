"""Supposing: a yes or no that a unit has not said, put beside the record and never into it.

A supposed act is done on the day asked about, after everything else on that day, and the law deals with it as with any
other act: after a limit it comes too late, and where a ratification is final a supposed withdrawal changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from assent.circuit.compile import compile_case
from assent.circuit.courses import GIVEN, NONE
from assent.errors import NotApplicable, QueryError, UnknownName
from assent.record.acts import Act

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from assent.circuit.case import Case

YES, NO = "yes", "no"


class Supposed(Struct, frozen=True):
    """Something that is only supposed.

    Attributes
    ----------
    says
        ``yes`` or ``no``.
    act
        What the unit is supposed to do; empty where there is nothing it could do.
    text
        One sentence, which says so where it changes nothing.
    """

    unit: str
    name: str
    says: str
    act: str
    text: str


def supposing(case: Case, as_of: date, yes: Iterable[str], no: Iterable[str]) -> tuple[Case, tuple[Supposed, ...]]:
    """The case with what is supposed on a day, and each supposition in words.

    Raises
    ------
    UnknownName
        No such unit.
    NotApplicable
        Nobody is counted in this matter.
    QueryError
        A unit is supposed to say both.
    """
    said = [*((unit, YES) for unit in dict.fromkeys(yes)), *((unit, NO) for unit in dict.fromkeys(no))]
    if not said:
        return case, ()
    both = {unit for unit, says in said if says == YES} & {unit for unit, says in said if says == NO}
    if both:
        raise QueryError(f"{min(both)} is supposed to say yes and no.", where="--yes and --no", remedy="Keep one.")
    count = compile_case(case, as_of)
    actors = _actors(case, as_of)
    if not count.units:
        raise NotApplicable(
            f"No units are counted in {case.matter.title} ({case.matter.id}); there is nobody to suppose anything of.",
            where="--yes, --no",
            remedy="Leave them out.",
        )
    names = {m.unit: m.name for rows in case.record.rosters.values() for m in rows}
    acts: list[Act] = []
    told: list[Supposed] = []
    for unit, says in sorted(said):
        if unit not in names:
            raise UnknownName(f"unit of {case.matter.id}", unit, names, where=f"--{says}")
        done = [_supposed(case, act, actor, says, as_of) for act, actor in actors.get(unit, ())]
        found = [act for act in done if act is not None]
        acts += found
        why = "" if found else "it is not counted on that day" if unit not in actors else "there is no act of refusing"
        what = found[0].act if found else ""
        told.append(Supposed(unit, names[unit], says, what, _told(names[unit], says, what, why, as_of)))
    return case.supposing(tuple(acts)) if acts else case, tuple(told)


def _actors(case: Case, as_of: date) -> dict[str, list[tuple[str, str]]]:
    """Unit → the act that counts and who would do it, for the units counted on a day."""
    compiled = compile_case(case, as_of)
    found: dict[str, list[tuple[str, str]]] = {}
    for _, own in compiled.counted:
        for leaf in own:
            found.setdefault(compiled.units[leaf.id], []).append((leaf.act, leaf.actor))
    return found


def _supposed(case: Case, act: str, actor: str, says: str, as_of: date) -> Act | None:
    done = act if says == YES else refusal(case, act, case.course(act, actor).on(as_of))
    if not done:
        return None
    return Act(
        id=f"supposed-{done}-{actor}", matter=case.matter.id, actor=actor, act=done, precision="day", earliest=as_of,
        latest=as_of, recorded_on=case.known_as_of, yes=None, no=None, present=None, absent=None, of_act="",
        limit=None, instrument="", confidence="", resolution="", alt_dates="", note="", standing="", source="supposed",
    )  # fmt: skip


def refusal(case: Case, act: str, state: str) -> str:
    """The act by which an actor would say no: taking its yes back, or refusing ("" if the law knows neither)."""
    state = GIVEN if state == GIVEN else NONE
    table = case.table(act)
    moves = {done: {*_ends(case, done, state), cells.get(state, state)} for done, cells in table.items()}
    return next((done for done, ends in moves.items() if done != act and ends - {state, GIVEN}), "")


def _ends(case: Case, act: str, state: str) -> Iterable[str]:
    """Where an act may lead from a state under any reading."""
    for question, _ in case.applicable:
        for reading in question.readings:
            for effect in reading.effects:
                if effect.transition and state in effect.transition.get(act, {}):
                    yield effect.transition[act][state]


def _told(name: str, says: str, act: str, why: str, as_of: date) -> str:
    if not act:
        return f"{name}: supposing {says} on {as_of} changes nothing; {why}."
    return f"{name} is supposed to {act.replace('-', ' ')} on {as_of}."
