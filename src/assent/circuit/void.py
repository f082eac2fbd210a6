"""Void: acts removed from the start, and why: a reading disregards them, or their votes fell short."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assent.values.fractions import votes_needed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assent.law.questions import Effect
    from assent.law.rules import Tally
    from assent.record.acts import Act


@dataclass(frozen=True, slots=True)
class Void:
    """An act removed from the start, and why: a reading, or a vote that fell short."""

    act: Act
    question: str = ""
    reading: str = ""
    why: str = ""


def disregarded(acts: tuple[Act, ...], effects: Iterable[tuple[str, str, Effect]]) -> dict[str, Void]:
    """The acts that readings remove, by their id.

    Parameters
    ----------
    acts
        Those that are known, of every kind.
    effects
        Question, reading and effect.
    """
    vetoed = {act.of_act for act in acts if act.act == "veto"}
    removed: dict[str, Void] = {}
    for question, reading, effect in effects:
        if effect.disregard is None:
            continue
        rule = effect.disregard
        for act in acts:
            if (
                (not rule.matters or act.matter in rule.matters)
                and (not rule.actors or act.actor in rule.actors)
                and (not rule.acts or act.act in rule.acts)
                and (rule.from_ is None or act.earliest >= rule.from_)
                and (rule.to is None or (act.latest or act.earliest) <= rule.to)
                and (rule.vetoed is None or (act.id in vetoed) == rule.vetoed)
            ):
                removed[act.id] = Void(act, question, reading)
    return removed


def falls_short(act: Act, test: Tally) -> str:
    """Why an act's own votes do not meet the test of its body ("" if they do, or are not on file)."""
    if act.yes is None or act.no is None or test.threshold is None or test.base not in {"voting", "valid"}:
        return ""
    base = act.yes + act.no
    needed = votes_needed(test.threshold, base, strict=test.strict)
    return f"{act.yes} of {base} {test.base}, and {needed} were needed" if act.yes < needed else ""
