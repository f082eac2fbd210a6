"""Wording: actors, shares, intervals, effects and citations of the law in a reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.law.questions import Interval
from assent.values.fractions import words

if TYPE_CHECKING:
    from fractions import Fraction

    from assent.law.questions import Applies, Disregard, Effect

BASES = {
    "members": "all the members",
    "in-office": "the members in office",
    "present": "the members present",
    "voting": "the members voting",
    "valid": "the valid votes",
    "cast": "the votes cast",
    "register": "the electors on the register",
    "named": "a base of its own",
}


def share_in_words(share: Fraction, *, strict: bool) -> str:
    """A share in words and digits."""
    said = words(share, strict=strict)
    digits = f"{share.numerator}/{share.denominator}"
    return said if share == 1 or digits in said else f"{said} ({digits})"


def actor_in_words(actor: str) -> str:
    """An actor's id as words: what stands behind the last slash."""
    where, _, who = actor.rpartition("/")
    owner = {"{unit}": "its ", "{state}": "the state's "}.get(where, "the ")
    return "it" if actor == "{unit}" else owner + who.replace("-", " ")


def set_in_words(name: str) -> str:
    """A set's id as words."""
    where, _, what = name.rpartition("/")
    return f"{what.replace('-', ' ')}{' of its legislature' if where == '{unit}' and what == 'chambers' else ''}"


def values(value: str | tuple[str, ...]) -> str:
    """One value, or several joined by "or"."""
    return value if isinstance(value, str) else " or ".join(value)


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def applies_in_words(to: Applies) -> str:
    """To which matters a question applies, in words.

    Examples
    --------
    >>> from assent.law.questions import Applies
    >>> applies_in_words(Applies(kinds=("amendment",)))
    'matters of the kind amendment'
    """
    parts = []
    if to.kinds:
        parts.append(f"matters of the kind {' or '.join(to.kinds)}")
    if to.procedures:
        parts.append(f"under {' or '.join(to.procedures)}")
    if to.matters:
        parts.append(f"only {', '.join(to.matters)}")
    if to.proposed:
        parts.append(f"proposed {interval(to.proposed)}")
    return "; ".join(parts) or "every matter"


def interval(when: Interval) -> str:
    """An interval in words ("" if both ends are open)."""
    if when.from_ and when.to:
        return f"from {when.from_} to {when.to}"
    return f"from {when.from_} on" if when.from_ else f"up to {when.to}" if when.to else ""


def effect_in_words(effect: Effect) -> str:
    """What an effect does, in words."""
    if effect.disregard:
        return _disregard(effect.disregard)
    if effect.transition:
        moves = [
            f"after {before}, {act} leads to {after}"
            for act, cells in effect.transition.items()
            for before, after in cells.items()
        ]
        return "; ".join(moves)
    if effect.roster:
        return f"takes out of numerator and denominator: {', '.join(effect.roster.exclude)}"
    if effect.clock:
        return (
            "an extension of the limit is void"
            if effect.clock.extension
            else f"a limit in the {effect.clock.place} falls away"
        )
    if effect.window:
        years = effect.window.years
        said = f"{years} years" if years else "a number of years that is to be given"
        return "an act counts as long as its own text says" if effect.window.as_stated else f"an act counts for {said}"
    if effect.group:
        return "acts on every subject add up" if effect.group.by == "none" else f"acts add up by {effect.group.by}"
    return f"{effect.use.slot}: {values(effect.use.value)}" if effect.use else ""


def _disregard(rule: Disregard) -> str:
    parts = [" and ".join(rule.acts) or "every act"]
    if rule.actors:
        parts.append(f"by {', '.join(rule.actors)}")
    if rule.matters:
        parts.append(f"on {', '.join(rule.matters)}")
    if rule.vetoed is not None:
        parts.append("that a veto struck" if rule.vetoed else "that no veto struck")
    if rule.from_ or rule.to:
        parts.append(interval(Interval(rule.from_, rule.to)))
    return f"void from the start: {' '.join(parts)}"
