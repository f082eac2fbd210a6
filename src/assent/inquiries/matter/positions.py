"""Positions: where each unit that is counted stands, act by act, and why it counts or does not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from assent.circuit.courses import BARRED, GIVEN, NONE, UNCERTAIN
from assent.folds.verdict import PASS, local
from assent.inquiries.matter.supposing import NO, YES, refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assent.circuit.case import Case
    from assent.circuit.compile import Compiled
    from assent.circuit.courses import Course, Done
    from assent.circuit.evidence import Evidence
    from assent.circuit.nodes import Leaf
    from assent.inquiries.matter.standing import Standing
    from assent.inquiries.matter.supposing import Supposed
    from assent.record.acts import Act

How = Literal[
    "yes",
    "yes-despite",
    "after",
    "withdrew",
    "late",
    "expired",
    "void",
    "no",
    "barred",
    "uncertain",
    "none",
    "not-recorded",
    "excluded",
]


class Position(Struct, frozen=True):
    """Where a unit stands.

    Attributes
    ----------
    how
        ``yes`` it said yes and counts; ``yes-despite`` it counts although it tried to take that back; ``after`` it said
        yes after the matter was complete; ``withdrew`` it took its yes back; ``late`` it said yes after the limit;
        ``expired`` its yes is too old; ``void`` its yes is void; ``no`` it refused; ``barred`` it refused for good;
        ``uncertain`` the order of its acts is not known; ``none`` it has not acted; ``not-recorded`` nothing is on
        file, and the file is not known to be complete; ``excluded`` a reading takes it out of the count.
    counts
        Whether it is one of those counted.
    on
        Day of its last act, if it has one with a day on file.
    acts
        Its acts on file, by id.
    supposed
        ``yes`` or ``no``, if that is supposed of it.
    could
        What may be supposed of it so that something could change: ``yes``, ``no``, both or neither.
    text
        One sentence.
    """

    unit: str
    name: str
    how: How
    counts: bool
    on: date | None
    acts: tuple[str, ...]
    supposed: str
    could: tuple[str, ...]
    text: str


def positions(
    stands: Standing,
    found: Mapping[str, Evidence],
    record: Case,
    supposed: Iterable[Supposed] = (),
) -> tuple[Position, ...]:
    """Where each unit stands, in the order of the roster (nobody, in a matter in which no units are counted).

    Parameters
    ----------
    stands
        Where the matter stands, suppositions included.
    found
        Leaf id → what its verdict rests on.
    record
        The case without what is supposed.
    supposed
        What is supposed.
    """
    compiled, verdicts = stands.compiled, stands.verdicts
    says = {one.unit: one.says for one in supposed}
    silent = frozenset(stands.unrecorded)
    names = record.kept(("named", compiled), lambda: _named(record, compiled))
    rows: list[Position] = []
    for child, own in compiled.counted:
        leaf = own[0]
        if len(own) > 1:
            leaf = max(own, key=lambda leaf: (verdicts[leaf.id] is PASS, len(record.by_actor.get(leaf.actor, ()))))
        counts = local(child, verdicts) is PASS
        unit, name, done, course = names[leaf.id]
        how, on = _how_and_when(stands, leaf, done, counts=counts, silent=leaf.id in silent)
        could, rests = _could(record, leaf.act, course.on(stands.as_of)), found[leaf.id]
        rows.append(Position(unit, name, how, counts, on, rests.acts, says.get(unit, ""), could, rests.text))
    return (*rows, *_excluded(stands)) if rows else ()


def _named(record: Case, compiled: Compiled) -> dict[str, tuple[str, str, Done, Course]]:
    """Leaf id → its unit and the name of that, what its actor did, and the course of that."""
    return {
        leaf.id: (
            unit := compiled.units[leaf.id],
            compiled.names.get(leaf.id, unit),
            record.done(leaf.act, leaf.actor),
            record.course(leaf.act, leaf.actor),
        )
        for _, own in compiled.counted
        for leaf in own
    }


def _how_and_when(
    stands: Standing, leaf: Leaf, on_record: Done, *, counts: bool, silent: bool
) -> tuple[How, date | None]:
    """How a unit stands, and the day of its last act; looked at anew only when an act or its state is another."""
    case = stands.case.of(leaf.actor)
    done = on_record if case.on_record is None else case.done(leaf.act, leaf.actor)
    state, passed = stands.states[leaf.id], stands.completed_on is not None
    key = ("how", leaf.id, state, done.by(stands.as_of), done.by(stands.day), counts, silent, passed)

    def look() -> tuple[How, date | None]:
        acts = [act for act in done.acts if act.earliest <= stands.as_of]
        dated = [act.earliest for act in acts if act.dated and act not in case.supposed]
        return _how(stands, case, leaf, acts, counts=counts, silent=silent), dated[-1] if dated else None

    return case.kept(key, look)


def _how(stands: Standing, case: Case, leaf: Leaf, acts: list[Act], *, counts: bool, silent: bool) -> How:
    day, state = stands.day, stands.states[leaf.id]
    table = case.table(leaf.act)
    valid = [act for act in acts if act.id not in case.void]
    consent = [act for act in valid if table[act.act].get(NONE) == GIVEN]
    if counts:
        taken_back = [act.earliest for act in valid if act.earliest <= day and case.asks(act.act, GIVEN)]
        given = [act.earliest for act in consent if act.earliest <= day]
        return "yes-despite" if taken_back and given and taken_back[-1] >= given[-1] else "yes"
    if state == UNCERTAIN:
        return "uncertain"
    if any(act.earliest > day for act in consent):
        return "after" if stands.completed_on else "late"
    if state == BARRED:
        return "barred"
    if state == "refused":
        return "no"
    if state == "withdrawn":
        return "withdrew"
    if consent:
        return "expired"
    if any(act.id in case.void for act in acts):
        return "void"
    return "not-recorded" if silent else "none"


def _could(record: Case, act: str, state: str) -> tuple[str, ...]:
    """What may be supposed of a unit in a state that is not so already."""
    return record.kept(("could", act, state), lambda: _could_say(record, act, state))


def _could_say(record: Case, act: str, state: str) -> tuple[str, ...]:
    refused = state in {"refused", "withdrawn", BARRED}
    no = not refused and refusal(record, act, state)
    return (*(() if state == GIVEN else (YES,)), *((NO,) if no else ()))


def _excluded(stands: Standing) -> list[Position]:
    case, basis = stands.case, stands.compiled.count.basis
    if basis is None or not case.excluded:
        return []
    return [
        Position(
            unit=m.unit,
            name=m.name,
            how="excluded",
            counts=False,
            on=None,
            acts=(),
            supposed="",
            could=(),
            text=f"{m.name}: not counted under the readings held.",
        )
        for m in case.record.roster(basis.base, stands.day)
        if m.unit in case.excluded
    ]
