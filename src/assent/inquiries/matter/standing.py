"""Where a matter stands: the test and the clock over time, and the latch at the first day the test passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assent.circuit.compile import compile_case, courses, states_on, touched
from assent.circuit.courses import BARRED, GIVEN, UNCERTAIN
from assent.circuit.nodes import monotone
from assent.errors import NotApplicable
from assent.folds.verdict import FAIL, OPEN, PASS, Verdict, decide, local, tally
from assent.values.dates import LAST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from assent.circuit.case import Case
    from assent.circuit.compile import Compiled

PENDING, ADOPTED, FAILED, LAPSED = "pending", "adopted", "failed", "lapsed"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a matter stands on a day.

    Attributes
    ----------
    stage
        pending, adopted, failed or lapsed.
    completed_on
        First day on which the test passed, if it did.
    day
        The day whose acts count: the completion, the end of the clock, or the day asked for.
    count, required, of
        What the counted set of units had on the completion day if adopted, else on the day asked for.
    limit
        The last day on which acts count, as the law stood on the day asked for.
    states, verdicts
        Leaf id → state on ``day``, and what that says of the leaf.
    unrecorded
        Leaves that have not said yes on file, where the file is not known to be complete: silence is not "not done".
    hangs_on_silence
        Whether the clock ran out and only the unrecorded leaves keep it open whether the test had passed before.
    """

    case: Case
    as_of: date
    stage: str
    completed_on: date | None
    day: date
    count: int
    required: int
    of: int
    limit: date | None
    compiled: Compiled
    states: Mapping[str, str]
    verdicts: Mapping[str, Verdict]
    unrecorded: tuple[str, ...]
    hangs_on_silence: bool = False

    @property
    def outcome(self) -> tuple[str, date | None]:
        """Stage and completion: what a replay compares."""
        return self.stage, self.completed_on


def verdict_of(state: str) -> Verdict:
    """What a leaf's state says of the leaf: given is pass, barred is fail, all else may still go either way."""
    return PASS if state == GIVEN else FAIL if state == BARRED else OPEN


def standing(case: Case, as_of: date) -> Standing:
    """Where a matter stands on a day.

    Raises
    ------
    NotApplicable
        The matter had not been proposed by then.
    """
    asked_in_time(case, as_of)
    limit = case.limit(as_of)
    last = min(as_of, limit) if limit else as_of
    done = _first_pass(case, last)
    day = done or last
    compiled = compile_case(case, day)
    states, verdicts = states_on(case, compiled, day), _verdicts(case, compiled, day)
    hangs = False
    unrecorded = _unrecorded(case, states, day)
    if done:
        stage = ADOPTED
    elif limit and as_of > limit:
        stage = case.runs_out
        silent = {leaf: OPEN if leaf in unrecorded or states[leaf] == UNCERTAIN else FAIL for leaf in states}
        after = {leaf: v if v is not OPEN else silent[leaf] for leaf, v in verdicts.items()}
        if decide(compiled.root, after) is not FAIL:
            stage, hangs = PENDING, True
    else:
        stage = FAILED if decide(compiled.root, verdicts) is FAIL else PENDING
    counted = compiled if done else compile_case(case, as_of)
    yes, _ = tally(counted.count, verdicts)
    return Standing(
        case, as_of, stage, done, day, yes, counted.count.need, counted.count.of, limit, compiled, states, verdicts,
        unrecorded, hangs,
    )  # fmt: skip


def asked_in_time(case: Case, as_of: date) -> None:
    """Refuse a day on which there was nothing yet to ask about.

    Raises
    ------
    NotApplicable
        The matter had not been proposed by then, or nobody could know of it.
    """
    begun = case.matter.proposed_on
    if begun and as_of < begun:
        raise NotApplicable(
            f"{case.matter.title} ({case.matter.id}) was proposed on {begun}; there is nothing to say as of {as_of}.",
            where="--as-of",
            remedy=f"Give a date from {begun} on.",
        )
    if begun and case.known_as_of < begun:
        raise NotApplicable(
            f"Nobody could know of {case.matter.title} on {case.known_as_of}: it was proposed on {begun}.",
            where="--known-as-of",
            remedy=f"Give a date from {begun} on.",
        )


def _first_pass(case: Case, last: date) -> date | None:
    """The first day up to ``last`` on which the test passes: the latch."""
    if case.on_record is not None:
        return _passed_supposing(case, case.on_record, last)
    day = case.kept("first pass", lambda: _ever_passed(case, LAST))
    return day if day is not None and day <= last else None


def _passed_supposing(case: Case, record: Case, last: date) -> date | None:
    """The same where something is supposed: until the day of the suppositions all is as on record."""
    day = case.supposed[0].earliest
    before = _first_pass(record, last)
    if before is not None and before < day:
        return before
    if day > last:
        return None
    compiled = compile_case(case, day)
    verdicts = _verdicts(case, compiled, day)
    return day if decide(compiled.root, verdicts) is PASS else None


def _ever_passed(case: Case, last: date) -> date | None:
    """The same without a memory. Only the leaves that changed are looked at again."""
    compiled: Compiled | None = None
    verdicts: dict[str, Verdict] = {}
    changes: dict[date, list[tuple[str, Verdict]]] = {}
    test = local
    for full in (last, *case.record.departures(last)):
        courses(case, compile_case(case, full))
    for day in case.change_points(last):
        now = compile_case(case, day)
        if now is not compiled:
            compiled, changes = now, {}
            verdicts, test = {}, local if monotone(now.root) else decide
            for leaf, course in courses(case, now).items():
                verdicts[leaf] = verdict_of(course.on(day))
                for since, state in zip(course.days, course.states, strict=True):
                    changes.setdefault(since, []).append((leaf, verdict_of(state)))
        else:
            verdicts.update(changes.get(day, ()))
        if test(compiled.root, verdicts) is PASS:
            return day
    return None


def _verdicts(case: Case, compiled: Compiled, day: date) -> Mapping[str, Verdict]:
    """Leaf id → what its state on a day says of it; worked out once for all days with the same states."""
    states = states_on(case, compiled, day)
    if case.on_record is not None:
        own = {leaf: verdict_of(states[leaf]) for leaf in touched(case, compiled)}
        return {**_verdicts(case.on_record, compiled, day), **own}
    return case.kept(
        ("verdicts", compiled, tuple(states.values())),
        lambda: {leaf: verdict_of(state) for leaf, state in states.items()},
    )


def _unrecorded(case: Case, states: Mapping[str, str], day: date) -> tuple[str, ...]:
    complete: dict[str, bool] = {}
    silent = []
    for leaf, state in states.items():
        if state in {GIVEN, BARRED, UNCERTAIN}:
            continue
        act = leaf.partition(":")[0]
        if act not in complete:
            complete[act] = case.complete(act, day)
        if not complete[act]:
            silent.append(leaf)
    return tuple(silent)
