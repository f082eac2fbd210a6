"""Evidence: what on file put each leaf where it is, in a reader's words: acts, facts and readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from assent.circuit.compile import states_on, touched
from assent.circuit.courses import BARRED, GIVEN, NONE, UNCERTAIN
from assent.law.citations import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
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


class Ground(Struct, frozen=True):
    """A reading that a leaf's position rests on, with its authorities."""

    question: str
    reading: str
    title: str
    cite: tuple[str, ...]


class Evidence(Struct, frozen=True):
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


def evidence(case: Case, compiled: Compiled, states: Mapping[str, str], day: date, as_of: date) -> dict[str, Evidence]:
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
    record, limit = case.bare, case.limit(as_of)
    asked = record.acted(as_of), record.acted(day)
    own = states if case is record else states_on(record, compiled, day)
    # on most days nothing is another than the day before, and those that acted have the same to tell
    key = ("told", compiled, tuple(own.values()), asked, limit)
    found = dict(
        record.kept(
            key, lambda: {leaf: _acted(record, compiled, leaf, state, day, as_of, limit) for leaf, state in own.items()}
        )
    )
    found.update(
        {leaf: _acted(case, compiled, leaf, states[leaf], day, as_of, limit) for leaf in touched(case, compiled)}
    )
    silence = _Silence(record, compiled, day)
    return {leaf: told or silence.of(leaf, states[leaf]) for leaf, told in found.items()}


def ground(question: Question, reading: Reading) -> Ground:
    """A reading as the ground of a position."""
    return Ground(question.question, reading.id, reading.title, told(reading.authorities))


def _acted(
    case: Case, compiled: Compiled, leaf: str, state: str, day: date, as_of: date, limit: date | None
) -> Evidence | None:
    """What a leaf's acts tell; nothing where there are none."""
    act, _, actor = leaf.partition(":")
    done = case.done(act, actor)
    number = done.by(as_of)
    if not number:
        return None
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


class _Silence:
    """What is said on a day of leaves on which nobody has acted: of most it is the same but for the day.

    Parameters
    ----------
    case, compiled
        The case and its circuit on the day.
    day
        The last day whose acts count.
    """

    def __init__(self, case: Case, compiled: Compiled, day: date) -> None:
        self.case, self.compiled, self.day = case, compiled, day
        self._complete: dict[str, bool] = {}

    def of(self, leaf: str, state: str) -> Evidence:
        """What is said of a leaf."""
        act, _, actor = leaf.partition(":")
        complete = self._complete.get(act)
        if complete is None:
            complete = self._complete[act] = self.case.complete(act, self.day)
        key = ("silence", self.compiled, leaf, state == BARRED, complete)
        parts, facts = self.case.kept(key, lambda: self._parts(leaf, act, actor, barred=state == BARRED))
        return Evidence(str(self.day).join(parts), (), facts)

    def _parts(self, leaf: str, act: str, actor: str, *, barred: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The parts of the sentence, between which the day stands if it is told, and the facts."""
        case, compiled = self.case, self.compiled
        name, facts = compiled.names.get(leaf) or actor, _places(compiled, leaf)
        rows = case.completeness(act)
        if barred:
            text = f"{name}: not done by {case.matter.proposed_on}, and it cannot be done for this matter any more."
            return (text,), (*facts, f"matters.csv: {case.matter.id}")
        noted = (*facts, *(f"completeness.csv: {row.matter} {row.act}" for row in rows))
        if self._complete[act]:
            done = f"had not {PAST.get(act, act)}" if leaf in compiled.units else "not done"
            return (f"{name}: {done} by ", f"; the record is complete to {min(row.through for row in rows)}."), noted
        seen = max((row.through for row in rows), default=None)
        until = f"; the record is complete only to {seen}" if seen else ""
        found = noted or (f"matters.csv: {case.matter.id}", f"acts.csv: none by {actor}")
        return (f"{name}: nothing on file, which is not a no{until}.",), found
