"""Evidence: what on file put each leaf where it is, in a reader's words: acts, facts and readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assent.circuit.courses import BARRED, GIVEN, NONE, UNCERTAIN
from assent.law.citations import told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from assent.circuit.case import Case
    from assent.circuit.compile import Compiled
    from assent.law.questions import Question, Reading
    from assent.record.acts import Act

PAST = {
    "accept": "accepted", "approve-questionable": "approved in a form in question",
    "admit": "admitted", "agree": "agreed", "apply": "applied", "certify": "certified",
    "consent": "consented", "declare-lapsed": "declared its own ratification lapsed", "extend": "extended the limit",
    "override": "overrode the veto", "pass": "passed it", "proclaim": "proclaimed", "propose": "proposed",
    "ratify": "ratified", "ratify-annulled": "ratified, and annulled it", "ratify-part": "ratified a part",
    "readmit": "readmitted", "reaffirm": "ratified again", "recognise": "recognised it", "refer": "approved by vote",
    "reject": "rejected", "rescind": "rescinded", "revoke-rescission": "took its rescission back",
    "secede": "adopted an ordinance of secession", "sign": "signed", "transmit": "transmitted it", "veto": "vetoed",
    "withdraw": "withdrew",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """A reading that a leaf's position rests on, with its authorities."""

    question: str
    reading: str
    title: str
    cite: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a leaf's position rests on.

    Attributes
    ----------
    text
        One sentence.
    acts
        Ids of acts on file.
    facts
        Facts on file, as ``file: row``.
    grounds
        Readings.
    """

    text: str
    acts: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()


def evidence(case: Case, compiled: Compiled, states: dict[str, str], day: date, as_of: date) -> dict[str, Evidence]:
    """Leaf id → what put it where it is.

    Parameters
    ----------
    case, compiled
        The case and its circuit on ``day``.
    states
        Leaf id → state on ``day``.
    day
        The last day whose acts count.
    as_of
        The day asked for; acts between the two are told, as too late.
    """
    limit = case.limit(as_of)
    return {leaf: _leaf(case, compiled, leaf, state, day, as_of, limit) for leaf, state in states.items()}


def ground(question: Question, reading: Reading) -> Ground:
    """A reading as the ground of a position."""
    return Ground(question.question, reading.id, reading.title, told(reading.authorities))


def _leaf(
    case: Case, compiled: Compiled, leaf: str, state: str, day: date, as_of: date, limit: date | None
) -> Evidence:
    act, _, actor = leaf.partition(":")
    case = case.of(actor)
    done = case.done(act, actor)
    number = done.by(as_of)
    if not number:
        return _silence(case, compiled, leaf, state, day)
    # told anew only when an act, the limit or the state is another: on most days nothing is
    key = ("evidence", compiled, leaf, state, number, done.by(day), limit)
    return case.kept(key, lambda: _told(case, compiled, leaf, state, day, as_of, limit))


def _told(
    case: Case, compiled: Compiled, leaf: str, state: str, day: date, as_of: date, limit: date | None
) -> Evidence:
    act, _, actor = leaf.partition(":")
    own = [done for done in case.done(act, actor).acts if done.earliest <= as_of]
    table = case.table(act)
    said: list[str] = []
    grounds: dict[str, Ground] = {}
    before = NONE
    for done in own:
        what = _what(case, done)
        void = case.void.get(done.id)
        reason = ""
        if void:
            reason = void.why or _said(case, grounds, void.question)
            reason = f"void: {reason}" if void.question else f"does not count: {reason}"
        elif limit and done.earliest > limit:
            reason = f"after the limit of {limit}"
        elif done.earliest > day:
            reason = "after the day that counts"
        else:
            moves = table.get(done.act, {})
            after = moves.get(before, before)
            if question := case.asks(done.act, before):
                reason = _said(case, grounds, question)
            elif after == before and before != NONE and done.act != act:
                reason = "changes nothing"
            before = after
        said.append(f"{what} ({reason})" if reason else what)
    if before == GIVEN and state == NONE:
        said[-1] += " (too old to count)"
        for asked, reading in case.applicable:
            if any(effect.window for effect in reading.effects):
                grounds[asked.question] = ground(asked, reading)
    if state == UNCERTAIN:
        said.append("the order of these acts is not known")
    text = f"{compiled.names.get(leaf) or actor}: {'; '.join(said)}."
    return Evidence(text, _ids(case, own), _places(compiled, leaf), tuple(grounds.values()))


def _places(compiled: Compiled, leaf: str) -> tuple[str, ...]:
    """Where on file it says that a leaf's unit is one of those counted."""
    unit = compiled.units.get(leaf)
    return tuple(f"rosters.csv: {roster} {unit}" for roster in compiled.sets.get(leaf, ()) if unit)


def _ids(case: Case, acts: Iterable[Act]) -> tuple[str, ...]:
    """The ids of those acts that are on file."""
    return tuple(act.id for act in acts if act not in case.supposed)


def _what(case: Case, act: Act) -> str:
    return f"{'supposed: ' if act in case.supposed else ''}{PAST.get(act.act, act.act)} {_when(act)}"


def _when(act: Act) -> str:
    votes = ""
    if act.yes is not None and act.no is not None:
        votes = f", {act.yes}–{act.no}"
    return (
        f"on {act.when}"
        if act.dated
        else f"in {act.when}"
        if act.precision in {"year", "month"}
        else "on a day not known"
    ) + votes


def _said(case: Case, grounds: dict[str, Ground], name: str) -> str:
    question = case.law.question(name)
    reading = question.reading(case.doctrine.reading(name))
    grounds[name] = ground(question, reading)
    return f"{name}={reading.id}"


def _silence(case: Case, compiled: Compiled, leaf: str, state: str, day: date) -> Evidence:
    act, _, actor = leaf.partition(":")
    name, facts = compiled.names.get(leaf) or actor, _places(compiled, leaf)
    complete = case.completeness(act)
    if state == BARRED:
        text = f"{name}: not done by {case.matter.proposed_on}, and it cannot be done for this matter any more."
        return Evidence(text, (), (*facts, f"matters.csv: {case.matter.id}"))
    if case.complete(act, day):
        through = min(row.through for row in complete)
        done = f"had not {PAST.get(act, act)}" if leaf in compiled.units else "not done"
        text = f"{name}: {done} by {day}; the record is complete to {through}."
        return Evidence(text, (), (*facts, *(f"completeness.csv: {row.matter} {row.act}" for row in complete)))
    seen = max((row.through for row in complete), default=None)
    until = f"; the record is complete only to {seen}" if seen else ""
    text = f"{name}: nothing on file, which is not a no{until}."
    found = (*facts, *(f"completeness.csv: {row.matter} {row.act}" for row in complete))
    return Evidence(text, (), found or (f"matters.csv: {case.matter.id}", f"acts.csv: none by {actor}"))
